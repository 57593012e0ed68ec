"""The interface strings: both languages, the same placeholders, none missing, none left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from command import ROOT
from lostcard.messages import LANGUAGES, MESSAGES, detect_language

SOURCE = ROOT / "src" / "lostcard"
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
JAPANESE_PUNCTUATION = set("、。「」『』〜・（）！？：％，．")

DYNAMIC = {
    "how.": {"outside", "home", "stolen", "fire"},
    "prefer.": {"fastest", "cheapest", "fewest-visits"},
    "certainty.": {"confirmed", "reported", "inferred", "unknown"},
    "wait.": {"lead", "closed", "over", "rule"},
    "compare.title.": {"routes", "holdings", "eras", "scenarios"},
    "route.": {"fastest", "cheapest", "fewest-visits"},
    "column.": {"cards", "visits", "fee", "photo", "phone"},
    "cell.": {"unknown", "no-way"},
    "figure.": {"best", "typical", "worst", "refused", "low", "high"},
    "label.": {"lost", "linked", "have"},
    "year.": {"lead", "closed", "over", "rule"},
    "help.": {"help", "install-completion", "show-completion"},
}
"""Keys that the code puts together, and what it may put in."""

SAME_IN_BOTH = {"gap.line", "step.line", "step.blank", "error.usage", "error.at", "compare.days"}
"""Nothing but placeholders."""


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name != "messages.py":
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def strings() -> set[str]:
    """Return every text that stands in the code, f-strings by their beginning."""
    return {
        node.value
        for _, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def in_templates() -> set[str]:
    """Return every text in double quotes that stands in a page's template."""
    return {
        text
        for path in SOURCE.rglob("*.html")
        for text in re.findall(r'says\("([a-z.-]+)"', path.read_text(encoding="utf-8"))
    }


def prefixes() -> set[str]:
    """Return the beginnings of keys that are put together: f"how.{…}"."""
    return {
        first.value
        for _, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.JoinedStr) and len(node.values) > 1
        for first in node.values[:1]
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and re.fullmatch(r"[a-z]+\.", first.value)
    }


def test_both_languages() -> None:
    assert LANGUAGES == ("ja", "en")
    assert all(isinstance(texts, tuple) and len(texts) == 2 for texts in MESSAGES.values())
    assert all(text.strip() for texts in MESSAGES.values() for text in texts)


@pytest.mark.parametrize("key", MESSAGES)
def test_the_same_placeholders(key: str) -> None:
    ja, en = MESSAGES[key]
    allowed = {
        "days.one": {"days"},
        "improve.save-one": {"days"},  # "1 day sooner"
    }.get(key, set())
    assert set(placeholders(ja)) ^ set(placeholders(en)) <= allowed
    for text in (ja, en):
        assert all(re.fullmatch(r"[a-z_]+", name) for name in placeholders(text))


@pytest.mark.parametrize("key", MESSAGES)
def test_each_language_is_itself(key: str) -> None:
    ja, en = MESSAGES[key]
    assert ja != en or key in SAME_IN_BOTH
    bare = re.sub(r"\{[a-z_]+\}|--?[a-z-]+", "", ja)
    assert JAPANESE.search(bare) or not re.search(r"[A-Za-z]{3}", bare), "not translated"
    assert not JAPANESE_PUNCTUATION & set(en)
    assert not re.search(r"[^\d}]\.(\s|$)", ja), "an ASCII full stop"
    assert not re.search(r",(\s|$)", ja.replace("[a, b]", "")), "an ASCII comma"
    assert not re.search(r"\s$|^\s|  ", ja)
    assert not re.search(r"^\s|  ", en)


@pytest.mark.parametrize("key", MESSAGES)
def test_japanese_stands_in_english_only_as_a_name_on_the_counter(key: str) -> None:
    _, en = MESSAGES[key]
    if JAPANESE.search(en):
        assert key == "help.insurer"


def test_no_message_is_left_over() -> None:
    used = strings() | in_templates()
    dynamic = {f"{prefix}{end}" for prefix, ends in DYNAMIC.items() for end in ends}
    assert [key for key in MESSAGES if key not in used and key not in dynamic] == []


def test_what_the_code_puts_together_exists() -> None:
    assert prefixes() <= set(DYNAMIC)
    assert [
        f"{prefix}{end}" for prefix, ends in DYNAMIC.items() for end in ends if f"{prefix}{end}" not in MESSAGES
    ] == []


def test_no_message_is_missing() -> None:
    groups = {key.partition(".")[0] for key in MESSAGES if "." in key}
    files = {path.name for path in SOURCE.rglob("*.html")}  # year.html is no message
    shaped = re.compile(rf"({'|'.join(sorted(groups))})\.[a-z][a-z0-9-]*")
    assert [text for text in sorted(strings() - files) if shaped.fullmatch(text) and text not in MESSAGES] == []


def test_every_failure_has_its_message() -> None:
    """The first argument of what is raised or said, wherever it is a plain text."""
    missing = [
        f"{path.name}:{node.lineno}: {first.value}"
        for path, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and node.args
        for first in node.args[:1]
        if isinstance(first, ast.Constant) and isinstance(first.value, str)
        if (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""))
        in {"say", "_say", "Note", "UsageError", "NoPlanError", "LostcardError"}
        if first.value not in MESSAGES
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "ja_JP.UTF-8"}, "ja"),
        ([], {"LANG": "ja"}, "ja"),
        ([], {"LANG": "C"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        ([], {"LANG": "ja_JP.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "ja_JP.UTF-8", "LC_ALL": ""}, "ja"),
        ([], {"LANG": "ja_JP.UTF-8", "LOSTCARD_LANG": "en"}, "en"),
        ([], {"LOSTCARD_LANG": "JA"}, "ja"),
        ([], {"LOSTCARD_LANG": "fr", "LANG": "ja_JP.UTF-8"}, "ja"),
        (["plan", "--lang", "ja"], {"LOSTCARD_LANG": "en"}, "ja"),
        (["plan", "--lang=ja"], {}, "ja"),
        (["plan", "--lang"], {}, "en"),
        (["plan", "--lang", "fr"], {"LANG": "ja_JP.UTF-8"}, "ja"),
    ],
)
def test_the_language_is_found(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert detect_language(arguments, environment) == language
