"""data/procedures.yaml itself: complete in both languages, sourced, and right where a figure is known by heart."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from lostcard.catalogue.compiled import YAML
from lostcard.catalogue.load import load_file
from lostcard.catalogue.model import (
    Assumption,
    Catalogue,
    Claim,
    ClosedSpan,
    EvidenceRule,
    Fee,
    Guidance,
    Lead,
    Member,
    Met,
    Office,
    Procedure,
    Text,
    Within,
)

SOURCED = (Assumption, Claim, ClosedSpan, EvidenceRule, Fee, Guidance, Lead, Member, Met, Office, Procedure, Within)
KANA_OR_KANJI = re.compile(r"[々〆〇〻ぁ-ゖァ-ヺー\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
JAPANESE_NAME = re.compile(rf"(?:{KANA_OR_KANJI.pattern}|・)+")
HALF_WIDTH_KATAKANA = re.compile("[\uff61-\uff9f]")
WIDEST = 400
"""Columns: five lines of a terminal of 80."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_file(YAML)


def walk(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every value of the model with its path."""
    yield path, value
    if is_dataclass(value):
        for field in fields(value):
            yield from walk(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from walk(child, f"{path}.{key}")
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from walk(child, f"{path}.{index}")


def texts(catalogue: Catalogue) -> Iterator[tuple[str, Text]]:
    for path, value in walk(catalogue):
        if isinstance(value, Text):
            yield path, value


def width(text: str) -> int:
    """Return the columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def is_abbreviation(short: str, long: str) -> bool:
    """Tell whether the characters of `short` stand in `long` in this order, as those of 国保組合 do."""
    rest = iter(long)
    return all(character in rest for character in short)


# ---- The tools of these tests ---------------------------------------------------------------------------------------


def test_the_walk_reaches_every_kind_of_fact(catalogue: Catalogue) -> None:
    kinds = {type(value) for _, value in walk(catalogue)}
    assert set(SOURCED) <= kinds
    assert len(list(texts(catalogue))) > 400
    paths = {path for path, _ in walk(catalogue)}
    assert ".procedures.mynacard-express.gives.0.after.source.0" in paths
    assert ".counters.card-desk.classes.A.0.certainty" in paths


def test_width_counts_japanese_as_two_columns() -> None:
    assert width("資格確認書 (eligibility certificate)") == 10 + 26
    assert width("マイナ") == 6
    assert width("ﾏｲﾅ") == 3


def test_an_abbreviation_keeps_the_order() -> None:
    assert is_abbreviation("国保組合", "国民健康保険組合の事務所")
    assert not is_abbreviation("組合国保", "国民健康保険組合の事務所")
    assert not is_abbreviation("市役所", "住民登録のある市区町村の窓口")


# ---- Texts ----------------------------------------------------------------------------------------------------------


def test_every_text_stands_in_both_languages(catalogue: Catalogue) -> None:
    empty = [path for path, text in texts(catalogue) if not text.ja.strip() or not text.en.strip()]
    assert empty == []
    assert [path for path, text in texts(catalogue) if not re.search("[A-Za-z]{2}", text.en)] == []
    same = {text.ja for _, text in texts(catalogue) if text.ja == text.en or not KANA_OR_KANJI.search(text.ja)}
    assert same <= {"ZUU online", "TRILL", "FNN"}  # publishers' own names


def test_no_text_has_half_width_katakana(catalogue: Catalogue) -> None:
    assert HALF_WIDTH_KATAKANA.search("ﾏｲﾅ")
    found = [path for path, value in walk(catalogue) if isinstance(value, str) and HALF_WIDTH_KATAKANA.search(value)]
    assert found == []


def test_english_texts_use_no_full_width_letters_or_punctuation(catalogue: Catalogue) -> None:
    found = [path for path, text in texts(catalogue) if re.search("[\uff01-\uff5e\u3000]", text.en)]
    assert found == []


def test_no_text_is_wider_than_five_lines_of_a_terminal(catalogue: Catalogue) -> None:
    wide = [
        f"{path}.{language}: {width(getattr(text, language))}"
        for path, text in texts(catalogue)
        for language in ("ja", "en")
        if width(getattr(text, language)) > WIDEST
    ]
    assert wide == []


@pytest.mark.parametrize("section", ["offices", "items"])
def test_english_names_of_offices_and_items_begin_with_the_name_that_stands_on_the_counter(
    catalogue: Catalogue, section: str
) -> None:
    for name, entry in getattr(catalogue, section).items():
        found = JAPANESE_NAME.match(entry.title.en)
        assert found, f"{name}: {entry.title.en}"
        for part in found.group().split("・"):
            assert is_abbreviation(part, entry.title.ja), f"{name}: {part} is not in {entry.title.ja}"


# ---- Sources --------------------------------------------------------------------------------------------------------


def test_every_figure_and_rule_has_a_source_that_exists(catalogue: Catalogue) -> None:
    without = [path for path, value in walk(catalogue) if isinstance(value, SOURCED) and not value.source]
    assert without == []
    sourced = [(path, value) for path, value in walk(catalogue) if isinstance(getattr(value, "source", None), tuple)]
    dangling = [
        f"{path}: {name}"
        for path, value in sourced
        for name in getattr(value, "source")  # noqa: B009  (of whatever kind the value is)
        if name not in catalogue.sources
    ]
    assert dangling == []


def test_every_item_that_may_be_lost_has_a_source(catalogue: Catalogue) -> None:
    assert [name for name, item in catalogue.items.items() if not item.source] == []


def test_a_confirmed_figure_does_not_rest_on_the_press_alone(catalogue: Catalogue) -> None:
    """`confirmed` means the office's own page or the law."""
    found = [
        path
        for path, value in walk(catalogue)
        if isinstance(value, SOURCED)
        and getattr(value, "certainty", "") == "confirmed"
        and {catalogue.sources[name].kind for name in value.source} <= {"press", "article"}
    ]
    assert found == []


def test_a_source_is_an_address_or_says_that_it_has_none(catalogue: Catalogue) -> None:
    for name, source in catalogue.sources.items():
        assert re.fullmatch(r"https?://[!-~]+|unknown", source.url), name


def test_no_source_is_younger_than_the_catalogue(catalogue: Catalogue) -> None:
    late = [
        name
        for name, source in catalogue.sources.items()
        if isinstance(source.date, dt.date) and source.date > catalogue.as_of
    ]
    assert late == []


# ---- Figures known from elsewhere -----------------------------------------------------------------------------------


def test_the_hotline_has_its_two_numbers(catalogue: Catalogue) -> None:
    hotline = catalogue.offices["mynumber-hotline"]
    numbers = [phone.number for phone in hotline.phones]
    assert numbers[:2] == ["0120-95-0178", "0120-0178-27"]
    assert "日本語" in hotline.phones[0].note.ja
    assert "English" in hotline.phones[1].note.en
    assert (hotline.calendar, hotline.reception) == ("always", ("00:00-23:59",))
    always = catalogue.calendars["always"]
    assert (always.weekends, always.holidays, always.closed) == ("open", "open", ())


def test_the_hotline_is_written_the_same_in_every_text(catalogue: Catalogue) -> None:
    """A digit mistyped in a sentence sends a person to a stranger."""
    known = {phone.number for office in catalogue.offices.values() for phone in office.phones}
    written = {
        found.group()
        for _, value in walk(catalogue)
        if isinstance(value, str)
        for found in re.finditer(r"(?<![0-9-])0\d{1,4}-\d{1,4}-?\d{2,4}(?![0-9-])", value)
    }
    assert {"0120-95-0178", "0120-0178-27"} <= written
    assert written <= known


@pytest.mark.parametrize("procedure", ["licence-reissue-centre", "licence-reissue-station"])
@pytest.mark.parametrize(
    ("day", "yen"),
    [("2019-11-30", 3500), ("2019-12-01", 2250), ("2025-03-23", 2250), ("2025-03-24", 2600), ("2026-11-24", 2600)],
)
def test_the_licence_costs_what_it_did_on_that_day(catalogue: Catalogue, procedure: str, day: str, yen: int) -> None:
    date = dt.date.fromisoformat(day)
    due = [
        fee.yen
        for fee in catalogue.procedures[procedure].fee
        if (fee.since is None or fee.since <= date) and (fee.until is None or date <= fee.until)
    ]
    assert due == [yen]


@pytest.mark.parametrize(
    ("procedure", "yen"), [("mynacard-express", 2000), ("mynacard-standard-collect", 1000), ("mynacard-suspend", 0)]
)
def test_the_card_costs_what_the_city_asks(catalogue: Catalogue, procedure: str, yen: int) -> None:
    [first, *_] = catalogue.procedures[procedure].fee
    assert (first.yen, first.certainty) == (yen, "confirmed")


def test_offices_are_closed_from_12_29_to_01_03(catalogue: Catalogue) -> None:
    days = catalogue.calendars["office-days"]
    assert (days.weekends, days.holidays) == ("closed", "closed")
    assert [(span.start, span.end) for span in days.closed] == [("12-29", "01-03")]


def test_the_old_insurance_card_ended_when_it_did(catalogue: Catalogue) -> None:
    assert catalogue.items["insurance-card"].until == dt.date(2025, 12, 1)
    assert catalogue.items["eligibility-certificate"].since == dt.date(2024, 12, 2)
    assert catalogue.items["licence-record"].since == dt.date(2025, 3, 24)
    assert catalogue.procedures["mynacard-express"].since == dt.date(2024, 12, 2)


def test_express_issue_is_asked_for_within_30_days_of_the_declaration(catalogue: Catalogue) -> None:
    within = catalogue.procedures["mynacard-express"].within
    assert within is not None
    assert (within.days, within.of, within.first_day) == (30, "mynacard-loss-declaration", "counted")


def test_a_refund_is_claimed_within_two_years_of_the_payment(catalogue: Catalogue) -> None:
    claims = {name: guidance.claim for name, guidance in catalogue.guidance.items() if guidance.claim}
    assert {name: claim.months for name, claim in claims.items()} == {"doctor-today": 24}
    assert "支払った日の翌日から2年" in catalogue.guidance["doctor-today"].text.ja


# ---- Losses ---------------------------------------------------------------------------------------------------------


def test_the_cards_that_can_be_lost_are_these(catalogue: Catalogue) -> None:
    assert {name for name, item in catalogue.items.items() if item.losable} == {
        "mynacard",
        "licence",
        "insurance-card",
        "eligibility-certificate",
        "residence-card",
    }


def test_each_item_that_can_be_lost_is_given_by_a_procedure(catalogue: Catalogue) -> None:
    given = {give.item for procedure in catalogue.procedures.values() for give in procedure.gives}
    assert {name for name, item in catalogue.items.items() if item.losable} <= given


def test_each_record_on_the_card_that_meets_a_need_can_be_written_again(catalogue: Catalogue) -> None:
    given = {give.item for procedure in catalogue.procedures.values() for give in procedure.gives}
    records = {name for name, item in catalogue.items.items() if item.kind == "record"}
    needed = {met.item for need in catalogue.needs.values() for met in need.met_by}
    assert records & needed == {"licence-record", "insurance-registration"}
    assert records & needed <= given


def test_every_insurer_has_a_way_to_a_certificate_today(catalogue: Catalogue) -> None:
    """Late-stage, city, society: whoever lost the card and has its insurance on it gets a 資格確認書 somewhere."""
    for insurer in catalogue.insurers:
        ways = [
            name
            for name, procedure in catalogue.procedures.items()
            if any(give.item == "eligibility-certificate" for give in procedure.gives)
            and procedure.when is not None
            and insurer in procedure.when.insurer
            and "insurance-registration" in procedure.when.lost
            and procedure.until is None
        ]
        assert ways, insurer


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("license", "licence"),
        ("my-number-card", "mynacard"),
        ("マイナンバーカード", "mynacard"),
        ("免許証", "licence"),
        ("mynalicense", "licence-record"),
        ("insurance", "insurance-registration"),
        ("保険証", "insurance-card"),
        ("パスポート", "passport"),
    ],
)
def test_names_a_person_would_type_are_known(catalogue: Catalogue, name: str, item: str) -> None:
    assert name in {item, *catalogue.items[item].aliases}
