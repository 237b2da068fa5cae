"""Figures about all rows of a connection: how many, and sums, means and bounds per group and currency."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from graphql import FieldNode

from domain.shared.problem import forbidden, invalid
from resolvers.engine.compiler import Compiler, Place, Reached, inside, selections
from resolvers.engine.edges import Amount, Column, Declaration, Expression, One
from resolvers.engine.graph import Graph, NodeType
from resolvers.engine.order import enum_name
from resolvers.engine.sql import View, constant, json_object, rendered

DEFAULT_GROUPS = 100
MOST_GROUPS = 1_000
BUCKETS = ("month", "year")
EMPTY = sa.literal_column("'[]'::json")
ZERO = sa.literal_column("0", sa.Integer)
TIME_ZONE = sa.literal_column("(SELECT bank.time_zone FROM ketu.bank AS bank)", sa.Text)


def is_number(declaration: Declaration) -> bool:
    """Measured by sum, mean and bounds."""
    return (
        isinstance(declaration, Column)
        and declaration.filters
        and isinstance(declaration.type, sa.Integer | sa.Numeric)
    )


def is_moment(declaration: Declaration) -> bool:
    """Measured by bounds, grouped by month and year."""
    return (
        isinstance(declaration, Column) and declaration.filters and isinstance(declaration.type, sa.Date | sa.TIMESTAMP)
    )


def moment_type(declaration: Column) -> str:
    """The type of the bounds of a day or an instant."""
    return "DateAggregate" if isinstance(declaration.type, sa.Date) else "DateTimeAggregate"


@dataclass(frozen=True)
class Grouping:
    """Something that rows can be grouped by; `field` is its name in the key of a group."""

    field: str
    source: str
    bucket: str | None = None


def groupable(graph: Graph, node: NodeType) -> Mapping[str, Grouping]:
    """By enum value, what rows of `node` can be grouped by."""
    found: dict[str, Grouping] = {}
    for name, declaration in graph.all_fields[node.name].items():
        if (isinstance(declaration, Column) and declaration.groups) or (
            isinstance(declaration, One) and declaration.groups_by
        ):
            found[enum_name(name)] = Grouping(name, name)
        elif is_moment(declaration):
            for bucket in BUCKETS:
                found[f"{enum_name(name)}_{bucket.upper()}"] = Grouping(f"{name}{bucket.capitalize()}", name, bucket)
    return found


def total(compiler: Compiler) -> Expression:
    """The number of rows selected, as text; null where policy suppresses so small a number."""
    count = sa.func.count()
    shown = sa.cast(count, sa.Text)
    if not compiler.parameters.shape.suppresses_small_cells:
        return shown
    return sa.case((count >= _smallest_cell(compiler), shown))


def _smallest_cell(compiler: Compiler) -> Expression:
    return compiler.parameters.bind(lambda request: request.reader.smallest_cell, sa.Integer())


def aggregates(compiler: Compiler, reached: Reached, parent: Place | None, nodes: list[FieldNode]) -> Expression:
    """The JSON list of groups in the order of their keys; without `groupBy`, one group of all rows."""
    return _Aggregates(compiler, reached.place, nodes).statement(reached, parent)


def _is_size(asked: int, name: str) -> bool:
    if not 0 <= asked <= MOST_GROUPS:
        raise invalid(f"{name} is {asked}; groups go from 0 to {MOST_GROUPS}.")
    return True


class _Aggregates:
    """Rows are first grouped by key and currency, then by key alone: money is never added across currencies."""

    def __init__(self, compiler: Compiler, place: Place, nodes: list[FieldNode]) -> None:
        self.compiler = compiler
        self.place = place
        self.type_name = f"{place.node.name}Aggregate"
        self.fields = compiler.fields(selections(nodes), self.type_name)
        self.declarations = compiler.graph.all_fields[place.node.name]
        arguments = compiler.arguments(nodes[0])
        known = groupable(compiler.graph, place.node)
        asked = arguments["groupBy"].items_chosen("groups", str) if "groupBy" in arguments else ()
        self.groupings = [known[name] for name in dict.fromkeys(asked)]
        self.size = self._size(arguments)
        names = dict.fromkeys(chosen[0].name.value for chosen in self.fields.values())
        self.measures = {name: self.declarations[name] for name in names if name in self.declarations}

    def _size(self, arguments: Mapping[str, Any]) -> Expression:
        first = arguments.get("first")
        if first is None:
            return sa.literal_column(str(DEFAULT_GROUPS))
        read, name = first.read(), first.name
        # Asked for its refusal alone: a size that cannot be is told even where nothing is grouped.
        first.chosen("groups", lambda asked: _is_size(asked, name))
        return self.compiler.parameters.bind(lambda request: read(request.variables), sa.Integer())

    def statement(self, reached: Reached, parent: Place | None) -> Expression:
        by_currency = self._by_currency(reached, parent)
        groups = self._groups(by_currency, parent)
        view = View(groups, [*self._key_columns(), *(sa.column(column.name, column.type) for column in groups.c)])
        ordered = [view.c[f"key{n}"].asc().nulls_last() for n in range(len(self.groupings))]
        json = json_object({key: self._of_group(view, chosen) for key, chosen in self.fields.items()})
        listed = sa.func.json_agg(json)
        listed = listed.aggregate_order_by(*ordered) if ordered else listed
        return inside(sa.select(sa.func.coalesce(listed, EMPTY)).select_from(groups), parent).scalar_subquery()

    def _key_columns(self) -> list[sa.ColumnElement[Any]]:
        return [sa.column(f"key{n}") for n in range(len(self.groupings))]

    def _key(self, grouping: Grouping) -> Expression:
        declaration = self.declarations[grouping.source]
        if isinstance(declaration, One):
            return self._visible_id(declaration, grouping.source)
        assert isinstance(declaration, Column)
        value = self.compiler.value_or_forbidden(self.place, declaration, used="groupBy", name=grouping.source)
        if grouping.bucket is None:
            return value
        if isinstance(declaration.type, sa.TIMESTAMP):
            value = sa.func.timezone(TIME_ZONE, value)
        else:
            value = sa.cast(value, sa.TIMESTAMP)
        return sa.cast(sa.func.date_trunc(constant(grouping.bucket), value), sa.Date)

    def _visible_id(self, edge: One, field: str) -> Expression:
        """The id of the row to group by; null where the reader may not see it: hidden rows form no groups."""
        assert edge.groups_by is not None
        reached = self.compiler.reach(edge.table, parent=self.place, on=edge.on)
        if reached is None:
            name = self.compiler.graph.coordinate(self.place.node, field)
            raise forbidden(f"groupBy: {name} is withheld from you.")
        if len(reached.clauses) == 1:
            return self.place.row.c[edge.groups_by]
        row = reached.place.row
        found = sa.select(row.c.id).select_from(row.source).where(*reached.clauses)
        return inside(found, self.place).scalar_subquery()

    def _measured(self, name: str, declaration: Declaration) -> Expression:
        assert isinstance(declaration, Column | Amount)
        value = self.compiler.value(self.place, declaration)
        if value is None:
            self.compiler.withheld.add(self.compiler.graph.coordinate(self.place.node, name))
            return sa.cast(sa.null(), sa.Numeric if not is_moment(declaration) else declaration.type)  # pyright: ignore[reportAttributeAccessIssue]
        return value

    def _by_currency(self, reached: Reached, parent: Place | None) -> sa.Subquery:
        keys = [self._key(grouping).label(f"key{n}") for n, grouping in enumerate(self.groupings)]
        currency = next(
            (d.currency(self.place.row) for d in self.measures.values() if isinstance(d, Amount)), constant("")
        )
        columns: list[Any] = [*keys, currency.label("currency"), sa.func.count().label("count")]
        for name, declaration in self.measures.items():
            value = self._measured(name, declaration)
            columns.append(sa.func.min(value).label(f"{name}_min"))
            columns.append(sa.func.max(value).label(f"{name}_max"))
            columns.append(sa.func.count(value).label(f"{name}_count"))
            if not is_moment(declaration):
                columns.append(sa.func.sum(value).label(f"{name}_sum"))
        rows = sa.select(*columns).select_from(self.place.row.source).where(*reached.clauses)
        positions = [sa.literal_column(str(n + 1)) for n in range(len(keys) + 1)]
        return inside(rows.group_by(*positions), parent).subquery(f"{self.place.row.source.description}_by_currency")

    def _groups(self, rows: sa.Subquery, parent: Place | None) -> sa.Subquery:
        keys = [rows.c[f"key{n}"] for n in range(len(self.groupings))]
        count = sa.func.coalesce(sa.func.sum(rows.c["count"]), ZERO)
        columns: list[Any] = [*keys, count.label("count")]
        for name, declaration in self.measures.items():
            columns.append(self._merged(rows, name, declaration).label(name))
        groups = sa.select(*columns).select_from(rows)
        if keys:
            groups = groups.group_by(*keys).order_by(*(key.asc().nulls_last() for key in keys)).limit(self.size)
        if self.compiler.parameters.shape.suppresses_small_cells:
            groups = groups.having(count >= _smallest_cell(self.compiler))
        return inside(groups, parent).subquery(f"{self.place.row.source.description}_groups")

    def _merged(self, rows: sa.Subquery, name: str, declaration: Declaration) -> Expression:
        """One measure of a group as JSON: a list per currency, or one object."""
        nodes = [node for chosen in self.fields.values() if chosen[0].name.value == name for node in chosen]
        low, high = rows.c[f"{name}_min"], rows.c[f"{name}_max"]
        if is_moment(declaration):
            assert isinstance(declaration, Column)
            parts = {
                "min": rendered(sa.func.min(low), declaration.type),
                "max": rendered(sa.func.max(high), declaration.type),
                "__typename": constant(moment_type(declaration)),
            }
            return self._select(moment_type(declaration), nodes, parts)
        count, summed = rows.c[f"{name}_count"], rows.c[f"{name}_sum"]
        if isinstance(declaration, Amount):
            parts = {
                "currency": rows.c.currency,
                "count": sa.cast(count, sa.Text),
                "sum": sa.cast(summed, sa.Text),
                "avg": sa.cast(sa.func.round(summed / count, sa.literal_column("2")), sa.Text),
                "min": sa.cast(low, sa.Text),
                "max": sa.cast(high, sa.Text),
                "__typename": constant("MoneyAggregate"),
            }
            listed = sa.func.json_agg(self._select("MoneyAggregate", nodes, parts))
            listed = listed.aggregate_order_by(sa.collate(rows.c.currency, "C")).filter(count > ZERO)
            return sa.func.coalesce(listed, EMPTY)
        counted = sa.func.coalesce(sa.func.sum(count), ZERO)
        total_sum = sa.func.sum(summed)
        mean = sa.cast(total_sum, sa.Numeric) / sa.func.nullif(sa.func.sum(count), ZERO)
        parts = {
            "count": sa.cast(counted, sa.Text),
            "sum": sa.cast(total_sum, sa.Text),
            "avg": sa.cast(sa.func.round(mean, sa.literal_column("6")), sa.Text),
            "min": sa.cast(sa.func.min(low), sa.Text),
            "max": sa.cast(sa.func.max(high), sa.Text),
            "__typename": constant("NumberAggregate"),
        }
        return self._select("NumberAggregate", nodes, parts)

    def _select(self, type_name: str, nodes: list[FieldNode], parts: Mapping[str, Expression]) -> Expression:
        fields = self.compiler.fields(selections(nodes), type_name)
        return json_object({key: parts[chosen[0].name.value] for key, chosen in fields.items()})

    def _of_group(self, view: View, nodes: list[FieldNode]) -> Expression:
        name = nodes[0].name.value
        match name:
            case "__typename":
                return constant(self.type_name)
            case "count":
                return sa.cast(view.c["count"], sa.Text)
            case "key":
                return self._key_of(view, nodes)
            case _:
                return view.c[name]

    def _key_of(self, view: View, nodes: list[FieldNode]) -> Expression:
        type_name = f"{self.place.node.name}GroupKey"
        numbers = {grouping.field: n for n, grouping in enumerate(self.groupings)}
        parts: dict[str, Expression] = {}
        for key, chosen in self.compiler.fields(selections(nodes), type_name).items():
            name = chosen[0].name.value
            if name == "__typename":
                parts[key] = constant(type_name)
            elif name not in numbers:
                parts[key] = sa.null()
            else:
                parts[key] = self._part_of_key(view, name, numbers[name], chosen)
        return json_object(parts)

    def _part_of_key(self, view: View, name: str, number: int, nodes: list[FieldNode]) -> Expression:
        edge = self.declarations.get(name)
        if not isinstance(edge, One):
            return view.c[f"key{number}"]
        assert edge.groups_by is not None
        row = View(view.source, [], others={edge.groups_by: view.c[f"key{number}"]})
        at_key = Place(self.place.node, row, ())
        reached = self.compiler.reach(edge.table, parent=at_key, on=edge.on)
        if reached is None:
            self.compiler.withheld.add(self.compiler.graph.coordinate(self.place.node, name))
            return sa.null()
        return self.compiler.one(reached, nodes, parent=at_key)
