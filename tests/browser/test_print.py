"""The page on paper: what a real browser prints."""

from __future__ import annotations

import io
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from lostcard.render.sheet import make_sheet
from render.test_sheet import plan

pytestmark = pytest.mark.browser

LANGUAGES = ["ja", "en"]
DATES = {
    "ja": ("2026年11月24日(火) 9:00から", "2026年11月23日(月)時点"),
    "en": ("from Tue 24 Nov 2026, 09:00", "gathered up to Mon 23 Nov 2026"),
}
TWINS = str.maketrans("‧⺠⻑⻘⻩⻄⻝⻫⻨", "・民長青黄西食斉麦")
"""Those that Unicode does not tie together."""
SMALLEST = 8.5
"""Points of what is to be read at a counter; the numbers and publishers of the sources may be smaller."""


def printed(page: Page, files: Path, name: str) -> PdfReader:
    page.goto((files / f"{name}.html").as_uri())
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def squeezed(text: str) -> str:
    """Return text without its line breaks; a PDF may name a character by a twin that looks the same (⽉ for 月)."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(TWINS))


def pages(pdf: PdfReader) -> list[str]:
    return [squeezed(page.extract_text()) for page in pdf.pages]


@cache
def boxes(language: str) -> dict[str, list[str]]:
    """Return what stands in the box of each step of case 1."""
    return {
        step.id: [
            step.heading,
            step.how_to,
            *(blank.label for blank in step.blanks),
            *step.records,
            *(detail.text for detail in step.details),
            step.no_return,
            step.no_return_why,
            step.cited,
        ]
        for day in make_sheet(plan(), language).days
        for visit in day.visits
        for step in visit.steps
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_case_1_is_two_sheets_of_a4_that_carry_their_dates(page: Page, files: Path, language: str) -> None:
    pdf = printed(page, files, f"case 1 {language}")
    assert len(pdf.pages) == 2
    for sheet, text in zip(pdf.pages, pages(pdf), strict=True):
        assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [210, 297]
        for date in DATES[language]:
            assert squeezed(date) in text
    assert [re.search(r"\d/2ページ|Page\dof2", text) is not None for text in pages(pdf)] == [True, True]


@pytest.mark.parametrize(("name", "most"), [("case 2 ja", 2), ("case 7 ja", 1), ("case 7 en", 1), ("deadlock ja", 2)])
def test_other_plans_are_short_too(page: Page, files: Path, name: str, most: int) -> None:
    assert len(printed(page, files, name).pages) <= most


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["case 1", "case 2", "case 7", "deadlock", "one page"])
def test_no_sheet_is_wasted(page: Page, files: Path, name: str, language: str) -> None:
    """The paper begins with the first step, and every sheet but the last is full."""
    texts = pages(printed(page, files, f"{name} {language}"))
    first = squeezed(page.locator(".step strong").first.inner_text())
    assert first in texts[0]
    full = {"ja": 1500, "en": 3000}[language]
    assert all(len(text) > full for text in texts[:-1])


@pytest.mark.parametrize("height", [100, 130, 170, 297])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_step_is_cut_in_two(browser: Browser, files: Path, language: str, height: int) -> None:
    """On A4, and on shorter sheets, whose ends fall in other places."""
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto((files / f"case 1 {language}.html").as_uri())
        page.add_style_tag(content=f"@page {{ size: 210mm {height}mm; }}")
        texts = pages(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))))
    assert len(texts) >= 500 / height
    assert len(boxes(language)) == 6
    for number, parts in boxes(language).items():
        whole = [text for text in texts if all(squeezed(part) in text for part in parts)]
        assert len(whole) == 1, f"step {number}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_else_is_on_the_paper(page: Page, files: Path, language: str) -> None:
    text = "".join(pages(printed(page, files, f"case 1 {language}")))
    sheet = make_sheet(plan(), language)
    wanted = [figure.line for figure in sheet.how_long.figures]
    wanted += [line.text for figure in sheet.how_long.figures for line in figure.lines]
    wanted += [question for call in sheet.call_first.offices for question in call.questions]
    wanted += [paper.title for day in sheet.days for visit in day.visits for paper in visit.papers]
    wanted += [phone.number for day in sheet.days for visit in day.visits for phone in visit.phones]
    for section in (sheet.meanwhile, sheet.afterwards, sheet.advice, sheet.assumed):
        wanted += section.entries
    wanted += [f"{source.number} {source.publisher}" for source in sheet.sources]
    wanted += [sheet.disclaimer]
    assert [part for part in wanted if squeezed(part) not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_font_is_embedded(page: Page, files: Path, language: str) -> None:
    fonts = {}
    for sheet in printed(page, files, f"case 1 {language}").pages:
        for font in sheet["/Resources"]["/Font"].values():  # type: ignore[index]
            known = font.get_object()
            inner = known["/DescendantFonts"][0].get_object() if "/DescendantFonts" in known else known
            described = inner["/FontDescriptor"].get_object() if "/FontDescriptor" in inner else {}
            drawn = known["/Subtype"] == "/Type3"  # its glyphs are drawings in the file itself
            fonts[known.get("/BaseFont", "drawn")] = drawn or any(name.startswith("/FontFile") for name in described)
    assert fonts
    assert all(fonts.values()), fonts


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_black_on_white_and_large_enough(page: Page, files: Path, language: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto((files / f"case 1 {language}.html").as_uri())
    styles = page.evaluate(
        """() => {
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
          for (let n = walk.nextNode(); n; n = walk.nextNode()) {
            const e = n.parentElement, style = getComputedStyle(e);
            if (n.data.trim() && e.checkVisibility() && !e.closest('script, svg, .paper, .cited'))
              found.push([style.color, parseFloat(style.fontSize) * 0.75]);
          }
          return found;
        }"""
    )
    assert len(styles) > 100
    assert {colour for colour, _ in styles} == {"rgb(0, 0, 0)"}
    assert min(size for _, size in styles) >= SMALLEST - 0.001  # of pixels
    grounds = page.evaluate(
        "[...new Set([...document.querySelectorAll('*')].map((e) => getComputedStyle(e).backgroundColor))]"
    )
    assert set(grounds) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_has_boxes_to_tick_and_lines_to_write_on(page: Page, files: Path, language: str) -> None:
    page.emulate_media(media="print")
    page.goto((files / f"case 1 {language}.html").as_uri())
    side = "e => { const s = getComputedStyle(e); return [e.offsetWidth, parseFloat(s.borderLeftWidth)]; }"
    for box in page.locator("input[type=checkbox]").all():
        width, line = box.evaluate(side)
        assert width >= 11  # 3 mm
        assert line > 0
    lines = page.locator("input[type=text]").all()
    assert len(lines) == 4 + 2 * 3  # of the report, and date and person for each office
    for blank in lines:
        room = blank.evaluate("e => [e.offsetWidth, parseFloat(getComputedStyle(e).borderBottomWidth)]")
        assert room[0] >= 50
        assert room[1] > 0


def test_what_was_ticked_and_written_is_printed(page: Page, files: Path) -> None:
    page.goto((files / "case 1 ja.html").as_uri())
    page.locator(".step input[type=text]").first.fill("QZ-4711")
    page.locator(".step input[type=checkbox]").first.check()
    text = "".join(pages(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))))
    assert "QZ-4711" in text
    assert text.count("✓") == 1
