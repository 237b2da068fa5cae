"""Words and rules of custom attributes."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

LONGEST_NAME = 40
LONGEST_MEANING = 500
LONGEST_UNIT = 20
LONGEST_VALUE = 1_000
MOST_CHOICES = 200
LARGEST_NUMBER = Decimal(10) ** 18
PLACES = 6
"""Of a number, behind the point."""
EARLIEST, LATEST = date(1800, 1, 1), date(2200, 12, 31)


class AttributeType(StrEnum):
    """What the values of an attribute are."""

    TEXT = "text"
    NUMBER = "a number, in the attribute's unit where it has one"
    DATE = "a day"
    BOOLEAN = "yes or no"
    CHOICE = "one of the attribute's choices"


class AttributeState(StrEnum):
    """Whether an attribute is in use."""

    ACTIVE = "customers may be given values of it"
    RETIRED = "values that customers have are kept, new ones are not taken (停用)"


def fault_of_number(value: Decimal) -> str | None:
    """Why a number cannot be kept as it is; None where it can."""
    if abs(value) >= LARGEST_NUMBER:
        return "It is too large a number."
    if value != round(value, PLACES):
        return f"Numbers are kept with {PLACES} places behind the point."
    return None


def fault_of_value(type_: AttributeType, given: Mapping[str, Any]) -> str | None:
    """Why what is given is no value of the type; None where it is.

    given  by the type's name in small letters, the values that there are
    """
    wanted = type_.name.lower()
    if [*given] != [wanted]:
        return f"This attribute is set by `{wanted}`, and by nothing else."
    if type_ is AttributeType.DATE and not EARLIEST <= given[wanted] <= LATEST:
        return f"Days are kept from {EARLIEST} to {LATEST}."
    return fault_of_number(given[wanted]) if type_ is AttributeType.NUMBER else None
