"""A comparison in finished words of one language: what every format of it lays out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lostcard.planner.clock import DAY
from lostcard.planner.comparison import COLUMNS, Cell, Comparison, Fees, Group, Photo, Row
from lostcard.planner.plan import Numbers, Plan, Three
from lostcard.render.words import Speaker

__all__ = ["Bar", "CellWords", "Column", "ComparisonSheet", "GroupWords", "RowWords", "make_comparison_sheet"]


class Column(NamedTuple):
    """A column's key and its heading."""

    key: str
    label: str


class CellWords(NamedTuple):
    """What stands in a cell, what a refusal would make of it, and whether its row does best in the column.

    `whole` is both in one.
    """

    text: str
    refused: str | None
    whole: str
    wins: bool


class RowWords(NamedTuple):
    """One row; `refusal` stands in place of the cells where the rules of that date allow no plan.

    `remarks`: which scenarios it stands for too, what comes in place of the lost card, and what no longer counts.
    """

    number: int
    title: str
    remarks: tuple[str, ...]
    cells: tuple[CellWords, ...]
    refusal: str | None
    phone: tuple[tuple[str, tuple[str, ...]], ...]
    steps: tuple[str, ...]


class Bar(NamedTuple):
    """One row's days for one need, as words and as figures; `figures` is None where they are not known."""

    number: int
    title: str
    text: str
    figures: Three | None
    refused: int | None


class GroupWords(NamedTuple):
    """Rows under one heading, and what they say together."""

    title: str | None
    sentences: tuple[str, ...]
    rows: tuple[RowWords, ...]
    bars: tuple[tuple[str, tuple[Bar, ...]], ...]


class ComparisonSheet(NamedTuple):
    """The whole page. `longest` is the end of the common day axis."""

    title: str
    facts: str
    told: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    groups: tuple[GroupWords, ...]
    assumptions: tuple[str, ...]
    own_assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    longest: int


def make_comparison_sheet(comparison: Comparison, language: str) -> ComparisonSheet:
    """Return the words of a comparison."""
    return _Words(comparison, language).sheet()


