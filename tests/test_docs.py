"""What the READMEs show is what the program prints, and both say the same."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from test_cases import run

ROOT = Path(__file__).resolve().parent.parent
READMES = {"en": ROOT / "README.md", "ja": ROOT / "README.ja.md"}
SHOWN = re.compile(
    r"<!-- output of: lostcard plan (?P<command>.*?) \(80 columns, beginning\) -->\n```text\n(?P<text>.*?)```",
    re.DOTALL,
)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_readme_shows_the_real_output(language: str) -> None:
    shown = SHOWN.search(READMES[language].read_text(encoding="utf-8"))
    assert shown is not None
    printed = run(shown["command"].removesuffix("--lang ja"), language=language, columns=80).stdout
    assert printed.startswith(shown["text"])


def commands(text: str) -> list[str]:
    return re.findall(r"(?m)^    (\S.*)$", SHOWN.sub("", text))


def test_both_readmes_have_the_same_shape_and_commands() -> None:
    english, japanese = (READMES[language].read_text(encoding="utf-8") for language in ("en", "ja"))
    assert commands(english) == commands(japanese)
    assert english.count("\n## ") == japanese.count("\n## ")
    assert re.findall(r"`(--[a-z-]+)", english) == re.findall(r"`(--[a-z-]+)", japanese)
    assert english.count("\n| ") == japanese.count("\n| ")


def test_ci_runs_the_readmes_test_command() -> None:
    tested = next(line for line in commands(READMES["en"].read_text(encoding="utf-8")) if "pytest" in line)
    last = shlex.split(tested.split("&&")[-1])
    assert shlex.join(last) in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_pictures_are_there_in_the_readmes_language_and_of_modest_size(language: str) -> None:
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", READMES[language].read_text(encoding="utf-8"))
    assert pictures == [f"docs/terminal.{language}.png", f"docs/page.{language}.png"]
    for picture in pictures:
        content = (ROOT / picture).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) < 200_000
