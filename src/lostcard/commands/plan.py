"""`lostcard plan`: the best plan for what was lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from lostcard.catalogue.compiled import load_facts
from lostcard.catalogue.model import CERTAINTIES, HOWS, OLDEST
from lostcard.commands import parse
from lostcard.commands.deliver import deliver, target
from lostcard.planner.assemble import make_plan
from lostcard.planner.clock import DAY
from lostcard.planner.plan import Note, Plan
from lostcard.planner.search import PREFERENCES
from lostcard.planner.situation import Options
from lostcard.render.layout import Line
from lostcard.render.words import Speaker

__all__ = ["FORMATS", "PlanOptions", "run_plan"]

FORMATS = ("text", "json", "html", "markdown", "ics", "pdf")

_LONGEST_TRAVEL = 600


class PlanOptions(NamedTuple):
    """The options of the command, as they were typed."""

    lost: Sequence[str]
    linked: Sequence[str]
    have: Sequence[str]
    insurer: str | None
    age: str | None
    how: str | None
    start: str | None
    prefer: str | None
    travel_minutes: str | None
    certainty: str | None
    format: str | None
    output: str | None
    force: bool
    open_: bool
    explain: bool
    color: str | None
    lang: str | None
    language: str


def run_plan(options: PlanOptions) -> int:
    """Print or write the plan; return 0 if it reaches everything, 1 if something has no way to it."""
    to = target(
        FORMATS,
        form=options.format,
        output=options.output,
        force=options.force,
        open_=options.open_,
        color=options.color,
        lang=options.lang,
        language=options.language,
    )
    plan = _plan(options)
    deliver(_Answer(plan, options.language, explain=options.explain), to)
    return 1 if any(not deadlock.pending for deadlock in plan.deadlocks) else 0


def _plan(options: PlanOptions) -> Plan:
    start, date_only = parse.date_and_time("--from", options.start, dt.datetime.now(dt.UTC))
    travel = parse.whole_number("--travel-minutes", options.travel_minutes, 0, _LONGEST_TRAVEL)
    facts = load_facts()
    situation = parse.situation(
        facts.catalogue,
        lost=options.lost,
        linked=options.linked,
        have=options.have,
        how=parse.choice("--how", options.how, HOWS),
        insurer=options.insurer,
        age=parse.whole_number("--age", options.age, 0, OLDEST),
    )
    wishes = Options(
        prefer=parse.choice("--prefer", options.prefer, PREFERENCES) or "fastest",
        travel_minutes=60 if travel is None else travel,
        certainty=parse.choice("--certainty", options.certainty, CERTAINTIES) or "inferred",
    )
    plan = make_plan(facts, situation, wishes, start, explain=options.explain)
    if date_only:
        morning = Note("assume.morning", {"time": Speaker(options.language).time(start % DAY)})
        plan = plan._replace(assumptions=(morning, *plan.assumptions))
    return plan


class _Answer:
    def __init__(self, plan: Plan, language: str, *, explain: bool) -> None:
        self.plan = plan
        self.language = language
        self.explain = explain

    def lines(self, *, width: int, boxes: bool) -> list[Line]:
        from lostcard.render.text import text_lines

        return text_lines(self.plan, self.language, width=width, ascii_only=not boxes, explain=self.explain)

    def document(self, form: str) -> str | bytes:
        if form == "ics":
            from lostcard.render.calendar import plan_calendar

            return plan_calendar(self.plan, self.language)
        if form == "pdf":
            from lostcard.render.pdf import plan_pdf

            return plan_pdf(self.plan, self.language, explain=self.explain)
        if form == "html":
            from lostcard.render.html import plan_html

            return plan_html(self.plan, self.language, explain=self.explain)
        if form == "markdown":
            from lostcard.render.markdown import plan_markdown

            return plan_markdown(self.plan, self.language, explain=self.explain)
        from lostcard.render.document import plan_json

        assert form == "json"
        return plan_json(self.plan, self.language)
