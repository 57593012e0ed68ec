"""What a sheet is made of: finished words of one language, and the few machine values beside them.

No layout and no markup stand here: every text is to be printed as it is. An empty text or tuple means that there is
nothing to say. Dates are ISO texts; None means not known.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "Blank",
    "Call",
    "Calls",
    "Day",
    "Deadlocks",
    "Figure",
    "Heading",
    "HowLong",
    "Impasse",
    "Paper",
    "Phone",
    "Said",
    "Section",
    "Sheet",
    "Source",
    "Span",
    "Step",
    "Understood",
    "Visit",
]


class Said(NamedTuple):
    """A sentence and its tone: strong, warning, faint, or plain (empty)."""

    text: str
    tone: str = ""


class Section(NamedTuple):
    """A heading and its entries; without entries it is left out. `name` tells which section it is."""

    name: str
    heading: str
    entries: tuple[str, ...]


class Understood(NamedTuple):
    """What the person told us, as pairs of label and value."""

    heading: str
    pairs: tuple[tuple[str, str], ...]


class Span(NamedTuple):
    """Days from the loss, and the ISO dates on which they end."""

    best: int | None
    typical: int | None
    worst: int | None
    best_day: str | None
    typical_day: str | None
    worst_day: str | None


class Figure(NamedTuple):
    """How long a need cannot be met or a card is away: the figure in one line, then what it rests on.

    `name` is the id of the need or card, `title` the line without its figure, `days` the figure alone (empty where a
    title says it all), `because` the step that ends it (None: nothing has to be waited for).
    """

    kind: str
    name: str
    title: str
    days: str
    line: str
    lines: tuple[Said, ...]
    span: Span
    because: str | None


class HowLong(NamedTuple):
    """All figures; `notices` are what changes the question, `tradeoff` what a preference costs."""

    heading: str
    notices: tuple[str, ...]
    figures: tuple[Figure, ...]
    totals: str
    tradeoff: str


class Impasse(NamedTuple):
    """A goal that no known way reaches, and what to try."""

    text: str
    ways: tuple[str, ...]


class Deadlocks(NamedTuple):
    """The goals that are not reached; `rest` says what holds for the others."""

    heading: str
    impasses: tuple[Impasse, ...]
    rest: str


class Phone(NamedTuple):
    """A telephone: `line` is the whole sentence, `dial` the digits to call (empty: a fax), `note` whom it serves."""

    line: str
    number: str
    dial: str
    note: str


class Blank(NamedTuple):
    """Something to be written down by hand. `line` has room drawn in characters, `label` has none."""

    line: str
    label: str


class Paper(NamedTuple):
    """A paper to have in hand at a visit: `line` is the whole sentence, `why` what it is for; `key` is stable."""

    key: str
    line: str
    title: str
    why: str
    note: str


class Step(NamedTuple):
    """One act. `heading` has its number and title; `details` are fee, arrival, deadline and doubts, in this order.

    `no_return` says that it cannot be undone, `no_return_why` what to think of before.
    `blanks` are what the act brings in writing, `records` the labels of what else to note down there.
    """

    key: str
    id: str
    heading: str
    title: str
    time: str
    how_to: str
    blanks: tuple[Blank, ...]
    records: tuple[str, ...]
    details: tuple[Said, ...]
    no_return: str
    no_return_why: str
    why: tuple[str, ...]
    cited: str
    sources: tuple[int, ...]
    start: str
    end: str


class Visit(NamedTuple):
    """One trip to a counter, or acts by phone, online or post. `heading` has number, office and windows in one line.

    `ordinal` is "Visit 2", empty where nobody goes anywhere; `key` is the office's, as in a `Call`.
    """

    key: str
    number: int | None
    heading: str
    ordinal: str
    office: str
    windows: str
    find: str
    phones: tuple[Phone, ...]
    bring: str
    act: str
    papers: tuple[Paper, ...]
    steps: tuple[Step, ...]


class Day(NamedTuple):
    """The visits under one heading: right now, or a day."""

    heading: str
    right_now: bool
    date: str
    visits: tuple[Visit, ...]


class Call(NamedTuple):
    """What to ask one office; `blank` is the line to note the answer on, `blanks` its labels alone."""

    key: str
    heading: str
    office: str
    phones: tuple[Phone, ...]
    questions: tuple[str, ...]
    blank: str
    blanks: tuple[str, ...]


class Calls(NamedTuple):
    """Whom to call first; without offices it is left out."""

    heading: str
    offices: tuple[Call, ...]


class Source(NamedTuple):
    """Where a fact was read; `line` has publisher, title and date."""

    number: int
    line: str
    publisher: str
    title: str
    date: str
    url: str


class Heading(NamedTuple):
    """The head of the sheet."""

    language: str
    title: str
    since: str
    facts: str
    start: str
    as_of: str


class Sheet(NamedTuple):
    """The whole plan in words of one language."""

    head: Heading
    understood: Understood
    assumed: Section
    how_long: HowLong
    deadlocks: Deadlocks
    days: tuple[Day, ...]
    meanwhile: Section
    no_return: Section
    call_first: Calls
    afterwards: Section
    shorten: Section
    advice: Section
    sources_heading: str
    sources: tuple[Source, ...]
    disclaimer: str
