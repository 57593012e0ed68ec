"""Coloured lines for a terminal. The text is never read as markup."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from lostcard.render.layout import Line

__all__ = ["print_styled"]

_STYLES = {"heading": "bold cyan", "strong": "bold", "warning": "yellow", "faint": "dim", "": ""}


def print_styled(lines: list[Line]) -> None:
    """Print lines with the style of each."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True, force_terminal=True)
    for line in lines:
        console.print(Text(line.text, style=_STYLES[line.style]))
