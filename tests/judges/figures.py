"""Figures about rows in plain Python: counts, sums, means and bounds, per group and currency."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cmp_to_key
from typing import Any
from zoneinfo import ZoneInfo

from tests.judges.view import View, camel
from tests.judges.words import EDGES, Row

DEFAULT_GROUPS = 100


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


def groups(view: View, type_name: str, rows: list[Row], group_by: list[str], size: int) -> list[tuple[Any, list[Row]]]:
    """Rows by the values they have in common, in the order of these, nulls last."""
    if not group_by:
        found: list[tuple[Any, list[Row]]] = [((), rows)]
    else:
        by_key: dict[Any, list[Row]] = {}
        for row in rows:
            by_key.setdefault(tuple(_hashable(_common(view, type_name, row, name)) for name in group_by), []).append(
                row
            )
        found = sorted(by_key.items(), key=cmp_to_key(lambda one, other: _compare(one[0], other[0])))
    found = [group for group in found if len(group[1]) >= view.reader.smallest_cell or view.reader.smallest_cell <= 1]
    return found[:size] if group_by else found


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _compare(one: tuple[Any, ...], other: tuple[Any, ...]) -> int:
    for a, b in zip(one, other, strict=True):
        if a == b:
            continue
        if a is None or b is None:
            return 1 if a is None else -1
        return 1 if a > b else -1
    return 0


def split_grouping(name: str) -> tuple[str, str | None]:
    """OPENED_ON_MONTH → (openedOn, MONTH)."""
    for bucket in ("MONTH", "YEAR"):
        if name.endswith(f"_{bucket}"):
            return camel(name.removesuffix(f"_{bucket}")), bucket
    return camel(name), None


def _common(view: View, type_name: str, row: Row, name: str) -> Any:
    field, bucket = split_grouping(name)
    if (type_name, field) in EDGES:
        return next((found["id"] for found in view.through(EDGES[type_name, field], row)), None)
    value = view.value(type_name, row, field)
    if bucket is None or value is None:
        return value
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(view.world.bank["time_zone"])).date()
    return value.replace(day=1) if bucket == "MONTH" else value.replace(month=1, day=1)


def money(view: View, type_name: str, rows: list[Row], field: str) -> list[dict[str, Any]]:
    """Figures about an amount per currency, in alphabetical order."""
    by_currency: dict[str, list[Decimal]] = {}
    for row in rows:
        value = view.value(type_name, row, field)
        if value is not None:
            by_currency.setdefault(row["currency"], []).append(value)
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
    ]


def number(view: View, type_name: str, rows: list[Row], field: str) -> dict[str, Any]:
    """Figures about a number."""
    values = _values(view, type_name, rows, field)
    shown = {"sum": None, "avg": None, "min": None, "max": None}
    if values:
        shown = {
            "sum": str(text(sum(values))),
            "avg": _mean([Decimal(value) for value in values], "0.000001"),
            "min": str(text(min(values))),
            "max": str(text(max(values))),
        }
    return {"__typename": "NumberAggregate", "count": str(len(values)), **shown}


def bounds(view: View, type_name: str, rows: list[Row], field: str) -> dict[str, Any]:
    """First and last day or instant."""
    values = _values(view, type_name, rows, field)
    return {"min": text(min(values)), "max": text(max(values))} if values else {"min": None, "max": None}


def _values(view: View, type_name: str, rows: list[Row], field: str) -> list[Any]:
    return [value for row in rows if (value := view.value(type_name, row, field)) is not None]


def _mean(values: list[Decimal], places: str) -> str:
    return text((sum(values, Decimal(0)) / len(values)).quantize(Decimal(places), ROUND_HALF_UP))
