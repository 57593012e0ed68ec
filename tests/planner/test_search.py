"""Cases in which a careless search goes wrong, each against the brute force and the constraint solver."""

from __future__ import annotations

from typing import Any

import pytest

from lostcard.planner.clock import DAY, OpenDays
from lostcard.planner.problem import Act, FeeAt, Goal, Problem
from lostcard.planner.search import PREFERENCES, solve
from oracle import best, brute

MONDAY = 739951  # 2026-11-30, by its ordinal 739950 + 1
ALWAYS = OpenDays()
FREE = (FeeAt(0, 10**7, 0, 0, certain=True),)


def act(name: str, group: int, minutes: int, *, gives: int | None = None, duty: bool = False, **more: object) -> Act:
    fields: dict[str, object] = {
        "office": None,
        "windows": ((0, 1439),),
        "since": 0,
        "until": 10**7,
        "requires": (),
        "within": None,
        "fees": FREE,
    }
    fields |= more
    return Act(
        id=name,
        group=group,
        days=ALWAYS,
        takes=(minutes, minutes, minutes),
        evidence=(),
        gives=() if gives is None else ((gives, None),),
        ends=0,
        urgent=False,
        duty=duty,
        **fields,  # type: ignore[arg-type] # a shorthand for tests
    )


def problem(start: int, acts: tuple[Act, ...], *needs: int, travel: int = 0) -> Problem:
    goals = tuple(Goal("need", f"need {item}", 1 << item) for item in needs)
    return Problem(MONDAY * DAY + start, travel, ("zero", "one", "two"), 0, acts, goals, MONDAY + 20)


LATE_AT_NIGHT = problem(23 * 60, (act("a", 0, 50, gives=0), act("b", 1, 30, duty=True)), 0)

SHOP: dict[str, Any] = {"office": 0, "windows": ((540, 720), (780, 1020))}
BEFORE_LUNCH = problem(
    715,
    (
        act("a", 0, 65, gives=0, **SHOP),
        act("b", 1, 10, gives=1, **SHOP),
        act("c", 2, 5, gives=2, office=0, windows=((540, 800),), requires=(1,)),
    ),
    0,
    1,
    2,
)

CHEAPER_TOMORROW = problem(
    600,
    (
        act("a", 0, 10, gives=0, fees=(FeeAt(0, MONDAY, 500, 500, certain=True),), until=MONDAY),
        act("a", 0, 10, gives=0, since=MONDAY + 1),
    ),
    0,
)


@pytest.mark.parametrize("prefer", PREFERENCES)
@pytest.mark.parametrize(
    "case", [LATE_AT_NIGHT, BEFORE_LUNCH, CHEAPER_TOMORROW], ids=["late at night", "before lunch", "cheaper tomorrow"]
)
def test_search_finds_what_every_sequence_tried_finds(case: Problem, prefer: str) -> None:
    solution, tried = solve(case, prefer), brute(case, prefer)
    assert solution is not None
    assert tried is not None
    days, ways = (solution.gaps, solution.last), (solution.visits, solution.fee)
    value = {
        "fastest": (*days, *ways, solution.starts),
        "cheapest": (solution.fee, *days, solution.visits, solution.starts),
        "fewest-visits": (solution.visits, *days, solution.fee, solution.starts),
    }[prefer]
    assert value == tried[0] == best(case, prefer)


def test_what_ends_before_midnight_counts_for_the_day() -> None:
    solution = solve(LATE_AT_NIGHT)
    assert solution is not None
    assert [LATE_AT_NIGHT.acts[step.act].id for step in solution.steps] == ["a", "b"]
    assert solution.gaps == 0


def test_waiting_for_tomorrows_fee_is_worth_it_only_to_the_cheapest() -> None:
    fastest, cheapest = solve(CHEAPER_TOMORROW), solve(CHEAPER_TOMORROW, "cheapest")
    assert fastest is not None
    assert cheapest is not None
    assert (fastest.gaps, fastest.fee) == (0, (0, 500))
    assert (cheapest.gaps, cheapest.fee) == (1, (0, 0))