class _Words:
    def __init__(self, comparison: Comparison, language: str) -> None:
        self.comparison = comparison
        self.catalogue = comparison.facts.catalogue
        self.speaker = Speaker(language)
        self.say = self.speaker.say

    def sheet(self) -> ComparisonSheet:
        say, comparison = self.say, self.comparison
        groups = tuple(map(self.group, comparison.groups))
        return ComparisonSheet(
            title=say(f"compare.title.{comparison.kind}"),
            facts=say("plan.facts", date=self.catalogue.as_of),
            told=tuple(self.told()),
            columns=tuple(self.columns()),
            groups=groups,
            assumptions=tuple(map(say, comparison.assumptions)),
            own_assumptions=tuple(self.own_assumptions()),
            notes=tuple(map(say, ("compare.figures", "compare.mark", "compare.details", "plan.disclaimer"))),
            longest=max([1, *(_reach(bar) for group in groups for _, bars in group.bars for bar in bars)]),
        )

    def columns(self) -> Iterable[Column]:
        for key in self.comparison.needs:
            need = self.catalogue.needs[key]
            yield Column(key, self.say(need.short or need.gap))
        for key in COLUMNS:
            yield Column(key, self.say(f"column.{key}"))

    def told(self) -> Iterable[tuple[str, str]]:
        """Yield what the person said that is the same in every row."""
        scenarios = [row.scenario for group in self.comparison.groups for row in group.rows]
        situations = [scenario.situation for scenario in scenarios]
        for label, values in (
            ("label.lost", [s.lost for s in situations]),
            ("label.linked", [s.linked for s in situations]),
            ("label.have", [s.have for s in situations]),
        ):
            if len(set(values)) == 1 and values[0]:
                items = [self.catalogue.items[name].title for name in values[0]]
                yield self.say(label), self.speaker.list(map(self.say, items))
        insurers = {s.insurer for s in situations}
        if len(insurers) == 1 and (insurer := insurers.pop()) is not None:
            yield self.say("label.insurer"), self.say(self.catalogue.insurers[insurer].title)
        hows = {s.how for s in situations} - {None}
        hows = hows - {"home"} or hows  # ways of holding are always looked at inside the home too
        if len(hows) == 1 and (how := hows.pop()) != "outside":
            yield self.say("label.how"), self.say(f"how.{how}")
        starts = {scenario.start for scenario in scenarios}
        if len(starts) == 1:
            yield self.say("label.from"), self.speaker.moment(starts.pop())

    def own_assumptions(self) -> Iterable[str]:
        """Yield what only some rows rest on, each with the numbers of those rows."""
        own: dict[str, list[int]] = {}
        for group in self.comparison.groups:
            for row in group.rows:
                for words in row.assumptions:
                    own.setdefault(self.say(words), []).append(row.number)
        for assumption, numbers in own.items():
            yield self.say("compare.only-in", rows=Numbers(numbers), assumption=assumption)

    def group(self, group: Group) -> GroupWords:
        return GroupWords(
            title=None if group.title is None else self.say(group.title),
            sentences=tuple(map(self.say, group.sentences)),
            rows=tuple(self.row(group, row) for row in group.rows),
            bars=tuple(self.bars(group)),
        )

    def row(self, group: Group, row: Row) -> RowWords:
        return RowWords(
            number=row.number,
            title=self.say(row.scenario.title),
            remarks=tuple(self.remarks(row)),
            cells=tuple(self.cells(group, row)),
            refusal=None if row.refusal is None else self.say(row.refusal),
            phone=tuple(
                (self.say(self.catalogue.offices[first.office].title), tuple(map(self.say, first.questions)))
                for first in row.phone
            ),
            steps=tuple(self.steps(row.plan)) if row.plan else (),
        )

    def remarks(self, row: Row) -> Iterable[str]:
        if row.also:
            yield self.say("compare.also", rows=[scenario.title for scenario in row.also])
        if row.plan is None:
            return
        items = self.catalogue.items
        for card in row.plan.cards:
            if card.item != card.lost:
                yield self.say("compare.successor", lost=items[card.lost].title, item=items[card.item].title)
        yield from map(self.say, row.plan.notices)

    def cells(self, group: Group, row: Row) -> Iterable[CellWords]:
        if row.plan is None or row.fees is None or row.photo is None:
            return
        texts = {key: self.cell(row.days[key]) for key in (*self.comparison.needs, "cards")}
        refused = {key: self.refused(row.days[key]) for key in texts}
        texts["visits"] = str(row.visits)
        texts["fee"] = self.fees(row.fees)
        texts["photo"] = self.photo(row.photo)
        offices = len(row.phone)
        texts["phone"] = self.say("cell.offices", count=offices) if offices else self.say("cell.none")
        for key, text in texts.items():
            wins = row.scenario.id in group.wins.get(key, ())
            yield CellWords(text, refused.get(key), self.both(text, refused.get(key)), wins)

    def cell(self, cell: Cell) -> str:
        return self.say(f"cell.{cell.state}") if cell.state in ("unknown", "no-way") else self.short(cell.days)

    def both(self, text: str, refused: str | None) -> str:
        return self.say("cell.both", days=text, refused=refused) if refused else text

    def refused(self, cell: Cell) -> str | None:
        if cell.refused is None or cell.refused == cell.days:
            return None
        if cell.refused.typical is None:
            return self.say("cell.refused-no-way")
        return self.say("cell.refused", refused=self.short(cell.refused))

    def short(self, days: Three) -> str:
        if days.worst is None:
            return self.say("cell.open", typical=days.typical, best=days.best)
        if days.best == days.worst:
            return str(days.typical)
        return self.say("cell.range", typical=days.typical, best=days.best, worst=days.worst)

    def fees(self, fees: Fees) -> str:
        fee = self.speaker.fee(fees.low, fees.high)
        if not fees.known:
            return self.say("cell.partly", fee=fee) if fees.high else self.say("yen.unknown")
        return fee if fees.certain else self.say("yen.inferred", fee=fee)

    def photo(self, photo: Photo) -> str:
        items = self.catalogue.items
        if photo.left:
            return self.speaker.list(self.say(items[name].title) for name in photo.left)
        if photo.first is None:
            return self.say("cell.none")
        if photo.days == 0:
            return self.say("cell.photo-today", item=items[photo.first].title)
        return self.say("cell.photo-later", days=photo.days, item=items[photo.first].title)

    def steps(self, plan: Plan) -> Iterable[str]:
        for step in plan.steps:
            when = self.speaker.date(step.start // DAY)
            yield f"{when} {self.say(plan.facts.catalogue.procedures[step.procedure].title)}"

    def bars(self, group: Group) -> Iterable[tuple[str, tuple[Bar, ...]]]:
        planned = [row for row in group.rows if row.plan is not None]
        keys: Sequence[str] = (*self.comparison.needs, "cards")
        for key in keys if planned else ():
            title = self.say("column.cards-long") if key == "cards" else self.say(self.catalogue.needs[key].gap)
            yield title, tuple(self.bar(row, row.days[key]) for row in planned)

    def bar(self, row: Row, cell: Cell) -> Bar:
        return Bar(
            number=row.number,
            title=self.say(row.scenario.title),
            text=self.both(self.cell(cell), self.refused(cell)),
            figures=None if cell.days.typical is None else cell.days,
            refused=cell.refused.typical if cell.refused else None,
        )


def _reach(bar: Bar) -> int:
    figures = bar.figures or Three(0, 0, 0)
    return max(figures.typical or 0, figures.worst or 0, bar.refused or 0)
