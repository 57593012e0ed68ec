"""The calendar: read by a second parser, and kept by a real calendar that it is imported into twice."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import vobject

from command import SITUATIONS, environment, run
from lostcard.catalogue.compiled import load_facts
from lostcard.catalogue.model import Text
from lostcard.planner.assemble import make_plan
from lostcard.planner.clock import to_minute
from lostcard.planner.plan import Plan
from lostcard.planner.situation import Options, Situation
from lostcard.render.calendar import plan_calendar

CASE_1 = Situation(("mynacard",), ("insurance-registration", "licence-record"), ("passport",), insurer="nhi")
CASE_2 = CASE_1._replace(have=())
HOSTILE = "a;b,c\\d\\n:e <script>alert(1)</script> \"q\" BEGIN:VEVENT 'r' #*_ ☐𠮷 " + "漢" * 100 + "W" * 300


def plan(situation: Situation = CASE_1, *, day: int = 24, text: str = "", **options: str) -> Plan:
    """Return a plan from 09:00 of a day in November 2026; `text` stands in for every text of the catalogue's acts."""
    facts = load_facts()
    if text:
        hostile, catalogue = Text(ja=text, en=text), facts.catalogue
        facts = replace(
            facts,
            catalogue=replace(
                catalogue,
                items={name: replace(item, title=hostile) for name, item in catalogue.items.items()},
                procedures={
                    name: replace(procedure, title=hostile, how_to=hostile)
                    for name, procedure in catalogue.procedures.items()
                },
                offices={name: replace(office, title=hostile) for name, office in catalogue.offices.items()},
            ),
        )
    start = to_minute(dt.datetime(2026, 11, day, 9))  # noqa: DTZ001 - a wall clock in Japan
    return make_plan(facts, situation, Options(**options), start)  # type: ignore[arg-type]


def parsed(made: Plan, language: str = "en") -> Any:  # noqa: ANN401 - vobject has no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # vobject's own
        return vobject.readOne(plan_calendar(made, language).decode())


def events(made: Plan, language: str = "en") -> list[Any]:
    return list(parsed(made, language).vevent_list)


def by_summary(made: Plan, words: str, language: str = "en") -> Any:  # noqa: ANN401 - vobject has no types
    (event,) = [event for event in events(made, language) if words in event.summary.value]
    return event


# What the events say


@pytest.mark.parametrize(
    ("language", "summaries"),
    [
        (
            "en",
            [
                "マイナンバー総合フリーダイヤル (My Number hotline for lost cards)",
                "Visit 1: 警察署・交番 (police station or koban)",
                "Visit 2: 市区町村の窓口 (city hall where you are registered)",
                "Visit 3: 運転免許センター・試験場 (licence centre)",
                "Expected: マイナンバーカード (My Number Card)",
                "Last day: Reissue of the My Number Card, express (特急発行)",
                "Last day: Claim for a refund (療養費)",
            ],
        ),
        (
            "ja",
            [
                "マイナンバー総合フリーダイヤル(紛失の電話)",
                "窓口1 警察署・交番・駐在所",
                "窓口2 住民登録のある市区町村の窓口",
                "窓口3 運転免許センター・運転免許試験場",
                "届く見込み: マイナンバーカード",
                "期限: マイナンバーカードの再交付(特急発行)",
                "期限: 療養費(払い戻し)の請求",
            ],
        ),
    ],
)
def test_case_1_has_four_visits_an_arrival_and_two_last_days(language: str, summaries: list[str]) -> None:
    found = events(plan(), language)
    assert [event.summary.value for event in found] == summaries
    assert [(str(event.dtstart.value), str(event.dtend.value)) for event in found] == [
        ("2026-11-24 09:00:00+09:00", "2026-11-24 09:10:00+09:00"),
        ("2026-11-24 10:10:00+09:00", "2026-11-24 10:40:00+09:00"),
        ("2026-11-24 11:40:00+09:00", "2026-11-24 13:25:00+09:00"),
        ("2026-11-24 14:25:00+09:00", "2026-11-24 15:55:00+09:00"),
        ("2026-12-01", "2026-12-02"),  # 7 days after the application
        ("2026-12-23", "2026-12-24"),  # the day of the declaration is the first of 30
        ("2028-11-24", "2028-11-25"),
    ]


