"""What holds of every plan, whatever the facts: on random problems and, through `make_plan`, on the real catalogue.

The plans of the real catalogue are checked from its texts alone, with `datetime` and `jpholiday`: `Walk` shares
nothing with the planner but the records, and `here`, which says what the situation means on its date.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

import jpholiday
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from lostcard.catalogue.facts import Facts
from lostcard.catalogue.model import CERTAINTIES, Catalogue, Condition, Counter, EvidenceRule, Lead, Procedure
from lostcard.planner.assemble import make_plan
from lostcard.planner.build import Builder
from lostcard.planner.clock import DAY, moment
from lostcard.planner.plan import Days, Gap, Plan, PlanStep, Three
from lostcard.planner.problem import Problem
from lostcard.planner.search import Solution, solve
from lostcard.planner.situation import Circumstances, Options, Situation, understand
from lostcard.render.document import plan_document, plan_json
from oracle import PREFERENCES, Move, Vector, random_problem, replay
from planner.test_real_catalogue import Case, facts, random_case

T = TypeVar("T")


def examples(count: int) -> settings:
    """Return settings under which every run tries the same examples. A smaller seed is no simpler: nothing shrinks."""
    return settings(
        derandomize=True,
        deadline=None,
        database=None,
        max_examples=count,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )


SEEDS = st.integers(0, 1_000_000)
PREFER = st.sampled_from(sorted(PREFERENCES))


def vector(solution: Solution, prefer: str) -> Vector:
    parts = solution._asdict()
    return tuple(parts[part] for part in PREFERENCES[prefer])


def timed(problem: Problem, solution: Solution | None) -> list[tuple[object, ...]] | None:
    """Return the steps of a solution by the acts' ids."""
    if solution is None:
        return None
    return [(problem.acts[step.act].id, step.start, step.end, step.joins) for step in solution.steps]


def shuffled(values: Iterable[T], rng: random.Random) -> tuple[T, ...]:
    chosen = list(values)
    rng.shuffle(chosen)
    return tuple(chosen)


