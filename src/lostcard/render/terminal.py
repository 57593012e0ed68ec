"""Coloured lines for a terminal. The text is never read as markup."""

from __future__ import annotations

import io

from rich.console import Console
from rich.text import Text

from lostcard.render.layout import Line

__all__ = ["styled"]

_STYLES = {"heading": "bold cyan", "strong": "bold", "warning": "yellow", "faint": "dim", "": ""} | {
    "heat0": "black on green",
    "heat1": "black on yellow",
    "heat2": "black on dark_orange",
    "heat3": "white on red",
    "heat4": "bold white on dark_red",
}


def styled(lines: list[Line]) -> str:
    """Return lines with the style of each, as a terminal takes them."""
    screen = io.StringIO()
    console = Console(file=screen, highlight=False, markup=False, emoji=False, soft_wrap=True, force_terminal=True)
    for line in lines:
        text = Text(line.text, style=_STYLES[line.style])
        for span in line.spans:
            text.stylize(_STYLES[span.style], span.start, span.end)
        console.print(text)
    return screen.getvalue()
