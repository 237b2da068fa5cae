"""Rows in groups in plain Python: what they have in common, their order, and which groups are too small to be shown."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cmp_to_key
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from graphql import GraphQLSchema, get_named_type

from tests.judges.figures import Sizes, compare, enough, text
from tests.judges.view import View, camel
from tests.judges.words import EDGES, Row

DEFAULT_GROUPS, MOST_GROUPS, MOST_KEYS, MOST_BOUNDS = 100, 1000, 3, 20
PERIODS = ("DAY", "WEEK", "MONTH", "QUARTER", "YEAR")
LEVELS = ("HEAD_OFFICE", "BRANCH", "SUB_BRANCH", "OUTLET")
ABOVE = {"COVERAGE": "parent_id", "ROLL_UP": "rollup_parent_id"}
OPTIONS = {"Date": ("per",), "NumberBand": ("bands",), "MoneyBand": ("bands",), "Branch": ("level", "tree")}
"""By the type of what a key shows, the options that go with it."""
NEEDED = ("per", "bands")

Item = dict[str, Any]
"""One key that `groupBy` names."""
Group = tuple[tuple[Any, ...], list[Row]]
"""What rows have in common, and the rows."""


def kind_of(schema: GraphQLSchema, type_name: str, field: str) -> str:
    """The name of the type of what a key shows."""
    keys: Any = schema.get_type(f"{type_name}GroupKey")
    return get_named_type(keys.fields[field].type).name


def is_refused(schema: GraphQLSchema, type_name: str, arguments: dict[str, Any]) -> bool:
    """Whether the arguments of `aggregates` make no sense."""
    items = arguments.get("groupBy", [])
    fields = [item["field"] for item in items]
    return (
        not 0 <= arguments.get("first", 0) <= MOST_GROUPS
        or arguments.get("minCount", 1) < 1
        or len(items) > MOST_KEYS
        or len(set(fields)) < len(fields)
        or any(_misfits(kind_of(schema, type_name, camel(item["field"])), item) for item in items)
    )


def _misfits(kind: str, item: Item) -> bool:
    given = {option for option, value in item.items() if option != "field" and value is not None}
    fitting = OPTIONS.get(kind, ())
    if not given <= set(fitting) or ("tree" in given and "level" not in given):
        return True
    if any(option in NEEDED and option not in given for option in fitting):
        return True
    bounds = _bounds(item) if "bands" in given else [Decimal(0)]
    return not 1 <= len(bounds) <= MOST_BOUNDS or any(low >= high for low, high in pairwise(bounds))


def _bounds(item: Item) -> list[Decimal]:
    return [Decimal(str(bound)) for bound in item["bands"]]


def groups(view: View, type_name: str, rows: list[Row], arguments: dict[str, Any]) -> list[Group]:
    """The groups that are shown, in their order."""
    items = arguments.get("groupBy", [])
    found: dict[tuple[Any, ...], list[Row]] = {} if items else {(): rows}
    for row in rows if items else ():
        found.setdefault(tuple(_common(view, type_name, row, item) for item in items), []).append(row)
    least = max(view.reader.smallest_cell, 1)
    if items:
        kept = untold([(_parts(view, type_name, items, key), len(its)) for key, its in found.items()], least)
        shown = [group for group in found.items() if _parts(view, type_name, items, group[0]) in kept]
        shown.sort(key=cmp_to_key(_in_order))
    else:
        shown = [group for group in found.items() if len(group[1]) >= least or least == 1]
    shown = [group for group in shown if len(group[1]) >= arguments.get("minCount", 0)]
    if arguments.get("orderBy") == "LARGEST_FIRST":
        shown.sort(key=lambda group: -len(group[1]))
    return shown[: arguments.get("first", DEFAULT_GROUPS)] if items else shown


def _parts(view: View, type_name: str, items: list[Item], key: tuple[Any, ...]) -> tuple[Any, ...]:
    """What rows have in common, one by one: a band of money is its currency, and the band within it."""
    found: list[Any] = []
    for item, value in zip(items, key, strict=True):
        is_money = kind_of(view.schema, type_name, camel(item["field"])) == "MoneyBand"
        found += (value or (None, None)) if is_money else (value,)
    return tuple(found)


def untold(found: Sizes, least: int, depth: int = 0, *, is_needed: bool = False) -> set[tuple[Any, ...]]:
    """Of groups by what their rows have in common, those that are shown: nothing tells a small one by them.

    depth      how much of it they are alike in
    is_needed  how many they are together is not to be told
    """
    lines: dict[Any, Sizes] = {}
    for key, size in found:
        lines.setdefault(key[depth], []).append((key, size))
    sizes = [((value,), sum(size for _, size in line)) for value, line in lines.items()]
    going, others = enough(sizes, least, is_needed=is_needed)
    if not found or depth + 1 == len(found[0][0]):
        return {key for (value,), _ in others for key, _ in lines[value]}
    inner = [(value, True) for (value,), _ in going] + [(value, False) for (value,), _ in others]
    return {key for value, needs in inner for key in untold(lines[value], least, depth + 1, is_needed=needs)}


def _in_order(one: Group, other: Group) -> int:
    return compare(one[0], other[0])


def _common(view: View, type_name: str, row: Row, item: Item) -> Any:
    field = camel(item["field"])
    if (type_name, field) in EDGES:
        (found, *_) = [*view.through(EDGES[type_name, field], row), None]
        return _above(view, found, item)
    value = view.value(type_name, row, field)
    if value is None:
        return None
    if item.get("bands") is not None:
        band = sum(bound <= value for bound in _bounds(item))
        is_money = kind_of(view.schema, type_name, field) == "MoneyBand"
        return (view.currency(type_name, row, field), band) if is_money else band
    if item.get("per") is not None:
        day = value.astimezone(ZoneInfo(view.world.bank["time_zone"])).date() if isinstance(value, datetime) else value
        return first_day(day, item["per"])
    return tuple(value) if isinstance(value, list) else value


def _above(view: View, branch: Row | None, item: Item) -> int | None:
    """The row that stands in an edge, or the branch above it of the level that is asked for."""
    if item.get("level") is None:
        return None if branch is None else branch["id"]
    while branch is not None and branch["level"] != item["level"]:
        (branch, *_) = [*view.world.where("branch", "id", branch[ABOVE[item.get("tree") or "COVERAGE"]]), None]
    return branch["id"] if branch is not None and view.sees("Branch", branch) else None


def first_day(day: date, period: str) -> date:
    """Of the period that a day is in."""
    match period:
        case "DAY":
            return day
        case "WEEK":
            return day - timedelta(days=day.weekday())
        case "MONTH":
            return day.replace(day=1)
        case "QUARTER":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case _:
            return day.replace(month=1, day=1)


def shown_value(view: View, type_name: str, item: Item, value: Any) -> Any:
    """A part of a key as the graph shows it, whole; an edge by its id."""
    if value is None or item.get("bands") is None:
        return text(list(value) if isinstance(value, tuple) else value)
    kind = kind_of(view.schema, type_name, camel(item["field"]))
    currency, band = value if kind == "MoneyBand" else (None, value)
    bounds = [None, *_bounds(item), None]
    shown = {"__typename": kind, "from": text(bounds[band]), "to": text(bounds[band + 1])}
    return shown if currency is None else shown | {"currency": currency}


def used(type_name: str, arguments: dict[str, Any]) -> set[str]:
    """What of the coverage the arguments of `aggregates` use."""
    found = {f"argument aggregates({name})" for name in arguments}
    if "orderBy" in arguments:
        found.add(f"groups {arguments['orderBy']}")
    for item in arguments.get("groupBy", []):
        found.add(f"group {type_name}.{item['field']}")
        found |= {f"{option} {item[option]}" for option in ("per", "level", "tree") if item.get(option) is not None}
        if item.get("bands") is not None:
            found.add("bands")
    return found


def everything() -> set[str]:
    """What of it there is besides fields."""
    names = {f"argument aggregates({name})" for name in ("groupBy", "first", "minCount", "orderBy")}
    names |= {f"groups {order}" for order in ("KEY", "LARGEST_FIRST")} | {"bands"}
    names |= {f"per {period}" for period in PERIODS} | {f"level {level}" for level in LEVELS}
    return names | {f"tree {tree}" for tree in ABOVE}
