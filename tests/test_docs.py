"""What the READMEs show is what the program prints, and both say the same."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from command import run

ROOT = Path(__file__).resolve().parent.parent
READMES = {"en": ROOT / "README.md", "ja": ROOT / "README.ja.md"}
SHOWN = re.compile(
    r"<!-- output of: lostcard (?P<verb>plan|compare) (?P<command>.*?) \(80 columns, beginning\) -->\n"
    r"```text\n(?P<text>.*?)```",
    re.DOTALL,
)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("verb", ["plan", "compare"])
def test_readme_shows_the_real_output(language: str, verb: str) -> None:
    readme = READMES[language].read_text(encoding="utf-8")
    (shown,) = [found for found in SHOWN.finditer(readme) if found["verb"] == verb]
    printed = run(verb, *shlex.split(shown["command"]), "--lang", language, columns=80).out
    assert printed.startswith(shown["text"])


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_readmes_scenario_file_is_one(language: str, tmp_path: Path) -> None:
    readme = READMES[language].read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "mine.yaml").write_text(example, encoding="utf-8")
    done = run("compare", "--scenarios", "mine.yaml", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "1. Without express issue" in done.out


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
