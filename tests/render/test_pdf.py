"""The PDF: read by two independent readers, one for its structure and one for where each character stands."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pypdf
import pypdfium2
import pytest

from command import SITUATIONS, environment, python, run
from lostcard.catalogue.compiled import load_facts
from lostcard.catalogue.model import Text
from lostcard.planner.assemble import make_plan
from lostcard.planner.clock import to_minute
from lostcard.planner.plan import Plan
from lostcard.planner.situation import Options, Situation
from lostcard.render.pdf import plan_pdf
from lostcard.render.sheet import make_sheet
from render.hostile import LONG, TRICKS, hostile_plan

CASE_1 = Situation(("mynacard",), ("insurance-registration", "licence-record"), ("passport",), insurer="nhi")
CASE_2 = CASE_1._replace(have=())
DEADLOCK = Situation(("mynacard",), ("insurance-registration",), insurer="nhi")
A4 = (595.276, 841.89)
MARKUP = (
    "#panic() $x$ *b* _i_ `raw` // no @ref <label> \\u{41} \\# [x] -- ... \"q\" 'r' ~ = + / - ; <script>a()</script>"
)


def plan(situation: Situation = CASE_1, *, text: str = "") -> Plan:
    """Return a plan from 24 Nov 2026, 09:00; `text` stands in for the texts of items and procedures."""
    facts = load_facts()
    if text:
        hostile, catalogue = Text(ja=text, en=text), facts.catalogue
        items = {name: replace(item, title=hostile) for name, item in catalogue.items.items()}
        procedures = {
            name: replace(procedure, title=hostile, how_to=hostile) for name, procedure in catalogue.procedures.items()
        }
        facts = replace(facts, catalogue=replace(catalogue, items=items, procedures=procedures))
    start = to_minute(dt.datetime(2026, 11, 24, 9))  # noqa: DTZ001 - a wall clock in Japan
    return make_plan(facts, situation, Options(), start)


@cache
def made(situation: Situation = CASE_1, language: str = "en", text: str = "") -> bytes:
    return plan_pdf(plan(situation, text=text), language)


def pages(raw: bytes) -> list[str]:
    """Return the text of each page without any space."""
    reader = pypdf.PdfReader(io.BytesIO(raw))
    return [bare(page.extract_text()) for page in reader.pages]


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


class Character(NamedTuple):
    """A character and where it stands: page, left, bottom, right, top, in points from the lower left corner."""

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def column(self) -> tuple[int, bool]:
        return self.page, self.left > A4[0] / 2


def characters(raw: bytes) -> list[Character]:
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(raw)):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            character = text.get_text_range(index, 1)
            if character.strip():
                found.append(Character(character, number, *text.get_charbox(index)))
    return found


# What a printer takes


@pytest.mark.parametrize("language", ["ja", "en"])
def test_case_1_is_two_pages_of_a4_with_its_fonts_inside(language: str) -> None:
    raw = made(language=language)
    assert raw.startswith(b"%PDF-1.7")
    assert len(raw) < 1_000_000  # a convenience store's printer takes ten times that
    reader = pypdf.PdfReader(io.BytesIO(raw))
    assert len(reader.pages) == 2
    for page in reader.pages:
        assert tuple(map(float, page.mediabox.upper_right)) == pytest.approx(A4, abs=0.01)
    fonts = [font for page in reader.pages for font in fonts_of(page)]
    assert {name.partition("+")[2] for name, _, _ in fonts} == {
        "NotoSansCJKjp-Regular-Identity-H",
        "NotoSansCJKjp-Bold-Identity-H",
    }
    for name, size, to_unicode in fonts:
        assert re.match(r"/[A-Z]{6}\+", name)  # a subset
        assert 1000 < size < 500_000  # the whole font has 16 MB
        assert to_unicode  # its text can be searched and read out


def fonts_of(page: Any) -> list[tuple[str, int, bool]]:  # noqa: ANN401 - pypdf's objects
    found = []
    for reference in page["/Resources"]["/Font"].values():
        font = reference.get_object()
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        size = len(descriptor["/FontFile3"].get_object().get_data())
        found.append((str(font["/BaseFont"]), size, "/ToUnicode" in font))
    return found


def test_it_is_black_on_white_and_large_enough_to_read() -> None:
    sizes: Counter[float] = Counter()
    for page in pypdfium2.PdfDocument(made()):
        for thing in page.get_objects():
            if thing.type == 1:  # text
                sizes[round(thing.get_font_size() * abs(thing.get_matrix().d), 2)] += 1
        bitmap = page.render(scale=1).to_numpy()
        assert (bitmap.max(axis=2) - bitmap.min(axis=2)).max() == 0  # no colour
    assert set(sizes) == {7, 8.5, 9, 9.5, 10.5, 14}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("(from Tue 24 Nov 2026, 09:00)", "gathered up to Mon 23 Nov 2026")),
        ("ja", ("(2026年11月24日(火) 9:00から)", "2026年11月23日(月)時点の公開情報")),
    ],
)
def test_each_page_carries_the_dates_of_the_plan_and_of_the_facts_and_its_number(
    language: str, words: tuple[str, ...]
) -> None:
    found = pages(made(language=language))
    for number, text in enumerate(found, start=1):
        assert all(bare(part) in text for part in words)
        assert f"{number}/{len(found)}" in text


# What stands on it


PRINTED = {
    "Heading": ("title", "since", "facts"),
    "Understood": ("heading", "pairs"),
    "Section": ("heading", "entries"),
    "HowLong": ("heading", "notices", "figures", "totals", "tradeoff"),
    "Figure": ("line", "lines"),
    "Said": ("text",),
    "Deadlocks": ("heading", "impasses", "rest"),
    "Impasse": ("text", "ways"),
    "Day": ("heading", "visits"),
    "Visit": ("ordinal", "office", "windows", "find", "phones", "bring", "papers", "steps"),
    "Phone": ("number", "note"),
    "Paper": ("title", "why", "note"),
    "Step": ("heading", "time", "how_to", "blanks", "records", "details", "no_return", "no_return_why", "why", "cited"),
    "Blank": ("label",),
    "Calls": ("heading", "offices"),
    "Call": ("questions", "blanks"),
    "Source": ("publisher",),
}
"""The parts of a sheet that belong on paper: a line that is said in its parts, or a machine's value, does not."""


