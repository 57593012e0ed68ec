"""Bounds without a body: what can be reached at all, how soon if everything runs side by side, and what can matter.

The earliest moment of every item over the AND/OR graph is the minimum over alternatives and the maximum over
requirements: Knuth's generalisation of Dijkstra's algorithm (Information Processing Letters 6 (1977) 1-5).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lostcard.planner.clock import DAY, NEVER
from lostcard.planner.problem import Act, Problem
from lostcard.planner.timing import State, Timer, bits, wanted

__all__ = ["bound", "earliest", "groups_of", "held_for_good", "reachable", "relevant", "sought", "touched"]


def earliest(timer: Timer, state: State, acts: Sequence[int]) -> tuple[list[int], dict[int, int]]:
    """Return from when after `state` each item can be in hand and each act can begin, if all run side by side.

    Every act waits for the urgent ones still to be done and for the way to its counter, but not for any other act.
    NEVER stands for never.
    """
    best = list(state.ready)
    starts = dict.fromkeys(acts, NEVER)
    floors = _floors(timer.problem, state, acts)
    opens, next_start, arrivals, wants = timer.opens, timer.next_start, timer.arrivals, timer.wants
    changed = -1  # the items that came sooner in the pass before; at first every act is looked at
    while changed:
        sooner = 0
        for index in acts:
            if not wants[index] & changed:
                continue
            moment = opens(index, best)
            if moment >= NEVER:
                continue
            floor = floors[index]
            start = next_start(index, max(floor, moment))
            if start >= starts[index]:
                continue
            starts[index] = start
            for item, arrival in arrivals(index, start):
                if arrival < best[item]:
                    best[item] = arrival
                    sooner |= 1 << item
        changed = sooner
    return best, starts


def _floors(problem: Problem, state: State, acts: Sequence[int]) -> dict[int, int]:
    """Return the minute before which each act cannot begin: the urgent ones and the way come first."""
    hurry: dict[int, int] = {}
    for index in acts:
        act = problem.acts[index]
        if act.urgent:
            hurry[act.group] = min(act.takes[1], hurry.get(act.group, act.takes[1]))
    hurried = state.minute + sum(hurry.values())
    floors = {}
    for index in acts:
        act = problem.acts[index]
        floor = state.minute if act.urgent else hurried
        floors[index] = floor if act.office is None or act.office == state.counter else floor + problem.travel
    return floors


def bound(problem: Problem) -> list[int | None]:
    """Return for each goal the day before which no plan can reach it; None where no plan ever does."""
    everything = list(range(len(problem.acts)))
    held, _ = reachable(problem, everything)
    timer = Timer(problem, within_reach=held)
    ready, _ = earliest(timer, timer.initial(), everything)
    moments = [min(ready[item] for item in bits(goal.mask)) for goal in problem.goals]
    return [None if moment >= NEVER else moment // DAY for moment in moments]


def reachable(problem: Problem, acts: Sequence[int]) -> tuple[int, int]:
    """Return the items and the groups of acts that can be reached with `acts` at all, both as masks."""
    held, done = problem.held, 0
    waiting = list(acts)
    grew = True
    while grew:
        grew = False
        still = []
        for index in waiting:
            act = problem.acts[index]
            if _open(act, held) and (not act.within or act.within[0] is None or done >> act.within[0] & 1):
                done |= 1 << act.group
                for item, _ in act.gives:
                    held |= 1 << item
                grew = True
            else:
                still.append(index)
        waiting = still
    return held, done


def _open(act: Act, held: int) -> bool:
    for mask in act.requires:
        if not mask & held:
            return False
    return proven(act, held)


def proven(act: Act, held: int) -> bool:
    """Tell whether the items held meet an act's evidence."""
    if not act.evidence:
        return True
    for combination in act.evidence:
        for mask, number in combination:
            if (mask & held).bit_count() < number:
                break
        else:
            return True
    return False


def sought(act: Act, safe: int) -> list[int]:
    """Return the masks of items that `act` may have to wait for: not what is met by `safe`, held for good."""
    masks = [mask for mask in act.requires if not mask & safe]
    if not proven(act, safe):
        masks += [mask for combination in act.evidence for mask, _ in combination]
    return masks


def touched(act: Act) -> int:
    """Return all items that an act needs, gives or ends."""
    mask = act.ends | wanted(act)
    for item, _ in act.gives:
        mask |= 1 << item
    return mask


def held_for_good(problem: Problem) -> int:
    """Return the items held at the start that no act ends."""
    endable = 0
    for act in problem.acts:
        endable |= act.ends
    return problem.held & ~endable


def relevant(problem: Problem) -> list[int]:  # noqa: C901 - one fixpoint
    """Return the acts that can matter, by id: duties, what gives a goal, and what gives something these need."""
    acts = problem.acts
    order = sorted(range(len(acts)), key=lambda index: (acts[index].id, acts[index].since))
    safe = held_for_good(problem)
    wanted = anchors = 0
    for goal in problem.goals:
        if not goal.mask & safe:
            wanted |= goal.mask
    kept: set[int] = set()
    grew = True
    while grew:
        grew = False
        for index in order:
            act = acts[index]
            if index in kept:
                continue
            if not (act.duty or act.urgent or anchors >> act.group & 1):
                for item, _ in act.gives:
                    if wanted >> item & 1:
                        break
                else:
                    continue
            kept.add(index)
            grew = True
            for mask in sought(act, safe):
                wanted |= mask
            if act.within and act.within[0] is not None:
                anchors |= 1 << act.within[0]
    return [index for index in order if index in kept]


def groups_of(acts: Iterable[Act]) -> int:
    """Return the groups of acts as a mask."""
    mask = 0
    for act in acts:
        mask |= 1 << act.group
    return mask
