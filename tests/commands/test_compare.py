"""`lostcard compare`: its rows are what `plan` says, its tables are safe, and what does not go together is refused."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from command import ESC, SITUATIONS, TUESDAY, run

ROUTES = SITUATIONS["case 1"]
HOLDINGS = ("--insurer", "nhi", "--from", TUESDAY)


@cache
def document(*arguments: str) -> Any:  # noqa: ANN401 - JSON
    done = run("compare", *arguments, "--format", "json")
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def rows(*arguments: str) -> dict[str, Any]:
    return {row["id"]: row for group in document(*arguments)["groups"] for row in group["rows"]}


def plan(*arguments: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(run("plan", *arguments, "--format", "json").out)


# Rows are plans


@pytest.mark.parametrize(("row", "prefer"), [("best", "fastest"), ("best", "fewest-visits"), ("best", "cheapest")])
def test_the_best_row_is_what_plan_prints_with_that_preference(row: str, prefer: str) -> None:
    wish = ("--prefer", prefer)
    assert rows(*ROUTES, *wish)[row]["plan"] == plan(*ROUTES, *wish)


def test_each_preference_has_a_row_or_stands_beside_the_row_it_equals() -> None:
    found = rows(*ROUTES)
    named = {other["id"]: row for row in found.values() for other in ({"id": row["id"]}, *row["also"])}
    assert {"best", "cheapest", "fewest-visits", "express-and-record", "standard-and-record"} == set(named)
    for prefer in ("cheapest", "fewest-visits"):
        asked, row = plan(*ROUTES, "--prefer", prefer), named[prefer]["plan"]
        acts = [[(step["procedure"], step["start"]) for step in made["steps"]] for made in (asked, row)]
        assert acts[0] == acts[1]
        assert asked["gaps"] == row["gaps"]


def test_each_way_of_holding_is_what_plan_prints_for_its_situation() -> None:
    for name, row in list(rows(*HOLDINGS).items())[::3]:
        told = row["plan"]["situation"]
        arguments = [f"--{key}={item}" for key in ("lost", "linked", "have") for item in told[key]]
        asked = plan(*arguments, f"--how={told['how']}", *HOLDINGS)
        for settled in ("assumptions",):
            assert set(row["plan"][settled]) <= set(asked[settled])
        assert asked | {"assumptions": 0} == row["plan"] | {"assumptions": 0}, name


def test_two_losses_on_one_day_are_two_rows_with_names_of_their_own() -> None:
    found = rows("--lost", "mynacard", "--have", "passport", "--from", "2026-11-24T09:00", "--from", "2026-11-24T20:00")
    assert list(found) == ["from-2026-11-24T09:00", "from-2026-11-24T20:00"]
    assert len({row["title"] for row in found.values()}) == 2


# Tables for other programs

HOSTILE = "[red]x[/] <script>|`@name` *b* =cmd() " + "W" * 90
FORMULAS = ("=cmd()", "+1", "-x", "@name", "＝1")


def hostile(folder: Path, *more: str) -> str:
    titles = [HOSTILE, *FORMULAS]
    entries = [
        f"  s{number}: {{title: {json.dumps(title, ensure_ascii=False)}, lost: mynacard, travel-minutes: {number}}}"
        for number, title in enumerate(titles)
    ]
    (folder / "h.yaml").write_text("\n".join(["scenarios:", *entries, ""]), encoding="utf-8")
    done = run("compare", "--scenarios", "h.yaml", "--from", TUESDAY, *more, cwd=folder)
    assert (done.code, done.err) == (0, "")
    return done.out


def test_hostile_titles_are_text_in_text_and_colour(tmp_path: Path) -> None:
    for more in ((), ("--color", "always")):
        out = hostile(tmp_path, *more)
        assert "[red]x[/] <script>|`@name` *b* =cmd()" in out
        assert f"{ESC}[31mx" not in out


def test_hostile_titles_survive_json(tmp_path: Path) -> None:
    found = json.loads(hostile(tmp_path, "--format", "json"))
    assert [row["title"] for row in found["groups"][0]["rows"]] == [HOSTILE, *FORMULAS]


def test_no_cell_of_the_csv_is_a_formula(tmp_path: Path) -> None:
    found = list(csv.reader(io.StringIO(hostile(tmp_path, "--format", "csv").removeprefix("\ufeff"), newline="")))
    assert [line[1] for line in found[1:]] == [HOSTILE, *(f"'{title}" for title in FORMULAS)]
    assert all(not cell.startswith(tuple("=+-@＝＋－＠")) for line in found for cell in line)


def test_the_markdown_table_keeps_its_cells(tmp_path: Path) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(hostile(tmp_path, "--format", "markdown"))
    cells = [kind for kind in (token.type for token in tokens) if kind in ("tr_open", "th_open", "td_open")]
    lines = "".join({"tr_open": "\n", "th_open": "h", "td_open": "d"}[kind] for kind in cells).split()
    assert [set(line) for line in lines] == [{"h"}, *[{"d"}] * 6]
    assert len({len(line) for line in lines}) == 1
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "softbreak", "strong_open", "strong_close"}


@pytest.mark.parametrize(("lang", "heading"), [("en", "Visits"), ("ja", "窓口の回数")])
def test_the_csv_opens_in_a_spreadsheet(tmp_path: Path, lang: str, heading: str) -> None:
    done = run("compare", *ROUTES, "--format", "csv", "--output", "c.csv", lang=lang, cwd=tmp_path)
    assert done.code == 0
    data = (tmp_path / "c.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == 4
    first, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert {len(line) for line in lines} == {len(first)}
    found = [row["visits"] for row in rows(*ROUTES).values()]
    assert [int(line[first.index(heading)]) for line in lines] == found


# What does not go together

MYNA = ("--lost", "mynacard")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((*MYNA, "--year", "2027", "--from", TUESDAY), "--year, --from cannot be used together"),
        ((*MYNA, "--year", "2027", "--scenarios", "x"), "--year, --scenarios cannot be used together"),
        (("--year", "2027"), "--year needs --lost"),
        (("--from", "2026-11-24", "--from", "2026-11-25"), "--from … --from needs --lost"),
        (("--scenarios", "x", "--from", "2026-11-24", "--from", "2026-11-25"), "cannot be used together"),
        (("--linked", "license"), "--linked goes with --lost"),
        (("--have", "license"), "Leave it out of --have"),
        ((*MYNA, "--format", "xml"), '"xml" is not possible. Allowed: text, json, csv, markdown'),
        ((*MYNA, "--year", "2018"), "whole number from 2019"),
        ((*MYNA, "--have", "mynacard"), "lost and as still held"),
    ],
)
def test_what_does_not_go_together_is_refused(arguments: tuple[str, ...], words: str) -> None:
    done = run("compare", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_where_no_row_has_a_plan_the_exit_code_is_1() -> None:
    done = run("compare", *MYNA, "--linked", "license", "--from", "2025-03-21")
    assert (done.code, done.err) == (1, "")


@pytest.mark.parametrize("columns", [1, 20, 30, 40])
def test_a_screen_however_narrow_is_filled_and_left(columns: int) -> None:
    done = run("compare", *ROUTES, lang="ja", columns=columns)
    assert done.code == 0
    assert "31(31〜62)" in "".join(done.out.split())


def test_who_cannot_be_phoned_is_not_among_those_to_phone_first() -> None:
    """The certificate alone is reported online; the form has no telephone, the city has."""
    found = rows("--insurer", "nhi", "--have", "passport", "--from", TUESDAY)["card-at-home-eligibility-certificate"]
    assert [first["office"] for first in found["phone_first"]] == ["city-hall"]


def test_theft_is_said_at_the_head() -> None:
    assert "How      stolen\n" in run("compare", *HOLDINGS, "--how", "stolen").out
    assert "\nHow " not in run("compare", *HOLDINGS).out
