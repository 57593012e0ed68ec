"""Coloured lines for a terminal. The text is never read as markup."""

from __future__ import annotations

import io

from rich.console import Console
from rich.text import Text

from lostcard.render.layout import Line

__all__ = ["styled"]

_STYLES = {"heading": "bold cyan", "strong": "bold", "warning": "yellow", "faint": "dim", "": ""}


def styled(lines: list[Line]) -> str:
    """Return lines with the style of each, as a terminal takes them."""
    screen = io.StringIO()
    console = Console(file=screen, highlight=False, markup=False, emoji=False, soft_wrap=True, force_terminal=True)
    for line in lines:
        console.print(Text(line.text, style=_STYLES[line.style]))
    return screen.getvalue()
