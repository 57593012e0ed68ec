"""Text from the catalogue is printed as it is, never interpreted."""

from __future__ import annotations

import pytest

from lostcard.render.document import plan_document
from lostcard.render.terminal import styled
from lostcard.render.text import text_lines
from render.hostile import hostile_plan

HOSTILE = "[bold red]x[/] <script>alert(1)</script> {step} %s \\n :smile: " + "W" * 150


@pytest.mark.parametrize("language", ["ja", "en"])
def test_markup_in_the_catalogue_reaches_the_reader_as_text(language: str) -> None:
    plan = hostile_plan(HOSTILE)
    lines = text_lines(plan, language, width=400, explain=True)
    plain = "".join(f"{line.text}\n" for line in lines)
    assert HOSTILE in plain
    coloured = styled(lines)
    assert "[bold red]x[/] <script>alert(1)</script> {step} %s \\n :smile:" in coloured
    assert HOSTILE in plan_document(plan, language)["steps"][0]["title"]


@pytest.mark.parametrize("width", [60, 80])
def test_a_word_longer_than_a_line_is_cut_to_fit(width: int) -> None:
    for line in text_lines(hostile_plan(HOSTILE), "en", width=width):
        assert len(line.text) <= width or line.text.strip().startswith("http"), line.text
