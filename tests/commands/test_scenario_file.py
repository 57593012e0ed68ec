"""Scenarios of one's own: what a file may say, and every mistake in it with its place."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from command import TUESDAY, Result, run

LANGUAGES = ("ja", "en")


def place(text: str, words: str) -> str:
    """Return `line:column` of the only place where `words` stand in `text`, both counted from 1."""
    assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times"
    before = text[: text.index(words)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def compare(folder: Path, text: str | bytes, *more: str, lang: str = "en") -> Result:
    data = text.encode() if isinstance(text, str) else text
    (folder / "my.yaml").write_bytes(data)
    return run("compare", "--scenarios", "my.yaml", *more, cwd=folder, lang=lang)


def rows(done: Result) -> list[Any]:
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert document["kind"] == "scenarios"
    return [row for group in document["groups"] for row in group["rows"]]


def only_problem(done: Result) -> str:
    assert (done.code, done.out) == (2, "")
    heading, problem, *rest = done.err.splitlines()
    assert "my.yaml" in heading
    assert [line for line in rest if line.startswith("my.yaml")] == []
    return problem


# What a file may say

ALL = f"""\
scenarios:
  first:
    title: {{ja: "日本語の題", en: "English title"}}
    lost: mynacard
    linked: [license, insurance]
    have: [旅券]
    how: stolen
    insurer: nhi
    age: 40
    from: {TUESDAY}
    prefer: cheapest
    travel-minutes: 30
    certainty: reported
    without: [mynacard-standard-apply]
  second:
    lost: [マイナンバーカード]
"""


def test_every_key_reaches_the_plan(tmp_path: Path) -> None:
    [first, second] = rows(compare(tmp_path, ALL, "--from", "2026-11-25T10:00", "--format", "json"))
    told = ["--lost", "mynacard", "--linked", "license", "--linked", "insurance", "--have", "passport"]
    told += ["--how", "stolen", "--insurer", "nhi", "--age", "40", "--prefer", "cheapest", "--travel-minutes", "30"]
    plan = json.loads(run("plan", *told, "--certainty", "reported", "--from", TUESDAY, "--format", "json").out)
    assert (first["id"], first["title"], first["without"]) == ("first", "English title", ["mynacard-standard-apply"])
    assert first["from"] == f"{TUESDAY}:00+09:00"
    assert first["plan"]["situation"] == plan["situation"]
    assert "mynacard-standard-apply" not in {step["procedure"] for step in first["plan"]["steps"]}
    plan = json.loads(run("plan", "--lost", "mynacard", "--from", "2026-11-25T10:00", "--format", "json").out)
    assert (second["title"], second["plan"]) == ("second", plan)


def test_a_title_has_the_language_of_the_answer(tmp_path: Path) -> None:
    [first, _] = rows(compare(tmp_path, ALL, "--from", TUESDAY, "--format", "json", lang="ja"))
    assert first["title"] == "日本語の題"


def test_what_is_left_out_is_taken_from_the_command_line_and_an_empty_list_is_not_left_out(tmp_path: Path) -> None:
    text = "scenarios:\n  same: {}\n  other: {have: [], insurer: kyokai}\n"
    more = ("--lost", "mynacard", "--have", "passport", "--insurer", "nhi", "--from", TUESDAY, "--format", "json")
    [same, other] = rows(compare(tmp_path, text, *more))
    assert same["plan"] == json.loads(run("plan", *more).out)
    assert (other["plan"]["situation"]["have"], other["plan"]["situation"]["insurer"]) == ([], "kyokai")
    assert other["plan"]["situation"]["lost"] == ["mynacard"]


def test_identical_scenarios_become_one_row_that_says_so(tmp_path: Path) -> None:
    text = "scenarios:\n  a: {}\n  b: {}\n  c: {travel-minutes: 59}\n  d: {have: passport}\n"
    found = rows(compare(tmp_path, text, "--lost", "mynacard", "--from", TUESDAY, "--format", "json"))
    assert [(row["id"], [other["id"] for other in row["also"]]) for row in found] == [
        ("a", ["b"]),
        ("c", []),  # other minutes between counters are another question
        ("d", []),
    ]


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert len(rows(compare(tmp_path, "\ufeff" + ALL, "--from", TUESDAY, "--format", "json"))) == 2


# Every mistake at once

MISTAKES = """\
scenarios:
  a:
    title: "x\\ty"
    lost: mynacrd
    linked: [licence-recrd]
    have: [passport, pasport]
    how: outsid
    insurer: nih
    age: 200
    from: tomorrow
    prefer: cheap
    travel-minutes: 9999
    certainty: sure
    without: [no-such-procedure]
    colour: red
  b:
    lost: [[mynacard]]
    have: {passport: yes}
    how: [home]
  c: just words
  d:
    lost: license
    linked: insurance
  e:
    have: passport
  f:
    lost: passport-less
    title: {en: only English}
  g:
    lost: mynacard
    have: mynacard
