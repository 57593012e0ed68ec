"""Runs every comparison in tests/cases as its command and compares with what was worked out by hand."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from command import run

CASES = sorted((Path(__file__).parent / "cases").glob("compare-*.yaml"))
KEYS = {"case", "command", "scenarios", "reckoning", "exit", "rows", "best", "says", "year"}
COLUMNS = {"coverage", "licence", "cards", "visits", "fee"}
ROW_KEYS = COLUMNS | {"refused", "also", "as", "steps"}
YEAR_KEYS = {"time", "of", "counts", "peaks", "best-day", "days"}


class Asked:
    """A case with its command, which is run once for every format and language that is looked at."""

    def __init__(self, case: dict[str, Any], folder: Path) -> None:
        self.command = ["compare", *shlex.split(case["command"])]
        self.exit = case.get("exit", 0)
        self.documents: dict[str, dict[str, Any]] = {}
        if "scenarios" in case:
            file = folder / "scenarios.yaml"
            file.write_text(case["scenarios"], encoding="utf-8")
            self.command += ["--scenarios", str(file)]

    def output(self, language: str, *more: str) -> str:
        result = run(*self.command, *more, "--lang", language, columns=120)
        assert result.code == self.exit, result.err
        return result.out

    def document(self, language: str = "en") -> dict[str, Any]:
        if language not in self.documents:
            self.documents[language] = json.loads(self.output(language, "--format", "json"))
        return self.documents[language]


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_comparison_comes_out_as_worked_out_by_hand(file: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert set(case) <= KEYS, f"unknown keys: {set(case) - KEYS}"
    assert case["reckoning"].strip(), "a case says how its figures come about"
    asked = Asked(case, tmp_path)
    if "year" in case:
        assert_year(case["year"], asked.document())
    else:
        assert_rows(case["rows"], asked)
        assert_best(case.get("best", {}), asked.document())
    for language, words in case.get("says", {}).items():
        text = squeezed(asked.output(language))
        assert not [word for word in words if squeezed(word) not in text], text


def test_there_are_cases_of_every_kind() -> None:
    commands = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in CASES]
    assert any("--year" in case["command"] for case in commands)
    assert any(case["command"].count("--from") > 1 for case in commands)
    assert any("--lost" not in case["command"] and "scenarios" not in case for case in commands)
    assert any("scenarios" in case for case in commands)
    assert any("--lost" in case["command"] and case["command"].count("--from") == 1 for case in commands)


def squeezed(text: str) -> str:
    """Return a text without white space, so that it does not matter where a line ends."""
    return "".join(text.split())


def rows_of(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for group in document["groups"] for row in group["rows"]}


def assert_rows(expected: dict[str, dict[str, Any]], asked: Asked) -> None:
    rows = rows_of(asked.document())
    assert list(rows) == list(expected)
    for name, wanted in expected.items():
        if "impossible" in wanted:
            assert set(wanted) == {"impossible"}, f"{name}: an impossible row has no figures"
            for language, words in wanted["impossible"].items():
                row = rows_of(asked.document(language))[name]
                assert (row["plan"], row["days"]) == (None, {})
                assert not [word for word in words if word not in row["impossible"]], row["impossible"]
        else:
            assert set(wanted) >= COLUMNS, f"{name}: every column has its figure"
            assert set(wanted) <= ROW_KEYS, f"{name}: unknown keys: {set(wanted) - ROW_KEYS}"
            assert row_as_a_clerk_writes_it(rows[name], steps="steps" in wanted) == {
                "refused": {},
                "also": [],
                "as": {},
                **wanted,
            }, name


def row_as_a_clerk_writes_it(row: dict[str, Any], *, steps: bool) -> dict[str, Any]:
    assert row["impossible"] is None
    assert row["fee_known"]
    assert row["fee_yen"]["min"] == row["fee_yen"]["max"]
    plan = row["plan"]
    written: dict[str, Any] = {column: days(cell) for column, cell in row["days"].items()}
    written["refused"] = {
        column: "no-way" if cell["if_refused"]["typical"] is None else cell["if_refused"]["typical"]
        for column, cell in row["days"].items()
        if cell["if_refused"] is not None
    }
    written["visits"] = row["visits"]
    written["fee"] = row["fee_yen"]["max"]
    written["also"] = [other["id"] for other in row["also"]]
    written["as"] = {card["lost"]: card["item"] for card in plan["cards"] if card["lost"] == "insurance-card"}
    if steps:
        written["steps"] = [f"{s['start'][:10]} {s['start'][11:16]} {s['procedure']}" for s in plan["steps"]]
    return written


def days(cell: dict[str, Any]) -> object:
    return three(cell) if cell["state"] == "known" else cell["state"]


def three(figures: dict[str, Any]) -> list[int | None]:
    return [figures["best"], figures["typical"], figures["worst"]]


def assert_best(expected: dict[str, list[str]], document: dict[str, Any]) -> None:
    for column, wanted in expected.items():
        winners = [row for group in document["groups"] for row in group["best"].get(column, [])]
        assert winners == wanted, column


def assert_year(expected: dict[str, Any], document: dict[str, Any]) -> None:
    assert set(expected) == YEAR_KEYS
    assert document["time"] == expected["time"]
    spreads = {spread["need"]: spread for spread in document["spreads"]}
    assert {
        need: {"best": spread["best"]["days"], "median": spread["median"], "worst": spread["worst"]}
        for need, spread in spreads.items()
    } == expected["of"]
    for need, spread in spreads.items():
        assert spread["unknown"] == 0
        if need == "cards":  # the needs' days and seven more: counts and stretches are theirs
            continue
        assert {count["days"]: count["of_year"] for count in spread["counts"]} == expected["counts"]
        assert_day(expected["best-day"], spread["best"])
        assert len(spread["peaks"]) == len(expected["peaks"])
        for wanted, peak in zip(expected["peaks"], spread["peaks"], strict=True):
            assert_day(wanted, peak)
            assert peak["days"] == wanted["days"]
            assert peak["from"] == [{"first": str(wanted["from"]), "last": str(wanted["to"])}]
    known = {day["date"]: day["gaps"] for day in document["days"]}
    assert len(known) == sum(expected["counts"].values())
    for date, wanted in expected["days"].items():
        assert {need: three(gap) for need, gap in known[str(date)].items() if need != "cards"} == wanted, date


def assert_day(expected: dict[str, Any], extreme: dict[str, Any]) -> None:
    assert extreme["day"] == str(expected["day"])
    because = " ".join(extreme["because"])
    assert not [word for word in expected["because"] if word not in because], because
