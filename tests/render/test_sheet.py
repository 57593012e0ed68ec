"""The sheet: the plan in words, with nothing left for a renderer to work out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest

from lostcard.catalogue.compiled import load_facts
from lostcard.planner.assemble import make_plan
from lostcard.planner.clock import to_minute
from lostcard.planner.plan import Plan
from lostcard.planner.situation import Options, Situation
from lostcard.render.html import identity, plan_html
from lostcard.render.parts import Sheet
from lostcard.render.sheet import make_sheet

CASE_1 = Situation(("mynacard",), ("insurance-registration", "licence-record"), ("passport",), insurer="nhi")


def plan(situation: Situation = CASE_1, *, hour: int = 9, day: int = 24, **options: str) -> Plan:
    start = to_minute(dt.datetime(2026, 11, day, hour))  # noqa: DTZ001 - a wall clock in Japan
    return make_plan(load_facts(), situation, Options(**options), start)  # type: ignore[arg-type]


def sheet(language: str = "en") -> Sheet:
    return make_sheet(plan(), language)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from texts(entry)


def test_right_now_comes_before_the_day() -> None:
    days = sheet().days
    assert [(day.heading, day.right_now, day.date) for day in days] == [
        ("Right now", True, "2026-11-24"),
        ("Tue 24 Nov 2026", False, "2026-11-24"),
    ]
    assert [[visit.ordinal for visit in day.visits] for day in days] == [["", "Visit 1"], ["Visit 2", "Visit 3"]]


def test_a_hotline_has_its_numbers_to_dial_and_whom_they_serve() -> None:
    hotline = sheet().days[0].visits[0]
    assert hotline.windows == "24 hours"
    assert [(phone.number, phone.dial) for phone in hotline.phones] == [
        ("0120-95-0178", "0120950178"),
        ("0120-0178-27", "0120017827"),
        ("0120-601-785", ""),  # a fax: no voice answers
    ]
    assert hotline.phones[0].note == "Japanese; press 2"


def test_a_report_leaves_room_for_its_number_the_station_the_date_and_the_person() -> None:
    report = sheet().days[0].visits[1].steps[0]
    (blank,) = report.blanks
    assert "____" in blank.line
    assert "____" not in blank.label
    assert report.records == ("Where, and its phone", "Date", "Spoke to")
    assert all(step.records == () for visit in sheet().days[1].visits for step in visit.steps)


def test_the_figures_of_case_1() -> None:
    found = {figure.name: figure for figure in sheet("ja").how_long.figures}
    card = found["mynacard"]
    assert (card.span.best, card.span.typical, card.span.worst) == (5, 7, 14)
    assert (card.span.best_day, card.span.typical_day, card.span.worst_day) == (
        "2026-11-29",
        "2026-12-01",
        "2026-12-08",
    )
    assert (card.kind, card.days, card.because) == ("card", "7日(5〜14日)", "5")
    assert found["coverage"].span.worst == 0
    assert [line.tone for line in found["licence"].lines] == ["", "", "warning"]


def test_a_paper_handed_out_on_the_way_says_so() -> None:
    papers = {paper.title: paper for paper in sheet().days[1].visits[0].papers}
    (certificate,) = [paper for title, paper in papers.items() if "資格確認書" in title]
    assert "handed out in step 4" in certificate.why
    assert "handed out in step 4" in certificate.line


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_text_is_finished(language: str) -> None:
    for text in texts(make_sheet(plan(), language)):
        assert text == text.strip()
        assert not re.search(r"\{[a-z_]*\}", text)


def keys(language: str) -> Iterator[str]:
    for day in sheet(language).days:
        for visit in day.visits:
            yield from (paper.key for paper in visit.papers)
            yield from (step.key for step in visit.steps)


def test_keys_are_those_of_the_acts_and_never_double() -> None:
    found = list(keys("en"))
    assert len(found) == 15  # six steps and nine papers
    assert len(set(found)) == len(found)
    assert list(keys("ja")) == found


def test_the_same_plan_is_known_again_and_another_is_not() -> None:
    same = identity(plan())
    assert all(f'data-plan="{same}"' in plan_html(plan(), language) for language in ("ja", "en"))
    others = [
        plan(CASE_1._replace(have=())),
        plan(CASE_1._replace(age=30)),
        plan(day=25),
        plan(prefer="cheapest"),
    ]
    assert len({same, *map(identity, others)}) == 5
