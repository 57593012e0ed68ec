"""The planner's search against answers that were found without it (`tests/oracle.py`).

To see the problem of a failing seed: `from oracle import random_problem; random_problem(seed)`.
"""

from __future__ import annotations

import pytest

from lostcard.planner.problem import TYPICAL, Problem
from lostcard.planner.search import Solution, solve
from oracle import (
    PREFERENCES,
    Move,
    PlanError,
    Vector,
    best_plan,
    brute,
    random_problem,
    replay,
    tiny_problem,
)

TINY, RANDOM, CHUNK = 150, 300, 10


def chunks(count: int) -> list[range]:
    """Return the seeds below `count` in chunks: one test per seed would cost more than it tells."""
    return [range(seed, seed + CHUNK) for seed in range(0, count, CHUNK)]


def name(seeds: range) -> str:
    return f"seeds-{seeds[0]}-{seeds[-1]}"


def vector(solution: Solution, prefer: str) -> Vector:
    parts = solution._asdict()
    return tuple(parts[part] for part in PREFERENCES[prefer])


def ids(problem: Problem, acts: list[int]) -> tuple[str, ...]:
    return tuple(problem.acts[act].id for act in acts)


def against_brute(problem: Problem, prefer: str) -> list[str]:
    """Say where the constraint model and the brute force differ, and what the model's own plan is really worth."""
    found, tried = best_plan(problem, prefer), brute(problem, prefer)
    if found is None or tried is None:
        return [] if found is None and tried is None else [f"oracle found {found}, brute force {tried}"]
    wrong = []
    if found[0] != tried[0]:
        wrong.append(f"oracle's best is {found[0]}, brute force's {tried[0]} with {tried[1]}")
    worth = replay(problem, found[1], prefer)
    if worth != found[0]:
        wrong.append(f"oracle's plan {found[1]} is worth {worth}, not {found[0]}")
    return wrong


def against_oracle(problem: Problem, prefer: str) -> list[str]:
    """Say where the search and the constraint model differ, and whether the search's plan is what it says."""
    solution, found = solve(problem, prefer), best_plan(problem, prefer)
    if solution is None or found is None:
        return [] if solution is None and found is None else [f"search found {solution}, oracle {found}"]
    wrong = []
    claimed, acts = vector(solution, prefer), [step.act for step in solution.steps]
    if claimed != found[0]:
        wrong.append(f"search's best is {claimed} with {ids(problem, acts)}, oracle's {found[0]} with {found[1]}")
    elif ids(problem, acts) > ids(problem, [move.act for move in found[1]]):
        wrong.append(f"search's acts are {acts}, the oracle's as good {found[1]} come first by their ids")
    try:
        worth = replay(problem, [Move(step.act, step.start) for step in solution.steps], prefer)
    except PlanError as invalid:
        wrong.append(f"search's plan {solution.steps} breaks a rule: {invalid}")
    else:
        if worth != claimed:
            wrong.append(f"search's plan {solution.steps} is worth {worth}, not {claimed}")
    takes = [problem.acts[act].takes[TYPICAL] for act in acts]
    ends = [step.start + minutes for step, minutes in zip(solution.steps, takes, strict=True)]
    if ends != [step.end for step in solution.steps]:
        wrong.append(f"search's plan {solution.steps} should end its steps at {ends}")
    return wrong


@pytest.mark.parametrize("seeds", chunks(TINY), ids=name)
def test_oracle_agrees_with_brute_force(seeds: range) -> None:
    """An oracle that is wrong is worse than none."""
    wrong = [
        f"tiny seed {seed}, {prefer}: {difference}"
        for seed in seeds
        for prefer in PREFERENCES
        for difference in against_brute(tiny_problem(seed), prefer)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("seeds", chunks(TINY), ids=name)
def test_search_breaks_ties_by_ids(seeds: range) -> None:
    """Only the brute force knows all the best plans, so only here the first of them by name is known."""
    wrong = []
    for seed in seeds:
        problem = tiny_problem(seed)
        for prefer in PREFERENCES:
            solution, tried = solve(problem, prefer), brute(problem, prefer)
            said = solution and (vector(solution, prefer), ids(problem, [step.act for step in solution.steps]))
            if said != tried:
                wrong.append(f"tiny seed {seed}, {prefer}: search says {said}, brute force {tried}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("seeds", chunks(RANDOM), ids=name)
def test_search_agrees_with_oracle(seeds: range) -> None:
    """The search's value is the best one, its plan is allowed and worth what it says; no plan means there is none."""
    wrong = [
        f"seed {seed}, {prefer}: {difference}"
        for seed in seeds
        for prefer in PREFERENCES
        for difference in against_oracle(random_problem(seed), prefer)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("seed", [1132, 1164, 3132])
def test_search_agrees_with_oracle_where_longer_runs_once_found_it_wrong(seed: int) -> None:
    """A limit missed on one variant of a step (1132, 1164); an act dropped that was of use after all (3132)."""
    wrong = [
        f"{prefer}: {difference}"
        for prefer in PREFERENCES
        for difference in against_oracle(random_problem(seed), prefer)
    ]
    assert not wrong, "\n".join(wrong)


def test_problems_are_worth_solving() -> None:
    """Most problems have a plan, most plans have several acts, and some problems have none."""
    plans = [best_plan(random_problem(seed), "fastest") for seed in range(100)]
    feasible = sum(plan is not None for plan in plans)
    telling = sum(plan is not None and len(plan[1]) >= 2 for plan in plans)
    assert telling > 60
    assert feasible < 95
