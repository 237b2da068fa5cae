"""Bookings of a block, collected in any order and then added up: no balance falls below zero, every sum is exact."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import NEVER, History, day_in_month
from domain.pipelines.generation.truth.facts import Balances, Movements
from domain.pipelines.generation.truth.randomness import Flags, Floats, Ints
from domain.transaction.model import PaymentPurpose, TransactionOperation

INTEREST = code(PaymentPurpose.INTEREST)
OUTGOING = code(TransactionOperation.OUTGOING_TRANSFER)
OPENS, COMES, GOES, CLOSES = 0, 1, 2, 9
"""Order of bookings of one account and day."""
SETTLEMENT_DAY = 21
SETTLEMENT_MONTHS = (2, 5, 8, 11)
"""March, June, September and December, as months after January: interest is credited four times a year."""


@dataclass(frozen=True, slots=True)
class Lives:
    """What bounds the bookings of accounts, arrays (accounts,), days both ends included.

    opened_on, closed_on  closed_on is NEVER while open
    used_until            last day on which the customer does anything
    is_carried            opened before the history: what was there then is carried over, not booked
    aim                   cents on it when the history or the account begins; more where what follows needs more
    is_exact              the aim is exact: of term deposits and pots
    rate                  interest a year, credited each quarter
    """

    opened_on: Ints
    closed_on: Ints
    used_until: Ints
    is_carried: Flags
    aim: Ints
    is_exact: Flags
    rate: Floats


@dataclass(frozen=True, slots=True)
class Booked:
    """The result: movements, closing balances, and for each account the last of them (NOTHING where there is none)."""

    movements: Movements
    balances: Balances
    balance: Ints
    balance_on: Ints


class Ledger:
    """Takes bookings; those outside of an account's life, or after its customer's last deed, are dropped."""

    def __init__(self, lives: Lives, history: History) -> None:
        self._lives, self._history = lives, history
        # What closed before the history is told of by its last balance alone.
        self._is_past = (lives.closed_on != NEVER) & (lives.closed_on < history.first)
        self._parts: list[tuple[Ints, ...]] = []

    def book(
        self, account: Ints, day: Ints, cents: NDArray[Any], *, operation: int = NOTHING, purpose: int = NOTHING,
        counterparty: Ints | int = NOTHING, by_bank: bool = False, rank: int | None = None,
    ) -> None:  # fmt: skip
        """Book `cents`, below zero where money goes.

        by_bank  also when the customer does nothing any more
        """
        lives = self._lives
        closed = lives.closed_on[account]
        last = np.where(closed == NEVER, self._history.last, closed)
        kept = (day >= lives.opened_on[account]) & (day <= last) & (cents != 0) & ~self._is_past[account]
        if not by_bank:
            kept &= (day <= lives.used_until[account]) & (day >= self._history.first)
        order = np.where(cents > 0, COMES, GOES) if rank is None else np.full(len(day), rank)
        words = (np.full(len(day), operation), np.full(len(day), purpose), np.broadcast_to(counterparty, day.shape))
        columns = (account, day, np.rint(cents).astype(np.int64), order, *words)
        self._parts.append(tuple(column[kept] for column in columns))

    def close(self) -> Booked:
        """Add everything up: opening balances, interest, what is paid out at the end, balances after each booking."""
        carried = self._open()
        self._pay_interest(carried)
        self._pay_out(carried)
        account, day, cents, _, operation, purpose, counterparty = self._sorted()
        after = self._running(account, cents) + carried[account]
        movements = Movements(account, day, cents, after, operation, purpose, counterparty)
        return self._closed(movements, carried)

    def _sorted(self) -> tuple[Ints, ...]:
        columns = tuple(map(np.concatenate, zip(*self._parts, strict=True)))
        order = np.lexsort((columns[3], columns[1], columns[0]))
        self._parts = [tuple(column[order] for column in columns)]
        return self._parts[0]

    @staticmethod
    def _running(account: Ints, cents: Ints) -> Ints:
        """Sums of each account's bookings so far; `account` is in order."""
        total = np.cumsum(cents)
        first = np.searchsorted(account, account, side="left")
        return total - np.where(first > 0, total[first - 1], 0)

    def _open(self) -> Ints:
        """Book what accounts begin with; the cents that are carried over instead, by account."""
        lives, count = self._lives, len(self._lives.aim)
        lowest = np.zeros(count, dtype=np.int64)
        if self._parts:
            account, _, cents, *_ = self._sorted()
            np.minimum.at(lowest, account, self._running(account, cents))
        needed = np.where(lives.is_exact, lives.aim, np.maximum(lives.aim, lives.aim // 8 - lowest))
        booked = np.flatnonzero(~lives.is_carried & ~self._is_past)
        self.book(booked, lives.opened_on[booked], needed[booked], by_bank=True, rank=OPENS)
        return np.where(lives.is_carried & ~self._is_past, needed, 0)

    def _balance_at(self, where: Ints, days: Ints, carried: Ints) -> Ints:
        """Balances of accounts at the end of the days given."""
        account, day, cents, *_ = self._sorted()
        span = 1 << 20
        place = np.searchsorted(account * span + day, where * span + days, side="right") - 1
        is_own = (place >= 0) & (account[np.maximum(place, 0)] == where)
        return carried[where] + np.where(is_own, self._running(account, cents)[np.maximum(place, 0)], 0)

    def _pay_interest(self, carried: Ints) -> None:
        months = self._history.months
        months = months[np.isin(months % 12, SETTLEMENT_MONTHS)]
        days = day_in_month(months, np.full(len(months), SETTLEMENT_DAY))
        accounts = np.flatnonzero(self._lives.rate > 0)
        for day in days[days <= self._history.last]:
            settled = np.full(len(accounts), day)
            balance = self._balance_at(accounts, settled - 1, carried)
            # Interest earns no interest within the year: too little to matter for these rates.
            cents = np.round(balance * self._lives.rate[accounts] / 4).astype(np.int64)
            open_then = (self._lives.closed_on[accounts] == NEVER) | (self._lives.closed_on[accounts] > day)
            cents = np.where(open_then, np.maximum(cents, 0), 0)
            self.book(accounts, settled, cents, purpose=INTEREST, by_bank=True)

    def _pay_out(self, carried: Ints) -> None:
        lives = self._lives
        ends = np.flatnonzero((lives.closed_on != NEVER) & ~self._is_past)
        left = self._balance_at(ends, lives.closed_on[ends], carried)
        self.book(ends, lives.closed_on[ends], -left, operation=OUTGOING, by_bank=True, rank=CLOSES)

    def _closed(self, movements: Movements, carried: Ints) -> Booked:
        """Closing balances: of each day with bookings, and the one day before them that is carried over."""
        lives, count = self._lives, len(self._lives.aim)
        account, day = movements.account, movements.day
        is_last = np.ones(len(account), dtype=np.bool_)
        is_last[:-1] = (account[1:] != account[:-1]) | (day[1:] != day[:-1])
        told = np.flatnonzero(lives.is_carried | self._is_past)
        # Some day of the weeks before, so that not all accounts moved on the same one.
        before = np.maximum(self._history.first - 1 - (told * 7919) % 25, lives.opened_on[told])
        before = np.where(self._is_past[told], lives.closed_on[told], before)
        accounts = np.concatenate([told, account[is_last]])
        days = np.concatenate([before, day[is_last]])
        cents = np.concatenate([carried[told], movements.after[is_last]])
        order = np.lexsort((days, accounts))
        balances = Balances(accounts[order], days[order], cents[order])
        last = np.searchsorted(balances.account, np.arange(count), side="right") - 1
        has = (
            (last >= 0) & (balances.account[np.maximum(last, 0)] == np.arange(count))
            if len(order)
            else np.zeros(count, bool)
        )
        balance = np.where(has, balances.cents[last], NOTHING)
        return Booked(movements, balances, balance, np.where(has, balances.day[last], NOTHING))
