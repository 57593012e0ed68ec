"""The plan as a PDF for A4, with its fonts inside: any printer prints it, a convenience store's too."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import ModuleType

from lostcard.errors import LostcardError
from lostcard.planner.clock import moment
from lostcard.planner.plan import Plan
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


def _data(part: object) -> object:
    """Return a part of the sheet as plain values, records as objects."""
    if isinstance(part, Sheet):
        asked = {call.office: call for call in part.call_first.offices}
        plain = {name: _data(value) for name, value in part._asdict().items()}
        # The questions to an office stand with the first visit there.
        for day in plain["days"]:  # type: ignore[attr-defined]
            for visit in day["visits"]:
                call = asked.pop(visit["office"], None)
                visit["calls"] = [] if call is None else [_data(call)]
        return plain
    if isinstance(part, tuple):
        fields = getattr(part, "_asdict", None)
        return {name: _data(value) for name, value in fields().items()} if fields else [_data(each) for each in part]
    return part


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
