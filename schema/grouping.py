"""What aggregates are grouped by, per node type: the keys that clients name, and what a group has in common."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from domain.branch.tree import BranchTree
from resolvers.engine.aggregate import DEFAULT_GROUPS, MOST_GROUPS, ORDERS
from resolvers.engine.edges import Amount, One
from resolvers.engine.graph import Graph
from resolvers.engine.grouping import MOST_BOUNDS, MOST_KEYS, PERIODS, Grouping, groupable
from schema.building import Argument, OutputField, described, enum_type, object_type
from schema.node import Registered, class_of, type_of

Period = enum_type(
    "Period", "A stretch of the calendar in the bank's own time zone. A group is named by its first day.", PERIODS
)
GroupOrder = enum_type("GroupOrder", "Which groups come first.", ORDERS)
BANDS = {
    "from": OutputField(Decimal | None, "Where the band begins, itself included; null below the first bound."),
    "to": OutputField(Decimal | None, "Where it ends, itself not included; null from the last bound on."),
}
NumberBand = object_type("NumberBand", "The numbers from one bound to the next.", BANDS)
MoneyBand = object_type(
    "MoneyBand",
    "The amounts of one currency from one bound to the next.",
    {"currency": OutputField(str, "Currency, ISO 4217.")} | BANDS,
)


def group_arguments(graph: Graph, registered: Registered) -> Mapping[str, Argument]:
    """Which groups there are to be, and in which order."""
    named = "What to group by, outermost first"
    return {
        "groupBy": Argument(
            list[_group_by(graph, registered)] | None,
            f"{named}, at most {MOST_KEYS} keys; without it all rows are one group.",
        ),
        "minCount": Argument(int | None, "Only groups of at least so many rows."),
        "orderBy": Argument(GroupOrder | None, "In the order of the keys unless said."),
        "first": Argument(
            int | None, f"At most so many groups: {DEFAULT_GROUPS} unless said, {MOST_GROUPS:,} at most."
        ),
    }


def _group_by(graph: Graph, registered: Registered) -> Any:
    name, groupings = registered.name, groupable(graph, graph.types[registered.name])
    fields = enum_type(
        f"{name}GroupField",
        f"What {name} rows can be grouped by. Rows without a value form a group.",
        {key: _text(grouping) for key, grouping in groupings.items()},
    )
    options = {option for grouping in groupings.values() for option in grouping.options}
    nested = next((each.declaration for each in groupings.values() if each.nesting), None)
    types: dict[str, tuple[Any, str]] = {
        "per": (Period, "For days and instants: per which period."),
        "bands": (
            list[Decimal],
            f"For numbers and money: where bands begin, ascending, at most {MOST_BOUNDS}. There is a band below the "
            "first, and one from the last on.",
        ),
    }
    if isinstance(nested, One):
        level = type_of(class_of(nested.table), "level")
        types |= {
            "level": (level, "For branches: by the branch of this level at or above the row's own; null without one."),
            "tree": (
                described(BranchTree),
                "With `level`: above in which hierarchy; in that of who may see unless said.",
            ),
        }
    members: dict[str, Any] = {"field": strawberry.field(description="What to group by.")}
    annotations: dict[str, Any] = {"field": fields}
    for option, (type_, text) in types.items():
        if option in options:
            members[option] = strawberry.field(description=text, default=strawberry.UNSET)
            annotations[option] = type_ | None
    return strawberry.input(
        type(f"{name}GroupBy", (), {"__annotations__": annotations, **members}),
        description=f"One key that {name} rows are grouped by.",
    )


def _text(grouping: Grouping) -> str:
    if grouping.needs:
        return f"By `{grouping.field}`, with `{grouping.needs}`."
    return (
        f"By `{grouping.field}`, or with `level` by what is above." if grouping.nesting else f"By `{grouping.field}`."
    )


def group_key(graph: Graph, registered: Registered) -> Any:
    """What the rows of a group have in common."""
    groupings = groupable(graph, graph.types[registered.name])
    return object_type(
        f"{registered.name}GroupKey",
        f"What the rows of a group of {registered.name} have in common.",
        {grouping.field: _of_key(registered, grouping) for grouping in groupings.values()},
    )


def _of_key(registered: Registered, grouping: Grouping) -> OutputField:
    without = "null too for rows without a value"
    if grouping.needs == "per":
        return OutputField(date | None, f"First day of the period, where grouped by it; {without}.")
    if grouping.needs == "bands":
        band = MoneyBand if isinstance(grouping.declaration, Amount) else NumberBand
        return OutputField(band | None, f"The band of values, where grouped by it; {without}.")
    type_ = type_of(registered, grouping.field)
    return OutputField(type_ | None, f"The common value, where grouped by it; {without}.")