more: keys
"""

PLACES = [
    ('title: "x', "scenarios.a.title"),
    ("lost: mynacrd", "scenarios.a.lost"),
    ("licence-recrd", "scenarios.a.linked.0"),
    ("pasport", "scenarios.a.have.1"),
    ("how: outsid", "scenarios.a.how"),
    ("insurer: nih", "scenarios.a.insurer"),
    ("age: 200", "scenarios.a.age"),
    ("from: tomorrow", "scenarios.a.from"),
    ("prefer: cheap", "scenarios.a.prefer"),
    ("travel-minutes: 9999", "scenarios.a.travel-minutes"),
    ("certainty: sure", "scenarios.a.certainty"),
    ("no-such-procedure", "scenarios.a.without.0"),
    ("colour: red", "scenarios.a.colour"),
    ("lost: [[mynacard]]", "scenarios.b.lost"),
    ("have: {passport", "scenarios.b.have"),
    ("how: [home]", "scenarios.b.how"),
    ("c: just words", "scenarios.c"),
    ("d:\n", "scenarios.d"),
    ("e:\n    have", "scenarios.e"),
    ("lost: passport-less", "scenarios.f.lost"),
    ("title: {en", "scenarios.f.title"),
    ("g:\n", "scenarios.g"),
    ("more: keys", "more"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_mistake_is_said_at_once_in_the_order_of_the_file(tmp_path: Path, lang: str) -> None:
    done = compare(tmp_path, MISTAKES, lang=lang)
    assert (done.code, done.out) == (2, "")
    found = re.findall(r"^my\.yaml:(\d+:\d+): ([^ ]+): ", done.err, re.MULTILINE)
    assert found == [(place(MISTAKES, words), path) for words, path in PLACES]
    assert str(len(PLACES)) in done.err.splitlines()[0]
    assert bool(re.search(r"[\u3040-\u30ff]", done.err.splitlines()[0])) == (lang == "ja")


def test_a_mistake_says_what_is_allowed_and_what_may_have_been_meant(tmp_path: Path) -> None:
    err = compare(tmp_path, MISTAKES).err
    assert 'scenarios.a.lost: there is no "mynacrd". Did you mean mynacard' in err
    assert 'scenarios.a.how: "outsid" is not possible. Allowed: outside, home, stolen, fire' in err
    assert 'scenarios.a.age: "200" must be a whole number from 0 to 130' in err
    assert "add --lost mynacard or --have mynacard" in err


def test_a_mistake_of_the_command_line_is_not_put_on_the_file(tmp_path: Path) -> None:
    done = compare(tmp_path, "scenarios:\n  a: {}\n", "--lost", "mynacrd")
    assert done.code == 2
    assert done.err.startswith('Error: --lost: there is no "mynacrd"')


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('"a\\u202Eb"', "title"),
        ('"a\\nb"', "title"),
        ('"a\\x1b[31m"', "title"),
        ('"a\\u2028b"', "title"),
        ('"a\\u200Bb"', "title"),
        ('""', "title"),
        ('"  "', "title"),
        ("[a]", "title"),
        ('{ja: "a\\u202Eb", en: c}', "title"),
        ("{ja: a, en: c, fr: d}", "title"),
    ],
)
def test_a_title_that_could_act_or_says_nothing_is_refused_with_its_place(
    tmp_path: Path, written: str, words: str
) -> None:
    text = f"scenarios:\n  a:\n    lost: mynacard\n    title: {written}\n"
    problem = only_problem(compare(tmp_path, text))
    assert problem.startswith(f"my.yaml:{place(text, words)}: scenarios.a.title: a title is a text")
    assert "\x1b" not in problem


@pytest.mark.parametrize("key", ['"a\\u202Eb"', '"a\\nb"', '"\\x1b[31mred"'])
def test_a_name_that_could_act_is_refused_or_spelled_out(tmp_path: Path, key: str) -> None:
    done = compare(tmp_path, f"scenarios:\n  {key}: {{lost: mynacard}}\n", "--from", TUESDAY)
    assert done.code == 2
    assert "my.yaml:2:" in done.err
    for acting in ("\u202e", "\x1b"):
        assert acting not in done.err + done.out


# Files that are no such file


@pytest.mark.parametrize("text", ["", "a: 1\n", "[]\n", "scenarios:\n", "scenarios: {}\n", "scenarios: []\n", "x\n"])
def test_a_file_without_scenarios_says_what_is_missing(tmp_path: Path, text: str) -> None:
    done = compare(tmp_path, text)
    assert (done.code, done.out) == (2, "")
    assert "Write your scenarios under scenarios:" in done.err


def test_a_repeated_key_is_refused_with_its_place(tmp_path: Path) -> None:
    text = "scenarios:\n  a:\n    lost: mynacard\n    lost: license\n"
    problem = only_problem(compare(tmp_path, text))
    assert problem.startswith(f"my.yaml:{place(text, 'lost: license')}: ")
    assert "lost" in problem


def test_a_mistake_of_the_notation_is_refused_with_its_place(tmp_path: Path) -> None:
    problem = only_problem(compare(tmp_path, "scenarios:\n  a: [mynacard\n"))
    assert re.match(r"my\.yaml:[23]:\d+: ", problem)


def test_what_names_itself_is_refused(tmp_path: Path) -> None:
    done = compare(tmp_path, "scenarios: &s\n  a: *s\n")
    assert done.code == 2
    assert "Traceback" not in done.err


def test_a_bomb_of_aliases_does_not_go_off(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    done = compare(tmp_path, "\n".join([*lines, "scenarios:", "  a: {lost: *a11}", ""]))
    assert done.code == 2
    assert "Traceback" not in done.err
    assert "my.yaml:1:1: more than 200000 values" in done.err


def test_a_missing_file_and_a_folder_cannot_be_read(tmp_path: Path) -> None:
    for name in ("none.yaml", "."):
        done = run("compare", "--scenarios", name, cwd=tmp_path)
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith(f"Error: {name} cannot be read")


@pytest.mark.parametrize("data", [b"\x00\xff\xfe", "scenarios: {あ: 1}".encode("shift_jis"), b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_utf_8_is_refused(tmp_path: Path, data: bytes) -> None:
    done = compare(tmp_path, data)
    assert (done.code, done.out) == (2, "")
    assert "my.yaml is not UTF-8 text (byte " in done.err


def test_where_no_scenario_was_possible_the_exit_code_is_1(tmp_path: Path) -> None:
    text = "scenarios:\n  a: {lost: mynacard, linked: license, from: 2025-03-21}\n"
    done = compare(tmp_path, text)
    assert (done.code, done.err) == (1, "")
    assert "it exists since Mon 24 Mar 2025" in " ".join(done.out.split())
