"""The plan as one HTML page: on a phone without a network, and on one or two sheets of paper."""

from __future__ import annotations

import hashlib
import json

from markupsafe import Markup

from lostcard.planner.clock import DAY
from lostcard.planner.plan import Plan
from lostcard.render.page import css_text, page_numbers, policy, templates
from lostcard.render.parts import Call, Sheet
from lostcard.render.sheet import make_sheet
from lostcard.render.timeline import make_timeline
from lostcard.render.words import Speaker

__all__ = ["identity", "plan_html"]


def plan_html(plan: Plan, language: str, *, explain: bool = False) -> str:
    """Return the page. It loads nothing: style and script stand in it, and its policy names both by their digest."""
    sheet = make_sheet(plan, language, explain=explain)
    environment = templates(language)
    style = environment.get_template("checklist.css").render(
        footer=css_text(_footer(sheet)), pages=page_numbers(language)
    )
    script = environment.get_template("checklist.js").render()
    return environment.get_template("checklist.html").render(
        identity=identity(plan),
        sheet=sheet,
        calls=_first_visits(sheet),
        timeline=make_timeline(sheet),
        says=_interface(language),
        style=Markup(style),  # noqa: S704 - our own file; its only value is escaped for CSS
        script=Markup(script),  # noqa: S704 - our own file, without values
        policy=policy(style, script),
    )


def identity(plan: Plan) -> str:
    """Return a short digest of what was asked, of the day, and of the acts: the same in either language.

    Under it a browser keeps what was ticked. Another minute of the day does not make another plan.
    """
    acts = [(step.procedure, step.start // DAY) for step in plan.steps]
    asked = [plan.here.situation, plan.options, plan.start // DAY, acts]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16]


def _footer(sheet: Sheet) -> str:
    head = sheet.head
    return f"{head.title} ({head.since}) {head.facts}"


def _first_visits(sheet: Sheet) -> dict[tuple[int, int], Call]:
    """Say with which visit (day, place in the day) the questions to an office stand: with the first there."""
    calls = {call.key: call for call in sheet.call_first.offices}
    return {
        (number, place): calls.pop(visit.key)
        for number, day in enumerate(sheet.days)
        for place, visit in enumerate(day.visits)
        if visit.key in calls
    }


def _interface(language: str) -> dict[str, str]:
    say = Speaker(language).say
    return {"kept": say("page.kept"), "not_kept": say("page.not-kept"), "clear": say("page.clear")}