def printed(part: Any) -> list[str]:  # noqa: ANN401 - any part of a sheet
    """Return the texts of a sheet that belong on paper; a heading over nothing does not."""
    if isinstance(part, str):
        return [part] if part else []
    kind = type(part).__name__
    names = PRINTED.get(kind, ())
    if kind == "Sheet":
        names = tuple(name for name in part._fields if name != "no_return")  # that stands with its step
    if kind == "tuple":
        return [text for entry in part for text in printed(entry)]
    if any(getattr(part, name, None) == () for name in ("entries", "impasses", "offices")):
        return []
    if kind == "Visit" and not part.papers:
        names = tuple(name for name in names if name != "bring")
    assert names, f"what of a {kind} is printed?"
    return [text for name in names for text in printed(getattr(part, name))]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("situation", [CASE_1, CASE_2, DEADLOCK], ids=["case 1", "case 2", "deadlock"])
def test_every_text_of_the_sheet_is_on_paper(situation: Situation, language: str) -> None:
    sheet = make_sheet(plan(situation), language)
    texts = printed(sheet)
    assert len(texts) > 100
    found = "".join(pages(made(situation, language)))
    assert [text for text in texts if bare(text) not in found] == []


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("situation", [CASE_1, CASE_2], ids=["case 1", "case 2"])
def test_no_step_is_cut_in_two(situation: Situation, language: str) -> None:
    """A step's characters, found as one run in reading order, all stand in one column of one page."""
    found = characters(made(situation, language))
    text = "".join(character.text for character in found)
    steps = [step for day in make_sheet(plan(situation), language).days for visit in day.visits for step in visit.steps]
    for step in steps:
        begin = text.index(bare(step.heading) + bare(step.time))
        end = text.index(bare(step.cited), begin) + len(bare(step.cited))
        assert bare(step.how_to) in text[begin:end]
        assert len({character.column for character in found[begin:end]}) == 1, step.heading
    assert len({character.column for character in found}) > 2  # the counter-check: the plan does fill columns


