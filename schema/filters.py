"""Operators on scalars. Every operator given must hold; null in place of operators asks for rows without a value."""

from datetime import date, datetime
from decimal import Decimal
from enum import EnumMeta
from typing import Any

import strawberry

from schema.building import InputField, input_type
from schema.scalars import Identifier

EQ = "Equal; null matches rows without a value."
NE = "Not equal; rows without a value are not equal to any. Null matches rows with one."
IN = "Equal to a member; an empty list matches nothing. At most 1,000 members."
NOT_IN = "Equal to no member; rows without a value are equal to none. At most 1,000 members."
IS_NULL = "True: has no value. False: has one."


def _equality(type_: Any) -> dict[str, InputField]:
    return {
        "eq": InputField(type_ | None, EQ),
        "ne": InputField(type_ | None, NE),
        "in": InputField(list[type_] | None, IN),
        "notIn": InputField(list[type_] | None, NOT_IN),
        "isNull": InputField(bool | None, IS_NULL),
    }


def _ordered(type_: Any) -> dict[str, InputField]:
    return _equality(type_) | {
        "lt": InputField(type_ | None, "Less than."),
        "lte": InputField(type_ | None, "Less than or equal."),
        "gt": InputField(type_ | None, "Greater than."),
        "gte": InputField(type_ | None, "Greater than or equal."),
    }


IDFilter = input_type("IDFilter", "Conditions on an id.", _equality(strawberry.ID))
StringFilter = input_type(
    "StringFilter",
    "Conditions on text, character by character: case matters.",
    _equality(str)
    | {
        "startsWith": InputField(str | None, "Begins with this text, of one character or more."),
        "contains": InputField(str | None, "Contains this text, of two characters or more."),
    },
)
BooleanFilter = input_type(
    "BooleanFilter",
    "Conditions on a truth value.",
    {"eq": InputField(bool | None, EQ), "ne": InputField(bool | None, NE), "isNull": InputField(bool | None, IS_NULL)},
)
IntFilter = input_type("IntFilter", "Conditions on a whole number.", _ordered(int))
DecimalFilter = input_type("DecimalFilter", "Conditions on a decimal number.", _ordered(Decimal))
DateFilter = input_type("DateFilter", "Conditions on a day.", _ordered(date))
DateTimeFilter = input_type("DateTimeFilter", "Conditions on an instant.", _ordered(datetime))
MoneyFilter = input_type(
    "MoneyFilter",
    "Conditions on money; rows without an amount match none of them.",
    {
        "amount": InputField(DecimalFilter | None, "On the amount, in units of its currency."),
        "currency": InputField(StringFilter | None, "On the currency, ISO 4217."),
    },
)

IdentifierFilter = input_type(
    "IdentifierFilter",
    "Conditions on a sealed identifier. It takes a permission of its own, is counted against the reader's quota and "
    "logged; the identifier itself is kept nowhere.",
    {
        "is": InputField(
            Identifier | None, "It is this one, whole, in any of its spellings. Send it in a variable by POST."
        )
    },
)

BY_TYPE: dict[Any, Any] = {
    strawberry.ID: IDFilter,
    str: StringFilter,
    bool: BooleanFilter,
    int: IntFilter,
    Decimal: DecimalFilter,
    date: DateFilter,
    datetime: DateTimeFilter,
}


def filter_for(type_: Any) -> Any:
    """The operators on values of a scalar type or enum."""
    if type_ not in BY_TYPE:
        assert isinstance(type_, EnumMeta), type_
        name = type_.__name__
        BY_TYPE[type_] = input_type(f"{name}Filter", f"Conditions on a {name}.", _equality(type_))
    return BY_TYPE[type_]
