"""A comparison and a year as HTML pages: tables that become cards on a phone, bars, and a map of the year."""

from __future__ import annotations

from typing import NamedTuple

import jinja2
from markupsafe import Markup

from lostcard.planner.comparison import Comparison
from lostcard.planner.year import YearOfLoss
from lostcard.render.comparison_sheet import Bar, make_comparison_sheet
from lostcard.render.page import css_text, page_numbers, policy, templates
from lostcard.render.words import Speaker
from lostcard.render.year_sheet import heat, make_year_sheet

__all__ = ["comparison_html", "year_html"]

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200)
_TICKS = 8


class Drawn(NamedTuple):
    """Where the parts of a bar end, in percent of the axis (equal where a part has no length)."""

    bar: Bar
    best: float
    typical: float
    worst: float
    refused: float


def comparison_html(comparison: Comparison, language: str) -> str:
    """Return the page of a comparison."""
    sheet = make_comparison_sheet(comparison, language)
    step = next((step for step in _STEPS if sheet.longest / step <= _TICKS), _STEPS[-1])
    environment = templates(language)
    return _page(
        environment,
        "comparison.html",
        language,
        f"{sheet.title} {sheet.facts}",
        sheet=sheet,
        drawn=lambda bar: _drawn(bar, sheet.longest),
        ticks=[(day, _place(day, sheet.longest)) for day in range(0, sheet.longest + 1, step)],
        says=Speaker(language).say,
    )


def year_html(year: YearOfLoss, language: str) -> str:
    """Return the page of a year."""
    sheet = make_year_sheet(year, language)
    return _page(
        templates(language),
        "year.html",
        language,
        f"{sheet.title} {sheet.facts}",
        sheet=sheet,
        heat=heat,
        says=Speaker(language).say,
    )


def _page(environment: jinja2.Environment, name: str, language: str, footer: str, **values: object) -> str:
    style = environment.get_template("comparison.css").render(footer=css_text(footer), pages=page_numbers(language))
    return environment.get_template(name).render(
        language=language,
        style=Markup(style),  # noqa: S704 - our own file; its values are escaped for CSS
        policy=policy(style),
        **values,
    )


def _place(days: int, longest: int) -> float:
    return round(days * 100 / longest, 1)


def _drawn(bar: Bar, longest: int) -> Drawn:
    figures = bar.figures
    best = _place((figures and figures.best) or 0, longest)
    typical = max(best, _place((figures and figures.typical) or 0, longest))
    worst = max(typical, _place((figures and figures.worst) or 0, longest))
    return Drawn(bar, best, typical, worst, max(worst, _place(bar.refused or 0, longest)))
