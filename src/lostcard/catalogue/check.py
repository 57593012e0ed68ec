"""What the model's types cannot say: references, periods, figures, texts.

Each rule yields `(path, message)`; the loader turns the path into a line and column.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path as File
from typing import TypeAlias

from lostcard.catalogue.model import (
    OLDEST,
    RESERVED_ROUTES,
    Catalogue,
    Claim,
    ClosedSpan,
    Condition,
    Fee,
    Lead,
    Procedure,
    Season,
    Text,
)
from lostcard.catalogue.yamltree import Path

__all__ = ["check"]

_LONGEST_LEAD = {"minutes": 1440, "business_days": 250, "calendar_days": 366, "weeks": 52, "months": 12}
"""A lead beyond a year is a slip of the pen, and no plan looks so far ahead."""

_LONGEST_CLAIM = 120
"""Ten years: no claim against an authority lives longer."""

Finding: TypeAlias = tuple[Path, str]

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CLASS = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_WINDOW = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)

_REFERENCES = {
    "source": "sources",
    "calendar": "calendars",
    "office": "offices",
    "item": "items",
    "carrier": "items",
    "successors": "items",
    "any_of": "items",
    "ends": "items",
    "bring": "items",
    "lost": "items",
    "not_lost": "items",
    "have": "items",
    "not_have": "items",
    "carried": "items",
    "home": "items",
    "linked": "items",
    "mislaid": "items",
    "without": "procedures",
    "counter": "counters",
    "evidence": "evidence",
    "need": "needs",
    "insurer": "insurers",
    "same_day_as": "procedures",
    "instead_of": "procedures",
}
"""Field name → the section its ids come from."""


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Yield everything that is wrong with a catalogue whose structure is already right."""
    for section in fields(catalogue):
        entries = getattr(catalogue, section.name)
        if isinstance(entries, dict):
            for name in entries:
                if not _ID.fullmatch(name):
                    yield (section.name, name), "an id is lower-case words joined by hyphens, for example city-hall"
    for path, value in _walk(catalogue, ()):
        yield from _texts(path, value)
        yield from _references(catalogue, path, value)
        yield from _period(path, value)
        yield from _cited(path, value)
        yield from _figures(path, value)
    yield from _unused_sources(catalogue)
    yield from _calendars(catalogue)
    yield from _offices(catalogue)
    yield from _items(catalogue)
    yield from _counters(catalogue)
    yield from _evidence(catalogue)
    yield from _insurers(catalogue)
    yield from _holdings(catalogue)
    for name in catalogue.routes:
        if name in RESERVED_ROUTES:
            yield ("routes", name), "this name is taken by a plan that is always compared; choose another"
    for name, procedure in catalogue.procedures.items():
        for path, message in _procedure(catalogue, procedure):
            yield ("procedures", name, *path), message


