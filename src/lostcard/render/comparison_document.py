"""A comparison as JSON: every row with its figures and its plan in the contract of `plan`."""

from __future__ import annotations

import json
from typing import Any

from lostcard.planner.clock import moment
from lostcard.planner.comparison import Cell, Comparison, Group, PhoneFirst, Photo, Row
from lostcard.render.document import plan_document
from lostcard.render.words import Speaker

__all__ = ["comparison_document", "comparison_json"]


def comparison_json(comparison: Comparison, language: str) -> str:
    """Return the document as text with a newline at its end."""
    return json.dumps(comparison_document(comparison, language), ensure_ascii=False, indent=2) + "\n"


def comparison_document(comparison: Comparison, language: str) -> dict[str, Any]:
    """Return the comparison as plain values; texts are in `language`."""
    speaker = Speaker(language)
    return {
        "version": 1,
        "kind": comparison.kind,
        "language": language,
        "as_of": comparison.facts.catalogue.as_of.isoformat(),
        "needs": list(comparison.needs),
        "groups": [_group(speaker, group) for group in comparison.groups],
        "assumptions": [speaker.say(words) for words in comparison.assumptions],
    }


def _group(speaker: Speaker, group: Group) -> dict[str, Any]:
    return {
        "title": None if group.title is None else speaker.say(group.title),
        "sentences": [speaker.say(words) for words in group.sentences],
        "best": {column: list(rows) for column, rows in group.wins.items()},
        "rows": [_row(speaker, row) for row in group.rows],
    }


def _row(speaker: Speaker, row: Row) -> dict[str, Any]:
    scenario = row.scenario
    return {
        "id": scenario.id,
        "number": row.number,
        "title": speaker.say(scenario.title),
        "also": [{"id": other.id, "title": speaker.say(other.title)} for other in row.also],
        "from": moment(scenario.start).isoformat(),
        "without": list(scenario.options.without),
        "impossible": None if row.refusal is None else speaker.say(row.refusal),
        "days": {name: _cell(cell) for name, cell in row.days.items()},
        "visits": row.visits,
        "fee_yen": None if row.fees is None else {"min": row.fees.low, "max": row.fees.high},
        "fee_known": row.fees is not None and row.fees.known,
        "photo_identity": None if row.photo is None else _photo(row.photo),
        "phone_first": [_phone(speaker, first) for first in row.phone],
        "assumptions": [speaker.say(words) for words in row.assumptions],
        "plan": None if row.plan is None else plan_document(row.plan, speaker.language),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    refused = None if cell.refused is None else cell.refused._asdict()
    return {"state": cell.state, **cell.days._asdict(), "if_refused": refused}


def _photo(photo: Photo) -> dict[str, Any]:
    return {"left": list(photo.left), "first": photo.first, "days": photo.days}


def _phone(speaker: Speaker, first: PhoneFirst) -> dict[str, Any]:
    return {"office": first.office, "questions": [speaker.say(words) for words in first.questions]}
