"""Everything a connection brings along, per node type: edges, page, filters, orders, aggregates."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import reduce
from operator import or_
from typing import Annotated, Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

from resolvers.engine.edges import Amount, Column, Many, NodeId, One, Union
from resolvers.engine.graph import Graph
from resolvers.engine.grouping import is_moment, is_number
from resolvers.engine.order import MOST_KEYS, orderable
from resolvers.engine.page import BUCKETS, DEFAULT_SIZE
from schema.building import (
    Argument,
    InputField,
    OutputField,
    add_input_fields,
    enum_type,
    input_type,
    object_type,
)
from schema.filters import IdentifierFilter, MoneyFilter, filter_for
from schema.grouping import group_arguments, group_key
from schema.node import NODES, UNIONS, Registered, class_of, is_scalar, type_of
from schema.scalars import BigInt


@strawberry.enum(description="Which end of an order comes first. Rows without a value come last either way.")
class OrderDirection(Enum):
    """Ascending or descending."""

    ASC = strawberry.enum_value("ASC", description="Smallest, earliest or first in the alphabet first.")
    DESC = strawberry.enum_value("DESC", description="Largest, latest or last in the alphabet first.")


@strawberry.type(description="Where a page stands among all rows of its connection.")
class PageInfo:
    """Relay's page info."""

    has_next_page: bool = strawberry.field(
        description="Whether rows follow: exact when paging forward; paging backward, whether `before` was given."
    )
    has_previous_page: bool = strawberry.field(
        description="Whether rows precede: exact when paging backward; paging forward, whether `after` was given."
    )
    start_cursor: str | None = strawberry.field(description="Cursor of the page's first row; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="Cursor of the page's last row; null on an empty page.")


@strawberry.type(description="Figures about money of one currency.")
class MoneyAggregate:
    """Money is never added across currencies."""

    currency: str = strawberry.field(description="Currency, ISO 4217.")
    count: BigInt = strawberry.field(description="Number of rows that have an amount in this currency.")
    sum: Decimal = strawberry.field(description="Sum, in units of the currency.")
    avg: Decimal = strawberry.field(description="Mean, rounded to two decimal places.")
    min: Decimal = strawberry.field(description="Smallest amount.")
    max: Decimal = strawberry.field(description="Largest amount.")


@strawberry.type(description="Figures about a number.")
class NumberAggregate:
    """Rows without a value do not count."""

    count: BigInt = strawberry.field(description="Number of rows that have a value.")
    sum: Decimal | None = strawberry.field(description="Sum; null where no row has a value.")
    avg: Decimal | None = strawberry.field(description="Mean, rounded to six decimal places.")
    min: Decimal | None = strawberry.field(description="Smallest value.")
    max: Decimal | None = strawberry.field(description="Largest value.")


def connections(graph: Graph) -> Mapping[str, Any]:
    """By its name, the connection type of every node type and of every union."""
    made = {each.name: _connection(graph, each) for each in NODES.values() if each.kind is None}
    return made | {name: _union_connection(name, edge, text) for name, (edge, text) in UNIONS.items()}


def _page(name: str, cls: Any) -> Mapping[str, OutputField]:
    edge = object_type(
        f"{name}Edge",
        f"One {name} within a connection.",
        {
            "cursor": OutputField(str, "Where to go on from: opaque, good for this order only."),
            "node": OutputField(cls | None, f"The {name}."),
        },
    )
    return {
        "edges": OutputField(list[edge], "The rows of the page with their cursors."),
        "nodes": OutputField(list[cls], "The rows of the page."),
        "pageInfo": OutputField(PageInfo, "Where the page stands."),
        "totalCount": OutputField(
            BigInt | None, "How many rows match, on all pages; null where policy suppresses a small number."
        ),
    }


def _union_connection(name: str, edge: Union, description: str) -> Any:
    types = reduce(or_, (class_of(member.table).cls for member in edge.members))
    cls = Annotated[types, strawberry.union(name, description=description)]
    return object_type(f"{name}Connection", f"A page of {name} nodes in one order over all types.", _page(name, cls))


def _connection(graph: Graph, registered: Registered) -> Any:
    name, cls = registered.name, registered.cls
    return object_type(
        f"{name}Connection",
        f"A page of {name} nodes in a total order, and figures about all of them.",
        {
            **_page(name, cls),
            "aggregates": OutputField(
                list[_aggregate(graph, registered)],
                "Figures about all matching rows, on all pages, per group. Policy may leave small groups out.",
                arguments=group_arguments(graph, registered),
            ),
        },
    )


def _aggregate(graph: Graph, registered: Registered) -> Any:
    name = registered.name
    fields = {
        "key": OutputField(group_key(graph, registered), "What the rows have in common."),
        "count": OutputField(BigInt, "Number of rows in the group."),
    }
    few = "null where policy suppresses figures about so few rows"
    for field, declaration in graph.all_fields[name].items():
        if isinstance(declaration, Amount):
            fields[field] = OutputField(list[MoneyAggregate], f"Figures about `{field}`, per currency in its alphabet.")
        elif is_number(declaration):
            fields[field] = OutputField(NumberAggregate | None, f"Figures about `{field}`; {few}.")
        elif is_moment(declaration):
            fields[field] = OutputField(_moments(type_of(registered, field)) | None, f"Bounds of `{field}`; {few}.")
    return object_type(f"{name}Aggregate", f"Figures about a group of {name} rows.", fields)


MOMENTS: dict[Any, Any] = {}


def _moments(type_: Any) -> Any:
    name = "DateAggregate" if type_ is date else "DateTimeAggregate"
    if type_ not in MOMENTS:
        MOMENTS[type_] = object_type(
            name,
            "Bounds of days." if type_ is date else "Bounds of instants.",
            {
                "min": OutputField(type_ | None, "Earliest; null where no row has a value."),
                "max": OutputField(type_ | None, "Latest; null where no row has a value."),
            },
        )
    return MOMENTS[type_]


class Inputs:
    """The filter and order types of every node type; they refer to each other, so all exist before any has fields."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        names = [registered.name for registered in NODES.values() if registered.kind is None]
        self.where = {
            name: input_type(
                f"{name}Where", f"Conditions on one {name}. All that are given must hold; null is not absence.", {}
            )
            for name in names
        }
        self.quantifiers = {
            name: input_type(
                f"{name}Quantifier",
                f"Conditions on the {name} rows at the end of an edge, of those that the reader may see.",
                {
                    "some": InputField(self.where[name] | None, "At least one row matches."),
                    "none": InputField(self.where[name] | None, "No row matches."),
                    "every": InputField(self.where[name] | None, "Every row matches; true where there is none."),
                },
            )
            for name in names
        }
        for name in names:
            add_input_fields(self.where[name], self._conditions(NODES[name]))
        self.order_by = {name: self._order(NODES[name]) for name in names}

    def _conditions(self, registered: Registered) -> Mapping[str, InputField]:
        where = self.where[registered.name]
        conditions = {
            "and": InputField(list[where] | None, "All of these hold; an empty list holds."),
            "or": InputField(list[where] | None, "One of these holds; an empty list does not."),
            "not": InputField(where | None, "This does not hold; what is unknown does not hold either."),
        }
        for identifier in registered.rows.identifiers:
            if identifier.search is not None:
                text = f"On the whole of what is shown masked; takes `{identifier.search}`."
                conditions[to_camel_case(identifier.name)] = InputField(IdentifierFilter | None, text)
        for field, declaration in self.graph.all_fields[registered.name].items():
            match declaration:
                case One(table=table):
                    text = f"On the row behind `{field}`; null: there is none that the reader may see."
                    conditions[field] = InputField(self.where[class_of(table).name] | None, text)
                case Many(table=table):
                    text = f"On the rows behind `{field}`."
                    conditions[field] = InputField(self.quantifiers[class_of(table).name] | None, text)
                case Amount():
                    conditions[field] = InputField(MoneyFilter | None, f"On `{field}`.")
                case NodeId():
                    conditions[field] = InputField(filter_for(strawberry.ID) | None, f"On `{field}`.")
                case Column() if is_scalar(declaration):
                    type_ = filter_for(type_of(registered, field))
                    conditions[field] = InputField(type_ | None, f"On `{field}`.")
                case _:
                    pass
        return conditions

    def _order(self, registered: Registered) -> Any:
        name = registered.name
        texts = {
            value: f"By `{'.'.join(path)}`." for value, path in orderable(self.graph, self.graph.types[name]).items()
        }
        field = enum_type(f"{name}OrderField", f"What {name} rows can be ordered by.", texts)
        return strawberry.input(
            type(
                f"{name}OrderBy",
                (),
                {
                    "__annotations__": {"field": field, "direction": OrderDirection | None},
                    "field": strawberry.field(description="What to order by."),
                    "direction": strawberry.field(description="Ascending unless said.", default=strawberry.UNSET),
                },
            ),
            description=f"One key of an order of {name} rows; rows equal in every key are ordered by id.",
        )

    def arguments(self, name: str) -> Mapping[str, Argument]:
        """The arguments of the connection fields of a node type; a union has one order and no fields to filter by."""
        size = f"{DEFAULT_SIZE} unless said, {BUCKETS[-1]} at most"
        paging = {
            "first": Argument(int | None, f"So many rows from the start, or after `after`: {size}."),
            "after": Argument(str | None, "Rows after this cursor."),
            "last": Argument(int | None, f"So many rows from the end, or before `before`: {BUCKETS[-1]} at most."),
            "before": Argument(str | None, "Rows before this cursor."),
        }
        if name in UNIONS:
            return paging
        return {
            "where": Argument(self.where[name] | None, "Only rows that match."),
            "orderBy": Argument(
                list[self.order_by[name]] | None,
                f"The order, most significant key first, at most {MOST_KEYS}; the edge's own unless said.",
            ),
            **paging,
        }
