"""What every HTML page has: a template engine that escapes, a policy that lets nothing else in, and page numbers."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import jinja2
from markupsafe import Markup

from lostcard.render.words import Speaker

__all__ = ["css_text", "page_numbers", "policy", "templates"]

_TEMPLATES = Path(__file__).parent / "templates"
_JAPANESE = re.compile(r"[々〆〇぀-ヿ㐀-䶿一-鿿豈-﫿](?:[・ー々〆〇぀-ヿ㐀-䶿一-鿿豈-﫿]*[ー々〆〇぀-ヿ㐀-䶿一-鿿豈-﫿])?")


def templates(language: str) -> jinja2.Environment:
    """Return the engine for pages in a language; its filter `words` marks up a text's Japanese names."""
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


def policy(style: str, script: str | None = None) -> str:
    """Return the content security policy of a page that loads nothing: its own style and script, by their digest."""
    allowed = [f"style-src {_digest(style)}"] + ([f"script-src {_digest(script)}"] if script is not None else [])
    return "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def css_text(text: str) -> str:
    """Return a CSS string: every character that could act in it is written as its code point."""
    return '"{}"'.format("".join(c if c.isalnum() else f"\\{ord(c):06x}" for c in text))


def page_numbers(language: str) -> str:
    """Return the page number as CSS: texts with the two counters between them."""
    text = Speaker(language).say("page.pages", page="\0page\0", pages="\0pages\0")
    counters = {"page": "counter(page)", "pages": "counter(pages)"}
    return " ".join(counters.get(part) or css_text(part) for part in text.split("\0") if part)
