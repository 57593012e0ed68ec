"""Independent answers to the planning problem, to hold the planner's search against.

Written from the docstring of `lostcard.planner.problem` alone; of `lostcard` it uses the records, `OpenDays` and
`Lead.arrival`, nothing of the search. Two formulations that share no idea with each other, and a judge of plans:

- `best`: a CP-SAT model in which sequence, begins and suppliers are free variables,
- `brute`: every sequence with every begin that could matter, for problems of up to four acts,
- `replay`: the value of one given plan, or what is wrong with it, by the rules `brute` goes by.

`random_problem` and `tiny_problem` make the problems; the same seed always makes the same problem.

Where the docstring leaves a choice, this is how it is read here:

- Of a group with a duty, one act is part of every plan: two acts of a group never are. Here all that is urgent is a
  duty, as in the catalogue.
- Days `within` are counted from the day of one begin to the day of the other.
- The way to a counter comes right before the act there; one need not wait for an item before setting out.
- The place stays the last counter's, over remote acts and nights.
- Acts begin by the horizon; what they give may come after it.
- A fee that is not known on the day of the act is unknown, whether no rule or no figure is known.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ortools.sat.python import cp_model

from lostcard.planner.clock import DAY, Lead, OpenDays
from lostcard.planner.problem import TYPICAL, Act, FeeAt, Goal, Problem

__all__ = [
    "PREFERENCES",
    "Move",
    "PlanError",
    "Vector",
    "best",
    "best_plan",
    "brute",
    "random_problem",
    "replay",
    "tiny_problem",
]

PREFERENCES = {
    "fastest": ("gaps", "last", "visits", "fee", "starts"),
    "cheapest": ("fee", "gaps", "last", "visits", "starts"),
    "fewest-visits": ("visits", "gaps", "last", "fee", "starts"),
}
"""What is compared, in order, without IDS: a constraint model returns one of the best plans, not the first by name."""

Vector = tuple[int | tuple[int, int], ...]
"""The objective in the order of the preference: LAST in days after the start, FEE as (unknown, yen)."""


class Move(NamedTuple):
    """One act of a plan and the minute at which it begins."""

    act: int
    start: int


class PlanError(ValueError):
    """A plan that breaks the problem's rules; the message says which one and where."""


def _bits(mask: int) -> list[int]:
    """Return the items of a mask."""
    return [item for item in range(mask.bit_length()) if mask >> item & 1]


def _arrival(lead: Lead | None, begin: int, end: int) -> int:
    """Return when something given comes; an unknown typical lead has no meaning here, so no problem may hold one."""
    arrival = end if lead is None else lead.arrival(TYPICAL, begin, end)
    assert arrival is not None
    return arrival


# --- Replay and brute force -------------------------------------------------------------------------------------------


class _World(NamedTuple):
    """All that the acts so far have made of the world; `arrivals` holds what is in hand or on its way."""

    clock: int
    place: int | None
    visit_day: int
    visits: int
    fee: tuple[int, int]
    starts: int
    arrivals: dict[int, int]
    moves: tuple[Move, ...]


def _initial(problem: Problem) -> _World:
    held = dict.fromkeys(_bits(problem.held), problem.start)
    return _World(problem.start, None, -1, 0, (0, 0), 0, held, ())


def _free_from(problem: Problem, world: _World, act: Act) -> int:
    """Return when the person can be where the act happens."""
    moves = act.office is not None and act.office != world.place
    return world.clock + (problem.travel if moves else 0)


def _is_open(problem: Problem, act: Act, begin: int) -> bool:
    """Tell whether an act's days and windows let it begin at this minute."""
    day, rest = divmod(begin, DAY)
    if not act.since <= day <= min(act.until, problem.horizon) or day not in act.days:
        return False
    return any(opens <= rest <= closes for opens, closes in act.windows)


def _has_all(world: _World, act: Act, begin: int) -> bool:
    """Tell whether all that an act needs is in hand at this minute."""

    def count(mask: int) -> int:
        return sum(world.arrivals.get(item, begin + 1) <= begin for item in _bits(mask))

    if not all(count(mask) for mask in act.requires):
        return False
    return not act.evidence or any(all(count(mask) >= least for mask, least in pairs) for pairs in act.evidence)


