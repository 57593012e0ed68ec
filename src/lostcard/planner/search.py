"""The exact search: the best sequence of acts, by best-first search over states with an admissible bound.

The bound of a state lets all further acts run side by side (the earliest date of every item over the AND/OR graph,
Knuth's generalisation of Dijkstra's algorithm: minimum over alternatives, maximum over requirements); the search then
gives the person one body. Labels that reach the same acts at the same counter no better in any respect are dropped.

D. E. Knuth, A generalization of Dijkstra's algorithm, Information Processing Letters 6 (1977) 1-5.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from lostcard.planner.clock import DAY, NEVER
from lostcard.planner.problem import Problem
from lostcard.planner.timing import State, Step, Timer

__all__ = ["PREFERENCES", "Earliest", "Solution", "earliest", "solve"]

PREFERENCES = ("fastest", "cheapest", "fewest-visits")


class Solution(NamedTuple):
    """The best plan: its steps, and its objective as defined in `lostcard.planner.problem`."""

    steps: tuple[Step, ...]
    gaps: int
    last: int
    visits: int
    fee: tuple[int, int]
    starts: int
    ready: tuple[int, ...]


class Earliest(NamedTuple):
    """The bound without a body: from when each item can be in hand and each act can begin; NEVER if never."""

    ready: list[int]
    starts: dict[int, int]


def earliest(timer: Timer, ready: list[int], acts: list[int], minute: int) -> Earliest:
    """Return the earliest moments reachable with `acts`, all side by side, none before `minute`."""
    ready = list(ready)
    starts = dict.fromkeys(acts, NEVER)
    changed = True
    while changed:
        changed = False
        for index in acts:
            opens = timer.opens(index, ready)
            if opens >= NEVER:
                continue
            start = timer.next_start(index, max(opens, minute))
            if start >= starts[index]:
                continue
            starts[index] = start
            act = timer.problem.acts[index]
            for give, (item, _) in enumerate(act.gives):
                arrival = timer.arrival(act, give, start)
                if arrival < ready[item]:
                    ready[item] = arrival
                    changed = True
    return Earliest(ready, starts)


def solve(problem: Problem, prefer: str = "fastest") -> Solution | None:
    """Return the best plan by the preference (one of PREFERENCES); None if some goal or duty cannot be reached."""
    return _Search(problem, prefer).run()


class _Search:
    def __init__(self, problem: Problem, prefer: str) -> None:
        self.problem = problem
        self.prefer = prefer
        self.timer = Timer(problem)
        acts = problem.acts
        order = sorted(range(len(acts)), key=lambda i: (acts[i].id, acts[i].since))
        self.rank = {index: rank for rank, index in enumerate(order)}
        self.goals = [
            (goal.kind == "need", [i for i in range(len(problem.items)) if goal.mask >> i & 1])
            for goal in problem.goals
        ]
        self.initial = self.timer.initial()
        every = earliest(self.timer, list(self.initial.ready), order, problem.start)
        self.acts = self._relevant([index for index in order if every.starts[index] < NEVER])
        self.urgent = self._groups(lambda index: acts[index].urgent)
        self.duty = self._groups(lambda index: acts[index].duty) | self.urgent
        self.possible = self._reachable(None) and self.duty == self._all_duties()
        if self.possible:
            self._find_landmarks()

    def _all_duties(self) -> int:
        mask = 0
        for act in self.problem.acts:
            if act.duty or act.urgent:
                mask |= 1 << act.group
        return mask

    def _groups(self, chosen: object) -> int:
        mask = 0
        for index in self.acts:
            if chosen(index):  # type: ignore[operator]
                mask |= 1 << self.problem.acts[index].group
        return mask

    def _relevant(self, reachable: list[int]) -> list[int]:
        """Keep the acts that can matter: duties, what gives a goal, and what gives something these need."""
        acts = self.problem.acts
        endable = 0
        for index in reachable:
            endable |= acts[index].ends
        safe = self.problem.held & ~endable
        wanted = 0
        for goal in self.problem.goals:
            if not goal.mask & safe:
                wanted |= goal.mask
        kept: set[int] = set()
        anchors: set[int] = set()
        grew = True
        while grew:
            grew = False
            for index in reachable:
                act = acts[index]
                gives = any(wanted >> item & 1 for item, _ in act.gives)
                if index in kept or not (act.duty or act.urgent or gives or act.group in anchors):
                    continue
                kept.add(index)
                grew = True
                for mask in act.requires:
                    if not mask & safe:
                        wanted |= mask
                if not any(all((m & safe).bit_count() >= n for m, n in combo) for combo in act.evidence):
                    for combination in act.evidence:
                        for mask, _ in combination:
                            wanted |= mask
                if act.within and act.within[0] is not None:
                    anchors.add(act.within[0])
        return [index for index in reachable if index in kept]

    def _reachable(self, without: tuple[str, int] | None) -> bool:
        """Tell whether goals and duties can be reached at all, leaving out one group or one counter."""
        acts = self.problem.acts
        left = [
            index
            for index in self.acts
            if without is None
            or (acts[index].group != without[1] if without[0] == "group" else acts[index].office != without[1])
        ]
        held = self.problem.held
        done = 0
        grew = True
        while grew:
            grew = False
            for index in left:
                act = acts[index]
                if done >> act.group & 1 and not any(not held >> item & 1 for item, _ in act.gives):
                    continue
                if any(not mask & held for mask in act.requires):
                    continue
                if act.evidence and not any(
                    all((mask & held).bit_count() >= number for mask, number in combination)
                    for combination in act.evidence
                ):
                    continue
                if act.within and act.within[0] is not None and not done >> act.within[0] & 1:
                    continue
                done |= 1 << act.group
                for item, _ in act.gives:
                    held |= 1 << item
                grew = True
        return self.duty & ~done == 0 and all(goal.mask & held for goal in self.problem.goals)

    def _find_landmarks(self) -> None:
        """Find what every plan contains: acts, counters, and the least fee for each goal with suppliers of its own."""
        acts = self.problem.acts
        groups = {acts[index].group for index in self.acts}
        self.needed_groups = [
            group for group in groups if self.duty >> group & 1 or not self._reachable(("group", group))
        ]
        self.needed_acts = [
            (1 << group, [index for index in self.acts if acts[index].group == group]) for group in self.needed_groups
        ]
        counters = {office for index in self.acts if (office := acts[index].office) is not None}
        self.needed_counters = [
            (office, [index for index in self.acts if acts[index].office == office])
            for office in counters
            if not self._reachable(("counter", office))
        ]
        self.fees: list[tuple[int, int, int]] = []
        used = 0
        alternatives = [(1 << group, [i for i in self.acts if acts[i].group == group]) for group in self.needed_groups]
        for goal in self.problem.goals:
            if not goal.mask & self.problem.held:
                suppliers = [i for i in self.acts if any(goal.mask >> item & 1 for item, _ in acts[i].gives)]
                mask = 0
                for index in suppliers:
                    mask |= 1 << acts[index].group
                alternatives.append((mask, suppliers))
        for mask, suppliers in alternatives:
            if mask & used:
                continue
            used |= mask
            unknown, yen = min(self._least_fee(index) for index in suppliers)
            if unknown or yen:
                self.fees.append((mask, unknown, yen))

    def _least_fee(self, index: int) -> tuple[int, int]:
        fees = self.problem.acts[index].fees
        highs = [fee.high for fee in fees]
        known = [high for high in highs if high is not None]
        return (0, min(known)) if known else (1, 0)

    def run(self) -> Solution | None:
        if not self.possible:
            return None
        ticket = count()
        queue: list[tuple[tuple[object, ...], int, State, bool]] = []
        labels: dict[object, list[State]] = {}

        def push(state: State) -> None:
            if not self._enter(labels, state):
                return
            bound = self._bound(state)
            if bound is not None:
                heapq.heappush(queue, (bound, next(ticket), state, False))
            if self._complete(state):
                heapq.heappush(queue, (self._key(state, self._values(state)), next(ticket), state, True))

        push(self.initial)
        while queue:
            _, _, state, final = heapq.heappop(queue)
            if final:
                return self._solution(state)
            for successor in self._successors(state):
                push(successor)
        return None

    def _successors(self, state: State) -> Iterator[State]:
        acts, timer = self.problem.acts, self.timer
        hurry = self.urgent & ~state.done
        for index in self.acts:
            act = acts[index]
            if state.done >> act.group & 1 or (hurry and not hurry >> act.group & 1):
                continue
            if act.within and act.within[0] is not None and not state.done >> act.within[0] & 1:
                continue
            start = timer.start(state, index)
            if start >= NEVER or not self._useful(state, index, start):
                continue
            same = act.office is not None and act.office == state.counter
            joins = same and start // DAY == state.visit_day
            if timer._too_early(state, index, start, joins=joins) is None:
                yield timer.after(state, index, start, joins=joins)
            else:
                yield from self._rescheduled(state, index, joins=joins)
            if same and not joins:
                # Going to this counter later, once, may save a visit.
                yield from self._rescheduled(state, index, joins=True)

    def _rescheduled(self, state: State, index: int, *, joins: bool) -> Iterator[State]:
        again = self.timer.schedule([*((step.act, step.joins) for step in state.steps), (index, joins)])
        if again is not None:
            yield again

    def _useful(self, state: State, index: int, start: int) -> bool:
        """Tell whether the act is a duty, an anchor, or brings something earlier than it would come anyway."""
        act = self.problem.acts[index]
        if self.duty >> act.group & 1:
            return True
        if any(self.timer.arrival(act, give, start) < state.ready[item] for give, (item, _) in enumerate(act.gives)):
            return True
        return any(
            (limit := self.problem.acts[other].within) is not None and limit[0] == act.group for other in self.acts
        )

    def _complete(self, state: State) -> bool:
        if self.duty & ~state.done:
            return False
        return all(any(state.ready[item] < NEVER for item in items) for _, items in self.goals)

    def _values(self, state: State) -> tuple[int, int]:
        return self._gaps_and_last(state.ready)

    def _gaps_and_last(self, ready: tuple[int, ...] | list[int]) -> tuple[int, int]:
        first = self.timer.first_day
        gaps = last = 0
        for is_need, items in self.goals:
            day = min(ready[item] for item in items) // DAY - first
            if is_need:
                gaps += day
            if day > last:
                last = day
        return gaps, last

    def _key(self, state: State, values: tuple[int, int], more: tuple[int, int, int, int] = (0, 0, 0, 0)) -> tuple:
        visits = state.visits + more[0]
        fee = (state.unknown_fees + more[1], state.fee + more[2])
        tail = (state.starts + more[3], tuple(self.rank[step.act] for step in state.steps))
        if self.prefer == "cheapest":
            return (fee, *values, visits, *tail)
        if self.prefer == "fewest-visits":
            return (visits, *values, fee, *tail)
        return (*values, visits, fee, *tail)

    def _bound(self, state: State) -> tuple | None:
        """Return a key that no completion of `state` can beat; None if there is no completion."""
        acts = self.problem.acts
        left = [index for index in self.acts if not state.done >> acts[index].group & 1]
        reached = earliest(self.timer, list(state.ready), left, state.minute)
        if any(all(reached.ready[item] >= NEVER for item in items) for _, items in self.goals):
            return None
        starts = 0
        for bit, members in self.needed_acts:
            if not state.done & bit:
                begin = min(reached.starts[index] for index in members)
                if begin >= NEVER:
                    return None
                starts += begin - self.problem.start
        visits = 0
        for office, members in self.needed_counters:
            if office != state.counter and not any(state.done >> acts[index].group & 1 for index in members):
                visits += 1
        unknown = yen = 0
        for mask, least_unknown, least_yen in self.fees:
            if not mask & state.done:
                unknown += least_unknown
                yen += least_yen
        return self._key(state, self._gaps_and_last(reached.ready), (visits, unknown, yen, starts))

    def _enter(self, labels: dict[object, list[State]], state: State) -> bool:
        """Keep the state unless one like it is at least as good in every respect; drop those it beats."""
        key = (state.done, state.counter, self._movable(state))
        others = labels.setdefault(key, [])
        if any(self._dominates(other, state) for other in others):
            return False
        others[:] = [other for other in others if not self._dominates(state, other)]
        others.append(state)
        return True

    def _movable(self, state: State) -> tuple[tuple[int, bool], ...]:
        """Return the steps that a later act may still push back: only states that share them can be compared."""
        acts = self.problem.acts
        left = [index for index in self.acts if not state.done >> acts[index].group & 1]
        first = len(state.steps)
        if any(acts[index].office is not None and acts[index].office == state.counter for index in left):
            first = self._visit_begins(state)
        for index in left:
            limit = acts[index].within
            if limit and limit[0] is not None and state.done >> limit[0] & 1:
                first = min(first, self.timer.step_of(state, limit[0]))
        return tuple((step.act, step.joins) for step in state.steps[first:])

    def _visit_begins(self, state: State) -> int:
        acts = self.problem.acts
        position = len(state.steps) - 1
        while acts[state.steps[position].act].office is None or state.steps[position].joins:
            position -= 1
        return position

    def _dominates(self, one: State, other: State) -> bool:
        if one.minute > other.minute or one.visits > other.visits or one.starts > other.starts:
            return False
        if (one.unknown_fees, one.fee) > (other.unknown_fees, other.fee):
            return False
        if one.visits == other.visits and one.visit_day != other.visit_day:
            return False
        if any(a > b for a, b in zip(one.ready, other.ready, strict=True)):
            return False
        if one.starts < other.starts:
            return True
        ranks = self.rank
        return [ranks[s.act] for s in one.steps] <= [ranks[s.act] for s in other.steps]

    def _solution(self, state: State) -> Solution:
        gaps, last = self._values(state)
        return Solution(
            state.steps, gaps, last, state.visits, (state.unknown_fees, state.fee), state.starts, state.ready
        )
