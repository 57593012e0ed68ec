"""The year: each day is the plan of that day, and the summary is what a count by hand finds."""

from __future__ import annotations

import calendar
import datetime as dt
import random
import re
from dataclasses import replace
from functools import cache

import pytest

from lostcard.catalogue.compiled import load_facts
from lostcard.catalogue.facts import Facts
from lostcard.commands.year import plan_year
from lostcard.planner.assemble import make_plan
from lostcard.planner.clock import DAY
from lostcard.planner.plan import Note, Three
from lostcard.planner.situation import Options, Situation
from lostcard.planner.year import DayOfLoss, Spread, YearOfLoss, days_of_year, loss_on, summarise
from lostcard.render.layout import Line, Span
from lostcard.render.terminal import styled
from lostcard.render.year_text import year_lines

LOST = Situation(("mynacard",), ("licence-record", "insurance-registration"), ("passport",), insurer="nhi")
NINE = 540


@cache
def facts() -> Facts:
    return load_facts()


def spread(figures: list[int | None], need: str = "licence", year: int = 2027) -> tuple[YearOfLoss, Spread]:
    """Return the summary of a year whose days cost what is written; its first days are `figures`, the rest 0."""
    days = days_of_year(year)
    costs = [*figures, *[0] * (len(days) - len(figures))]
    made = [DayOfLoss(day, possible=True, gaps={need: Three(n, n, n)}) for day, n in zip(days, costs, strict=True)]
    random.Random(1).shuffle(made)  # noqa: S311 - the processes may answer in any order
    whole = summarise(facts(), LOST, Options(), NINE, made)
    [found] = whole.spreads
    return whole, found


