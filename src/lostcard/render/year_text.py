"""A year as text: a map of months and weeks, and which days are best and worst."""

from __future__ import annotations

from lostcard.planner.year import YearOfLoss
from lostcard.render.layout import Line, Page, Span, columns
from lostcard.render.words import Speaker
from lostcard.render.year_sheet import Month, NeedOfYear, heat, make_year_sheet

__all__ = ["year_lines"]

_BAR = 24


def year_lines(year: YearOfLoss, language: str, *, width: int, ascii_only: bool = False) -> list[Line]:
    """Return the year as lines of at most `width` columns; `ascii_only` draws bars without Unicode."""
    sheet = make_year_sheet(year, language)
    page = Page(width, language)
    say = Speaker(language).say
    page.add(sheet.title, style="heading")
    page.add(sheet.facts, style="faint")
    page.blank()
    column = max((columns(label) for label, _ in sheet.told), default=0) + 2
    for label, text in sheet.told:
        page.pair(label, text, column)
    page.blank()
    for text in sheet.never:
        page.add(text, style="warning")
    for need in sheet.needs:
        _need(page, need, sign="#" if ascii_only else "█")
    page.blank()
    for line in sheet.legend:
        page.add(line, style="faint")
    dot = "-" if ascii_only else "・" if language == "ja" else "•"
    page.heading(say("plan.assumed"))
    for text in sheet.assumptions:
        page.add(text, first=f"{dot} ")
    page.blank()
    for note in sheet.notes:
        page.add(note, style="faint")
    return page.lines


def _need(page: Page, need: NeedOfYear, sign: str) -> None:
    page.heading(need.title)
    page.add(need.summary, style="strong")
    for line, reasons in need.extremes:
        page.add(line)
        for reason in reasons:
            page.add(reason, indent=2, style="faint")
    page.blank()
    label = max(columns(text) for text, _ in need.counts)
    most = max(count for _, count in need.counts)
    for text, count in need.counts:
        bar = sign * max(1, round(count * _BAR / most))
        page.lines.append(Line(f"{' ' * (label - columns(text))}{text} {count:4} {bar}"))
    page.blank()
    left = max(columns(month.name) for month in need.months) + 1
    for month in need.months:
        page.lines.append(_month(month, left, need.most))


def _month(month: Month, left: int, most: int) -> Line:
    text = month.name + " " * (left - columns(month.name))
    spans = []
    for week in month.weeks:
        text += " "
        for cell in week:
            if cell.days is not None:
                spans.append(Span(len(text), len(text) + 1, f"heat{heat(cell.days, most)}"))
            text += cell.sign
    return Line(text.rstrip(), "", tuple(spans))
