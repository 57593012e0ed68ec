"""A year as JSON, as CSV for a spreadsheet and as Markdown."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from lostcard.planner.clock import DAY, moment
from lostcard.planner.plan import Three
from lostcard.planner.year import CARDS, Extreme, YearOfLoss
from lostcard.render.document import plan_document
from lostcard.render.tables import csv_text, markdown_table, markdown_text
from lostcard.render.words import Speaker
from lostcard.render.year_sheet import make_year_sheet

__all__ = ["year_csv", "year_json", "year_markdown"]


def year_json(year: YearOfLoss, language: str) -> str:
    """Return the year as JSON, with the plans of the first best and the first worst day."""
    speaker = Speaker(language)

    def extreme(end: Extreme) -> dict[str, Any]:
        return {
            "days": end.days,
            "day": _date(end.day),
            "from": [{"first": _date(first), "last": _date(last)} for first, last in end.runs],
            "because": [speaker.say(reason) for reason in end.reasons],
            "plan": plan_document(end.plan, language),
        }

    document = {
        "version": 1,
        "kind": "year",
        "language": language,
        "as_of": year.facts.catalogue.as_of.isoformat(),
        "year": year.year,
        "time": moment(DAY + year.minute).strftime("%H:%M"),
        "spreads": [
            {
                "need": spread.need,
                "best": extreme(spread.best),
                "median": spread.median,
                "worst": spread.most,
                "peaks": [extreme(peak) for peak in spread.peaks],
                "counts": [{"days": days, "of_year": count} for days, count in spread.counts.items()],
                "unknown": spread.unknown,
            }
            for spread in year.spreads
        ],
        "never": list(year.never),
        "days": [
            {
                "date": _date(day.day),
                "possible": day.possible,
                "gaps": {need: gap._asdict() for need, gap in day.gaps.items()},
            }
            for day in year.days
        ],
        "assumptions": [speaker.say(words) for words in year.assumptions],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def year_csv(year: YearOfLoss, language: str) -> str:
    """Return one line per day of the year."""
    speaker = Speaker(language)
    needs = [spread.need for spread in year.spreads]
    heads = [_head(year, speaker, need) for need in needs]
    titles = [f"{head} ({speaker.say(f'figure.{figure}')})" for head in heads for figure in Three._fields]
    rows = []
    for day in year.days:
        figures: list[str | int] = []
        for need in needs:
            gap = day.gaps.get(need, Three(0, 0, 0)) if day.possible else Three(None, None, None)
            lacking = speaker.say("figure.unknown" if day.possible else "figure.impossible")
            figures += [lacking if days is None else days for days in gap]
        rows.append([_date(day.day), *figures])
    return csv_text([speaker.say("column.date"), *titles], rows)


def _head(year: YearOfLoss, speaker: Speaker, need: str) -> str:
    if need == CARDS:
        return speaker.say("column.cards")
    entry = year.facts.catalogue.needs[need]
    return speaker.say(entry.short or entry.gap)


def year_markdown(year: YearOfLoss, language: str) -> str:
    """Return the summary, the extremes and the map as Markdown."""
    sheet = make_year_sheet(year, language)
    say = Speaker(language).say
    parts = [f"# {markdown_text(sheet.title)}", markdown_text(sheet.facts)]
    parts.append("\n".join(f"- {markdown_text(label)}: {markdown_text(text)}" for label, text in sheet.told))
    parts += [f"**{markdown_text(text)}**" for text in sheet.never]
    for need in sheet.needs:
        parts += [f"## {markdown_text(need.title)}", f"**{markdown_text(need.summary)}**"]
        for line, reasons in need.extremes:
            parts.append("\n".join([f"- {markdown_text(line)}", *(f"  - {markdown_text(text)}" for text in reasons)]))
        weeks = max(len(month.weeks) for month in need.months)
        rows = []
        for month in need.months:
            signs = ["".join(cell.sign for cell in week).strip() for week in month.weeks]
            rows.append([month.name, *signs, *[""] * (weeks - len(signs))])
        parts.append(markdown_table([say("column.month"), *(str(week + 1) for week in range(weeks))], rows))
    parts += [markdown_text(line) for line in sheet.legend]
    parts += [f"## {say('plan.assumed')}", "\n".join(f"- {markdown_text(text)}" for text in sheet.assumptions)]
    parts += [markdown_text(note) for note in sheet.notes]
    return "\n\n".join(parts) + "\n"


def _date(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()
