"""The catalogue's model: every fact of the domain as a frozen record.

The classes are stdlib dataclasses so that an ordinary run imports no validator. Whenever YAML is read,
`lostcard.catalogue.load` validates them through pydantic (unknown keys forbidden).

A value holds from `since` to `until`, both inclusive; `certainty` is never better than its source; what is not known is
the word ``unknown``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import FrozenInstanceError, dataclass
from typing import Any, ClassVar, Literal

__all__ = [
    "CERTAINTIES",
    "HOWS",
    "OLDEST",
    "RESERVED_ROUTES",
    "Assumption",
    "Calendar",
    "Catalogue",
    "Claim",
    "ClosedSpan",
    "Condition",
    "Counter",
    "EvidenceRule",
    "Fee",
    "Give",
    "Guidance",
    "Holding",
    "Insurer",
    "Item",
    "Lead",
    "Member",
    "Met",
    "Need",
    "Office",
    "Phone",
    "Procedure",
    "Requirement",
    "Route",
    "Season",
    "Source",
    "Takes",
    "Text",
    "Within",
]

Certainty = Literal["confirmed", "reported", "inferred", "unknown"]
Unknown = Literal["unknown"]
How = Literal["outside", "home", "stolen", "fire"]
Unit = Literal["minutes", "business_days", "calendar_days", "weeks", "months"]

CERTAINTIES: tuple[Certainty, ...] = ("confirmed", "reported", "inferred", "unknown")
"""From the most to the least certain."""

OLDEST = 130
"""The highest age, in completed years, that a person can give."""

RESERVED_ROUTES = ("best", "fastest", "cheapest", "fewest-visits")
"""What the rows are called that a comparison adds to the catalogue's routes."""

HOWS: tuple[How, ...] = ("outside", "home", "stolen", "fire")


class Record:
    """What all records share: made from named fields, never changed, unknown keys refused by pydantic.

    This is `dataclass(frozen=True)` by hand: generating the same methods for each class takes longer than reading the
    whole compiled catalogue, on every start.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    _required: ClassVar[frozenset[str]]

    def __init_subclass__(cls) -> None:
        cls._required = frozenset(name for name in cls.__annotations__ if name not in vars(cls))

    def __init__(self, **fields: Any) -> None:  # noqa: ANN401 - each class declares its own
        if not self._required <= fields.keys() <= self.__class__.__annotations__.keys():
            raise TypeError(sorted(fields))
        self.__dict__.update(fields)

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(name)

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(name)


@dataclass(init=False, eq=False, repr=False)
class Text(Record):
    """A short text in both languages. Official names stay Japanese in `en`, with English beside."""

    ja: str
    en: str


@dataclass(init=False, eq=False, repr=False)
class Source(Record):
    """Where a fact was read. `date` is the page's own date (``unknown`` where it shows none)."""

    title: Text
    publisher: Text
    url: str
    date: dt.date | Unknown
    kind: Literal["law", "ministry", "municipality", "police", "insurer", "press", "article"]


@dataclass(init=False, eq=False, repr=False)
class ClosedSpan(Record):
    """Days of every year on which an office is closed: month-day to month-day, inclusive, may wrap the year."""

    start: str  # "12-29"
    end: str  # "01-03"
    source: tuple[str, ...]


@dataclass(init=False, eq=False, repr=False)
class Calendar(Record):
    """Which days count as open (for an office) or as business days (for a lead time)."""

    weekends: Literal["open", "closed"]
    holidays: Literal["open", "closed"]
    closed: tuple[ClosedSpan, ...] = ()


@dataclass(init=False, eq=False, repr=False)
class Phone(Record):
    """A telephone number as it is dialled, and whom it serves; `fax`: it answers no voice."""

    number: str
    note: Text
    fax: bool = False


@dataclass(init=False, eq=False, repr=False)
class Office(Record):
    """A place, counter, hotline or web page.

    `reception` are the windows in which an act may *begin* ("08:30-17:00", both ends inclusive), not opening hours.
    An office with channel `counter` is reached by travelling; the others from wherever the person is.
    """

    title: Text
    channel: Literal["counter", "phone", "online", "post"]
    calendar: str
    reception: tuple[str, ...]
    find: Text
    certainty: Certainty
    source: tuple[str, ...]
    phones: tuple[Phone, ...] = ()
    call_first: Text | None = None


