"""What the plan assumes, and what else the person should know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lostcard.planner.frame import Frame
from lostcard.planner.plan import Note, Words
from lostcard.planner.situation import holds_on

__all__ = ["Advice", "advice", "assumptions"]


class Advice(NamedTuple):
    """Texts for the person, by the place where they are said, and the sources they rest on."""

    notices: tuple[Words, ...]
    meanwhile: tuple[Words, ...]
    warnings: tuple[Words, ...]
    sources: frozenset[str]


def advice(frame: Frame) -> Advice:
    """Return the advice for the circumstances of the plan in a frame."""
    here, catalogue = frame.here, frame.catalogue
    notices: list[Words] = []
    meanwhile: list[Words] = []
    later: list[Words] = []
    sources: set[str] = set()
    for name in here.presumed:
        sources.update(catalogue.assumptions[name].source)
    for name in here.expired:
        item = catalogue.items[name]
        sources.update(item.source)
        if item.ended:
            notices.append(item.ended)
    for _, guidance in sorted(catalogue.guidance.items()):
        if holds_on(guidance, here.date) and here.fits(guidance.when):
            (meanwhile if guidance.place == "now" else later).append(guidance.text)
            sources.update(guidance.source)
    return Advice(tuple(notices), tuple(meanwhile), tuple(later), frozenset(sources))


def assumptions(frame: Frame, *, waits: bool) -> Iterator[Words]:
    """Yield what was assumed, what changes the plan most first; `waits`: something in it is on its way for days."""
    here, catalogue = frame.here, frame.catalogue
    for name, need in sorted(catalogue.needs.items()):
        for met in need.met_by if name not in here.touched else ():
            item = catalogue.items[met.item]
            if item.carrier in here.situation.lost and holds_on(item, here.date):
                option = item.aliases[0] if item.aliases else met.item
                yield Note("assume.not-linked", {"record": item.title, "option": option})
    for name in here.presumed:
        yield catalogue.assumptions[name].text
    if here.situation.how is None:
        yield Note("assume.how")
    if here.insurer_assumed and _insurer_matters(frame):
        insurer = catalogue.insurers[here.insurer]
        yield Note("assume.insurer", {"insurer": insurer.title, "recognise": insurer.recognise})
    yield Note("assume.travel", {"minutes": frame.options.travel_minutes})
    if waits:
        yield Note("assume.arrival")


def _insurer_matters(frame: Frame) -> bool:
    """Tell whether something open to the person, or held by rule, depends on the insurer."""
    catalogue, here = frame.catalogue, frame.here
    presumed = [catalogue.assumptions[name].when for name in here.presumed]
    procedures = [procedure.when for procedure in catalogue.procedures.values() if here.fits(procedure.when)]
    return any(condition is not None and condition.insurer for condition in (*presumed, *procedures))
