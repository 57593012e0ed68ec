"""From the words of the command line to catalogue ids, dates and figures; every refusal names what is allowed."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress

from lostcard.catalogue.model import Catalogue, Item
from lostcard.errors import UsageError
from lostcard.planner.clock import JST, to_minute
from lostcard.planner.situation import Situation
from lostcard.render.words import visible

__all__ = ["choice", "date_and_time", "nearest", "situation", "whole_number"]

_DATE_MARKS = str.maketrans(dict.fromkeys("/\u2212\u30fc\u2010\u2013", "-"))
"""2026/11/24 and the signs that a Japanese keyboard gives for a hyphen."""

MORNING = dt.time(9, 0)
"""The time taken for a date without one: when people set out."""


def situation(
    catalogue: Catalogue,
    *,
    lost: Sequence[str],
    linked: Sequence[str],
    have: Sequence[str],
    how: str | None,
    insurer: str | None,
    age: int | None,
) -> Situation:
    """Return the situation named on the command line. Raises UsageError for a name that does not exist."""
    names = _Names(catalogue)
    gone, records = names.cards("--lost", lost, lambda item: item.losable)
    held, more = names.cards("--have", have, lambda item: item.holdable)
    records += [name for value in linked for name in [names.record("--linked", value)]]
    return Situation(
        lost=_unique(gone),
        linked=_unique([*records, *more]),
        have=_unique(held),
        how=how,
        insurer=None if insurer is None else names.insurer(insurer),
        age=age,
    )


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


class _Names:
    """Finds catalogue ids by id or alias, in any case and width, with spaces or hyphens."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def _find(self, items: Iterable[str], value: str) -> str | None:
        wanted = _folded(value)
        for name in items:
            if wanted in {_folded(alias) for alias in (name, *self.catalogue.items[name].aliases)}:
                return name
        return None

    def _records(self) -> list[str]:
        return [name for name, item in self.catalogue.items.items() if item.kind == "record" and item.holdable]

    def cards(self, option: str, values: Sequence[str], allowed: object) -> tuple[list[str], list[str]]:
        """Return the items named, and the records named by what they make of their card (mynalicense)."""
        items = {name: item for name, item in self.catalogue.items.items() if item.kind != "record"}
        able = [name for name, item in items.items() if _fits(allowed, item)]
        found: list[str] = []
        records: list[str] = []
        for value in values:
            name = self._find(able, value)
            if name is None:
                record = self._find(self._records(), value)
                if record is None:
                    raise _unknown(option, value, able, self._words(able, self._records()))
                carrier = self.catalogue.items[record].carrier
                assert carrier is not None
                name = carrier
                records.append(record)
            found.append(name)
        return found, records

    def record(self, option: str, value: str) -> str:
        """Return the record named."""
        name = self._find(self._records(), value)
        if name is None:
            raise _unknown(option, value, self._records(), self._words(self._records()))
        return name

    def insurer(self, value: str) -> str:
        """Return the insurer named."""
        wanted = _folded(value)
        words = []
        for name, insurer in self.catalogue.insurers.items():
            words += [name, *insurer.aliases]
            if wanted in {_folded(alias) for alias in (name, *insurer.aliases)}:
                return name
        raise _unknown("--insurer", value, list(self.catalogue.insurers), words)

    def _words(self, *groups: Iterable[str]) -> list[str]:
        items = self.catalogue.items
        return [word for group in groups for name in group for word in (name, *items[name].aliases)]


def _fits(allowed: object, item: Item) -> bool:
    assert callable(allowed)
    return bool(allowed(item))


def _folded(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    return "-".join(folded.replace("_", " ").replace("-", " ").split())


def nearest(value: str, words: Iterable[str]) -> list[str]:
    """Return up to three words that look like `value`."""
    import difflib

    return difflib.get_close_matches(_folded(value), sorted(words), n=3, cutoff=0.6)


def _unknown(option: str, value: str, allowed: Sequence[str], words: Iterable[str]) -> UsageError:
    return UsageError(
        "error.unknown-name", option=option, value=visible(value), allowed=list(allowed), nearest=nearest(value, words)
    )


def choice(option: str, value: str | None, allowed: Sequence[str]) -> str | None:
    """Return one of the allowed words; None where the option was not given."""
    if value is None:
        return None
    if _folded(value) in allowed:
        return _folded(value)
    raise UsageError("error.bad-choice", option=option, value=visible(value), allowed=list(allowed))


def whole_number(option: str, value: str | None, low: int, high: int) -> int | None:
    """Return a whole number from `low` to `high`; None where the option was not given."""
    if value is None:
        return None
    digits = unicodedata.normalize("NFKC", value).strip()
    if digits.isdecimal() and digits.isascii() and len(digits) <= len(str(high)) and low <= int(digits) <= high:
        return int(digits)
    raise UsageError("error.bad-number", option=option, value=visible(value), low=low, high=high)


def date_and_time(option: str, value: str | None, now: dt.datetime) -> tuple[int, bool]:
    """Return the minute to start from, and whether only a date was given. A moment elsewhere is taken to Japan."""
    if value is None:
        return to_minute(now.astimezone(JST)), False
    text = unicodedata.normalize("NFKC", value).strip().translate(_DATE_MARKS)
    with suppress(ValueError):
        return to_minute(dt.datetime.combine(dt.date.fromisoformat(text), MORNING)), True
    try:
        moment = dt.datetime.fromisoformat(text)
        return to_minute(moment.astimezone(JST) if moment.tzinfo else moment), False
    except (ValueError, OverflowError):
        raise UsageError("error.bad-date", option=option, value=visible(value)) from None
