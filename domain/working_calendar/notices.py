"""Public holidays of China: what the State Council published year by year, and what the law fixes for other years.

source  国务院办公厅关于部分节假日安排的通知: 国办发明电〔2021〕11号 for 2022, 〔2022〕16号 for 2023,
        〔2023〕7号 for 2024, 〔2024〕12号 for 2025, 〔2025〕7号 for 2026; 全国年节及纪念日放假办法, in the
        wording of 2013, and in that of 2024 since 2025
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.working_calendar.model import CalendarDayKind

NEW_YEAR, SPRING, TOMBS, LABOUR, BOATS, MOON, NATIONAL = (
    "元旦",
    "春节",
    "清明节",
    "劳动节",
    "端午节",
    "中秋节",
    "国庆节",
)
BOTH = "国庆节、中秋节"
LAW_OF_2024 = 2025
"""From this year on the eve of the Spring Festival and 2 May are holidays, too."""


@dataclass(frozen=True, slots=True)
class NoticedDay:
    """A day that differs from its weekday throughout the country."""

    falls_on: date
    kind: CalendarDayKind
    name: str


@dataclass(frozen=True, slots=True)
class _Festival:
    """From which day for how many days nobody works, and which days of weekends are worked instead."""

    name: str
    begins_on: date
    days: int
    instead: tuple[date, ...] = ()

    def told(self) -> Iterator[NoticedDay]:
        for after in range(self.days):
            yield NoticedDay(self.begins_on + timedelta(days=after), CalendarDayKind.HOLIDAY, self.name)
        for day in self.instead:
            yield NoticedDay(day, CalendarDayKind.WORKING_DAY, f"{self.name}调休")


def _festival(name: str, begins_on: str, days: int, *instead: str) -> _Festival:
    return _Festival(name, date.fromisoformat(begins_on), days, tuple(map(date.fromisoformat, instead)))


PUBLISHED = {
    2022: (
        _festival(NEW_YEAR, "2022-01-01", 3),
        _festival(SPRING, "2022-01-31", 7, "2022-01-29", "2022-01-30"),
        _festival(TOMBS, "2022-04-03", 3, "2022-04-02"),
        _festival(LABOUR, "2022-04-30", 5, "2022-04-24", "2022-05-07"),
        _festival(BOATS, "2022-06-03", 3),
        _festival(MOON, "2022-09-10", 3),
        _festival(NATIONAL, "2022-10-01", 7, "2022-10-08", "2022-10-09"),
    ),
    2023: (
        _festival(NEW_YEAR, "2022-12-31", 3),
        _festival(SPRING, "2023-01-21", 7, "2023-01-28", "2023-01-29"),
        _festival(TOMBS, "2023-04-05", 1),
        _festival(LABOUR, "2023-04-29", 5, "2023-04-23", "2023-05-06"),
        _festival(BOATS, "2023-06-22", 3, "2023-06-25"),
        _festival(BOTH, "2023-09-29", 8, "2023-10-07", "2023-10-08"),
    ),
    2024: (
        # With the weekend before it, of which nothing needs saying.
        _festival(NEW_YEAR, "2024-01-01", 1),
        _festival(SPRING, "2024-02-10", 8, "2024-02-04", "2024-02-18"),
        _festival(TOMBS, "2024-04-04", 3, "2024-04-07"),
        _festival(LABOUR, "2024-05-01", 5, "2024-04-28", "2024-05-11"),
        _festival(BOATS, "2024-06-10", 1),
        _festival(MOON, "2024-09-15", 3, "2024-09-14"),
        _festival(NATIONAL, "2024-10-01", 7, "2024-09-29", "2024-10-12"),
    ),
    2025: (
        _festival(NEW_YEAR, "2025-01-01", 1),
        _festival(SPRING, "2025-01-28", 8, "2025-01-26", "2025-02-08"),
        _festival(TOMBS, "2025-04-04", 3),
        _festival(LABOUR, "2025-05-01", 5, "2025-04-27"),
        _festival(BOATS, "2025-05-31", 3),
        _festival(BOTH, "2025-10-01", 8, "2025-09-28", "2025-10-11"),
    ),
    2026: (
        _festival(NEW_YEAR, "2026-01-01", 3, "2026-01-04"),
        _festival(SPRING, "2026-02-15", 9, "2026-02-14", "2026-02-28"),
        _festival(TOMBS, "2026-04-04", 3),
        _festival(LABOUR, "2026-05-01", 5, "2026-05-09"),
        _festival(BOATS, "2026-06-19", 3),
        _festival(MOON, "2026-09-25", 3),
        _festival(NATIONAL, "2026-10-01", 7, "2026-09-20", "2026-10-10"),
    ),
}
"""By the year of the notice; its first days may lie in the year before."""


def published_days(year: int) -> list[NoticedDay]:
    """The days of a year's notice in order; none where it is not known here."""
    return _in_order(PUBLISHED.get(year, ()))


def days_by_law(year: int, spring_festival: date) -> list[NoticedDay]:
    """What the law fixes for a year without a notice: no working weekends, and neither 端午节 nor 中秋节.

    spring_festival  the first day of its lunar year
    """
    since_2024 = year >= LAW_OF_2024
    return _in_order(
        (
            _Festival(NEW_YEAR, date(year, 1, 1), 1),
            _Festival(SPRING, spring_festival - timedelta(days=since_2024), 3 + since_2024),
            _Festival(TOMBS, date(year, 4, _tombs(year)), 1),
            _Festival(LABOUR, date(year, 5, 1), 1 + since_2024),
            _Festival(NATIONAL, date(year, 10, 1), 3),
        )
    )


def _tombs(year: int) -> int:
    """The day of April on which the sun reaches 15 degrees, in the years 2000 to 2099."""
    in_century = year % 100
    return int(in_century * 0.2422 + 4.81) - in_century // 4


def _in_order(festivals: tuple[_Festival, ...]) -> list[NoticedDay]:
    return sorted((day for festival in festivals for day in festival.told()), key=lambda day: day.falls_on)
