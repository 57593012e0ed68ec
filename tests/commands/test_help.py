"""Help and version: complete in both languages, and right on a narrow terminal."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from importlib.metadata import version
from pathlib import Path

import pytest

from command import environment, run

OPTIONS = {
    "--lost",
    "--linked",
    "--have",
    "--how",
    "--insurer",
    "--age",
    "--from",
    "--prefer",
    "--travel-minutes",
    "--certainty",
    "--explain",
    "--format",
    "--output",
    "--force",
    "--open",
    "--color",
    "--lang",
    "--help",
}
COMPARE_OPTIONS = OPTIONS | {"--year", "--scenarios"}
ROOT_OPTIONS = {"--version", "--lang", "--install-completion", "--show-completion", "--help"}
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize(
    ("arguments", "code", "options"),
    [
        ((), 2, ROOT_OPTIONS),
        (("--help",), 0, ROOT_OPTIONS),
        (("plan", "--help"), 0, OPTIONS),
        (("compare", "--help"), 0, COMPARE_OPTIONS),
        (("plan", "-h"), 0, OPTIONS),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_help_lists_every_option_within_the_width(
    arguments: tuple[str, ...], code: int, options: set[str], columns: int, lang: str
) -> None:
    done = run(*arguments, lang=lang, columns=columns)
    text, other = (done.err, done.out) if code else (done.out, done.err)
    assert (done.code, other) == (code, "")
    assert text.endswith("\n")
    assert {"ja": "使い方: ", "en": "Usage: "}[lang] in text
    lines = text.splitlines()
    assert all(width(line) <= columns for line in lines)
    assert all(line == line.rstrip() for line in lines)
    listed = {
        word
        for line in lines
        if (found := re.match(r"  (-[^ ,]+(?:, -[^ ,]+)*)", line)) and not line.startswith("   ")
        for word in found[1].split(", ")
    }
    assert listed == options | {"-h"} | ({"-o"} if "--output" in options else set())


@pytest.mark.parametrize("arguments", [("--help",), ("plan", "--help"), ("compare", "--help")], ids=" ".join)
def test_every_option_has_a_description_in_the_language(arguments: tuple[str, ...]) -> None:
    for lang in ("ja", "en"):
        text = run(*arguments, lang=lang, columns=120).out
        for entry in re.split(r"\n  (?=-)", text)[1:]:
            name, _, description = entry.partition("  ")
            assert description.strip(), name
            assert bool(JAPANESE.search(description)) == (lang == "ja") or "nhi (国保)" in description, name
        assert ("Show this message" in text, "Install completion for the current" in text) == (False, False)


def test_the_help_is_the_same_each_time() -> None:
    assert len({run("plan", "--help", PYTHONHASHSEED=seed).out for seed in ("1", "2", "3", "4")}) == 1


def test_the_language_of_the_help_can_be_chosen() -> None:
    assert run("--lang", "ja", "--help").out.startswith("使い方")
    assert run("plan", "--help", "--lang=ja").out.startswith("使い方")
    assert run("--help", lang="ja", LOSTCARD_LANG="en").out.startswith("Usage")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("encoding", ["ascii", "cp932"])
def test_help_in_an_encoding_without_its_characters_does_not_crash(lang: str, encoding: str) -> None:
    for arguments in (("--help",), ("plan", "--help"), ("compare", "--help")):
        done = run(*arguments, lang=lang, encoding=encoding)
        assert (done.code, done.err) == (0, "")
        assert "--lang" in done.out


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_version(lang: str) -> None:
    done = run("--version", lang=lang, columns=60)
    assert (done.code, done.out, done.err) == (0, f"lostcard {version('lostcard')}\n", "")
    assert version("lostcard") == "0.1.0"


@pytest.mark.parametrize(
    ("lang", "plan", "compare"),
    [
        ("en", "Make the best plan", "without --lost, ways of holding"),
        ("ja", "最もよい手続きの計画", "カードの持ち方を比べます"),
    ],
)
def test_the_commands_are_listed_with_what_they_do(lang: str, plan: str, compare: str) -> None:
    text = run("--help", lang=lang, columns=120).out
    listed = dict(re.findall(r"^  (plan|compare) +(\S.*)$", text, re.MULTILINE))
    assert plan in listed["plan"]
    assert compare in listed["compare"]


def test_completion_knows_the_commands_and_the_items_of_compare() -> None:
    def completed(words: str) -> str:
        last = str(len(words.split(" ")) - 1)
        asked = environment(_LOSTCARD_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=last)
        script = Path(sys.executable).with_name("lostcard")
        return subprocess.run([script], env=asked, capture_output=True, encoding="utf-8", check=False).stdout

    assert {"plan", "compare"} <= set(completed("lostcard ").split())
    assert completed("lostcard com").split() == ["compare"]
    assert "residence-card" in completed("lostcard compare --lost res").split()
