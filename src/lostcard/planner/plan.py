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
    "Due",
    "Fallback",
    "Followup",
    "Gap",
    "Improvement",
    "Lines",
    "Lost",
    "Note",
    "Numbers",
    "Packed",
    "Plan",
    "PlanStep",
    "Route",
    "Three",
    "Totals",
    "Tradeoff",
    "Visit",
    "Wait",
    "Why",
    "Words",
]


class Note(NamedTuple):
    """A message key and what goes into it."""

    key: str
    params: dict[str, object] = {}  # noqa: RUF012 - never written to


Words: TypeAlias = Text | Note


class Numbers(tuple[int, ...]):
    """Numbers of rows, to be said as ranges."""

    __slots__ = ()


class Lines(tuple[Words, ...]):
    """Words that stand one below the other."""

    __slots__ = ()


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


class Wait(NamedTuple):
    """A wait on the way to a goal, from the day `since` to the day `until`.

    `lead`: what a step gives is on its way. `closed`: the step's office is shut. `over`: that day's reception was over
    or not to be reached. `rule`: the procedure exists only from `until` on.
    """

    kind: str
    step: str
    since: int
    until: int


class Gap(NamedTuple):
    """For how long a need cannot be met, and the step that ends it (None: it never opened)."""

    need: str
    span: Days
    because: str | None
    waits: tuple[Wait, ...]
    fallback: Fallback | None


class CardBack(NamedTuple):
    """When a lost card, or what replaces it, is in hand."""

    lost: str
    item: str
    span: Days
    because: str | None
    waits: tuple[Wait, ...]


class Bring(NamedTuple):
    """A paper to take along, and why. `kind`: required, evidence, or own (the person makes or fetches it)."""

    item: str
    kind: str
    why: Words


class Lost(NamedTuple):
    """An alternative that lost against a step: the plan without the step's procedure, as differences to the plan."""

    gaps: dict[str, int]
    last: int | None
    visits: int | None
    fee: int | None


class Why(NamedTuple):
    """Why a step is in the plan: the steps it unlocks, and what the plan would be without it (None: not asked)."""

    unlocks: tuple[str, ...]
    without: Lost | None


class PlanStep(NamedTuple):
    """One act of the plan. `visit` numbers the visits from 1 (None: phone, online, post).

    `doubtful`: its certainty is so low that the reader is told.
    """

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
    fee_note: Text | None
    windows: tuple[str, ...]
    certainty: str
    doubtful: bool
    questions: tuple[Words, ...]
    after: tuple[str, ...]
    deadline: int | None
    sources: tuple[str, ...]
    why: Why


class Due(NamedTuple):
    """The last day for something, by a rule that counts from the day `since` to the day `rule`.

    `act`: `name` is a procedure, which `step` does (None: no step can), and `day` the last day its office is open.
    `claim`: `name` is the guidance with the claim; `since` is the earliest day from which it can count.
    """

    kind: str
    name: str
    step: str | None
    since: int
    rule: int
    day: int
    sources: tuple[str, ...]


class Packed(NamedTuple):
    """A paper in the hand for a visit: the steps that want it, and the step of the same visit that hands it out."""

    item: str
    whys: tuple[Words, ...]
    steps: tuple[str, ...]
    handed_out: str | None


class Visit(NamedTuple):
    """One trip to a counter (`number` from 1), or acts by phone, online or post in between (`number` None).

    `always`: the windows are the whole day.
    """

    number: int | None
    office: str
    right_now: bool
    start: int
    windows: tuple[str, ...]
    always: bool
    steps: tuple[str, ...]
    bring: tuple[Packed, ...]


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
    from_day: int
    fee_low: int | None
    fee_high: int | None


class Tradeoff(NamedTuple):
    """What the preference costs against the fastest plan: days per need and for the last card, yen, visits."""

    gaps: dict[str, int]
    last: int
    fee: int
    visits: int


class Blocked(NamedTuple):
    """What stands in the way: an evidence rule that cannot be met, or items (any one of them) that nothing gives.

    `procedures` are those it stops, `at_hand` the papers of the rule that the person has or will have, `others` the
    papers that would count too.
    """

    evidence: str | None
    procedures: tuple[str, ...]
    at_hand: tuple[str, ...]
    others: tuple[str, ...]


class Deadlock(NamedTuple):
    """A goal (`need`, `card` or `duty`) that no known way reaches, what stands in the way, and what to ask about.

    `pending` are steps of the plan that do bring it, but nobody says in how many days.
    """

    kind: str
    name: str
    pending: tuple[str, ...]
    blocked: tuple[Blocked, ...]
    ask: tuple[str, ...]


class Plan(NamedTuple):
    """The whole answer. Where `deadlocks` is not empty the rest is the plan for what can be reached.

    `notices`: what changes the person's question (a card that no longer counts). `meanwhile`: how to live with the
    gaps. `warnings`: what else to know.
    """

    facts: Facts
    here: Circumstances
    options: Options
    start: int
    gaps: tuple[Gap, ...]
    cards: tuple[CardBack, ...]
    steps: tuple[PlanStep, ...]
    visits: tuple[Visit, ...]
    totals: Totals
    assumptions: tuple[Words, ...]
    notices: tuple[Words, ...]
    meanwhile: tuple[Words, ...]
    warnings: tuple[Words, ...]
    improvements: tuple[Improvement, ...]
    routes: tuple[Route, ...]
    followups: tuple[Followup, ...]
    tradeoff: Tradeoff | None
    deadlocks: tuple[Deadlock, ...]
    deadlines: tuple[Due, ...]
    sources: tuple[str, ...]
