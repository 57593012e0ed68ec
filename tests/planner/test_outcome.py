"""Where not everything can be reached, everything else still is."""

from __future__ import annotations

from lostcard.planner.build import Built
from lostcard.planner.clock import DAY, OpenDays
from lostcard.planner.outcome import what_can_be_done
from lostcard.planner.problem import Act, FeeAt, Goal, Problem

MONDAY = 739951
FREE = (FeeAt(0, 10**7, 0, 0, certain=True),)


def act(name: str, group: int, gives: int, *, ends: int = 0, until: int = 10**7, duty: bool = False) -> Act:
    return Act(
        id=name,
        group=group,
        office=None,
        days=OpenDays(),
        windows=((540, 1020),),
        since=0,
        until=until,
        takes=(10, 10, 10),
        requires=(),
        evidence=(),
        within=None,
        gives=((gives, None),),
        ends=ends,
        fees=FREE,
        urgent=False,
        duty=duty,
    )


def built(*acts: Act, needs: tuple[int, ...]) -> Built:
    goals = tuple(Goal("need", f"need {item}", 1 << item) for item in needs)
    return Built(Problem(MONDAY * DAY + 1050, 60, ("zero", "one", "two"), 0, acts, goals, MONDAY + 9), {})


def test_of_two_goals_that_exclude_each_other_one_is_kept_and_so_is_a_third() -> None:
    # Each of the first two acts takes away what the other gives.
    problem = built(act("a", 0, 0, ends=0b10), act("b", 1, 1, ends=0b01), act("c", 2, 2), needs=(0, 1, 2))
    kept, solution, blocked, stuck = what_can_be_done(problem, "fastest")
    assert [goal.name for goal in blocked] == ["need 1"]
    assert [goal.name for goal in kept.problem.goals] == ["need 0", "need 2"]
    assert [kept.problem.acts[step.act].id for step in solution.steps] == ["a", "c"]
    assert stuck == ()


def test_a_duty_whose_time_is_over_leaves_the_rest_of_the_plan() -> None:
    # The start is 17:30 on Monday, after the last window of the day on which the duty ends.
    problem = built(act("late", 0, 0, until=MONDAY, duty=True), act("b", 1, 1), needs=(1,))
    kept, solution, blocked, stuck = what_can_be_done(problem, "fastest")
    assert (stuck, blocked) == (("late",), ())
    assert [kept.problem.acts[step.act].id for step in solution.steps] == ["b"]
