"""Every rule of `lostcard.catalogue.check`: one change to the right catalogue, one problem, where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.minimal import FILE, MINIMAL, changed, load, place, problems
from lostcard.catalogue import check
from lostcard.catalogue.model import Lead

OFFICE_HOURS = "reception: [09:00-12:00, 13:00-17:00]"
PROCEDURE_HOURS = "reception: [10:00-11:00, 14:00-15:00]"
DECLARE_TAKES = "takes: {min: 0010, typical: 20, max: 30, certainty: inferred}"
FIRST_FEE = "{since: 2020-04-01, until: 2024-12-31, yen: 800"
YOUNG_FEE = "{since: 2025-01-01, yen: 1000, when: {insurer: [younger]}"
OLD_FEE = "{since: 2025-01-01, min: 0, max: 500, when: {insurer: [older]}"
FEES = MINIMAL[MINIMAL.index("      - " + FIRST_FEE) : MINIMAL.index("    gives:\n      - item: id-card")]
LEAD = MINIMAL[MINIMAL.index("          min: 3\n") : MINIMAL.index("          to: hand")]
DESK_CLASSES = "any_of:\n      - {A: 1}\n      - {B: 2}"

WINDOW = "a window is HH:MM-HH:MM within one day, as 08:30-17:00, found"
MONTH_DAY = "a day of the year is written MM-DD, as 12-29"
LEAD_ORDER = "min, typical and max must not decrease and not be negative, found"
LEAD_CALENDAR = "business_days name the calendar they skip; other units name none"
FEE_KIND = "give either yen, or both min and max"
FEE_ORDER = "figures must not be negative and min not above max, found"
TAKES = "an act takes at least a minute, and min, typical and max must not decrease"
URGENT = "what is done before anything else cannot need anything first"
COLLIDE = "two fees hold at the same time for the same person"
ID = "an id is lower-case words joined by hyphens, for example city-hall"
EMPTY = "the text is empty; every text stands in both languages"
CALL_FIRST = "say what to ask the office first"


def assert_only_problem(text: str, words: str, path: str, message: str) -> None:
    assert problems(text) == [f"{FILE}:{place(text, words)}: {path}: {message}"]


def fees(*lines: str) -> str:
    """Return the catalogue with other fees for the reissue."""
    whole = "".join(f"      - {line}, certainty: confirmed, source: [law-page]}}\n" for line in lines)
    return changed((FEES, whole))


def lead(**figures: str) -> str:
    """Return the catalogue with another lead time for the card; an empty figure leaves its line out."""
    parts = {"min": "3", "typical": "5", "max": "10", "unit": "business_days", "calendar": "office-days"} | figures
    return changed((LEAD, "".join(f"          {key}: {value}\n" for key, value in parts.items() if value)))


def test_the_minimal_catalogue_is_right() -> None:
    assert problems(MINIMAL) == []


# ---- Ids ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("sources", "City-page"),
        ("calendars", "office_days"),
        ("offices", "city hall"),
        ("items", "bank--book"),
        ("needs", "coverage-"),
        ("counters", "窓口"),
        ("evidence", "city.proof"),
        ("insurers", "EMPLOYER"),
        ("assumptions", "-held"),
        ("procedures", "Declare"),
        ("guidance", "ａdvice"),  # full-width a
        ("routes", "By-declaring"),
        ("holdings", "all_in_one"),
        ("seasons", "new year"),
    ],
)
def test_an_id_is_lower_case_words_joined_by_hyphens(section: str, name: str) -> None:
    old = {
        "sources": "city-page",
        "calendars": "office-days",
        "offices": "city-hall",
        "items": "bankbook",
        "needs": "coverage",
        "counters": "city-desk",
        "evidence": "city-proof",
        "insurers": "employer",
        "assumptions": "book-held",
        "procedures": "declare",
        "guidance": "advice",
        "routes": "by-declaring",
        "holdings": "all-in-one",
        "seasons": "new-year",
    }[section]
    # The references follow, so that only the id itself is wrong.
    text = MINIMAL.replace(f"\n  {old}:", f"\n  {name}:")
    for before, after in ((": ", "\n"), (": ", ","), ("[", "]"), ("[", ",")):
        text = text.replace(f"{before}{old}{after}", f"{before}{name}{after}")
    text = text.replace(f"item: {old}}}", f"item: {name}}}")
    assert_only_problem(text, f"{name}:\n", f"{section}.{name}", ID)


# ---- Texts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "found"),
    [
        pytest.param(r"\e[31mred", "U+001B", id="an-escape-sequence"),
        pytest.param(r"a\x9b31mb", "U+009B", id="a-one-character-escape-sequence"),
        pytest.param(r"a\0b", "U+0000", id="a-null"),
        pytest.param(r"a\ab", "U+0007", id="a-bell"),
        pytest.param(r"a\bb", "U+0008", id="a-backspace"),
        pytest.param(r"a\tb", "U+0009", id="a-tab"),
        pytest.param(r"a\nb", "U+000A", id="a-newline"),
        pytest.param(r"a\rb", "U+000D", id="a-carriage-return"),
        pytest.param(r"a\x7Fb", "U+007F", id="a-delete"),
        pytest.param(r"a\u202Eb", "U+202E", id="a-right-to-left-override"),
        pytest.param(r"a\u2066b", "U+2066", id="a-bidirectional-isolate"),
        pytest.param(r"a\u200Fb", "U+200F", id="a-right-to-left-mark"),
        pytest.param(r"a\u200Bb", "U+200B", id="a-zero-width-space"),
        pytest.param(r"a\uFEFFb", "U+FEFF", id="a-byte-order-mark"),
        pytest.param(r"a\u2028b", "U+2028", id="a-line-separator"),
        pytest.param(r"a\u2029b", "U+2029", id="a-paragraph-separator"),
        pytest.param(r"a\uD800b", "U+D800", id="half-of-a-surrogate-pair"),
        pytest.param(r"a\U000E0041b", "U+E0041", id="an-invisible-tag"),
        pytest.param(r"\e]8;;http://x\e\\a\u202Eb\a", "U+0007, U+001B, U+202E", id="several-at-once"),
    ],
)
def test_a_text_carries_no_control_or_format_characters(written: str, found: str) -> None:
    text = changed(('en: "Stay calm."', f'en: "{written}"'))
    message = f"a text may not carry control or format characters; found {found}"
    assert_only_problem(text, f'en: "{written}"', "guidance.advice.text.en", message)


@pytest.mark.parametrize(
    ("old", "new", "words", "path"),
    [
        ("https://city.example/", r'"https://city.example/\e"', "url: ", "sources.city-page.url"),
        ("0120-00-0000", r'"0120\u202D"', "number: ", "offices.city-hall.phones.0.number"),
        ("[passbook]", r'["pass\x1Bbook"]', '"pass', "items.bankbook.aliases.0"),
    ],
)
def test_what_is_no_sentence_carries_no_control_characters_either(old: str, new: str, words: str, path: str) -> None:
    text = changed((old, new))
    [problem] = problems(text)
    at = place(text, f"{words}{new}" if words.endswith(" ") else words)
    assert problem.startswith(f"{FILE}:{at}: {path}: a text may not carry control or format characters; found U+")


@pytest.mark.parametrize(
    "plain",
    [
        "[bold]rich[/bold] [red on white]markup[/]",
        "[link=https://x.example]link[/link]",
        "<script>alert(1)</script> & <b>",
        "{0} %s ${HOME} `id` $(id)",
        "back\\\\slash and 'quotes'",
        "emoji 🪪, full width A, half width ｱ, a no-break\u00a0space",
        "~",
        "null",
    ],
)
def test_markup_is_plain_text(plain: str) -> None:
    catalogue = load(changed(('en: "Stay calm."', f'en: "{plain}"')))
    assert catalogue.guidance["advice"].text.en == plain.replace("\\\\", "\\")


@pytest.mark.parametrize("written", [" a", "a ", "　a", "a\u00a0"])
def test_a_text_neither_begins_nor_ends_with_a_space(written: str) -> None:
    text = changed(('en: "Stay calm."', f'en: "{written}"'))
    assert_only_problem(text, f'en: "{written}"', "guidance.advice.text.en", "a text may not begin or end with a space")


def test_a_block_text_with_its_newline_is_refused() -> None:
    text = changed(
        (
            '    text: {ja: "落ち着いてください。", en: "Stay calm."}',
            "    text:\n      ja: 落ち着く\n      en: |\n        Stay.",
        )
    )
    at = place(text, "en: |")
    assert problems(text) == [
        f"{FILE}:{at}: guidance.advice.text.en: a text may not begin or end with a space",
        f"{FILE}:{at}: guidance.advice.text.en: a text may not carry control or format characters; found U+000A",
    ]


@pytest.mark.parametrize(
    ("old", "words", "language"), [('en: "Stay calm."', 'en: ""', "en"), ('ja: "落ち着いてください。"', 'ja: ""', "ja")]
)
def test_a_text_stands_in_both_languages(old: str, words: str, language: str) -> None:
    assert_only_problem(changed((old, words)), words, f"guidance.advice.text.{language}", EMPTY)


# ---- References -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words", "path", "section"),
    [
        # source, wherever a fact names one
        (
            "end: 01-03\n        source: [law-page]",
            "end: 01-03\n        source: [law-page, zzz]",
            "zzz",
            "calendars.office-days.closed.0.source.1",
            "sources",
        ),
        (
            "certainty: confirmed\n    source: [city-page]\n    phones",
            "certainty: confirmed\n    source: [zzz]\n    phones",
            "zzz",
            "offices.city-hall.source.0",
            "sources",
        ),
        (
            "{item: id-card, certainty: confirmed, source: [law-page]}",
            "{item: id-card, certainty: confirmed, source: [zzz]}",
            "zzz",
            "counters.city-desk.classes.A.0.source.0",
            "sources",
        ),
        (
            "yen: 800, certainty: confirmed, source: [law-page]",
            "yen: 800, certainty: confirmed, source: [zzz]",
            "zzz",
            "procedures.reissue.fee.0.source.0",
            "sources",
        ),
        (
            "          certainty: reported\n          source: [city-page]",
            "          certainty: reported\n          source: [zzz]",
            "zzz",
            "procedures.reissue.gives.0.after.source.0",
            "sources",
        ),
        (
            "first_day: counted, source: [law-page]",
            "first_day: counted, source: [zzz]",
            "zzz",
            "procedures.reissue.within.source.0",
            "sources",
        ),
        # calendar
        (
            "calendar: office-days\n    reception",
            "calendar: zzz\n    reception",
            "calendar: zzz",
            "offices.city-hall.calendar",
            "calendars",
        ),
        (
            "calendar: office-days\n          to",
            "calendar: zzz\n          to",
            "calendar: zzz",
            "procedures.reissue.gives.0.after.calendar",
            "calendars",
        ),
        (
            PROCEDURE_HOURS,
            PROCEDURE_HOURS + "\n    calendar: zzz",
            "calendar: zzz",
            "procedures.reissue.calendar",
            "calendars",
        ),
        # office
        (
            '"Declaration"}\n    office: city-hall',
            '"Declaration"}\n    office: zzz',
            "office: zzz",
            "procedures.declare.office",
            "offices",
        ),
        # items, in every place that names one
        ("carrier: id-card", "carrier: zzz", "carrier: zzz", "items.registration.carrier", "items"),
        ("successors: [id-card]", "successors: [id-card, zzz]", "zzz", "items.old-card.successors.1", "items"),
        (
            "- item: id-card\n        since",
            "- item: zzz\n        since",
            "item: zzz",
            "needs.coverage.met_by.0.item",
            "items",
        ),
        ("{item: bankbook, since", "{item: zzz, since", "item: zzz", "counters.city-desk.classes.B.1.item", "items"),
        ("    item: bankbook\n", "    item: zzz\n", "item: zzz", "assumptions.book-held.item", "items"),
        ("- item: number\n", "- item: zzz\n", "item: zzz", "procedures.declare.gives.0.item", "items"),
        ("ends: [registration]", "ends: [zzz]", "zzz", "procedures.declare.ends.0", "items"),
        ("any_of: [number]", "any_of: [zzz]", "zzz", "procedures.reissue.requires.0.any_of.0", "items"),
        ("bring: [bankbook]", "bring: [zzz]", "zzz", "procedures.reissue.bring.0", "items"),
        ("{lost: [id-card, registration]", "{lost: [id-card, zzz]", "zzz", "procedures.reissue.when.lost.1", "items"),
        ("not_lost: [bankbook]", "not_lost: [zzz]", "zzz", "assumptions.book-held.when.not_lost.0", "items"),
        (", have: [bankbook]", ", have: [zzz]", "zzz", "procedures.reissue.requires.0.when.have.0", "items"),
        ("not_have: [number]", "not_have: [zzz]", "zzz", "assumptions.book-held.when.not_have.0", "items"),
        # the rest
        ("counter: city-desk", "counter: zzz", "counter: zzz", "evidence.city-proof.counter", "counters"),
        ("evidence: city-proof", "evidence: zzz", "evidence: zzz", "procedures.reissue.evidence", "evidence"),
        ("need: [coverage]", "need: [zzz]", "zzz", "procedures.reissue.when.need.0", "needs"),
        ("insurer: [employer]", "insurer: [employer, zzz]", "zzz", "guidance.advice.when.insurer.1", "insurers"),
        (
            "when: {insurer: [younger]}",
            "when: {insurer: [zzz]}",
            "zzz",
            "procedures.reissue.fee.1.when.insurer.0",
            "insurers",
        ),
    ],
)
def test_a_dangling_id_is_found(old: str, new: str, words: str, path: str, section: str) -> None:
    assert_only_problem(changed((old, new)), words, path, f"no such entry in {section}: 'zzz'")


def test_an_id_of_another_section_dangles() -> None:
    text = changed(("bring: [bankbook]", "bring: [city-hall]"))
    assert_only_problem(text, "city-hall]", "procedures.reissue.bring.0", "no such entry in items: 'city-hall'")


def test_the_nearest_ids_are_offered() -> None:
    text = changed(("bring: [bankbook]", "bring: [bankbok]"))
    message = "no such entry in items: 'bankbok'; did you mean bankbook?"
    assert_only_problem(text, "bankbok]", "procedures.reissue.bring.0", message)


@pytest.mark.parametrize("name", ["zzz", "city-hall", "Declare"])
def test_a_window_counts_from_a_procedure_that_exists(name: str) -> None:
    text = changed(("of: declare", f"of: {name}"))
    message = f"no such procedure: '{name}'; or write loss"
    assert_only_problem(text, f"of: {name}", "procedures.reissue.within.of", message)


def test_a_window_may_count_from_the_loss() -> None:
    assert problems(changed(("of: declare", "of: loss"))) == []


# ---- Periods and sources --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words", "path", "message"),
    [
        (
            "    until: 2020-03-31\n    ended",
            "    since: 2020-04-01\n    until: 2020-03-31\n    ended",
            "until: 2020-03-31\n    ended",
            "items.old-card.until",
            "ends on 2020-03-31, before it begins on 2020-04-01",
        ),
        (
            "since: 2020-04-01\n        source",
            "since: 2020-04-01\n        until: 2019-04-01\n        source",
            "until: 2019-04-01",
            "needs.coverage.met_by.0.until",
            "ends on 2019-04-01, before it begins on 2020-04-01",
        ),
        (
            "bankbook, since: 2020-04-01",
            "bankbook, since: 2020-04-01, until: 2019-04-01",
            "until: 2019",
            "counters.city-desk.classes.B.1.until",
            "ends on 2019-04-01, before it begins on 2020-04-01",
        ),
        (
            "since: 2020-04-01\n    when: {lost: [id-card, reg",
            "since: 2020-04-01\n    until: 2020-03-31\n    when: {lost: [id-card, reg",
            "until: 2020-03-31\n    when",
            "procedures.reissue.until",
            "ends on 2020-03-31, before it begins on 2020-04-01",
        ),
        (
            "yen: 1000",
            "until: 2024-12-31, yen: 1000",
            "until: 2024-12-31, yen: 1000",
            "procedures.reissue.fee.1.until",
            "ends on 2024-12-31, before it begins on 2025-01-01",
        ),
        (
            "place: now",
            "place: now\n    since: 2026-01-02\n    until: 2026-01-01",
            "until: 2026",
            "guidance.advice.until",
            "ends on 2026-01-01, before it begins on 2026-01-02",
        ),
        (
            "    item: bankbook\n",
            "    item: bankbook\n    since: 2026-01-02\n    until: 2026-01-01\n",
            "until: 2026",
            "assumptions.book-held.until",
            "ends on 2026-01-01, before it begins on 2026-01-02",
        ),
    ],
)
def test_a_period_does_not_end_before_it_begins(old: str, new: str, words: str, path: str, message: str) -> None:
    assert_only_problem(changed((old, new)), words, path, message)


def test_a_period_of_one_day_is_a_period() -> None:
    assert problems(changed(("place: now", "place: now\n    since: 2026-01-01\n    until: 2026-01-01"))) == []


@pytest.mark.parametrize(
    ("old", "path"),
    [
        ("first_day: counted, source: [law-page]", "procedures.reissue.within.source"),
        ("yen: 800, certainty: confirmed, source: [law-page]", "procedures.reissue.fee.0.source"),
        ("          certainty: reported\n          source: [city-page]", "procedures.reissue.gives.0.after.source"),
        ("{item: id-card, certainty: confirmed, source: [law-page]", "counters.city-desk.classes.A.0.source"),
        ("      - {B: 2}\n    certainty: confirmed\n    source: [law-page]", "evidence.city-proof.source"),
        ("since: 2020-04-01\n        source: [law-page]", "needs.coverage.met_by.0.source"),
        ("    certainty: confirmed\n    source: [city-page]\n    phones", "offices.city-hall.source"),
        ("end: 01-03\n        source: [law-page]", "calendars.office-days.closed.0.source"),
        ("certainty: inferred}\n    certainty: confirmed\n    source: [city-page]", "procedures.declare.source"),
        ("certainty: reported\n    source: [city-page]\n    place", "guidance.advice.source"),
        ('bank book."}\n    source: [city-page]', "assumptions.book-held.source"),
        ('payment."}\n      source: [law-page]', "guidance.advice.claim.source"),
    ],
)
def test_a_fact_without_a_source_is_found(old: str, path: str) -> None:
    new = old.replace("[law-page]", "[]").replace("[city-page]", "[]")
    assert_only_problem(changed((old, new)), "source: []", path, "a fact names at least one source")


def test_a_source_that_nothing_cites_is_found() -> None:
    names = 'title: {ja: "噂", en: "Gossip"}\n    publisher: {ja: "人", en: "People"}'
    extra = f"  gossip:\n    {names}\n    url: x\n    date: unknown\n    kind: press\n"
    text = changed(("  law-page:\n", extra + "  law-page:\n"))
    assert_only_problem(text, "gossip:", "sources.gossip", "no fact cites this source; cite it or remove it")


def test_an_entry_named_source_is_no_citation() -> None:
    """A counter called `source` has its classes where a citation has its ids."""
    text = MINIMAL.replace("city-desk", "source")
    assert problems(text) == []


# ---- Lead times -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ({"min": "6"}, "[6, 5, 10]"),
        ({"typical": "11"}, "[3, 11, 10]"),
        ({"max": "4"}, "[3, 5, 4]"),
        ({"min": "-1"}, "[-1, 5, 10]"),
        ({"min": "6", "max": "unknown"}, "[6, 5]"),
    ],
)
def test_a_lead_time_does_not_decrease(figures: dict[str, str], found: str) -> None:
    assert_only_problem(lead(**figures), "after:\n", "procedures.reissue.gives.0.after", f"{LEAD_ORDER} {found}")


def test_a_lead_time_does_not_guess_beyond_what_is_known() -> None:
    text = lead(typical="unknown")
    path = "procedures.reissue.gives.0.after"
    message = "a maximum without a typical figure; write both, or both as unknown"
    assert_only_problem(text, "typical: unknown", f"{path}.typical", message)
    text = lead(min="unknown")
    message = "a typical figure without a minimum; write both, or both as unknown"
    assert_only_problem(text, "min: unknown", f"{path}.min", message)


@pytest.mark.parametrize(
    "figures",
    [
        {"max": "unknown"},
        {"typical": "unknown", "max": "unknown"},
        {"min": "unknown", "typical": "unknown", "max": "unknown"},
        {"min": "0", "typical": "0", "max": "0"},
        {"unit": "weeks", "calendar": ""},
    ],
)
def test_a_lead_time_known_in_part_is_accepted(figures: dict[str, str]) -> None:
    assert problems(lead(**figures)) == []


@pytest.mark.parametrize(
    "figures",
    [{"calendar": ""}, {"unit": "calendar_days"}, {"unit": "weeks"}, {"unit": "months"}, {"unit": "minutes"}],
)
def test_business_days_and_nothing_else_name_a_calendar(figures: dict[str, str]) -> None:
    assert_only_problem(lead(**figures), "after:\n", "procedures.reissue.gives.0.after", LEAD_CALENDAR)


# ---- Fees -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ("{since: 2020-04-01", FEE_KIND),
        ("{min: 7", FEE_KIND),
        ("{max: 500", FEE_KIND),
        ("{yen: 100, min: 100, max: 500", FEE_KIND),
        ("{yen: 100, min: 100", FEE_KIND),
        ("{yen: 100, min: 50", FEE_KIND),
        ("{yen: unknown, max: 500", FEE_KIND),
        ("{yen: -1", f"{FEE_ORDER} [-1]"),
        ("{min: -1, max: 5", f"{FEE_ORDER} [-1, 5]"),
        ("{min: 500, max: 499", f"{FEE_ORDER} [500, 499]"),
    ],
)
def test_a_fee_is_one_figure_or_a_range(figures: str, message: str) -> None:
    assert_only_problem(fees(figures), figures, "procedures.reissue.fee.0", message)


@pytest.mark.parametrize("figures", ["{yen: 0", "{yen: unknown", "{min: 0, max: 0", "{min: 0, max: 500"])
def test_a_fee_may_be_nothing_or_unknown_or_a_range(figures: str) -> None:
    assert problems(fees(figures)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("{until: 2025-01-01, yen: 1", "{since: 2025-01-01, yen: 2", id="they-share-a-day"),
        pytest.param("{since: 2025-01-01, yen: 1", "{until: 2026-01-01, yen: 2", id="later-first"),
        pytest.param("{since: 2025-01-01, yen: 1", "{until: 2025-01-01, yen: 2", id="they-share-a-day-later-first"),
        pytest.param("{yen: 1", "{since: 2030-01-01, yen: 2", id="the-first-never-ends"),
        pytest.param("{yen: 1", "{yen: 2, when: {how: [fire]}", id="one-is-for-everybody"),
        pytest.param("{yen: 1, when: {how: [home, fire]}", "{yen: 2, when: {how: [fire]}", id="both-take-a-fire"),
        pytest.param("{yen: 1, when: {insurer: [older]}", "{yen: 2, when: {how: [fire]}", id="old-and-after-a-fire"),
        pytest.param("{yen: 1, when: {age_max: 74}", "{yen: 2, when: {age_min: 74}", id="aged-74"),
        pytest.param("{yen: 1, when: {age_max: 74}", "{yen: 2, when: {age_max: 20}", id="both-take-the-young"),
        pytest.param(
            "{yen: 1, when: {lost: [id-card, number]}",
            "{yen: 2, when: {not_lost: [id-card]}",
            id="the-number-alone-lost",
        ),
        pytest.param("{yen: 1, when: {not_lost: [id-card]}", "{yen: 2, when: {not_lost: [number]}", id="nothing-lost"),
        pytest.param("{yen: 1, when: {have: [id-card]}", "{yen: 2, when: {lost: [number]}", id="held-and-lost"),
    ],
)
def test_two_fees_never_hold_at_once_for_one_person(first: str, second: str) -> None:
    assert_only_problem(fees(first, second), second, "procedures.reissue.fee.1", COLLIDE)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{until: 2024-12-31, yen: 1", "{since: 2025-01-01, yen: 2"),
        ("{yen: 1, when: {how: [home]}", "{yen: 2, when: {how: [fire, stolen]}"),
        ("{yen: 1, when: {insurer: [older]}", "{yen: 2, when: {insurer: [younger]}"),
        ("{yen: 1, when: {lost: [id-card]}", "{yen: 2, when: {not_lost: [id-card, number]}"),
        ("{yen: 1, when: {not_lost: [id-card]}", "{yen: 2, when: {lost: [id-card]}"),
        ("{yen: 1, when: {have: [id-card]}", "{yen: 2, when: {not_have: [id-card]}"),
        ("{yen: 1, when: {age_max: 74}", "{yen: 2, when: {age_min: 75}"),
        ("{yen: 1, when: {age_min: 75}", "{yen: 2, when: {age_max: 74}"),
    ],
)
def test_fees_that_exclude_each_other_stand_side_by_side(first: str, second: str) -> None:
    assert problems(fees(first, second)) == []


@pytest.mark.parametrize("when", ["", ", when: {how: [fire]}"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_hole_between_two_fees_is_found(when: str, order: int) -> None:
    earlier, later = f"{{until: 2024-12-31, yen: 1{when}", f"{{since: 2025-01-02, yen: 2{when}"
    text = fees(*[earlier, later][::order])
    message = "no fee is known between 2024-12-31 and 2025-01-02; write it as unknown"
    assert_only_problem(text, later, f"procedures.reissue.fee.{1 if order == 1 else 0}", message)


# ---- Calendars and windows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["13-01", "00-10", "12-32", "12-00", "1-3", "12/29", "1２-29", "2026-12-29", "''"])
@pytest.mark.parametrize(("key", "old"), [("start", "start: 12-29"), ("end", "end: 01-03")])
def test_a_closed_span_is_written_month_and_day(key: str, old: str, written: str) -> None:
    text = changed((old, f"{key}: {written}"))
    assert_only_problem(text, f"{key}: {written}", f"calendars.office-days.closed.0.{key}", MONTH_DAY)


@pytest.mark.parametrize(
    ("hours", "path"), [(OFFICE_HOURS, "offices.city-hall"), (PROCEDURE_HOURS, "procedures.reissue")]
)
@pytest.mark.parametrize(
    ("windows", "wrong", "message"),
    [
        ("[22:00-06:00]", 0, f"{WINDOW} '22:00-06:00'"),
        ("[08:00-24:00]", 0, f"{WINDOW} '08:00-24:00'"),
        ("[8:30-17:00]", 0, f"{WINDOW} '8:30-17:00'"),
        ("[08:60-17:00]", 0, f"{WINDOW} '08:60-17:00'"),
        ("[0８:30-17:00]", 0, f"{WINDOW} '0８:30-17:00'"),
        ("[08:30–17:00]", 0, f"{WINDOW} '08:30–17:00'"),  # a dash where a hyphen belongs
        ("[08:30]", 0, f"{WINDOW} '08:30'"),
        ("['']", 0, f"{WINDOW} ''"),
        ("[09:00-10:00, 13:00-12:00]", 1, f"{WINDOW} '13:00-12:00'"),
        (
            "[09:00-12:00, 11:00-13:00]",
            1,
            "windows follow each other without overlap; 11:00-13:00 begins before 12:00 ends",
        ),
        (
            "[09:00-12:00, 12:00-13:00]",  # both ends are inclusive
            1,
            "windows follow each other without overlap; 12:00-13:00 begins before 12:00 ends",
        ),
        (
            "[13:00-17:00, 09:00-12:00]",
            1,
            "windows follow each other without overlap; 09:00-12:00 begins before 17:00 ends",
        ),
    ],
)
def test_windows_lie_within_a_day_and_follow_each_other(
    hours: str, path: str, windows: str, wrong: int, message: str
) -> None:
    text = changed((hours, f"reception: {windows}"))
    words = windows.strip("[]").split(", ")[wrong]
    # The words may stand elsewhere too, as in the other hours: the place is counted from the windows themselves.
    line, column = place(text, f"reception: {windows}").split(":")
    at = int(column) + f"reception: {windows}".index(words, len("reception: ["))
    assert problems(text) == [f"{FILE}:{line}:{at}: {path}.reception.{wrong}: {message}"]


@pytest.mark.parametrize("windows", ["[00:00-23:59]", "[09:00-09:00]", "[09:00-12:00, 12:01-13:00]"])
def test_windows_may_be_long_or_short(windows: str) -> None:
    assert problems(changed((OFFICE_HOURS, f"reception: {windows}"))) == []


def test_an_office_has_at_least_one_window() -> None:
    text = changed((OFFICE_HOURS, "reception: []"))
    message = "at least one window is needed; 00:00-23:59 for an office that never closes"
    assert_only_problem(text, "reception: []", "offices.city-hall.reception", message)


# ---- Certainty ------------------------------------------------------------------------------------------------------

QUESTION = '    call_first: {ja: "受け付けますか。", en: "Do you take it?"}'


@pytest.mark.parametrize("certainty", ["inferred", "unknown"])
@pytest.mark.parametrize(
    ("old", "owner", "path", "message"),
    [
        (
            "    certainty: confirmed\n    source: [city-page]\n    phones",
            "city-hall:\n",
            "offices.city-hall",
            "say what to ask this office first",
        ),
        (
            "    certainty: confirmed\n    source: [city-page]\n    skip",
            "declare:\n",
            "procedures.declare",
            CALL_FIRST,
        ),
    ],
)
def test_what_is_less_than_reported_says_what_to_ask(
    certainty: str, old: str, owner: str, path: str, message: str
) -> None:
    new = old.replace("certainty: confirmed", f"certainty: {certainty}")
    assert_only_problem(changed((old, new)), owner, f"{path}.call_first", f"{certainty}: {message}")
    assert problems(changed((old, f"{QUESTION}\n{new}"))) == []
    assert problems(changed((old, old.replace("confirmed", "reported")))) == []


# ---- Items ----------------------------------------------------------------------------------------------------------

CARRIER = "a record names the card that carries it; nothing else does"


def test_a_record_and_nothing_else_has_a_carrier() -> None:
    text = changed(("    carrier: id-card\n", ""))
    assert_only_problem(text, "registration:\n", "items.registration.carrier", CARRIER)
    text = changed(("aliases: [passbook]", "carrier: id-card"))
    # Two items with a carrier: the wrong one is the last.
    at = place(text, "carrier: id-card\n  number:")
    assert problems(text) == [f"{FILE}:{at}: items.bankbook.carrier: {CARRIER}"]


def test_what_may_be_lost_is_given_back_by_a_procedure() -> None:
    text = changed(("aliases: [passbook]", "losable: true"))
    message = "may be lost, but no procedure gives it or a successor back"
    assert_only_problem(text, "bankbook:\n", "items.bankbook", message)
    text = changed(("aliases: [passbook]", "losable: true\n    successors: [old-card]"))
    assert problems(text) == []


def test_an_item_that_stops_counting_says_what_counts_then() -> None:
    text = changed(('    ended: {ja: "終わりました。", en: "It has ended."}\n', ""))
    assert_only_problem(text, "old-card:\n", "items.old-card.ended", "it stops counting; say what counts then")


@pytest.mark.parametrize(
    "alias",
    ["ident-card", "id-card", "number", "Ident-CARD", "ｉｄｅｎｔ-ｃａｒｄ", "身分証"],
)
def test_a_name_means_one_item(alias: str) -> None:
    text = changed(("aliases: [passbook]", f"aliases: [passbook, {alias}]"))
    owner, words, path = "id-card", "aliases: [passbook", "items.bankbook.aliases"
    if alias == "number":  # the id that comes later is the one that is taken already
        owner, words, path = "bankbook", "number:\n", "items.number.aliases"
    assert_only_problem(text, words, path, f"'{alias}' already names {owner}")


def test_a_card_and_a_record_on_it_may_share_a_name() -> None:
    assert problems(changed(("aliases: [ident-card]", "aliases: [ident-card, 身分証, passbook]"))) == []


def test_two_records_do_not_share_a_name() -> None:
    title = 'title: {ja: "他", en: "Other"}'
    extra = f"  other:\n    {title}\n    kind: record\n    carrier: id-card\n    aliases: [Registration]\n"
    text = changed(("  old-card:\n", extra + "  old-card:\n"))
    message = "'Registration' already names registration"
    assert_only_problem(text, "aliases: [Registration]", "items.other.aliases", message)


# ---- Evidence -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["A B", "'@'", "''", "Ａ", "写真", '"A\\e"'])
def test_a_class_of_papers_is_a_plain_word(label: str) -> None:
    text = changed(("      A:\n", f"      {label}:\n"), ("{A: 1}", f"{{{label}: 1}}"))
    plain = label.strip("'\"").replace("\\e", "\x1b")
    message = "a class is words joined by hyphens, for example A or photo"
    assert_only_problem(text, f"{label}:\n", f"counters.city-desk.classes.{plain}", message)


@pytest.mark.parametrize(
    "member", ["{item: bankbook", "{item: bankbook, until: 2020-04-01", "{item: bankbook, since: 2030-01-01"]
)
@pytest.mark.parametrize("label", ["A", "B"])
def test_a_paper_has_one_class_at_a_counter_at_a_time(member: str, label: str) -> None:
    extra = f"        - {member}, certainty: reported, source: [city-page]}}\n"
    text = changed(("      B:\n", extra + "      B:\n") if label == "A" else ("\nevidence:\n", extra + "\nevidence:\n"))
    at = "{item: bankbook, since: 2020-04-01" if label == "A" else extra.strip(" -\n")
    path = "B.1" if label == "A" else "B.2"
    message = "bankbook has a class here already"
    assert_only_problem(text, at, f"counters.city-desk.classes.{path}", message)


def test_a_paper_may_change_its_class() -> None:
    extra = "        - {item: bankbook, until: 2020-03-31, certainty: reported, source: [city-page]}\n"
    assert problems(changed(("      B:\n", extra + "      B:\n"))) == []


def test_a_combination_is_of_classes_of_its_counter() -> None:
    text = changed(("{A: 1}", "{A: 1, C: 1}"))
    path = "evidence.city-proof.any_of.0.C"
    assert_only_problem(text, "C: 1", path, "no class 'C' at city-desk; it has A, B")


def test_a_counter_without_classes_knows_no_class() -> None:
    classes = MINIMAL[MINIMAL.index("    classes:\n") : MINIMAL.index("\nevidence:\n")]
    text = changed((classes, "    classes: {}\n"))
    assert problems(text) == [
        f"{FILE}:{place(text, 'A: 1')}: evidence.city-proof.any_of.0.A: no class 'A' at city-desk; it has none",
        f"{FILE}:{place(text, 'B: 2')}: evidence.city-proof.any_of.1.B: no class 'B' at city-desk; it has none",
    ]


@pytest.mark.parametrize("count", ["0", "-1"])
def test_a_combination_counts_from_one(count: str) -> None:
    text = changed(("{A: 1}", f"{{A: {count}}}"))
    path = "evidence.city-proof.any_of.0.A"
    assert_only_problem(text, f"A: {count}", path, "a combination counts papers from 1")


def test_an_evidence_rule_has_a_combination() -> None:
    text = changed((DESK_CLASSES, "any_of: []"))
    assert_only_problem(text, "any_of: []", "evidence.city-proof.any_of", "at least one combination is needed")


# ---- Insurers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "who"),
    [
        pytest.param("age_max: 74", "age_max: 73", "age 74, found none", id="a-gap-between-two"),
        pytest.param("age_min: 75", "age_min: 76", "age 75, found none", id="a-gap-at-75"),
        pytest.param("age_max: 74", "age_max: 75", "age 75, found younger, older", id="an-overlap"),
        pytest.param("age_min: 75", "age_min: 75, age_max: 100", "age 101, found none", id="the-very-old"),
        pytest.param("age_max: 74", "age_min: 0, age_max: 74", "an unknown age, found none", id="no-age-said"),
        pytest.param("    assumed: {age_max: 74}\n", "", "an unknown age, found none", id="the-young"),
        pytest.param("age_min: 75", "age_max: 130", "an unknown age, found younger, older", id="two-without-an-age"),
    ],
)
def test_one_insurer_is_assumed_at_every_age(old: str, new: str, who: str) -> None:
    text = changed((old, new))
    assert_only_problem(text, "insurers:\n", "insurers", f"exactly one insurer is assumed for {who}")


@pytest.mark.parametrize("alias", ["younger", "young", "YOUNG", "ｙｏｕｎｇ"])
def test_a_name_means_one_insurer(alias: str) -> None:
    text = changed(("aliases: [old]", f"aliases: [{alias}]"))
    message = f"'{alias}' already names younger"
    assert_only_problem(text, f"aliases: [{alias}]\n    assumed: {{age_min", "insurers.older.aliases", message)


def test_a_gap_between_insurers_does_not_hide_a_shared_name() -> None:
    text = changed(("age_max: 74", "age_max: 73"), ("aliases: [old]", "aliases: [younger]"))
    assert problems(text) == [
        f"{FILE}:{place(text, 'insurers:')}: insurers: exactly one insurer is assumed for age 74, found none",
        f"{FILE}:{place(text, 'aliases: [younger]')}: insurers.older.aliases: 'younger' already names younger",
    ]


# ---- Procedures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "figures",
    [
        "min: 0, typical: 20, max: 30",
        "min: -1, typical: 20, max: 30",
        "min: 21, typical: 20, max: 30",
        "min: 10, typical: 31, max: 30",
        "min: 10, typical: 20, max: 19",
    ],
)
def test_an_act_takes_time(figures: str) -> None:
    text = changed(("min: 0010, typical: 20, max: 30", figures))
    assert_only_problem(text, f"takes: {{{figures}", "procedures.declare.takes", TAKES)


def test_an_act_may_always_take_the_same_time() -> None:
    assert problems(changed(("min: 0010, typical: 20, max: 30", "min: 1, typical: 1, max: 1"))) == []


@pytest.mark.parametrize(
    "need",
    [
        'requires:\n      - any_of: [bankbook]\n        why: {ja: "規則", en: "A rule"}',
        "evidence: city-proof",
        "within: {days: 14, of: loss, first_day: not_counted, source: [law-page]}",
    ],
)
def test_what_is_urgent_needs_nothing_first(need: str) -> None:
    text = changed(("urgent: true", f"urgent: true\n    {need}"))
    assert_only_problem(text, "urgent: true", "procedures.declare.urgent", URGENT)


def test_a_procedure_gives_something_or_is_a_duty() -> None:
    gives = "    gives:\n      - item: number\n"
    message = "gives nothing, is no duty and not for afterwards, so nobody would ever see it"
    assert_only_problem(changed((gives, "")), "declare:\n", "procedures.declare", message)
    assert problems(changed((gives, "    duty: true\n"))) == []


# ---- The command ----------------------------------------------------------------------------------------------------


def test_the_command_prints_every_problem_of_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    right, wrong, worse = (tmp_path / name for name in ("right.yaml", "wrong.yaml", "worse.yaml"))
    right.write_text(MINIMAL, encoding="utf-8")
    wrong.write_text(changed(("bring: [bankbook]", "bring: [zzz]")), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["check", str(wrong), str(right), str(worse)])
    assert check.main() == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("procedures.reissue.bring.0: no such entry in items: 'zzz'")
    assert second == f"{worse}: cannot be read: No such file or directory"
    monkeypatch.setattr("sys.argv", ["check", str(right)])
    assert check.main() == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("days: 30", "days: 0", "a limit is at least one day"),
        (
            "assumed: {age_min: 75}",
            "assumed: {age_min: 75, how: [home]}",
            "only age_min and age_max decide which insurer is assumed",
        ),
    ],
)
def test_figures_and_conditions_that_could_not_be_meant(old: str, new: str, message: str) -> None:
    assert any(message in problem for problem in problems(changed((old, new))))


@pytest.mark.parametrize(("unit", "most"), [("months", 12), ("weeks", 52), ("calendar_days", 366)])
def test_a_lead_beyond_a_year_is_a_slip_of_the_pen(unit: str, most: int) -> None:
    lead = Lead(min=1, typical=1, max=most + 1, unit=unit, to="hand", certainty="reported", source=("law-page",))
    assert [message for _, message in check._lead((), lead)] == [f"at most {most} {unit}, found {most + 1}"]  # noqa: SLF001
    lead = Lead(min=1, typical=1, max=most, unit=unit, to="hand", certainty="reported", source=("law-page",))
    assert [message for _, message in check._lead((), lead)] == []  # noqa: SLF001


@pytest.mark.parametrize("months", ["0", "-1", "121"])
def test_a_claim_lapses_within_ten_years(months: str) -> None:
    text = changed(("months: 24", f"months: {months}"))
    message = f"a claim lapses after 1 to 120 months, found {months}"
    assert_only_problem(text, f"months: {months}", "guidance.advice.claim.months", message)


@pytest.mark.parametrize("months", ["1", "120"])
def test_the_ends_of_a_claims_range_are_in_it(months: str) -> None:
    assert problems(changed(("months: 24", f"months: {months}"))) == []


# ---- What is compared: routes, ways of holding, seasons --------------------------------------------------------------

CARRIED = "carried: [id-card]"
MISLAID = "mislaid: id-card"
HOME = "home: [bankbook]"


@pytest.mark.parametrize(
    ("old", "new", "words", "path", "section"),
    [
        ("without: [reissue]", "without: [reissue, zzz]", "zzz", "routes.by-declaring.without.1", "procedures"),
        ("when: {lost: [old-card]}", "when: {lost: [zzz]}", "zzz", "routes.by-declaring.when.lost.0", "items"),
        (CARRIED, "carried: [id-card, zzz]", "zzz", "holdings.all-in-one.carried.1", "items"),
        (HOME, "home: [zzz]", "zzz", "holdings.all-in-one.home.0", "items"),
        (MISLAID, f"{MISLAID}\n    linked: [zzz]", "zzz", "holdings.all-in-one.linked.0", "items"),
        (
            "end: 01-02\n    source: [law-page]",
            "end: 01-02\n    source: [zzz]",
            "zzz",
            "seasons.new-year.source.0",
            "sources",
        ),
    ],
)
def test_what_is_compared_names_what_the_catalogue_has(old: str, new: str, words: str, path: str, section: str) -> None:
    assert_only_problem(changed((old, new)), words, path, f"no such entry in {section}: 'zzz'")


def test_a_route_does_not_end_before_it_begins() -> None:
    text = changed(("without: [reissue]\n", "without: [reissue]\n    until: 2019-12-31\n"))
    message = "ends on 2019-12-31, before it begins on 2020-04-01"
    assert_only_problem(text, "until: 2019-12-31", "routes.by-declaring.until", message)


@pytest.mark.parametrize(
    ("changes", "words", "path", "message"),
    [
        pytest.param(
            [(HOME, "home: [bankbook, id-card]")],
            "all-in-one:",
            "holdings.all-in-one",
            "an item is either carried or stays at home, once",
            id="both-carried-and-at-home",
        ),
        pytest.param(
            [(CARRIED, "carried: [id-card, id-card]")],
            "all-in-one:",
            "holdings.all-in-one",
            "an item is either carried or stays at home, once",
            id="carried-twice",
        ),
        pytest.param(
            [(CARRIED, "carried: []"), (HOME, "home: [id-card]")],
            "carried: []",
            "holdings.all-in-one.carried",
            "at least one item is carried; a wallet without cards cannot be lost",
            id="nothing-carried",
        ),
        pytest.param(
            [(CARRIED, "carried: [id-card, number]")],
            "carried: [id-card, number]",
            "holdings.all-in-one.carried",
            "number is not among the things that can be lost (losable: true)",
            id="carried-but-not-losable",
        ),
        pytest.param(
            [(MISLAID, "mislaid: bankbook")],
            "mislaid: bankbook",
            "holdings.all-in-one.mislaid",
            "bankbook is not among the things that can be lost (losable: true)",
            id="mislaid-but-not-losable",
        ),
        pytest.param(
            [(MISLAID, "mislaid: old-card")],
            "mislaid: old-card",
            "holdings.all-in-one.mislaid",
            "old-card is neither carried nor at home",
            id="mislaid-but-not-held",
        ),
        pytest.param(
            [(CARRIED, "carried: [old-card]"), (MISLAID, "mislaid: old-card\n    linked: [registration]")],
            "registration]\n    source",
            "holdings.all-in-one.linked.0",
            "registration is on no card that is carried or at home",
            id="linked-on-no-card",
        ),
        pytest.param(
            [(MISLAID, f"{MISLAID}\n    linked: [bankbook]")],
            "bankbook]\n    source",
            "holdings.all-in-one.linked.0",
            "bankbook is on no card that is carried or at home",
            id="linked-but-no-record",
        ),
        pytest.param(
            [("start: 12-31", "start: 13-01")], "start: 13-01", "seasons.new-year.start", MONTH_DAY, id="month-13"
        ),
        pytest.param([("end: 01-02", "end: 01-32")], "end: 01-32", "seasons.new-year.end", MONTH_DAY, id="day-32"),
        pytest.param([("end: 01-02", "end: 1-2")], "end: 1-2", "seasons.new-year.end", MONTH_DAY, id="short"),
    ],
)
def test_a_way_of_holding_and_a_season_make_sense(
    changes: list[tuple[str, str]], words: str, path: str, message: str
) -> None:
    assert_only_problem(changed(*changes), words, path, message)


def test_a_season_names_its_source_but_a_route_and_a_way_of_holding_need_none() -> None:
    text = changed(("end: 01-02\n    source: [law-page]", "end: 01-02\n    source: []"))
    assert_only_problem(text, "source: []", "seasons.new-year.source", "a fact names at least one source")
    assert problems(changed(("when: {lost: [old-card]}\n    source: [law-page]", "when: {lost: [old-card]}"))) == []
    assert problems(changed((f"{MISLAID}\n    source: [city-page]", MISLAID))) == []


@pytest.mark.parametrize("card", ["carried", "at home"])
def test_a_record_may_be_on_a_card_that_is_carried_or_at_home(card: str) -> None:
    linked = (MISLAID, f"{MISLAID}\n    linked: [registration]")
    moved = [] if card == "carried" else [(CARRIED, "carried: [old-card]"), (HOME, "home: [id-card]")]
    assert problems(changed(linked, *moved)) == []
