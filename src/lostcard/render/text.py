"""The plan as text: for a terminal, a pipe or a file."""

from __future__ import annotations

from collections.abc import Iterable

from lostcard.planner.plan import Plan
from lostcard.render.layout import Line, Page, columns
from lostcard.render.parts import Calls, Day, Deadlocks, HowLong, Paper, Section, Sheet, Step, Understood, Visit
from lostcard.render.sheet import make_sheet

__all__ = ["text_lines"]


def text_lines(plan: Plan, language: str, *, width: int, ascii_only: bool = False, explain: bool = False) -> list[Line]:
    """Return the plan as lines of at most `width` columns; `ascii_only` draws tick boxes without Unicode."""
    sheet = make_sheet(plan, language, explain=explain)
    return _Text(language, width, ascii_only=ascii_only).lines(sheet)


class _Text:
    def __init__(self, language: str, width: int, *, ascii_only: bool) -> None:
        self.page = Page(width, language)
        self.box = "[ ]" if ascii_only else "☐"
        self.dot = "-" if ascii_only else "・" if language == "ja" else "•"

    def lines(self, sheet: Sheet) -> list[Line]:
        page, head = self.page, sheet.head
        page.add(f"{head.title} ({head.since})", style="heading")
        page.add(head.facts, style="faint")
        self.understood(sheet.understood)
        self.section(sheet.assumed)
        self.how_long(sheet.how_long)
        self.deadlocks(sheet.deadlocks)
        for day in sheet.days:
            self.day(day)
        self.section(sheet.meanwhile)
        self.section(sheet.no_return)
        self.call_first(sheet.call_first)
        self.section(sheet.afterwards)
        self.section(sheet.shorten)
        self.section(sheet.advice)
        self.sources(sheet)
        return page.lines

    def section(self, section: Section) -> None:
        if section.entries:
            self.page.heading(section.heading)
            self.bullets(section.entries)

    def bullets(self, texts: Iterable[str], indent: int = 0, style: str = "") -> None:
        for text in texts:
            self.page.add(text, indent=indent, first=f"{self.dot} ", style=style)

    def understood(self, understood: Understood) -> None:
        self.page.heading(understood.heading)
        column = max(columns(label) for label, _ in understood.pairs) + 2
        for label, text in understood.pairs:
            self.page.pair(label, text, column)

    def how_long(self, how_long: HowLong) -> None:
        page = self.page
        page.heading(how_long.heading)
        self.bullets(how_long.notices, style="warning")
        for figure in how_long.figures:
            page.add(figure.line, style="strong")
            for line in figure.lines:
                page.add(line.text, indent=2, style=line.tone)
        if how_long.totals:
            page.add(how_long.totals)
        if how_long.tradeoff:
            page.add(how_long.tradeoff, style="warning")

    def deadlocks(self, deadlocks: Deadlocks) -> None:
        if not deadlocks.impasses:
            return
        self.page.heading(deadlocks.heading)
        for impasse in deadlocks.impasses:
            self.page.add(impasse.text, style="warning")
            self.bullets(impasse.ways, indent=2)
        if deadlocks.rest:
            self.page.add(deadlocks.rest)

    def day(self, day: Day) -> None:
        self.page.heading(day.heading)
        for visit in day.visits:
            self.visit(visit)

    def visit(self, visit: Visit) -> None:
        page = self.page
        page.blank()
        page.add(visit.heading, style="strong")
        page.add(visit.find, indent=2, style="faint")
        for phone in visit.phones:
            page.add(phone.line, indent=2)
        if visit.papers:
            page.add(visit.bring, indent=2)
            for paper in visit.papers:
                self.paper(paper)
        for step in visit.steps:
            self.step(step)

    def paper(self, paper: Paper) -> None:
        self.page.add(paper.line, indent=4, first=f"{self.box} ")
        if paper.note:
            self.page.add(paper.note, indent=5 + columns(self.box), style="faint")

    def step(self, step: Step) -> None:
        page = self.page
        page.add(f"{step.heading} ({step.time})", indent=2, first=f"{self.box} ", style="strong")
        indent = 3 + columns(self.box)
        if step.how_to:
            page.add(step.how_to, indent=indent)
        for blank in step.blanks:
            page.add(blank.line, indent=indent)
        for detail in step.details:
            page.add(detail.text, indent=indent, style=detail.tone)
        if step.no_return:
            page.add(step.no_return, indent=indent, style="warning")
        for line in step.why:
            page.add(line, indent=indent, style="faint")
        page.add(step.cited, indent=indent, style="faint")

    def call_first(self, calls: Calls) -> None:
        if not calls.offices:
            return
        self.page.heading(calls.heading)
        for call in calls.offices:
            self.page.add(call.heading, style="strong")
            for question in call.questions:
                self.page.add(question, indent=2, first=f"{self.box} ")
            self.page.add(call.blank, indent=2)

    def sources(self, sheet: Sheet) -> None:
        page = self.page
        page.heading(sheet.sources_heading)
        for source in sheet.sources:
            first = f"{source.number}. "
            page.add(source.line, first=first, style="faint")
            if source.url:
                page.whole(source.url, indent=len(first), style="faint")
        page.blank()
        page.add(sheet.head.facts)
        page.add(sheet.disclaimer)
