"""The last days that rules set: for acts of the plan, for duties it cannot do, and for claims that lapse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lostcard.catalogue.model import Procedure
from lostcard.planner.clock import DAY, add_months
from lostcard.planner.frame import Frame
from lostcard.planner.plan import Due, PlanStep
from lostcard.planner.situation import holds_on

__all__ = ["Limit", "deadlines", "limit"]


class Limit(NamedTuple):
    """A rule's first and last day, and the last day up to then on which the office is open."""

    since: int
    rule: int
    day: int


def limit(frame: Frame, procedure: Procedure) -> Limit | None:
    """Return until when a procedure can be done; None where no rule says so, or what it counts from is not planned."""
    within = procedure.within
    if within is None:
        return None
    since = frame.first_day
    if within.of != "loss":
        group = frame.builder.groups[within.of]
        acts = [step for step in frame.outcome.solution.steps if frame.acts[step.act].group == group]
        if not acts:
            return None
        since = acts[0].start // DAY
    rule = day = since + within.days - (within.first_day == "counted")
    open_days = frame.builder.days(procedure.calendar or frame.catalogue.offices[procedure.office].calendar)
    while day not in open_days:
        day -= 1
    return Limit(since, rule, day)


def deadlines(frame: Frame, steps: Iterable[PlanStep]) -> tuple[Due, ...]:
    """Return all last days, the earliest first."""
    return tuple(sorted([*_acts(frame, steps), *_claims(frame)], key=lambda due: (due.day, due.name)))


def _acts(frame: Frame, steps: Iterable[PlanStep]) -> Iterator[Due]:
    planned = {step.procedure: step.id for step in steps}
    done = {frame.builder.groups[name] for name in planned}
    for name, procedure in frame.catalogue.procedures.items():
        left_over = procedure.duty and frame.open_to_person(procedure) and frame.builder.groups[name] not in done
        if name not in planned and not left_over:
            continue
        last = limit(frame, procedure)
        if last is not None and procedure.within is not None:
            yield Due("act", name, planned.get(name), *last, procedure.within.source)


def _claims(frame: Frame) -> Iterator[Due]:
    for name, guidance in frame.catalogue.guidance.items():
        claim = guidance.claim
        if claim is not None and holds_on(guidance, frame.here.date) and frame.here.fits(guidance.when):
            day = add_months(frame.first_day, claim.months)
            yield Due("claim", name, None, frame.first_day, day, day, claim.source)
