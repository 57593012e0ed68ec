"""Who does best in a column, and what is said about it; the rows are made by hand, and so are the expectations."""

from __future__ import annotations

import datetime as dt
from functools import cache
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lostcard.catalogue.compiled import load_facts
from lostcard.planner import verdict
from lostcard.planner.assemble import make_plan
from lostcard.planner.clock import to_minute
from lostcard.planner.comparison import Cell, Fees, Group, PhoneFirst, Photo, Row, Scenario
from lostcard.planner.plan import Note, Plan, Three
from lostcard.planner.situation import Options, Situation

START = to_minute(dt.datetime(2026, 11, 24, 9, 0))  # noqa: DTZ001 - a wall clock in Japan
LOST = Situation(("mynacard",), ("licence-record", "insurance-registration"), ("passport",), insurer="nhi")
ZERO = Cell("known", Three(0, 0, 0))
UNKNOWN = Cell("unknown", Three(None, None, None))
NO_WAY = Cell("no-way", Three(None, None, None))
HELD = Photo(("passport",), None, None)
FREE = Fees(0, 0, known=True, certain=True)
COLUMNS = ("coverage", "licence", "cards", "visits", "fee", "photo", "phone")


@cache
def plan() -> Plan:
    """Return a plan that touches both needs; what it says otherwise is not asked."""
    return make_plan(load_facts(), LOST, Options(), START)._replace(assumptions=())


def cell(typical: int, best: int | None = None, worst: int | None = -1, refused: int | None = -1) -> Cell:
    """Return known days; a refusal costs `refused` (None: no way is left)."""
    days = Three(typical if best is None else best, typical, typical if worst == -1 else worst)
    return Cell("known", days, None if refused == -1 else Three(refused, refused, refused))


def row(  # noqa: PLR0913 - a row has as many columns
    name: str,
    *,
    coverage: Cell = ZERO,
    licence: Cell = ZERO,
    cards: Cell = ZERO,
    visits: int = 1,
    fees: Fees = FREE,
    photo: Photo = HELD,
    phone: int = 0,
) -> Row:
    scenario = Scenario(name, Note("route.cheapest"), LOST, Options(), START)
    asked = tuple(PhoneFirst(f"office-{number}", ()) for number in range(phone))
    days = {"coverage": coverage, "licence": licence, "cards": cards}
    return Row(1, scenario, (), plan(), None, days, visits, fees, photo, asked, ())


def impossible(name: str) -> Row:
    return row(name)._replace(plan=None, refusal=Note("error.interrupted"), days={}, visits=None, fees=None, photo=None)


def group(*rows: Row) -> Group:
    numbered = [one._replace(number=number) for number, one in enumerate(rows, 1)]
    with patch.object(verdict, "rows", lambda *_, **__: numbered):
        [found] = verdict.compare(plan().facts, "routes", ()).groups
    return found


def wins(*rows: Row) -> dict[str, tuple[str, ...]]:
    return group(*rows).wins


# Marks


def test_the_fewest_days_win_and_ties_are_ties() -> None:
    found = wins(row("a", licence=cell(8)), row("b", licence=cell(0)), row("c", licence=cell(0)))
    assert found == {"licence": ("b", "c")}


def test_nothing_is_marked_where_all_tie_or_there_is_one_row() -> None:
    assert wins(row("a"), row("b"), row("c")) == {}
    assert wins(row("a")) == {}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(cell(5, worst=90), cell(6, worst=6), id="typical-first"),
        pytest.param(cell(5, worst=9), cell(5, worst=10), id="then-worst"),
        pytest.param(cell(5, worst=400), cell(5, worst=None), id="an-open-end-is-worst"),
        pytest.param(cell(5, worst=9), cell(5, worst=9, refused=6), id="then-refused"),
        pytest.param(cell(5, worst=9, refused=6), cell(5, worst=9, refused=7), id="refused-costs-less"),
        pytest.param(cell(5, worst=9, refused=300), cell(5, worst=9, refused=None), id="no-way-if-refused-is-worst"),
        pytest.param(cell(5, worst=9, refused=None), cell(5, worst=10), id="worst-before-refused"),
    ],
)
@pytest.mark.parametrize("column", ["coverage", "licence", "cards"])
def test_days_are_compared_by_typical_then_worst_then_refused(better: Cell, worse: Cell, column: str) -> None:
    made = [row("worse")._replace(days=row("x").days | {column: worse})]
    made += [row("better")._replace(days=row("x").days | {column: better})]
    assert wins(*made) == {column: ("better",)}


