"""Figures about rows in plain Python: counts, sums, means and bounds, per currency."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cmp_to_key
from typing import Any

from tests.judges.view import View
from tests.judges.words import Row


def text(value: Any) -> Any:
    """A number as digits, a day or an instant in ISO 8601."""
    match value:
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return value


Sizes = list[tuple[tuple[Any, ...], int]]
"""Of groups, by what they have in common."""


def enough(sizes: Iterable[tuple[tuple[Any, ...], int]], least: int, *, is_needed: bool = False) -> tuple[Sizes, Sizes]:
    """Those that go with the small ones, so that the groups left out are two or more and not few together; the rest.

    is_needed  some have to go, even where none is small
    """
    waiting = sorted(sizes, key=cmp_to_key(lambda one, other: one[1] - other[1] or compare(one[0], other[0])))
    small = [each for each in waiting if each[1] < least]
    others = waiting[len(small) :]
    going: Sizes = []
    while others and (small or is_needed) and sum(size for _, size in [*small, *going]) < least:
        going.append(others.pop(0))
    return going, others


def compare(one: Sequence[Any], other: Sequence[Any]) -> int:
    """Nulls last."""
    for a, b in zip(one, other, strict=True):
        if a == b:
            continue
        if a is None or b is None:
            return 1 if a is None else -1
        return 1 if a > b else -1
    return 0


def money(view: View, type_name: str, rows: list[Row], field: str) -> list[dict[str, Any]]:
    """Figures about an amount per currency, in alphabetical order, without what tells of few rows.

    Rows without an amount are judged as one currency more.
    """
    by_currency: dict[str, list[Decimal]] = {}
    for row in rows:
        value = view.value(type_name, row, field)
        if value is not None:
            by_currency.setdefault(view.currency(type_name, row, field), []).append(value)
    sizes: Sizes = [((currency,), len(values)) for currency, values in by_currency.items()]
    without = len(rows) - sum(size for _, size in sizes)
    if without:
        sizes.append(((None,), without))
    _, others = enough(sizes, view.reader.smallest_cell)
    shown = {currency for (currency,), _ in others}
    return [
        {
            "__typename": "MoneyAggregate",
            "currency": currency,
            "count": str(len(values)),
            "sum": text(sum(values, Decimal(0))),
            "avg": _mean(values, "0.01"),
            "min": text(min(values)),
            "max": text(max(values)),
        }
        for currency, values in sorted(by_currency.items())
        if currency in shown
    ]


def number(view: View, type_name: str, rows: list[Row], field: str) -> dict[str, Any] | None:
    """Figures about a number; None where few rows have one, or few have none."""
    values = _values(view, type_name, rows, field)
    if any(0 < size < view.reader.smallest_cell for size in (len(values), len(rows) - len(values))):
        return None
    shown = {"sum": None, "avg": None, "min": None, "max": None}
    if values:
        shown = {
            "sum": str(text(sum(values))),
            "avg": _mean([Decimal(value) for value in values], "0.000001"),
            "min": str(text(min(values))),
            "max": str(text(max(values))),
        }
    return {"__typename": "NumberAggregate", "count": str(len(values)), **shown}


def bounds(view: View, type_name: str, rows: list[Row], field: str) -> dict[str, Any] | None:
    """First and last day or instant; None where few rows have one."""
    values = _values(view, type_name, rows, field)
    if 0 < len(values) < view.reader.smallest_cell:
        return None
    return {"min": text(min(values)), "max": text(max(values))} if values else {"min": None, "max": None}


def _values(view: View, type_name: str, rows: list[Row], field: str) -> list[Any]:
    return [value for row in rows if (value := view.value(type_name, row, field)) is not None]


def _mean(values: list[Decimal], places: str) -> str:
    return text((sum(values, Decimal(0)) / len(values)).quantize(Decimal(places), ROUND_HALF_UP))