def test_a_visit_has_what_is_needed_on_the_way() -> None:
    visit = by_summary(plan(), "Visit 3")
    told = visit.description.value
    assert visit.location.value == "運転免許センター・試験場 (licence centre)"
    for words in (
        "A centre in the prefecture of the address on your licence.",
        "reception 09:30-10:30, 14:00-15:00",
        "Call first and ask\n☐ I held only the My Number licence",
        "Bring\n☐ 受理番号 (police receipt number",
        "☐ 旅券 (passport): proof of identity (step 6)",
        "☐ 6. Ordinary licence for someone who held only the My Number licence (about 14:25)",
        "Do not drive there.",
        "Fee: 2,600 yen (inferred).",
        "Based on public information gathered up to ",
    ):
        assert words in told
    hotline = by_summary(plan(), "hotline").description.value
    assert "24 hours\nNumber 0120-95-0178 (Japanese; press 2)\n" in hotline
    assert "________" in by_summary(plan(), "Visit 1").description.value  # room for the receipt number


def test_an_arrival_has_its_range() -> None:
    told = by_summary(plan(), "Expected").description.value
    assert "expected: Tue 1 Dec 2026 (earliest Sun 29 Nov 2026, latest Tue 8 Dec 2026)" in told


def test_a_last_day_says_from_when_it_counts_and_which_step_meets_it() -> None:
    told = by_summary(plan(), "express").description.value
    assert "from Tue 24 Nov 2026 to Wed 23 Dec 2026" in told
    assert "in step 5 on Tue 24 Nov 2026" in told
    refund = by_summary(plan(), "refund").description.value
    assert "Counted from Tue 24 Nov 2026, it runs to Fri 24 Nov 2028." in refund
    assert "two years from the day after you paid" in refund


def test_the_residence_card_is_due_14_days_after_the_loss() -> None:
    due = by_summary(plan(Situation(("residence-card",), have=("passport",))), "Last day")
    assert due.dtstart.value == dt.date(2026, 12, 8)
    assert "residence card" in due.summary.value


def test_a_duty_that_the_plan_cannot_do_has_its_last_day_all_the_same() -> None:
    made = plan(Situation(("residence-card",), how="home"), certainty="confirmed")
    assert made.steps == ()
    due = by_summary(made, "Last day")
    assert due.dtstart.value == dt.date(2026, 12, 8)


def test_a_last_day_on_which_the_counter_is_shut_moves_forward() -> None:
    """Declared on 7 Dec 2026, the 30th day is 5 Jan 2027; on 5 Dec + 29 it would be a Sunday, 3 Jan, still closed."""
    made = plan(day=24)
    (due,) = [due for due in made.deadlines if due.name == "mynacard-express"]
    assert dt.date.fromordinal(due.day) == dt.date.fromordinal(due.rule) == dt.date(2026, 12, 23)
    late = make_plan(load_facts(), CASE_1, Options(), to_minute(dt.datetime(2026, 12, 4, 9)))  # noqa: DTZ001
    (due,) = [due for due in late.deadlines if due.name == "mynacard-express"]
    assert dt.date.fromordinal(due.rule) == dt.date(2027, 1, 2)  # a Saturday in the closed days of the new year
    assert dt.date.fromordinal(due.day) == dt.date(2026, 12, 28)  # the last working day of the old one


@pytest.mark.parametrize(
    ("words", "days"),
    [("express", [7, 1]), ("refund", [30, 7, 1])],  # 30 days before the 29th day lies in the past
)
def test_last_days_ring_at_nine_in_the_morning(words: str, days: list[int]) -> None:
    due = by_summary(plan(), words)
    midnight = dt.datetime.combine(due.dtstart.value, dt.time())
    assert [midnight + alarm.trigger.value for alarm in due.valarm_list] == [
        dt.datetime.combine(due.dtstart.value, dt.time(9)) - dt.timedelta(days=before) for before in days
    ]
    assert {alarm.action.value for alarm in due.valarm_list} == {"DISPLAY"}


def test_only_last_days_ring() -> None:
    ringing = [event.summary.value for event in events(plan()) if hasattr(event, "valarm")]
    assert len(ringing) == 2
    assert all(summary.startswith("Last day: ") for summary in ringing)


