"""Figures about all rows of a connection: how many, and what there is to be said of them per group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from graphql import FieldNode

from domain.shared.problem import invalid
from resolvers.engine.cells import is_small, shown_groups
from resolvers.engine.compiler import Compiler, Place, Reached, inside, selections
from resolvers.engine.edges import Clause, Expression
from resolvers.engine.grouping import keys_of
from resolvers.engine.inputs import Value
from resolvers.engine.measures import EMPTY, ZERO, Measures
from resolvers.engine.sql import View, constant, json_object

DEFAULT_GROUPS = 100
MOST_GROUPS = 1_000
ORDERS = {
    "KEY": "In the order of the keys, outermost first; groups without a value last.",
    "LARGEST_FIRST": "Groups of most rows first; those of as many in the order of the keys.",
}


def total(compiler: Compiler) -> Expression:
    """The number of rows selected, as text; null where policy suppresses so small a number."""
    count = sa.func.count()
    shown = sa.cast(count, sa.Text)
    if not compiler.parameters.shape.suppresses_small_cells:
        return shown
    return sa.case((sa.not_(is_small(compiler, count)), shown))


def aggregates(compiler: Compiler, reached: Reached, parent: Place | None, nodes: list[FieldNode]) -> Expression:
    """The JSON list of groups; without `groupBy`, one group of all rows."""
    return _Aggregates(compiler, reached.place, nodes).statement(reached, parent)


def _is_size(asked: int, name: str) -> bool:
    if not 0 <= asked <= MOST_GROUPS:
        raise invalid(f"{name} is {asked}; groups go from 0 to {MOST_GROUPS}.")
    return True


def _is_count(asked: int, name: str) -> bool:
    if asked < 1:
        raise invalid(f"{name} is {asked}; a group has 1 row or more.")
    return True


@dataclass(frozen=True)
class _Found:
    """Groups, and what they can be put in order by."""

    groups: sa.Select
    keys: Sequence[Expression]
    count: Expression
    where: Callable[[Clause], sa.Select]
    """Fewer of them."""


class _Aggregates:
    """The groups of one list."""

    def __init__(self, compiler: Compiler, place: Place, nodes: list[FieldNode]) -> None:
        self.compiler, self.place = compiler, place
        self.type_name = f"{place.node.name}Aggregate"
        self.fields = compiler.fields(selections(nodes), self.type_name)
        arguments = compiler.arguments(nodes[0])
        self.keys = keys_of(compiler, place, arguments.get("groupBy"))
        self.names = [name for key in self.keys for name in key.columns]
        self.measures = Measures(compiler, place, self.fields)
        self.size, self.least = self._size(arguments), self._least(arguments)
        order = arguments.get("orderBy")
        self.is_largest_first = order is not None and order.chosen("groups in order", str) == "LARGEST_FIRST"

    def _size(self, arguments: Mapping[str, Value]) -> Expression:
        first = arguments.get("first")
        if first is None:
            return sa.literal_column(str(DEFAULT_GROUPS))
        # Asked for its refusal alone: a size that cannot be is told even where nothing is grouped.
        first.chosen("groups", lambda asked: _is_size(asked, first.name))
        return self._number(first)

    def _least(self, arguments: Mapping[str, Value]) -> Expression | None:
        least = arguments.get("minCount")
        if least is None:
            return None
        least.chosen("least", lambda asked: _is_count(asked, least.name))
        return self._number(least)

    def _number(self, value: Value) -> Expression:
        read = value.read()
        return self.compiler.parameters.bind(lambda request: read(request.variables), sa.Integer())

    def statement(self, reached: Reached, parent: Place | None) -> Expression:
        groups = self._listed(self._found(self._by_currency(reached, parent), parent), parent)
        view = View(groups, [sa.column(column.name, column.type) for column in groups.c])
        json = json_object({key: self._of_group(view, chosen) for key, chosen in self.fields.items()})
        listed = sa.func.json_agg(json)
        if self.keys:
            listed = listed.aggregate_order_by(*self._order([view.c[name] for name in self.names], view.c["count"]))
        return inside(sa.select(sa.func.coalesce(listed, EMPTY)).select_from(groups), parent).scalar_subquery()

    def _order(self, keys: Sequence[Expression], count: Expression) -> list[Expression]:
        by_key: list[Expression] = [key.asc().nulls_last() for key in keys]
        return [count.desc(), *by_key] if self.is_largest_first else by_key

    def _by_currency(self, reached: Reached, parent: Place | None) -> sa.Subquery:
        keys = [column.label(name) for key in self.keys for name, column in key.columns.items()]
        currency = self.measures.currency.label("currency")
        columns = [*keys, currency, sa.func.count().label("count"), *self.measures.columns()]
        source = self.place.row.source
        for key in self.keys:
            source = key.joined(source)
        rows = sa.select(*columns).select_from(source).where(*reached.clauses)
        positions = [sa.literal_column(str(n + 1)) for n in range(len(keys) + 1)]
        found = inside(rows.group_by(*positions), parent)
        found = found.subquery(f"{self.place.row.source.description}_by_currency")
        return self.measures.judged(found, self.names, parent)

    def _found(self, rows: sa.Subquery, parent: Place | None) -> "_Found":
        """The groups that are not left out because they are small."""
        keys = [rows.c[name] for name in self.names]
        count = sa.func.coalesce(sa.func.sum(rows.c["count"]), ZERO)
        groups = sa.select(*keys, count.label("count"), *self.measures.merged(rows)).select_from(rows)
        groups = groups.group_by(*keys) if keys else groups
        if not self.compiler.parameters.shape.suppresses_small_cells:
            return _Found(groups, keys, count, groups.having)
        if not keys:
            groups = groups.having(sa.not_(is_small(self.compiler, count)))
            return _Found(groups, keys, count, groups.having)
        all_groups = inside(groups, parent).subquery(f"{self.place.row.source.description}_cells")
        # A band of money is two keys, its currency and the band within it: figures without a key are per currency.
        shown = shown_groups(self.compiler, all_groups, self.names, parent)
        groups = sa.select(*shown.c)
        return _Found(groups, [shown.c[name] for name in self.names], shown.c["count"], groups.where)

    def _listed(self, found: "_Found", parent: Place | None) -> sa.Subquery:
        """Those of them that are asked for."""
        groups = found.groups if self.least is None else found.where(found.count >= self.least)
        if self.keys:
            groups = groups.order_by(*self._order(found.keys, found.count)).limit(self.size)
        return inside(groups, parent).subquery(f"{self.place.row.source.description}_groups")

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
        keys = {key.grouping.field: key for key in self.keys}
        parts: dict[str, Expression] = {}
        for name, chosen in self.compiler.fields(selections(nodes), type_name).items():
            field = chosen[0].name.value
            if field == "__typename":
                parts[name] = constant(type_name)
            else:
                parts[name] = keys[field].shown(view, chosen) if field in keys else sa.null()
        return json_object(parts)
