"""`lostcard plan`: the best plan for what was lost."""

from __future__ import annotations

from typing import NamedTuple

from lostcard.catalogue.compiled import load_facts
from lostcard.commands.deliver import Wanted, deliver, target
from lostcard.commands.told import Told, beginning
from lostcard.planner.assemble import make_plan
from lostcard.planner.plan import Plan
from lostcard.render.layout import Line

__all__ = ["FORMATS", "PlanOptions", "run_plan"]

FORMATS = ("text", "json", "html", "markdown", "ics")


class PlanOptions(NamedTuple):
    """The options of the command, as they were typed."""

    told: Told
    start: str | None
    explain: bool
    wanted: Wanted


def run_plan(options: PlanOptions) -> int:
    """Print or write the plan; return 0 if it reaches everything, 1 if something has no way to it."""
    to = target(FORMATS, options.wanted)
    plan = _plan(options)
    deliver(_Answer(plan, options.wanted.language, explain=options.explain), to)
    return 1 if any(not deadlock.pending for deadlock in plan.deadlocks) else 0


def _plan(options: PlanOptions) -> Plan:
    start, assumed = beginning(options.start, options.wanted.language)
    wishes = options.told.options()
    facts = load_facts()
    plan = make_plan(facts, options.told.situation(facts.catalogue), wishes, start, explain=options.explain)
    return plan._replace(assumptions=(*assumed, *plan.assumptions))


class _Answer:
    def __init__(self, plan: Plan, language: str, *, explain: bool) -> None:
        self.plan = plan
        self.language = language
        self.explain = explain

    def lines(self, *, width: int, boxes: bool) -> list[Line]:
        from lostcard.render.text import text_lines

        return text_lines(self.plan, self.language, width=width, ascii_only=not boxes, explain=self.explain)

    def document(self, form: str) -> str | bytes:
        if form == "html":
            from lostcard.render.html import plan_html

            return plan_html(self.plan, self.language, explain=self.explain)
        if form == "markdown":
            from lostcard.render.markdown import plan_markdown

            return plan_markdown(self.plan, self.language, explain=self.explain)
        if form == "ics":
            from lostcard.render.calendar import plan_calendar

            return plan_calendar(self.plan, self.language)
        from lostcard.render.document import plan_json

        assert form == "json"
        return plan_json(self.plan, self.language)