def _in_limit(problem: Problem, world: _World, act: Act, begin: int) -> bool:
    """Tell whether what an act must follow has been done, and recently enough."""
    if act.within is None:
        return True
    group, days = act.within
    anchors = [move.start for move in world.moves if problem.acts[move.act].group == group]
    if group is None:
        anchors = [problem.start]
    return any(begin // DAY - anchor // DAY <= days for anchor in anchors)


def _obstacle(problem: Problem, world: _World, index: int, begin: int) -> str | None:
    """Say what keeps the act from beginning at this minute, if anything does."""
    act = problem.acts[index]
    done = [problem.acts[move.act] for move in world.moves]
    if begin < _free_from(problem, world, act):
        return "the person is busy or on the way"
    rules = (
        (any(other.group == act.group for other in done), "its group has been done"),
        (act.urgent and not all(other.urgent for other in done), "it is urgent and comes after one that is not"),
        (not _is_open(problem, act, begin), "its counter is closed"),
        (not _has_all(world, act, begin), "something it needs is not in hand"),
        (not _in_limit(problem, world, act, begin), "what it must follow is missing or too long ago"),
    )
    return next((obstacle for broken, obstacle in rules if broken), None)


def _after(world: _World, act: Act, move: Move) -> _World:
    """Return the world after one more act."""
    begin = move.start
    end = begin + act.takes[TYPICAL]
    arrivals = {item: minute for item, minute in world.arrivals.items() if not act.ends >> item & 1}
    for item, lead in act.gives:
        arrival = _arrival(lead, begin, end)
        arrivals[item] = min(arrival, arrivals.get(item, arrival))
    fee = act.fee_on(begin // DAY)
    unknown, yen = world.fee
    known = None if fee is None else fee.high
    world = world._replace(
        clock=end,
        fee=(unknown + 1, yen) if known is None else (unknown, yen + known),
        arrivals=arrivals,
        moves=(*world.moves, move),
    )
    if act.office is None:
        return world
    joins = world.place == act.office and world.visit_day == begin // DAY
    return world._replace(place=act.office, visit_day=begin // DAY, visits=world.visits + (not joins))


def _value(problem: Problem, world: _World, prefer: str) -> Vector | None:
    """Return the objective of a plan that ends in this world; None where a duty or a goal is left open."""
    first = problem.start // DAY
    done = {problem.acts[move.act].group for move in world.moves}
    if any(act.duty and act.group not in done for act in problem.acts):
        return None
    days: list[tuple[Goal, int]] = []
    for goal in problem.goals:
        minutes = [world.arrivals[item] for item in _bits(goal.mask) if item in world.arrivals]
        if not minutes:
            return None
        days.append((goal, min(minutes) // DAY - first))
    parts: dict[str, int | tuple[int, int]] = {
        "gaps": sum(day for goal, day in days if goal.kind == "need"),
        "last": max((day for _, day in days), default=0),
        "visits": world.visits,
        "fee": world.fee,
        "starts": sum(move.start - problem.start for move in world.moves),
    }
    return tuple(parts[name] for name in PREFERENCES[prefer])


def replay(problem: Problem, moves: Iterable[Move], prefer: str) -> Vector:
    """Return the objective of a plan; raise PlanError where it breaks a rule."""
    world = _initial(problem)
    for move in moves:
        obstacle = _obstacle(problem, world, move.act, move.start)
        if obstacle is not None:
            message = f"act {problem.acts[move.act].id} after {world.moves}: {obstacle}"
            raise PlanError(message)
        world = _after(world, problem.acts[move.act], move)
    value = _value(problem, world, prefer)
    if value is None:
        message = "a duty or a goal is left open"
        raise PlanError(message)
    return value


def _begins(problem: Problem, world: _World, index: int) -> Iterator[int]:
    """Yield the earliest possible begin and every later opening of a window.

    Nothing but an arrival, the person's own time or a window lets an act begin that could not a minute before, so
    all that lies between two of these is as good as the earlier one or worse.
    """
    act = problem.acts[index]
    free = _free_from(problem, world, act)
    opens = {day * DAY + window[0] for day in range(free // DAY, problem.horizon + 1) for window in act.windows}
    earliest_seen = False
    for minute in sorted(opens | {free} | set(world.arrivals.values())):
        if _obstacle(problem, world, index, minute) is None and (not earliest_seen or minute in opens):
            earliest_seen = True
            yield minute


def brute(problem: Problem, prefer: str) -> tuple[Vector, tuple[str, ...]] | None:
    """Return the best value of all plans and its IDS, or None where there is no plan, by trying them all."""

    def plans(world: _World) -> Iterator[tuple[Vector, tuple[str, ...]]]:
        value = _value(problem, world, prefer)
        if value is not None:
            yield value, tuple(problem.acts[move.act].id for move in world.moves)
        for index, act in enumerate(problem.acts):
            for begin in _begins(problem, world, index):
                yield from plans(_after(world, act, Move(index, begin)))

    return min(plans(_initial(problem)), default=None)


# --- CP-SAT -----------------------------------------------------------------------------------------------------------


class _Supply(NamedTuple):
    """One way to an item: an act's `give`, or the initial holding (`act` is None)."""

    act: int | None
    item: int
    minute: cp_model.LinearExprT


class _Model:
    """The problem as a constraint model. Minutes are counted from midnight of the first day, which is day 0.

    Order is a permutation of all acts, also the absent ones: a literal for every pair, made transitive by ranks.
    Literals for supplies, anchors, joined visits only imply what makes them true. That suffices, for each of them only
    ever helps a plan.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.first = problem.start // DAY
        self.cp = cp_model.CpModel()
        self.indices = range(len(problem.acts))
        self.present = [self.cp.new_bool_var(f"present {act.id}") for act in problem.acts]
        self.day: list[cp_model.IntVar] = []
        self.begin: list[cp_model.IntVar] = []
        for index in self.indices:
            self._add_times(index)
        self.before = self._order()
        self.supplies = [*self._supplies()]
        self.follows: dict[tuple[int, int], cp_model.BoolVarT] = {}
        self._add_route()
        self._add_clock()
        self._add_choice()
        for index in self.indices:
            self._add_needs(index)
            self._add_within(index)
        self.parts = self._objective()

    def _add_times(self, index: int) -> None:
        """Add the day and the minute of an act's begin; an act that can never begin is absent."""
        act, problem = self.problem.acts[index], self.problem
        earliest = problem.start - self.first * DAY
        intervals = [
            [max(day * DAY + opens, earliest), day * DAY + closes]
            for day in range(problem.horizon - self.first + 1)
            if act.since <= day + self.first <= act.until and day + self.first in act.days
            for opens, closes in act.windows
            if day * DAY + closes >= earliest
        ]
        if not intervals:
            self.cp.add(self.present[index] == 0)
            intervals = [[earliest, earliest]]
        begin = self.cp.new_int_var_from_domain(cp_model.Domain.from_intervals(intervals), f"begin {act.id}")
        day = self.cp.new_int_var(0, problem.horizon - self.first, f"day {act.id}")
        rest = self.cp.new_int_var(0, DAY - 1, f"rest {act.id}")
        self.cp.add(begin == day * DAY + rest)
        self.begin.append(begin)
        self.day.append(day)

    def _order(self) -> dict[tuple[int, int], cp_model.BoolVarT]:
        """Return, for every pair of acts, the literal that the one comes before the other."""
        ranks = [self.cp.new_int_var(0, len(self.indices) - 1, f"rank {index}") for index in self.indices]
        before: dict[tuple[int, int], cp_model.BoolVarT] = {}
        for one in self.indices:
            for other in range(one):
                literal = self.cp.new_bool_var(f"{other} before {one}")
                before[other, one] = literal
                before[one, other] = ~literal
                self.cp.add(ranks[other] < ranks[one]).only_enforce_if(literal)
                self.cp.add(ranks[one] < ranks[other]).only_enforce_if(~literal)
        return before

    def _supplies(self) -> Iterator[_Supply]:
        """Yield every way to every item, with a table from the act's day for the leads that are counted in days."""
        for item in _bits(self.problem.held):
            yield _Supply(None, item, self.problem.start - self.first * DAY)
        for index, act in enumerate(self.problem.acts):
            end = self.begin[index] + act.takes[TYPICAL]
            for item, lead in act.gives:
                if lead is None:
                    yield _Supply(index, item, end)
                elif lead.unit == "minutes":
                    yield _Supply(index, item, end + _arrival(lead, 0, 0))
                else:
                    noon = DAY // 2
                    table = [
                        _arrival(lead, day * DAY + noon, day * DAY + noon) - self.first * DAY
                        for day in range(self.first, self.problem.horizon + 1)
                    ]
                    minute = self.cp.new_int_var(0, max(table), f"{act.id} gives {item}")
                    self.cp.add_element(self.day[index], table, minute)
                    yield _Supply(index, item, minute)

    def _add_route(self) -> None:
        """Chain the counter acts in their order, so that each knows the counter act right before it."""
        counters = [index for index in self.indices if self.problem.acts[index].office is not None]
        nobody = self.cp.new_bool_var("no counter act")
        arcs: list[tuple[int, int, cp_model.LiteralT]] = [(0, 0, nobody)]
        for node, index in enumerate(counters, 1):
            arcs.append((0, node, self.cp.new_bool_var(f"{index} is first")))
            arcs.append((node, 0, self.cp.new_bool_var(f"{index} is last")))
            arcs.append((node, node, ~self.present[index]))
            for other_node, other in enumerate(counters, 1):
                if other != index:
                    literal = self.cp.new_bool_var(f"{index} follows {other}")
                    arcs.append((other_node, node, literal))
                    self.cp.add_implication(literal, self.before[other, index])
                    self.follows[other, index] = literal
        self.cp.add_circuit(arcs)

    def _from_same_counter(self, index: int) -> dict[int, cp_model.BoolVarT]:
        """Return the literals that the counter act right before is at the same counter, by that act."""
        acts = self.problem.acts
        return {
            other: literal
            for (other, after), literal in self.follows.items()
            if after == index and acts[other].office == acts[index].office
        }

    def _add_clock(self) -> None:
        """One thing at a time, and the way to another counter right before the act there."""
        for index, act in enumerate(self.problem.acts):
            way: cp_model.LinearExpr | int = 0
            if act.office is not None:
                way = self.problem.travel * (1 - sum(self._from_same_counter(index).values()))
            here = self.present[index]
            self.cp.add(self.begin[index] >= self.problem.start - self.first * DAY + way).only_enforce_if(here)
            for other in self.indices:
                if other != index:
                    done = self.begin[other] + self.problem.acts[other].takes[TYPICAL]
                    both = [here, self.present[other], self.before[other, index]]
                    self.cp.add(self.begin[index] >= done + way).only_enforce_if(both)

    def _add_choice(self) -> None:
        """Duties, groups, and what is urgent before what is not."""
        acts = self.problem.acts
        for group in sorted({act.group for act in acts}):
            members = [index for index in self.indices if acts[index].group == group]
            self.cp.add_at_most_one(self.present[index] for index in members)
            if any(acts[index].duty for index in members):
                self.cp.add_bool_or(self.present[index] for index in members)
        for index, act in enumerate(acts):
            for other in self.indices:
                if act.urgent and not acts[other].urgent:
                    self.cp.add(self.before[index, other] == 1)

    def _unspoilt(self, supply: _Supply, user: int | None, literal: cp_model.BoolVarT) -> None:
        """Let the literal imply that the supply's act is done before `user` (None: the end) and nothing ends it."""
        if supply.act is not None:
            self.cp.add_implication(literal, self.present[supply.act])
            if user is not None:
                self.cp.add_implication(literal, self.before[supply.act, user])
        for ender in self.indices:
            if ender in (supply.act, user) or not self.problem.acts[ender].ends >> supply.item & 1:
                continue
            harmless: list[cp_model.BoolVarT] = [~literal, ~self.present[ender]]
            if supply.act is not None:
                harmless.append(self.before[ender, supply.act])
            if user is not None:
                harmless.append(self.before[user, ender])
            self.cp.add_bool_or(harmless)

    def _in_hand(self, index: int, item: int) -> cp_model.BoolVarT:
        """Return a literal that implies that the item is in hand when the act begins."""
        in_hand = self.cp.new_bool_var(f"{item} in hand at {index}")
        ways: list[cp_model.BoolVarT] = [~in_hand]
        for supply in self.supplies:
            if supply.item == item and supply.act != index:
                literal = self.cp.new_bool_var(f"{item} from {supply.act} at {index}")
                self._unspoilt(supply, index, literal)
                self.cp.add(self.begin[index] >= supply.minute).only_enforce_if(literal)
                ways.append(literal)
        self.cp.add_bool_or(ways)
        return in_hand

    def _add_needs(self, index: int) -> None:
        """Let a present act have every requirement and one combination of evidence in hand."""
        act = self.problem.acts[index]
        masks = [*act.requires, *(mask for pairs in act.evidence for mask, _ in pairs)]
        in_hand = {
            item: self._in_hand(index, item) for item in sorted({item for mask in masks for item in _bits(mask)})
        }
        for mask in act.requires:
            self.cp.add_bool_or([~self.present[index], *(in_hand[item] for item in _bits(mask))])
        combinations = []
        for number, pairs in enumerate(act.evidence):
            chosen = self.cp.new_bool_var(f"combination {number} of {index}")
            for mask, count in pairs:
                self.cp.add(sum(in_hand[item] for item in _bits(mask)) >= count).only_enforce_if(chosen)
            combinations.append(chosen)
        if combinations:
            self.cp.add_bool_or([~self.present[index], *combinations])

    def _add_within(self, index: int) -> None:
        """Let an act with a time limit follow its anchor in time."""
        within = self.problem.acts[index].within
        if within is None:
            return
        group, days = within
        if group is None:
            self.cp.add(self.day[index] <= days).only_enforce_if(self.present[index])
            return
        anchors: list[cp_model.BoolVarT] = [~self.present[index]]
        for other, act in enumerate(self.problem.acts):
            if act.group == group and other != index:
                literal = self.cp.new_bool_var(f"{index} within limit of {other}")
                self.cp.add_implication(literal, self.present[other])
                self.cp.add_implication(literal, self.before[other, index])
                self.cp.add(self.day[index] - self.day[other] <= days).only_enforce_if(literal)
                anchors.append(literal)
        self.cp.add_bool_or(anchors)

    def _goal_day(self, goal: Goal, latest: int) -> cp_model.IntVar:
        """Return a variable not below the day of the goal's earliest item that nothing ends."""
        day = self.cp.new_int_var(0, latest, f"day of {goal.name}")
        ways = []
        for supply in self.supplies:
            if goal.mask >> supply.item & 1:
                literal = self.cp.new_bool_var(f"{goal.name} by {supply.item} from {supply.act}")
                self._unspoilt(supply, None, literal)
                self.cp.add(day * DAY + DAY - 1 >= supply.minute).only_enforce_if(literal)
                ways.append(literal)
        self.cp.add_bool_or(ways)
        return day

    def _objective(self) -> dict[str, list[tuple[cp_model.LinearExprT, int]]]:
        """Return the parts of the objective, each as expressions (in order) with their upper bounds."""
        problem, acts = self.problem, self.problem.acts
        span = problem.horizon - self.first
        fees = [None if (fee := act.fee_on(self.first)) is None else fee.high for act in acts]
        yen = [fee or 0 for fee in fees]
        # No lead is longer than one of the last day's: the later an act, the later what it gives.
        evening = problem.horizon * DAY + DAY - 1
        ends = [(lead, evening + act.takes[TYPICAL]) for act in acts for _, lead in act.gives]
        latest = max((_arrival(lead, evening, end) // DAY - self.first for lead, end in ends), default=0)
        days = [self._goal_day(goal, latest) for goal in problem.goals]
        last = self.cp.new_int_var(0, latest, "last")
        for day in days:
            self.cp.add(last >= day)
        needs = [day for goal, day in zip(problem.goals, days, strict=True) if goal.kind == "need"]

        visits: list[cp_model.LinearExprT] = []
        delays: list[cp_model.LinearExprT] = []
        for index, act in enumerate(acts):
            here = self.present[index]
            delay = self.cp.new_int_var(0, (span + 1) * DAY, f"delay {index}")
            self.cp.add(delay >= self.begin[index] + self.first * DAY - problem.start).only_enforce_if(here)
            delays.append(delay)
            if act.office is None:
                continue
            visits.append(here)
            for other, follows in self._from_same_counter(index).items():
                joins = self.cp.new_bool_var(f"{index} joins {other}")
                self.cp.add_implication(joins, follows)
                self.cp.add(self.day[index] == self.day[other]).only_enforce_if(joins)
                visits.append(-joins)
        unknown = [self.present[index] for index in self.indices if fees[index] is None]
        paid = [self.present[index] * yen[index] for index in self.indices]
        return {
            "gaps": [(sum(needs), latest * len(needs))],
            "last": [(last, latest)],
            "visits": [(sum(visits), len(acts))],
            "fee": [(sum(unknown), len(unknown)), (sum(paid), sum(yen))],
            "starts": [(sum(delays), (span + 1) * DAY * len(acts))],
        }


_WEIGHT_LIMIT = 1 << 40
"""How large a weight may grow before the comparison goes on in another solve."""


def _solver() -> cp_model.CpSolver:
    """Return a solver that does the same on every run."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    return solver


def best_plan(problem: Problem, prefer: str) -> tuple[Vector, tuple[Move, ...]] | None:
    """Return the best value of all plans and a plan that has it, or None where there is no plan."""
    model = _Model(problem)
    queue = [part for name in PREFERENCES[prefer] for part in model.parts[name]]
    while queue:
        stage: list[cp_model.LinearExprT] = []
        weight = 1
        while queue and weight * (queue[0][1] + 1) <= _WEIGHT_LIMIT:
            expression, bound = queue.pop(0)
            stage = [part * (bound + 1) for part in stage]
            stage.append(expression)
            weight *= bound + 1
        model.cp.minimize(sum(stage))
        solver = _solver()
        status = solver.solve(model.cp)
        if status == cp_model.INFEASIBLE:
            return None
        assert status == cp_model.OPTIMAL, solver.status_name(status)
        model.cp.add(sum(stage) == round(solver.objective_value))
    moves = [
        (sum(solver.value(model.before[other, index]) for other in model.indices if other != index), index)
        for index in model.indices
        if solver.value(model.present[index])
    ]
    base = model.first * DAY
    plan = tuple(Move(index, base + solver.value(model.begin[index])) for _, index in sorted(moves))
    values = [[solver.value(expression) for expression, _ in model.parts[name]] for name in PREFERENCES[prefer]]
    return tuple(value[0] if len(value) == 1 else (value[0], value[1]) for value in values), plan


def best(problem: Problem, prefer: str) -> Vector | None:
    """Return the best value of all plans, or None where there is no plan."""
    found = best_plan(problem, prefer)
    return found and found[0]


# --- Random problems --------------------------------------------------------------------------------------------------

_ALWAYS = (0, 10_000_000)
_HOLIDAYS = [
    dt.date(2026, 4, 29).toordinal(),
    *(dt.date(2026, 5, day).toordinal() for day in (3, 4, 5, 6)),
    *(dt.date(2027, 1, day).toordinal() for day in (1, 11)),
]
_YEAR_ENDS = (((12, 29), (1, 3)), ((12, 28), (1, 4)), ((12, 31), (1, 2)))
_COUNTER_WINDOWS = (
    ((525, 1035),),
    ((540, 720), (780, 1020)),
    ((600, 630), (840, 870)),
    ((570, 600), (930, 960)),
    ((600, 600), (900, 900)),
)
_REMOTE_WINDOWS = (((0, 1439),), ((540, 1260),), ((0, 120), (480, 1439)), ((660, 690), (1140, 1170)))
_TAKES = (0, 5, 10, 15, 30, 60, 120, 240)


class _Draft:
    """A problem in the making. Acts are made in an order in which they could be done, then shuffled."""

    def __init__(self, seed: int, *, acts: Sequence[int], items: Sequence[int], days: Sequence[int]) -> None:
        self.rng = rng = random.Random(seed)  # noqa: S311 - it must be repeatable, not secret
        roll = rng.random()
        if roll < 0.5:
            self.first = dt.date(2026, 12, 25).toordinal() + rng.randrange(11)
        elif roll < 0.65:
            self.first = dt.date(2026, 4, 27).toordinal() + rng.randrange(8)
        else:
            self.first = dt.date(2026, 1, 1).toordinal() + rng.randrange(600)
        self.start = self.first * DAY + rng.choice((rng.randrange(DAY), rng.randrange(480, 1080)))
        self.horizon = self.first + rng.choice(days)
        self.count = rng.choice(acts)
        self.items = rng.choice(items)
        self.held = sum(1 << item for item in rng.sample(range(self.items), rng.randrange(3)))
        self.in_reach = set(_bits(self.held))
        self.fresh: list[int] = []
        self.calendars = self._calendars()
        self.offices = rng.choice((1, 2, 2, 3))
        self.made: list[Act] = []

    def _calendars(self) -> tuple[OpenDays, ...]:
        """Return calendars that are always open, closed at weekends, over the year's end, or on most days."""
        rng = self.rng
        around = range(self.first, self.first + 30)
        year_end = [rng.choice(_YEAR_ENDS)]
        return (
            OpenDays(),
            OpenDays(weekends=False, holidays=_HOLIDAYS, closed_spans=year_end),
            OpenDays(weekends=False, holidays=[*_HOLIDAYS, *rng.sample(around, 3)]),
            OpenDays(closed_spans=year_end),
            OpenDays(holidays=rng.sample(around, 20)),
        )

    def _mask(self, *, count: int = 1) -> int:
        """Return a mask with `count` items in reach, the newest ones first, and now and then some others."""
        rng = self.rng
        fresh = [item for item in self.fresh[-2:] if rng.random() < 0.8]
        others = rng.sample(sorted(self.in_reach), len(self.in_reach))
        chosen = [*dict.fromkeys([*fresh, *others])][:count]
        while rng.random() < 0.35:
            chosen.append(rng.randrange(self.items))
        return sum(1 << item for item in set(chosen))

    def _combination(self) -> tuple[tuple[int, int], ...]:
        """Return one combination of evidence: some of every class."""
        rng = self.rng
        pairs = []
        for _ in range(rng.choice((1, 1, 2))):
            count = min(rng.choice((1, 1, 2, 2, 3)), len(self.in_reach))
            pairs.append((self._mask(count=count + rng.randrange(2)), count))
        return tuple(pairs)

    def _lead(self) -> Lead | None:
        rng = self.rng
        unit = rng.choice(
            (None, None, None, "minutes", "business_days", "business_days", "calendar_days", "weeks", "months")
        )
        if unit is None:
            return None
        if unit == "months" and rng.random() < 0.7:
            unit = "calendar_days"
        spans = {"minutes": (0, 20, 90, 600, 3000), "weeks": (1, 2), "months": (1,)}
        figure = rng.choice(spans.get(unit, (0, 1, 1, 2, 3, 5, 7)))
        days = rng.choice(self.calendars[:4]) if unit == "business_days" else None
        return Lead((figure // 2, figure, rng.choice((None, figure + 2))), unit, days)

    def _gives(self) -> tuple[tuple[int, Lead | None], ...]:
        """Return what an act gives, mostly what nothing before it gave."""
        rng = self.rng
        new = [item for item in range(self.items) if item not in self.in_reach]
        gives = []
        for _ in range(rng.choice((1, 1, 1, 2))):
            item = rng.choice(new) if new and rng.random() < 0.85 else rng.randrange(self.items)
            gives.append((item, self._lead()))
        return tuple(gives)

    def _fees(self) -> tuple[FeeAt, ...]:
        """Return a fee that stays the same over time: no rule, unknown, or yen."""
        rng = self.rng
        high = rng.choice((None, 0, 0, 300, 450, 1000, 2350))
        if rng.random() < 0.1:
            return ()
        return (FeeAt(*_ALWAYS, None if high is None else high // 2, high, rng.random() < 0.5),)

    def add_act(self) -> None:
        """Add an act that can be done after those made so far, or another way to do one of them.

        As in the catalogue, all ways to do one thing are a duty and urgent, or none is.
        """
        rng = self.rng
        number = len(self.made)
        twin = rng.choice(self.made) if self.made and rng.random() < 0.25 else None
        urgent = rng.random() < 0.12 if twin is None else twin.urgent
        office = rng.randrange(self.offices) if rng.random() < 0.65 else None
        takes = rng.choice(_TAKES)
        requires = [self._mask() for _ in range(rng.choice((0, 1, 1, 1, 2)))] if self.in_reach and not urgent else []
        evidence = []
        if self.in_reach and not urgent and rng.random() < 0.35:
            evidence = [self._combination() for _ in range(rng.choice((1, 2)))]
        within: tuple[int | None, int] | None = None
        if not urgent and rng.random() < 0.3:
            anchor = rng.choice(self.made).group if self.made and rng.random() < 0.75 else None
            within = (anchor, rng.randint(1, 6) if anchor is not None else rng.randint(2, 14))
        gives = self._gives() if twin is None else ((twin.gives[0][0], self._lead()), *twin.gives[1:])
        ends = 1 << rng.randrange(self.items) if rng.random() < 0.25 else 0
        if ends and rng.random() < 0.2:
            ends |= 1 << gives[0][0]
        act = Act(
            id=f"{chr(ord('a') + rng.randrange(26))}{number}",
            group=number if twin is None else twin.group,
            office=office,
            days=rng.choice(self.calendars),
            windows=rng.choice(_REMOTE_WINDOWS if office is None else _COUNTER_WINDOWS),
            since=self.first + rng.randint(1, 5) if rng.random() < 0.12 else _ALWAYS[0],
            until=self.first + rng.randint(5, 12) if rng.random() < 0.1 else _ALWAYS[1],
            takes=(takes // 2, takes, takes * 2),
            requires=tuple(requires),
            evidence=tuple(evidence),
            within=within,
            gives=gives,
            ends=ends,
            fees=self._fees(),
            urgent=urgent,
            duty=urgent or (rng.random() < 0.2 if twin is None else twin.duty),
        )
        self.made.append(act)
        for item, _ in gives:
            self.in_reach.add(item)
            self.fresh.append(item)

    def _goals(self) -> tuple[Goal, ...]:
        """Return goals that the later acts reach."""
        rng = self.rng
        late = self.fresh[len(self.fresh) // 2 :]
        worth = [item for item in late if not self.held >> item & 1] or late
        goals = []
        for number in range(rng.choice((1, 2, 2, 3, 3, 4, 4))):
            mask = 1 << rng.choice(worth)
            if rng.random() < 0.3:
                mask |= 1 << rng.randrange(self.items)
            goals.append(Goal(rng.choice(("need", "card")), f"goal {number}", mask))
        return tuple(goals)

    def finish(self) -> Problem:
        """Return the problem, its acts in an order that tells nothing."""
        rng = self.rng
        for _ in range(self.count):
            self.add_act()
        goals = self._goals()
        acts = rng.sample(self.made, len(self.made))
        names = tuple(f"item {item}" for item in range(self.items))
        travel = rng.choice((0, 15, 30, 60, 120))
        return Problem(self.start, travel, names, self.held, tuple(acts), goals, self.horizon)


def random_problem(seed: int) -> Problem:
    """Return a problem of three to seven acts over two to four weeks."""
    draft = _Draft(seed, acts=(3, 4, 5, 5, 6, 6, 7, 7), items=(3, 4, 5, 6, 6, 7, 7), days=range(12, 26))
    return draft.finish()


def tiny_problem(seed: int) -> Problem:
    """Return a problem that can be solved by trying everything."""
    draft = _Draft(seed, acts=(3, 3, 4), items=range(4, 6), days=range(5, 9))
    return draft.finish()
