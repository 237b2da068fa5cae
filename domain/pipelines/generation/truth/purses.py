"""Persons with a current account, as every question about their money meets them; and the words of bookings."""

from dataclasses import dataclass

import numpy as np

from domain.pipelines.generation.truth.codes import code
from domain.pipelines.generation.truth.days import day_in_month
from domain.pipelines.generation.truth.randomness import Chance, Floats, Ints
from domain.transaction.model import PaymentPurpose, TransactionOperation

DEPOSIT = code(TransactionOperation.CASH_DEPOSIT)
WITHDRAWAL = code(TransactionOperation.CASH_WITHDRAWAL)
BY_CARD = code(TransactionOperation.CARD_WITHDRAWAL)
INCOMING = code(TransactionOperation.INCOMING_TRANSFER)
OUTGOING = code(TransactionOperation.OUTGOING_TRANSFER)
HOUSEHOLD = code(PaymentPurpose.HOUSEHOLD)
INSURANCE = code(PaymentPurpose.INSURANCE)
INTEREST = code(PaymentPurpose.INTEREST)
SALARY = code(PaymentPurpose.SALARY)
PENSION = code(PaymentPurpose.PENSION)
LOAN_PAYMENT = code(PaymentPurpose.LOAN_PAYMENT)
FEE = code(PaymentPurpose.STATEMENT_FEE)


@dataclass(frozen=True, slots=True)
class Purses:
    """Arrays (purses,): places of persons and of their accounts; and the months of the history."""

    chance: Chance
    person: Ints
    account: Ints
    months: Ints

    def each_month(self, rows: Ints, day_of_month: Ints, *, spread: int = 0) -> tuple[Ints, Ints, Ints]:
        """For the purses `rows` and all months: the row, the day and the month of each."""
        count = len(self.months)
        row, month = np.repeat(rows, count), np.tile(self.months, len(rows))
        day = np.repeat(day_of_month, count)
        if spread:
            day = day + self.chance.integers(0, spread + 1, len(day))
        return row, day_in_month(month, day), month

    def some_days(self, rate: Floats, *, by_month: Floats | None = None) -> tuple[Ints, Ints]:
        """Days at random, `rate` (purses,) a month: the row and the day of each."""
        season = np.ones(len(self.months)) if by_month is None else by_month
        count = self.chance.poisson(rate[:, None] * season[None, :])
        row = np.repeat(np.arange(len(rate)), count.sum(axis=1))
        month = np.repeat(np.tile(self.months, len(rate)), count.ravel())
        return row, day_in_month(month, self.chance.integers(1, 32, len(row)))
