"""The plan as a value: everything a renderer prints, and nothing it would have to decide.

Texts are catalogue `Text`s or `Note`s (a message key with its parameters); the wording of notes stands in
`lostcard.messages`. Days are ordinals, minutes as in `lostcard.planner.clock`; None means not known.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from lostcard.catalogue.facts import Facts
from lostcard.catalogue.model import Text
from lostcard.planner.situation import Circumstances, Options

__all__ = [
    "Blocked",
    "Bring",
    "CardBack",
    "Days",
    "Deadlock",
    "Fallback",
    "Followup",
    "Gap",
    "Improvement",
    "Lost",
    "Note",
    "Plan",
    "PlanStep",
    "Route",
    "Three",
    "Totals",
    "Tradeoff",
    "Why",
    "Words",
]


class Note(NamedTuple):
    """A message key and what goes into it."""

    key: str
    params: dict[str, object] = {}  # noqa: RUF012 - never written to


Words: TypeAlias = Text | Note


class Three(NamedTuple):
    """One figure at minimum, typical and maximum lead times."""

    best: int | None
    typical: int | None
    worst: int | None


class Days(NamedTuple):
    """Days from the loss, and the days (ordinals) on which they end."""

    days: Three
    until: Three


class Fallback(NamedTuple):
    """The gap of the best plan without a procedure that may be refused; None where no plan is left."""

    without: str
    span: Days | None


class Gap(NamedTuple):
    """For how long a need cannot be met, and the step that ends it (None: it never opened)."""

    need: str
    span: Days
    because: str | None
    chain: tuple[str, ...]
    fallback: Fallback | None


class CardBack(NamedTuple):
    """When a lost card, or what replaces it, is in hand."""

    lost: str
    item: str
    span: Days
    because: str | None


class Bring(NamedTuple):
    """A paper to take along, and why. `kind`: required, evidence, or own (the person makes or fetches it)."""

    item: str
    kind: str
    why: Words


class Lost(NamedTuple):
    """An alternative that lost against a step: the plan without the step's procedure, as differences to the plan."""

    gaps: dict[str, int | None]
    last: int | None
    visits: int | None
    fee: int | None


class Why(NamedTuple):
    """Why a step is in the plan: what it unlocks, what it waits for, and what the plan would be without it."""

    unlocks: tuple[str, ...]
    waits_for: tuple[str, ...]
    waited: bool
    without: Lost | None


class PlanStep(NamedTuple):
    """One act of the plan. `visit` numbers the visits from 1 (None: phone, online, post)."""

    id: str
    procedure: str
    office: str
    start: int
    end: int
    visit: int | None
    right_now: bool
    bring: tuple[Bring, ...]
    gives: tuple[str, ...]
    ends: tuple[str, ...]
    lead: bool
    ready: Three
    fee_low: int | None
    fee_high: int | None
    fee_certain: bool
    certainty: str
    questions: tuple[Words, ...]
    after: tuple[str, ...]
    deadline: int | None
    sources: tuple[str, ...]
    why: Why


class Totals(NamedTuple):
    """Visits and fees of the whole plan; `fee_known` is false where a fee is unknown or only inferred."""

    visits: int
    fee_low: int
    fee_high: int
    fee_known: bool


class Improvement(NamedTuple):
    """A paper the person may have but did not mention: days saved per need and card, goals it would open at all."""

    item: str
    saves: dict[str, int]
    unlocks: tuple[str, ...]


class Route(NamedTuple):
    """A procedure that is not counted on because too little is known; days it could save, where that is computable."""

    procedure: str
    saves: dict[str, int]
    unlocks: tuple[str, ...]
    days_known: bool


class Followup(NamedTuple):
    """Something worth doing afterwards that no goal needs, and the first day on which it can be done."""

    procedure: str
    from_day: int | None
    fee_low: int | None
    fee_high: int | None


class Tradeoff(NamedTuple):
    """What the preference costs against the fastest plan: days per need and for the last card, yen, visits."""

    gaps: dict[str, int]
    last: int
    fee: int
    visits: int


class Blocked(NamedTuple):
    """A procedure that would reach a goal but cannot be done: the evidence rule or the items that are missing."""

    procedure: str
    evidence: str | None
    items: tuple[str, ...]
    ways: tuple[str, ...]


class Deadlock(NamedTuple):
    """A goal (`need`, `card` or `duty`) that no known way reaches, and what stands in each way."""

    kind: str
    name: str
    blocked: tuple[Blocked, ...]
    ask: tuple[str, ...]


class Plan(NamedTuple):
    """The whole answer. Where `deadlocks` is not empty the rest is the plan for what can be reached."""

    facts: Facts
    here: Circumstances
    options: Options
    start: int
    gaps: tuple[Gap, ...]
    cards: tuple[CardBack, ...]
    steps: tuple[PlanStep, ...]
    totals: Totals
    assumptions: tuple[Words, ...]
    now: tuple[Words, ...]
    warnings: tuple[Words, ...]
    improvements: tuple[Improvement, ...]
    routes: tuple[Route, ...]
    followups: tuple[Followup, ...]
    tradeoff: Tradeoff | None
    deadlocks: tuple[Deadlock, ...]
    sources: tuple[str, ...]