@pytest.mark.parametrize("blank", [UNKNOWN, NO_WAY])
def test_what_is_not_known_never_wins(blank: Cell) -> None:
    assert wins(row("a", cards=blank), row("b", cards=cell(99)))["cards"] == ("b",)
    assert "cards" not in wins(row("a", cards=blank), row("b", cards=blank))


def test_an_impossible_row_neither_wins_nor_makes_a_tie_a_victory() -> None:
    assert wins(impossible("x"), row("a", visits=2), row("b", visits=2)) == {}
    assert wins(impossible("x"), row("a", visits=2), row("b", visits=3)) == {"visits": ("a",)}
    assert wins(impossible("x"), row("a")) == {}


def test_a_plan_that_does_not_reach_everything_wins_neither_visits_nor_fee_nor_phone() -> None:
    short = row("short", licence=NO_WAY, visits=0, phone=0)
    whole = row("whole", visits=5, fees=Fees(900, 900, known=True, certain=True), phone=3)
    assert wins(short, whole) == dict.fromkeys(("licence", "visits", "fee", "phone"), ("whole",))


def test_fees_are_compared_by_the_highest_and_one_that_is_partly_unknown_never_wins() -> None:
    made = [
        row("partly", fees=Fees(0, 0, known=False, certain=False)),
        row("range", fees=Fees(0, 1000, known=True, certain=True)),
        row("inferred", fees=Fees(900, 900, known=True, certain=False)),
    ]
    assert wins(*made) == {"fee": ("inferred",)}


def test_photo_identity_left_beats_one_that_comes_and_the_sooner_the_later() -> None:
    later, sooner, none = Photo((), "licence", 6), Photo((), "mynacard", 3), Photo((), None, None)
    assert wins(row("l", photo=later), row("s", photo=sooner), row("n", photo=none)) == {"photo": ("s",)}
    assert wins(row("s", photo=Photo((), "licence", 0)), row("h", photo=HELD)) == {"photo": ("h",)}
    assert wins(row("h", photo=HELD), row("i", photo=Photo(("licence", "passport"), None, None))) == {}


def test_fewer_offices_to_phone_win() -> None:
    assert wins(row("a", phone=2), row("b", phone=0), row("c", phone=1)) == {"phone": ("b",)}


# Properties

figures = st.integers(0, 4)
cells = st.one_of(
    st.sampled_from([UNKNOWN, NO_WAY, ZERO]),
    st.builds(
        lambda days, refused: Cell("known", Three(days[0], days[1], days[2] if days[2] < 6 else None), refused),
        st.lists(st.integers(0, 6), min_size=3, max_size=3).map(sorted),
        st.one_of(st.none(), st.just(Three(None, None, None)), figures.map(lambda n: Three(n, n, n))),
    ),
)
fees = st.builds(lambda low, more, known: Fees(low, low + more, known, certain=known), figures, figures, st.booleans())
photos = st.sampled_from([HELD, Photo((), "licence", 1), Photo((), "licence", 4), Photo((), None, None)])
tables = st.lists(st.tuples(cells, cells, cells, figures, fees, photos, figures), min_size=1, max_size=5)


def made(table: list[tuple[Cell, Cell, Cell, int, Fees, Photo, int]]) -> list[Row]:
    return [
        row(f"r{number}", coverage=a, licence=b, cards=c, visits=v, fees=f, photo=p, phone=o)
        for number, (a, b, c, v, f, p, o) in enumerate(table)
    ]


def beats(one: Row, other: Row, column: str) -> bool:
    """Tell whether one row is better than another, written from what the issue says."""
    if column == "photo":
        assert one.photo is not None
        assert other.photo is not None
        days = [0.5 if p.left else p.days + 1 if p.days is not None else 1e9 for p in (one.photo, other.photo)]
        return days[0] < days[1]
    if column in ("visits", "fee", "phone"):
        amounts = []
        for each in (one, other):
            assert each.fees is not None
            assert each.visits is not None
            amount = {"visits": each.visits, "fee": each.fees.high, "phone": len(each.phone)}[column]
            stuck = any(cell.state == "no-way" for cell in each.days.values())
            hidden = column == "fee" and not each.fees.known
            amounts.append(1e9 if stuck or hidden else amount)
        return amounts[0] < amounts[1]
    mine, theirs = one.days[column], other.days[column]
    if mine.days.typical is None or theirs.days.typical is None:
        return mine.days.typical is not None and theirs.days.typical is None
    return order(mine) < order(theirs)


