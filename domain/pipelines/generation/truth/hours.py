"""When the bank works: its calendars, and working time by them for whole columns of instants at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np

from domain.branch.model import BranchLevel
from domain.pipelines.generation.truth.days import SPRING_FESTIVALS, History, a_date
from domain.pipelines.generation.truth.moments import at
from domain.pipelines.generation.truth.organisation import Office
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.randomness import Flags, Ints
from domain.shared.priority import Priority
from domain.ticket.model import TIME_TO_ANSWER
from domain.working_calendar.model import USUAL_WEEK, Calendar, hours_of, hours_of_day
from domain.working_calendar.notices import PUBLISHED, NoticedDay, days_by_law, published_days

TIME_ZONE = "Asia/Shanghai"
STANDARD, OF_OUTLETS = range(2)
NAMES = ("标准工作日历", "网点工作日历")
WEEKS: tuple[Sequence[Sequence[str]], ...] = (USUAL_WEEK, (*(("09:00-17:00",),) * 5, ("09:00-16:00",), ()))
"""Weekly hours of both; outlets are open on Saturdays."""
NOTICED_FROM = 11
"""The month in which the next year's notice comes out."""
BEFORE, AFTER = 40, 150
"""Days around the history in which something may begin or be due."""

ALLOWED = np.array([int(TIME_TO_ANSWER[priority].time.total_seconds()) for priority in Priority])
IN_WORKING_TIME = np.array([TIME_TO_ANSWER[priority].is_working_time for priority in Priority])


def noticed_days(plan: Plan) -> list[NoticedDay]:
    """Days that differ in the years of the history, and in the next one once that is known."""
    first, last = a_date(plan.history.first).year, plan.as_of.year
    is_noticed = plan.as_of.month >= NOTICED_FROM and last + 1 in PUBLISHED
    years = range(first, last + 1 + is_noticed)
    return [
        day
        for year in years
        for day in (published_days(year) if year in PUBLISHED else days_by_law(year, SPRING_FESTIVALS[year]))
    ]


def calendar_of(office: Office) -> int:
    """Which calendar an office keeps."""
    return OF_OUTLETS if office.level is BranchLevel.OUTLET else STANDARD


def calendars(plan: Plan) -> tuple[Calendar, ...]:
    """Both, as rules count with them."""
    zone, noticed = ZoneInfo(TIME_ZONE), noticed_days(plan)
    made = []
    for written in WEEKS:
        week = [hours_of(hours) for hours in written]
        made.append(Calendar(zone, week, {day.falls_on: hours_of_day(day.kind, (), week) for day in noticed}))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Intervals:
    """Arrays (intervals,): when working time begins and ends, in order, and how many seconds of it lie before each."""

    begins: Ints
    ends: Ints
    before: Ints

    @classmethod
    def of(cls, calendar: Calendar, history: History) -> "Intervals":
        """A calendar's within the history and some time around it."""
        day, last = a_date(history.first - BEFORE), a_date(history.last + AFTER)
        found: list[tuple[int, int]] = []
        while day <= last:
            found += [(int(begin.timestamp()), int(end.timestamp())) for begin, end in calendar.intervals_on(day)]
            day += timedelta(days=1)
        begins, ends = np.array(found, dtype=np.int64).T
        return cls(begins, ends, np.concatenate([[0], np.cumsum(ends - begins)[:-1]]))

    def after(self, moment: Ints, seconds: Ints) -> Ints:
        """The instants by which so much working time has passed, at least a second; as `after_working_time` says."""
        at_or_next = np.searchsorted(self.ends, moment, side="right")
        wanted = self.before[at_or_next] + np.maximum(moment - self.begins[at_or_next], 0) + seconds
        within = np.searchsorted(self.before + self.ends - self.begins, wanted, side="left")
        return self.begins[within] + wanted - self.before[within]

    def last_end(self, day: Ints) -> Ints:
        """The end of the last working day on each day or before it."""
        return self.ends[np.searchsorted(self.ends, at(day + 1, 0), side="right") - 1]


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Working time of every office; `kept` says by its place which intervals are an office's."""

    intervals: tuple[Intervals, ...]
    kept: Ints

    @classmethod
    def of(cls, plan: Plan, offices: Sequence[Office]) -> "WorkingTime":
        """That of a bank."""
        return cls(
            tuple(Intervals.of(calendar, plan.history) for calendar in calendars(plan)),
            np.array([calendar_of(office) for office in offices], dtype=np.int64),
        )

    def answered_by(self, office: Ints, priority: Ints, opened_at: Ints) -> Ints:
        """When tickets are due that offices are to answer."""
        due = opened_at + ALLOWED[priority]
        for number, rows in self._by_calendar(office):
            rows &= IN_WORKING_TIME[priority]
            due[rows] = self.intervals[number].after(opened_at[rows], ALLOWED[priority[rows]])
        return due

    def done_by(self, office: Ints, day: Ints, *, not_before: Ints) -> Ints:
        """When is due what is to be done by a day: at the end of the last working day until then. Where nobody works
        from `not_before` on, whoever is on duty does it by five o'clock of the day itself.
        """
        due = at(day, 17)
        for number, rows in self._by_calendar(office):
            last = self.intervals[number].last_end(day[rows])
            due[rows] = np.where(last >= at(not_before[rows], 0), last, due[rows])
        return due

    def _by_calendar(self, office: Ints) -> list[tuple[int, Flags]]:
        kept = self.kept[office]
        return [(number, kept == number) for number in range(len(self.intervals))]
