"""Where the bars of the timeline lie: one row for each need and card, on an axis of days from the loss."""

from __future__ import annotations

from typing import NamedTuple

from lostcard.render.layout import columns
from lostcard.render.parts import Figure, Sheet
from lostcard.render.words import Speaker

__all__ = ["Bar", "Legend", "Tick", "Timeline", "make_timeline"]

WIDTH = 300
"""Of the drawing, in its own units: one pixel each on a narrow phone."""
_LEFT, _RIGHT = 4, 100
_TOP, _ROW = 6, 34
_LABEL, _VALUE = 52, 16
"""Columns of text that fit above a bar and beside it; what is cut or left out stands whole below the drawing."""
_STEPS = (1, 2, 7, 14, 28, 56, 112, 364)
_TICKS = 6


class Bar(NamedTuple):
    """One row: its words, and how long its surest, typical and worst part are.

    `none`: not a day is lost. `open`: nobody knows the worst. `unknown`: nobody knows anything.
    """

    line: str
    label: str
    days: str
    y: int
    best: float
    typical: float
    worst: float
    none: bool
    open: bool
    unknown: bool


class Tick(NamedTuple):
    """A mark on the axis."""

    x: float
    label: str
    anchor: str


class Legend(NamedTuple):
    """The words beside the drawing."""

    title: str
    best: str
    typical: str
    worst: str


class Timeline(NamedTuple):
    """The drawing: its size, where its bars begin and end, its rows from top to bottom, and its axis."""

    width: int
    height: int
    left: int
    right: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    legend: Legend
    description: str


def make_timeline(sheet: Sheet) -> Timeline:
    """Return where everything lies."""
    speaker = Speaker(sheet.head.language)
    figures = sheet.how_long.figures
    known = [day for figure in figures for day in figure.span[:3] if isinstance(day, int)]
    last = max([1, *known])
    unit = (WIDTH - _LEFT - _RIGHT) / last
    step = next((step for step in _STEPS if last / step <= _TICKS), last)
    marks = range(0, last + 1, step)
    return Timeline(
        width=WIDTH,
        height=_TOP + _ROW * len(figures) + 16,
        left=_LEFT,
        right=WIDTH - _RIGHT + 8,
        bars=tuple(_bar(figure, _TOP + _ROW * row, unit) for row, figure in enumerate(figures)),
        ticks=tuple(
            Tick(round(_LEFT + day * unit, 1), speaker.count(day), "middle" if day else "start") for day in marks
        ),
        legend=Legend(*map(speaker.say, ("timeline.title", "timeline.best", "timeline.typical", "timeline.worst"))),
        description=" ".join(figure.line for figure in figures),
    )


def _bar(figure: Figure, y: int, unit: float) -> Bar:
    best, typical, worst = figure.span[:3]
    ends = [day or 0 for day in (best, typical, worst)]
    ends[1] = max(ends[:2])
    ends[2] = max(ends)
    return Bar(
        line=figure.line,
        label=_cut(figure.title),
        days=figure.days if columns(figure.days) <= _VALUE else "",
        y=y,
        best=round(ends[0] * unit, 1),
        typical=round(ends[1] * unit, 1),
        worst=round(ends[2] * unit, 1),
        none=ends[2] == 0 and worst is not None,
        open=worst is None and typical is not None,
        unknown=typical is None,
    )


def _cut(text: str) -> str:
    if columns(text) <= _LABEL:
        return text
    while columns(text) > _LABEL - 2:
        text = text[:-1]
    return f"{text.rstrip()}…"
