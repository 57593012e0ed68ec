"""Rows of a comparison: identical plans become one, other questions never do."""

from __future__ import annotations

import datetime as dt

from lostcard.catalogue.compiled import load_facts
from lostcard.planner.clock import to_minute
from lostcard.planner.comparison import Scenario, rows
from lostcard.planner.plan import Note
from lostcard.planner.situation import Options, Situation

START = to_minute(dt.datetime(2026, 11, 24, 9, 0))  # noqa: DTZ001 - a wall clock in Japan
LOST = Situation(("licence",), (), ("passport",), insurer="nhi")


def test_only_the_same_question_with_the_same_answer_is_one_row() -> None:
    base = Scenario("a", Note("route.cheapest"), LOST, Options(), START)
    asked = [
        base,
        base._replace(id="b"),
        base._replace(id="c", situation=LOST._replace(have=("bankbook", "passport"))),
        base._replace(id="d", group=Note("holding.home")),
        base._replace(id="e", options=Options(without=("no-such-act",))),
    ]
    found = rows(load_facts(), asked)
    assert [(row.number, row.scenario.id, [other.id for other in row.also]) for row in found] == [
        (1, "a", ["b", "e"]),
        (2, "c", []),
        (3, "d", []),
    ]
    acts = [[(step.procedure, step.start) for step in row.plan.steps] for row in found if row.plan]
    assert acts[0] == acts[1] == acts[2]


def test_a_card_without_a_way_is_not_hidden_by_one_whose_days_nobody_knows() -> None:
    """A society publishes no days for its certificate; without any paper of identity no licence is reissued."""
    lost = Situation(("eligibility-certificate", "licence"), (), (), insurer="nhi-society")
    (row,) = rows(load_facts(), [Scenario("a", Note("route.cheapest"), lost, Options(), START)])
    assert (row.days["coverage"].state, row.days["licence"].state) == ("unknown", "no-way")
    assert row.days["cards"].state == "no-way"
