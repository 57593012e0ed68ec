"""`lostcard plan`: the best plan for what was lost."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from lostcard.catalogue.compiled import load_facts
from lostcard.catalogue.model import CERTAINTIES, HOWS, OLDEST
from lostcard.commands import parse
from lostcard.commands.output import (
    PIPE_WIDTH,
    draws_boxes,
    print_lines,
    print_text,
    screen_width,
    wants_colour,
    write_file,
)
from lostcard.errors import UsageError
from lostcard.messages import LANGUAGES
from lostcard.planner.assemble import make_plan
from lostcard.planner.clock import DAY
from lostcard.planner.plan import Note, Plan
from lostcard.planner.search import PREFERENCES
from lostcard.planner.situation import Options
from lostcard.render.layout import Line
from lostcard.render.words import Speaker, visible

__all__ = ["FORMATS", "PlanOptions", "run_plan"]

FORMATS = ("text", "json")
COLOURS = ("auto", "always", "never")

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
    explain: bool
    color: str | None
    lang: str | None
    language: str


def run_plan(options: PlanOptions) -> int:
    """Print or write the plan; return 0 if it reaches everything, 1 if something has no way to it."""
    parse.choice("--lang", options.lang, LANGUAGES)
    parse.choice("LOSTCARD_LANG", os.environ.get("LOSTCARD_LANG") or None, LANGUAGES)
    chosen = parse.choice("--format", options.format, FORMATS) or "text"
    colour = parse.choice("--color", options.color, COLOURS) or "auto"
    if options.force and options.output is None:
        raise UsageError("error.force-alone")
    plan = _plan(options)
    if options.output is not None:
        path = Path(options.output)
        write_file(path, _text(plan, options, chosen, width=PIPE_WIDTH, boxes=True), force=options.force)
        print(Speaker(options.language).say("done.written", path=visible(str(path))), file=sys.stderr)  # noqa: T201
    elif chosen == "text" and wants_colour(colour):
        print_lines(_lines(plan, options, width=screen_width(), boxes=draws_boxes(sys.stdout.encoding)), colour=True)
    else:
        print_text(_text(plan, options, chosen, width=screen_width(), boxes=draws_boxes(sys.stdout.encoding)))
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


def _lines(plan: Plan, options: PlanOptions, *, width: int, boxes: bool) -> list[Line]:
    from lostcard.render.text import text_lines

    return text_lines(plan, options.language, width=width, ascii_only=not boxes, explain=options.explain)


def _text(plan: Plan, options: PlanOptions, chosen: str, *, width: int, boxes: bool) -> str:
    if chosen == "json":
        from lostcard.render.document import plan_json

        return plan_json(plan, options.language)
    return "".join(f"{line.text}\n" for line in _lines(plan, options, width=width, boxes=boxes))
