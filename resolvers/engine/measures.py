"""The figures of a group: sums, means, counts and bounds of what its rows hold, money per currency."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from graphql import FieldNode

from resolvers.engine.cells import currencies_left_out, is_small_part
from resolvers.engine.compiler import Compiler, Fields, Place, inside, selections
from resolvers.engine.edges import Amount, Column, Declaration, Expression
from resolvers.engine.grouping import is_moment
from resolvers.engine.sql import constant, json_object, rendered

EMPTY = sa.literal_column("'[]'::json")
ZERO = sa.literal_column("0", sa.Integer)


def moment_type(declaration: Column) -> str:
    """The type of the bounds of a day or an instant."""
    return "DateAggregate" if isinstance(declaration.type, sa.Date) else "DateTimeAggregate"


class Measures:
    """What is measured. Rows are first grouped by key and currency, then by key alone: money is never added across
    currencies.
    """

    def __init__(self, compiler: Compiler, place: Place, fields: Fields) -> None:
        """fields  that are selected of a group"""
        self.compiler, self.place, self.fields = compiler, place, fields
        declarations = compiler.graph.all_fields[place.node.name]
        names = dict.fromkeys(chosen[0].name.value for chosen in fields.values())
        self.measured = {
            name: declaration for name in names if isinstance(declaration := declarations.get(name), Column | Amount)
        }

    @property
    def currency(self) -> Expression:
        """What rows are told apart by before they are added up."""
        amounts = (each for each in self.measured.values() if isinstance(each, Amount))
        return next((amount.currency(self.place.row) for amount in amounts), constant(""))

    def columns(self) -> list[sa.Label[Any]]:
        """Of the rows of one key and currency."""
        columns: list[sa.Label[Any]] = []
        for name, declaration in self.measured.items():
            value = self._measured(name, declaration)
            columns.append(sa.func.min(value).label(f"{name}_min"))
            columns.append(sa.func.max(value).label(f"{name}_max"))
            columns.append(sa.func.count(value).label(f"{name}_count"))
            if not is_moment(declaration):
                columns.append(sa.func.sum(value).label(f"{name}_sum"))
        return columns

    def _measured(self, name: str, declaration: Column | Amount) -> Expression:
        value = self.compiler.value(self.place, declaration)
        if value is not None:
            return value
        self.compiler.withheld.add(self.compiler.graph.coordinate(self.place.node, name))
        is_day = isinstance(declaration, Column) and is_moment(declaration)
        return sa.cast(sa.null(), declaration.type if is_day and isinstance(declaration, Column) else sa.Numeric())

    def judged(self, rows: sa.Subquery, keys: Sequence[str], parent: Place | None) -> sa.Subquery:
        """The rows of key and currency, with those of which policy leaves out the figures about money marked."""
        amounts = [name for name, declaration in self.measured.items() if isinstance(declaration, Amount)]
        if not amounts or not self.compiler.parameters.shape.suppresses_small_cells:
            return rows
        marks = [
            currencies_left_out(self.compiler, rows, keys, f"{name}_count").label(f"{name}_left_out")
            for name in amounts
        ]
        marked = sa.select(*rows.c, *marks).select_from(rows)
        return inside(marked, parent).subquery(f"{rows.name}_judged")

    def merged(self, rows: sa.Subquery) -> list[sa.Label[Any]]:
        """The measures of a group as JSON, over the rows of its currencies: a list per currency, or one object."""
        return [self._merged(rows, name, each).label(name) for name, each in self.measured.items()]

    def _merged(self, rows: sa.Subquery, name: str, declaration: Declaration) -> Expression:
        nodes = [node for chosen in self.fields.values() if chosen[0].name.value == name for node in chosen]
        if isinstance(declaration, Amount):
            return self._money(rows, name, nodes)
        assert isinstance(declaration, Column)
        count = sa.func.coalesce(sa.func.sum(rows.c[f"{name}_count"]), ZERO)
        few = is_small_part(self.compiler, count)
        if is_moment(declaration):
            json = self._bounds(rows, name, declaration, nodes)
        else:
            json = self._number(rows, name, count, nodes)
            # Less the rows of the group, they tell how many are without a value; bounds do not.
            few = sa.or_(few, is_small_part(self.compiler, sa.func.sum(rows.c["count"]) - count))
        if not self.compiler.parameters.shape.suppresses_small_cells:
            return json
        return sa.case((sa.not_(few), json))

    def _bounds(self, rows: sa.Subquery, name: str, declaration: Column, nodes: list[FieldNode]) -> Expression:
        type_name = moment_type(declaration)
        parts = {
            "min": rendered(sa.func.min(rows.c[f"{name}_min"]), declaration.type),
            "max": rendered(sa.func.max(rows.c[f"{name}_max"]), declaration.type),
            "__typename": constant(type_name),
        }
        return self._select(type_name, nodes, parts)

    def _money(self, rows: sa.Subquery, name: str, nodes: list[FieldNode]) -> Expression:
        count, summed = rows.c[f"{name}_count"], rows.c[f"{name}_sum"]
        parts = {
            "currency": rows.c.currency,
            "count": sa.cast(count, sa.Text),
            "sum": sa.cast(summed, sa.Text),
            "avg": sa.cast(sa.func.round(summed / count, sa.literal_column("2")), sa.Text),
            "min": sa.cast(rows.c[f"{name}_min"], sa.Text),
            "max": sa.cast(rows.c[f"{name}_max"], sa.Text),
            "__typename": constant("MoneyAggregate"),
        }
        shown = [count > ZERO]
        if f"{name}_left_out" in rows.c:
            shown.append(sa.not_(rows.c[f"{name}_left_out"]))
        listed = sa.func.json_agg(self._select("MoneyAggregate", nodes, parts))
        listed = listed.aggregate_order_by(sa.collate(rows.c.currency, "C")).filter(*shown)
        return sa.func.coalesce(listed, EMPTY)

    def _number(self, rows: sa.Subquery, name: str, count: Expression, nodes: list[FieldNode]) -> Expression:
        total = sa.func.sum(rows.c[f"{name}_sum"])
        mean = sa.cast(total, sa.Numeric) / sa.func.nullif(sa.func.sum(rows.c[f"{name}_count"]), ZERO)
        parts = {
            "count": sa.cast(count, sa.Text),
            "sum": sa.cast(total, sa.Text),
            "avg": sa.cast(sa.func.round(mean, sa.literal_column("6")), sa.Text),
            "min": sa.cast(sa.func.min(rows.c[f"{name}_min"]), sa.Text),
            "max": sa.cast(sa.func.max(rows.c[f"{name}_max"]), sa.Text),
            "__typename": constant("NumberAggregate"),
        }
        return self._select("NumberAggregate", nodes, parts)

    def _select(self, type_name: str, nodes: list[FieldNode], parts: Mapping[str, Expression]) -> Expression:
        fields = self.compiler.fields(selections(nodes), type_name)
        return json_object({key: parts[chosen[0].name.value] for key, chosen in fields.items()})
