"""Days as numbers: those since 1 January 1970, so that a column of dates is one array."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from domain.pipelines.generation.truth.randomness import Ints

EPOCH = date(1970, 1, 1).toordinal()
HISTORY_MONTHS = 12
"""So far back movements are told one by one; before, balances are carried over."""

SPRING_FESTIVALS = {
    year: date(year, month, day)
    for year, month, day in (
        (2015, 2, 19), (2016, 2, 8), (2017, 1, 28), (2018, 2, 16), (2019, 2, 5), (2020, 1, 25), (2021, 2, 12),
        (2022, 2, 1), (2023, 1, 22), (2024, 2, 10), (2025, 1, 29), (2026, 2, 17), (2027, 2, 6), (2028, 1, 26),
        (2029, 2, 13), (2030, 2, 3), (2031, 1, 23), (2032, 2, 11), (2033, 1, 31), (2034, 2, 19), (2035, 2, 8),
    )
}  # fmt: skip
"""First days of the lunar year (春节)."""

FIRST_AS_OF, LAST_AS_OF = date(2016, 6, 1), date(2035, 12, 31)
"""Business dates whose history lies within the calendar above."""


def number(day: date) -> int:
    """The number of a day."""
    return day.toordinal() - EPOCH


def a_date(day: int) -> date:
    """The day of a number."""
    return date.fromordinal(int(day) + EPOCH)


def years_before(day: int, years: int) -> int:
    """The same day so many years earlier; 29 February becomes the 28th."""
    then = a_date(day)
    return number(date(then.year - years, then.month, min(then.day, 28) if then.month == 2 else then.day))


def month_of(days: Ints) -> Ints:
    """Months since January 1970."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def day_in_month(months: Ints, days_of_month: Ints) -> Ints:
    """Numbers of days from months since January 1970 and days from 1 on; what a month lacks becomes its last day."""
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    last = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) - 1
    return np.minimum(first + days_of_month - 1, last)


@dataclass(frozen=True, slots=True)
class History:
    """The days that movements are told of: from the first of a month to the business date."""

    first: int
    last: int

    @classmethod
    def before(cls, as_of: date) -> "History":
        """The year that ends on `as_of`."""
        month = int(month_of(np.array([number(as_of)]))[0])
        first = np.array([month - HISTORY_MONTHS + 1])
        return cls(int(day_in_month(first, np.array([1]))[0]), number(as_of))

    @property
    def months(self) -> Ints:
        """Its months since January 1970, in order."""
        first, last = month_of(np.array([self.first, self.last]))
        return np.arange(first, last + 1, dtype=np.int64)

    def bonus_month(self) -> int:
        """The month before the Spring Festival within: when bonuses are paid."""
        for festival in SPRING_FESTIVALS.values():
            if self.first <= (day := number(festival)) - 20 <= self.last:
                return int(month_of(np.array([day - 20]))[0])
        return NEVER


NEVER = -1
