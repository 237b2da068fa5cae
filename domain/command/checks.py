"""What every command asks of its input in the same words."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from domain.command.model import conflict, invalid_input

MOST_MONEY = Decimal("9999999999999999.99")
CURRENCY = re.compile("[A-Z]{3}")


def must_be_current(row: Mapping[str, Any], expected_version: int) -> None:
    """Whether nobody has changed a row since who asks has read it.

    raises  Refusal  Conflict
    """
    if row["version"] != expected_version:
        raise conflict(row["version"], "input", "expectedVersion")


def written(text: str, longest: int, *path: str) -> str:
    """A text that may not be empty, without the blanks around it.

    raises  Refusal  InvalidInput
    """
    text = text.strip()
    if not 0 < len(text) <= longest:
        raise invalid_input(f"Write 1 to {longest} characters.", *path)
    return text


def written_if_given(text: str | None, longest: int, *path: str) -> str | None:
    """The same where there is one. Raises as `written` does."""
    return None if text is None else written(text, longest, *path)


def positive_money(amount: Decimal, *path: str) -> Decimal:
    """An amount of money: more than nothing, in units and two decimal places.

    raises  Refusal  InvalidInput
    """
    if not 0 < amount <= MOST_MONEY or amount != round(amount, 2):
        raise invalid_input("An amount is more than 0, with two decimal places at most.", *path)
    return amount


def currency_code(currency: str, *path: str) -> str:
    """The code of a currency. Raises Refusal InvalidInput."""
    if not CURRENCY.fullmatch(currency):
        raise invalid_input("A currency is written as three capital letters: CNY.", *path)
    return currency


def ratio(value: Decimal, *path: str) -> Decimal:
    """A share of a whole, from 0 to 1, in six decimal places at most. Raises Refusal InvalidInput."""
    if not 0 <= value <= 1 or value != round(value, 6):
        raise invalid_input("A ratio goes from 0 to 1, with six decimal places at most.", *path)
    return value
