"""Words of working calendars, and the hours of each day that they come down to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONGEST_NAME = 100
MOST_INTERVALS = 6
DAY = 24 * 60
WRITTEN = re.compile(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)", re.ASCII)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Columns of the weekly hours, in the order of `date.weekday`."""

Hours = tuple[tuple[int, int], ...]
"""Intervals of a day in minutes after midnight, from when until before when, in order and apart."""


class CalendarDayKind(StrEnum):
    """How a day differs from its weekday."""

    HOLIDAY = "nobody works (放假)"
    WORKING_DAY = "people work (上班): at a weekend that was moved (调休), or at other hours"


OFFICE_HOURS = ("09:00-17:30",)
USUAL_WEEK: tuple[Sequence[str], ...] = (OFFICE_HOURS,) * 5 + ((),) * 2
"""Weekly hours of a bank that has said nothing else, Monday first."""


class HoursError(ValueError):
    """Hours that are none; the message says how hours are written."""


def hours_of(written: Iterable[str]) -> Hours:
    """Hours as clients write them: `09:00-12:00`, `13:30-17:30`. Raises HoursError."""
    hours: list[tuple[int, int]] = []
    for text in written:
        found = WRITTEN.fullmatch(text)
        if found is None:
            raise HoursError("Hours are written as 09:00-17:30.")
        begin_hour, begin_minute, end_hour, end_minute = map(int, found.groups())
        begin, end = begin_hour * 60 + begin_minute, end_hour * 60 + end_minute
        if not begin < end <= DAY:
            raise HoursError("Hours end after they begin, at 24:00 at the latest.")
        if hours and begin <= hours[-1][1]:
            raise HoursError("Hours of a day are written in order, each after the end of those before.")
        hours.append((begin, end))
    if len(hours) > MOST_INTERVALS:
        raise HoursError(f"A day has {MOST_INTERVALS} intervals at most.")
    return tuple(hours)


def hours_of_day(kind: CalendarDayKind, own: Hours, week: Sequence[Hours]) -> Hours:
    """Hours of a day that differs: its own; a working day without any has those of the week's first day with some."""
    if kind is CalendarDayKind.HOLIDAY:
        return ()
    return own or next((hours for hours in week if hours), ())


@dataclass(frozen=True, slots=True)
class Calendar:
    """When people work somewhere.

    zone   the bank's clock
    week   hours by weekday, Monday first; some day has some
    days   hours of the days that differ
    """

    zone: ZoneInfo
    week: Sequence[Hours]
    days: Mapping[date, Hours]

    def hours_on(self, day: date) -> Hours:
        """The day's hours."""
        return self.days.get(day, self.week[day.weekday()])

    def intervals_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The same as instants in UTC: lengths are what a stopwatch shows, whatever is done to clocks."""
        return [(self._instant(day, begin), self._instant(day, end)) for begin, end in self.hours_on(day)]

    def _instant(self, day: date, minutes: int) -> datetime:
        midnight = datetime.combine(day, time(), self.zone)
        return (midnight + timedelta(minutes=minutes)).astimezone(UTC)


def usual_calendar(zone: ZoneInfo) -> Calendar:
    """That of a bank that has said nothing else."""
    return Calendar(zone, [hours_of(written) for written in USUAL_WEEK], {})
