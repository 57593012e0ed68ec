"""A real browser for the tests: the Chromium that is installed, without a network to speak of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from command import answer, run
from lostcard.render.html import plan_html
from render.hostile import LONG, TRICKS, hostile_plan

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "No Chromium found. Install it, and a Japanese font (Debian: apt-get install chromium fonts-noto-cjk), "
    'or leave these tests out: python -m pytest -m "not browser"'
)
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync")
"""--no-sandbox: CI runs as root, where Chromium has no sandbox; it opens only this project's own pages."""
_ONE_PAGE = "--lost license --how home --have mynacard --from 2026-05-01 --prefer fewest-visits --age 86"
"""A plan that just fills a sheet of paper."""


def program() -> str:
    """Return where Chromium is; without one the test fails and says what to do."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail(MISSING)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone with a browser of its own: nothing stored."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the pages: what the command wrote, and two whose catalogue is hostile."""
    folder = tmp_path_factory.mktemp("pages")
    for language in ("ja", "en"):
        for situation in ("case 1", "case 2", "case 7", "deadlock", "one page"):
            if situation == "one page":
                done = run("plan", *_ONE_PAGE.split(), "--format", "html", lang=language)
            else:
                done = answer(situation, "--format", "html", lang=language)
            assert done.err == ""
            (folder / f"{situation} {language}.html").write_text(done.out, encoding="utf-8")
        for name, trick in (("hostile", TRICKS), ("long", LONG)):
            text = plan_html(hostile_plan(trick), language, explain=True)
            (folder / f"{name} {language}.html").write_text(text, encoding="utf-8")
    return folder
