"""One solved problem: the best sequence timed at minimum, typical and maximum figures, and what it reaches."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from lostcard.planner.bounds import bound
from lostcard.planner.build import Builder, Built
from lostcard.planner.clock import DAY, NEVER
from lostcard.planner.plan import Days, Three
from lostcard.planner.problem import MAX, MIN, Act, Goal, Problem
from lostcard.planner.search import Solution, solve
from lostcard.planner.situation import Circumstances
from lostcard.planner.timing import State, Timer

__all__ = ["Outcome", "could_beat", "solve_for", "what_can_be_done"]


class Outcome(NamedTuple):
    """The plan of one problem. `blocked` are the goals that cannot be reached and `stuck` the duties."""

    built: Built
    solution: Solution
    best: State | None
    worst: State | None
    blocked: tuple[Goal, ...]
    stuck: tuple[str, ...]

    @property
    def problem(self) -> Problem:
        """Return the problem that was solved, unreachable goals left out."""
        return self.built.problem

    def day(self, ready: tuple[int, ...] | None, mask: int) -> int | None:
        """Return the day of the earliest item of `mask`; None if none is ever in hand."""
        if ready is None:
            return None
        minute = min(moment for item, moment in enumerate(ready) if mask >> item & 1)
        return None if minute >= NEVER else minute // DAY

    def span(self, mask: int) -> Days:
        """Return from the loss until an item of `mask` is in hand."""
        readies = (self.best and self.best.ready, self.solution.ready, self.worst and self.worst.ready)
        return self.between([self.day(ready, mask) for ready in readies])

    def between(self, until: list[int | None]) -> Days:
        """Return the span from the loss to three days."""
        first = self.problem.start // DAY
        return Days(Three(*(None if day is None else day - first for day in until)), Three(*until))

    def typical(self) -> dict[str, int]:
        """Return the typical days per goal, keyed `need:…` or `card:…`."""
        first = self.problem.start // DAY
        return {
            f"{goal.kind}:{goal.name}": day - first
            for goal in self.problem.goals
            if (day := self.day(self.solution.ready, goal.mask)) is not None
        }


def solve_for(
    builder: Builder,
    here: Circumstances,
    *,
    prefer: str | None = None,
    without: Collection[str] = (),
    trusted: Collection[str] = (),
    sure_papers: bool = False,
) -> Outcome:
    """Return the best plan by `prefer` or the builder's preference; where some goals are out of reach, for the rest."""
    prefer = prefer or builder.options.prefer
    built = builder.build(here, without=without, trusted=trusted, sure_papers=sure_papers)
    solution = solve(built.problem, prefer)
    blocked: tuple[Goal, ...] = ()
    stuck: tuple[str, ...] = ()
    if solution is None:
        built, solution, blocked, stuck = what_can_be_done(built, prefer)
    sequence = [(step.act, step.joins) for step in solution.steps]
    best = Timer(built.problem, MIN).schedule(sequence, any_period=True)
    worst = Timer(built.problem, MAX).schedule(sequence, any_period=True)
    if worst is None:
        worst = _apart(built.problem, sequence, solution)
    return Outcome(built, solution, best, worst, blocked, stuck)


def _apart(problem: Problem, sequence: list[tuple[int, bool]], solution: Solution) -> State | None:
    """Time the worst case without keeping visits together: what fitted one day typically may not at its longest."""
    worst = Timer(problem, MAX).schedule([(index, False) for index, _ in sequence], any_period=True)
    if worst is None:
        return None
    later = tuple(max(pair) for pair in zip(worst.ready, solution.ready, strict=True))
    return worst._replace(ready=later)


def what_can_be_done(built: Built, prefer: str) -> tuple[Built, Solution, tuple[Goal, ...], tuple[str, ...]]:
    """Keep the duties and then the goals, needs first, one by one as long as there is a plan for all that is kept."""
    problem = built.problem
    due = {act.group: act.id for act in reversed(problem.acts) if act.duty or act.urgent}
    dropped = set(due)  # a duty dropped may still be done for what it gives
    kept = problem._replace(acts=_demoted(problem, dropped), goals=())
    solution = solve(kept, prefer)
    for group in sorted(due):
        more = kept._replace(acts=_demoted(problem, dropped - {group}))
        found = solve(more, prefer)
        if found is not None:
            dropped.remove(group)
            kept, solution = more, found
    blocked = []
    for goal in problem.goals:
        more = kept._replace(goals=(*kept.goals, goal))
        found = solve(more, prefer)
        if found is None:
            blocked.append(goal)
        else:
            kept, solution = more, found
    assert solution is not None, "without duties and goals the empty plan is a plan"
    return built._replace(problem=kept), solution, tuple(blocked), tuple(sorted(due[group] for group in dropped))


def _demoted(problem: Problem, groups: set[int]) -> tuple[Act, ...]:
    return tuple(act._replace(duty=False, urgent=False) if act.group in groups else act for act in problem.acts)


def could_beat(built: Built, outcome: Outcome) -> bool:
    """Tell whether the bound of a problem is better than an outcome for any goal: if not, it need not be solved."""
    problem = built.problem
    known = outcome.typical()
    first = problem.start // DAY
    return any(
        day is not None and day - first < known.get(f"{goal.kind}:{goal.name}", NEVER)
        for goal, day in zip(problem.goals, bound(problem), strict=True)
    )
