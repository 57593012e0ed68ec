"""The planner's search against the constraint model (`tests/oracle.py`) on problems made from the real catalogue.

To see the case of a failing seed: `from planner.test_real_catalogue import random_case; random_case(seed)`.

The search gets the problem as `build` makes it, only with a nearer horizon; the oracle an equivalent one that it can
handle (`for_oracle`). Where there is no plan, both must say so, and then agree on what is left without the goals and
duties that nothing can reach.
"""

from __future__ import annotations

import datetime as dt
import random
from functools import cache
from itertools import combinations
from typing import NamedTuple

import pytest

from lostcard.catalogue.compiled import load_facts
from lostcard.catalogue.facts import Facts
from lostcard.catalogue.model import HOWS
from lostcard.planner.build import Builder
from lostcard.planner.clock import DAY
from lostcard.planner.problem import TYPICAL, Act, FeeAt, Problem
from lostcard.planner.search import Solution, solve
from lostcard.planner.situation import Circumstances, Options, Situation, understand
from oracle import PREFERENCES, Move, PlanError, best_plan, replay

CASES, CHUNK = 300, 10
HORIZON = 90
"""Days looked ahead on both sides: the longest chain of the catalogue takes two months and a half."""

FIRST, LAST = dt.date(2024, 10, 1), dt.date(2027, 6, 30)
SPECIAL = (
    *(dt.date(year, 12, day) for year in (2024, 2025, 2026) for day in (26, 27, 28, 29, 30, 31)),
    *(dt.date(year, 1, day) for year in (2025, 2026, 2027) for day in (1, 2, 3, 4, 5)),
    *(dt.date(year, 4, day) for year in (2025, 2026, 2027) for day in (28, 29, 30)),
    *(dt.date(year, 5, day) for year in (2025, 2026, 2027) for day in (1, 2, 3, 4, 5, 6)),
    *(dt.date(2026, 9, day) for day in (18, 19, 20, 21, 22, 23, 24)),
    *(dt.date(2026, 11, day) for day in (20, 21, 22, 23, 24)),
    # The last and the first days of the catalogue's eras.
    *(dt.date(2024, month, day) for month, day in ((11, 29), (12, 1), (12, 2))),
    *(dt.date(2025, month, day) for month, day in ((3, 21), (3, 23), (3, 24), (12, 1), (12, 2))),
    *(dt.date(2026, month, day) for month, day in ((7, 31), (8, 1))),
)
HOURS = (0, 1, 509, 510, 511, 540, 570, 630, 631, 720, 779, 840, 900, 901, 960, 961, 1010, 1020, 1021, 1035, 1200, 1439)
_ALWAYS = (1, 10_000_000)


class Case(NamedTuple):
    """A person, a moment and a wish."""

    situation: Situation
    options: Options
    start: int
    here: Circumstances


@cache
def facts() -> Facts:
    return load_facts()


def losable() -> tuple[str, ...]:
    return tuple(name for name, item in sorted(facts().catalogue.items.items()) if item.losable)


