"""What the person tells us, and what follows from it by the rules of that date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from lostcard.catalogue.model import CERTAINTIES, Catalogue, Condition
from lostcard.errors import NoPlanError, UsageError

__all__ = ["Circumstances", "Options", "Situation", "holds_on", "understand"]


class Situation(NamedTuple):
    """What was lost and how, and what is still held. Items, insurer and how are catalogue ids.

    `linked` are the records that the My Number Card carries. `insurer`, `age` and `how` are None where not said.
    """

    lost: tuple[str, ...]
    linked: tuple[str, ...] = ()
    have: tuple[str, ...] = ()
    how: str | None = None
    insurer: str | None = None
    age: int | None = None


class Options(NamedTuple):
    """How to plan: the preference, minutes between two counters, the least certainty a step may have.

    `without` are procedures that are not to be used, even where they are a duty.
    """

    prefer: str = "fastest"
    travel_minutes: int = 60
    certainty: str = "inferred"
    without: tuple[str, ...] = ()


class Circumstances(NamedTuple):
    """The situation with all that follows: records lost with their card, papers held by rule, the insurer assumed."""

    situation: Situation
    date: dt.date
    how: str
    insurer: str
    insurer_assumed: bool
    gone: frozenset[str]
    holds: frozenset[str]
    presumed: tuple[str, ...]
    expired: tuple[str, ...]
    touched: tuple[str, ...]
    open_needs: tuple[str, ...]

    def fits(self, condition: Condition | None) -> bool:
        """Tell whether every key of the condition holds. An age that was not said fits no limit."""
        if condition is None:
            return True
        c = condition
        age = self.situation.age
        return (
            (not c.lost or not self.gone.isdisjoint(c.lost))
            and self.gone.isdisjoint(c.not_lost)
            and (not c.have or not self.holds.isdisjoint(c.have))
            and self.holds.isdisjoint(c.not_have)
            and (not c.insurer or self.insurer in c.insurer)
            and (not c.how or self.how in c.how)
            and (not c.need or not set(c.need).isdisjoint(self.open_needs))
            and (c.age_min is None or (age is not None and age >= c.age_min))
            and (c.age_max is None or (age is not None and age <= c.age_max))
        )


class _Dated(Protocol):
    @property
    def since(self) -> dt.date | None: ...
    @property
    def until(self) -> dt.date | None: ...


def holds_on(value: _Dated, date: dt.date) -> bool:
    """Tell whether a dated value holds on `date`; both of its ends are inclusive."""
    return (value.since is None or value.since <= date) and (value.until is None or date <= value.until)


def at_least(certainty: str, least: str) -> bool:
    """Tell whether `certainty` is `least` or better."""
    order: tuple[str, ...] = CERTAINTIES
    return order.index(certainty) <= order.index(least)


def understand(catalogue: Catalogue, situation: Situation, date: dt.date) -> Circumstances:
    """Return what the situation means on `date`.

    Raises:
        UsageError: the situation contradicts itself.
        NoPlanError: it names something that did not exist on that date.

    """
    _refuse_contradictions(catalogue, situation)
    items = catalogue.items
    for name in (*situation.lost, *situation.linked, *situation.have):
        since = items[name].since
        if since is not None and date < since:
            raise NoPlanError("error.not-yet", item=items[name].title, since=since, date=date)
    lost = set(situation.lost)
    gone = lost | {record for record in situation.linked if items[record].carrier in lost}
    holds = set(situation.have) | (set(situation.linked) - gone)
    holds = {name for name in holds if holds_on(items[name], date)}
    insurer, assumed = _insurer(catalogue, situation)
    here = Circumstances(
        situation=situation,
        date=date,
        how=situation.how or "outside",
        insurer=insurer,
        insurer_assumed=assumed,
        gone=frozenset(gone),
        holds=frozenset(holds),
        presumed=(),
        expired=tuple(name for name in sorted(lost | set(situation.have)) if not holds_on(items[name], date)),
        touched=tuple(
            name for name, need in sorted(catalogue.needs.items()) if any(met.item in gone for met in need.met_by)
        ),
        open_needs=(),
    )
    presumed = {
        name: assumption.item
        for name, assumption in sorted(catalogue.assumptions.items())
        if holds_on(assumption, date) and assumption.item not in holds and here.fits(assumption.when)
    }
    holds |= set(presumed.values())
    open_needs = tuple(
        name
        for name in here.touched
        if not any(met.item in holds and holds_on(met, date) for met in catalogue.needs[name].met_by)
    )
    return here._replace(holds=frozenset(holds), presumed=tuple(presumed), open_needs=open_needs)


def _refuse_contradictions(catalogue: Catalogue, situation: Situation) -> None:
    if not situation.lost:
        raise UsageError("error.nothing-lost")
    both = _names(catalogue, set(situation.lost) & set(situation.have))
    if both:
        raise UsageError("error.lost-and-held", items=both)
    mentioned = {*situation.lost, *situation.have}
    for record in situation.linked:
        carrier = catalogue.items[record].carrier
        if carrier not in mentioned:
            raise UsageError(
                "error.linked-to-nothing",
                record=catalogue.items[record].title,
                carrier=catalogue.items[carrier or record].title,
                option=carrier,
            )


def _names(catalogue: Catalogue, names: Iterable[str]) -> list[object]:
    return [catalogue.items[name].title for name in sorted(names)]


def _insurer(catalogue: Catalogue, situation: Situation) -> tuple[str, bool]:
    if situation.insurer is not None:
        return situation.insurer, False
    for name, insurer in sorted(catalogue.insurers.items()):
        condition = insurer.assumed
        if condition is None:
            continue
        age = situation.age
        young = condition.age_min is None or (age is not None and age >= condition.age_min)
        old = condition.age_max is None or age is None or age <= condition.age_max
        if young and old:
            return name, True
    unreachable = "the catalogue check guarantees an assumed insurer for every age"
    raise AssertionError(unreachable)
