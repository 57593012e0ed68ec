"""Time as the planner counts it.

A *day* is a proleptic Gregorian ordinal (`datetime.date.toordinal`), a *minute* is `day * 1440 + minute of the day`,
both in Japan, which has had no daylight-saving time since 1951.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

__all__ = ["DAY", "JST", "NEVER", "Lead", "OpenDays", "add_months", "day_of", "moment", "to_minute"]

DAY = 1440
NEVER = 1 << 40
"""A minute after every other: not held, not possible."""

JST = dt.timezone(dt.timedelta(hours=9), "JST")

_SATURDAY = 5


def day_of(minute: int) -> int:
    """Return the day on which `minute` lies."""
    return minute // DAY


def to_minute(moment: dt.datetime) -> int:
    """Return the minute of a moment in Japan; seconds are dropped."""
    return moment.toordinal() * DAY + moment.hour * 60 + moment.minute


def moment(minute: int) -> dt.datetime:
    """Return the moment of a minute, with Japan's offset."""
    day, rest = divmod(minute, DAY)
    date = dt.date.fromordinal(day)
    return dt.datetime(date.year, date.month, date.day, rest // 60, rest % 60, tzinfo=JST)


def add_months(day: int, months: int) -> int:
    """Return the same day of a later month; the month's last day where it has no such day (Civil Code art. 143)."""
    import calendar

    date = dt.date.fromordinal(day)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(date.day, last)).toordinal()


class OpenDays:
    """The days that a calendar leaves open."""

    __slots__ = ("_closed_spans", "_holidays", "_known", "_weekends")

    def __init__(
        self,
        *,
        weekends: bool = True,
        holidays: Collection[int] = (),
        closed_spans: Iterable[tuple[tuple[int, int], tuple[int, int]]] = (),
    ) -> None:
        """Take whether weekends are open, which days are closed holidays, and closed spans of every year.

        A span is a pair of (month, day), inclusive, and may wrap the year's end.
        """
        self._weekends = weekends
        self._holidays = frozenset(holidays)
        self._closed_spans = tuple(closed_spans)
        self._known: dict[int, bool] = {}

    def __contains__(self, day: int) -> bool:
        """Tell whether `day` is open."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._is_open(day)
        return known

    def _is_open(self, day: int) -> bool:
        if not self._weekends and (day - 1) % 7 >= _SATURDAY:
            return False
        if day in self._holidays:
            return False
        if not self._closed_spans:
            return True
        date = dt.date.fromordinal(day)
        here = (date.month, date.day)
        return not any(
            start <= here <= end if start <= end else here >= start or here <= end for start, end in self._closed_spans
        )

    def add(self, day: int, count: int) -> int:
        """Return the `count`-th open day after `day`, which itself is not counted."""
        while count:
            day += 1
            if day in self:
                count -= 1
        return day


class Lead(NamedTuple):
    """How long an item is on its way: (minimum, typical, maximum), None where unknown."""

    figures: tuple[int | None, int | None, int | None]
    unit: str
    days: OpenDays | None

    def arrival(self, scenario: int, start: int, end: int) -> int | None:
        """Return the minute from which the item can be used, for an act from `start` to `end`; None if unknown.

        Days are counted from the day of the act, which is not counted itself; the item comes in the course of its
        day, so it is in hand at that day's last minute and can be carried to a counter from the next.
        """
        figure = self.figures[scenario]
        if figure is None:
            return None
        if self.unit == "minutes":
            return end + figure
        day = start // DAY
        if self.unit == "business_days":
            assert self.days is not None
            day = self.days.add(day, figure)
        elif self.unit == "months":
            day = add_months(day, figure)
        else:
            day += figure * (7 if self.unit == "weeks" else 1)
        return day * DAY + DAY - 1

    def departure(self, arrival: int) -> int:
        """Return a minute after which no act can begin and still arrive by `arrival`, at typical figures."""
        figure = self.figures[1]
        if figure is None:
            return -1
        if self.unit == "minutes":
            return arrival - figure
        # A business day is at least a day long and a month at least 28 days; the item may come on the day itself.
        days = figure * {"weeks": 7, "months": 28}.get(self.unit, 1)
        return (arrival // DAY - days + 1) * DAY - 1