def test_what_is_done_has_a_box_to_tick_and_what_is_learnt_a_line_to_write_on() -> None:
    squares = lines = 0
    for page in pypdfium2.PdfDocument(made()):
        for thing in page.get_objects():
            if thing.type != 2:  # a path
                continue
            left, bottom, right, top = thing.get_bounds()
            wide, high = right - left, top - bottom
            squares += 7 < wide < 9 and 7 < high < 9
            lines += wide > 40 and high < 1
    sheet = make_sheet(plan(), "en")
    visits = [visit for day in sheet.days for visit in day.visits]
    questions = sum(len(call.questions) for call in sheet.call_first.offices)
    assert squares == 6 + questions + sum(len(visit.papers) for visit in visits)
    assert lines >= 4 + 2 * len(sheet.call_first.offices)  # number, station, date, person; date and person per call


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("text", ["", "W" * 150 + " " + "漢" * 150 + "й" * 99], ids=["as it is", "very long words"])
def test_nothing_stands_outside_its_column(language: str, text: str) -> None:
    found = characters(made(CASE_1, language, text))
    middle = A4[0] / 2
    first = bare(make_sheet(plan(), language).days[0].heading)
    head = "".join(character.text for character in found).index(first)  # the head spans both columns
    for number, character in enumerate(found):
        assert character.left > 30
        assert character.right < A4[0] - 30
        if number >= head and character.bottom > 40:  # and so does the foot
            assert not character.left < middle < character.right
    assert {character.left > middle for character in found} == {True, False}


def lines(raw: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(raw))
    texts = [page.extract_text() for page in reader.pages]
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("text", ["", "".join(f"{'あ' * n}カーッと、「しょっちゅう」(ニャー)。" for n in range(9))])
def test_japanese_lines_begin_with_no_mark_that_may_not(language: str, text: str) -> None:
    found = lines(made(CASE_1, language, text))
    assert len(found) > 150
    assert [line for line in found if line[0] in "、。)」』〜ー:ぁぃぅぇぉっゃゅょァィゥェォッャュョ"] == []
    assert [line for line in found if line[-1] in "(「『"] == []


def test_a_figure_stays_with_its_unit() -> None:
    found = lines(made(language="ja"))
    assert [pair for pair in pairwise(found) if pair[0][-1].isdigit() and pair[1][0] in "年月日円"] == []


# Text is text


def test_markup_in_the_catalogue_is_set_as_text() -> None:
    found = "".join(pages(made(text=MARKUP)))
    assert found.count(bare(MARKUP)) > 10


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_text_that_tries_to_act_is_on_paper_as_it_is(language: str) -> None:
    acting = hostile_plan(f"{MARKUP} {TRICKS} {LONG}")
    texts = printed(make_sheet(acting, language))
    assert sum(TRICKS in text for text in texts) > 50
    found = "".join(pages(plan_pdf(acting, language)))
    assert [text for text in texts if bare(text) not in found] == []


def test_a_character_without_a_glyph_is_spelled_out() -> None:
    text = "Card \U0001f4a9 \u0e01 \x1b[31m\u202e葛\U000e0100"
    found = "".join(pages(made(text=text)))
    assert "Card\\U0001f4a9\\u0e01\\u001b[31m\\u202e葛" in found
    assert "\\U000e0100" not in found  # a variant: the character itself is shown


# The same plan, the same file


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    arguments = ("plan", *SITUATIONS["case 1"], "--lang", "ja", "--force", "--output")
    files = []
    for number, zone in enumerate(("Asia/Tokyo", "America/New_York")):
        done = run(*arguments, f"{number}.pdf", cwd=tmp_path, TZ=zone, PYTHONHASHSEED=str(number + 1))
        assert (done.code, done.out) == (0, "")
        files.append((tmp_path / f"{number}.pdf").read_bytes())
    assert files[0] == files[1]
    made_on = pypdf.PdfReader(io.BytesIO(files[0])).metadata
    assert made_on is not None
    assert made_on.creation_date == dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    assert made_on.title == "カードをなくしたときの計画 (2026年11月24日(火) 9:00から)"


def test_reasons_are_printed_when_asked_for() -> None:
    raw = plan_pdf(plan(), "en", explain=True)
    assert "Ifleftout:" in "".join(pages(raw))
    assert "Ifleftout:" not in "".join(pages(made()))


# Without the extra


@pytest.mark.parametrize("missing", ["typst", "fontTools", "noto_cjk_sans_jp_bold"])
@pytest.mark.parametrize(("lang", "words"), [("en", "is not installed"), ("ja", "が入っていません")])
def test_without_the_extra_it_says_how_to_get_it_and_what_prints_too(
    tmp_path: Path, missing: str, lang: str, words: str
) -> None:
    program = f"import sys; sys.modules[{missing!r}] = None; from lostcard.cli import main; main()"
    arguments = ("plan", *SITUATIONS["case 1"], "--output", "plan.pdf", "--lang", lang)
    done = python("-c", program, *arguments, env=environment(lang), cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert words in done.err
    assert "pip install 'lostcard[pdf]'" in done.err
    assert "--format html" in done.err
    assert len(done.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
