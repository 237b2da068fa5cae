"""Scalars of the graph: exact, without a value that JSON or PostgreSQL would have to round."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

BigInt = NewType("BigInt", str)
Identifier = NewType("Identifier", str)
SearchText = NewType("SearchText", str)

DECIMAL = re.compile(r"-?\d{1,24}(\.\d{1,12})?", re.ASCII)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _decimal(value: Any) -> Decimal:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if isinstance(value, float):
        text = repr(value)
    if not DECIMAL.fullmatch(text):
        raise GraphQLError('Decimal is written in digits, best as text: "1234.50".')
    return Decimal(text)


def _date(value: Any) -> date:
    if not isinstance(value, str) or not DATE.fullmatch(value):
        raise GraphQLError('Date is written as text in ISO 8601: "1998-12-31".')
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise GraphQLError(f"Date: there is no day {value}.") from error
    # The driver would write infinity for them.
    if day in (date.min, date.max):
        raise GraphQLError("Date goes from 0001-01-02 to 9999-12-30; for what has no end, leave the day out.")
    return day


def _date_time(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise GraphQLError('DateTime is written as text in ISO 8601: "1998-12-31T08:30:00Z".') from error
    if moment.tzinfo is None:
        raise GraphQLError("DateTime needs its zone: end in Z or in an offset such as +08:00.")
    try:
        moment = moment.astimezone(UTC)
    except OverflowError as error:
        raise GraphQLError("DateTime goes from year 1 to year 9999, in UTC.") from error
    if moment.replace(tzinfo=None) in (datetime.min, datetime.max):
        raise GraphQLError("DateTime goes from year 1 to year 9999, in UTC, without the first instant and the last.")
    return moment


def _never(_value: Any) -> Any:
    raise GraphQLError("BigInt is not taken as input.")


def _text(name: str) -> Callable[[Any], str]:
    """Text that no message repeats."""

    def parsed(value: Any) -> str:
        if not isinstance(value, str):
            raise GraphQLError(f"{name} is written as text.")
        return value

    return parsed


SCALARS: dict[object, ScalarDefinition] = {
    BigInt: strawberry.scalar(
        name="BigInt",
        description="A whole number that may pass 2³¹, as decimal digits in a string.",
        parse_value=_never,
    ),
    Identifier: strawberry.scalar(
        name="Identifier",
        description="A number, address or account name that identifies somebody, whole, as text; only taken as input.",
        parse_value=_text("Identifier"),
    ),
    SearchText: strawberry.scalar(
        name="SearchText",
        description="What somebody typed to find somebody; only taken as input, in variables without defaults.",
        parse_value=_text("SearchText"),
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description='An exact decimal number as a string: "1234.50". Never a NaN, never an exponent.',
        parse_value=_decimal,
    ),
    date: strawberry.scalar(
        name="Date",
        description='A calendar day in the bank\'s own time zone, ISO 8601: "1998-12-31".',
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
        parse_value=_date,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description='An instant in UTC to the microsecond, ISO 8601: "1998-12-31T08:30:00.000000Z".',
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
        parse_value=_date_time,
    ),
}
