"""From YAML to a catalogue, or to everything that is wrong with it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from catalogue.minimal import FILE, MINIMAL, changed, load, place, problems
from lostcard.catalogue.load import load_file, schema
from lostcard.errors import CatalogueError

UNKNOWN_KEY = "unknown key; remove it or correct its spelling"
INTEGER = "Input should be a valid integer, unable to parse string as an integer"
DATE = "a date is written YYYY-MM-DD, found"
YOUNG_FEE = "{since: 2025-01-01, yen: 1000"
SECTIONS = (
    "as_of",
    "assumptions",
    "calendars",
    "counters",
    "evidence",
    "guidance",
    "holdings",
    "insurers",
    "items",
    "needs",
    "offices",
    "procedures",
    "routes",
    "seasons",
    "sources",
)


def refused(file: Path) -> list[str]:
    """Return the problems with which a file is refused."""
    with pytest.raises(CatalogueError) as caught:
        load_file(file)
    return caught.value.problems


def test_the_model_gives_every_value_its_type() -> None:
    catalogue = load(MINIMAL)
    assert catalogue.as_of == dt.date(2026, 11, 23)
    assert catalogue.sources["law-page"].date == "unknown"
    assert catalogue.sources["city-page"].date == dt.date(2025, 4, 1)
    assert catalogue.calendars["office-days"].closed[0].start == "12-29"
    assert catalogue.offices["city-hall"].reception == ("09:00-12:00", "13:00-17:00")
    assert catalogue.offices["city-hall"].phones[0].number == "0120-00-0000"
    assert catalogue.items["number"].holdable is False
    assert catalogue.items["id-card"].holdable is True
    assert catalogue.evidence["city-proof"].any_of == ({"A": 1}, {"B": 2})
    assert catalogue.insurers["employer"].assumed is None
    declare, reissue = catalogue.procedures["declare"], catalogue.procedures["reissue"]
    assert declare.takes.min == 10  # written 0010: ten, not octal eight
    assert declare.since is None
    assert declare.fee == ()
    assert [(fee.yen, fee.min, fee.max) for fee in reissue.fee] == [
        (800, None, None),
        (1000, None, None),
        (None, 0, 500),
    ]
    assert reissue.requires[0].when is not None
    assert reissue.requires[0].when.how == ("outside", "stolen")
    assert reissue.gives[0].after is not None
    assert reissue.gives[0].after.typical == 5
    assert reissue.gives[1].after is None


def test_a_file_is_read_as_its_text(tmp_path: Path) -> None:
    file = tmp_path / "事実.yaml"
    file.write_text(MINIMAL, encoding="utf-8", newline="\r\n")
    assert load_file(file).items["bankbook"].title.ja == "通帳"
    wrong = changed((YOUNG_FEE, "{since: 2025-01-01, yenn: 1000"))
    file.write_text(wrong, encoding="utf-8", newline="\r\n")
    # A misspelt key is one problem: the figure of a fee has a default, so no key is missing.
    assert refused(file) == [
        f"{file}:{place(wrong, 'yenn')}: procedures.reissue.fee.1.yenn: unknown key; remove it or correct its spelling"
    ]


# ---- One problem, where it stands -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words", "path", "message"),
    [
        pytest.param(
            "date: unknown\n",
            "date: unknown\n    datum: x\n",
            "datum",
            "sources.law-page.datum",
            UNKNOWN_KEY,
            id="an-unknown-key",
        ),
        pytest.param("as_of:", "license: {}\nas_of:", "license", "license", UNKNOWN_KEY, id="an-unknown-section"),
        pytest.param(
            "{A: 1}\n      - {B: 2}",
            "{A: 1}\n      - {B: 2}\n    urgent: true",
            "urgent: true\n    certainty",
            "evidence.city-proof.urgent",
            UNKNOWN_KEY,
            id="a-key-of-another-entry",
        ),
        pytest.param(
            "how: [outside, stolen]",
            "where: [outside]",
            "where: [",
            "procedures.reissue.requires.0.when.where",
            UNKNOWN_KEY,
            id="an-unknown-condition",
        ),
        pytest.param(
            "    channel: counter\n",
            "",
            "city-hall:\n",
            "offices.city-hall",
            "the key 'channel' is missing",
            id="a-missing-key",
        ),
        pytest.param(
            '{ja: "法律", en: "The law"}',
            '{ja: "法律"}',
            'title: {ja: "法律"}',
            "sources.law-page.title",
            "the key 'en' is missing",
            id="a-missing-language",
        ),
        pytest.param(
            "          to: hand\n",
            "",
            "after:\n",
            "procedures.reissue.gives.0.after",
            "the key 'to' is missing",
            id="a-lead-time-to-nowhere",
        ),
        pytest.param(
            "channel: counter",
            "channel: shop",
            "channel:",
            "offices.city-hall.channel",
            "Input should be 'counter', 'phone', 'online' or 'post', found 'shop'",
            id="a-wrong-literal",
        ),
        pytest.param(
            "kind: law",
            "kind: Law",
            "kind: Law",
            "sources.law-page.kind",
            "Input should be 'law', 'ministry', 'municipality', 'police', 'insurer', 'press' or 'article', found 'Law'",
            id="a-literal-with-a-capital",
        ),
        pytest.param(
            "[outside, stolen]",
            "[outside, lost]",
            "lost], have",
            "procedures.reissue.requires.0.when.how.1",
            "Input should be 'outside', 'home', 'stolen' or 'fire', found 'lost'",
            id="a-wrong-literal-in-a-list",
        ),
        pytest.param(
            "bring: [bankbook]",
            "bring: bankbook",
            "bring:",
            "procedures.reissue.bring",
            "a list is needed here, found 'bankbook'",
            id="no-list",
        ),
        pytest.param(
            "bring: [bankbook]",
            "bring: {a: b}",
            "bring:",
            "procedures.reissue.bring",
            "a list is needed here, found keys and values",
            id="keys-for-a-list",
        ),
        pytest.param(
            "bring: [bankbook]",
            "bring: [[bankbook]]",
            "[bankbook]]",
            "procedures.reissue.bring.0",
            "Input should be a valid string, found a list",
            id="a-list-in-a-list",
        ),
        pytest.param(
            '{ja: "法律", en: "The law"}',
            "The law",
            "title: The law",
            "sources.law-page.title",
            "keys and values are needed here, found 'The law'",
            id="a-text-in-one-language",
        ),
        pytest.param(
            "{B: 2}",
            "B",
            "B\n    certainty",
            "evidence.city-proof.any_of.1",
            "keys and values are needed here, found 'B'",
            id="a-word-for-a-combination",
        ),
        pytest.param(
            "{A: 1}",
            "{A: one}",
            "A: one",
            "evidence.city-proof.any_of.0.A",
            f"{INTEGER}, found 'one'",
            id="a-word-for-a-number",
        ),
        pytest.param(
            "losable: true\n    successors",
            "losable: maybe\n    successors",
            "losable: maybe",
            "items.old-card.losable",
            "Input should be a valid boolean, unable to interpret input, found 'maybe'",
            id="neither-yes-nor-no",
        ),
        pytest.param(
            "min: 3\n",
            "min: few\n",
            "min: few",
            "procedures.reissue.gives.0.after.min",
            f"{INTEGER} or Input should be 'unknown', found 'few'",
            id="neither-a-number-nor-unknown",
        ),
        pytest.param(
            YOUNG_FEE,
            "{since: 2025-01-01, yen: 1e3",
            "yen: 1e3",
            "procedures.reissue.fee.1.yen",
            f"{INTEGER} or Input should be 'unknown', found '1e3'",
            id="a-number-with-an-exponent",
        ),
        pytest.param(
            "start: 12-29\n",
            "start: 12-29\n        start: 12-30\n",
            "start: 12-30",
            "calendars.office-days.closed.0.start",
            "repeated key; it stands on line 22 already",
            id="a-repeated-key",
        ),
    ],
)
def test_a_problem_is_named_where_it_stands(old: str, new: str, words: str, path: str, message: str) -> None:
    text = changed((old, new))
    assert problems(text) == [f"{FILE}:{place(text, words)}: {path}: {message}"]


def test_a_repeated_id_is_named_with_both_lines() -> None:
    text = changed(('ended."}\n', 'ended."}\n  old-card:\n    title: {ja: "別の証", en: "another"}\n    kind: card\n'))
    first = place(MINIMAL, "old-card:\n").split(":")[0]
    at = place(text, 'old-card:\n    title: {ja: "別の証"')
    message = f"items.old-card: repeated key; it stands on line {first} already"
    assert problems(text) == [f"{FILE}:{at}: {message}"]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("20250101", f"{DATE} '20250101'"),
        ("2025-1-1", f"{DATE} '2025-1-1'"),
        ("2025/01/01", f"{DATE} '2025/01/01'"),
        ("01-01-2025", f"{DATE} '01-01-2025'"),
        ("2025-01-01T00:00:00", f"{DATE} '2025-01-01T00:00:00'"),
        ("'2025-01-01 '", f"{DATE} '2025-01-01 '"),
        ("1735689600", f"{DATE} '1735689600'"),
        ("令和7年1月1日", f"{DATE} '令和7年1月1日'"),
        ("''", f"{DATE} ''"),
        ("~", f"{DATE} '~'"),
        ("2025-13-01", "month value is outside expected range of 1-12, found '2025-13-01'"),
        ("2025-02-29", "day value is outside expected range, found '2025-02-29'"),
        ("２０２５-01-01", "found '２０２５-01-01'"),
        ("unknown", "found 'unknown'"),
    ],
)
def test_a_date_is_a_day_written_in_one_way(written: str, message: str) -> None:
    text = changed((YOUNG_FEE, f"{{since: {written}, yen: 1000"))
    found = problems(text)
    start = f"{FILE}:{place(text, f'since: {written}')}: procedures.reissue.fee.1.since: "
    assert all(problem.startswith(start) for problem in found)
    assert any(problem.endswith(message) for problem in found)


@pytest.mark.parametrize("key", ["as_of: 2026-11-23", "date: 2025-04-01", "until: 2024-12-31"])
def test_no_date_is_taken_for_a_timestamp(key: str) -> None:
    """Of 20241202 pydantic alone would make a day in August 1970, of 0 the first of that year."""
    name = key.partition(":")[0]
    for written in ("20241202", "0", "86400"):
        text = changed((key, f"{name}: {written}"))
        assert any(f"{DATE} '{written}'" in problem for problem in problems(text))


def test_only_the_date_of_a_source_may_be_unknown() -> None:
    assert load(changed(("date: 2025-04-01", "date: unknown"))).sources["city-page"].date == "unknown"


def test_a_word_that_yaml_would_take_for_false_is_read_as_such_only_where_yes_or_no_is_asked() -> None:
    text = changed(("holdable: false", "holdable: no"), ('en: "Stay calm."', "en: no"))
    catalogue = load(text)
    assert catalogue.items["number"].holdable is False
    assert catalogue.guidance["advice"].text.en == "no"


# ---- All problems at once -------------------------------------------------------------------------------------------


def test_all_problems_of_structure_come_at_once_in_the_order_of_the_file() -> None:
    text = changed(
        ("kind: law", "kind: rumour"),
        ("start: 12-29\n", "start: 12-29\n        start: 12-30\n"),
        ("    channel: counter\n", ""),
        ("bring: [bankbook]", "bring: bankbook"),
        (YOUNG_FEE, "{since: 20250101, yen: 1000"),
        ("place: now", "place: then"),
    )
    found = problems(text)
    wanted = [
        ("kind: rumour", "sources.law-page.kind: "),
        ("start: 12-30", "calendars.office-days.closed.0.start: repeated key"),
        ("city-hall:\n", "offices.city-hall: the key 'channel' is missing"),
        ("bring: bankbook", "procedures.reissue.bring: "),
        ("since: 20250101", "procedures.reissue.fee.1.since: "),
        ("place: then", "guidance.advice.place: "),
    ]
    places = [f"{FILE}:{place(text, words)}: {start}" for words, start in wanted]
    for start in places:
        assert any(problem.startswith(start) for problem in found), start
    lines = [int(problem.split(":")[1]) for problem in found]
    assert lines == sorted(lines)
    assert {problem.split(": ")[0] for problem in found} == {start.split(": ")[0] for start in places}


def test_all_problems_of_meaning_come_at_once_in_the_order_of_the_file() -> None:
    text = changed(
        ("url: https://law.example/", 'url: "https://law.example/ "'),
        ("carrier: id-card", "carrier: zzz"),
        ("{A: 1}", "{A: 0}"),
        ("of: declare", "of: zzz"),
        ('en: "Stay calm."', 'en: ""'),
    )
    assert problems(text) == [
        f"{FILE}:{place(text, words)}: {rest}"
        for words, rest in [
            ('url: "https://law', "sources.law-page.url: a text may not begin or end with a space"),
            ("carrier: zzz", "items.registration.carrier: no such entry in items: 'zzz'"),
            ("A: 0", "evidence.city-proof.any_of.0.A: a combination counts papers from 1"),
            ("of: zzz", "procedures.reissue.within.of: no such procedure: 'zzz'; or write loss"),
            ('en: ""', "guidance.advice.text.en: the text is empty; every text stands in both languages"),
        ]
    ]


def test_a_repeated_key_does_not_hide_a_dangling_id() -> None:
    text = changed(("start: 12-29\n", "start: 12-29\n        start: 12-30\n"), ("carrier: id-card", "carrier: zzz"))
    assert [problem.split(": ")[1] for problem in problems(text)] == [
        "calendars.office-days.closed.0.start",
        "items.registration.carrier",
    ]


def test_a_syntax_error_is_the_only_problem() -> None:
    text = changed(("bring: [bankbook]", "bring: [bankbook"))
    [problem] = problems(text)
    line = int(place(text, "bring: [bankbook").split(":")[0])
    assert problem.startswith(f"{FILE}:{line + 1}:")
    assert "not valid YAML" in problem


# ---- What is no catalogue -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "nothing"),
        ("# nothing yet\n", "nothing"),
        ("- as_of\n", "a list"),
        ("[]", "a list"),
        ("catalogue\n", "'catalogue'"),
    ],
)
def test_a_catalogue_is_keys_and_values(text: str, found: str) -> None:
    assert problems(text) == [f"{FILE}:1:1: keys and values are needed here, found {found}"]


def test_every_section_is_needed() -> None:
    assert problems("{}") == [f"{FILE}:1:1: the key '{section}' is missing" for section in SECTIONS]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "none.yaml"
    assert refused(file) == [f"{file}: cannot be read: No such file or directory"]


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == [f"{tmp_path}: cannot be read: Is a directory"]


def test_a_path_through_a_file_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    file = tmp_path / "file" / "facts.yaml"
    assert refused(file) == [f"{file}: cannot be read: Not a directory"]


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "utf-16"])
def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text("as_of: 証\n", encoding=encoding)
    byte = 0 if encoding == "utf-16" else len("as_of: ")
    assert refused(file) == [f"{file}: is not UTF-8 text (byte {byte})"]


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_bytes(bytes(range(128, 256)))
    assert len(refused(file)) == 1


def test_the_error_carries_the_file_and_all_problems(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_file(file)
    error = caught.value
    assert error.key == "error.catalogue"
    assert error.exit_code == 1
    assert error.params == {"path": str(file), "count": 15, "problems": "\n".join(error.problems)}
    assert len(error.problems) == 15


# ---- The schema -----------------------------------------------------------------------------------------------------


def test_the_schema_is_json_and_knows_every_section_and_no_other_key() -> None:
    whole = json.loads(json.dumps(schema()))
    assert set(whole["properties"]) == set(SECTIONS)
    assert sorted(whole["required"]) == list(SECTIONS)
    assert whole["additionalProperties"] is False
    assert all(part["additionalProperties"] is False for part in whole["$defs"].values())
    assert whole["$defs"]["Office"]["properties"]["channel"]["enum"] == ["counter", "phone", "online", "post"]
