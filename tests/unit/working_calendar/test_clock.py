"""Working time: counted, added, and the same both ways, whatever the hours, the holidays and the clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.pipelines.generation.truth.days import SPRING_FESTIVALS
from domain.working_calendar.clock import after_working_time, working_days_between, working_time_between
from domain.working_calendar.model import (
    Calendar,
    CalendarDayKind,
    Hours,
    HoursError,
    hours_of,
    hours_of_day,
    usual_calendar,
)
from domain.working_calendar.notices import PUBLISHED, days_by_law, published_days

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
WEEK = usual_calendar(SHANGHAI).week
NOTICES = {
    day.falls_on: hours_of_day(day.kind, (), WEEK) for year in PUBLISHED for day in published_days(year)
}  # fmt: skip
BANK = Calendar(SHANGHAI, WEEK, NOTICES)


def _hours(most: int = 3) -> st.SearchStrategy[Hours]:
    """Up to so many intervals."""
    edges = st.lists(st.integers(0, 24 * 60), min_size=2 * most, max_size=2 * most, unique=True).map(sorted)
    count = st.integers(0, most)
    return st.tuples(edges, count).map(lambda drawn: tuple(zip(drawn[0][::2], drawn[0][1::2], strict=True))[: drawn[1]])


def _has_two_hours(week: list[Hours]) -> bool:
    """So that what is added passes within weeks."""
    return sum(end - begin for hours in week for begin, end in hours) >= 120


FEW = settings(max_examples=50, deadline=None)
DAYS = st.dates(date(2026, 3, 20), date(2026, 4, 10))
CALENDARS = st.builds(
    Calendar, st.sampled_from([SHANGHAI, BERLIN]), st.lists(_hours(), min_size=7, max_size=7).filter(_has_two_hours),
    st.dictionaries(DAYS, _hours(), max_size=5),
)  # fmt: skip
INSTANTS = st.datetimes(datetime(2026, 3, 25), datetime(2026, 4, 5), timezones=st.just(UTC))
DURATIONS = st.timedeltas(timedelta(), timedelta(hours=30))


def at(text: str) -> datetime:
    """An instant on the bank's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("opened", "hours", "due"),
    [
        ("2026-11-24 10:00", 4, "2026-11-24 14:00"),
        # The whole rest of a day ends with it.
        ("2026-11-24 10:00", 7.5, "2026-11-24 17:30"),
        ("2026-11-24 10:00", 8, "2026-11-25 09:30"),
        # Before, after and between hours nothing runs.
        ("2026-11-24 03:00", 1, "2026-11-24 10:00"),
        ("2026-11-24 17:30", 1, "2026-11-25 10:00"),
        ("2026-11-27 17:00", 8, "2026-11-30 16:30"),
        # The National Day, and the Saturday that is worked for it.
        ("2026-09-30 17:00", 1, "2026-10-08 09:30"),
        ("2026-10-09 17:00", 8, "2026-10-10 16:30"),
        ("2026-02-13 16:30", 9.5, "2026-02-14 17:30"),
        ("2026-02-14 17:00", 1, "2026-02-24 09:30"),
        ("2026-11-24 10:00", 0, "2026-11-24 10:00"),
    ],
)
def test_time_runs_while_the_bank_works(opened: str, hours: float, due: str):
    assert after_working_time(BANK, at(opened), timedelta(hours=hours)) == at(due)
    assert working_time_between(BANK, at(opened), at(due)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("after", "until", "count"),
    [
        ("2026-10-30", "2026-10-31", 0),
        ("2026-10-29", "2026-10-30", 1),
        ("2026-10-23", "2026-10-30", 5),
        ("2026-10-24", "2026-10-26", 1),
        ("2026-09-30", "2026-10-11", 3),
        ("2026-06-01", "2026-10-31", 104),
        ("2026-11-23", "2026-10-31", 0),
    ],
)
def test_working_days_are_those_with_hours(after: str, until: str, count: int):
    assert working_days_between(BANK, date.fromisoformat(after), date.fromisoformat(until)) == count


@FEW
@given(CALENDARS, DAYS, DAYS)
def test_working_days_are_counted_one_by_one(calendar: Calendar, one: date, other: date):
    after, until = sorted((one, other))
    days = (after + timedelta(days=day) for day in range(1, (until - after).days + 1))
    assert working_days_between(calendar, after, until) == sum(bool(calendar.hours_on(day)) for day in days)