def order(cell: Cell) -> list[float]:
    refused = cell.days if cell.refused is None else cell.refused
    return [1e9 if days is None else days for days in (cell.days.typical, cell.days.worst, refused.typical)]


@settings(deadline=None)
@given(tables)
def test_no_winner_is_beaten_and_who_is_not_marked_is(
    table: list[tuple[Cell, Cell, Cell, int, Fees, Photo, int]],
) -> None:
    rows = made(table)
    found = wins(*rows)
    for column in COLUMNS:
        winners = [one for one in rows if one.scenario.id in found.get(column, ())]
        for winner in winners:
            assert not any(beats(other, winner, column) for other in rows)
        if any(beats(one, other, column) for one in rows for other in rows):
            assert winners
            assert len(winners) < len(rows)


@settings(deadline=None)
@given(tables.filter(lambda table: len(table) > 1))
def test_a_row_of_unknown_figures_takes_no_mark_away(
    table: list[tuple[Cell, Cell, Cell, int, Fees, Photo, int]],
) -> None:
    rows = made(table)
    blank = row("blank", coverage=NO_WAY, licence=UNKNOWN, cards=NO_WAY, photo=Photo((), None, None))
    before, after = wins(*rows), wins(*rows, blank)
    assert {column: after[column] for column in before} == before
    assert all("blank" not in winners for winners in after.values())


@settings(deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_change_who_wins(
    table: list[tuple[Cell, Cell, Cell, int, Fees, Photo, int]], random: object
) -> None:
    rows = made(table)
    before = {column: set(winners) for column, winners in wins(*rows).items()}
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert {column: set(winners) for column, winners in wins(*rows).items()} == before


# Sentences


def keys(*rows: Row) -> list[str]:
    return [sentence.key for sentence in group(*rows).sentences]


def test_the_need_that_differs_most_is_what_is_said() -> None:
    a = row("a", coverage=cell(3), licence=cell(20))
    b = row("b", coverage=cell(0), licence=cell(30))
    [said] = group(a, b).sentences
    assert said.key == "compare.difference"
    assert said.params["column"] == plan().facts.catalogue.needs["licence"].gap


def test_cards_are_spoken_of_only_where_the_needs_do_not_differ() -> None:
    [said] = group(row("a", cards=cell(3)), row("b", cards=cell(9))).sentences
    assert (said.key, said.params["column"]) == ("compare.difference", Note("column.cards-long"))
    [said] = group(row("a", licence=cell(1), cards=cell(3)), row("b", cards=cell(9))).sentences
    assert said.params["column"] == plan().facts.catalogue.needs["licence"].gap


def test_equal_days_say_so() -> None:
    assert keys(row("a"), row("b")) == ["compare.same"]
    assert keys(row("a"), row("b", fees=Fees(0, 1, known=True, certain=True))) == ["compare.only-costs"]


def test_days_that_are_not_known_are_not_called_equal() -> None:
    assert "compare.same" not in keys(row("a", licence=UNKNOWN), row("b"))
    assert "compare.only-costs" not in keys(
        row("a", licence=UNKNOWN), row("b", fees=Fees(0, 1, known=True, certain=True))
    )


def test_rows_without_a_way_through_are_named() -> None:
    said = group(row("a"), row("b", licence=NO_WAY), impossible("c")).sentences
    assert [note.key for note in said][-1] == "compare.stuck"
    assert keys(row("b", licence=NO_WAY), impossible("c")) == ["compare.none"]


def test_a_row_that_leads_nowhere_is_no_equal() -> None:
    """Two rows with the same known days, one of which never gets the licence back, are not the same."""
    said = keys(row("a"), row("b", licence=NO_WAY), row("c"))
    assert said == ["compare.stuck"]


def test_a_difference_among_rows_that_all_lead_nowhere_is_said_all_the_same() -> None:
    a = row("a", licence=cell(0), cards=NO_WAY)
    b = row("b", licence=cell(21), cards=NO_WAY)
    assert keys(a, b) == ["compare.difference", "compare.stuck"]


def test_a_month_for_the_card_is_said_rather_than_a_day_at_worst_for_a_need() -> None:
    a = row("a", coverage=cell(0, worst=1), cards=cell(31))
    b = row("b", cards=cell(1))
    assert group(a, b).sentences[0].params["column"] == Note("column.cards-long")


def test_what_a_refusal_costs_counts_as_days() -> None:
    a = row("a", licence=cell(0, refused=8), cards=cell(7))
    b = row("b", cards=cell(0))
    assert group(a, b).sentences[0].params["column"] == plan().facts.catalogue.needs["licence"].gap