def repeatable(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - it must be repeatable, not secret


def quick_case(seed: int, *, never_lost: tuple[str, ...] = ()) -> Case:
    """Return a case of the real catalogue that the search is quick at.

    Where more than one thing is lost the fastest plan is wanted, and no way takes more than an hour: otherwise the
    search takes seconds for some cases, and each plan here rests on dozens of searches. Single cases of all kinds are
    held against the oracle in `test_real_catalogue`.
    """
    case = random_case(seed, never_lost=never_lost)
    options = case.options._replace(travel_minutes=min(case.options.travel_minutes, 60))
    if len(case.situation.lost) > 1:
        options = options._replace(prefer="fastest")
    return case._replace(options=options)


def planned(case: Case, *, explain: bool = False, known: Facts | None = None) -> Plan:
    return make_plan(known or facts(), case.situation, case.options, case.start, explain=explain)


def typical(value: Three) -> int:
    assert value.typical is not None, "a goal that the plan shows is reached"
    return value.typical


# --- A later start ----------------------------------------------------------------------------------------------------


def absolute(problem: Problem, solution: Solution) -> tuple[int, int, int, tuple[int, int]]:
    """Return GAPS and LAST as sums and dates that do not depend on the start, then VISITS and FEE."""
    first = problem.start // DAY
    needs = sum(goal.kind == "need" for goal in problem.goals)
    return solution.gaps + needs * first, solution.last + first, solution.visits, solution.fee


@examples(200)
@given(SEEDS, st.integers(1, 6 * DAY))
def test_a_later_start_never_finishes_earlier(seed: int, delay: int) -> None:
    """Whoever starts earlier can wait and do the same. Not so with a limit from the start, which moves along: such
    limits are taken out.
    """
    drawn = random_problem(seed)
    acts = tuple(act._replace(within=None) if act.within and act.within[0] is None else act for act in drawn.acts)
    early = drawn._replace(acts=acts)
    late = early._replace(start=min(early.start + delay, early.horizon * DAY))
    then, now = solve(late), solve(early)
    if then is not None:
        assert now is not None
        assert absolute(early, now) <= absolute(late, then)


@cache
def turning_points() -> tuple[int, ...]:
    """Return every day on which some fact of the catalogue begins to hold or no longer holds."""

    def dates(value: object) -> Iterator[int]:
        if dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                child = getattr(value, field.name)
                if isinstance(child, dt.date) and field.name in ("since", "until"):
                    yield child.toordinal() + (field.name == "until")
                else:
                    yield from dates(child)
        elif isinstance(value, dict):
            yield from dates(tuple(value.values()))
        elif isinstance(value, tuple):
            for child in value:
                yield from dates(child)

    return tuple(sorted({*dates(facts().catalogue)}))


def test_the_eras_are_found() -> None:
    starts = {dt.date.fromordinal(day).isoformat() for day in turning_points()}
    assert starts >= {"2024-12-02", "2025-03-24", "2025-12-02", "2026-08-01"}


def counted_from_the_loss() -> tuple[str, ...]:
    """Return the lost items that open a procedure whose time limit runs from the loss."""
    procedures = facts().catalogue.procedures.values()
    limited = [p for p in procedures if p.within and p.within.of == "loss"]
    assert all(p.when and p.when.lost for p in limited)
    return tuple(item for p in limited if p.when for item in p.when.lost)


def done_by(plan: Plan) -> tuple[int, int]:
    """Return the sum of the days on which the needs are met, and the day on which everything is back."""
    days = [typical(gap.span.until) for gap in plan.gaps]
    return sum(days), max([*days, *(typical(card.span.until) for card in plan.cards)])


@examples(60)
@given(SEEDS, st.one_of(st.integers(1, DAY), st.integers(1, 10 * DAY)))
def test_a_later_start_never_finishes_earlier_by_the_real_rules(seed: int, delay: int) -> None:
    """Both starts lie in one era, and nothing is lost whose limit runs from the loss: it would move with the start."""
    case = quick_case(seed, never_lost=counted_from_the_loss())
    late = case.start + delay
    assume(not any(case.start // DAY < day <= late // DAY for day in turning_points()))
    options = case.options._replace(prefer="fastest")
    then = make_plan(facts(), case.situation, options, late)
    assume(not then.deadlocks)
    now = make_plan(facts(), case.situation, options, case.start)
    assert not now.deadlocks
    assert done_by(now) <= done_by(then)


# --- More papers in hand ----------------------------------------------------------------------------------------------


@examples(200)
@given(SEEDS, st.integers(1, 127), PREFER)
def test_more_in_hand_never_makes_it_worse(seed: int, more: int, prefer: str) -> None:
    """The same plan is still allowed, and worth as much or more."""
    problem = random_problem(seed)
    richer = problem._replace(held=problem.held | more & ((1 << len(problem.items)) - 1))
    poor, rich = solve(problem, prefer), solve(richer, prefer)
    if poor is not None:
        assert rich is not None
        assert vector(rich, prefer) <= vector(poor, prefer)


def conditions() -> Iterator[Condition]:
    catalogue = facts().catalogue
    for procedure in catalogue.procedures.values():
        whens = [procedure.when, *(r.when for r in procedure.requires), *(fee.when for fee in procedure.fee)]
        yield from (when for when in whens if when)
    for assumption in catalogue.assumptions.values():
        if assumption.when:
            yield assumption.when


@examples(60)
@given(SEEDS, SEEDS)
def test_more_papers_in_hand_never_make_it_worse_by_the_real_rules(seed: int, paper_seed: int) -> None:
    """A paper that some rule asks for the lack of (`not_have`) is left out: to have it closes ways and takes away what
    is presumed. What some rule asks for the presence of (`have`) is left out too: it could open a duty. Fees and
    visits come last for the fastest plan, so its days must not grow.
    """
    case = quick_case(seed)
    named = {name for condition in conditions() for name in (*condition.have, *condition.not_have)}
    spoken_for = {*named, *case.situation.lost, *case.situation.have}
    items = facts().catalogue.items
    papers = [
        name
        for name, item in sorted(items.items())
        if item.holdable and item.carrier is None and name not in spoken_for
        if item.since is None or item.since <= case.here.date
    ]
    rng = repeatable(paper_seed)
    chosen = rng.sample(papers, rng.choice((1, 1, 2, 4)))
    options = case.options._replace(prefer="fastest")
    poor = make_plan(facts(), case.situation, options, case.start)
    richer = case.situation._replace(have=(*case.situation.have, *chosen))
    rich = make_plan(facts(), richer, options, case.start)
    assert {(d.kind, d.name) for d in rich.deadlocks} <= {(d.kind, d.name) for d in poor.deadlocks}
    assume(not poor.deadlocks)
    assert done_by(rich) <= done_by(poor)


# --- Order ------------------------------------------------------------------------------------------------------------


@examples(150)
@given(SEEDS, SEEDS, PREFER)
def test_the_order_of_acts_and_goals_does_not_matter(seed: int, order: int, prefer: str) -> None:
    problem, rng = random_problem(seed), repeatable(order)
    mixed = problem._replace(acts=shuffled(problem.acts, rng), goals=shuffled(problem.goals, rng))
    solution, again = solve(problem, prefer), solve(mixed, prefer)
    assert timed(mixed, again) == timed(problem, solution)
    if solution is not None and again is not None:
        assert vector(again, prefer) == vector(solution, prefer)
        assert again.ready == solution.ready


def rearranged(catalogue: Catalogue, rng: random.Random) -> Catalogue:
    """Return the same catalogue with the entries of every mapping in another order, also of those within.

    Lists stay as they are: the order in which somebody wrote the papers of a class may be the order to name them in.
    """

    def mixed(value: dict[str, Any]) -> dict[str, Any]:
        return dict(shuffled(value.items(), rng))

    def counter(value: Counter) -> Counter:
        return dataclasses.replace(value, classes=mixed(value.classes))

    def rule(value: EvidenceRule) -> EvidenceRule:
        return dataclasses.replace(value, any_of=tuple(mixed(pairs) for pairs in value.any_of))

    changes: dict[str, Any] = {
        field.name: mixed(value)
        for field in dataclasses.fields(catalogue)
        if isinstance(value := getattr(catalogue, field.name), dict)
    }
    changes["counters"] = {name: counter(value) for name, value in changes["counters"].items()}
    changes["evidence"] = {name: rule(value) for name, value in changes["evidence"].items()}
    return dataclasses.replace(catalogue, **changes)


@examples(30)
@given(SEEDS, SEEDS, st.sampled_from(("ja", "en")))
def test_the_order_of_the_catalogue_does_not_matter(seed: int, order: int, language: str) -> None:
    case = quick_case(seed)
    catalogue = rearranged(facts().catalogue, repeatable(order))
    known = dataclasses.replace(facts(), catalogue=catalogue)
    plan, again = planned(case, explain=True), planned(case, explain=True, known=known)
    assert plan_json(again, language) == plan_json(plan, language)
    assert again.visits == plan.visits or [v.steps for v in again.visits] == [v.steps for v in plan.visits]


# --- Every step is possible -------------------------------------------------------------------------------------------


@examples(200)
@given(SEEDS, PREFER)
def test_every_plan_can_be_carried_out_and_is_worth_what_it_says(seed: int, prefer: str) -> None:
    problem = random_problem(seed)
    solution = solve(problem, prefer)
    if solution is not None:
        moves = [Move(step.act, step.start) for step in solution.steps]
        assert replay(problem, moves, prefer) == vector(solution, prefer)


def minutes(text: str) -> dt.time:
    return dt.time(int(text[:2]), int(text[3:]))


def is_open(catalogue: Catalogue, calendar: str, date: dt.date) -> bool:
    rules, here = catalogue.calendars[calendar], f"{date:%m-%d}"
    if rules.weekends == "closed" and date.strftime("%a") in ("Sat", "Sun"):
        return False
    if rules.holidays == "closed" and jpholiday.is_holiday(date):
        return False
    return not any(
        span.start <= here <= span.end if span.start <= span.end else here >= span.start or here <= span.end
        for span in rules.closed
    )


def months_later(date: dt.date, months: int) -> dt.date:
    total = date.year * 12 + date.month - 1 + months
    for day in range(date.day, 0, -1):
        try:
            return dt.date(total // 12, total % 12 + 1, day)
        except ValueError:
            continue
    raise AssertionError


def arrival(catalogue: Catalogue, lead: Lead | None, begin: dt.datetime, end: dt.datetime) -> dt.datetime | None:
    """Return when something given is in hand in the typical case; None where that is not known."""
    if lead is None:
        return end
    if lead.typical == "unknown":
        return None
    figure = int(lead.typical)
    date = begin.date()
    if lead.unit == "minutes":
        return end + dt.timedelta(minutes=figure)
    if lead.unit == "months":
        date = months_later(date, figure)
    elif lead.unit == "business_days":
        assert lead.calendar is not None
        while figure:
            date += dt.timedelta(days=1)
            figure -= is_open(catalogue, lead.calendar, date)
    else:
        date += dt.timedelta(**{"weeks" if lead.unit == "weeks" else "days": figure})
    return dt.datetime.combine(date, dt.time(23, 59), tzinfo=begin.tzinfo)


def valid(value: Any, date: dt.date) -> bool:  # noqa: ANN401 - anything with since and until
    return (value.since is None or date >= value.since) and (value.until is None or date <= value.until)


class Walk:
    """A plan carried out step by step, by the catalogue's texts."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.catalogue: Catalogue = plan.facts.catalogue
        self.here: Circumstances = plan.here
        self.clock = moment(plan.start)
        self.hand: dict[str, dt.datetime] = dict.fromkeys(plan.here.holds, self.clock)
        self.source: dict[str, str] = {}
        self.office: str | None = None
        self.visit: tuple[str, dt.date] | None = None
        self.trips = 0
        self.done: dict[str, PlanStep] = {}
        self.ready: dict[str, dt.date | None] = {}

    def whole(self) -> Walk:
        for step in self.plan.steps:
            self.check_time(step)
            self.check_papers(step)
            self.check_limit(step)
            self.check_visit(step)
            self.do(step)
        return self

    def procedure(self, step: PlanStep) -> Procedure:
        return self.catalogue.procedures[step.procedure]

    def check_time(self, step: PlanStep) -> None:
        procedure, office = self.procedure(step), self.catalogue.offices[step.office]
        begin, end = moment(step.start), moment(step.end)
        way = self.plan.options.travel_minutes if office.channel == "counter" and step.office != self.office else 0
        assert procedure.office == step.office
        assert begin >= self.clock + dt.timedelta(minutes=way), "one thing at a time, and the way to the counter"
        assert end == begin + dt.timedelta(minutes=procedure.takes.typical)
        windows = [text.split("-") for text in procedure.reception or office.reception]
        assert any(minutes(opens) <= begin.time() <= minutes(closes) for opens, closes in windows)
        assert is_open(self.catalogue, procedure.calendar or office.calendar, begin.date())
        assert valid(procedure, begin.date())
        assert self.here.fits(procedure.when)
        things = [self.procedure(other).instead_of or other.procedure for other in self.done.values()]
        assert (procedure.instead_of or step.procedure) not in things, "once only"
        if procedure.urgent:
            assert all(self.procedure(other).urgent for other in self.done.values())

    def check_papers(self, step: PlanStep) -> None:
        procedure, begin = self.procedure(step), moment(step.start)
        in_hand = {item for item, since in self.hand.items() if since <= begin}
        brought = {
            kind: [paper.item for paper in step.bring if paper.kind == kind] for kind in ("required", "evidence")
        }
        assert in_hand >= {*brought["required"], *brought["evidence"]}
        required = [set(r.any_of) for r in procedure.requires if self.here.fits(r.when)]
        assert len(brought["required"]) == len(required)
        assert all(item in any_of for item, any_of in zip(brought["required"], required, strict=True))
        if procedure.evidence:
            assert self.proves(procedure.evidence, brought["evidence"], begin.date())
        else:
            assert not brought["evidence"]
        for item in (*brought["required"], *brought["evidence"]):
            assert item not in self.source or self.source[item] in step.after, "after says where a paper comes from"

    def proves(self, name: str, papers: list[str], date: dt.date) -> bool:
        """Tell whether papers are just what one combination of a rule asks for."""
        rule = self.catalogue.evidence[name]
        least = CERTAINTIES.index(self.plan.options.certainty)
        classes = {
            label: {m.item for m in members if valid(m, date) and CERTAINTIES.index(m.certainty) <= least}
            for label, members in self.catalogue.counters[rule.counter].classes.items()
        }
        return len(set(papers)) == len(papers) and any(
            sum(pairs.values()) == len(papers)
            and all(len(classes[label].intersection(papers)) >= count for label, count in pairs.items())
            for pairs in rule.any_of
        )

    def check_limit(self, step: PlanStep) -> None:
        procedure = self.procedure(step)
        begin = moment(step.start).date()
        if procedure.same_day_as:
            assert moment(self.thing(procedure.same_day_as).start).date() == begin
        within = procedure.within
        if within is None:
            assert step.deadline is None
            return
        first = moment(self.plan.start if within.of == "loss" else self.thing(within.of).start).date()
        last = first + dt.timedelta(days=within.days - (within.first_day == "counted"))
        assert begin <= last
        if within.of != "loss":
            assert self.thing(within.of).id in step.after
            if first == begin:
                assert step.deadline is None, "what is done at once has no deadline to tell"
                return
        calendar = procedure.calendar or self.catalogue.offices[step.office].calendar
        while not is_open(self.catalogue, calendar, last):
            last -= dt.timedelta(days=1)
        assert step.deadline == last.toordinal()

    def thing(self, name: str) -> PlanStep:
        """Return the step that did what a procedure does, itself or one instead of it."""
        return next(step for step in self.done.values() if name in (step.procedure, self.procedure(step).instead_of))

    def check_visit(self, step: PlanStep) -> None:
        if self.catalogue.offices[step.office].channel != "counter":
            assert step.visit is None
            return
        visit = (step.office, moment(step.start).date())
        self.trips += visit != self.visit
        self.visit, self.office = visit, step.office
        assert step.visit == self.trips

    def do(self, step: PlanStep) -> None:
        procedure, begin, end = self.procedure(step), moment(step.start), moment(step.end)
        for item in procedure.ends:
            self.hand.pop(item, None)
            self.source.pop(item, None)
        comes = [(give.item, arrival(self.catalogue, give.after, begin, end)) for give in procedure.gives]
        known = [when for _, when in comes if when is not None]
        self.ready[step.id] = max(known or [end]).date() if len(known) == len(comes) else None
        for item, when in comes:
            if when is not None and (item not in self.hand or when < self.hand[item]):
                self.hand[item] = when
                self.source[item] = step.id
        self.clock, self.done[step.procedure] = end, step


def ordinal(date: dt.date | None) -> int | None:
    return None if date is None else date.toordinal()


@examples(100)
@given(SEEDS)
def test_every_step_is_possible_by_the_catalogues_own_texts(seed: int) -> None:
    """Open, in time, with every paper in hand, travelled to; and what the plan says of its goals is what it reaches."""
    case = quick_case(seed)
    plan = planned(case)
    walk = Walk(plan).whole()
    assert plan.totals.visits == walk.trips
    for step in plan.steps:
        assert step.ready.typical == ordinal(walk.ready[step.id])
    needs = facts().catalogue.needs
    for gap in plan.gaps:
        counting = [met.item for met in needs[gap.need].met_by if met.until is None or case.here.date <= met.until]
        ways = [item for item in counting if item in walk.hand]
        assert bool(ways) is (gap.need not in {d.name for d in plan.deadlocks if d.kind == "need"})
        if not ways:
            assert gap.span.until == Three(None, None, None)
            continue
        first = min(ways, key=lambda item: walk.hand[item])
        assert gap.span.until.typical == walk.hand[first].date().toordinal()
        earliest = {walk.source.get(item) for item in ways if walk.hand[item] == walk.hand[first]}
        assert gap.because in earliest
    for card in plan.cards:
        assert card.item in {card.lost, *facts().catalogue.items[card.lost].successors}
        assert card.span.until.typical == walk.hand[card.item].date().toordinal()
        assert card.because == walk.source.get(card.item)


@examples(80)
@given(SEEDS)
def test_a_plan_without_deadlocks_leaves_no_duty_and_no_goal_out(seed: int) -> None:
    case = quick_case(seed)
    plan = planned(case)
    assume(not plan.deadlocks)
    done = {step.procedure for step in plan.steps}
    done |= {facts().catalogue.procedures[name].instead_of or name for name in done}
    catalogue, least = facts().catalogue, CERTAINTIES.index(case.options.certainty)
    for name, procedure in catalogue.procedures.items():
        if procedure.duty and case.here.fits(procedure.when) and valid(procedure, case.here.date):
            assert (procedure.instead_of or name) in done or CERTAINTIES.index(procedure.certainty) > least
    assert [gap.need for gap in plan.gaps] == list(case.here.touched)
    back = {card.lost for card in plan.cards}
    assert back <= set(case.situation.lost)
    for lost in {*case.situation.lost} - back:
        # Only a card that nobody issues any more and whose needs are met all along is not wanted back.
        met_by = [{met.item for met in need.met_by} for need in catalogue.needs.values()]
        assert all(ways & case.here.holds for ways in met_by if lost in ways)


# --- Figures ----------------------------------------------------------------------------------------------------------


def in_order(three: Three) -> bool:
    """Tell whether best <= typical <= worst; only the worst may be unknown where the typical case is known."""
    if three.best is None or three.typical is None:
        return three.typical is None
    return three.best <= three.typical and (three.worst is None or three.typical <= three.worst)


def assert_span(span: Days, first: int) -> None:
    assert in_order(span.days)
    assert in_order(span.until)
    assert [None if day is None else day + first for day in span.days] == list(span.until)


@examples(80)
@given(SEEDS)
def test_figures_are_in_order_and_totals_are_the_sums_of_the_steps(seed: int) -> None:
    plan = planned(quick_case(seed))
    first = plan.start // DAY
    for gap in plan.gaps:
        assert_span(gap.span, first)
        if gap.fallback and gap.fallback.span:
            assert_span(gap.fallback.span, first)
    for card in plan.cards:
        assert_span(card.span, first)
    for step in plan.steps:
        assert in_order(step.ready)
    assert plan.totals.fee_low == sum(step.fee_low or 0 for step in plan.steps)
    assert plan.totals.fee_high == sum(step.fee_high or 0 for step in plan.steps)
    assert plan.totals.fee_low <= plan.totals.fee_high
    unknown = any(step.fee_high is None for step in plan.steps)
    assert not (unknown and plan.totals.fee_known)
    assert plan.totals.visits == len({step.visit for step in plan.steps} - {None})
    assert [name for visit in plan.visits for name in visit.steps] == [step.id for step in plan.steps]


@examples(80)
@given(SEEDS)
def test_what_a_plan_refers_to_is_there(seed: int) -> None:
    plan = planned(quick_case(seed))
    ids = [step.id for step in plan.steps]
    assert len(set(ids)) == len(ids)
    for position, step in enumerate(plan.steps):
        assert set(step.after) <= set(ids[:position])
        assert set(step.why.unlocks) == {other.id for other in plan.steps if step.id in other.after}
        assert set(step.sources) <= set(plan.sources)
        assert step.sources
    reasons = {gap.because for gap in plan.gaps} | {card.because for card in plan.cards}
    waits = [wait for gap in plan.gaps for wait in gap.waits] + [wait for card in plan.cards for wait in card.waits]
    assert reasons | {wait.step for wait in waits} <= {None, *ids}
    assert all(wait.since < wait.until for wait in waits)
    assert set(plan.sources) <= set(facts().catalogue.sources)
    assert set(plan_document(plan, "en")["sources"]) == set(plan.sources)


# --- Alternatives -----------------------------------------------------------------------------------------------------


def without(name: str) -> Facts:
    """Return the facts as if a procedure had ended long ago."""
    catalogue = facts().catalogue
    ended = dataclasses.replace(catalogue.procedures[name], until=dt.date(1900, 1, 1))
    procedures = {**catalogue.procedures, name: ended}
    return dataclasses.replace(facts(), catalogue=dataclasses.replace(catalogue, procedures=procedures))


def with_sure_papers() -> Facts:
    """Return the facts as if no office took a paper that it is only thought to take."""

    def sure(counter: Counter) -> Counter:
        return dataclasses.replace(
            counter,
            classes={
                label: tuple(member for member in members if member.certainty in ("confirmed", "reported"))
                for label, members in counter.classes.items()
            },
        )

    catalogue = facts().catalogue
    counters = {name: sure(counter) for name, counter in catalogue.counters.items()}
    return dataclasses.replace(facts(), catalogue=dataclasses.replace(catalogue, counters=counters))


def span_if_refused(case: Case, need: str, procedure: str) -> Days | None:
    """Return the gap if a doubtful step is refused: the procedure itself, or else the papers it rests on."""
    doubtful = facts().catalogue.procedures[procedure].certainty in ("inferred", "unknown")
    other = planned(case, known=without(procedure) if doubtful else with_sure_papers())
    return next((gap.span for gap in other.gaps if gap.need == need and gap.span.days.typical is not None), None)


def chain(plan: Plan, gap: Gap) -> list[PlanStep]:
    """Return the step that ends a gap and all that it rests on."""
    steps = {step.id: step for step in plan.steps}
    queue = [gap.because] if gap.because else []
    for name in queue:
        queue += [other for other in steps[name].after if other not in queue]
    return [steps[name] for name in queue]


@examples(60)
@given(SEEDS)
def test_a_fallback_is_the_plan_without_the_doubt_that_costs_most(seed: int) -> None:
    case = quick_case(seed)
    plan = planned(case)
    for gap in plan.gaps:
        doubtful = [step for step in chain(plan, gap) if step.certainty in ("inferred", "unknown")]
        spans = {step.procedure: span_if_refused(case, gap.need, step.procedure) for step in doubtful}
        if gap.fallback is None:
            assert not doubtful
            continue
        assert gap.fallback.span == spans[gap.fallback.without]
        if gap.fallback.span is not None:
            worst = typical(gap.fallback.span.days)
            assert all(span is not None and typical(span.days) <= worst for span in spans.values())
            assert worst >= typical(gap.span.days) or case.options.prefer != "fastest"


def days_of(plan: Plan) -> dict[tuple[str, str], int]:
    needs = {("need", gap.need): typical(gap.span.days) for gap in plan.gaps if gap.span.days.typical is not None}
    return {**needs, **{("card", card.lost): typical(card.span.days) for card in plan.cards}}


def saved(plan: Plan, other: Plan) -> dict[tuple[str, str], int]:
    mine, theirs = days_of(plan), days_of(other)
    return {goal: mine[goal] - days for goal, days in theirs.items() if mine.get(goal, days) > days}


@examples(20)
@given(SEEDS)
def test_improvements_are_all_the_papers_that_save_days_and_what_they_save(seed: int) -> None:
    """Every paper that is asked for is tried, so that none is passed over; a need and a card of one name are one."""
    case = quick_case(seed)
    plan = planned(case)
    offered = {paper.item: paper for paper in plan.improvements}
    spoken_for = {*case.here.holds, *case.situation.lost}
    for name, item in sorted(facts().catalogue.items.items()):
        if item.ask is None or name in spoken_for or not valid(item, case.here.date):
            assert name not in offered
            continue
        with_paper = case._replace(situation=case.situation._replace(have=(*case.situation.have, name)))
        other = planned(with_paper)
        savings = saved(plan, other)
        opened = {d.name for d in plan.deadlocks if d.kind != "duty"} - {d.name for d in other.deadlocks}
        if name not in offered:
            assert not savings, name
            assert not opened, name
            continue
        paper = offered[name]
        assert set(paper.saves) == {goal for _, goal in savings}
        for goal, days in paper.saves.items():
            assert days in {amount for (_, which), amount in savings.items() if which == goal}
        assert set(paper.unlocks) == opened


# --- Purity -----------------------------------------------------------------------------------------------------------


def snapshot(value: object) -> object:
    """Return a value that shares nothing with the facts and compares equal only if they are the same."""
    if dataclasses.is_dataclass(value):
        return (
            type(value).__name__,
            [(field.name, snapshot(getattr(value, field.name))) for field in dataclasses.fields(value)],
        )
    if isinstance(value, dict):
        return [(key, snapshot(child)) for key, child in value.items()]
    if isinstance(value, tuple):
        return (type(value).__name__, [snapshot(child) for child in value])
    return value


@examples(25)
@given(SEEDS)
def test_planning_twice_gives_the_same_and_changes_nothing_it_was_given(seed: int) -> None:
    case = quick_case(seed)
    before = snapshot((facts(), case.situation, case.options))
    plan = planned(case, explain=True)
    assert planned(case, explain=True) == plan
    assert snapshot((facts(), case.situation, case.options)) == before


@examples(60)
@given(SEEDS, PREFER)
def test_solving_twice_gives_the_same_and_changes_nothing_it_was_given(seed: int, prefer: str) -> None:
    problem, untouched = random_problem(seed), random_problem(seed)
    assert solve(problem, prefer) == solve(problem, prefer)
    same = problem._replace(acts=(), goals=untouched.goals)
    assert same == untouched._replace(acts=())
    for act, other in zip(problem.acts, untouched.acts, strict=True):
        # Calendars have no equality; what they leave open is compared instead.
        span = range(problem.start // DAY, problem.horizon + 1)
        assert [day in act.days for day in span] == [day in other.days for day in span]
        assert act._replace(days=other.days, gives=()) == other._replace(gives=())
        assert [(item, lead and lead[:2]) for item, lead in act.gives] == [
            (item, lead and lead[:2]) for item, lead in other.gives
        ]


def test_building_twice_gives_the_same_problem() -> None:
    situation = Situation(lost=("mynacard", "licence"), linked=("insurance-registration",), have=("passport",))
    date = dt.date(2026, 11, 24)
    here = understand(facts().catalogue, situation, date)
    one, two = (Builder(facts(), Options(), date.toordinal() * DAY + 540).build(here) for _ in range(2))
    assert [act.id for act in one.problem.acts] == [act.id for act in two.problem.acts]
    assert one.problem._replace(acts=()) == two.problem._replace(acts=())
