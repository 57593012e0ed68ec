"""From facts and circumstances to the planning problem: which procedures are open to this person, as acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

from lostcard.catalogue.facts import Facts
from lostcard.catalogue.model import EvidenceRule, Lead, Procedure
from lostcard.planner.clock import DAY, OpenDays
from lostcard.planner.clock import Lead as PlannerLead
from lostcard.planner.problem import Act, FeeAt, Goal, Problem
from lostcard.planner.situation import Circumstances, Options, at_least, holds_on

__all__ = ["Built", "build"]

_HORIZON = 400
"""Days that a plan may reach into the future: the longest chain of the catalogue is a quarter of it."""


class Built(NamedTuple):
    """A problem, and how its numbers read as catalogue ids."""

    problem: Problem
    item_of: dict[str, int]
    offices: tuple[str, ...]


class _Builder:
    def __init__(self, facts: Facts, here: Circumstances, options: Options, start: int) -> None:
        self.facts = facts
        self.catalogue = facts.catalogue
        self.here = here
        self.options = options
        self.start = start
        self.first_day = start // DAY
        self.horizon = self.first_day + _HORIZON
        self.items = tuple(sorted(self.catalogue.items))
        self.item_of = {name: index for index, name in enumerate(self.items)}
        self.offices = tuple(sorted(self.catalogue.offices))
        self.groups = {name: index for index, name in enumerate(sorted(self.catalogue.procedures))}
        self._calendars: dict[str, OpenDays] = {}

    def mask(self, names: Iterable[str]) -> int:
        bits = 0
        for name in names:
            bits |= 1 << self.item_of[name]
        return bits

    def days(self, name: str) -> OpenDays:
        known = self._calendars.get(name)
        if known is None:
            calendar = self.catalogue.calendars[name]
            known = self._calendars[name] = OpenDays(
                weekends=calendar.weekends == "open",
                holidays=() if calendar.holidays == "open" else self.facts.holidays,
                closed_spans=[(_month_day(span.start), _month_day(span.end)) for span in calendar.closed],
            )
        return known

    def acts(self, name: str, procedure: Procedure, *, trusted: bool) -> Iterable[Act]:
        """Yield the procedure once for each period in which the same papers count at its counter."""
        first = max(_ordinal(procedure.since, 1), self.first_day)
        last = min(_ordinal(procedure.until, self.horizon), self.horizon)
        rule = self.catalogue.evidence[procedure.evidence] if procedure.evidence else None
        for since, until in self._periods(rule, first, last):
            evidence = self._evidence(rule, since) if rule else ()
            if rule and not evidence:
                continue
            act = self._act(name, procedure, since, until, evidence)
            yield (
                act._replace(gives=tuple((item, _at_once_if_unknown(lead)) for item, lead in act.gives))
                if trusted
                else act
            )

    def _act(
        self, name: str, procedure: Procedure, since: int, until: int, evidence: tuple[tuple[tuple[int, int], ...], ...]
    ) -> Act:
        office = self.catalogue.offices[procedure.office]
        within = procedure.within
        limit = None
        if within:
            days = within.days - (within.first_day == "counted")
            limit = (None if within.of == "loss" else self.groups[within.of], days)
        return Act(
            id=name,
            group=self.groups[name],
            office=self.offices.index(procedure.office) if office.channel == "counter" else None,
            days=self.days(procedure.calendar or office.calendar),
            windows=tuple(map(_window, procedure.reception or office.reception)),
            since=since,
            until=until,
            takes=(procedure.takes.min, procedure.takes.typical, procedure.takes.max),
            requires=tuple(
                self.mask(requirement.any_of) for requirement in procedure.requires if self.here.fits(requirement.when)
            ),
            evidence=evidence,
            within=limit,
            gives=tuple((self.item_of[give.item], self._lead(give.after)) for give in procedure.gives),
            ends=self.mask(procedure.ends),
            fees=tuple(self._fees(procedure)),
            urgent=procedure.urgent,
            duty=procedure.duty,
        )

    def _lead(self, lead: Lead | None) -> PlannerLead | None:
        if lead is None:
            return None
        figures = tuple(None if figure == "unknown" else figure for figure in (lead.min, lead.typical, lead.max))
        return PlannerLead(figures, lead.unit, self.days(lead.calendar) if lead.calendar else None)  # type: ignore[arg-type]

    def _fees(self, procedure: Procedure) -> Iterable[FeeAt]:
        for fee in procedure.fee:
            if not self.here.fits(fee.when):
                continue
            known = isinstance(fee.yen, int)
            low = fee.yen if isinstance(fee.yen, int) else fee.min
            high = fee.yen if isinstance(fee.yen, int) else fee.max
            yield FeeAt(
                _ordinal(fee.since, 1),
                _ordinal(fee.until, self.horizon),
                low,
                high,
                fee.certainty in ("confirmed", "reported") and (known or fee.min is not None),
            )

    def _periods(self, rule: EvidenceRule | None, first: int, last: int) -> Iterable[tuple[int, int]]:
        """Split the days from `first` to `last` wherever a paper begins or ceases to count at the rule's counter."""
        if first > last:
            return
        cuts = {first}
        if rule:
            for members in self.catalogue.counters[rule.counter].classes.values():
                for member in members:
                    cuts.add(_ordinal(member.since, first))
                    cuts.add(_ordinal(member.until, last) + 1)
        begins = sorted(cut for cut in cuts if first <= cut <= last)
        for begin, following in zip(begins, [*begins[1:], last + 1], strict=True):
            yield begin, following - 1

    def _evidence(self, rule: EvidenceRule, day: int) -> tuple[tuple[tuple[int, int], ...], ...]:
        date = dt.date.fromordinal(day)
        counter = self.catalogue.counters[rule.counter]
        masks = {
            label: self.mask(
                member.item
                for member in members
                if holds_on(member, date) and at_least(member.certainty, self.options.certainty)
            )
            for label, members in counter.classes.items()
        }
        combinations = [
            tuple((masks[label], number) for label, number in sorted(combination.items()))
            for combination in rule.any_of
        ]
        return tuple(sorted(c for c in combinations if all(mask.bit_count() >= n for mask, n in c)))

    def goals(self) -> Iterable[Goal]:
        """Yield the needs that the loss touched, then each lost card itself or its successor."""
        for name in self.here.touched:
            need = self.catalogue.needs[name]
            yield Goal("need", name, self.mask(met.item for met in need.met_by if holds_on(met, self.here.date)))
        for name in sorted(set(self.here.situation.lost)):
            item = self.catalogue.items[name]
            if name in self.here.expired and self._met_otherwise(name):
                continue
            again = () if name in self.here.expired else (name,)
            yield Goal("card", name, self.mask((*again, *item.successors)))

    def _met_otherwise(self, name: str) -> bool:
        needs = [need for need in self.catalogue.needs.values() if any(met.item == name for met in need.met_by)]
        return all(
            any(met.item in self.here.holds and holds_on(met, self.here.date) for met in need.met_by) for need in needs
        )