def test_what_is_all_day_blocks_no_appointment_and_all_is_private() -> None:
    for event in events(plan()):
        timed = isinstance(event.dtstart.value, dt.datetime)
        assert hasattr(event, "transp") != timed
        assert getattr(event, "class").value == "PRIVATE"


# The form of the file


def test_the_file_is_as_rfc_5545_wants_it() -> None:
    for language in ("ja", "en"):
        raw = plan_calendar(plan(), language)
        assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
        assert raw.endswith(b"\r\nEND:VCALENDAR\r\n")
        lines = raw.split(b"\r\n")
        assert all(len(line) <= 75 for line in lines)
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        for line in lines:
            line.decode("utf-8")  # no character is cut in two
        assert any(line.startswith(b" ") for line in lines)  # the counter-check: something was folded


def test_times_are_in_japan_by_a_zone_that_the_file_defines() -> None:
    text = plan_calendar(plan(), "en").decode()
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "TZID:Asia/Tokyo" in text
    assert re.findall(r"TZOFFSET\w+:(.*)\r", text) == ["+0900", "+0900"]
    assert text.count("DTSTART;TZID=Asia/Tokyo:") == text.count("DTEND;TZID=Asia/Tokyo:") == 4


def test_the_same_plan_gives_the_same_bytes_whatever_the_machine_s_clock_and_zone() -> None:
    arguments = ("plan", *SITUATIONS["case 1"], "--format", "ics")
    first = run(*arguments, TZ="Asia/Tokyo", PYTHONHASHSEED="1")
    assert first.code == 0
    assert first.out == run(*arguments, TZ="America/New_York", PYTHONHASHSEED="2").out
    assert "DTSTAMP:20261124T000000Z" in first.out  # 09:00 in Japan


def test_a_file_and_a_pipe_get_the_same_bytes_in_any_encoding(tmp_path: Path) -> None:
    done = run("plan", *SITUATIONS["case 1"], "--output", "plan.ics", cwd=tmp_path)
    assert (done.code, done.out, done.err) == (0, "", "Written to plan.ics.\n")
    piped = subprocess.run(
        [sys.executable, "-m", "lostcard", "plan", *SITUATIONS["case 1"], "--format", "ics"],
        env=environment(encoding="cp932"),
        capture_output=True,
        check=True,
    )
    assert (tmp_path / "plan.ics").read_bytes() == piped.stdout
    assert b"\r\n" in piped.stdout


@pytest.mark.parametrize("language", ["ja", "en"])
def test_hostile_text_arrives_as_text(language: str) -> None:
    made = plan(text=HOSTILE)
    found = events(made, language)
    assert len(found) == len(events(plan(), language))
    assert found[0].summary.value == HOSTILE
    assert all(HOSTILE in event.description.value for event in found[:4])
    assert found[0].location.value == HOSTILE


def test_what_would_end_a_line_is_spelled_out() -> None:
    found = events(plan(text="a\r\nBEGIN:VEVENT\x1b[31m\u202eb"))
    assert found[0].summary.value == "a\\u000d\\u000aBEGIN:VEVENT\\u001b[31m\\u202eb"
    assert len(found) == 7


# What stays the same event


def uids(made: Plan) -> dict[str, str]:
    return {event.summary.value: event.uid.value for event in events(made)}


@pytest.mark.parametrize("situation", [CASE_1, CASE_2, Situation(("residence-card", "licence"), have=("passport",))])
def test_uids_are_unique_and_tell_nothing(situation: Situation) -> None:
    found = [event.uid.value for event in events(plan(situation))]
    assert len(set(found)) == len(found) > 3
    assert all(re.fullmatch(r"[0-9a-f]{32}@lostcard", uid) for uid in found)


def test_a_later_plan_of_the_same_loss_has_the_same_events_in_a_higher_sequence() -> None:
    early, late = plan(), plan(day=25)
    assert uids(early) == uids(late)
    assert [e.dtstart.value for e in events(early)] != [e.dtstart.value for e in events(late)]
    assert {e.sequence.value for e in events(early)} == {str(int(events(late)[0].sequence.value) - 24 * 60)}
    assert 0 < int(events(late)[0].sequence.value) < 2**31