@dataclass(init=False, eq=False, repr=False)
class Item(Record):
    """Anything a person can hold. A `record` lives on its `carrier` and is lost with it.

    `losable`: may be named with --lost. `photo_id`: a public paper with a photo.
    `successors`: what replaces it today when it cannot be issued again.
    `ask`: rank in the list of papers the person may have but did not mention (absent: never asked for).
    """

    title: Text
    kind: Literal["card", "record", "document", "number", "notice", "photo", "cash"]
    aliases: tuple[str, ...] = ()
    carrier: str | None = None
    losable: bool = False
    holdable: bool = True
    photo_id: bool = False
    successors: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    ended: Text | None = None
    ask: int | None = None
    note: Text | None = None
    source: tuple[str, ...] = ()


@dataclass(init=False, eq=False, repr=False)
class Met(Record):
    """One way to meet a need, and when it counts."""

    item: str
    source: tuple[str, ...]
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(init=False, eq=False, repr=False)
class Need(Record):
    """What a person must be able to show; met by any one of the items.

    `gap` names the days without it, and `short` does so at the head of a column.
    """

    title: Text
    gap: Text
    met_by: tuple[Met, ...]
    short: Text | None = None


@dataclass(init=False, eq=False, repr=False)
class Member(Record):
    """An item's class at one counter. The same paper is A at one counter and nothing at another."""

    item: str
    certainty: Certainty
    source: tuple[str, ...]
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(init=False, eq=False, repr=False)
class Counter(Record):
    """Which papers a kind of counter puts into which class."""

    title: Text
    classes: dict[str, tuple[Member, ...]]


@dataclass(init=False, eq=False, repr=False)
class EvidenceRule(Record):
    """Proof of identity: any one of the combinations, each so many papers of each class at the counter."""

    title: Text
    counter: str
    any_of: tuple[dict[str, int], ...]
    certainty: Certainty
    source: tuple[str, ...]


@dataclass(init=False, eq=False, repr=False)
class Condition(Record):
    """A closed vocabulary: every given key must hold. `need` asks for a need that is open: nothing held meets it.

    `lost`, `have`, `insurer`, `how` and `need` ask for any one of their members, `not_lost` and `not_have` for none.
    `lost` and `not_lost` see cards, papers and the records lost with their carrier; `have` and `not_have` what the
    person still holds. Ages are in completed years; one that was not said fits no limit.
    """

    lost: tuple[str, ...] = ()
    not_lost: tuple[str, ...] = ()
    have: tuple[str, ...] = ()
    not_have: tuple[str, ...] = ()
    insurer: tuple[str, ...] = ()
    how: tuple[How, ...] = ()
    need: tuple[str, ...] = ()
    age_min: int | None = None
    age_max: int | None = None


@dataclass(init=False, eq=False, repr=False)
class Requirement(Record):
    """Any one of these items must be held (and is brought), where the condition holds."""

    any_of: tuple[str, ...]
    why: Text
    when: Condition | None = None


@dataclass(init=False, eq=False, repr=False)
class Lead(Record):
    """How long after the act an item is in hand. The day of the act is not counted.

    `to`: what the time runs to: the item in `hand`, the `registered-address`, a `notice` after which a visit must be
    booked, or a `message`. Whatever is counted in days arrives in the course of its day and is used from the next.
    """

    min: int | Unknown
    typical: int | Unknown
    max: int | Unknown
    unit: Unit
    to: Literal["hand", "registered-address", "employer", "notice", "message"]
    certainty: Certainty
    source: tuple[str, ...]
    calendar: str | None = None


@dataclass(init=False, eq=False, repr=False)
class Give(Record):
    """What an act gives: at once, or after a lead time."""

    item: str
    after: Lead | None = None


@dataclass(init=False, eq=False, repr=False)
class Takes(Record):
    """The person's own time at the act, in minutes."""

    min: int
    typical: int
    max: int
    certainty: Certainty
    source: tuple[str, ...] = ()


@dataclass(init=False, eq=False, repr=False)
class Fee(Record):
    """A fee in yen over a period: `yen`, or a range, or unknown. `when` narrows it to a situation."""

    source: tuple[str, ...]
    certainty: Certainty
    yen: int | Unknown | None = None
    min: int | None = None
    max: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    when: Condition | None = None
    note: Text | None = None


