"""The plan as a PDF for A4, with its fonts inside: any printer prints it, a convenience store's too."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

from lostcard.errors import LostcardError
from lostcard.planner.clock import moment
from lostcard.planner.plan import Plan
from lostcard.render.parts import Call
from lostcard.render.sheet import Sheet, make_sheet
from lostcard.render.words import visible

__all__ = ["plan_pdf"]

_TEMPLATE = Path(__file__).parent / "templates" / "checklist.typ"
_FONTS = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")
_SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
"""Variation selectors: where a font has no such variant it shows the character itself."""


def plan_pdf(plan: Plan, language: str, *, explain: bool = False) -> bytes:
    """Return the plan as a PDF, its texts in `language`; the same plan gives the same bytes.

    Raises:
        LostcardError: what makes a PDF is not installed.

    """
    typst = _installed("typst")
    _installed("fontTools")
    folders = [str(files(_installed(name).__name__)) for name in _FONTS]
    data = _printable(_data(make_sheet(plan, language, explain=explain)), _characters())
    made = typst.Compiler(
        _TEMPLATE.read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders),
        sys_inputs={"sheet": json.dumps(data)},
    ).compile(format="pdf", pdf_standards="1.7", timestamp=moment(plan.start))
    assert isinstance(made, bytes)
    return made


def _installed(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        raise LostcardError("error.no-pdf") from None


@cache
def _characters() -> Collection[int]:
    """Return the code points that every font used can show: the typesetter leaves out what it cannot, silently."""
    from fontTools.ttLib import TTFont

    covered: list[set[int]] = []
    for name in _FONTS:
        (file,) = (file for file in files(name).iterdir() if file.name.endswith((".otf", ".ttf")))
        with TTFont(str(file), lazy=True) as font:
            covered.append(set(font.getBestCmap()))
    return set.intersection(*covered) | _SELECTORS


def _data(sheet: Sheet) -> dict[str, object]:
    """Return the sheet as plain values; the questions to an office stand with the first visit there."""
    calls = {call.key: call for call in sheet.call_first.offices}
    days = []
    for day in sheet.days:
        visits = [{**_fields(visit), "calls": _plain(_popped(calls, visit.key))} for visit in day.visits]
        days.append({**_fields(day), "visits": visits})
    return {**_fields(sheet), "days": days}


def _popped(calls: dict[str, Call], key: str) -> tuple[Call, ...]:
    call = calls.pop(key, None)
    return () if call is None else (call,)


def _fields(record: Any) -> dict[str, object]:  # noqa: ANN401 - NamedTuples have no common type
    return {name: _plain(value) for name, value in record._asdict().items()}


def _plain(value: object) -> object:
    """Return a part of the sheet as plain values, records as objects."""
    if not isinstance(value, tuple):
        return value
    return _fields(value) if hasattr(value, "_asdict") else [_plain(each) for each in value]


def _printable(value: object, characters: Collection[int]) -> object:
    """Return plain values in whose texts whatever cannot be shown is spelled out as its code point, never dropped."""
    if isinstance(value, dict):
        return {name: _printable(child, characters) for name, child in value.items()}
    if isinstance(value, list):
        return [_printable(child, characters) for child in value]
    if isinstance(value, str):
        shown = visible(value)
        return "".join(c if ord(c) in characters else c.encode("ascii", "backslashreplace").decode() for c in shown)
    return value
