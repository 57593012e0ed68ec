"""The plan as one HTML page: on a phone without a network, and on one or two sheets of paper."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import jinja2
from markupsafe import Markup

from lostcard.planner.plan import Plan
from lostcard.render.parts import Call, Sheet
from lostcard.render.sheet import make_sheet
from lostcard.render.timeline import make_timeline
from lostcard.render.words import Speaker

__all__ = ["plan_html"]

_TEMPLATES = Path(__file__).parent / "templates"
_JAPANESE = re.compile(r"[々〆〇぀-ヿ㐀-䶿一-鿿豈-﫿](?:[・ー々〆〇぀-ヿ㐀-䶿一-鿿豈-﫿]*[ー々〆〇぀-ヿ㐀-䶿一-鿿豈-﫿])?")


def plan_html(plan: Plan, language: str, *, explain: bool = False) -> str:
    """Return the page. It loads nothing: style and script stand in it, and its policy names both by their digest."""
    sheet = make_sheet(plan, language, explain=explain)
    environment = _environment(language)
    style = environment.get_template("checklist.css").render(footer=_css_text(_footer(sheet)), pages=_pages(language))
    script = environment.get_template("checklist.js").render()
    return environment.get_template("checklist.html").render(
        sheet=sheet,
        calls=_first_visits(sheet),
        timeline=make_timeline(sheet),
        says=_interface(language),
        style=Markup(style),  # noqa: S704 - our own file; its only value is escaped for CSS
        script=Markup(script),  # noqa: S704 - our own file, without values
        policy=f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'",
    )


def _environment(language: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=jinja2.select_autoescape(("html",), default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["words"] = str if language == "ja" else _words
    return environment


def _words(text: str) -> Markup:
    """Mark Japanese names in another language's text, so that they are read out and drawn as Japanese."""
    parts = []
    end = 0
    for found in _JAPANESE.finditer(text):
        parts += [Markup.escape(text[end : found.start()]), Markup('<span lang="ja">{}</span>').format(found[0])]
        end = found.end()
    return Markup("").join([*parts, Markup.escape(text[end:])])


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _footer(sheet: Sheet) -> str:
    head = sheet.head
    return f"{head.title} ({head.since}) {head.facts}"


def _css_text(text: str) -> str:
    """Return a CSS string: every character that could act in it is written as its code point."""
    return '"{}"'.format("".join(c if c.isalnum() else f"\\{ord(c):06x}" for c in text))


def _pages(language: str) -> str:
    """Return the page number as CSS: texts with the two counters between them."""
    text = Speaker(language).say("page.pages", page="\0page\0", pages="\0pages\0")
    counters = {"page": "counter(page)", "pages": "counter(pages)"}
    return " ".join(counters.get(part) or _css_text(part) for part in text.split("\0") if part)


def _first_visits(sheet: Sheet) -> dict[tuple[int, int], Call]:
    """Say with which visit (day, place in the day) the questions to an office stand: with the first there."""
    calls = {call.key: call for call in sheet.call_first.offices}
    return {
        (number, place): calls.pop(visit.key)
        for number, day in enumerate(sheet.days)
        for place, visit in enumerate(day.visits)
        if visit.key in calls
    }


def _interface(language: str) -> dict[str, str]:
    say = Speaker(language).say
    return {"kept": say("page.kept"), "not_kept": say("page.not-kept"), "clear": say("page.clear")}
