"""When the acts of a sequence happen: each as early as everything before it allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from lostcard.planner.clock import DAY, NEVER
from lostcard.planner.problem import TYPICAL, Act, Problem

__all__ = ["HOME", "State", "Step", "Timer", "bits", "wanted"]

HOME = -1
"""At no counter."""

_NO_LIMIT: Mapping[int, int] = {}

Needs: TypeAlias = tuple[tuple[tuple[int, ...], ...], tuple[tuple[tuple[tuple[int, ...], int], ...], ...]]


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
    fee: tuple[int, int]
    starts: int
    steps: tuple[Step, ...]


class Timer:
    """The timing rules of one problem in one scenario (minimum, typical or maximum figures).

    `within_reach` is a mask of the items that can be held at all; the others need not be looked at.
    """

    def __init__(self, problem: Problem, scenario: int = TYPICAL, within_reach: int = -1) -> None:
        self.problem = problem
        self.scenario = scenario
        self.first_day = problem.start // DAY
        self._reach = within_reach
        self._starts: dict[tuple[int, int], int] = {}
        self._arrivals: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
        self._needs: dict[int, Needs] = {}
        # What each act may wait for; one more bit, so that no act waits for nothing.
        self.wants = [wanted(act) | 1 << len(problem.items) for act in problem.acts]

    def initial(self) -> State:
        """Return the state before any act."""
        problem = self.problem
        ready = [NEVER] * len(problem.items)
        for item in bits(problem.held):
            ready[item] = problem.start
        return State(problem.start, HOME, -1, tuple(ready), 0, 0, (0, 0), 0, ())

    def _unpacked(self, index: int) -> Needs:
        act, reach = self.problem.acts[index], self._reach
        requires = tuple(bits(mask & reach) for mask in act.requires)
        evidence = tuple(
            tuple((bits(mask & reach), count) for mask, count in combination)
            for combination in act.evidence
            if all((mask & reach).bit_count() >= count for mask, count in combination)
        )
        if act.evidence and not evidence:
            requires = (*requires, ())
        self._needs[index] = needs = (requires, evidence)
        return needs

    def opens(self, index: int, ready: Sequence[int]) -> int:
        """Return from when all that act `index` needs is in hand; NEVER if it never is."""
        needs = self._needs.get(index)
        requires, evidence = needs if needs is not None else self._unpacked(index)
        latest = 0
        for items in requires:
            earliest = min([ready[item] for item in items], default=NEVER)
            latest = max(latest, earliest)
        if evidence:
            best = NEVER
            for combination in evidence:
                moment = 0
                for items, count in combination:
                    moments = [ready[item] for item in items]
                    nth = min(moments) if count == 1 else sorted(moments)[count - 1]
                    moment = max(moment, nth)
                best = min(best, moment)
            latest = max(latest, best)
        return latest

    def next_start(self, index: int, minute: int) -> int:
        """Return the first minute from `minute` on at which act `index` can begin, whatever it needs."""
        key = (index, minute)
        known = self._starts.get(key)
        if known is None:
            if minute >= NEVER:
                return NEVER
            act = self.problem.acts[index]
            known = act.next_start(minute, self.problem.horizon)
            if act.within and act.within[0] is None and known // DAY > self.first_day + act.within[1]:
                known = NEVER
            self._starts[key] = known
        return known

    def start(self, state: State, index: int, floor: int = 0) -> int:
        """Return when act `index` can begin after `state`, not before `floor`; NEVER if it cannot."""
        office = self.problem.acts[index].office
        minute = state.minute
        if office is not None and office != state.counter:
            minute += self.problem.travel
        opens = self.opens(index, state.ready)
        return self.next_start(index, max(minute, floor, opens))

    def arrivals(self, index: int, start: int) -> tuple[tuple[int, int], ...]:
        """Return what act `index`, begun at `start`, gives: (item, minute from which it is in hand)."""
        key = (index, start)
        known = self._arrivals.get(key)
        if known is None:
            act = self.problem.acts[index]
            end = start + act.takes[self.scenario]
            found = []
            for item, lead in act.gives:
                arrival = end if lead is None else lead.arrival(self.scenario, start, end)
                found.append((item, NEVER if arrival is None else arrival))
            self._arrivals[key] = known = tuple(found)
        return known

    def after(self, state: State, index: int, start: int, *, joins: bool) -> State:
        """Return the state after act `index`, begun at `start`."""
        act = self.problem.acts[index]
        end = start + act.takes[self.scenario]
        ready = list(state.ready)
        for item in bits(act.ends):
            ready[item] = NEVER
        for item, arrival in self.arrivals(index, start):
            ready[item] = min(ready[item], arrival)
        unknown, yen = state.fee
        more_unknown, more_yen = fee_of(act, start // DAY)
        at_counter = act.office is not None
        return State(
            end,
            act.office if act.office is not None else state.counter,
            start // DAY if at_counter else state.visit_day,
            tuple(ready),
            state.done | 1 << act.group,
            state.visits + (at_counter and not joins),
            (unknown + more_unknown, yen + more_yen),
            state.starts + start - self.problem.start,
            (*state.steps, Step(index, start, end, joins)),
        )

    def schedule(self, sequence: Sequence[tuple[int, bool]], until: Mapping[int, int] = _NO_LIMIT) -> State | None:
        """Return the earliest schedule of (act, joins) pairs that keeps every limit; None if there is none.

        `until` names the last minute at which an act may begin.

        Limits run forwards only, so the earliest schedule is a least fixpoint: whenever an act comes too late after
        its anchor, or on a later day than the visit it joins, that earlier act is pushed back and all is timed again.
        It ends because every push is to a later day and none goes past the horizon.
        """
        floors = [0] * len(sequence)
        while True:
            state = self.initial()
            pushed = False
            for position, (index, joins) in enumerate(sequence):
                start = self.start(state, index, floors[position])
                if start > until.get(index, NEVER - 1):
                    return None
                early = self.too_early(state, index, start, joins=joins)
                if early is not None:
                    anchor, floor = early
                    floors[anchor] = floor
                    pushed = True
                    break
                state = self.after(state, index, start, joins=joins)
            if not pushed:
                return state

    def too_early(self, state: State, index: int, start: int, *, joins: bool) -> tuple[int, int] | None:
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


def wanted(act: Act) -> int:
    """Return all items that an act may have to wait for, as a mask."""
    mask = 0
    for required in act.requires:
        mask |= required
    for combination in act.evidence:
        for papers, _ in combination:
            mask |= papers
    return mask


def fee_of(act: Act, day: int) -> tuple[int, int]:
    """Return (1, 0) for a fee that is not known on `day`, else (0, the highest it can be)."""
    fee = act.fee_on(day)
    return (1, 0) if fee is None or fee.high is None else (0, fee.high)


def bits(mask: int) -> tuple[int, ...]:
    """Return the positions of the bits set in a mask that is not negative."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return tuple(found)
