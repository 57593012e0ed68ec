"""From facts and circumstances to the planning problem: which procedures are open to this person, as acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from lostcard.catalogue.facts import Facts
from lostcard.catalogue.model import EvidenceRule, Fee, Lead, Member, Met, Procedure
from lostcard.planner.clock import DAY, OpenDays
from lostcard.planner.clock import Lead as PlannerLead
from lostcard.planner.problem import Act, FeeAt, Goal, Problem
from lostcard.planner.situation import Circumstances, Options, at_least, holds_on

__all__ = ["Builder", "Built"]

_HORIZON = 400
"""Days that a plan may reach into the future: the longest chain of the catalogue is a quarter of it."""


class Built(NamedTuple):
    """A problem, and the number of each catalogue item in it."""

    problem: Problem
    item_of: dict[str, int]


class Builder:
    """Makes the problems of one start and one set of options; what does not change between them is made once."""

    def __init__(self, facts: Facts, options: Options, start: int) -> None:
        self.facts = facts
        self.catalogue = facts.catalogue
        self.options = options
        self.start = start
        self.first_day = start // DAY
        self.horizon = self.first_day + _HORIZON
        self.items = tuple(sorted(self.catalogue.items))
        self.item_of = {name: index for index, name in enumerate(self.items)}
        self.offices = tuple(sorted(self.catalogue.offices))
        self.procedures = sorted(self.catalogue.procedures.items())
        numbers = {name: index for index, (name, _) in enumerate(self.procedures)}
        self.groups = {name: numbers[procedure.instead_of or name] for name, procedure in self.procedures}
        self._calendars: dict[str, OpenDays] = {}
        self._acts: dict[object, tuple[Act, ...]] = {}

    def build(
        self,
        here: Circumstances,
        *,
        without: Collection[str] = (),
        trusted: Collection[str] = (),
        perhaps: Collection[str] = (),
        sure_papers: bool = False,
    ) -> Built:
        """Return the planning problem of `here`.

        Procedures in `without`, and in the options' own, are left out; those in `trusted` are taken in however little
        is known about them, an unknown lead time counting as none. With `sure_papers` no paper counts whose acceptance
        is only inferred. Items in `perhaps` are taken to be held as well, and procedures for people with or without
        them to be open; this and `trusted` make bounds, never figures to show.
        """
        lucky = here._replace(holds=here.holds.union(perhaps)) if perhaps else here
        avoided = {*without, *self.options.without}
        acts: list[Act] = []
        for name, procedure in self.procedures:
            if name in avoided or not (here.fits(procedure.when) or (perhaps and lucky.fits(procedure.when))):
                continue
            if name in trusted or at_least(procedure.certainty, self.options.certainty):
                acts += self.acts(here, name, procedure, trusted=name in trusted, sure_papers=sure_papers)
        problem = Problem(
            start=self.start,
            travel=self.options.travel_minutes,
            items=self.items,
            held=self.mask(lucky.holds),
            acts=tuple(acts),
            goals=tuple(self.goals(here)),
            horizon=self.horizon,
        )
        return Built(problem, self.item_of)

    def mask(self, names: Iterable[str]) -> int:
        """Return items as a mask."""
        bits = 0
        for name in names:
            bits |= 1 << self.item_of[name]
        return bits

    def days(self, name: str) -> OpenDays:
        """Return the open days of a calendar."""
        known = self._calendars.get(name)
        if known is None:
            calendar = self.catalogue.calendars[name]
            known = self._calendars[name] = OpenDays(
                weekends=calendar.weekends == "open",
                holidays=() if calendar.holidays == "open" else self.facts.holidays,
                closed_spans=[(_month_day(span.start), _month_day(span.end)) for span in calendar.closed],
            )
        return known

    def acts(
        self, here: Circumstances, name: str, procedure: Procedure, *, trusted: bool, sure_papers: bool
    ) -> tuple[Act, ...]:
        """Return the procedure once for each period with one fee and the same papers counting at its counter."""
        requires = tuple(
            self.mask(requirement.any_of) for requirement in procedure.requires if here.fits(requirement.when)
        )
        fees = tuple(index for index, fee in enumerate(procedure.fee) if here.fits(fee.when))
        least = "reported" if sure_papers and at_least("reported", self.options.certainty) else self.options.certainty
        key = (name, trusted, least, requires, fees)
        known = self._acts.get(key)
        if known is None:
            known = self._acts[key] = tuple(self._made(name, procedure, requires, fees, trusted, least))
        return known

    def _made(
        self,
        name: str,
        procedure: Procedure,
        requires: tuple[int, ...],
        fees: tuple[int, ...],
        trusted: bool,  # noqa: FBT001 - part of the key under which the acts are kept
        least: str,
    ) -> Iterator[Act]:
        first = max(_ordinal(procedure.since, 1), self.first_day)
        last = min(_ordinal(procedure.until, self.horizon), self.horizon)
        rule = self.catalogue.evidence[procedure.evidence] if procedure.evidence else None
        office = self.catalogue.offices[procedure.office]
        for since, until in self._periods(rule, [procedure.fee[index] for index in fees], first, last):
            evidence = self._evidence(rule, since, least) if rule else ()
            if rule and not evidence:
                continue
            yield Act(
                id=name,
                group=self.groups[name],
                office=self.offices.index(procedure.office) if office.channel == "counter" else None,
                days=self.days(procedure.calendar or office.calendar),
                windows=tuple(map(_window, procedure.reception or office.reception)),
                since=since,
                until=until,
                takes=(procedure.takes.min, procedure.takes.typical, procedure.takes.max),
                requires=requires,
                evidence=evidence,
                within=self._within(procedure),
                gives=tuple(
                    (self.item_of[give.item], self._lead(give.after, trusted=trusted)) for give in procedure.gives
                ),
                ends=self.mask(procedure.ends),
                fees=tuple(
                    fee
                    for fee in (self._fee(procedure.fee[index]) for index in fees)
                    if fee.since <= until and since <= fee.until
                ),
                urgent=procedure.urgent,
                duty=self._is_due(procedure),
            )

    def _is_due(self, procedure: Procedure) -> bool:
        # What exists only later is nobody's duty yet: who has the old card again needs no certificate of the next era.
        named = self.catalogue.procedures[procedure.instead_of] if procedure.instead_of else procedure
        return named.duty and _ordinal(named.since, 1) <= self.first_day

    def _within(self, procedure: Procedure) -> tuple[int | None, int] | None:
        if procedure.same_day_as is not None:
            return self.groups[procedure.same_day_as], 0
        within = procedure.within
        if within is None:
            return None
        days = within.days - (within.first_day == "counted")
        return None if within.of == "loss" else self.groups[within.of], days

    def _lead(self, lead: Lead | None, *, trusted: bool) -> PlannerLead | None:
        if lead is None or (trusted and lead.typical == "unknown"):
            return None
        figures = (_known(lead.min), _known(lead.typical), _known(lead.max))
        return PlannerLead(figures, lead.unit, self.days(lead.calendar) if lead.calendar else None)

    def _fee(self, fee: Fee) -> FeeAt:
        low = fee.min if fee.yen is None else _known(fee.yen)
        high = fee.max if fee.yen is None else _known(fee.yen)
        certain = high is not None and fee.certainty in ("confirmed", "reported")
        return FeeAt(_ordinal(fee.since, 1), _ordinal(fee.until, self.horizon), low, high, certain)

    def _periods(
        self, rule: EvidenceRule | None, fees: Iterable[Fee], first: int, last: int
    ) -> Iterable[tuple[int, int]]:
        """Split the days from `first` to `last` wherever a fee changes or a paper begins or ceases to count."""
        if first > last:
            return
        dated: list[Fee | Member] = list(fees)
        if rule:
            for members in self.catalogue.counters[rule.counter].classes.values():
                dated += members
        cuts = {first}
        for value in dated:
            cuts.add(_ordinal(value.since, first))
            cuts.add(_ordinal(value.until, last) + 1)
        begins = sorted(cut for cut in cuts if first <= cut <= last)
        for begin, following in zip(begins, [*begins[1:], last + 1], strict=True):
            yield begin, following - 1

    def _evidence(self, rule: EvidenceRule, day: int, least: str) -> tuple[tuple[tuple[int, int], ...], ...]:
        date = dt.date.fromordinal(day)
        counter = self.catalogue.counters[rule.counter]
        masks = {
            label: self.mask(
                member.item for member in members if holds_on(member, date) and at_least(member.certainty, least)
            )
            for label, members in counter.classes.items()
        }
        combinations = [
            tuple((masks[label], number) for label, number in sorted(combination.items()))
            for combination in rule.any_of
        ]
        return tuple(sorted(c for c in combinations if all(mask.bit_count() >= n for mask, n in c)))

    def goals(self, here: Circumstances) -> Iterator[Goal]:
        """Yield the needs that the loss touched, then each lost card itself or its successor."""
        for name in here.touched:
            need = self.catalogue.needs[name]
            yield Goal("need", name, self.mask(met.item for met in need.met_by if _not_over(met, here.date)))
        for name in sorted(set(here.situation.lost)):
            item = self.catalogue.items[name]
            again = () if name in here.expired else (name,)
            back = (*again, *item.successors)
            # A card whose needs something else meets is not wanted back where nobody would issue it.
            if self._met_otherwise(here, name) and not self._issued(here, back):
                continue
            yield Goal("card", name, self.mask(back))

    def _issued(self, here: Circumstances, items: tuple[str, ...]) -> bool:
        return any(
            give.item in items
            for _, procedure in self.procedures
            for give in procedure.gives
            if here.fits(procedure.when) and _not_over(procedure, here.date)
        )

    def _met_otherwise(self, here: Circumstances, name: str) -> bool:
        needs = [need for need in self.catalogue.needs.values() if any(met.item == name for met in need.met_by)]
        return bool(needs) and all(
            any(met.item in here.holds and holds_on(met, here.date) for met in need.met_by) for need in needs
        )


def _not_over(value: Met | Procedure, date: dt.date) -> bool:
    return value.until is None or date <= value.until


def _known(figure: int | str) -> int | None:
    return figure if isinstance(figure, int) else None


def _ordinal(date: dt.date | None, otherwise: int) -> int:
    return otherwise if date is None else date.toordinal()


def _month_day(text: str) -> tuple[int, int]:
    return int(text[:2]), int(text[3:])


def _window(text: str) -> tuple[int, int]:
    opens, _, closes = text.partition("-")
    return _minutes(opens), _minutes(closes)


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])
