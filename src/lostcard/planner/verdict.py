"""What the rows of a comparison say together: who does best in each column, and the difference that matters."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from lostcard.catalogue.facts import Facts
from lostcard.planner.clock import NEVER
from lostcard.planner.comparison import COLUMNS, Cell, Comparison, Group, Row, Scenario, rows
from lostcard.planner.plan import Note, Numbers, Words

__all__ = ["compare", "merit"]

Merit: TypeAlias = tuple[int, ...]
"""How well a row does in a column: smaller is better."""


def compare(facts: Facts, kind: str, scenarios: Sequence[Scenario], *, explain: bool = False) -> Comparison:
    """Plan the scenarios and set them side by side.

    Raises:
        UsageError: a situation contradicts itself.

    """
    made = rows(facts, scenarios, explain=explain)
    planned = [row for row in made if row.plan is not None]
    touched = {gap.need for row in planned if row.plan for gap in row.plan.gaps}
    needs = tuple(need for need in facts.catalogue.needs if need in touched)
    common = _common(planned)
    made = [row._replace(assumptions=tuple(w for w in row.assumptions if w not in common)) for row in made]
    groups: list[Group] = []
    for title, members in itertools.groupby(made, key=lambda row: row.scenario.group):
        group = _group(facts, title, tuple(members), needs)
        if groups:
            group = group._replace(sentences=(*group.sentences, *_beside(facts, groups[0], group, needs)))
        groups.append(group)
    return Comparison(kind, facts, needs, tuple(groups), common)


def _common(planned: Sequence[Row]) -> tuple[Words, ...]:
    """Return the assumptions that every row rests on."""
    said: list[Words] = []
    for row in planned:
        said += [words for words in row.assumptions if words not in said]
    return tuple(words for words in said if _general(words) or all(words in row.assumptions for row in planned))


def _general(words: Words) -> bool:
    """Tell whether an assumption is about how days are counted: it holds in every row, whether or not it shows."""
    return isinstance(words, Note) and words.key == "assume.arrival"


def _group(facts: Facts, title: Words | None, members: tuple[Row, ...], needs: Sequence[str]) -> Group:
    wins = {column: winners for column in (*needs, *COLUMNS) if (winners := _winners(members, column))}
    return Group(title, members, wins, tuple(_sentences(facts, members, needs)))


def merit(row: Row, column: str) -> Merit | None:
    """Return how well a row does in a column; None where it is not known, which can never win.

    The visits, fees and calls of a plan that does not lead to everything are no merit.
    """
    if row.plan is None:
        return None
    whole = all(cell.state != "no-way" for cell in row.days.values())
    match column:
        case "visits":
            return (row.visits,) if whole and row.visits is not None else None
        case "fee":
            return (row.fees.high,) if whole and row.fees and row.fees.known else None
        case "photo":
            return _photo_merit(row)
        case "phone":
            return (len(row.phone),) if whole else None
        case _:
            return _cell_merit(row.days[column])


def _cell_merit(cell: Cell) -> Merit | None:
    typical = cell.days.typical
    if typical is None:
        return None
    worst = NEVER if cell.days.worst is None else cell.days.worst
    refused = typical
    if cell.refused is not None:
        refused = NEVER if cell.refused.typical is None else cell.refused.typical
    return (typical, worst, refused, cell.days.best or 0)


def _photo_merit(row: Row) -> Merit | None:
    assert row.photo is not None
    if row.photo.left:
        return (0, 0)
    return None if row.photo.days is None else (1, row.photo.days)


def _winners(members: Sequence[Row], column: str) -> tuple[str, ...]:
    merits = {row.scenario.id: merit(row, column) for row in members if row.plan is not None}
    known = [value for value in merits.values() if value is not None]
    if not known or len(merits) == 1 or (len(set(known)) == 1 and len(known) == len(merits)):
        return ()
    return tuple(name for name, value in merits.items() if value == min(known))


def _sentences(facts: Facts, members: Sequence[Row], needs: Sequence[str]) -> Iterator[Note]:
    """Yield the one difference that matters, and which rows do not lead to everything."""
    planned = [row for row in members if row.plan is not None]
    stuck = [row for row in members if row.plan is None or _blocked(row, needs)]
    column = _telling(planned, needs)
    if column is not None:
        yield _difference(facts, planned, column)
    elif len(stuck) == len(members):
        yield Note("compare.none")
        return
    elif not stuck and len(planned) > 1:  # else that some lead nowhere is the difference
        yield from _same_days(planned, needs)
    elif len(members) == 1 and members[0].also:
        yield Note("compare.one-plan")
    if stuck:
        yield Note("compare.stuck", {"rows": _named(stuck)})


def _telling(planned: Sequence[Row], needs: Sequence[str]) -> str | None:
    """Return the column whose difference matters most.

    A need comes before the cards, and a day's difference in the typical case, or if refused, before one at worst only.
    """
    spreads = {column: spread for column in (*needs, "cards") if (spread := _spread(planned, column))}
    if not spreads:
        return None

    def weight(column: str) -> tuple[bool, bool, Merit]:
        typical, _, refused, *_ = spreads[column]
        return (max(typical, refused) > 0, column != "cards", spreads[column])

    return max(spreads, key=weight)


def _same_days(planned: Sequence[Row], needs: Sequence[str]) -> Iterator[Note]:
    states = {tuple(row.days[column].days.typical is None for column in (*needs, "cards")) for row in planned}
    if len(states) == 1:  # days that are not known are not called equal to those that are
        costs = {(row.fees, row.visits) for row in planned}
        yield Note("compare.only-costs") if len(costs) > 1 else Note("compare.same")


def _blocked(row: Row, needs: Sequence[str]) -> bool:
    return any(row.days[column].state == "no-way" for column in (*needs, "cards"))


def _spread(members: Sequence[Row], column: str) -> tuple[int, ...] | None:
    """Return by how much the rows differ: typical days, then worst, then refused; None if they do not."""
    known = [value for row in members if (value := merit(row, column)) is not None]
    if len(set(known)) < 2:  # noqa: PLR2004 - two make a difference
        return None
    return tuple(max(figures) - min(figures) for figures in zip(*known, strict=True))


def _difference(facts: Facts, members: Sequence[Row], column: str) -> Note:
    known = {row.scenario.id: value for row in members if (value := merit(row, column)) is not None}
    ends = []
    for extreme in (min(known.values()), max(known.values())):
        same = [row for row in members if known.get(row.scenario.id) == extreme]
        ends.append((same, same[0].days[column]))
    (best, best_cell), (worst, worst_cell) = ends
    return Note(
        "compare.difference",
        {
            "column": _title(facts, column),
            "best": _named(best),
            "best_days": _figure(best_cell),
            "worst": _named(worst),
            "worst_days": _figure(worst_cell),
        },
    )


def _named(members: Sequence[Row]) -> Note:
    """Name one row by its title, several by their numbers."""
    if len(members) == 1:
        return Note("compare.row", {"title": members[0].scenario.title})
    return Note("compare.rows", {"rows": Numbers(row.number for row in members)})


def _title(facts: Facts, column: str) -> Words:
    return Note("column.cards-long") if column == "cards" else facts.catalogue.needs[column].gap


def _figure(cell: Cell) -> Note:
    if cell.refused is None or cell.refused == cell.days:
        return Note("compare.days", {"days": cell.days})
    if cell.refused.typical is None:
        return Note("compare.refused-no-way", {"days": cell.days})
    return Note("compare.refused", {"days": cell.days, "refused": cell.refused})


def _beside(facts: Facts, first: Group, group: Group, needs: Sequence[str]) -> Iterator[Note]:
    """Yield why a group of holdings comes out differently from the first, where one card alone was lost.

    A way of holding that did better than the hardest one when that card was lost loses its lead if what shows the need
    (or the photo identity that gets it back at once) is lost as well.
    """
    holdings = facts.catalogue.holdings
    alone = {
        row.scenario.way: row
        for row in first.rows
        if row.plan and row.scenario.situation.lost == (holdings[row.scenario.way].mislaid,)
    }
    members = {row.scenario.way: row for row in group.rows if row.plan and row.scenario.way in alone}
    for need in needs:
        before, here = _worst_by_way(alone.values(), need), _worst_by_way(members.values(), need)
        ways = [way for way in before if way in here]
        if not ways:
            continue
        hardest = max(ways, key=lambda way: before[way])
        caught = [way for way in ways if here[hardest] - here[way] < before[hardest] - before[way]]
        showing = [way for way in caught if _shown(alone[way], need) and not _shown(members[way], need)]
        photo = [way for way in caught if way not in showing and _photo_left(alone[way]) > _photo_left(members[way])]
        title = facts.catalogue.needs[need].title
        for key, chosen in (("compare.lost-together", showing), ("compare.photo-lost", photo)):
            if chosen:
                yield Note(key, {"need": title, "rows": _named([members[way] for way in chosen])})
        for key, chosen in (
            ("compare.vanishes", [way for way in (*showing, *photo) if here[hardest] <= here[way]]),
            ("compare.shrinks", [way for way in (*showing, *photo) if here[hardest] > here[way]]),
        ):
            if chosen:
                ahead = _named([members[way] for way in chosen])
                yield Note(key, {"hardest": _named([members[hardest]]), "rows": ahead})


def _shown(row: Row, need: str) -> bool:
    """Tell whether something that is still held shows a need."""
    return row.days[need].state == "untouched"


def _photo_left(row: Row) -> bool:
    return row.photo is not None and bool(row.photo.left)


def _worst_by_way(members: Iterable[Row], need: str) -> dict[str, int]:
    """Return the worst days of each way of holding, if nothing is refused; left out where they are not known."""
    found: dict[str, int] = {}
    for row in members:
        if row.plan is None or row.days[need].state in ("unknown", "no-way"):
            continue
        worst = row.days[need].days.worst
        found[row.scenario.way] = max(found.get(row.scenario.way, 0), NEVER if worst is None else worst)
    return found
