"""Days and minutes against a calendar on the wall: every date here was counted by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lostcard.catalogue.compiled import load_facts
from lostcard.planner.clock import DAY, JST, Lead, OpenDays, add_months, day_of, moment, to_minute
from lostcard.planner.problem import MAX, MIN, TYPICAL

CAREFUL = settings(derandomize=True, deadline=None, database=None, max_examples=400)

# Typed from the Cabinet Office's list, so that nothing here rests on the compiled catalogue.
HOLIDAYS = (
    *("2026-09-21", "2026-09-22", "2026-09-23"),  # 敬老の日 (Mon), the day between two holidays, 秋分の日 (Wed)
    *("2026-10-12", "2026-11-03", "2026-11-23"),
    *("2027-01-01", "2027-01-11"),  # Fri, Mon
    *("2027-02-11", "2027-02-23", "2027-03-21", "2027-03-22"),  # Thu, Tue, Sun with its substitute on Mon
    *("2027-04-29", "2027-05-03", "2027-05-04", "2027-05-05"),  # Thu; Mon, Tue, Wed
)
YEAR_END = ((12, 29), (1, 3))


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


OFFICE = OpenDays(weekends=False, holidays=[day(text) for text in HOLIDAYS], closed_spans=[YEAR_END])


def at(text: str) -> int:
    return to_minute(dt.datetime.fromisoformat(f"{text}+09:00"))


def written(minute: int | None) -> str | None:
    return None if minute is None else moment(minute).strftime("%Y-%m-%d %H:%M")


def lead(figure: int, unit: str) -> Lead:
    return Lead((figure, figure, figure), unit, OFFICE if unit == "business_days" else None)


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("2026-09-18", True),  # Friday
        ("2026-09-19", False),  # Saturday
        ("2026-09-20", False),  # Sunday
        ("2026-09-21", False),
        ("2026-09-22", False),  # between two holidays, so one itself
        ("2026-09-23", False),
        ("2026-09-24", True),  # Thursday
        ("2026-12-28", True),  # Monday
        ("2026-12-29", False),
        ("2026-12-31", False),
        ("2027-01-01", False),
        ("2027-01-03", False),
        ("2027-01-04", True),  # Monday
        ("2027-01-11", False),
        ("2027-04-28", True),
        ("2027-04-29", False),
        ("2027-04-30", True),  # Friday
        ("2027-05-02", False),
        ("2027-05-05", False),
        ("2027-05-06", True),  # Thursday
    ],
)
def test_offices_are_open_on_working_days_only(text: str, is_open: bool) -> None:  # noqa: FBT001 - a table's column
    assert (day(text) in OFFICE) is is_open
    assert (day(text) in OFFICE) is is_open, "asked again, the answer is the same"


def test_the_compiled_holidays_are_those_of_the_list() -> None:
    known = load_facts().holidays
    first, last = day("2026-09-01"), day("2027-05-31")
    assert sorted(day(text) for text in HOLIDAYS) == sorted(each for each in known if first <= each <= last)


def test_without_limits_every_day_is_open() -> None:
    every = OpenDays()
    assert all(day("2026-12-25") + number in every for number in range(20))
    assert every.add(day("2026-12-31"), 3) == day("2027-01-03")


def test_weekends_alone_may_be_closed() -> None:
    weekdays = OpenDays(weekends=False)
    week = range(day("2026-12-28"), day("2027-01-04"))  # Monday to Sunday
    assert [each in weekdays for each in week] == [True] * 5 + [False] * 2


def test_a_span_may_lie_within_the_year() -> None:
    summer = OpenDays(closed_spans=[((8, 13), (8, 15))])
    assert [day(f"2026-08-{number}") in summer for number in (12, 13, 14, 15, 16)] == [True, False, False, False, True]


def test_a_span_that_wraps_the_year_closes_both_its_ends_and_nothing_more() -> None:
    open_days = OpenDays(closed_spans=[YEAR_END])
    closed = [each for each in range(day("2026-01-01"), day("2027-12-31") + 1) if each not in open_days]
    assert closed == [
        *range(day("2026-01-01"), day("2026-01-03") + 1),
        *range(day("2026-12-29"), day("2027-01-03") + 1),
        *range(day("2027-12-29"), day("2027-12-31") + 1),
    ]


@pytest.mark.parametrize(
    ("since", "count", "until"),
    [
        ("2026-12-28", 1, "2027-01-04"),  # Mon -> Mon over the year's end
        ("2026-12-28", 2, "2027-01-05"),
        ("2026-12-28", 5, "2027-01-08"),
        ("2026-12-28", 6, "2027-01-12"),  # over 成人の日
        ("2026-12-25", 1, "2026-12-28"),
        ("2026-12-30", 1, "2027-01-04"),  # begun on a closed day
        ("2027-04-28", 1, "2027-04-30"),  # Golden Week
        ("2027-04-28", 2, "2027-05-06"),
        ("2027-04-28", 3, "2027-05-07"),
        ("2027-04-28", 4, "2027-05-10"),
        ("2027-04-30", 1, "2027-05-06"),
        ("2026-09-17", 1, "2026-09-18"),
        ("2026-09-18", 1, "2026-09-24"),  # over five closed days
        ("2026-09-18", 3, "2026-09-28"),
        ("2026-09-22", 1, "2026-09-24"),
        ("2027-03-19", 1, "2027-03-23"),  # a holiday on a Sunday closes the Monday
        ("2026-09-18", 0, "2026-09-18"),
    ],
)
def test_business_days_are_counted_from_the_next_day_and_skip_what_is_closed(
    since: str, count: int, until: str
) -> None:
    assert OFFICE.add(day(since), count) == day(until)


@pytest.mark.parametrize(
    ("since", "months", "until"),
    [
        ("2026-11-24", 1, "2026-12-24"),
        ("2026-11-24", 2, "2027-01-24"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-01-30", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2100-01-31", 1, "2100-02-28"),  # a century is no leap year
        ("2026-12-31", 2, "2027-02-28"),
        ("2027-01-31", 2, "2027-03-31"),  # counted from the day itself, not from 28 February
        ("2027-03-31", 1, "2027-04-30"),
        ("2027-02-28", 1, "2027-03-28"),
        ("2026-11-30", 0, "2026-11-30"),
        ("2026-12-15", 12, "2027-12-15"),
        ("2026-12-15", 13, "2028-01-15"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(since: str, months: int, until: str) -> None:
    assert add_months(day(since), months) == day(until)


@pytest.mark.parametrize(
    ("figure", "unit", "start", "arrives"),
    [
        (30, "minutes", "2026-11-24 09:00", "2026-11-24 09:50"),  # the act ends at 09:20
        (0, "minutes", "2026-11-24 09:00", "2026-11-24 09:20"),
        (120, "minutes", "2026-12-31 23:00", "2027-01-01 01:20"),
        (0, "calendar_days", "2026-11-24 09:00", "2026-11-24 23:59"),
        (1, "calendar_days", "2026-11-24 09:00", "2026-11-25 23:59"),
        (7, "calendar_days", "2026-12-28 16:59", "2027-01-04 23:59"),
        (1, "calendar_days", "2028-02-28 00:00", "2028-02-29 23:59"),
        (3, "weeks", "2026-12-28 09:00", "2027-01-18 23:59"),
        (1, "weeks", "2027-04-29 09:00", "2027-05-06 23:59"),
        (1, "months", "2027-01-31 09:00", "2027-02-28 23:59"),
        (2, "months", "2026-11-24 09:00", "2027-01-24 23:59"),
        (1, "business_days", "2026-12-28 09:00", "2027-01-04 23:59"),
        (5, "business_days", "2026-12-28 09:00", "2027-01-08 23:59"),
        (2, "business_days", "2027-04-28 09:00", "2027-05-06 23:59"),
        (1, "business_days", "2026-09-18 09:00", "2026-09-24 23:59"),
        (1, "business_days", "2026-09-19 09:00", "2026-09-24 23:59"),  # begun online on a Saturday
        (5, "business_days", "2026-09-18 09:00", "2026-09-30 23:59"),
    ],
)
def test_things_arrive_when_the_calendar_says(figure: int, unit: str, start: str, arrives: str) -> None:
    begin = at(start)
    assert written(lead(figure, unit).arrival(TYPICAL, begin, begin + 20)) == arrives


def test_days_run_from_the_day_the_act_began_even_if_it_ends_after_midnight() -> None:
    begin = at("2026-11-24 23:50")
    assert written(lead(1, "calendar_days").arrival(TYPICAL, begin, begin + 20)) == "2026-11-25 23:59"
    assert written(lead(1, "minutes").arrival(TYPICAL, begin, begin + 20)) == "2026-11-25 00:11"


def test_each_scenario_has_its_own_figure() -> None:
    begin = at("2026-11-24 09:00")
    post = Lead((3, 5, 14), "calendar_days", None)
    arrivals = [written(post.arrival(scenario, begin, begin)) for scenario in (MIN, TYPICAL, MAX)]
    assert arrivals == ["2026-11-27 23:59", "2026-11-29 23:59", "2026-12-08 23:59"]


def test_what_is_not_known_has_no_arrival() -> None:
    begin = at("2026-11-24 09:00")
    post = Lead((None, 5, None), "calendar_days", None)
    arrivals = [written(post.arrival(scenario, begin, begin)) for scenario in (MIN, TYPICAL, MAX)]
    assert arrivals == [None, "2026-11-29 23:59", None]
    assert Lead((1, None, 3), "calendar_days", None).departure(begin) < 0, "no act can begin that early"


def test_a_minute_is_a_moment_in_japan() -> None:
    minute = at("2026-11-24 09:05")
    assert moment(minute).isoformat() == "2026-11-24T09:05:00+09:00"
    assert day_of(minute) == day("2026-11-24")
    assert minute - day("2026-11-24") * DAY == 9 * 60 + 5
    assert moment(day("2027-01-01") * DAY - 1).isoformat() == "2026-12-31T23:59:00+09:00"


MOMENTS = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1))  # noqa: DTZ001 - the offset is added below


@CAREFUL
@given(MOMENTS)
def test_a_moment_turned_to_a_minute_and_back_is_the_same_without_its_seconds(when: dt.datetime) -> None:
    local = when.replace(tzinfo=JST)
    assert moment(to_minute(local)) == local.replace(second=0, microsecond=0)


@CAREFUL
@given(st.integers(day("1990-01-01"), day("2090-01-01")), st.integers(0, 60), st.integers(0, 60))
def test_more_months_are_never_earlier_and_a_month_is_28_to_31_days(since: int, fewer: int, more: int) -> None:
    few, many = sorted((fewer, more))
    assert add_months(since, few) <= add_months(since, many)
    assert 28 * many <= add_months(since, many) - since <= 31 * many


DEPARTURE_UNITS = ("minutes", "business_days", "calendar_days", "weeks", "months")


@CAREFUL
@given(
    unit=st.sampled_from(DEPARTURE_UNITS),
    figure=st.integers(0, 24),
    begin=st.integers(at("2026-09-01 00:00"), at("2027-06-01 00:00")),
    takes=st.integers(0, 240),
    slack=st.integers(0, 3 * DAY),
)
def test_what_has_arrived_began_no_later_than_its_departure(
    unit: str, figure: int, begin: int, takes: int, slack: int
) -> None:
    by_post = lead(figure, unit)
    arrival = by_post.arrival(TYPICAL, begin, begin + takes)
    assert arrival is not None
    assert begin <= by_post.departure(arrival + slack)


@CAREFUL
@given(
    unit=st.sampled_from(("calendar_days", "weeks")),
    figure=st.integers(0, 24),
    begin=st.integers(at("2026-09-01 00:00"), at("2027-06-01 00:00")),
)
def test_departure_is_exact_where_days_are_all_alike(unit: str, figure: int, begin: int) -> None:
    """An upper bound could be as large as it likes; where it can be exact it is."""
    by_post = lead(figure, unit)
    arrival = by_post.arrival(TYPICAL, begin, begin)
    assert arrival is not None
    latest = by_post.departure(arrival)
    assert by_post.arrival(TYPICAL, latest, latest) == arrival
    after = by_post.arrival(TYPICAL, latest + 1, latest + 1)
    assert after is not None
    assert after > arrival
