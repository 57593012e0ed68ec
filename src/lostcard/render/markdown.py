"""The plan as Markdown with task lists, for notes and issues.

Texts are never markup: what Markdown would read is escaped with a backslash. GitHub also looks at finished text, where
a backslash is gone, for @names, #numbers and :emoji:; a word joiner, which nobody sees, keeps those apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lostcard.planner.plan import Plan
from lostcard.render.parts import Calls, Deadlocks, HowLong, Said, Section, Sheet, Source, Step, Understood, Visit
from lostcard.render.sheet import make_sheet

__all__ = ["escape", "plan_markdown"]

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$!]")
_ADDRESS = re.compile(r"(?i)(?<=\bwww)\.|:(?=//)|(?<=\bmailto):|(?<=\bxmpp):")
_LIST = re.compile(r"^([-+=]|\d+[.)])")
_SEEN_LATER = re.compile(r"(?i)(@|(?:#|\bGH-)(?=\d)|:(?=[\w+-]+:))")
_JOINER = "\u2060"
_NOT_IN_ADDRESS = re.compile(r"[\s<>\\\[\]()`]")


def plan_markdown(plan: Plan, language: str, *, explain: bool = False) -> str:
    """Return the document as text with a newline at its end."""
    return "\n".join(_document(make_sheet(plan, language, explain=explain)))


def escape(text: str) -> str:
    """Return text so that Markdown, and GitHub after it, show exactly this text."""
    marked = _MARKUP.sub(lambda found: f"\\{found[0]}", text)
    marked = _ADDRESS.sub(lambda found: f"\\{found[0]}", marked)
    marked = _LIST.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", marked)
    return _SEEN_LATER.sub(lambda found: f"{found[0]}{_JOINER}", marked)


def _document(sheet: Sheet) -> Iterator[str]:
    head = sheet.head
    yield from _heading(f"{head.title} ({head.since})", 1)
    yield escape(head.facts)
    yield ""
    yield from _how_long(sheet.how_long)
    yield from _deadlocks(sheet.deadlocks)
    for day in sheet.days:
        yield from _heading(day.heading)
        for visit in day.visits:
            yield from _visit(visit)
    yield from _calls(sheet.call_first)
    for section in (sheet.meanwhile, sheet.no_return, sheet.afterwards, sheet.shorten, sheet.advice):
        yield from _section(section)
    yield from _understood(sheet.understood)
    yield from _section(sheet.assumed)
    yield from _heading(sheet.sources_heading)
    for source in sheet.sources:
        yield f"{source.number}. {_source(source)}"
    yield ""
    yield escape(sheet.disclaimer)
    yield ""


def _heading(text: str, level: int = 2) -> Iterator[str]:
    yield f"{'#' * level} {escape(text)}"
    yield ""


def _section(section: Section) -> Iterator[str]:
    if section.entries:
        yield from _heading(section.heading)
        for entry in section.entries:
            yield f"- {escape(entry)}"
        yield ""


def _understood(understood: Understood) -> Iterator[str]:
    yield from _heading(understood.heading)
    for label, text in understood.pairs:
        yield f"- {_strong(label)}: {escape(text)}"
    yield ""


def _how_long(how_long: HowLong) -> Iterator[str]:
    yield from _heading(how_long.heading)
    for notice in how_long.notices:
        yield f"- {_strong(notice)}"
    for figure in how_long.figures:
        yield f"- {_strong(figure.line)}"
        for line in figure.lines:
            yield f"  - {_said(line)}"
    for text in (how_long.totals, how_long.tradeoff):
        if text:
            yield f"- {escape(text)}"
    yield ""


def _deadlocks(deadlocks: Deadlocks) -> Iterator[str]:
    if not deadlocks.impasses:
        return
    yield from _heading(deadlocks.heading)
    for impasse in deadlocks.impasses:
        yield f"- {_strong(impasse.text)}"
        for way in impasse.ways:
            yield f"  - {escape(way)}"
    yield ""
    if deadlocks.rest:
        yield escape(deadlocks.rest)
        yield ""


def _visit(visit: Visit) -> Iterator[str]:
    yield from _heading(visit.heading, 3)
    yield escape(visit.find)
    yield ""
    for phone in visit.phones:
        yield f"- {escape(phone.line)}"
    if visit.phones:
        yield ""
    if visit.papers:
        yield _strong(visit.bring)
        yield ""
        for paper in visit.papers:
            yield f"- [ ] {escape(paper.line)}"
            if paper.note:
                yield f"  - {escape(paper.note)}"
        yield ""
    yield _strong(visit.act)
    yield ""
    for step in visit.steps:
        yield from _step(step)
    yield ""


def _step(step: Step) -> Iterator[str]:
    yield f"- [ ] {_strong(step.heading)} ({escape(step.time)})"
    lines = [step.how_to, *(blank.line for blank in step.blanks), *(detail.text for detail in step.details)]
    for line in filter(None, lines):
        yield f"  - {escape(line)}"
    if step.no_return:
        yield f"  - {_strong(step.no_return)}"
    for line in (*step.why, step.cited):
        yield f"  - {escape(line)}"


def _calls(calls: Calls) -> Iterator[str]:
    if not calls.offices:
        return
    yield from _heading(calls.heading)
    for call in calls.offices:
        yield from _heading(call.heading, 3)
        for question in call.questions:
            yield f"- [ ] {escape(question)}"
        yield ""
        yield escape(call.blank)
        yield ""


def _source(source: Source) -> str:
    if not source.url or not source.url.startswith(("https://", "http://")):
        return escape(source.line)
    url = _NOT_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), source.url)
    return f"[{escape(source.line)}](<{url}>)"


def _said(said: Said) -> str:
    return _strong(said.text) if said.tone == "warning" else escape(said.text)


def _strong(text: str) -> str:
    return f"**{escape(text)}**"
