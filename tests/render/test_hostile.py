"""Text from the catalogue is printed as it is, never interpreted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from lostcard.catalogue.compiled import load_facts
from lostcard.catalogue.model import Text
from lostcard.planner.assemble import make_plan
from lostcard.planner.clock import to_minute
from lostcard.planner.plan import Plan
from lostcard.planner.situation import Options, Situation
from lostcard.render.document import plan_document
from lostcard.render.terminal import styled
from lostcard.render.text import text_lines

HOSTILE = "[bold red]x[/] <script>alert(1)</script> {step} %s \\n :smile: " + "W" * 150


def hostile_plan() -> Plan:
    facts = load_facts()
    catalogue = facts.catalogue
    text = Text(ja=HOSTILE, en=HOSTILE)
    items = {name: replace(item, title=text, note=text) for name, item in catalogue.items.items()}
    procedures = {
        name: replace(procedure, title=text, how_to=text, call_first=text, skip=text)
        for name, procedure in catalogue.procedures.items()
    }
    facts = replace(facts, catalogue=replace(catalogue, items=items, procedures=procedures))
    start = to_minute(dt.datetime(2026, 11, 24, 9, 0))  # noqa: DTZ001 - a wall clock in Japan
    situation = Situation(("mynacard",), ("insurance-registration",), ("passport",), insurer="nhi")
    return make_plan(facts, situation, Options(), start, explain=True)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_markup_in_the_catalogue_reaches_the_reader_as_text(language: str) -> None:
    plan = hostile_plan()
    lines = text_lines(plan, language, width=400, explain=True)
    plain = "".join(f"{line.text}\n" for line in lines)
    assert HOSTILE in plain
    coloured = styled(lines)
    assert "[bold red]x[/] <script>alert(1)</script> {step} %s \\n :smile:" in coloured
    assert plan_document(plan, language)["steps"][0]["title"] == HOSTILE


@pytest.mark.parametrize("width", [60, 80])
def test_a_word_longer_than_a_line_is_cut_to_fit(width: int) -> None:
    for line in text_lines(hostile_plan(), "en", width=width):
        assert len(line.text) <= width or line.text.strip().startswith("http"), line.text
