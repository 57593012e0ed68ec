"""The pages of comparisons and of a year, in a real browser: on a phone, on a desk and on paper."""

from __future__ import annotations

import io
import itertools
import re
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PdfReader

from browser.test_print import pages
from browser.test_screen import FAINT, LANGUAGES, OVERFLOW, load
from command import run

pytestmark = pytest.mark.browser

COMMON = ("--insurer", "nhi", "--have", "passport")
LOSS = ("--lost", "mynacard", "--linked", "license", "--linked", "insurance", *COMMON)
TUESDAY = ("--from", "2026-11-24T09:00")
HOSTILE = "<script>document.title='owned'</script><img src=x onerror=alert(1)> {{ 7*7 }} " + "x" * 300
SCENARIOS = f"""
scenarios:
  one:
    title: "{HOSTILE}"
    lost: [mynacard]
    linked: [license]
    have: [passport]
  two:
    lost: [mynacard]
"""
PAGES = {
    "routes": (*LOSS, *TUESDAY),
    "holdings": (*COMMON, *TUESDAY),
    "eras": ("--lost", "mynalicense", "--from", "2025-03-21", "--from", "2026-11-24"),
    "hostile": ("--scenarios", "hostile.yaml", *TUESDAY),
    "year": (*LOSS, "--year", "2027"),
}
ALL = [f"{name} {language}" for name in PAGES for language in LANGUAGES]


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compared")
    (folder / "hostile.yaml").write_text(SCENARIOS, encoding="utf-8")
    for name, arguments in PAGES.items():
        for language in LANGUAGES:
            done = run("compare", *arguments, "--output", f"{name} {language}.html", lang=language, cwd=folder)
            assert done.code == 0, done.err
    return folder


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("width", [320, 360, 1200])
def test_nothing_sticks_out(page: Page, compared: Path, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    load(page, compared, name)
    assert page.evaluate(OVERFLOW) == []


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_loaded_and_nothing_runs(page: Page, compared: Path, name: str) -> None:
    asked: list[str] = []
    events: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: events.append(message.text))
    page.on("dialog", lambda dialog: events.append(dialog.message))
    load(page, compared, name)
    page.wait_for_timeout(100)
    assert asked == [(compared / f"{name}.html").as_uri()]
    assert events == []
    assert page.locator("script, img, iframe").count() == 0


def test_a_hostile_title_arrives_as_text(page: Page, compared: Path) -> None:
    load(page, compared, "hostile en")
    assert page.title() == "Your own scenarios, compared"
    assert HOSTILE in (page.locator("tbody th").first.text_content() or "")


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1200, "dark")])
def test_contrast_and_an_independent_checker(
    page: Page, compared: Path, name: str, scheme: Literal["light", "dark"], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme)
    load(page, compared, name)
    assert page.evaluate(FAINT.replace("seen < 50", "seen < 30")) == []
    results = Axe().run(page)
    assert [(found["id"], found["nodes"][0]["html"]) for found in results.response["violations"]] == []


@pytest.mark.parametrize("name", ALL)
def test_headings_are_in_order(page: Page, compared: Path, name: str) -> None:
    load(page, compared, name)
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map((h) => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert page.get_attribute("html", "lang") == name[-2:]


@pytest.mark.parametrize("width", [360, 1200])
def test_the_figures_of_the_routes_stand_in_their_cells(page: Page, compared: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    load(page, compared, "routes en")
    standard = page.locator("tbody tr").nth(2)
    assert "standard issue" in standard.locator("th").inner_text()
    label = "Days without licence"
    cell = standard.locator("td").nth(1)
    assert cell.get_attribute("data-label") == label
    assert cell.inner_text().strip() == "31 (31-62)"
    shown = cell.evaluate("e => getComputedStyle(e, '::before').content")
    assert (label in shown) == (width == 360)  # on a phone each figure stands beside its own heading
    fees = standard.locator("td[data-label=Fees]")
    assert fees.get_attribute("class") == "wins"
    assert fees.inner_text().strip() == "* 2,500 yen"


def test_bars_are_as_long_as_their_days(page: Page, compared: Path) -> None:
    page.set_viewport_size({"width": 1000, "height": 740})
    load(page, compared, "routes en")
    bars = page.locator(".bar").all()
    found = {}
    for bar in bars:
        words = bar.inner_text()
        days = re.search(r": (\d+)(?: \((\d+)-(\d+)\))?(?:;|$)", words)
        assert days, words
        best, worst = (int(days[part] or days[1]) for part in (2, 3))
        found[words] = (best, int(days[1]), worst)
        widths = [
            bar.locator(f"rect.{part}").evaluate("e => e.getBoundingClientRect().width")
            for part in ("best", "typical", "worst")
        ]
        whole = bar.locator("svg").evaluate("e => e.getBoundingClientRect().width")
        assert [round(width / whole * 62, 0) for width in widths] == list(found[words]), words
    assert (6, 8, 15) in found.values()
    assert (31, 31, 62) in found.values()


def test_the_map_of_the_year_has_every_day_in_its_place(page: Page, compared: Path) -> None:
    load(page, compared, "year en")
    first = page.locator("table.map").first
    dates = first.locator("span[title]").evaluate_all("all => all.map((e) => e.title)")
    assert len(dates) == 365
    assert (dates[0], dates[-1]) == ("2027-01-01", "2027-12-31")
    worst = first.locator("span[title='2027-12-29']")
    assert (worst.inner_text(), worst.get_attribute("class")) == ("6", "h4")
    assert first.locator("span[title='2027-11-24']").get_attribute("class") == "h0"


@pytest.mark.parametrize("name", ALL)
def test_paper_carries_title_and_date_of_the_facts_on_each_page(page: Page, compared: Path, name: str) -> None:
    load(page, compared, name)
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    date = {"ja": "2026年11月23日", "en": "23Nov2026"}[name[-2:]]
    assert all(date in sheet for sheet in pages(pdf))
    assert all(round(float(side)) in (595, 842) for sheet in pdf.pages for side in sheet.mediabox[2:])
