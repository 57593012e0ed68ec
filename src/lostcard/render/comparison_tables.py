"""A comparison as CSV, one figure to a cell, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from lostcard.planner.clock import moment
from lostcard.planner.comparison import Comparison, Row
from lostcard.planner.plan import Three
from lostcard.render.comparison_sheet import ComparisonSheet, GroupWords, make_comparison_sheet
from lostcard.render.tables import csv_text, markdown_table, markdown_text
from lostcard.render.words import Speaker

__all__ = ["comparison_csv", "comparison_markdown"]


def comparison_csv(comparison: Comparison, language: str) -> str:
    """Return one line per row; days are one figure to a cell, so that a spreadsheet can reckon with them."""
    speaker = Speaker(language)
    sheet = make_comparison_sheet(comparison, language)
    columns = {column.key: column.label for column in sheet.columns}
    days = (*comparison.needs, "cards")
    heading = [speaker.say("column.group"), speaker.say("column.row"), speaker.say("column.also")]
    heading.append(speaker.say("label.from"))
    heading += [
        f"{columns[key]} ({speaker.say(f'figure.{part}')})" for key in days for part in (*Three._fields, "refused")
    ]
    heading += [columns["visits"], *(f"{columns['fee']} ({speaker.say(f'figure.{part}')})" for part in ("low", "high"))]
    heading += [columns["photo"], columns["phone"], speaker.say("column.impossible")]
    lines = []
    for group, words in zip(comparison.groups, sheet.groups, strict=True):
        for row, said in zip(group.rows, words.rows, strict=True):
            also = speaker.list(speaker.say(other.title) for other in row.also)
            start = moment(row.scenario.start).strftime("%Y-%m-%d %H:%M")
            photo = next(
                (c.text for column, c in zip(sheet.columns, said.cells, strict=False) if column.key == "photo"), ""
            )
            offices = speaker.list(office for office, _ in said.phone)
            figures = [*_figures(speaker, row, days), photo, offices, said.refusal or ""]
            lines.append([words.title or "", said.title, also, start, *figures])
    return csv_text(heading, lines)


def _figures(speaker: Speaker, row: Row, days: Iterable[str]) -> Iterable[str | int]:
    unknown = speaker.say("figure.unknown")
    for key in days:
        cell = row.days.get(key)
        if cell is None:
            yield from ("", "", "", "")
            continue
        state = speaker.say("cell.no-way") if cell.state == "no-way" else unknown
        yield from (state if figure is None else figure for figure in cell.days)
        refused = cell.refused
        if refused is None:
            yield ""
        else:
            yield speaker.say("cell.no-way") if refused.typical is None else refused.typical
    yield "" if row.visits is None else row.visits
    if row.fees is None:
        yield from ("", "")
    else:
        yield row.fees.low
        yield row.fees.high if row.fees.known else unknown


def comparison_markdown(comparison: Comparison, language: str) -> str:
    """Return titles, sentences and tables as Markdown; the best of a column is bold."""
    sheet = make_comparison_sheet(comparison, language)
    speaker = Speaker(language)
    parts = [f"# {markdown_text(sheet.title)}", markdown_text(sheet.facts)]
    if sheet.told:
        parts.append("\n".join(f"- {markdown_text(label)}: {markdown_text(text)}" for label, text in sheet.told))
    for group in sheet.groups:
        parts += _group(sheet, group, speaker)
    if sheet.assumptions:
        parts.append(f"## {speaker.say('compare.assumed-everywhere')}")
        parts.append("\n".join(f"- {markdown_text(text)}" for text in sheet.assumptions))
    if sheet.own_assumptions:
        parts.append(f"## {speaker.say('compare.assumed-here')}")
        parts.append("\n".join(f"- {markdown_text(text)}" for text in sheet.own_assumptions))
    parts += [markdown_text(note) for note in sheet.notes]
    return "\n\n".join(parts) + "\n"


def _group(sheet: ComparisonSheet, group: GroupWords, speaker: Speaker) -> Iterable[str]:
    if group.title:
        yield f"## {markdown_text(group.title)}"
    yield from (f"**{markdown_text(sentence)}**" for sentence in group.sentences)
    heading = [speaker.say("column.row"), *(column.label for column in sheet.columns)]
    rows = []
    for row in group.rows:
        cells = [("* " if cell.wins else "") + cell.whole for cell in row.cells] or [
            row.refusal or "",
            *[""] * (len(sheet.columns) - 1),
        ]
        rows.append([f"{row.number}. {row.title}", *cells])
    yield markdown_table(heading, rows)
    remarks = [f"{row.number}: {remark}" for row in group.rows for remark in row.remarks]
    remarks += [
        f"{row.number}: {sheet.columns[-1].label}: {speaker.list(office for office, _ in row.phone)}"
        for row in group.rows
        if row.phone
    ]
    if remarks:
        yield "\n".join(f"- {markdown_text(remark)}" for remark in remarks)