@pytest.mark.parametrize("seed", range(6))
def test_the_loss_of_a_day_costs_what_the_plan_of_that_day_says(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - it must be repeatable, not secret
    start = rng.randint(dt.date(2025, 4, 1).toordinal(), dt.date(2028, 12, 31).toordinal()) * DAY + NINE
    situation = LOST._replace(have=rng.choice([("passport",), (), ("passport", "licence")]))
    plan = make_plan(facts(), situation, Options(), start)
    gaps = loss_on(facts(), situation, Options(), start).gaps
    back = [card.span.days for card in plan.cards]
    assert gaps.pop("cards") == Three(*(max(days) for days in zip(*back, strict=True)))
    assert gaps == {gap.need: gap.span.days for gap in plan.gaps}


@pytest.mark.parametrize(("year", "days"), [(2027, 365), (2028, 366)])
def test_a_year_has_its_days(year: int, days: int) -> None:
    found = [dt.date.fromordinal(day) for day in days_of_year(year)]
    assert (len(found), found[0], found[-1]) == (days, dt.date(year, 1, 1), dt.date(year, 12, 31))
    assert len(set(found)) == days


@pytest.mark.parametrize("seed", range(3))
def test_counts_median_runs_and_peaks_are_what_a_count_by_hand_finds(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    figures = [rng.choice([1, 1, 1, 2, 3, 5, 8, None]) for _ in range(365)]
    _, found = spread(list(figures))
    known = sorted(n for n in figures if n is not None)
    assert found.counts == {n: known.count(n) for n in sorted(set(known))}
    assert (found.unknown, found.most, found.median) == (figures.count(None), known[-1], known[(len(known) - 1) // 2])
    first = dt.date(2027, 1, 1).toordinal()
    text = "".join("?" if n is None else str(n) for n in figures)
    starts = [i for i in range(365) if text[i] == "1" and (i == 0 or text[i - 1] != "1")]
    ends = [i for i in range(365) if text[i] == "1" and (i == 364 or text[i + 1] != "1")]
    assert found.best.days == 1
    assert found.best.runs == tuple((first + a, first + b) for a, b in zip(starts, ends, strict=True))
    stretches = []
    place = 0
    ordinary = "".join(str(n) for n in sorted(set(known)) if n <= known[(len(known) - 1) // 2])
    for part in re.sub(f"[?{ordinary}]", " ", text).split(" "):
        if part:
            worst = max(part)
            stretches.append((-int(worst), place + part.index(worst), place, place + len(part) - 1))
        place += len(part) + 1
    top = sorted(stretches)[:3]
    assert [(-peak.days, peak.day - first, *(day - first for day in peak.runs[0])) for peak in found.peaks] == top


def test_the_map_has_twelve_lines_of_weeks_as_the_calendar_has_them() -> None:
    figures: list[int | None] = [n % 10 for n in range(366)]
    whole, _ = spread(figures, year=2028)
    lines = [line for line in year_lines(whole, "en", width=80) if line.text[:3] in calendar.month_abbr[1:]]
    assert [line.text[:3] for line in lines] == list(calendar.month_abbr[1:])
    first = dt.date(2028, 1, 1).toordinal()
    for month, line in enumerate(lines, 1):
        weeks = calendar.monthcalendar(2028, month)
        signs = [
            "".join(str((dt.date(2028, month, day).toordinal() - first) % 10) if day else " " for day in week)
            for week in weeks
        ]
        assert line.text == f"{calendar.month_abbr[month]}  {' '.join(signs)}".rstrip()
        coloured = {place for span in line.spans for place in range(span.start, span.end)}
        assert coloured == {place for place, sign in enumerate(line.text) if sign.isdigit()}
        for span in line.spans:
            days = int(line.text[span.start])
            # No heat where nothing is lost, then quarters of the worst, 9 days.
            assert (
                span.style == f"heat{0 if days == 0 else 1 if days <= 2 else 2 if days <= 4 else 3 if days <= 6 else 4}"
            )


def test_heat_colours_exactly_its_characters() -> None:
    out = styled([Line("Jan  01", "", (Span(5, 6, "heat0"), Span(6, 7, "heat4")))])
    coloured = re.findall(r"\x1b\[([0-9;]+)m([^\x1b]*)\x1b\[0m", out)
    assert [text for _, text in coloured] == ["0", "1"]
    assert len({style for style, _ in coloured}) == 2
    assert re.sub(r"\x1b\[[0-9;]+m[^\x1b]*\x1b\[0m", "", out) == "Jan  \n"


def test_one_process_and_two_give_the_same() -> None:
    one = [day for batch in plan_year(LOST, Options(), 2027, 1) for day in batch]
    two = [day for batch in plan_year(LOST, Options(), 2027, 2) for day in batch]
    assert len(one) == 365
    assert one == two


def test_of_two_middle_days_the_median_is_the_lower() -> None:
    _, found = spread([None, *[0] * 182, *[5] * 182])
    assert found.median == 0
    _, found = spread([None, *[0] * 181, *[5] * 183])
    assert found.median == 5


def test_a_closure_that_has_no_name_is_said_all_the_same() -> None:
    """An office shut on Wed 9 and Thu 10 June 2027, which is no season, no holiday and no weekend."""
    catalogue = facts().catalogue
    days = catalogue.calendars["office-days"]
    span = replace(days.closed[0], start="06-09", end="06-10")
    shut = replace(catalogue, calendars=catalogue.calendars | {"office-days": replace(days, closed=(span,))})
    start = dt.date(2027, 6, 9).toordinal()
    own = replace(facts(), catalogue=shut)
    losses = [loss_on(own, LOST, Options(), day * DAY + NINE) for day in range(start - 1, start + 3)]
    assert [loss.gaps["licence"].typical for loss in losses] == [0, 2, 1, 0]
    [licence] = [s for s in summarise(own, LOST, Options(), NINE, losses).spreads if s.need == "licence"]
    [reason] = licence.peaks[0].reasons
    assert isinstance(reason, Note)
    assert (reason.key, reason.params["causes"]) == ("year.closed", [Note("year.office-closure")])
