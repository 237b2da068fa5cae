"""What a cell of the files may hold, and its value. Reasons never repeat a cell: it may be somebody's."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from domain.customer.model import Sex
from domain.pipelines.ingestion.berka.codes import OPERATIONS
from domain.transaction.model import TransactionOperation

BLANKS = ("", " ")
CENTURY = 1900
MONTHS_ADDED_FOR_WOMEN = 50

_KEY = re.compile(r"[1-9][0-9]{0,8}")
_MONEY = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,2})?")
_DAY = re.compile(r"[0-9]{6}")
_DAY_AND_TIME = re.compile(r"[0-9]{6}( [0-9]{2}:[0-9]{2}:[0-9]{2})?")
_BANK = re.compile(r"[A-Z]{2}")
_ACCOUNT = re.compile(r"[0-9]{1,16}")


class CellRefused(ValueError):
    """A cell that cannot be used; the message says what was expected."""


def key(cell: str) -> int:
    """A key of the bank's: a whole number without leading zeros."""
    if not _KEY.fullmatch(cell):
        raise CellRefused("expected a whole number from 1 to 999999999")
    return int(cell)


def text(cell: str) -> str:
    """A name."""
    if not cell.strip() or not cell.isprintable():
        raise CellRefused("expected a name")
    return cell.strip()


def money(cell: str) -> Decimal:
    """CZK, of either sign."""
    if not _MONEY.fullmatch(cell):
        raise CellRefused("expected an amount such as 1200.50")
    return Decimal(cell)


def amount(cell: str) -> Decimal:
    """CZK, not negative."""
    if cell.startswith("-"):
        raise CellRefused("expected an amount that is not negative")
    return money(cell)


def months(cell: str) -> int:
    """A duration."""
    if not _KEY.fullmatch(cell) or int(cell) > 600:
        raise CellRefused("expected a number of months from 1 to 600")
    return int(cell)


@lru_cache(maxsize=8192)
def day(cell: str) -> date:
    """A date written YYMMDD."""
    if not _DAY.fullmatch(cell):
        raise CellRefused("expected a date as YYMMDD")
    return _date(cell, month=int(cell[2:4]))


def day_and_time(cell: str) -> date:
    """The date of an instant written YYMMDD hh:mm:ss."""
    if not _DAY_AND_TIME.fullmatch(cell):
        raise CellRefused("expected a date as YYMMDD 00:00:00")
    return day(cell[:6])


def birth_number(cell: str) -> str:
    """A birth number, checked."""
    born_on(cell)
    return cell


def born_on(cell: str) -> date:
    """The birth date that a birth number holds."""
    if not _DAY.fullmatch(cell):
        raise CellRefused("expected a birth number of six digits")
    month = int(cell[2:4])
    return _date(cell, month=month - MONTHS_ADDED_FOR_WOMEN if month > MONTHS_ADDED_FOR_WOMEN else month)


def sex(cell: str) -> str:
    """The sex that a birth number holds."""
    return Sex.FEMALE.name if int(cell[2:4]) > MONTHS_ADDED_FOR_WOMEN else Sex.MALE.name


def code(names: Mapping[str, Enum]) -> Callable[[str], str]:
    """One of the codes in `names`."""
    known = {cell: name.name for cell, name in names.items()}

    def read(cell: str) -> str:
        if cell not in known:
            raise CellRefused(f"expected one of {', '.join(known)}")
        return known[cell]

    return read


def code_or_blank(names: Mapping[str, Enum]) -> Callable[[str], str | None]:
    """One of the codes in `names`, or none."""
    known = code(names)
    return lambda cell: None if cell in BLANKS else known(cell)


def operation(cells: tuple[str, str]) -> str | None:
    """How money moved, from type and operation; the old type VYBER says it alone."""
    type_, cell = cells
    if cell in BLANKS:
        return TransactionOperation.CASH_WITHDRAWAL.name if type_ == "VYBER" else None
    return _operation(cell)


def bank(cell: str) -> str:
    """Another bank's code of two letters."""
    if not _BANK.fullmatch(cell):
        raise CellRefused("expected a bank code of two letters")
    return cell


def bank_or_blank(cell: str) -> str | None:
    """Another bank's code, or none."""
    return None if cell in BLANKS else bank(cell)


def account(cell: str) -> str:
    """An account of another bank."""
    if not _ACCOUNT.fullmatch(cell):
        raise CellRefused("expected an account number of up to 16 digits")
    return cell


def account_or_blank(cell: str) -> str | None:
    """An account of another bank, or none, which the bank also writes as 0."""
    return None if cell in BLANKS or cell == "0" else account(cell)


_operation = code(OPERATIONS)


def _date(cell: str, *, month: int) -> date:
    try:
        return date(CENTURY + int(cell[:2]), month, int(cell[4:6]))
    except ValueError as error:
        raise CellRefused("expected a date that exists") from error
