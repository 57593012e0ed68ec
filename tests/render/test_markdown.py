"""The plan as Markdown, read by an independent parser: it shows the sheet's words and nothing acts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.tasklists import tasklists_plugin

from command import SITUATIONS, answer
from lostcard.planner.plan import Plan
from lostcard.render.markdown import escape, plan_markdown
from lostcard.render.parts import Sheet, Visit
from lostcard.render.sheet import make_sheet
from render.hostile import LONG, TRICKS, hostile_plan
from render.test_sheet import plan

JOINER = "\u2060"
MENTIONS = re.compile(r"(?<![\w`])@\w|#\d|\bGH-\d|:[\w+-]+:")
"""What GitHub looks for in finished text."""


def tokens(text: str) -> list[Token]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(tasklists_plugin)
    return [leaf for token in parser.parse(text) for leaf in (token, *(token.children or []))]


def blocks(text: str) -> list[str]:
    """Return what a reader sees, block by block."""
    seen = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(tasklists_plugin).parse(text):
        if token.type == "inline":
            parts = [c.content for c in token.children or [] if c.type in {"text", "code_inline", "softbreak"}]
            seen.append("".join(parts).replace(JOINER, "").strip())
    return seen


def words_of_a_visit(visit: Visit) -> Iterator[str]:
    yield visit.heading
    yield visit.find
    yield from (phone.line for phone in visit.phones)
    if visit.papers:
        yield visit.bring
    for paper in visit.papers:
        yield paper.line
        yield from filter(None, [paper.note])
    yield visit.act
    for step in visit.steps:
        yield f"{step.heading} ({step.time})"
        yield from filter(None, [step.how_to])
        yield from (blank.line for blank in step.blanks)
        yield from (detail.text for detail in step.details)
        yield from filter(None, [step.no_return])
        yield from step.why
        yield step.cited


def words(sheet: Sheet) -> Iterator[str]:
    """Yield what the sheet says, in the order in which the document has it."""
    yield f"{sheet.head.title} ({sheet.head.since})"
    yield sheet.head.facts
    yield sheet.how_long.heading
    yield from sheet.how_long.notices
    for figure in sheet.how_long.figures:
        yield figure.line
        yield from (line.text for line in figure.lines)
    yield from filter(None, (sheet.how_long.totals, sheet.how_long.tradeoff))
    if sheet.deadlocks.impasses:
        yield sheet.deadlocks.heading
        for impasse in sheet.deadlocks.impasses:
            yield impasse.text
            yield from impasse.ways
        yield from filter(None, [sheet.deadlocks.rest])
    for day in sheet.days:
        yield day.heading
        for visit in day.visits:
            yield from words_of_a_visit(visit)
    if sheet.call_first.offices:
        yield sheet.call_first.heading
    for call in sheet.call_first.offices:
        yield call.heading
        yield from call.questions
        yield call.blank
    for section in (sheet.meanwhile, sheet.no_return, sheet.afterwards, sheet.shorten, sheet.advice):
        if section.entries:
            yield section.heading
            yield from section.entries
    yield sheet.understood.heading
    yield from (f"{label}: {text}" for label, text in sheet.understood.pairs)
    if sheet.assumed.entries:
        yield sheet.assumed.heading
        yield from sheet.assumed.entries
    yield sheet.sources_heading
    yield from (source.line for source in sheet.sources)
    yield sheet.disclaimer


def tasks(sheet: Sheet) -> int:
    visits = [visit for day in sheet.days for visit in day.visits]
    boxes = sum(len(visit.papers) + len(visit.steps) for visit in visits)
    return boxes + sum(len(call.questions) for call in sheet.call_first.offices)


PLANS = {"plain": plan(), "hostile": hostile_plan(), "long words": hostile_plan(LONG)}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", PLANS)
def test_the_reader_sees_the_words_of_the_sheet(name: str, language: str) -> None:
    sheet = make_sheet(PLANS[name], language, explain=True)
    assert blocks(plan_markdown(PLANS[name], language, explain=True)) == list(words(sheet))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", PLANS)
def test_nothing_acts_but_the_links_to_the_sources(name: str, language: str) -> None:
    document = plan_markdown(PLANS[name], language, explain=True)
    sheet = make_sheet(PLANS[name], language, explain=True)
    found = tokens(document)
    kinds = {token.type for token in found}
    html = [token.content for token in found if token.type.startswith("html")]
    assert all("task-list-item-checkbox" in content for content in html)  # the plugin's own
    assert len(html) == tasks(sheet) > 10
    assert kinds & {"image", "code_inline", "code_block", "fence", "em_open", "s_open", "table_open", "hr"} == set()
    assert [token.attrs["href"] for token in found if token.type == "link_open"] == [
        source.url for source in sheet.sources if source.url
    ]


def test_the_headings_are_those_of_days_visits_and_sections() -> None:
    levels = [token.tag for token in tokens(plan_markdown(PLANS["plain"], "en")) if token.type == "heading_open"]
    assert levels[0] == "h1"
    assert levels.count("h1") == 1
    assert levels.count("h3") == 4 + 3  # visits, and offices to call
    assert set(levels) == {"h1", "h2", "h3"}


def seen_later(plan: Plan, language: str) -> list[str]:
    """Return what GitHub would turn into a mention, a reference, an address or a picture in the finished text."""
    text = "\n".join(
        "".join(c.content for c in token.children or [] if c.type == "text")
        for token in MarkdownIt("commonmark").parse(plan_markdown(plan, language, explain=True))
        if token.type == "inline"
    )
    return MENTIONS.findall(text)


def test_github_finds_no_mention_no_reference_and_no_emoji() -> None:
    assert MENTIONS.findall(TRICKS)  # the counter-check: the texts do hold such things
    assert seen_later(PLANS["hostile"], "en") == []
    assert seen_later(PLANS["hostile"], "ja") == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://a.example", r"https\://a.example"),
        ("www.a.example", r"www\.a.example"),
        ("1. step", r"1\. step"),
        ("- point", r"\- point"),
        ("a@b.example", f"a@{JOINER}b.example"),
        ("2,600円 (8:30〜17:00)", "2,600円 (8:30〜17:00)"),
    ],
)
def test_bare_addresses_and_lists_are_kept_from_acting(text: str, written: str) -> None:
    assert escape(text) == written


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_command_writes_it(situation: str, lang: str) -> None:
    done = answer(situation, "--format", "markdown", lang=lang)
    assert done.err == ""
    assert done.out.endswith("\n")
    title = {"ja": "# カードをなくしたときの計画 (", "en": "# Plan after losing a card ("}[lang]
    assert done.out.startswith(title)
