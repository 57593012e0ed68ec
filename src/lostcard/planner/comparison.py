"""Scenarios side by side: which choice costs how many days. Every row is a plan as `make_plan` makes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lostcard.catalogue.facts import Facts
from lostcard.errors import NoPlanError
from lostcard.planner.assemble import make_plan
from lostcard.planner.clock import DAY
from lostcard.planner.plan import Note, Plan, Three, Words
from lostcard.planner.situation import Options, Situation

__all__ = ["COLUMNS", "Cell", "Comparison", "Fees", "Group", "PhoneFirst", "Photo", "Row", "Scenario", "latest", "rows"]

COLUMNS = ("cards", "visits", "fee", "photo", "phone")
"""What is compared besides the days of each need."""

NO_DAYS = Three(0, 0, 0)
NOT_KNOWN = Three(None, None, None)


class Scenario(NamedTuple):
    """A situation with its constraints. `group` is the heading it stands under, `assumed` what the caller took.

    `way` is the way of holding, which comes again under other headings; what it says is no assumption (`settled`).
    """

    id: str
    title: Words
    situation: Situation
    options: Options
    start: int
    group: Words | None = None
    assumed: tuple[Words, ...] = ()
    way: str = ""
    settled: tuple[str, ...] = ()


class Cell(NamedTuple):
    """Days of one need, or until every lost card is back.

    `state`: `known`; `untouched` (the loss does not concern it, or what is held is enough); `unknown` (a step brings
    it, but nobody says when); `no-way`. `refused`: the days if a step is turned down that may be; all None: no way is
    left then.
    """

    state: str
    days: Three
    refused: Three | None = None


class Fees(NamedTuple):
    """Fees in yen. `known` is false if the fee of a step is unknown, `certain` also if one is only inferred."""

    low: int
    high: int
    known: bool
    certain: bool


class Photo(NamedTuple):
    """Photo identity left after the loss; if none is, the first that comes and in how many days."""

    left: tuple[str, ...]
    first: str | None
    days: int | None


class PhoneFirst(NamedTuple):
    """What to ask an office before going there."""

    office: str
    questions: tuple[Words, ...]


class Row(NamedTuple):
    """One scenario and its plan, or the reason why there is none on that date.

    `number` counts the rows of the whole comparison from 1.
    `also` are the scenarios that come out as the very same plan; `assumptions` are those not shared by every row.
    """

    number: int
    scenario: Scenario
    also: tuple[Scenario, ...]
    plan: Plan | None
    refusal: Note | None
    days: dict[str, Cell]
    visits: int | None
    fees: Fees | None
    photo: Photo | None
    phone: tuple[PhoneFirst, ...]
    assumptions: tuple[Words, ...]


class Group(NamedTuple):
    """Rows that answer one question. `wins`: column → ids of the rows that do best in it; empty where all tie."""

    title: Words | None
    rows: tuple[Row, ...]
    wins: dict[str, tuple[str, ...]]
    sentences: tuple[Note, ...]


class Comparison(NamedTuple):
    """The whole answer. `kind`: routes, holdings, eras or scenarios; `needs` are the needs that any row touches."""

    kind: str
    facts: Facts
    needs: tuple[str, ...]
    groups: tuple[Group, ...]
    assumptions: tuple[Words, ...]


def rows(facts: Facts, scenarios: Sequence[Scenario], *, explain: bool = False) -> list[Row]:
    """Plan every scenario; those of one group with the very same plan become one row.

    Raises:
        UsageError: a situation contradicts itself.

    """
    made: list[Row] = []
    for scenario in scenarios:
        row = _row(facts, scenario, len(made) + 1, explain=explain)
        place = next((i for i, other in enumerate(made) if _same(row, other)), None)
        if place is None:
            made.append(row)
        else:
            made[place] = made[place]._replace(also=(*made[place].also, scenario))
    return made


def _same(one: Row, other: Row) -> bool:
    """Tell whether two rows are one: the same question, and the same acts at the same minutes with the same waits."""
    if one.plan is None or other.plan is None:
        return False
    return _question(one) == _question(other) and _answer(one.plan) == _answer(other.plan)


def _question(row: Row) -> object:
    scenario = row.scenario
    return (scenario.group, scenario.situation, scenario.start, scenario.options.travel_minutes)


def _answer(plan: Plan) -> object:
    return [(step.procedure, step.start, step.end) for step in plan.steps], plan.gaps, plan.cards


def _row(facts: Facts, scenario: Scenario, number: int, *, explain: bool) -> Row:
    try:
        plan = make_plan(facts, scenario.situation, scenario.options, scenario.start, explain=explain)
    except NoPlanError as error:
        refusal = Note(error.key, error.params)
        return Row(number, scenario, (), None, refusal, {}, None, None, None, (), ())
    own = tuple(words for words in plan.assumptions if not (isinstance(words, Note) and words.key in scenario.settled))
    plan = plan._replace(assumptions=(*scenario.assumed, *own))
    return Row(
        number=number,
        scenario=scenario,
        also=(),
        plan=plan,
        refusal=None,
        days={**_needs(plan), "cards": _cards(plan)},
        visits=plan.totals.visits,
        fees=Fees(
            plan.totals.fee_low,
            plan.totals.fee_high,
            known=all(step.fee_high is not None for step in plan.steps),
            certain=plan.totals.fee_known,
        ),
        photo=_photo(plan),
        phone=tuple(_phone(plan)),
        assumptions=plan.assumptions,
    )


def _needs(plan: Plan) -> dict[str, Cell]:
    cells = {need: Cell("untouched", NO_DAYS) for need in plan.facts.catalogue.needs}
    for gap in plan.gaps:
        if gap.span.days.typical is None:
            cells[gap.need] = Cell(_missing(plan, "need", gap.need), NOT_KNOWN)
        elif gap.because is None:
            cells[gap.need] = Cell("untouched", NO_DAYS)
        else:
            refused = None
            if gap.fallback:
                refused = gap.fallback.span.days if gap.fallback.span else NOT_KNOWN
            cells[gap.need] = Cell("known", gap.span.days, refused)
    return cells


def _missing(plan: Plan, kind: str, name: str) -> str:
    pending = any(deadlock.pending for deadlock in plan.deadlocks if (deadlock.kind, deadlock.name) == (kind, name))
    return "unknown" if pending else "no-way"


def _cards(plan: Plan) -> Cell:
    """Return the days until the last of the lost cards, or of what takes their place, is in hand."""
    out = [_missing(plan, "card", deadlock.name) for deadlock in plan.deadlocks if deadlock.kind == "card"]
    if out:
        return Cell("no-way" if "no-way" in out else "unknown", NOT_KNOWN)
    back = [card.span.days for card in plan.cards if card.because is not None]
    if not back:
        return Cell("untouched", NO_DAYS)
    return Cell("known", latest(back))


def latest(spans: Sequence[Three]) -> Three:
    """Return the latest of each figure; None where one of them is not known."""
    columns = [list(figures) for figures in zip(*spans, strict=True)]
    return Three(*(None if None in figures else max(filter(None, figures), default=0) for figures in columns))


def _photo(plan: Plan) -> Photo:
    items = plan.facts.catalogue.items
    left = tuple(name for name in sorted(plan.here.holds) if items[name].photo_id)
    coming = [
        (step.ready.typical - plan.start // DAY, name)
        for step in plan.steps
        if step.ready.typical is not None
        for name in step.gives
        if items[name].photo_id
    ]
    days, first = min(coming, default=(None, None))
    return Photo(left, None, None) if left else Photo((), first, days)


def _phone(plan: Plan) -> Iterable[PhoneFirst]:
    asked: dict[str, list[Words]] = {}
    for step in plan.steps:
        known = asked.setdefault(step.office, [])
        known += [words for words in step.questions if words not in known]
    offices = plan.facts.catalogue.offices
    return [
        PhoneFirst(office, tuple(questions))
        for office, questions in asked.items()
        if questions and offices[office].channel != "online"  # a form has no telephone
    ]