@dataclass(init=False, eq=False, repr=False)
class Within(Record):
    """The act must fall within so many days of another act, or of the loss (`of: loss`).

    `first_day: counted` takes the day of the other act as day 1; `not_counted` as day 0.
    """

    days: int
    of: str
    first_day: Literal["counted", "not_counted"]
    source: tuple[str, ...]


@dataclass(init=False, eq=False, repr=False)
class Procedure(Record):
    """One act at one office.

    `instead_of`: another procedure that this one can replace, duties included; a plan holds one of the two.
    `same_day_as`: planned on the day of another act, because that act cannot be undone and gains nothing alone.
    `urgent`: done before anything else. `duty`: in every plan it applies to, if it exists on the day of the loss.
    `afterwards`: offered as optional after the plan when the plan itself does not need it. `no_return`: what can no
    longer be undone. `skip`: what happens if the step is left out. `call_first`: the question to ask the office;
    required below `reported`.
    """

    title: Text
    office: str
    takes: Takes
    certainty: Certainty
    source: tuple[str, ...]
    skip: Text
    since: dt.date | None = None
    until: dt.date | None = None
    when: Condition | None = None
    requires: tuple[Requirement, ...] = ()
    evidence: str | None = None
    within: Within | None = None
    same_day_as: str | None = None
    instead_of: str | None = None
    reception: tuple[str, ...] = ()
    calendar: str | None = None
    fee: tuple[Fee, ...] = ()
    gives: tuple[Give, ...] = ()
    ends: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    urgent: bool = False
    duty: bool = False
    afterwards: bool = False
    no_return: Text | None = None
    call_first: Text | None = None
    how_to: Text | None = None


@dataclass(init=False, eq=False, repr=False)
class Claim(Record):
    """What lapses so many `months` after a day, not counted itself, that is the day of the loss at the earliest.

    `note` says from which day it really counts.
    """

    title: Text
    months: int
    note: Text
    source: tuple[str, ...]


@dataclass(init=False, eq=False, repr=False)
class Guidance(Record):
    """Advice without a date of its own. `place`: beside the gaps (`now`), or after the steps (`later`).

    `claim`: a right that the advice speaks of, and when it lapses.
    """

    text: Text
    certainty: Certainty
    source: tuple[str, ...]
    place: Literal["now", "later"] = "later"
    claim: Claim | None = None
    when: Condition | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(init=False, eq=False, repr=False)
class Assumption(Record):
    """A paper a person in this situation holds by rule although they did not mention it; printed as an assumption."""

    item: str
    text: Text
    source: tuple[str, ...]
    when: Condition | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(init=False, eq=False, repr=False)
class Insurer(Record):
    """A kind of health insurer. `assumed`: taken, and said so, when the person names none."""

    title: Text
    aliases: tuple[str, ...] = ()
    recognise: Text | None = None
    assumed: Condition | None = None


@dataclass(init=False, eq=False, repr=False)
class Route(Record):
    """One way through a loss, to be compared with others: the best plan without the procedures in `without`."""

    title: Text
    without: tuple[str, ...]
    when: Condition | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    source: tuple[str, ...] = ()


@dataclass(init=False, eq=False, repr=False)
class Holding(Record):
    """One way of holding one's cards before anything is lost.

    `carried` are in the wallet and `home` stays at home; `linked` are the records on a card among them. `mislaid` is
    the card looked at where something is lost inside the home.
    """

    title: Text
    carried: tuple[str, ...]
    mislaid: str
    home: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    source: tuple[str, ...] = ()


@dataclass(init=False, eq=False, repr=False)
class Season(Record):
    """Days of every year that people know by a name: month-day to month-day, inclusive, may wrap the year."""

    title: Text
    start: str
    end: str
    source: tuple[str, ...]


@dataclass(init=False, eq=False, repr=False)
class Catalogue(Record):
    """All facts. `as_of` is the day on which they were last gathered."""

    as_of: dt.date
    sources: dict[str, Source]
    calendars: dict[str, Calendar]
    offices: dict[str, Office]
    items: dict[str, Item]
    needs: dict[str, Need]
    counters: dict[str, Counter]
    evidence: dict[str, EvidenceRule]
    insurers: dict[str, Insurer]
    assumptions: dict[str, Assumption]
    procedures: dict[str, Procedure]
    guidance: dict[str, Guidance]
    routes: dict[str, Route]
    holdings: dict[str, Holding]
    seasons: dict[str, Season]
