"""The same loss on every day of a year: which days cost how many, and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lostcard.catalogue.facts import Facts
from lostcard.catalogue.model import Season
from lostcard.errors import NoPlanError
from lostcard.planner.assemble import make_plan
from lostcard.planner.clock import DAY
from lostcard.planner.frame import Frame
from lostcard.planner.plan import Note, Plan, Three, Wait, Words
from lostcard.planner.situation import Options, Situation, understand

__all__ = ["DayOfLoss", "Extreme", "Spread", "YearOfLoss", "days_of_year", "loss_on", "summarise"]

_PEAKS = 3
"""The worst stretches that are explained."""

_SATURDAY = 5


class DayOfLoss(NamedTuple):
    """What the loss costs if it happens on a day: days per need, all None where there is no way.

    `possible` is false where something named did not exist on that day.
    """

    day: int
    possible: bool
    gaps: dict[str, Three]


class Extreme(NamedTuple):
    """Days of loss (as runs of neighbours) that cost up to `days`; why `day` costs so many, and its plan."""

    days: int
    runs: tuple[tuple[int, int], ...]
    day: int
    reasons: tuple[Words, ...]
    plan: Plan


class Spread(NamedTuple):
    """The typical days of one need over the year.

    `counts`: days → how many days of loss cost that many; `unknown`: days of loss with no way through. `peaks` are the
    worst stretches, the worst first: neighbouring days that cost more than the best, with the most that one of them
    costs.
    """

    need: str
    counts: dict[int, int]
    unknown: int
    median: int
    best: Extreme
    peaks: tuple[Extreme, ...]

    @property
    def most(self) -> int:
        """Return the days that the worst day of loss costs."""
        return max(self.counts)


class YearOfLoss(NamedTuple):
    """The whole answer; `minute` is the time of day taken for every loss."""

    facts: Facts
    situation: Situation
    options: Options
    year: int
    minute: int
    days: tuple[DayOfLoss, ...]
    spreads: tuple[Spread, ...]
    assumptions: tuple[Words, ...]


def days_of_year(year: int) -> Sequence[int]:
    """Return the days of a year."""
    return range(dt.date(year, 1, 1).toordinal(), dt.date(year + 1, 1, 1).toordinal())


def loss_on(facts: Facts, situation: Situation, options: Options, start: int) -> DayOfLoss:
    """Return what a loss at minute `start` costs: the gaps of the plan of that moment, without the rest of it.

    Raises:
        UsageError: the situation contradicts itself.

    """
    day = start // DAY
    try:
        here = understand(facts.catalogue, situation, dt.date.fromordinal(day))
    except NoPlanError:
        return DayOfLoss(day, possible=False, gaps={})
    frame = Frame(facts, here, options, start)
    gaps = {goal.name: frame.outcome.span(goal.mask).days for goal in frame.goals("need")}
    gaps |= {goal.name: Three(None, None, None) for goal in frame.outcome.blocked if goal.kind == "need"}
    return DayOfLoss(day, possible=True, gaps=gaps)


def summarise(
    facts: Facts,
    situation: Situation,
    options: Options,
    minute: int,
    days: Iterable[DayOfLoss],
    assumed: tuple[Words, ...] = (),
) -> YearOfLoss:
    """Return the year that the days make. Raises NoPlanError if the loss was possible on none of them."""
    days = tuple(sorted(days))
    possible = [day for day in days if day.possible]
    if not possible:
        # What was missing is the same on every day: the plan of the last says it.
        make_plan(facts, situation, options, days[-1].day * DAY + minute)
    needs = [need for need in facts.catalogue.needs if any(need in day.gaps for day in possible)]
    spreads = [s for need in needs if (s := _spread(facts, situation, options, minute, possible, need))]
    first = make_plan(facts, situation, options, possible[0].day * DAY + minute)
    year = dt.date.fromordinal(days[0].day).year
    assumptions = (*assumed, *first.assumptions)
    return YearOfLoss(facts, situation, options, year, minute, days, tuple(spreads), assumptions)


def _spread(
    facts: Facts, situation: Situation, options: Options, minute: int, possible: Sequence[DayOfLoss], need: str
) -> Spread | None:
    figures = {day.day: day.gaps[need].typical for day in possible if need in day.gaps}
    known = {day: days for day, days in figures.items() if days is not None}
    if not known:
        return None
    counts = Counter(known.values())
    least = min(counts)

    def extreme(runs: Sequence[tuple[int, int]], day: int) -> Extreme:
        plan = make_plan(facts, situation, options, day * DAY + minute)
        return Extreme(known[day], tuple(runs), day, tuple(_reasons(facts, plan, need)), plan)

    best = [day for day, days in known.items() if days == least]
    stretches = [
        (run, max(range(run[0], run[1] + 1), key=lambda day: (known[day], -day)))
        for run in _runs(day for day, days in known.items() if days > least)
    ]
    stretches.sort(key=lambda stretch: (-known[stretch[1]], stretch[1]))
    return Spread(
        need=need,
        counts=dict(sorted(counts.items())),
        unknown=len(figures) - len(known),
        median=sorted(known.values())[(len(known) - 1) // 2],
        best=extreme(list(_runs(best)), best[0]),
        peaks=tuple(extreme([run], day) for run, day in stretches[:_PEAKS]),
    )


def _runs(days: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last day of each run of neighbours."""
    run: list[int] = []
    for day in days:
        if run and day != run[-1] + 1:
            yield run[0], run[-1]
            run = []
        run.append(day)
    if run:
        yield run[0], run[-1]


def _reasons(facts: Facts, plan: Plan, need: str) -> Iterator[Words]:
    """Yield what the days are spent on: seasons and closures that shut a counter, and things on their way."""
    waits = [wait for gap in plan.gaps if gap.need == need for wait in gap.waits]
    if not waits:
        yield Note("year.no-wait")
    for wait in waits:
        title = facts.catalogue.procedures[next(s.procedure for s in plan.steps if s.id == wait.step)].title
        if wait.kind == "lead":
            yield Note("year.lead", {"title": title, "days": wait.until - wait.since})
            continue
        causes = list(_closures(facts, wait)) if wait.kind in ("closed", "over") else []
        params = {"title": title, "until": dt.date.fromordinal(wait.until), "causes": causes}
        yield Note("year.closed" if causes else f"year.{wait.kind}", params)


def _closures(facts: Facts, wait: Wait) -> Iterator[Words]:
    """Yield what shuts counters between two days: named seasons, else public holidays and weekends."""
    days = range(wait.since, wait.until)
    seasons = [season for season in facts.catalogue.seasons.values() if any(_within(season, day) for day in days)]
    yield from (season.title for season in seasons)
    rest = [day for day in days if not any(_within(season, day) for season in seasons)]
    if not seasons and any(day in facts.holidays for day in rest):
        yield Note("year.holiday")
    if not seasons and any((day - 1) % 7 >= _SATURDAY for day in rest):
        yield Note("year.weekend")


def _within(season: Season, day: int) -> bool:
    date = dt.date.fromordinal(day)
    here = f"{date.month:02}-{date.day:02}"
    if season.start <= season.end:
        return season.start <= here <= season.end
    return here >= season.start or here <= season.end
