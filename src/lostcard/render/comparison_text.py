"""A comparison as text: tables where they fit, otherwise one row below the other, and bars on one day axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lostcard.planner.comparison import Comparison
from lostcard.planner.plan import Three
from lostcard.render.comparison_sheet import (
    Bar,
    CellWords,
    Column,
    ComparisonSheet,
    GroupWords,
    RowWords,
    make_comparison_sheet,
)
from lostcard.render.layout import Line, Page, columns
from lostcard.render.words import Speaker

__all__ = ["comparison_lines"]

_NARROW = 78
_TITLE = 24
"""Columns that titles need beside their cells; on a page with less room they stand above them."""
_WIDTHS = {"cards": 12, "visits": 6, "fee": 10, "photo": 16, "phone": 10}
_NEED = 14
_INDENT = 3
_GAP = 2
_LEAST = 12
"""Columns that a figure needs beside its heading."""
_TICKS = (1, 2, 5, 10, 20, 50, 100, 200)
_TICK_ROOM = 6
_BLOCKS, _ASCII = "█▓░·", "#=-."


def comparison_lines(
    comparison: Comparison, language: str, *, width: int, ascii_only: bool = False, explain: bool = False
) -> list[Line]:
    """Return the comparison as lines of at most `width` columns; `ascii_only` draws bars without Unicode."""
    return _Text(make_comparison_sheet(comparison, language), language, width, ascii_only, explain).lines()


class _Text:
    def __init__(self, sheet: ComparisonSheet, language: str, width: int, ascii_only: bool, explain: bool) -> None:  # noqa: FBT001
        self.sheet = sheet
        self.speaker = Speaker(language)
        self.say = self.speaker.say
        self.page = Page(width, language)
        self.signs = tuple(_ASCII if ascii_only else _BLOCKS)
        self.dot = "-" if ascii_only else "・" if language == "ja" else "•"
        self.explain = explain
        self.wide = self.room(sheet.columns) >= _TITLE
        self.shown = list(sheet.columns)
        for key in () if self.wide else ("phone", "photo"):  # words stand below where the table has no room for them
            if key == "phone" or self.room(self.shown) < _GAP + 1:
                self.shown = [column for column in self.shown if column.key != key]

    def lines(self) -> list[Line]:
        page, sheet = self.page, self.sheet
        page.add(sheet.title, style="heading")
        page.add(sheet.facts, style="faint")
        if sheet.told:
            page.blank()
            column = max(columns(label) for label, _ in sheet.told) + 2
            for label, text in sheet.told:
                page.pair(label, text, column)
        for group in sheet.groups:
            self.group(group)
        self.assumptions()
        page.blank()
        for note in sheet.notes:
            page.add(note, style="faint")
        return page.lines

    def group(self, group: GroupWords) -> None:
        page = self.page
        if group.title:
            page.heading(group.title)
        page.blank()
        for sentence in group.sentences:
            page.add(sentence, style="strong")
        page.blank()
        if page.width < _NARROW:
            for row in group.rows:
                self.stacked(row)
            self.phone(group)
        else:
            self.table(group)
            self.photo(group)
            self.phone(group)
        self.bars(group)
        if self.explain:
            self.steps(group)

    # Tables

    def widths(self) -> list[int]:
        """Return the width of each column; the first, which holds the titles, takes what is left of a wide page."""
        given = [_WIDTHS.get(column.key, _NEED) for column in self.shown]
        return [self.room(self.shown) if self.wide else 1, *given]

    def room(self, shown: Sequence[Column]) -> int:
        """Return the columns that are left beside some columns of the table."""
        return self.page.width - sum(_WIDTHS.get(column.key, _NEED) + _GAP for column in shown)

    def table(self, group: GroupWords) -> None:
        """Add a table; on a page that is not wide each title stands above its cells."""
        widths = self.widths()
        first = self.say("column.row") if self.wide else ""
        self.cells([first, *(column.label for column in self.shown)], widths, style="strong")
        self.page.lines.append(Line("-" * self.page.width, "faint"))
        for row in group.rows:
            if not self.wide or row.refusal is not None:
                self.page.add(row.title, first=f"{row.number}. ", style="strong")
            if row.refusal is None:
                title = f"{row.number}. {row.title}" if self.wide else ""
                self.cells([title, *(self.marked(cell) for _, cell in self.pairs(row))], widths)
            self.remarks(row)

    def remarks(self, row: RowWords) -> None:
        if row.refusal is not None:
            self.page.add(row.refusal, indent=_INDENT, style="warning")
        for remark in row.remarks:
            self.page.add(remark, indent=_INDENT, style="faint")

    def marked(self, cell: CellWords) -> str:
        text = ("* " if cell.wins else "") + cell.text
        return f"{text}\n{cell.refused}" if cell.refused else text

    def pairs(self, row: RowWords) -> list[tuple[Column, CellWords]]:
        """Return the cells of a row that are shown at this width, with their columns."""
        return [pair for pair in zip(self.sheet.columns, row.cells, strict=True) if pair[0] in self.shown]

    def cells(self, texts: Sequence[str], widths: Sequence[int], style: str = "") -> None:
        """Add cells side by side, each paragraph of them wrapped within the cell's width."""
        wrapped = [
            [line for paragraph in text.split("\n") for line in self.page.wrapped(paragraph, width)]
            for text, width in zip(texts, widths, strict=True)
        ]
        for number in range(max(map(len, wrapped))):
            line = ""
            for cell, width in zip(wrapped, widths, strict=True):
                text = cell[number] if number < len(cell) else ""
                line += text + " " * (width - columns(text) + _GAP)
            self.page.lines.append(Line(line.rstrip(), style))

    def photo(self, group: GroupWords) -> None:
        """Add the photo identity left, where the table has no room for it."""
        for place, column in enumerate(self.sheet.columns):
            if column.key == "photo" and column not in self.shown:
                left = [(row.number, self.marked(row.cells[place])) for row in group.rows if row.cells]
                self.by_rows(column.label, left)

    def phone(self, group: GroupWords) -> None:
        """Add whom to phone first; the table has room for their number only."""
        offices = [
            (row.number, self.speaker.list(office for office, _ in row.phone)) for row in group.rows if row.phone
        ]
        self.by_rows(self.sheet.columns[-1].label, offices)

    def by_rows(self, title: str, texts: Iterable[tuple[int, str]]) -> None:
        """Add texts under a title, each once with the rows it holds for."""
        rows: dict[str, list[int]] = {}
        for number, text in texts:
            rows.setdefault(text, []).append(number)
        if rows:
            self.page.blank()
            self.page.add(title, style="strong")
        for text, numbers in rows.items():
            self.page.add(text, indent=2, first=f"{self.speaker.numbers(numbers)}: ")

    def stacked(self, row: RowWords) -> None:
        page = self.page
        page.blank()
        page.add(row.title, first=f"{row.number}. ", style="strong")
        self.remarks(row)
        for column, cell in zip(self.sheet.columns, row.cells, strict=False):
            text = ("* " if cell.wins else "") + cell.whole
            first = f"{' ' * _INDENT}{column.label}: "
            if page.width - columns(first) < _LEAST:
                page.add(first.strip(), indent=_INDENT)
                page.add(text, indent=2 * _INDENT)
            else:
                page.add(text, first=first)

    # Bars

    def bars(self, group: GroupWords) -> None:
        page, say = self.page, self.say
        page.blank()
        drawn = [(title, bars) for title, bars in group.bars if not all(map(_nothing, bars))]
        for title, bars in group.bars:
            if (title, bars) not in drawn:
                page.add(say("compare.all-none", title=title))
        if not drawn:
            return
        page.add(say("compare.axis"), style="strong")
        best, typical, worst, refused = self.signs
        page.add(say("compare.bars", best=best, typical=typical, worst=worst, refused=refused), style="faint")
        left = max(columns(self.caption(bar)) for _, bars in drawn for bar in bars) + 1
        room = page.width - left - 1
        if room < page.width // 3:  # long captions stand on a line of their own
            left, room = 4, page.width - 5
        for title, bars in drawn:
            page.add(title)
            for bar in bars:
                self.bar(bar, left, room)
        page.lines.append(Line(" " * left + self.axis(room), "faint"))

    def caption(self, bar: Bar) -> str:
        return f"  {bar.number}. {bar.text}"

    def bar(self, bar: Bar, left: int, room: int) -> None:
        caption, drawn = self.caption(bar), self.drawn(bar, room)
        if columns(caption) >= left:
            self.page.add(caption.strip(), indent=2)
            caption = ""
        self.page.lines.append(Line(caption + " " * (left - columns(caption)) + "|" + drawn))

    def drawn(self, bar: Bar, room: int) -> str:
        """Return the bar: to the best day, on to the typical, the worst, and where a refusal would take it."""
        if bar.figures is None:
            return " ?"
        best, typical, worst, refused = self.signs
        line = ""
        for days, sign in ((bar.figures.best, best), (bar.figures.typical, typical), (bar.figures.worst, worst)):
            line += sign * (self.reach(days or 0, room) - len(line))
        if bar.figures.worst is None:
            line += ">"
        return line + refused * (self.reach(bar.refused or 0, room) - len(line))

    def reach(self, days: int, room: int) -> int:
        """Return the columns that a number of days takes; at least one for any day at all."""
        return max(round(days * room / self.sheet.longest), 1 if days else 0)

    def axis(self, room: int) -> str:
        longest = self.sheet.longest
        step = next((tick for tick in _TICKS if tick * room >= _TICK_ROOM * longest), _TICKS[-1])
        line = "0"
        for day in range(step, longest + 1, step):
            place = self.reach(day, room)
            if place + len(str(day)) <= room + 1:
                line = line.ljust(place) + str(day)
        return line

    # Below the groups

    def steps(self, group: GroupWords) -> None:
        self.page.blank()
        self.page.add(self.say("compare.steps"), style="strong")
        for row in group.rows:
            self.page.add(row.title, first=f"{row.number}. ")
            for step in row.steps:
                self.page.add(step, indent=3, first=f"{self.dot} ")

    def assumptions(self) -> None:
        page, sheet = self.page, self.sheet
        if sheet.assumptions:
            page.heading(self.say("compare.assumed-everywhere"))
            self.bullets(sheet.assumptions)
        if sheet.own_assumptions:
            page.heading(self.say("compare.assumed-here"))
            self.bullets(sheet.own_assumptions)

    def bullets(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.page.add(text, first=f"{self.dot} ")


def _nothing(bar: Bar) -> bool:
    """Tell whether a bar has no length: no day is lost, whatever happens."""
    return bar.figures == Three(0, 0, 0) and not bar.refused
