"""Runs every scenario in tests/cases as its command and compares with what was worked out by hand."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

CASES = sorted(
    file for file in (Path(__file__).parent / "cases").glob("*.yaml") if not file.stem.startswith("compare-")
)
KEYS = {
    "case",
    "command",
    "reckoning",
    "exit",
    "coverage",
    "licence",
    "fallback",
    "cards",
    "steps",
    "never",
    "visits",
    "fee",
    "first-improvement",
    "says",
    "error",
}


def run(command: str, *more: str, language: str = "en", columns: int = 100) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "LANG", "LOSTCARD", "COLUMNS", "NO_COLOR"))
    }
    return subprocess.run(
        [sys.executable, "-m", "lostcard", "plan", *shlex.split(command), *more, "--lang", language],
        env=environment | {"PYTHONIOENCODING": "utf-8", "COLUMNS": str(columns)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def figures(days: dict[str, Any], until: dict[str, Any]) -> dict[str, Any]:
    return {**days, "until": until["typical"]}


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_case_comes_out_as_worked_out_by_hand(file: Path) -> None:
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert set(case) <= KEYS, f"unknown keys: {set(case) - KEYS}"
    assert case["reckoning"].strip(), "a case says how its figures come about"
    if "error" in case:
        assert_error(case)
    else:
        assert_plan(case)


def assert_error(case: dict[str, Any]) -> None:
    for language, words in case["error"].items():
        result = run(case["command"], language=language)
        assert (result.returncode, result.stdout) == (case["exit"], "")
        assert all(word in result.stderr for word in words), result.stderr
        assert len(result.stderr.strip().splitlines()) == 1


def assert_plan(case: dict[str, Any]) -> None:
    result = run(case["command"], "--format", "json")
    assert result.returncode == case.get("exit", 0), result.stderr
    plan = json.loads(result.stdout)
    gaps = {gap["need"]: gap for gap in plan["gaps"]}
    for need in ("coverage", "licence"):
        if case.get(need) == "untouched":
            assert need not in gaps
        elif need in case:
            expected = case[need] | {"until": str(case[need]["until"])}
            assert figures(gaps[need]["days"], gaps[need]["until"]) == expected
    for need, expected in case.get("fallback", {}).items():
        fallback = gaps[need]["fallback"]
        assert {"without": fallback["without"], **fallback["days"]} == expected
    cards = {card["lost"]: card for card in plan["cards"]}
    if "cards" in case:
        assert set(cards) == set(case["cards"])
    for lost, expected in case.get("cards", {}).items():
        known = figures(cards[lost]["days"], cards[lost]["until"]) | {"as": cards[lost]["item"]}
        assert known == {"as": lost} | expected | {"until": str(expected["until"])}
    steps = [f"{step['start'][:10]} {step['start'][11:16]} {step['procedure']}" for step in plan["steps"]]
    if "steps" in case:
        assert steps == case["steps"]
    assert not set(case.get("never", ())) & {step["procedure"] for step in plan["steps"]}
    if "visits" in case:
        assert plan["totals"]["visits"] == case["visits"]
    if "fee" in case:
        assert plan["totals"]["fee_yen"]["max"] == case["fee"]
    if "first-improvement" in case:
        first = plan["improvements"][0]
        assert {"item": first["item"], **first["saves"]} == case["first-improvement"]
    for language, words in case.get("says", {}).items():
        text = run(case["command"], language=language).stdout
        joined = " ".join(text.split())
        tight = "".join(text.split())
        assert all(word in joined or word in tight for word in words), [w for w in words if w not in joined]
