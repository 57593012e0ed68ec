"""The plan as JSON: version 1 of its contract. Names are fixed; more may be added."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from lostcard.planner.clock import moment
from lostcard.planner.plan import Days, Plan, PlanStep, Three, Wait
from lostcard.render.names import Names
from lostcard.render.words import Speaker

__all__ = ["plan_document", "plan_json"]


def plan_json(plan: Plan, language: str) -> str:
    """Return the document as text with a newline at its end."""
    return json.dumps(plan_document(plan, language), ensure_ascii=False, indent=2) + "\n"


def plan_document(plan: Plan, language: str) -> dict[str, Any]:
    """Return the plan as plain values; texts are in `language`."""
    speaker, names = Speaker(language), Names(plan, language)
    catalogue = plan.facts.catalogue
    here, situation = plan.here, plan.here.situation
    return {
        "version": 1,
        "language": language,
        "from": moment(plan.start).isoformat(),
        "as_of": catalogue.as_of.isoformat(),
        "situation": {
            "lost": list(situation.lost),
            "linked": list(situation.linked),
            "have": list(situation.have),
            "presumed": [catalogue.assumptions[name].item for name in here.presumed],
            "how": here.how,
            "insurer": here.insurer,
            "insurer_assumed": here.insurer_assumed,
            "age": situation.age,
        },
        "options": plan.options._asdict(),
        "gaps": [
            {
                "need": gap.need,
                **_span(gap.span),
                "because": gap.because,
                "waits": [_wait(wait) for wait in gap.waits],
                "fallback": None
                if gap.fallback is None
                else {
                    "without": gap.fallback.without,
                    **_span(gap.fallback.span or Days(Three(None, None, None), Three(None, None, None))),
                },
            }
            for gap in plan.gaps
        ],
        "cards": [
            {
                "item": card.item,
                "lost": card.lost,
                **_span(card.span),
                "because": card.because,
                "waits": [_wait(wait) for wait in card.waits],
            }
            for card in plan.cards
        ],
        "steps": [_step(plan, speaker, step) for step in plan.steps],
        "totals": {
            "visits": plan.totals.visits,
            "fee_yen": {"min": plan.totals.fee_low, "max": plan.totals.fee_high},
            "fee_known": plan.totals.fee_known,
        },
        "assumptions": [speaker.say(words) for words in plan.assumptions],
        "warnings": [speaker.say(words) for words in (*plan.notices, *plan.meanwhile, *plan.warnings)],
        "improvements": [
            {"item": paper.item, "saves": paper.saves, "unlocks": list(paper.unlocks)} for paper in plan.improvements
        ],
        "routes": [
            {
                "procedure": route.procedure,
                "saves": route.saves if route.days_known else None,
                "unlocks": list(route.unlocks),
            }
            for route in plan.routes
        ],
        "followups": [
            {
                "procedure": later.procedure,
                "title": speaker.say(catalogue.procedures[later.procedure].title),
                "from": _date(later.from_day),
                "fee_yen": _fee(later.fee_low, later.fee_high),
            }
            for later in plan.followups
        ],
        "tradeoff": None
        if plan.tradeoff is None
        else {
            "against": "fastest",
            "days": plan.tradeoff.gaps,
            "fee_yen": plan.tradeoff.fee,
            "visits": plan.tradeoff.visits,
        },
        "deadlocks": [
            {
                "kind": deadlock.kind,
                "name": deadlock.name,
                "pending": list(deadlock.pending),
                "blocked": [
                    {
                        "evidence": b.evidence,
                        "procedures": list(b.procedures),
                        "at_hand": list(b.at_hand),
                        "others": list(b.others),
                    }
                    for b in deadlock.blocked
                ],
                "ask": list(deadlock.ask),
            }
            for deadlock in plan.deadlocks
        ],
        "deadlines": [
            {
                "kind": due.kind,
                "name": due.name,
                "title": names.due(due),
                "step": due.step,
                "since": _date(due.since),
                "rule": _date(due.rule),
                "date": _date(due.day),
                "sources": list(due.sources),
            }
            for due in plan.deadlines
        ],
        "offices": {
            name: {
                "title": speaker.say(office.title),
                "find": speaker.say(office.find),
                "phones": [{"number": phone.number, "note": speaker.say(phone.note)} for phone in office.phones],
            }
            for name in sorted({step.office for step in plan.steps})
            for office in (catalogue.offices[name],)
        },
        "sources": {
            name: {
                "title": speaker.say(source.title),
                "publisher": speaker.say(source.publisher),
                "url": None if source.url == "unknown" else source.url,
                "date": None if source.date == "unknown" else str(source.date),
                "kind": source.kind,
            }
            for name in plan.sources
            for source in (catalogue.sources[name],)
        },
    }


def _step(plan: Plan, speaker: Speaker, step: PlanStep) -> dict[str, Any]:
    procedure = plan.facts.catalogue.procedures[step.procedure]
    lost = step.why.without
    return {
        "id": step.id,
        "procedure": step.procedure,
        "office": step.office,
        "title": speaker.say(procedure.title),
        "start": moment(step.start).isoformat(),
        "end": moment(step.end).isoformat(),
        "right_now": step.right_now,
        "visit": step.visit,
        "windows": list(step.windows),
        "bring": [{"item": paper.item, "why": speaker.say(paper.why), "kind": paper.kind} for paper in step.bring],
        "gives": list(step.gives),
        "ends": list(step.ends),
        "ready": _three(step.ready),
        "fee_yen": _fee(step.fee_low, step.fee_high),
        "fee_certain": step.fee_certain,
        "certainty": step.certainty,
        "call_first": " ".join(map(speaker.say, step.questions)) or None,
        "questions": [speaker.say(words) for words in step.questions],
        "no_return": procedure.no_return is not None,
        "deadline": _date(step.deadline),
        "after": list(step.after),
        "unlocks": list(step.why.unlocks),
        "how_to": speaker.say(procedure.how_to) if procedure.how_to else None,
        "skip": speaker.say(procedure.skip),
        "without": None
        if lost is None
        else {"gaps": lost.gaps, "last": lost.last, "visits": lost.visits, "fee": lost.fee},
        "sources": list(step.sources),
    }


def _span(span: Days) -> dict[str, Any]:
    return {"days": span.days._asdict(), "until": _three(span.until)}


def _three(days: Three) -> dict[str, str | None]:
    return {"best": _date(days.best), "typical": _date(days.typical), "worst": _date(days.worst)}


def _wait(wait: Wait) -> dict[str, Any]:
    return {"kind": wait.kind, "step": wait.step, "since": _date(wait.since), "until": _date(wait.until)}


def _date(day: int | None) -> str | None:
    return None if day is None else dt.date.fromordinal(day).isoformat()


def _fee(low: int | None, high: int | None) -> dict[str, int] | None:
    return None if low is None or high is None else {"min": low, "max": high}
