"""The JSON contract, version 1: names are fixed, more may be added."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest

from command import SITUATIONS, answer, run

TOP = {
    "version",
    "from",
    "as_of",
    "situation",
    "gaps",
    "cards",
    "steps",
    "totals",
    "assumptions",
    "warnings",
    "improvements",
    "sources",
}
SITUATION = {"lost", "linked", "have", "how", "insurer"}
GAP = {"need", "days", "until", "because", "fallback"}
FALLBACK = {"without", "days", "until"}
CARD = {"item", "days", "until"}
STEP = {
    "id",
    "procedure",
    "office",
    "title",
    "start",
    "end",
    "bring",
    "gives",
    "ends",
    "ready",
    "fee_yen",
    "certainty",
    "call_first",
    "no_return",
    "after",
    "sources",
}
TOTALS = {"visits", "fee_yen", "fee_known"}
IMPROVEMENT = {"item", "saves"}
SOURCE = {"title", "publisher", "url", "date", "kind"}
KINDS = {"law", "ministry", "municipality", "police", "insurer", "press", "article"}
CERTAINTIES = {"confirmed", "reported", "inferred", "unknown"}

TEXTS = re.compile(
    r"language|assumptions\.\d+|warnings\.\d+|steps\.\d+\.(title|call_first|questions\.\d+|how_to|skip|bring\.\d+\.why)"
    r"|(followups|deadlines)\.\d+\.title|offices\.[^.]+\.(title|find|phones\.\d+\.note)|sources\.[^.]+\.(title|publisher)"
)
"""Where the two languages differ."""


def document(situation: str, lang: str = "en") -> dict[str, Any]:
    done = answer(situation, "--format", "json", lang=lang)
    assert done.err == ""
    value = json.loads(done.out)
    assert isinstance(value, dict)
    return value


def is_date(value: object) -> bool:
    return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value


def is_moment(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:00\+09:00", value) is not None


def is_name(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) is not None


def is_text(value: object) -> bool:
    return isinstance(value, str) and value.strip() == value != ""


def is_whole(value: object) -> bool:
    return type(value) is int


def is_fee(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"min", "max"} and 0 <= value["min"] <= value["max"]


def check_span(value: dict[str, Any], start: dt.date) -> None:
    """Days and dates are three each, in order, and say the same."""
    days, until = value["days"], value["until"]
    assert set(days) == set(until) == {"best", "typical", "worst"}
    for case in days:
        if days[case] is None:
            assert until[case] is None
            continue
        assert is_whole(days[case])
        assert is_date(until[case])
        assert dt.date.fromisoformat(until[case]) - start == dt.timedelta(days[case])
    known = [days[case] for case in ("best", "typical", "worst") if days[case] is not None]
    assert known == sorted(known)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_contract(situation: str) -> None:
    doc = document(situation)
    assert set(doc) >= TOP
    assert doc["version"] == 1
    assert is_moment(doc["from"])
    assert is_date(doc["as_of"])
    start = dt.datetime.fromisoformat(doc["from"]).date()
    check_situation(doc["situation"])
    for gap in doc["gaps"]:
        assert set(gap) >= GAP
        assert gap["need"] in {"coverage", "licence"}
        check_span(gap, start)
        assert gap["because"] is None or gap["because"] in {step["id"] for step in doc["steps"]}
        if gap["fallback"] is not None:
            assert set(gap["fallback"]) >= FALLBACK
            assert is_name(gap["fallback"]["without"])
            check_span(gap["fallback"], start)
    for card in doc["cards"]:
        assert set(card) >= CARD
        assert is_name(card["item"])
        check_span(card, start)
    assert set(doc["totals"]) >= TOTALS
    assert is_whole(doc["totals"]["visits"])
    assert is_fee(doc["totals"]["fee_yen"])
    assert isinstance(doc["totals"]["fee_known"], bool)
    for texts in (doc["assumptions"], doc["warnings"]):
        assert isinstance(texts, list)
        assert all(map(is_text, texts))
    for paper in doc["improvements"]:
        assert set(paper) >= IMPROVEMENT
        assert is_name(paper["item"])
        assert isinstance(paper["saves"], dict)
        assert all(is_whole(days) and days > 0 for days in paper["saves"].values())
    for source in doc["sources"].values():
        assert set(source) >= SOURCE
        assert is_text(source["title"])
        assert is_text(source["publisher"])
        assert source["url"] is None or re.fullmatch(r"https?://\S+", source["url"])
        assert source["date"] is None or is_date(source["date"])
        assert source["kind"] in KINDS


def check_situation(situation: dict[str, Any]) -> None:
    assert set(situation) >= SITUATION
    for names in (situation["lost"], situation["linked"], situation["have"]):
        assert isinstance(names, list)
        assert all(map(is_name, names))
    assert situation["how"] in {"outside", "home", "stolen", "fire"}
    assert situation["insurer"] is None or is_name(situation["insurer"])


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_contract_of_steps(situation: str) -> None:
    doc = document(situation)
    assert [step["id"] for step in doc["steps"]] == [str(number) for number in range(1, len(doc["steps"]) + 1)]
    ended = dt.datetime.fromisoformat(doc["from"])
    for step in doc["steps"]:
        assert set(step) >= STEP
        assert is_name(step["procedure"])
        assert is_name(step["office"])
        assert is_text(step["title"])
        assert is_moment(step["start"])
        assert is_moment(step["end"])
        # One visit at a time, each begun after the last.
        assert ended <= dt.datetime.fromisoformat(step["start"]) < dt.datetime.fromisoformat(step["end"])
        ended = dt.datetime.fromisoformat(step["end"])
        for paper in step["bring"]:
            assert set(paper) >= {"item", "why"}
            assert is_name(paper["item"])
            assert is_text(paper["why"])
        assert all(map(is_name, (*step["gives"], *step["ends"])))
        assert set(step["ready"]) == {"best", "typical", "worst"}
        assert is_date(step["ready"]["best"])
        assert is_date(step["ready"]["typical"])
        assert step["ready"]["worst"] is None or is_date(step["ready"]["worst"])
        assert step["fee_yen"] is None or is_fee(step["fee_yen"])
        assert step["certainty"] in CERTAINTIES
        assert step["call_first"] is None or is_text(step["call_first"])
        assert isinstance(step["no_return"], bool)
        assert all(int(before) < int(step["id"]) for before in step["after"])
        assert step["sources"]
        assert set(step["sources"]) <= set(doc["sources"])


@pytest.mark.parametrize("situation", SITUATIONS)
def test_both_languages_are_the_same_but_for_their_texts(situation: str) -> None:
    ja, en = (dict(leaves(document(situation, lang))) for lang in ("ja", "en"))
    assert list(ja) == list(en)
    assert [path for path in ja if ja[path] != en[path] and not TEXTS.fullmatch(path)] == []
    translated = [path for path in ja if TEXTS.fullmatch(path) and ja[path] is not None]
    same = [path for path in translated if ja[path] == en[path]]
    assert [path for path in same if not path.endswith(".publisher")] == []  # a publisher's name may be Latin


def leaves(value: object, path: str = "") -> list[tuple[str, object]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if children is None:
        return [(path, value)]
    found = [leaf for key, child in children for leaf in leaves(child, f"{path}.{key}".lstrip("."))]
    return found or [(path, type(value).__name__)]


def test_case_1_as_worked_out_by_hand() -> None:
    doc = document("case 1")
    assert doc["from"] == "2026-11-24T09:00:00+09:00"
    assert doc["language"] == "en"
    assert doc["situation"]["lost"] == ["mynacard"]
    assert doc["situation"]["linked"] == ["insurance-registration", "licence-record"]
    assert doc["situation"]["have"] == ["passport"]
    assert (doc["situation"]["how"], doc["situation"]["insurer"]) == ("outside", "nhi")
    gaps = {gap["need"]: gap for gap in doc["gaps"]}
    assert gaps["coverage"]["days"] == {"best": 0, "typical": 0, "worst": 0}
    assert gaps["licence"]["days"]["typical"] == 0
    assert gaps["coverage"]["fallback"] is None
    assert gaps["licence"]["fallback"] is not None
    (card,) = doc["cards"]
    assert card["item"] == "mynacard"
    assert card["days"] == {"best": 5, "typical": 7, "worst": 14}
    assert card["until"] == {"best": "2026-11-29", "typical": "2026-12-01", "worst": "2026-12-08"}
    assert doc["totals"]["fee_yen"] == {"min": 4600, "max": 4600}
    assert [step["no_return"] for step in doc["steps"]].count(True) == 1


def test_the_improvement_list_of_case_2_names_the_passport_first() -> None:
    assert document("case 2")["improvements"][0]["item"] == "passport"


def test_an_unknown_fee_is_null_and_said_to_be_unknown() -> None:
    arguments = ("--lost", "mynacard", "--linked", "insurance", "--insurer", "mutual-aid", "--have", "passport")
    done = run("plan", *arguments, "--from", "2026-11-24T09:00", "--format", "json")
    doc = json.loads(done.out)
    (step,) = [step for step in doc["steps"] if "eligibility-certificate" in step["gives"]]
    assert step["fee_yen"] is None
    assert doc["totals"]["fee_known"] is False
    assert doc["totals"]["fee_yen"] == {"min": 2000, "max": 2000}
    text = run("plan", *arguments, "--from", "2026-11-24T09:00", columns=120).out
    assert "Fee: not known (ask)" in text


def test_json_is_utf_8_text_with_a_newline_at_its_end() -> None:
    out = answer("case 1", "--format", "json", lang="ja").out
    assert "マイナンバーカード" in out
    assert "\\u" not in out
    assert out.endswith("}\n")


def test_json_in_an_old_encoding_is_still_the_same_json() -> None:
    for encoding in ("ascii", "cp932"):
        done = run("plan", *SITUATIONS["case 1"], "--format", "json", lang="ja", encoding=encoding)
        assert (done.code, done.err) == (0, "")
        # cp932 has one wave dash for Unicode's two.
        assert json.loads(done.out.replace("～", "〜")) == document("case 1", "ja")


def test_explain_adds_nothing_but_reasons_to_json() -> None:
    done = run("plan", *SITUATIONS["case 1"], "--format", "json", "--explain")
    explained, plain = json.loads(done.out), document("case 1")
    assert set(explained) == set(plain)
    for step in (*explained["steps"], *plain["steps"]):
        step.pop("without")
    assert explained == plain


def test_the_last_days_that_the_rules_set() -> None:
    assert document("case 1")["deadlines"] == [
        {
            "kind": "act",
            "name": "mynacard-express",
            "title": "Reissue of the My Number Card, express (特急発行)",
            "step": "5",
            "since": "2026-11-24",
            "rule": "2026-12-23",  # the day of the declaration is the first of 30
            "date": "2026-12-23",  # a Wednesday, and no holiday since 2019
            "sources": ["jlis-express", "tsu-express"],
        },
        {
            "kind": "claim",
            "name": "doctor-today",
            "title": "Claim for a refund (療養費)",
            "step": None,
            "since": "2026-11-24",
            "rule": "2028-11-24",
            "date": "2028-11-24",
            "sources": ["kashima-refund"],
        },
    ]
    assert {"jlis-express", "tsu-express", "kashima-refund"} <= set(document("case 1")["sources"])