def _walk(value: object, path: Path) -> Iterator[tuple[Path, object]]:
    """Yield every value below `value`, itself included, with its path."""
    yield path, value
    if is_dataclass(value):
        for field in fields(value):
            yield from _walk(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _walk(child, (*path, key))
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from _walk(child, (*path, index))


def _texts(path: Path, value: object) -> Iterator[Finding]:
    if isinstance(value, str):
        # Cc: control, Cf: format (bidirectional overrides among them), Zl/Zp: line and paragraph separators.
        bad = [c for c in value if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp", "Cs"}]
        if bad:
            names = ", ".join(sorted({f"U+{ord(c):04X}" for c in bad}))
            yield path, f"a text may not carry control or format characters; found {names}"
        if value != value.strip():
            yield path, "a text may not begin or end with a space"
    if isinstance(value, Text):
        for language in ("ja", "en"):
            if not getattr(value, language):
                yield (*path, language), "the text is empty; every text stands in both languages"


def _references(catalogue: Catalogue, path: Path, value: object) -> Iterator[Finding]:
    if not isinstance(value, str) or len(path) == 1:
        return
    name = path[-1] if isinstance(path[-1], str) else path[-2]
    if name == "any_of" and path[0] == "evidence":
        return
    section = _REFERENCES.get(str(name))
    if section is None:
        return
    known = getattr(catalogue, section)
    if value not in known:
        yield path, f"no such entry in {section}: {value!r}{_nearest(value, known)}"


def _nearest(value: str, known: dict[str, object]) -> str:
    import difflib

    near = difflib.get_close_matches(value, known, n=3)
    return f"; did you mean {', '.join(near)}?" if near else ""


def _period(path: Path, value: object) -> Iterator[Finding]:
    since, until = getattr(value, "since", None), getattr(value, "until", None)
    if isinstance(since, dt.date) and isinstance(until, dt.date) and since > until:
        yield (*path, "until"), f"ends on {until}, before it begins on {since}"


def _cited(path: Path, value: object) -> Iterator[Finding]:
    for field in fields(value) if is_dataclass(value) else ():
        if field.name == "source" and field.default is MISSING and not getattr(value, field.name):
            yield (*path, field.name), "a fact names at least one source"


def _figures(path: Path, value: object) -> Iterator[Finding]:
    if isinstance(value, Lead):
        yield from _lead(path, value)
    if isinstance(value, Fee):
        yield from _fee(path, value)
    if isinstance(value, Claim) and not 1 <= value.months <= _LONGEST_CLAIM:
        yield (*path, "months"), f"a claim lapses after 1 to {_LONGEST_CLAIM} months, found {value.months}"


def _lead(path: Path, lead: Lead) -> Iterator[Finding]:
    known = [figure for figure in (lead.min, lead.typical, lead.max) if isinstance(figure, int)]
    if known != sorted(known) or any(figure < 0 for figure in known):
        yield path, f"min, typical and max must not decrease and not be negative, found {known}"
    if any(figure > _LONGEST_LEAD[lead.unit] for figure in known):
        yield path, f"at most {_LONGEST_LEAD[lead.unit]} {lead.unit}, found {max(known)}"
    if lead.typical == "unknown" and lead.max != "unknown":
        yield (*path, "typical"), "a maximum without a typical figure; write both, or both as unknown"
    if lead.min == "unknown" and lead.typical != "unknown":
        yield (*path, "min"), "a typical figure without a minimum; write both, or both as unknown"
    if (lead.unit == "business_days") != (lead.calendar is not None):
        yield path, "business_days name the calendar they skip; other units name none"


def _fee(path: Path, fee: Fee) -> Iterator[Finding]:
    ranged = fee.min is not None and fee.max is not None
    if (fee.yen is None) != ranged or (fee.min is None) != (fee.max is None):
        yield path, "give either yen, or both min and max"
    figures = [figure for figure in (fee.yen, fee.min, fee.max) if isinstance(figure, int)]
    if any(figure < 0 for figure in figures) or (ranged and figures != sorted(figures)):
        yield path, f"figures must not be negative and min not above max, found {figures}"


def _unused_sources(catalogue: Catalogue) -> Iterator[Finding]:
    cited = {value for path, value in _walk(catalogue, ()) if isinstance(value, str) and path[-2:-1] == ("source",)}
    for name in catalogue.sources:
        if name not in cited:
            yield ("sources", name), "no fact cites this source; cite it or remove it"


def _calendars(catalogue: Catalogue) -> Iterator[Finding]:
    for name, calendar in catalogue.calendars.items():
        for index, span in enumerate(calendar.closed):
            yield from _month_days(("calendars", name, "closed", index), span)
    for name, season in catalogue.seasons.items():
        yield from _month_days(("seasons", name), season)


def _month_days(path: Path, span: ClosedSpan | Season) -> Iterator[Finding]:
    for key in ("start", "end"):
        if not _MONTH_DAY.fullmatch(getattr(span, key)):
            yield (*path, key), "a day of the year is written MM-DD, as 12-29"


def _windows(path: Path, windows: tuple[str, ...]) -> Iterator[Finding]:
    before = ""
    for index, window in enumerate(windows):
        start, _, end = window.partition("-")
        if not _WINDOW.fullmatch(window) or start > end:
            yield (*path, index), f"a window is HH:MM-HH:MM within one day, as 08:30-17:00, found {window!r}"
        elif start <= before:
            yield (*path, index), f"windows follow each other without overlap; {window} begins before {before} ends"
        before = end


def _offices(catalogue: Catalogue) -> Iterator[Finding]:
    for name, office in catalogue.offices.items():
        path: Path = ("offices", name)
        yield from _windows((*path, "reception"), office.reception)
        if not office.reception:
            yield (*path, "reception"), "at least one window is needed; 00:00-23:59 for an office that never closes"
        if office.certainty in ("inferred", "unknown") and office.call_first is None:
            yield (*path, "call_first"), f"{office.certainty}: say what to ask this office first"


def _items(catalogue: Catalogue) -> Iterator[Finding]:
    given = {give.item for procedure in catalogue.procedures.values() for give in procedure.gives}
    names: dict[tuple[bool, str], str] = {}
    for name, item in catalogue.items.items():
        path: Path = ("items", name)
        if (item.kind == "record") != (item.carrier is not None):
            yield (*path, "carrier"), "a record names the card that carries it; nothing else does"
        if item.losable and not {name, *item.successors} & given:
            yield path, "may be lost, but no procedure gives it or a successor back"
        if item.until is not None and item.ended is None:
            yield (*path, "ended"), "it stops counting; say what counts then"
        for alias in (name, *item.aliases):
            key = (item.kind == "record", _folded(alias))
            if names.setdefault(key, name) != name:
                yield (*path, "aliases"), f"{alias!r} already names {names[key]}"


def _folded(alias: str) -> str:
    return unicodedata.normalize("NFKC", alias).casefold()


def _counters(catalogue: Catalogue) -> Iterator[Finding]:
    for name, counter in catalogue.counters.items():
        seen: dict[str, list[tuple[dt.date, dt.date]]] = {}
        for label, members in counter.classes.items():
            if not _CLASS.fullmatch(label):
                yield ("counters", name, "classes", label), "a class is words joined by hyphens, for example A or photo"
            for index, member in enumerate(members):
                period = (member.since or dt.date.min, member.until or dt.date.max)
                if any(period[0] <= until and since <= period[1] for since, until in seen.get(member.item, [])):
                    yield ("counters", name, "classes", label, index), f"{member.item} has a class here already"
                seen.setdefault(member.item, []).append(period)


def _evidence(catalogue: Catalogue) -> Iterator[Finding]:
    for name, rule in catalogue.evidence.items():
        classes = catalogue.counters[rule.counter].classes if rule.counter in catalogue.counters else None
        if not rule.any_of:
            yield ("evidence", name, "any_of"), "at least one combination is needed"
        for index, combination in enumerate(rule.any_of):
            for label, count in combination.items():
                path = ("evidence", name, "any_of", index, label)
                if classes is not None and label not in classes:
                    yield path, f"no class {label!r} at {rule.counter}; it has {', '.join(classes) or 'none'}"
                if count < 1:
                    yield path, "a combination counts papers from 1"


def _insurers(catalogue: Catalogue) -> Iterator[Finding]:
    for age in (None, *range(OLDEST + 1)):
        assumed = [name for name, i in catalogue.insurers.items() if i.assumed and _age_fits(i.assumed, age)]
        if len(assumed) != 1:
            shown = "an unknown age" if age is None else f"age {age}"
            yield ("insurers",), f"exactly one insurer is assumed for {shown}, found {', '.join(assumed) or 'none'}"
            break
    names: dict[str, str] = {}
    for name, insurer in catalogue.insurers.items():
        if insurer.assumed and any(
            getattr(insurer.assumed, field.name) for field in fields(Condition) if not field.name.startswith("age_")
        ):
            yield ("insurers", name, "assumed"), "only age_min and age_max decide which insurer is assumed"
        for alias in (name, *insurer.aliases):
            if names.setdefault(_folded(alias), name) != name:
                yield ("insurers", name, "aliases"), f"{alias!r} already names {names[_folded(alias)]}"


def _age_fits(condition: Condition, age: int | None) -> bool:
    if age is None:
        return condition.age_min is None
    return (condition.age_min or 0) <= age <= (condition.age_max if condition.age_max is not None else 200)


def _holdings(catalogue: Catalogue) -> Iterator[Finding]:
    items = catalogue.items
    for name, holding in catalogue.holdings.items():
        path: Path = ("holdings", name)
        held = (*holding.carried, *holding.home)
        if len(set(held)) < len(held):
            yield path, "an item is either carried or stays at home, once"
        if not holding.carried:
            yield (*path, "carried"), "at least one item is carried; a wallet without cards cannot be lost"
        for key, entries in (("carried", holding.carried), ("mislaid", (holding.mislaid,))):
            for item in entries:
                if item in items and not items[item].losable:
                    yield (*path, key), f"{item} is not among the things that can be lost (losable: true)"
        if holding.mislaid not in held:
            yield (*path, "mislaid"), f"{holding.mislaid} is neither carried nor at home"
        for index, record in enumerate(holding.linked):
            if record in items and items[record].carrier not in held:
                yield (*path, "linked", index), f"{record} is on no card that is carried or at home"


def _procedure(catalogue: Catalogue, procedure: Procedure) -> Iterator[Finding]:
    yield from _windows(("reception",), procedure.reception)
    takes = procedure.takes
    if not 0 < takes.min <= takes.typical <= takes.max:
        yield ("takes",), "an act takes at least a minute, and min, typical and max must not decrease"
    if procedure.certainty in ("inferred", "unknown") and procedure.call_first is None:
        yield ("call_first",), f"{procedure.certainty}: say what to ask the office first"
    if procedure.urgent and (procedure.requires or procedure.evidence or procedure.within):
        yield ("urgent",), "what is done before anything else cannot need anything first"
    if procedure.within and procedure.within.days < 1:
        yield ("within", "days"), "a limit is at least one day"
    original = catalogue.procedures.get(procedure.instead_of or "")
    if original is not None and (original is procedure or original.instead_of or original.urgent != procedure.urgent):
        yield ("instead_of",), "must name another procedure that replaces none itself and is as urgent"
    if procedure.within and procedure.within.of not in {*catalogue.procedures, "loss"}:
        yield ("within", "of"), f"no such procedure: {procedure.within.of!r}; or write loss"
    if not (procedure.gives or procedure.duty or procedure.afterwards):
        yield (), "gives nothing, is no duty and not for afterwards, so nobody would ever see it"
    for first, second in itertools.combinations(range(len(procedure.fee)), 2):
        if _fees_collide(procedure.fee[first], procedure.fee[second]):
            yield ("fee", second), "two fees hold at the same time for the same person"
    yield from _holes(procedure.fee)


def _fees_collide(one: Fee, other: Fee) -> bool:
    if (one.since or dt.date.min) > (other.until or dt.date.max):
        return False
    if (other.since or dt.date.min) > (one.until or dt.date.max):
        return False
    return not (one.when and other.when and _disjoint(one.when, other.when))


def _disjoint(one: Condition, other: Condition) -> bool:
    for a, b in ((one, other), (other, one)):
        if a.age_max is not None and b.age_min is not None and a.age_max < b.age_min:
            return True
        if any(some and set(some) <= set(none) for some, none in ((a.lost, b.not_lost), (a.have, b.not_have))):
            return True
    return any(a and b and not set(a) & set(b) for a, b in ((one.how, other.how), (one.insurer, other.insurer)))


def _holes(fees: tuple[Fee, ...]) -> Iterator[Finding]:
    groups: dict[tuple[object, ...], list[tuple[int, Fee]]] = {}
    for index, fee in enumerate(fees):
        key = tuple(getattr(fee.when, field.name) for field in fields(Condition)) if fee.when else ()
        groups.setdefault(key, []).append((index, fee))
    for group in groups.values():
        group.sort(key=lambda entry: entry[1].since or dt.date.min)
        for (_, earlier), (index, later) in itertools.pairwise(group):
            if earlier.until and later.since and later.since > earlier.until + dt.timedelta(days=1):
                yield ("fee", index), f"no fee is known between {earlier.until} and {later.since}; write it as unknown"


def main() -> int:
    """Check the files named on the command line and print what is wrong with them."""
    from lostcard.catalogue.load import load_file
    from lostcard.errors import CatalogueError

    failed = 0
    for name in sys.argv[1:]:
        try:
            load_file(File(name))
        except CatalogueError as error:
            sys.stdout.write("\n".join([*error.problems, ""]))
            failed = 1
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
