"""Tables for other programs: CSV that a spreadsheet opens right, and Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from lostcard.render.markdown import escape

__all__ = ["csv_text", "markdown_table", "markdown_text"]

_BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets take a CSV file without it for one in the system's old encoding, and show Japanese as rubbish."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection); in Japan full-width signs too."""


def csv_text(heading: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """Return rows as CSV (RFC 4180) with a byte order mark; no text in it can become a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([_harmless(cell) for cell in heading])
    for row in rows:
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return _BYTE_ORDER_MARK + file.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def markdown_text(text: str) -> str:
    """Return text on one line in which no character means anything to Markdown or to GitHub."""
    return escape(" ".join(text.split()))


def markdown_table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of texts that are not Markdown yet."""
    lines = [_row(heading), _row(["---"] * len(heading), raw=True)]
    lines += [_row(row) for row in rows]
    return "\n".join(lines)


def _row(cells: Sequence[str], *, raw: bool = False) -> str:
    return f"| {' | '.join(cell if raw else markdown_text(cell) for cell in cells)} |"