def test_an_hour_is_an_hour_where_clocks_are_put_forward_and_back():
    every_night = Calendar(BERLIN, [((0, 6 * 60),)] * 7, {})
    forward, back = datetime(2026, 3, 29, tzinfo=BERLIN), datetime(2026, 10, 25, tzinfo=BERLIN)
    day = timedelta(hours=12)
    assert working_time_between(every_night, forward, forward + day) == timedelta(hours=5)
    assert working_time_between(every_night, back, back + day) == timedelta(hours=7)


@FEW
@given(CALENDARS, INSTANTS, DURATIONS)
def test_what_is_added_is_what_lies_between(calendar: Calendar, start: datetime, duration: timedelta):
    end = after_working_time(calendar, start, duration)
    assert working_time_between(calendar, start, end) == duration
    # Not an instant too late.
    earlier = end - timedelta(microseconds=1)
    assert earlier < start or working_time_between(calendar, start, earlier) < duration or duration == timedelta()


@FEW
@given(CALENDARS, INSTANTS, DURATIONS, DURATIONS)
def test_time_adds_up(calendar: Calendar, start: datetime, first: timedelta, second: timedelta):
    assert after_working_time(calendar, after_working_time(calendar, start, first), second) == after_working_time(
        calendar, start, first + second
    ) or second == timedelta()  # fmt: skip


@FEW
@given(CALENDARS, INSTANTS, INSTANTS, INSTANTS)
def test_parts_make_the_whole(calendar: Calendar, one: datetime, other: datetime, third: datetime):
    first, middle, last = sorted((one, other, third))
    parts = working_time_between(calendar, first, middle) + working_time_between(calendar, middle, last)
    assert parts == working_time_between(calendar, first, last) <= last - first


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (["9:00-17:30"], "written as 09:00-17:30"),
        (["09:00-17:60"], "written as 09:00-17:30"),
        (["17:30-09:00"], "end after they begin"),
        (["09:00-24:01"], "at 24:00 at the latest"),
        (["09:00-12:00", "12:00-13:00"], "each after the end"),
        (["13:00-14:00", "09:00-12:00"], "each after the end"),
        ([f"0{hour}:00-0{hour}:30" for hour in range(7)], "6 intervals at most"),
    ],
)
def test_hours_that_are_none_are_refused(written: list[str], message: str):
    with pytest.raises(HoursError, match=message):
        hours_of(written)


def test_a_day_has_its_own_hours_else_those_of_the_first_weekday_with_any():
    weekends = [(), (), (), (), (), *[hours_of(["10:00-16:00"])] * 2]
    assert hours_of_day(CalendarDayKind.WORKING_DAY, (), weekends) == ((600, 960),)
    assert hours_of_day(CalendarDayKind.WORKING_DAY, ((0, 1440),), weekends) == ((0, 1440),)
    assert hours_of_day(CalendarDayKind.HOLIDAY, (), weekends) == ()


def test_a_calendar_in_which_nobody_works_is_refused():
    with pytest.raises(ValueError, match="on some weekday"):
        after_working_time(Calendar(SHANGHAI, [()] * 7, {}), at("2026-11-24 10:00"), timedelta(hours=1))


@pytest.mark.parametrize("year", PUBLISHED)
def test_notices_move_weekends_and_name_each_day_once(year: int):
    days = published_days(year)
    assert len({day.falls_on for day in days}) == len(days)
    for day in days:
        assert day.kind is CalendarDayKind.HOLIDAY or day.falls_on.weekday() >= 5
    # The law gives 11 days, 13 since 2025, and makes up for those at weekends; others are worked for at weekends.
    off = sum(day.kind is CalendarDayKind.HOLIDAY and day.falls_on.weekday() < 5 for day in days)
    worked = sum(day.kind is CalendarDayKind.WORKING_DAY for day in days)
    assert off - worked == (13 if year >= 2025 else 11)
    named = {day.falls_on for day in days if day.kind is CalendarDayKind.HOLIDAY}
    assert named >= {day.falls_on for day in days_by_law(year, SPRING_FESTIVALS[year])}


def test_a_year_without_a_notice_has_the_days_of_the_law():
    assert published_days(2030) == []
    days = [f"{day.falls_on:%m-%d} {day.name}" for day in days_by_law(2030, SPRING_FESTIVALS[2030])]
    assert days == [
        "01-01 元旦", "02-02 春节", "02-03 春节", "02-04 春节", "02-05 春节", "04-05 清明节", "05-01 劳动节",
        "05-02 劳动节", "10-01 国庆节", "10-02 国庆节", "10-03 国庆节",
    ]  # fmt: skip
    assert len(days_by_law(2020, SPRING_FESTIVALS[2020])) == 9
