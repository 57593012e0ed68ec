"""Where the timeline's bars lie, worked out by hand: 196 units of drawing for the longest wait."""

from __future__ import annotations

import pytest

from lostcard.render.parts import Figure, Sheet, Span
from lostcard.render.timeline import Timeline, make_timeline
from render.test_sheet import sheet


def figure(title: str, best: int | None, typical: int | None, worst: int | None, days: str = "x") -> Figure:
    return Figure(
        "need", "coverage", title, days, f"{title}: {days}", (), Span(best, typical, worst, None, None, None), None
    )


def drawn(*figures: Figure, language: str = "en") -> Timeline:
    plain: Sheet = sheet(language)
    return make_timeline(plain._replace(how_long=plain.how_long._replace(figures=figures)))


def test_bars_are_as_long_as_their_days() -> None:
    timeline = drawn(figure("a", 7, 14, 28), figure("b", 0, 0, 0))
    first, second = timeline.bars
    assert (first.best, first.typical, first.worst) == (49, 98, 196)
    assert (first.none, first.open, first.unknown) == (False, False, False)
    assert (second.worst, second.none) == (0, True)
    assert second.y > first.y
    assert timeline.height > second.y


def test_the_axis_counts_in_days_or_weeks() -> None:
    assert [(tick.x, tick.label) for tick in drawn(figure("a", 7, 14, 28)).ticks] == [
        (4, "0 days"),
        (53, "7 days"),
        (102, "14 days"),
        (151, "21 days"),
        (200, "28 days"),
    ]
    assert [tick.label for tick in drawn(figure("a", 0, 1, 1), language="ja").ticks] == ["0日", "1日"]
    assert len(drawn(figure("a", 0, 400, 5000)).ticks) <= 14


def test_what_nobody_knows_is_drawn_as_unknown() -> None:
    worst, nothing = drawn(figure("a", 3, 5, None), figure("b", None, None, None)).bars
    assert (worst.open, worst.unknown, worst.none) == (True, False, False)
    assert worst.worst == worst.typical == 196
    assert (nothing.open, nothing.unknown, nothing.none) == (False, True, False)


@pytest.mark.parametrize("wide", ["W" * 80, "漢" * 80])
def test_a_long_label_is_cut_and_told_whole(wide: str) -> None:
    (bar,) = drawn(figure(wide, 1, 2, 3, days="d" * 40)).bars
    assert bar.label.endswith("…")
    assert len(bar.label) < 60
    assert bar.days == ""
    assert bar.line == f"{wide}: {'d' * 40}"


def test_no_figures_no_bars() -> None:
    assert drawn().bars == ()
