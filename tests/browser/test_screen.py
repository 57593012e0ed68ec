"""The page on a phone, in a real browser."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from render.hostile import TRICKS

pytestmark = pytest.mark.browser

LANGUAGES = ["ja", "en"]
ALL = [f"{name} {language}" for name in ("case 1", "case 2", "case 7", "deadlock") for language in LANGUAGES]
HOSTILE = [f"{name} {language}" for name in ("hostile", "long") for language in LANGUAGES]
FIRST_STEP = ".step input[type=checkbox]"
RECEIPT = ".step input[type=text]"

OVERFLOW = """() => [...document.querySelectorAll('body *')]
  .filter((e) => !e.closest('svg > *') && e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 0.5)
  .map((e) => e.tagName + ' ' + e.className).concat(
    document.documentElement.scrollWidth > innerWidth ? ['the page itself'] : [])"""

SMALL = """() => [...document.querySelectorAll('a, button, summary, label, input[type=text]')]
  .filter((e) => e.checkVisibility())
  .map((e) => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
  .filter(([box]) => box.height < 43.9 || box.width < 43.9).map(([box, text]) => text)"""

FAINT = """() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const found = rgb(getComputedStyle(e).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
      if (found[3] > 0) throw new Error('half transparent: ' + e.outerHTML.slice(0, 80));
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const e = node.parentElement, style = getComputedStyle(e);
    if (!node.data.trim() || !e.checkVisibility() || e.closest('script, title, desc')) continue;
    seen += 1;
    const ink = light(rgb(e.closest('svg') ? style.fill : style.color)), paper = light(ground(e));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) found.push([ratio, node.data]);
  }
  if (seen < 50) throw new Error('nothing was measured');
  return found;
}"""


def load(page: Page, files: Path, name: str) -> Page:
    page.goto((files / f"{name}.html").as_uri())
    return page


def ticked(page: Page) -> list[bool]:
    found: list[bool] = page.evaluate("[...document.querySelectorAll('input[type=checkbox]')].map((b) => b.checked)")
    assert len(found) > 10
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_ticked_and_written_is_there_after_a_reload(page: Page, files: Path, language: str) -> None:
    load(page, files, f"case 1 {language}")
    assert not any(ticked(page))
    page.locator(FIRST_STEP).nth(1).check()
    page.locator(RECEIPT).first.fill("受理番号 <12>")
    page.reload()
    assert sum(ticked(page)) == 1
    assert page.locator(FIRST_STEP).nth(1).is_checked()
    assert page.locator(RECEIPT).first.input_value() == "受理番号 <12>"
    page.locator(FIRST_STEP).nth(1).uncheck()
    page.reload()
    assert not any(ticked(page))


def test_a_tap_on_a_steps_title_ticks_it(page: Page, files: Path) -> None:
    load(page, files, "case 1 ja").locator(".step strong").first.click()
    assert page.locator(FIRST_STEP).first.is_checked()


def test_another_plan_in_the_same_browser_is_untouched(page: Page, files: Path) -> None:
    load(page, files, "case 1 ja").locator(FIRST_STEP).first.check()
    assert not any(ticked(load(page, files, "case 2 ja")))
    page.locator(FIRST_STEP).nth(2).check()
    load(page, files, "case 1 ja")
    assert sum(ticked(page)) == 1
    assert page.locator(FIRST_STEP).first.is_checked()


def test_the_same_plan_in_the_other_language_has_the_same_ticks(page: Page, files: Path) -> None:
    load(page, files, "case 1 ja").locator(FIRST_STEP).nth(3).check()
    before = ticked(page)
    assert ticked(load(page, files, "case 1 en")) == before


def test_ticks_and_notes_can_be_erased_from_the_browser(page: Page, files: Path) -> None:
    load(page, files, "case 1 en").locator(FIRST_STEP).first.check()
    page.locator(RECEIPT).first.fill("A-1")
    page.get_by_role("button", name="Clear ticks and notes").click()
    assert not any(ticked(page))
    assert page.locator(RECEIPT).first.input_value() == ""
    assert page.evaluate("localStorage.length") == 0


def test_a_browser_that_keeps_nothing_says_so_and_still_ticks(page: Page, files: Path) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    load(page, files, "case 1 en").locator(FIRST_STEP).first.check()
    assert page.locator(FIRST_STEP).first.is_checked()
    assert page.get_by_text("This browser forgets what you tick").is_visible()
    assert not page.get_by_text("stays in this browser only").is_visible()
    assert errors == []


def test_what_another_program_stored_is_no_reason_to_break(page: Page, files: Path) -> None:
    load(page, files, "case 1 en")
    for nonsense in ("null", "[1]", '"x"', "{", '{"step:x": 1}'):
        page.evaluate(
            "text => localStorage.setItem('lostcard:' + document.documentElement.dataset.plan, text)", nonsense
        )
        page.reload()
        assert not any(ticked(page))
        assert page.get_by_text("stays in this browser only").is_visible()


def test_without_scripts_it_reads_and_ticks(browser: Browser, files: Path) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}) as context:
        page = load(context.new_page(), files, "case 1 en")
        page.locator(FIRST_STEP).first.check()
        assert page.locator(FIRST_STEP).first.is_checked()
        assert page.get_by_text("Suspend the My Number Card by phone").first.is_visible()
        assert not page.get_by_role("button", name="Clear ticks and notes").is_visible()
        page.locator("details summary").last.click()
        assert page.get_by_role("link", name="Annaka city").last.is_visible()


@pytest.mark.parametrize("name", [*ALL, *HOSTILE])
def test_nothing_is_loaded_and_no_script_of_others_runs(page: Page, files: Path, name: str) -> None:
    asked: list[str] = []
    events: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: events.append(message.text))
    page.on("pageerror", lambda error: events.append(str(error)))
    page.on("dialog", lambda dialog: events.append(dialog.message))
    load(page, files, name)
    page.wait_for_timeout(100)
    assert asked == [(files / f"{name}.html").as_uri()]
    assert events == []


def test_the_policy_stops_what_would_be_let_in(page: Page, files: Path) -> None:
    load(page, files, "case 1 en")
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.owned = true';
          const style = document.createElement('style');
          style.textContent = 'body { color: rgb(1, 2, 3) }';
          document.head.append(script, style);
        }"""
    )
    assert page.evaluate("window.owned") is None
    assert page.evaluate("getComputedStyle(document.body).color") != "rgb(1, 2, 3)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_arrives_as_text(page: Page, files: Path, language: str) -> None:
    load(page, files, f"hostile {language}")
    assert page.title() != "owned"
    text = page.evaluate("document.body.textContent")
    for place in ("item passport", "note passport", "gap licence", "find ", "how ", "ask ", "stop ", "source "):
        assert re.search(rf"{place}[a-z0-9-]*: {re.escape(TRICKS)}", text), place
    assert page.locator("img, b > script, li script, main script, table, iframe").count() == 0
    assert page.locator("script").count() == 1


