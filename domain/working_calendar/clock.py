"""Counting working time: how much lies between two instants, when so much of it has passed; and working days."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from domain.working_calendar.model import Calendar

NO_TIME = timedelta()


def working_time_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Working time from one instant to a later one. Raises ValueError where it is none."""
    if end < start:
        raise ValueError("time runs forward")
    total = NO_TIME
    for begins, ends in _intervals(calendar, start):
        if begins >= end:
            break
        total += min(ends, end) - begins
    return total


def after_working_time(calendar: Calendar, start: datetime, duration: timedelta) -> datetime:
    """The first instant, in UTC, by which so much working time has passed since `start`; `start` where that is none.

    A deadline of the whole rest of a day is that day's end, not the next one's beginning.
    raises  ValueError for less than no time
    """
    if duration < NO_TIME:
        raise ValueError("time runs forward")
    if duration == NO_TIME:
        return start.astimezone(UTC)
    left = duration
    for begins, ends in _intervals(calendar, start):
        if left <= ends - begins:
            return begins + left
        left -= ends - begins
    raise AssertionError("days do not end")


def working_days_between(calendar: Calendar, after: date, until: date) -> int:
    """How many days with working hours lie after one date and not after the other."""
    if until <= after:
        return 0
    weeks, rest = divmod((until - after).days, 7)
    usual = weeks * sum(map(bool, calendar.week))
    usual += sum(bool(calendar.week[(after.weekday() + day) % 7]) for day in range(1, rest + 1))
    differing = (day for day in calendar.days if after < day <= until)
    return usual + sum(bool(calendar.days[day]) - bool(calendar.week[day.weekday()]) for day in differing)


def _intervals(calendar: Calendar, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """What is left of the day of `start`, and every interval after it."""
    if not any(calendar.week):
        raise ValueError("a calendar has working hours on some weekday")
    day, earliest = start.astimezone(calendar.zone).date(), start.astimezone(UTC)
    while True:
        for begins, ends in calendar.intervals_on(day):
            # Where clocks are put forward, an interval may lie in the hour that there is not.
            begins = max(begins, earliest)
            if begins < ends:
                yield begins, ends
                earliest = ends
        day += timedelta(days=1)
