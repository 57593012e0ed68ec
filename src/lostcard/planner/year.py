"""The same loss on every day of a year: which days cost how many, and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lostcard.catalogue.facts import Facts
from lostcard.catalogue.model import Procedure, Season
from lostcard.errors import NoPlanError
from lostcard.planner.assemble import make_plan
from lostcard.planner.build import Builder
from lostcard.planner.clock import DAY
from lostcard.planner.comparison import latest
from lostcard.planner.frame import Frame
from lostcard.planner.plan import Note, Plan, Three, Wait, Words
from lostcard.planner.situation import Options, Situation, understand

__all__ = ["CARDS", "DayOfLoss", "Extreme", "Spread", "YearOfLoss", "days_of_year", "loss_on", "summarise"]

_PEAKS = 3
"""The worst stretches that are explained."""

_SATURDAY = 5

CARDS = "cards"
"""Stands beside the needs: the days until every lost card is back."""


class DayOfLoss(NamedTuple):
    """What the loss costs if it happens on a day: days per need, and `cards` until every lost card is back.

    All None where there is no way or nobody knows; `possible` is false where something named did not exist on that day.
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

    `need` may also be `cards`. `counts`: days → how many days of loss cost that many; `unknown`: days of loss with no
    way, or none of known length. `peaks` are the worst stretches, the worst first: neighbouring days that cost more
    than the median, with the most that one of them costs.
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
    """The whole answer; `minute` is the time of day taken for every loss.

    `never` are the needs (or `cards`) to which no day's plan leads.
    """

    facts: Facts
    situation: Situation
    options: Options
    year: int
    minute: int
    days: tuple[DayOfLoss, ...]
    spreads: tuple[Spread, ...]
    never: tuple[str, ...]
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
    unknown = Three(None, None, None)
    gaps = {goal.name: frame.outcome.span(goal.mask).days for goal in frame.goals("need")}
    gaps |= {goal.name: unknown for goal in frame.outcome.blocked if goal.kind == "need"}
    back = [frame.outcome.span(goal.mask).days for goal in frame.goals("card")]
    back += [unknown for goal in frame.outcome.blocked if goal.kind == "card"]
    return DayOfLoss(day, possible=True, gaps={**gaps, CARDS: latest(back)} if back else gaps)


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
    columns = [column for column in (*facts.catalogue.needs, CARDS) if any(column in day.gaps for day in possible)]
    spreads = [s for column in columns if (s := _spread(facts, situation, options, minute, possible, column))]
    return YearOfLoss(
        facts=facts,
        situation=situation,
        options=options,
        year=dt.date.fromordinal(days[0].day).year,
        minute=minute,
        days=days,
        spreads=tuple(spreads),
        never=tuple(column for column in columns if column not in {spread.need for spread in spreads}),
        assumptions=_assumptions(spreads, assumed),
    )


def _assumptions(spreads: Iterable[Spread], assumed: tuple[Words, ...]) -> tuple[Words, ...]:
    """Return what any of the plans that are shown rests on: the rules may change within a year."""
    said = list(assumed)
    for spread in spreads:
        for extreme in (spread.best, *spread.peaks):
            said += [words for words in extreme.plan.assumptions if words not in said]
    return tuple(said)


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
    median = sorted(known.values())[(len(known) - 1) // 2]
    stretches = [
        (run, max(range(run[0], run[1] + 1), key=lambda day: (known[day], -day)))
        for run in _runs(day for day, days in known.items() if days > median)
    ]
    stretches.sort(key=lambda stretch: (-known[stretch[1]], stretch[1]))
    return Spread(
        need=need,
        counts=dict(sorted(counts.items())),
        unknown=len(figures) - len(known),
        median=median,
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
    if need == CARDS:
        last = max(plan.cards, key=lambda card: (card.span.days.typical or 0, card.lost))
        waits = list(last.waits)
    if not waits:
        yield Note("year.no-wait")
    for wait in waits:
        procedure = facts.catalogue.procedures[next(s.procedure for s in plan.steps if s.id == wait.step)]
        causes = list(_closures(facts, plan, wait, procedure))
        if wait.kind == "lead":
            count = wait.until - wait.since
            days = Note("days.one" if count == 1 else "days.many", {"days": count})
            params: dict[str, object] = {"title": procedure.title, "days": days}
            yield Note("year.lead-over", params | {"causes": causes}) if causes else Note("year.lead", params)
            continue
        params = {"title": procedure.title, "until": dt.date.fromordinal(wait.until), "causes": causes}
        yield Note("year.closed" if causes else f"year.{wait.kind}", params)


def _closures(facts: Facts, plan: Plan, wait: Wait, procedure: Procedure) -> Iterator[Words]:
    """Yield what closes the counter, or interrupts the work on something, during a wait: seasons, else holidays.

    Weekends are named only where they shut a counter: every lead in business days has some.
    """
    lead = next((give.after for give in procedure.gives if give.after and give.after.calendar), None)
    if wait.kind == "lead":
        name = lead.calendar if lead else None
    else:
        name = procedure.calendar or facts.catalogue.offices[procedure.office].calendar
    if name is None or wait.kind == "rule":
        return
    open_days = Builder(facts, plan.options, plan.start).days(name)
    closed = [day for day in range(wait.since, wait.until) if day not in open_days]
    seasons = [season for season in facts.catalogue.seasons.values() if any(_within(season, day) for day in closed)]
    named: list[Words] = [season.title for season in seasons]
    rest = [day for day in closed if not any(_within(season, day) for season in seasons)]
    if any(day in facts.holidays for day in rest):
        named.append(Note("year.holiday"))
    if wait.kind != "lead" and not seasons and any((day - 1) % 7 >= _SATURDAY for day in rest):
        named.append(Note("year.weekend"))
    if wait.kind == "closed" and not named:  # days of the office's own
        named.append(Note("year.office-closure"))
    yield from named


def _within(season: Season, day: int) -> bool:
    date = dt.date.fromordinal(day)
    here = f"{date.month:02}-{date.day:02}"
    if season.start <= season.end:
        return season.start <= here <= season.end
    return here >= season.start or here <= season.end
