"""When the acts of a sequence happen: each as early as everything before it allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lostcard.planner.clock import DAY, NEVER
from lostcard.planner.problem import TYPICAL, Act, Problem

__all__ = ["HOME", "State", "Step", "Timer"]

HOME = -1
"""At no counter."""

_ROUNDS = 64
"""How often a schedule is pushed back to keep a limit before it counts as impossible."""


class Step(NamedTuple):
    """An act of a plan, from minute `start` to `end`. `joins`: on the same visit as the counter act before it."""

    act: int
    start: int
    end: int
    joins: bool = False


class State(NamedTuple):
    """Where a sequence of acts has led: the clock, the counter, when each item is in hand, and what it cost."""

    minute: int
    counter: int
    visit_day: int
    ready: tuple[int, ...]
    done: int
    visits: int
    unknown_fees: int
    fee: int
    starts: int
    steps: tuple[Step, ...]


class Timer:
    """The timing rules of one problem in one scenario (minimum, typical or maximum figures)."""

    def __init__(self, problem: Problem, scenario: int = TYPICAL) -> None:
        """Unpack the masks of `problem` once."""
        self.problem = problem
        self.scenario = scenario
        self.first_day = problem.start // DAY
        self._starts: dict[tuple[int, int], int] = {}
        self._requires = tuple(tuple(map(_bits, act.requires)) for act in problem.acts)
        self._evidence = tuple(
            tuple(tuple((_bits(mask), count) for mask, count in combination) for combination in act.evidence)
            for act in problem.acts
        )
        self._ends = tuple(_bits(act.ends) for act in problem.acts)

    def initial(self) -> State:
        """Return the state before any act."""
        problem = self.problem
        ready = tuple(problem.start if problem.held >> item & 1 else NEVER for item in range(len(problem.items)))
        return State(problem.start, HOME, -1, ready, 0, 0, 0, 0, 0, ())

    def opens(self, index: int, ready: Sequence[int]) -> int:
        """Return from when all that act `index` needs is in hand; NEVER if it never is."""
        latest = 0
        for items in self._requires[index]:
            earliest = min([ready[item] for item in items], default=NEVER)
            if earliest > latest:
                latest = earliest
        combinations = self._evidence[index]
        if combinations:
            best = NEVER
            for combination in combinations:
                moment = 0
                for items, count in combination:
                    if len(items) < count:
                        moment = NEVER
                        break
                    nth = sorted([ready[item] for item in items])[count - 1]
                    if nth > moment:
                        moment = nth
                if moment < best:
                    best = moment
            if best > latest:
                latest = best
        return latest

    def next_start(self, index: int, minute: int) -> int:
        """Return the first minute from `minute` on at which act `index` can begin, whatever it needs."""
        if minute >= NEVER:
            return NEVER
        key = (index, minute)
        known = self._starts.get(key)
        if known is None:
            act = self.problem.acts[index]
            known = act.next_start(minute, self.problem.horizon)
            if act.within and act.within[0] is None and known // DAY > self.first_day + act.within[1]:
                known = NEVER
            self._starts[key] = known
        return known

    def start(self, state: State, index: int, floor: int = 0) -> int:
        """Return when act `index` can begin after `state`, not before `floor`; NEVER if it cannot."""
        act = self.problem.acts[index]
        minute = state.minute
        if act.office is not None and act.office != state.counter:
            minute += self.problem.travel
        return self.next_start(index, max(minute, floor, self.opens(index, state.ready)))

    def arrival(self, act: Act, give: int, start: int) -> int:
        """Return when the `give`-th thing that `act` gives is in hand; NEVER where that is unknown."""
        lead = act.gives[give][1]
        end = start + act.takes[self.scenario]
        if lead is None:
            return end
        arrival = lead.arrival(self.scenario, start, end)
        return NEVER if arrival is None else arrival

    def after(self, state: State, index: int, start: int, *, joins: bool) -> State:
        """Return the state after act `index`, begun at `start`."""
        act = self.problem.acts[index]
        end = start + act.takes[self.scenario]
        ready = list(state.ready)
        for item in self._ends[index]:
            ready[item] = NEVER
        for give, (item, _) in enumerate(act.gives):
            ready[item] = min(ready[item], self.arrival(act, give, start))
        fee = act.fee_on(start // DAY)
        high = fee.high if fee else None
        at_counter = act.office is not None
        return State(
            end,
            act.office if act.office is not None else state.counter,
            start // DAY if at_counter else state.visit_day,
            tuple(ready),
            state.done | 1 << act.group,
            state.visits + (at_counter and not joins),
            state.unknown_fees + (high is None),
            state.fee + (high or 0),
            state.starts + start - self.problem.start,
            (*state.steps, Step(index, start, end, joins)),
        )

    def schedule(self, sequence: Sequence[tuple[int, bool]]) -> State | None:
        """Return the earliest schedule of (act, joins) pairs that keeps every limit; None if there is none.

        Limits run forwards only, so the earliest schedule is a least fixpoint: whenever an act comes too late after
        its anchor, or on a later day than the visit it joins, that earlier act is pushed back and all is timed again.
        """
        floors = [0] * len(sequence)
        for _ in range(_ROUNDS):
            state = self.initial()
            pushed = False
            for position, (index, joins) in enumerate(sequence):
                start = self.start(state, index, floors[position])
                if start >= NEVER:
                    return None
                early = self._too_early(state, index, start, joins=joins)
                if early is not None:
                    anchor, floor = early
                    if floors[anchor] >= floor:
                        return None
                    floors[anchor] = floor
                    pushed = True
                    break
                state = self.after(state, index, start, joins=joins)
            if not pushed:
                return state
        return None

    def _too_early(self, state: State, index: int, start: int, *, joins: bool) -> tuple[int, int] | None:
        """Return the position of an earlier step that must wait for this act, and until which minute."""
        day = start // DAY
        if joins and day != state.visit_day:
            return self.last_counter_step(state), day * DAY
        limit = self.problem.acts[index].within
        if limit and limit[0] is not None:
            anchor = self.step_of(state, limit[0])
            if day > state.steps[anchor].start // DAY + limit[1]:
                return anchor, (day - limit[1]) * DAY
        return None

    def last_counter_step(self, state: State) -> int:
        """Return the position of the last act at a counter."""
        acts = self.problem.acts
        return max(i for i, step in enumerate(state.steps) if acts[step.act].office is not None)

    def step_of(self, state: State, group: int) -> int:
        """Return the position of the act of `group`, which is known to be there."""
        acts = self.problem.acts
        return next(i for i, step in enumerate(state.steps) if acts[step.act].group == group)


def _bits(mask: int) -> tuple[int, ...]:
    return tuple(i for i in range(mask.bit_length()) if mask >> i & 1)
