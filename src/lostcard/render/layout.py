"""Lines of text that fit a width in columns, Japanese included.

Wide characters take two columns. A line may break at spaces and around Japanese characters, but closing punctuation,
small kana and the like never begin a line and opening brackets never end one (JIS X 4051, kinsoku). The standard
library knows the widths (Unicode's East Asian Width); a library for them would double the time to start.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

__all__ = ["Line", "Page", "Span", "columns", "wrap"]

_NOT_FIRST = frozenset(
    "、。,.・:;?!゛゜ヽヾゝゞ々ー」』)〕]}〉》】〙〗〟’”»ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ〜…‥%℃"
    ",.:;?!)]}%、。"
)
_NOT_LAST = frozenset("「『(〔[{〈《【〘〖〝‘“«([{")


_WIDE = 2
_LEAST_COLUMN = 24
"""A column of text narrower than this is harder to read than no column."""


class Span(NamedTuple):
    """Characters of a line, from `start` to before `end`, that have a style of their own (heat0 to heat4)."""

    start: int
    end: int
    style: str


class Line(NamedTuple):
    """One line of output and what it is: heading, strong, warning, faint or plain (empty)."""

    text: str
    style: str = ""
    spans: tuple[Span, ...] = ()


@cache
def _cells(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    return 0 if unicodedata.combining(character) else 1


def columns(text: str) -> int:
    """Return how many terminal columns the text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def wrap(text: str, width: int, *, spaced: bool = False) -> list[str]:
    """Return the text as lines of at most `width` columns; a word longer than a line is cut.

    `spaced` text (English) breaks at spaces only, so that a Japanese name in it stays whole and can be compared with
    the sign on the counter.
    """
    width = max(width, _WIDE)  # less than one wide character holds nothing, however long one tries
    lines: list[str] = []
    line, used = "", 0
    for piece in _words(text) if spaced else _pieces(text):
        size = columns(piece)
        if used + columns(piece.rstrip(" ")) <= width:
            line, used = line + piece, used + size
            continue
        if line.strip():
            lines.append(line.rstrip(" "))
        line, used = piece.lstrip(" "), columns(piece.lstrip(" "))
        while used > width:
            cut = _fitting(line, width)
            lines.append(line[:cut])
            line = line[cut:]
            used = columns(line)
    if line.strip() or not lines:
        lines.append(line.rstrip(" "))
    return lines


def _fitting(text: str, width: int) -> int:
    """Return where to cut a text that is too long: after the wave dash of a range, or else anywhere."""
    used = 0
    for position, character in enumerate(text):
        used += _cells(character)
        if used > width and position:
            return text.rfind("〜", 0, position) + 1 or position
    return len(text)


def _words(text: str) -> list[str]:
    return [f"{word} " for word in text.split(" ")]


def _pieces(text: str) -> list[str]:
    """Split text where a line may break; each piece keeps the spaces after it."""
    pieces: list[str] = []
    start = 0
    for position in range(1, len(text)):
        if _breaks(text[position - 1], text[position]):
            pieces.append(text[start:position])
            start = position
    pieces.append(text[start:])
    return pieces


@cache  # a few thousand pairs occur, each of them often
def _breaks(before: str, after: str) -> bool:
    if after == " ":
        return False
    if before == " ":
        return True
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before.isdigit() and before.isascii():
        return False  # a figure stays with its unit: 2,600円, 24日
    if after.isdigit() and after.isascii():
        return before in _NOT_FIRST and before != "〜" and _cells(before) == _WIDE
    return _cells(before) == _WIDE or _cells(after) == _WIDE


class Page:
    """Collects lines of at most `width` columns."""

    def __init__(self, width: int, language: str) -> None:
        self.width = max(width, 30)
        self.spaced = language != "ja"
        self.lines: list[Line] = []

    def blank(self) -> None:
        """Leave a line empty, but never two."""
        if self.lines and self.lines[-1].text:
            self.lines.append(Line(""))

    def heading(self, text: str) -> None:
        """Begin a section."""
        self.blank()
        self.add(text, style="heading")
        widest = max(columns(line) for line in self.wrapped(text, self.width))
        self.lines.append(Line("-" * min(self.width, widest), "faint"))

    def wrapped(self, text: str, width: int) -> list[str]:
        """Return text as lines of this page's language."""
        return wrap(text, width, spaced=self.spaced)

    def add(self, text: str, *, indent: int = 0, first: str = "", style: str = "") -> None:
        """Add a paragraph; `first` stands before its first line, the others are indented by its width."""
        left = " " * indent
        hang = " " * columns(first)
        for number, line in enumerate(self.wrapped(text, self.width - indent - columns(first))):
            self.lines.append(Line(f"{left}{hang if number else first}{line}", style))

    def whole(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Add a line that is never broken, such as an address: a terminal wraps it, and it can still be copied."""
        self.lines.append(Line(" " * indent + text, style))

    def pair(self, label: str, text: str, column: int) -> None:
        """Add a label and its text, aligned at `column`, or below each other where that leaves too little room."""
        if self.width - column < _LEAST_COLUMN:
            self.add(label, style="faint")
            self.add(text, indent=2)
            return
        self.add(text, first=label + " " * (column - columns(label)))
