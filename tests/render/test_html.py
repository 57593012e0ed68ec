"""The page as text: what needs no browser to be seen."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from command import SITUATIONS, answer
from lostcard.render.html import plan_html
from lostcard.render.page import css_text
from lostcard.render.sheet import make_sheet
from render.hostile import TRICKS, hostile_plan
from render.test_sheet import plan

LANGUAGES = ["ja", "en"]
EMPTY = {"meta", "input", "br", "hr", "img", "link", "line", "rect", "circle"}


class Reader(HTMLParser):
    """Collects elements, text, and what stands in style and script; fails where tags do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.raw: dict[str, str] = {}
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"style", "script"}:
            self.raw[self.open[-1]] = self.raw.get(self.open[-1], "") + data
        else:
            self.words.append(data)


def digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_whole_and_loads_nothing(situation: str, lang: str) -> None:
    done = answer(situation, "--format", "html", lang=lang)
    assert (done.err, done.code) == ("", 1 if situation == "deadlock" else 0)
    page = Reader(done.out)
    assert page.elements[0] == ("html", {"lang": lang, "data-plan": page.elements[0][1]["data-plan"]})
    assert {"img", "link", "iframe", "object", "form"} & {tag for tag, _ in page.elements} == set()
    attributes = [(name, value or "") for _, found in page.elements for name, value in found.items()]
    assert [value for name, value in attributes if name in {"src", "srcset", "style", "action"}] == []
    assert [name for name, _ in attributes if name.startswith("on")] == []
    links = [value for name, value in attributes if name == "href"]
    assert all(re.match(r"https?://|tel:\+?\d+$", link) for link in links)
    assert not re.search(r"url\(|@import|http", page.raw["style"] + page.raw["script"])
    ids = [value for name, value in attributes if name == "id"]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_allows_this_style_and_this_script_alone(language: str) -> None:
    page = Reader(plan_html(plan(), language))
    (policy,) = [found["content"] for tag, found in page.elements if "http-equiv" in found]
    assert policy == (
        f"default-src 'none'; style-src {digest(page.raw['style'])}; script-src {digest(page.raw['script'])}; "
        "base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tick_and_note_has_a_key_of_its_own_and_a_label(language: str) -> None:
    page = Reader(plan_html(plan(), language))
    keys = [found["data-key"] for tag, found in page.elements if tag == "input"]
    assert len(keys) == len(set(keys)) == 6 + 9 + 7 + 4 + 3 * 2  # steps, papers, questions, notes; date and person
    assert [tag for tag, _ in page.elements].count("label") == len(keys)


def test_explain_adds_the_reasons() -> None:
    plain, explained = (" ".join(Reader(plan_html(plan(), "en", explain=more)).words) for more in (False, True))
    assert "If left out: " in explained
    assert "If left out: " not in plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_is_text(language: str) -> None:
    page = Reader(plan_html(hostile_plan(), language, explain=True))
    tags = {tag for tag, _ in page.elements}
    assert {"img", "table", "iframe"} & tags == set()
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert "owned" not in page.raw["script"] + page.raw["style"]
    text = "".join(page.words)
    for visit in (visit for day in make_sheet(hostile_plan(), language).days for visit in day.visits):
        assert visit.office in text
        assert visit.find in text
        assert all(paper.title in text and paper.note in text for paper in visit.papers)
        assert all(step.heading in text and step.how_to in text for step in visit.steps)
    assert TRICKS in text


def test_the_footer_of_the_paper_cannot_break_out_of_its_style() -> None:
    assert (
        css_text('a"; } </style>\\')
        == '"a\\000022\\00003b\\000020\\00007d\\000020\\00003c\\00002fstyle\\00003e\\00005c"'
    )
    assert css_text("2026年") == '"2026年"'
