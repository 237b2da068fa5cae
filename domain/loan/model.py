"""Words and rules of loans."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class LoanState(StrEnum):
    """How a loan stands."""

    RUNNING = "running, payments on time"
    IN_ARREARS = "running, the customer is in debt (逾期)"
    REPAID = "finished and paid"
    DEFAULTED = "finished, not paid"


@dataclass(frozen=True, slots=True)
class Instalment:
    """One agreed payment of a loan."""

    number: int
    due_on: date
    amount: Decimal


def schedule(*, granted_on: date, term_months: int, instalment: Decimal) -> list[Instalment]:
    """The agreed payments: one a month, on the day of granting or the month's last day before it."""
    return [
        Instalment(number=number, due_on=_months_after(granted_on, number), amount=instalment)
        for number in range(1, term_months + 1)
    ]


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