def test_a_plan_with_other_papers_keeps_what_it_shares() -> None:
    with_passport, without = uids(plan()), uids(plan(CASE_2))
    for summary in ("Expected: マイナンバーカード (My Number Card)", "Last day: Claim for a refund (療養費)"):
        assert with_passport[summary] == without[summary]
    arrivals = [uid for summary, uid in without.items() if summary.startswith("Expected")]
    assert len(set(arrivals)) == 2  # the certificate is posted, too


def test_another_loss_is_another_event() -> None:
    police = "Visit 1: 警察署・交番 (police station or koban)"
    assert uids(plan())[police] != uids(plan(Situation(("residence-card",), have=("passport",))))[police]


# A real calendar


class Khal:
    """The calendar khal with one empty calendar of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calendar = folder / "calendar"
        self.calendar.mkdir()
        (folder / "config").write_text(
            f"""
[calendars]
[[lost]]
path = {self.calendar}
[sqlite]
path = {folder}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Asia/Tokyo
default_timezone = Asia/Tokyo
""",
            encoding="utf-8",
        )

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run(
            [str(Path(sys.executable).with_name("khal")), "-c", str(self.folder / "config"), *arguments],
            env=environment() | {"HOME": str(self.folder), "LANG": "C.UTF-8"},
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        return done.stdout

    def add(self, made: Plan, language: str = "en") -> None:
        file = self.folder / "plan.ics"
        file.write_bytes(plan_calendar(made, language))
        self("import", "--batch", "-a", "lost", str(file))

    def listed(self) -> list[str]:
        shown = self("list", "--day-format", "", "--format", "{start-long} {title}", "2026-11-20", "800d")
        return [line for line in shown.splitlines() if line]


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    return Khal(tmp_path)


CASE_1_LISTED = [
    "2026-11-24 09:00 マイナンバー総合フリーダイヤル (My Number hotline for lost cards)",
    "2026-11-24 10:10 Visit 1: 警察署・交番 (police station or koban)",
    "2026-11-24 11:40 Visit 2: 市区町村の窓口 (city hall where you are registered)",
    "2026-11-24 14:25 Visit 3: 運転免許センター・試験場 (licence centre)",
    "2026-12-01 Expected: マイナンバーカード (My Number Card)",
    "2026-12-23 Last day: Reissue of the My Number Card, express (特急発行)",
    "2028-11-24 Last day: Claim for a refund (療養費)",
]


def test_a_real_calendar_imports_it_twice_without_doubling(khal: Khal) -> None:
    khal.add(plan())
    assert khal.listed() == CASE_1_LISTED
    khal.add(plan())
    assert khal.listed() == CASE_1_LISTED
    assert len(list(khal.calendar.glob("*.ics"))) == 7


def test_a_changed_plan_updates_a_real_calendar(khal: Khal) -> None:
    khal.add(plan())
    khal.add(plan(day=25))  # everything a day later
    assert khal.listed() == [
        line.replace("2026-11-24", "2026-11-25")
        .replace("2026-12-01", "2026-12-02")
        .replace("2026-12-23", "2026-12-24")
        .replace("2028-11-24", "2028-11-25")
        for line in CASE_1_LISTED
    ]


def test_a_real_calendar_shows_the_texts(khal: Khal) -> None:
    khal.add(plan(), "ja")
    shown = khal("list", "--day-format", "", "--format", "{title}|{location}|{description}", "2026-11-24", "1d")
    assert "窓口3 運転免許センター・運転免許試験場|運転免許センター・運転免許試験場|" in shown
    assert "受付 9:30〜10:30、14:00〜15:00" in shown
    assert "☐ 旅券(パスポート): 本人確認(手順6)" in shown
    alarm = khal("list", "--day-format", "", "--format", "{title}{alarm-symbol}", "2026-12-23", "1d")
    assert alarm.strip() == "期限: マイナンバーカードの再交付(特急発行) ⏰"


def test_a_real_calendar_shows_hostile_text_as_text(khal: Khal) -> None:
    khal.add(plan(text=HOSTILE))
    assert khal.listed()[0] == f"2026-11-24 09:00 {HOSTILE}"
