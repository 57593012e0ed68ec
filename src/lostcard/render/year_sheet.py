"""A year of losses in finished words of one language: what every format of it lays out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from lostcard.planner.plan import Three
from lostcard.planner.year import CARDS, Extreme, Spread, YearOfLoss
from lostcard.render.words import Speaker

__all__ = ["Cell", "Month", "NeedOfYear", "YearSheet", "heat", "make_year_sheet"]

_RUNS_SAID = 4
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WEEK = 7
_HOTTEST = 4


class Cell(NamedTuple):
    """One day of the map: its sign, its typical days (None: not known), and whether it lies in the month."""

    sign: str
    days: int | None
    date: dt.date | None


class Month(NamedTuple):
    """One line of the map: weeks from Monday to Sunday."""

    name: str
    weeks: tuple[tuple[Cell, ...], ...]


class NeedOfYear(NamedTuple):
    """One need: its summary, the map, how often each number of days occurs, and the best and worst days."""

    title: str
    summary: str
    months: tuple[Month, ...]
    counts: tuple[tuple[str, int], ...]
    extremes: tuple[tuple[str, tuple[str, ...]], ...]
    most: int


class YearSheet(NamedTuple):
    """The whole page. `never` names what no day's plan leads to."""

    title: str
    facts: str
    told: tuple[tuple[str, str], ...]
    needs: tuple[NeedOfYear, ...]
    never: tuple[str, ...]
    legend: tuple[str, ...]
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]


def heat(days: int, most: int) -> int:
    """Return from 0 (no day is lost) to 4 (the most of the year)."""
    return -(-days * _HOTTEST // most) if most else 0


def make_year_sheet(year: YearOfLoss, language: str) -> YearSheet:
    """Return the words of a year."""
    return _Words(year, language).sheet()


class _Words:
    def __init__(self, year: YearOfLoss, language: str) -> None:
        self.year = year
        self.catalogue = year.facts.catalogue
        self.speaker = Speaker(language)
        self.say = self.speaker.say

    def sheet(self) -> YearSheet:
        say = self.say
        return YearSheet(
            title=say("year.title", year=self.year.year),
            facts=say("plan.facts", date=self.catalogue.as_of),
            told=tuple(self.told()),
            needs=tuple(map(self.need, self.year.spreads)),
            never=tuple(self.say("year.never", title=self.title(need)) for need in self.year.never),
            legend=tuple(self.legend()),
            assumptions=tuple(map(say, self.year.assumptions)),
            notes=(say("plan.disclaimer"),),
        )

    def told(self) -> Iterable[tuple[str, str]]:
        situation = self.year.situation
        for label, names in (("lost", situation.lost), ("linked", situation.linked), ("have", situation.have)):
            if names:
                titles = [self.say(self.catalogue.items[name].title) for name in names]
                yield self.say(f"label.{label}"), self.speaker.list(titles)
        if situation.insurer:
            yield self.say("label.insurer"), self.say(self.catalogue.insurers[situation.insurer].title)

    def need(self, spread: Spread) -> NeedOfYear:
        return NeedOfYear(
            title=self.title(spread.need),
            summary=self.say(
                "year.summary",
                best=self.speaker.count(spread.best.days),
                median=self.speaker.count(spread.median),
                worst=self.speaker.count(spread.most),
            ),
            months=tuple(self.months(spread.need)),
            counts=tuple(self.counts(spread)),
            extremes=tuple(self.extremes(spread)),
            most=spread.most,
        )

    def title(self, need: str) -> str:
        return self.say("column.cards-long") if need == CARDS else self.say(self.catalogue.needs[need].gap)

    def counts(self, spread: Spread) -> Iterable[tuple[str, int]]:
        for days, count in spread.counts.items():
            yield self.speaker.count(days), count
        if spread.unknown:
            yield self.say("year.unknown-days"), spread.unknown

    def extremes(self, spread: Spread) -> Iterable[tuple[str, tuple[str, ...]]]:
        yield self.extreme("year.best", spread.best)
        for peak in spread.peaks:
            yield self.extreme("year.worst", peak)

    def extreme(self, key: str, extreme: Extreme) -> tuple[str, tuple[str, ...]]:
        runs = [self.run(*run) for run in extreme.runs[:_RUNS_SAID]]
        if len(extreme.runs) > _RUNS_SAID:
            runs.append(self.say("year.more", count=len(extreme.runs) - _RUNS_SAID))
        line = self.say(key, days=self.speaker.count(extreme.days), runs=runs)
        date = self.speaker.date(extreme.day)
        return line, tuple(self.say("year.reason", date=date, reason=reason) for reason in extreme.reasons)

    def run(self, first: int, last: int) -> str:
        if first == last:
            return self.speaker.date(first)
        return self.say("year.run", first=self.speaker.date(first), last=self.speaker.date(last))

    def months(self, need: str) -> Iterable[Month]:
        cells = {day.day: self.day(day.possible, day.gaps.get(need), day.day) for day in self.year.days}
        for month in range(1, 13):
            first = dt.date(self.year.year, month, 1)
            line: list[Cell] = [Cell(" ", None, None)] * first.weekday()
            line += [cell for cell in cells.values() if cell.date is not None and cell.date.month == month]
            line += [Cell(" ", None, None)] * (-len(line) % _WEEK)
            weeks = tuple(tuple(line[start : start + _WEEK]) for start in range(0, len(line), _WEEK))
            yield Month(self.speaker.month(month), weeks)

    def day(self, possible: bool, days: Three | None, day: int) -> Cell:  # noqa: FBT001
        date = dt.date.fromordinal(day)
        if not possible:
            return Cell("-", None, date)
        if days is None:
            return Cell("0", 0, date)
        if days.typical is None:
            return Cell("?", None, date)
        return Cell(_sign(days.typical), days.typical, date)

    def legend(self) -> Iterable[str]:
        if not self.year.spreads:
            return
        yield self.say("year.legend")
        most = max([spread.most for spread in self.year.spreads], default=0)
        if most > 9:  # noqa: PLR2004 - the last digit
            yield self.say("year.letters", last=_sign(min(most, 9 + len(_LETTERS))), days=min(most, 9 + len(_LETTERS)))
        if most > 9 + len(_LETTERS):
            yield self.say("year.beyond", days=9 + len(_LETTERS))
        if any(not day.possible for day in self.year.days):
            yield self.say("year.impossible")
        if any(spread.unknown for spread in self.year.spreads):
            yield self.say("year.unknown")


def _sign(days: int) -> str:
    """Return one character for a number of days: a digit, then letters from a = 10."""
    if days <= 9:  # noqa: PLR2004 - the last digit
        return str(days)
    return _LETTERS[days - 10] if days - 10 < len(_LETTERS) else "+"
