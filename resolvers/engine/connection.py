"""Connections: one page of rows, how many there are, and figures about all of them."""

from collections.abc import Callable

import sqlalchemy as sa
from graphql import FieldNode

from resolvers.engine import aggregate
from resolvers.engine.compiler import Compiler, Place, Reached, inside, selections
from resolvers.engine.edges import Expression, Many
from resolvers.engine.order import order_of
from resolvers.engine.page import Page, cursor, page_of, window
from resolvers.engine.sql import View, constant, json_object, star
from resolvers.engine.where import matches

EMPTY = sa.literal_column("'[]'::json")
ZERO, ONE = sa.literal_column("0", sa.Integer), sa.literal_column("1", sa.Integer)
OF_ROWS = {"edges", "nodes", "pageInfo"}
Match = Callable[[], Reached]
"""The rows of the connection under a fresh alias: each figure about them reads them by itself."""


def connection(compiler: Compiler, edge: Many, parent: Place | None, nodes: list[FieldNode]) -> Expression | None:
    """The JSON object of a connection; None where the reader may read none of its rows."""
    arguments = compiler.arguments(nodes[0])
    where = arguments.get("where")
    compiler.has_lists = compiler.has_lists or parent is None

    def match() -> Reached | None:
        reached = compiler.reach(edge.table, parent=parent, on=edge.on, same_customer=edge.same_customer)
        if reached is None or where is None:
            return reached
        return Reached(reached.place, (*reached.clauses, matches(compiler, where, reached.place)))

    first = match()
    if first is None:
        return None
    again: Match = lambda: match() or first  # noqa: E731
    fields = compiler.fields(selections(nodes), f"{first.place.node.name}Connection")
    order = order_of(compiler, edge, arguments.get("orderBy"))
    page = page_of(compiler, order, arguments)
    names = {chosen[0].name.value for chosen in fields.values()}
    window_of_rows = _Rows(compiler, first, page, parent, names) if names & OF_ROWS else None
    parts: dict[str, Expression] = {}
    for key, chosen in fields.items():
        name = chosen[0].name.value
        if name in OF_ROWS:
            assert window_of_rows is not None
            parts[key] = window_of_rows.part(name, chosen)
        elif name == "totalCount":
            parts[key] = aggregate.total(compiler, again(), parent)
        elif name == "aggregates":
            parts[key] = aggregate.aggregates(compiler, again(), parent, chosen)
        else:
            parts[key] = constant(f"{first.place.node.name}Connection")
    json = json_object(parts)
    if window_of_rows is None:
        return json
    return inside(sa.select(json).select_from(window_of_rows.source), parent).scalar_subquery()


class _Rows:
    """One page of rows as a subquery, numbered from 1 in the direction of paging, one row longer than asked for."""

    def __init__(self, compiler: Compiler, reached: Reached, page: Page, parent: Place | None, names: set[str]) -> None:
        self.compiler = compiler
        self.page = page
        place = reached.place
        self.name = place.row.source.description
        keys = [key.value(place).label(f"key{n}") for n, key in enumerate(page.order.keys[:-1])]
        rows = sa.select(star(place.row.source), *keys).select_from(place.row.source)
        rows = rows.where(*reached.clauses, *window(compiler, page, place))
        rows = rows.order_by(*page.order.by(place, backward=page.backward))
        rows = rows.limit(sa.literal_column(str(page.bucket + 1)))
        bucket = inside(rows, parent).subquery(self.name)
        number = sa.literal_column("row_number() OVER ()").label("number")
        taken = sa.literal_column("count(*) OVER ()").label("taken")
        numbered = sa.select(star(bucket), number, taken).select_from(bucket)
        size = page.size + ONE if "pageInfo" in names else page.size
        self.source = inside(numbered.limit(size), parent).subquery(self.name)
        added = [sa.column("number", sa.Integer), sa.column("taken", sa.Integer)]
        added += [sa.column(key.name, key.type) for key in keys]
        view = View(self.source, [*place.row.c, *added])
        self.place = Place(place.node, view, place.scopes)
        self.number = view.c.number
        self.last = sa.func.least(view.c.taken, page.size)
        self.order = self.number.desc() if page.backward else self.number.asc()
        self.keys = [view.c[key.name] for key in keys]
        self.has_more = "pageInfo" in names

    def part(self, name: str, nodes: list[FieldNode]) -> Expression:
        """`edges`, `nodes` or `pageInfo`."""
        if name == "pageInfo":
            return self._page_info(nodes)
        if name == "nodes":
            return self._list(self.compiler.object(self.place, selections(nodes)))
        fields = self.compiler.fields(selections(nodes), f"{self.place.node.name}Edge")
        parts = {key: self._of_edge(chosen) for key, chosen in fields.items()}
        return self._list(json_object(parts))

    def _of_edge(self, nodes: list[FieldNode]) -> Expression:
        match nodes[0].name.value:
            case "node":
                return self.compiler.object(self.place, selections(nodes))
            case "cursor":
                return self._cursor()
            case _:
                return constant(f"{self.place.node.name}Edge")

    def _cursor(self) -> Expression:
        return cursor(self.page.order, [*self.keys, self.place.row.c.id])

    def _list(self, json: Expression) -> Expression:
        listed = sa.func.json_agg(json).aggregate_order_by(self.order)
        if self.has_more:
            listed = listed.filter(self.number <= self.page.size)
        return sa.func.coalesce(listed, EMPTY)

    def _page_info(self, nodes: list[FieldNode]) -> Expression:
        page = self.page
        more = sa.func.count() > page.size
        first = sa.func.max(self._cursor()).filter(self.number == ONE, page.size > ZERO)
        last = sa.func.max(self._cursor()).filter(self.number == self.last)
        parts: dict[str, Expression] = {
            "hasNextPage": _truth(page.before is not None) if page.backward else more,
            "hasPreviousPage": more if page.backward else _truth(page.after is not None),
            "startCursor": last if page.backward else first,
            "endCursor": first if page.backward else last,
            "__typename": constant("PageInfo"),
        }
        fields = self.compiler.fields(selections(nodes), "PageInfo")
        return json_object({key: parts[chosen[0].name.value] for key, chosen in fields.items()})


def _truth(value: bool) -> Expression:
    return sa.true() if value else sa.false()
