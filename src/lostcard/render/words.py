"""Words of one language: messages filled in, dates and figures as people write them."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable

from lostcard.catalogue.model import Text
from lostcard.messages import MESSAGES
from lostcard.planner.clock import DAY, moment
from lostcard.planner.plan import Lines, Note, Numbers, Three, Words

__all__ = ["Speaker", "visible"]

_WEEKDAYS = {"ja": "月火水木金土日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Speaker:
    """Says messages, catalogue texts, dates and figures in `language` (ja or en)."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._index = 0 if language == "ja" else 1
        self._year: int | None = None

    def say(self, words: Words | str, /, **params: object) -> str:
        """Return a catalogue text, a note, or the message with the key `words`."""
        if isinstance(words, Text):
            return words.ja if self.language == "ja" else words.en
        if isinstance(words, Note):
            return self.say(words.key, **words.params)
        filled = {name: self._value(value) for name, value in params.items()}
        return MESSAGES[words][self._index].format(**filled)

    def _value(self, value: object) -> str:
        if isinstance(value, Text | Note):
            return self.say(value)
        if isinstance(value, list | tuple):
            return self._values(value)
        return self.date(value.toordinal()) if isinstance(value, dt.date) else str(value)

    def _values(self, values: list[object] | tuple[object, ...]) -> str:
        match values:
            case Lines():
                return "\n".join(map(self.say, values))
            case Numbers():
                return self.numbers(values)
            case Three():
                return self.days(values)
            case _:
                return self.list(map(self._value, values))

    def list(self, entries: Iterable[str]) -> str:
        """Return entries as an enumeration."""
        return ("、" if self.language == "ja" else ", ").join(entries)

    def numbers(self, numbers: Iterable[int]) -> str:
        """Return numbers in order, neighbours as a range: 1, 3-5."""
        runs: list[list[int]] = []
        for number in sorted(numbers):
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        dash = "〜" if self.language == "ja" else "-"
        return self.list(str(run[0]) if len(run) == 1 else f"{run[0]}{dash}{run[-1]}" for run in runs)

    def steps(self, names: Iterable[str]) -> str:
        """Return step numbers, as step 3 or steps 3, 4."""
        numbers = list(names)
        return self.say("steps.one" if len(numbers) == 1 else "steps.many", steps=numbers)

    def date(self, day: int) -> str:
        """Return a date with its weekday, as 2026年11月24日(火) or Tue 24 Nov 2026."""
        date = dt.date.fromordinal(day)
        weekday = _WEEKDAYS[self.language][date.weekday()]
        if self.language == "ja":
            return f"{date.year}年{date.month}月{date.day}日({weekday})"
        return f"{weekday} {date.day} {_MONTHS[date.month - 1]} {date.year}"

    def month(self, month: int) -> str:
        """Return the name of a month, counted from 1."""
        return f"{month}月" if self.language == "ja" else _MONTHS[month - 1]

    def time(self, minute: int) -> str:
        """Return the time of day as 9:05 (Japanese) or 09:05 (English)."""
        hour, rest = divmod(minute % DAY, 60)
        return f"{hour}:{rest:02}" if self.language == "ja" else f"{hour:02}:{rest:02}"

    def window(self, window: str) -> str:
        """Return a reception window of the catalogue, as 8:30〜17:00 or 08:30-17:00."""
        opens, closes = (int(time[:2]) * 60 + int(time[3:]) for time in window.split("-"))
        return self.say("window", opens=self.time(opens), closes=self.time(closes))

    def moment(self, minute: int) -> str:
        """Return date and time."""
        when = moment(minute)
        joined = " " if self.language == "ja" else ", "
        return f"{self.date(when.toordinal())}{joined}{self.time(minute)}"

    def count(self, days: int) -> str:
        """Return a number of days."""
        return self.say("days.one" if days == 1 else "days.many", days=days)

    def days(self, span: Three) -> str:
        """Return typical days with their range, or that they are not known."""
        if span.typical is None:
            return self.say("days.unknown")
        days = self.count(span.typical)
        if span.worst is None:
            return self.say("days.open", days=days, best=span.best)
        if span.best == span.worst:
            return days
        return self.say("days.range", days=days, best=span.best, worst=span.worst)

    def fee(self, low: int | None, high: int | None) -> str:
        """Return a fee in yen, a range, or that it is not known."""
        if low is None or high is None:
            return self.say("yen.unknown")
        if high == 0:
            return self.say("yen.free")
        if low != high:
            return self.say("yen.range", low=f"{low:,}", high=f"{high:,}")
        return self.say("yen", yen=f"{high:,}")


def visible(text: str) -> str:
    """Return text from outside with every control or format character spelled out, so that it cannot act."""
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in text)
