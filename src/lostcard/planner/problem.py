"""The planning problem: items as bits, procedures as acts, times as minutes. What the search and its oracle solve.

Semantics, complete:

- A plan is a sequence of acts, each at most once per `group`. The person does one thing at a time. Before an act at a
  counter (`office` is not None) where the person is not already, `travel` minutes pass; at the start the person is at
  no counter. An act begins inside one of its windows (both ends inclusive) on one of its open days between `since`
  and `until`, and takes `takes[scenario]` minutes; it may end after the window.
- An act begins when all it needs is in hand: of every mask in `requires` at least one item, and, if `evidence` is not
  empty, one of its combinations: of every (mask, count) in it at least `count` different items.
- When an act is done, first the items in `ends` are gone, held or still on their way; then each item in `gives` (by
  its index) comes, at the end of the act or at its lead's arrival. An item that comes twice is in hand from the
  earlier time.
- `within = (group, days)`: an act of that group has come earlier in the sequence, and not more than `days` days
  before; `within = (None, days)` counts from the start.
- Of every group with a `duty` or `urgent` act, one is part of every plan; all urgent ones come before any other act.
  The acts of one group do not differ in these two.
- Acts at the same counter on the same day with no other counter between them are one visit.
- At the end every goal has an item in hand or on its way. A goal's day is the day of its earliest such item.
- Objective, smaller is better, with GAPS = sum over goals that are needs of (day - day of the start), LAST = latest day
  over all goals, counted from the start too (0 without goals), VISITS, FEE = (acts with unknown fee, sum of the known
  maximum fees), STARTS = sum over acts of (begin - start) in minutes, IDS = the acts' ids in order, among plans
  without an act that brings nothing sooner than the others do: `fastest` compares
  (GAPS, LAST, VISITS, FEE, STARTS, IDS), `cheapest` (FEE, GAPS, LAST, VISITS, STARTS, IDS), `fewest-visits` (VISITS,
  GAPS, LAST, FEE, STARTS, IDS).
"""

from __future__ import annotations

from typing import NamedTuple

from lostcard.planner.clock import DAY, NEVER, Lead, OpenDays

__all__ = ["MAX", "MIN", "TYPICAL", "Act", "FeeAt", "Goal", "Problem"]

MIN, TYPICAL, MAX = 0, 1, 2
"""Scenarios: every lead time and duration at its minimum, typical or maximum figure."""


class FeeAt(NamedTuple):
    """A fee from day `since` to day `until`, in yen; `low` and `high` are None where it is unknown."""

    since: int
    until: int
    low: int | None
    high: int | None
    certain: bool


class Act(NamedTuple):
    """One procedure as the person can do it between two dates."""

    id: str
    group: int
    office: int | None
    days: OpenDays
    windows: tuple[tuple[int, int], ...]
    since: int
    until: int
    takes: tuple[int, int, int]
    requires: tuple[int, ...]
    evidence: tuple[tuple[tuple[int, int], ...], ...]
    within: tuple[int | None, int] | None
    gives: tuple[tuple[int, Lead | None], ...]
    ends: int
    fees: tuple[FeeAt, ...]
    urgent: bool
    duty: bool

    def next_start(self, minute: int, horizon: int) -> int:
        """Return the first minute from `minute` on at which the act can begin; NEVER past `horizon` (a day)."""
        day, rest = divmod(minute, DAY)
        if day < self.since:
            day, rest = self.since, 0
        last = min(self.until, horizon)
        while day <= last:
            if day in self.days:
                for opens, closes in self.windows:
                    if rest <= closes:
                        return day * DAY + max(rest, opens)
            day += 1
            rest = 0
        return NEVER

    def fee_on(self, day: int) -> FeeAt | None:
        """Return the fee of a day; None where no rule is known."""
        for fee in self.fees:
            if fee.since <= day <= fee.until:
                return fee
        return None


class Goal(NamedTuple):
    """What the plan must reach: any item of the mask. A need counts into the gaps, a card only into the last day."""

    kind: str
    name: str
    mask: int


class Problem(NamedTuple):
    """Everything the search needs; `start` in minutes, `held` a mask of item bits, `horizon` the last day looked at."""

    start: int
    travel: int
    items: tuple[str, ...]
    held: int
    acts: tuple[Act, ...]
    goals: tuple[Goal, ...]
    horizon: int
