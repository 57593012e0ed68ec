"""The exact search: the best sequence of acts.

A lower bound lets all acts run side by side: the earliest moment of every item over the AND/OR graph (minimum over
alternatives, maximum over requirements: Knuth's generalisation of Dijkstra's algorithm). The search gives the person
one body. It first supposes that the bound can be reached: with the leading figures of the objective capped there, it
drops every act that could only serve a worse plan and searches what is left best first, which nearly always ends it.
If nothing is found under the caps they are raised, each time so that a plan found is the best of all. A state that
has done the same acts as another and is nowhere better is dropped.

D. E. Knuth, A generalization of Dijkstra's algorithm, Information Processing Letters 6 (1977) 1-5.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple, TypeAlias

from lostcard.planner.bounds import earliest, groups_of, held_for_good, reachable, relevant, sought, touched
from lostcard.planner.clock import DAY, NEVER
from lostcard.planner.problem import Problem
from lostcard.planner.timing import State, Step, Timer, bits

__all__ = ["PREFERENCES", "Solution", "solve"]

PREFERENCES = ("fastest", "cheapest", "fewest-visits")

Key: TypeAlias = tuple[object, ...]
"""An objective in the order of the preference, or a bound on it."""


class Caps(NamedTuple):
    """The plans looked at: at most so high a fee, so many visits, GAPS and LAST; None where there is no limit."""

    fee: tuple[int, int] | None = None
    visits: int | None = None
    gaps: int | None = None
    last: int | None = None


class Solution(NamedTuple):
    """The best plan: its steps, and its objective as defined in `lostcard.planner.problem`."""

    steps: tuple[Step, ...]
    gaps: int
    last: int
    visits: int
    fee: tuple[int, int]
    starts: int
    ready: tuple[int, ...]


def solve(problem: Problem, prefer: str = "fastest") -> Solution | None:
    """Return the best plan by the preference (one of PREFERENCES); None if some goal or duty cannot be reached."""
    acts = relevant(problem)
    held, done = reachable(problem, acts)
    duties = groups_of(act for act in problem.acts if act.duty or act.urgent)
    if duties & ~done or any(not goal.mask & held for goal in problem.goals):
        return None
    widening = _Widening(Timer(problem, within_reach=held), acts, duties, prefer)
    if prefer == "cheapest":
        return widening.by_fee()
    if prefer == "fewest-visits":
        return widening.by_visits()
    return widening.by_days(Caps())


_TRIES = 6
"""How often the cap on GAPS is raised before it is lifted."""


class _Widening:
    """Raises caps until a plan is found under them that is the best of all."""

    def __init__(self, timer: Timer, acts: list[int], duties: int, prefer: str) -> None:
        self._fixed = (timer, acts, duties, prefer)

    def under(self, caps: Caps) -> _Search:
        return _Search(*self._fixed, caps)

    def by_days(self, caps: Caps) -> Solution | None:
        """Return the best plan where GAPS and LAST decide first, and no plan beyond `caps` is looked at.

        A cap on LAST is tried first because it leaves so few acts; it can hide a plan with fewer gap days and a later
        last day, so a plan found under it counts only if no plan has fewer gap days.
        """
        least, last = self.under(caps).days_bound()
        if last >= NEVER:
            return None
        gaps, refuted = least, least - 1
        for _ in range(_TRIES):
            wider = caps._replace(gaps=gaps)
            for days in (0, 3):
                found = self.under(wider._replace(last=last + gaps - least + days)).run()
                if found is not None and found.gaps <= refuted + 1:
                    return found
                if found is not None:
                    return self.under(caps._replace(gaps=found.gaps - 1)).run() or found
            search = self.under(wider)
            found = search.run()
            if found is not None:
                return found
            if not search.next_gaps:
                break  # the cap cut off nothing, so raising it helps nothing
            refuted = gaps
            gaps = max(gaps + 1, search.next_gaps)
        return self.under(caps).run()

    def by_fee(self) -> Solution | None:
        """Return the best plan where FEE decides first: at its bound if there is such a plan, else looked for."""
        free = self.under(Caps())
        unknown, yen = free.fee_left(free.start)
        found = self.by_days(Caps(fee=(unknown, yen)))
        for more in (1000, 3000):
            found = found or self.under(Caps(fee=(unknown, yen + more))).run()
        return found or self.under(Caps()).run()

    def by_visits(self) -> Solution | None:
        """Return the best plan where VISITS decides first."""
        free = self.under(Caps())
        least = free.visits_left(free.start)
        for visits in range(least, least + len(free.acts) + 1):
            found = self.by_days(Caps(visits=visits))
            if found is not None:
                return found
        return self.under(Caps()).run()


class _Search:
    """The search among the plans under `caps`."""

    def __init__(self, timer: Timer, acts: list[int], duties: int, prefer: str, caps: Caps) -> None:
        self.timer = timer
        self.problem = timer.problem
        self.acts = acts
        self.duties = duties
        self.urgent = groups_of(act for act in self.problem.acts if act.urgent)
        self.prefer = prefer
        self.caps = caps
        self.rank = {index: rank for rank, index in enumerate(acts)}
        self.goals = [(goal.kind == "need", bits(goal.mask)) for goal in self.problem.goals]
        self.start = timer.initial()
        self.safe = held_for_good(self.problem)
        self._apart: dict[tuple[int, int], bool] = {}
        # Act -> the last minute at which it can begin and be of use; acts that are not named have no such limit.
        self.until: dict[int, int] = {}
        # The least GAPS of what the cap on GAPS cut off; 0 if it cut off nothing.
        self.next_gaps = 0
        self._landmarks()
        self._narrow()

    def days_bound(self) -> tuple[int, int]:
        """Return the least GAPS and LAST under the cap on fees; NEVER if some goal is out of reach."""
        ready, _ = earliest(self.timer, self.start, self.acts)
        if any(min([ready[item] for item in items]) >= NEVER for _, items in self.goals):
            return NEVER, NEVER
        return self._days(ready)

    # What a plan under the caps can contain

    def _narrow(self) -> None:
        """Leave out what no plan under the caps contains, until nothing more falls away."""
        before = -1
        while len(self.acts) != before:
            before = len(self.acts)
            self._affordable()
            if self.caps.gaps is not None:
                ready, starts = earliest(self.timer, self.start, self.acts)
                if any(min([ready[item] for item in items]) >= NEVER for _, items in self.goals):
                    return
                self.acts = self._in_time(ready, starts)
            if len(self.acts) != before:
                self._landmarks()

    def _affordable(self) -> None:
        limit = self.caps.fee
        if limit is None:
            return
        acts = self.problem.acts
        kept = []
        for index in self.acts:
            group = 1 << acts[index].group
            others = [fee for mask, _, fee in self.landmarks if not mask & group]
            if _add(others, self._least_fee(index)) <= limit:
                kept.append(index)
        self.acts = kept

    def _days(self, ready: Sequence[int]) -> tuple[int, int]:
        """Return GAPS and LAST for items in hand from `ready`."""
        first = self.timer.first_day
        gaps = last = 0
        for is_need, items in self.goals:
            day = min([ready[item] for item in items]) // DAY - first
            if is_need:
                gaps += day
            last = max(last, day)
        return gaps, last

    def _in_time(self, ready: Sequence[int], starts: dict[int, int]) -> list[int]:  # noqa: C901 - one fixpoint
        """Keep the acts that can still bring something by when a plan under the caps must have it."""
        acts = self.problem.acts
        latest = self._deadlines(ready)
        kept: dict[int, int] = {}
        anchors: dict[int, int] = {}
        grew = True
        while grew:
            grew = False
            for index in self.acts:
                begin = starts[index]
                if begin >= NEVER:
                    continue
                act = acts[index]
                # Up to when the act can begin and still be of use, at least (a bound from above).
                until = anchors.get(act.group, -1)
                if self.duties >> act.group & 1:
                    limit = act.within
                    until = (self.timer.first_day + limit[1] + 1) * DAY - 1 if limit and limit[0] is None else NEVER
                else:
                    for (item, lead), (_, arrival) in zip(act.gives, self.timer.arrivals(index, begin), strict=True):
                        if arrival <= latest[item]:
                            until = max(until, lead.departure(latest[item]) if lead else latest[item])
                if until <= kept.get(index, -1):
                    continue
                kept[index] = until
                grew = True
                for mask in sought(act, self.safe):
                    for item in bits(mask):
                        latest[item] = max(latest[item], until)
                if act.within and act.within[0] is not None:
                    anchors[act.within[0]] = max(until, anchors.get(act.within[0], -1))
        self.until = {index: min(until, NEVER - 1) for index, until in kept.items()}
        return [index for index in self.acts if index in kept]

    def _deadlines(self, ready: Sequence[int]) -> list[int]:
        """Return until when each item serves a goal: a need may use up what GAPS leaves it, a card only LAST."""
        first = self.timer.first_day
        gaps, last = self.caps.gaps, self.caps.last
        assert gaps is not None
        if last is None:
            last = NEVER // DAY - first - 1
        least, _ = self._days(ready)
        needs: list[tuple[int, set[int]]] = []
        latest = [-1] * len(ready)
        for is_need, items in sorted(self.goals, reverse=True):
            day = last
            if is_need:
                own = min([ready[item] for item in items]) // DAY - first
                day = min(last, own + gaps - least)
            minute = (first + day + 1) * DAY - 1
            if is_need:
                needs.append((minute, {item for item in items if ready[item] <= minute}))
            else:
                # What alone can meet a need in time brings the card back by then as well.
                minute = min([minute, *(until for until, able in needs if able.issubset(items))])
            for item in items:
                latest[item] = max(latest[item], minute)
        return latest

    def _landmarks(self) -> None:
        """Find what every plan under the caps contains: counters, and one act at least of each disjoint set of acts.

        Each landmark is (the groups as a mask, its acts, the least fee among them).
        """
        acts, held = self.problem.acts, self.problem.held
        groups: dict[int, list[int]] = {}
        counters: dict[int, list[int]] = {}
        for index in self.acts:
            groups.setdefault(acts[index].group, []).append(index)
            office = acts[index].office
            if office is not None:
                counters.setdefault(office, []).append(index)
        self.counters = [
            (office, groups_of(acts[index] for index in members))
            for office, members in counters.items()
            if self._lost_without(members)
        ]
        single = [
            members for group, members in groups.items() if self.duties >> group & 1 or self._lost_without(members)
        ]
        wanted = [goal.mask for goal in self.problem.goals]
        wanted += [mask for members in single if len(members) == 1 for mask in acts[members[0]].requires]
        supplied = [
            [index for index in self.acts if any(mask >> item & 1 for item, _ in acts[index].gives)]
            for mask in wanted
            if not mask & held
        ]
        self.landmarks: list[tuple[int, list[int], tuple[int, int]]] = []
        used = 0
        for members in (*single, *sorted(supplied, key=len)):
            mask = groups_of(acts[index] for index in members)
            if members and not mask & used:
                used |= mask
                self.landmarks.append((mask, members, min(self._least_fee(index) for index in members)))
        self.visits = self._needed_visits()
        self.shortest = min((acts[index].takes[1] for index in self.acts), default=0)

    def _needed_visits(self) -> list[tuple[int, set[int]]]:
        """Return disjoint sets of counters of which every plan visits one, each with the acts that prove it done."""
        acts = self.problem.acts
        marks = [(groups, {office}) for office, groups in self.counters]
        taken = {office for office, _ in self.counters}
        for mask, members, _ in self.landmarks:
            offices = {acts[index].office for index in members}
            if None not in offices and taken.isdisjoint(offices):
                known = {office for office in offices if office is not None}
                taken |= known
                marks.append((mask, known))
        return marks

    def _lost_without(self, members: list[int]) -> bool:
        held, done = reachable(self.problem, [index for index in self.acts if index not in members])
        return bool(self.duties & ~done) or any(not goal.mask & held for goal in self.problem.goals)

    def _least_fee(self, index: int) -> tuple[int, int]:
        known = [fee.high for fee in self.problem.acts[index].fees if fee.high is not None]
        return (0, min(known)) if known else (1, 0)

    # The search itself

    def run(self) -> Solution | None:
        ticket = count()
        queue: list[tuple[Key, int, State, bool]] = []
        labels: dict[object, list[State]] = {}

        def push(state: State) -> None:
            if not self._enter(labels, state):
                return
            key = self._least(state)
            if key is None:
                return
            heapq.heappush(queue, (key, next(ticket), state, False))
            if self._complete(state):
                days = self._days(state.ready)
                if self._under_caps(state.visits, state.fee, days):
                    key = self._key(days, state.visits, state.fee, state.starts, state)
                    heapq.heappush(queue, (key, next(ticket), state, True))

        push(self.start)
        while queue:
            _, _, state, final = heapq.heappop(queue)
            if final:
                gaps, last = self._days(state.ready)
                return Solution(state.steps, gaps, last, state.visits, state.fee, state.starts, state.ready)
            for successor in self._successors(state):
                push(successor)
        return None

    def _successors(self, state: State) -> Iterator[State]:
        acts, timer = self.problem.acts, self.timer
        hurry = self.urgent & ~state.done
        movable = bool(self._movable(state))
        for index in self.acts:
            act = acts[index]
            if state.done >> act.group & 1 or (hurry and not hurry >> act.group & 1):
                continue
            if act.within and act.within[0] is not None and not state.done >> act.within[0] & 1:
                continue
            start = timer.start(state, index)
            if start > self.until.get(index, NEVER - 1) or not (movable or self._useful(state, index, start)):
                continue
            if self._better_swapped(state, index, start):
                continue
            same = act.office is not None and act.office == state.counter
            joins = same and start // DAY == state.visit_day
            ways = [joins]
            # To come to this counter once, later, may save a visit. And what must come soon after this act may push
            # it to a later day: it need not take the visit along.
            if same and (not joins or self._anchors(index)):
                ways.append(not joins)
            for way in ways:
                if timer.too_early(state, index, start, joins=way) is None:
                    yield timer.after(state, index, start, joins=way)
                else:
                    yield from self._rescheduled(state, index, joins=way)

    def _rescheduled(self, state: State, index: int, *, joins: bool) -> Iterator[State]:
        sequence = [*((step.act, step.joins) for step in state.steps), (index, joins)]
        again = self.timer.schedule(sequence, self.until)
        if again is not None:
            yield again

    def _better_swapped(self, state: State, index: int, start: int) -> bool:
        """Tell whether this act and the one right before it would be better, or as good, the other way round.

        True only where all that comes later sees no difference: two acts that do not touch each other, one after the
        other without a pause, the second of which could have begun first. The shorter one then comes first, as STARTS
        has it, and of two equally long ones the smaller id.
        """
        if not state.steps:
            return False
        before = state.steps[-1]
        if start != before.end or start // DAY != before.start // DAY:
            return False
        pair = (before.act, index)
        apart = self._apart.get(pair)
        if apart is None:
            apart = self._apart[pair] = self._do_not_touch(*pair)
        acts = self.problem.acts
        if not apart or (acts[index].takes[1], self.rank[index]) > (acts[before.act].takes[1], self.rank[before.act]):
            return False
        first = before.start
        shifted = first + acts[index].takes[1]
        return (
            self.timer.opens(index, state.ready) <= first
            and self.timer.next_start(index, first) <= first
            and self.timer.next_start(before.act, shifted) == shifted  # not into a gap between two windows
            and (start + acts[index].takes[1]) // DAY == first // DAY  # what either gives comes on the same day
            and not (self._anchors(index) or self._anchors(before.act))  # a limit may push them back later
        )

    def _do_not_touch(self, first: int, second: int) -> bool:
        """Tell whether two acts are at one place and its hours, and neither concerns what the other needs or gives."""
        one, other = self.problem.acts[first], self.problem.acts[second]
        if (one.office, one.windows, one.urgent) != (other.office, other.windows, other.urgent):
            return False
        limits = [act.within[0] for act in (one, other) if act.within]
        # What arrives some minutes after an act would arrive at another minute; what takes days would not.
        soon = any(lead is not None and lead.unit == "minutes" for act in (one, other) for _, lead in act.gives)
        ended = one.ends & touched(other) | other.ends & touched(one)
        return one.days is other.days and not (soon or ended or one.group in limits or other.group in limits)

    def _useful(self, state: State, index: int, start: int) -> bool:
        """Tell whether the act is a duty, an anchor, or brings something earlier than it would come anyway.

        Only where no step can be pushed back any more: else what comes anyway may come later than it now seems.
        """
        group = self.problem.acts[index].group
        if self.duties >> group & 1:
            return True
        for item, arrival in self.timer.arrivals(index, start):
            if arrival < state.ready[item]:
                return True
        return self._anchors(index)

    def _anchors(self, index: int) -> bool:
        """Tell whether another act must come within some days of this one."""
        group = self.problem.acts[index].group
        for other in self.acts:
            limit = self.problem.acts[other].within
            if limit and limit[0] == group:
                return True
        return False

    def _complete(self, state: State) -> bool:
        if self.duties & ~state.done:
            return False
        return all(any(state.ready[item] < NEVER for item in items) for _, items in self.goals)

    def _least(self, state: State) -> Key | None:
        """Return a key that no completion of `state` under the caps can beat; None if there is none."""
        visits = state.visits + self.visits_left(state)
        fee = _add([state.fee], self.fee_left(state))
        if not self._under_caps(
            visits, fee, (0, 0)
        ):  # said before the costly part: most of what is cut off is cut here
            return None
        left = [index for index in self.acts if not state.done >> self.problem.acts[index].group & 1]
        ready, begins = earliest(self.timer, state, left)
        for _, items in self.goals:
            if min([ready[item] for item in items]) >= NEVER:
                return None
        starts = self._starts_left(state, begins)
        if starts is None:
            return None
        days = self._days(ready)
        if not self._under_caps(visits, fee, days):
            if self.caps.gaps is not None and days[0] > self.caps.gaps:
                self.next_gaps = min(days[0], self.next_gaps or days[0])
            return None
        return self._key(days, visits, fee, state.starts + starts, state)

    def _under_caps(self, visits: int, fee: tuple[int, int], days: tuple[int, int]) -> bool:
        caps = self.caps
        return not (
            (caps.gaps is not None and days[0] > caps.gaps)
            or (caps.last is not None and days[1] > caps.last)
            or (caps.visits is not None and visits > caps.visits)
            or (caps.fee is not None and fee > caps.fee)
        )

    def _starts_left(self, state: State, begins: dict[int, int]) -> int | None:
        """Return the least that the landmarks still to come add to STARTS, one after the other."""
        moments = sorted(
            [min([begins[i] for i in members]) for mask, members, _ in self.landmarks if not mask & state.done]
        )
        total, free = 0, 0
        for moment in moments:
            if moment >= NEVER:
                return None
            start = max(free, moment)
            total += start - self.problem.start
            free = start + self.shortest
        return total

    def visits_left(self, state: State) -> int:
        """Return the least number of visits that no completion of `state` can do without."""
        return sum([not state.done & groups and state.counter not in offices for groups, offices in self.visits])

    def fee_left(self, state: State) -> tuple[int, int]:
        """Return the least fee that no completion of `state` can do without."""
        return _add([fee for mask, _, fee in self.landmarks if not mask & state.done], (0, 0))

    def _key(self, days: tuple[int, int], visits: int, fee: tuple[int, int], starts: int, state: State) -> Key:
        ids = tuple([self.rank[step.act] for step in state.steps])
        if self.prefer == "cheapest":
            return (fee, *days, visits, starts, ids)
        if self.prefer == "fewest-visits":
            return (visits, *days, fee, starts, ids)
        return (*days, visits, fee, starts, ids)

    def _enter(self, labels: dict[object, list[State]], state: State) -> bool:
        """Keep the state unless one like it is at least as good in every respect; drop those it beats."""
        key = (state.done, state.counter, self._movable(state))
        others = labels.get(key)
        if others is None:
            labels[key] = [state]
            return True
        if any(self._dominates(other, state) for other in others):
            return False
        others.append(state)
        return True

    def _movable(self, state: State) -> tuple[tuple[int, bool, int], ...]:
        """Return the steps that a later act may still push back: only states that share them can be compared.

        They must share the minutes too: STARTS compares what a push-back would make equal.
        """
        acts = self.problem.acts
        first = len(state.steps)
        for index in self.acts:
            act = acts[index]
            if state.done >> act.group & 1:
                continue
            if act.office is not None and act.office == state.counter:
                first = min(first, self._visit_begins(state))
            limit = act.within
            if limit and limit[0] is not None and state.done >> limit[0] & 1:
                first = min(first, self.timer.step_of(state, limit[0]))
        return tuple([(step.act, step.joins, step.start) for step in state.steps[first:]])

    def _visit_begins(self, state: State) -> int:
        acts = self.problem.acts
        position = len(state.steps) - 1
        while acts[state.steps[position].act].office is None or state.steps[position].joins:
            position -= 1
        return position

    def _dominates(self, one: State, other: State) -> bool:
        if one.minute > other.minute or one.visits > other.visits or one.starts > other.starts:
            return False
        if one.fee > other.fee or (one.visits == other.visits and one.visit_day != other.visit_day):
            return False
        for mine, theirs in zip(one.ready, other.ready, strict=True):
            if mine > theirs:
                return False
        if one.starts < other.starts:
            return True
        rank = self.rank
        return [rank[step.act] for step in one.steps] <= [rank[step.act] for step in other.steps]


def _add(fees: list[tuple[int, int]], more: tuple[int, int]) -> tuple[int, int]:
    """Return the sum of fees, each (how many are unknown, yen)."""
    return more[0] + sum(fee[0] for fee in fees), more[1] + sum(fee[1] for fee in fees)