def random_case(seed: int, *, never_lost: tuple[str, ...] = ()) -> Case:
    """Return a case that the catalogue has an answer for; the same seed always returns the same."""
    rng = random.Random(seed)  # noqa: S311 - it must be repeatable, not secret
    items = facts().catalogue.items
    first, last = FIRST.toordinal(), LAST.toordinal()
    day = rng.choice(SPECIAL).toordinal() if rng.random() < 0.4 else rng.randint(first, last)
    minute = rng.choice((rng.choice(HOURS), rng.randrange(480, 1080), rng.randrange(DAY)))
    date = dt.date.fromordinal(day)
    known = [name for name, item in sorted(items.items()) if item.since is None or item.since <= date]
    may_lose = [name for name in losable() if name in known and name not in never_lost]
    sets = [chosen for count in range(len(may_lose)) for chosen in combinations(may_lose, count + 1)]
    lost = sets[seed % len(sets)]
    holdable = [name for name in known if items[name].holdable and name not in lost]
    have = rng.sample(
        [name for name in holdable if items[name].carrier is None], rng.choice((0, 0, 1, 1, 2, 3, 6, len(items) // 2))
    )
    if "passport" not in {*have, *lost} and rng.random() < 0.3:
        have.append("passport")
    if "mynacard" not in {*have, *lost} and rng.random() < 0.2:
        have.append("mynacard")
    linked = [name for name in holdable if items[name].carrier is not None and {items[name].carrier} & {*lost, *have}]
    situation = Situation(
        lost=lost,
        linked=tuple(name for name in linked if rng.random() < 0.5),
        have=tuple(have),
        how=rng.choice((None, "outside", "outside", *HOWS)),
        insurer=rng.choice((None, *sorted(facts().catalogue.insurers))),
        age=rng.choice((None, 19, 40, 74, 75, 85, 86)),
    )
    options = Options(
        prefer=rng.choice(sorted(PREFERENCES)),
        travel_minutes=rng.choice((0, 30, 60, 60, 60, 120)),
        certainty=rng.choice(("confirmed", "reported", "inferred", "inferred", "inferred", "unknown")),
    )
    return Case(situation, options, day * DAY + minute, understand(facts().catalogue, situation, date))


def problem_of(case: Case) -> Problem:
    problem = Builder(facts(), case.options, case.start).build(case.here).problem
    return problem._replace(horizon=case.start // DAY + HORIZON)


# --- The same problem for the oracle ----------------------------------------------------------------------------------


def holds(mask: int, items: int) -> int:
    return (mask & items).bit_count()


def can_open(act: Act, items: int) -> bool:
    """Tell whether an act could begin if all of `items` were in hand."""
    proofs = (all(holds(mask, items) >= count for mask, count in pairs) for pairs in act.evidence)
    return all(holds(mask, items) for mask in act.requires) and (not act.evidence or any(proofs))


def at_one_fee(act: Act, horizon: int) -> list[Act]:
    """Return the act once for each period of one fee: the oracle takes a fee to be the same on all days.

    Two acts of one group are never in one plan, and on any day only one of the parts can begin, so the plans and their
    values stay the same.
    """
    changes = {day for fee in act.fees for day in (fee.since, fee.until + 1) if act.since < day <= act.until}
    begins = sorted({act.since, *(day for day in changes if day <= horizon)})
    parts = []
    for begin, following in zip(begins, [*begins[1:], act.until + 1], strict=True):
        fee = act.fee_on(begin)
        fees = () if fee is None else (FeeAt(*_ALWAYS, fee.low, fee.high, fee.certain),)
        parts.append(act._replace(since=begin, until=following - 1, fees=fees))
    return parts


def reachable_items(problem: Problem) -> int:
    """Return all that is held or could ever come, were there time for everything and nothing ended."""
    items, before = problem.held, -1
    while items != before:
        before = items
        for act in problem.acts:
            if can_open(act, items):
                for item, _ in act.gives:
                    items |= 1 << item
    return items


def without_the_useless(problem: Problem) -> Problem:
    """Leave out acts that are in no best plan.

    An act that cannot begin even if all that could ever come were in hand is in no plan. An act without a duty that no
    limit counts from and that gives nothing that a goal or another act kept asks for can be taken out of any plan: the
    others can still begin when they did (what is left out gave them nothing, and from where one was before it is
    no further to the next counter than by way of it), less is ended, no visit is added, and no fee, no begin and no
    day of a goal grows. So the best value stays the same. Duties are always kept, so that one that cannot be done
    still makes the problem impossible.
    """
    items = reachable_items(problem)
    able = [act for act in problem.acts if act.duty or can_open(act, items)]
    wanted = 0
    for goal in problem.goals:
        wanted |= goal.mask
    kept: list[Act] = []
    before = -1
    while len(kept) != before:
        before = len(kept)
        anchors = {act.within[0] for act in kept if act.within}
        kept = [
            act for act in able if act.duty or act.group in anchors or any(wanted >> item & 1 for item, _ in act.gives)
        ]
        for act in kept:
            for mask in (*act.requires, *(mask for pairs in act.evidence for mask, _ in pairs)):
                wanted |= mask
    return problem._replace(acts=tuple(kept))


def for_oracle(problem: Problem) -> Problem:
    """Return a problem with the same best value: no give that never comes, one fee per act, no useless acts."""
    acts = [
        part._replace(gives=tuple((item, lead) for item, lead in part.gives if not lead or lead.figures[1] is not None))
        for act in problem.acts
        for part in at_one_fee(act, problem.horizon)
    ]
    return without_the_useless(problem._replace(acts=tuple(acts)))


def without_the_unreachable(problem: Problem, model: Problem) -> Problem:
    """Leave out the goals and the duties that could not be reached were there time for everything."""
    items = reachable_items(model)
    stuck = {act.id for act in model.acts if act.duty and not can_open(act, items)}
    return problem._replace(
        acts=tuple(act for act in problem.acts if act.id not in stuck),
        goals=tuple(goal for goal in problem.goals if goal.mask & items),
    )


# --- The comparison ---------------------------------------------------------------------------------------------------


def differences(problem: Problem, prefer: str) -> tuple[bool, list[str]]:
    """Tell whether there is a plan, and where search and constraint model differ about it."""
    model = for_oracle(problem)
    solution, found = solve(problem, prefer), best_plan(model, prefer)
    if solution is None or found is None:
        same = solution is None and found is None
        return False, [] if same else [f"search found {solution}, oracle {found}"]
    parts = solution._asdict()
    claimed = tuple(parts[part] for part in PREFERENCES[prefer])
    ids = [problem.acts[step.act].id for step in solution.steps]
    theirs = [model.acts[move.act].id for move in found[1]]
    wrong = []
    if claimed != found[0]:
        wrong.append(f"search's best is {claimed} with {ids}, oracle's {found[0]} with {theirs}")
    elif ids > theirs and not set(ids) < set(theirs):
        # The oracle may do more than it must where that costs nothing: what is free and begins at once, first of all.
        wrong.append(f"search's acts are {ids}, the oracle's as good {theirs} come first by their ids")
    return True, [*wrong, *misfits(problem, model, solution, prefer)]


def misfits(problem: Problem, model: Problem, solution: Solution, prefer: str) -> list[str]:
    """Say which rule the search's plan breaks in the oracle's eyes, and whether it is worth what it says."""
    moves = []
    for step in solution.steps:
        act = problem.acts[step.act]
        if step.end != step.start + act.takes[TYPICAL]:
            return [f"{act.id} ends at {step.end}"]
        day = step.start // DAY
        same = [i for i, other in enumerate(model.acts) if other.id == act.id and other.since <= day <= other.until]
        if len(same) != 1:
            return [f"{act.id} is of no use on {dt.date.fromordinal(day)}"]
        moves.append(Move(same[0], step.start))
    try:
        worth = replay(model, moves, prefer)
    except PlanError as invalid:
        return [f"search's plan breaks a rule: {invalid}"]
    parts = solution._asdict()
    claimed = tuple(parts[part] for part in PREFERENCES[prefer])
    return [] if worth == claimed else [f"search's plan is worth {worth}, not {claimed}"]


def compare(case: Case) -> list[str]:
    """Say where the two differ on a case, and on the rest of it where there is no plan for the whole."""
    problem = problem_of(case)
    prefer = case.options.prefer
    feasible, wrong = differences(problem, prefer)
    if not feasible and not wrong:
        rest = without_the_unreachable(problem, for_oracle(problem))
        _, wrong = differences(rest, prefer)
    return wrong


@pytest.mark.parametrize("seeds", [range(seed, seed + CHUNK) for seed in range(0, CASES, CHUNK)], ids=str)
def test_search_agrees_with_oracle_on_the_real_catalogue(seeds: range) -> None:
    wrong = [f"seed {seed}: {difference}" for seed in seeds for difference in compare(random_case(seed))]
    assert not wrong, "\n".join(wrong)


def test_a_fee_that_changes_on_the_way_is_the_fee_of_the_day() -> None:
    """A licence costs 350 yen more from 2025-03-24 on, a Monday after a long weekend."""
    options = Options()
    for have in ((), ("pension-notice", "bankbook")):
        for day in (19, 21, 23):
            date = dt.date(2025, 3, day)
            situation = Situation(lost=("licence", "mynacard"), have=have, insurer="kyokai")
            here = understand(facts().catalogue, situation, date)
            for prefer in sorted(PREFERENCES):
                case = Case(situation, options._replace(prefer=prefer), date.toordinal() * DAY + 900, here)
                assert compare(case) == []


def test_cases_cover_what_they_should() -> None:
    cases = [random_case(seed) for seed in range(CASES)]
    days = [dt.date.fromordinal(case.start // DAY) for case in cases]
    problems = [problem_of(case) for case in cases]
    whole = sum(without_the_unreachable(problem, for_oracle(problem)) == problem for problem in problems)
    assert CASES // 4 < whole < CASES * 3 // 4
    assert {case.situation.lost for case in cases} >= {
        lost for count in range(len(losable())) for lost in combinations(losable(), count + 1)
    }
    assert {case.here.how for case in cases} == set(HOWS)
    assert {case.here.insurer for case in cases} == set(facts().catalogue.insurers)
    assert {case.options.prefer for case in cases} == set(PREFERENCES)
    assert {name for case in cases for name in case.situation.linked} == {"insurance-registration", "licence-record"}
    assert {day.weekday() for day in days} == set(range(7))
    assert sum((day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)} for day in days) >= 8
    assert sum((day.month, day.day) in {(4, 29), (5, 3), (5, 4), (5, 5), (5, 6)} for day in days) >= 8
    assert {(day.year, day.month >= 7) for day in days} >= {(2024, True), (2025, False), (2026, True), (2027, False)}