def build(
    facts: Facts,
    here: Circumstances,
    options: Options,
    start: int,
    *,
    without: Collection[str] = (),
    trusted: Collection[str] = (),
) -> Built:
    """Return the planning problem of `here` from minute `start`.

    Procedures in `without` are left out; those in `trusted` are taken in however little is known about them, an
    unknown lead time counting as none: that is a bound, never a figure to show.
    """
    builder = _Builder(facts, here, options, start)
    acts = [
        act
        for name, procedure in sorted(facts.catalogue.procedures.items())
        if name not in without
        and here.fits(procedure.when)
        and (name in trusted or at_least(procedure.certainty, options.certainty))
        for act in builder.acts(name, procedure, trusted=name in trusted)
    ]
    problem = Problem(
        start=start,
        travel=options.travel_minutes,
        items=builder.items,
        held=builder.mask(here.holds),
        acts=tuple(acts),
        goals=tuple(builder.goals()),
        horizon=builder.horizon,
    )
    return Built(problem, builder.item_of, builder.offices)


def _at_once_if_unknown(lead: PlannerLead | None) -> PlannerLead | None:
    return None if lead and lead.figures[1] is None else lead


def _ordinal(date: dt.date | None, otherwise: int) -> int:
    return otherwise if date is None else date.toordinal()


def _month_day(text: str) -> tuple[int, int]:
    return int(text[:2]), int(text[3:])


def _window(text: str) -> tuple[int, int]:
    opens, _, closes = text.partition("-")
    return _minutes(opens), _minutes(closes)


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])