@pytest.mark.parametrize("name", [*ALL, *HOSTILE])
@pytest.mark.parametrize("width", [320, 360])
def test_nothing_sticks_out_of_a_phone(page: Page, files: Path, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    load(page, files, name)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert page.evaluate(OVERFLOW) == []


def test_telephones_are_links_and_a_fax_is_none(page: Page, files: Path) -> None:
    load(page, files, "case 1 ja")
    links = page.locator("a[href^='tel:']").all()
    assert [link.get_attribute("href") for link in links] == ["tel:0120950178", "tel:0120017827"]
    assert "0120-601-785" in page.inner_text("body")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_tapped_is_large_enough(page: Page, files: Path, language: str) -> None:
    load(page, files, f"case 1 {language}")
    assert page.evaluate(SMALL) == []
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_contrast(page: Page, files: Path, name: str, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    load(page, files, name)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, ground.removeprefix("rgb(").removesuffix(")").split(","))) < 200) == (scheme == "dark")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.locator(FIRST_STEP).first.check()
    page.evaluate("document.querySelectorAll('[hidden]').forEach((e) => { e.hidden = false; })")
    assert page.evaluate(FAINT) == []


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_independent_checker_of_accessibility_finds_nothing(
    page: Page, files: Path, name: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    load(page, files, name)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    results = Axe().run(page)
    assert [(found["id"], found["nodes"][0]["html"]) for found in results.response["violations"]] == []
    assert len(results.response["passes"]) > 15


@pytest.mark.parametrize("name", ALL)
def test_headings_are_in_order_and_the_language_is_said(page: Page, files: Path, name: str) -> None:
    load(page, files, name)
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map((h) => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert page.get_attribute("html", "lang") == name[-2:]
    unnamed = "[...document.querySelectorAll('input')].filter((i) => !i.labels[0]?.textContent.trim()).length"
    assert page.evaluate(unnamed) == 0


def test_japanese_names_in_english_are_marked_as_japanese(page: Page, files: Path) -> None:
    load(page, files, "case 1 en")
    unmarked = page.evaluate(
        """() => {
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
          for (let n = walk.nextNode(); n; n = walk.nextNode())
            if (/[\\u3041-\\u30fa\\u4e00-\\u9fff]/.test(n.data) && n.parentElement.closest('[lang]').lang !== 'ja'
                && !n.parentElement.closest('svg')) found.push(n.data);
          return found;
        }"""
    )
    assert unmarked == []
    assert page.locator("span[lang=ja]", has_text="特急発行").count() > 0


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("ja", ["今すぐ", "2026年11月24日(火)", "どのくらいかかるか"]),
        ("en", ["Right now", "Tue 24 Nov 2026", "How long it takes"]),
    ],
)
def test_now_comes_first_then_today(page: Page, files: Path, language: str, first: list[str]) -> None:
    load(page, files, f"case 1 {language}")
    assert page.locator("h2").all_inner_texts()[:3] == first
    papers = page.locator(".visit").nth(2).locator(".bring li")
    assert papers.count() == 5
    assert page.locator(".visit").nth(2).locator(".windows").inner_text().endswith(("8:30〜17:00", "08:30-17:00"))


def test_a_deadlock_is_named_after_what_cannot_wait(page: Page, files: Path) -> None:
    load(page, files, "deadlock en")
    assert page.locator("h2").all_inner_texts()[:2] == ["Right now", "Where there is no way through yet"]
    assert "there is no way to it yet" in page.locator(".deadlocks").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_timeline_says_in_text_what_it_draws(page: Page, files: Path, language: str) -> None:
    load(page, files, f"case 1 {language}")
    told = page.locator("svg desc").text_content() or ""
    figure = {"ja": "マイナンバーカードが手元に戻るまで: 7日(5〜14日)", "en": "back in hand: 7 days (5 to 14)"}[
        language
    ]
    assert figure in told
    assert figure in page.locator(".figure").all_inner_texts()[2]
    widths = [
        float(page.locator(f"svg g:nth-of-type(3) rect.{case}").get_attribute("width") or 0)
        for case in ("best", "typical", "worst")
    ]
    assert [round(width / widths[2] * 14) for width in widths] == [5, 7, 14]
    assert page.locator("svg circle.none").count() == 1  # no day without coverage
