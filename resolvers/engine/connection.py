"""Connections: one page of rows, how many there are, and figures about all of them."""

from collections.abc import Mapping

import sqlalchemy as sa
from graphql import FieldNode

from resolvers.engine import aggregate
from resolvers.engine.compiler import Compiler, Place, Reached, inside, selections
from resolvers.engine.edges import Expression, Many
from resolvers.engine.inputs import Value
from resolvers.engine.order import order_of
from resolvers.engine.page import Page, page_of, window
from resolvers.engine.page import cursor as cursor_of
from resolvers.engine.sql import View, constant, json_object, star
from resolvers.engine.where import matches

EMPTY = sa.literal_column("'[]'::json")
ZERO, ONE = sa.literal_column("0", sa.Integer), sa.literal_column("1", sa.Integer)
OF_ROWS = {"edges", "nodes", "pageInfo"}


def reached_by(compiler: Compiler, edge: Many, parent: Place | None, arguments: Mapping[str, Value]) -> Reached | None:
    """The rows of a connection, filter included, under a fresh alias; None where the reader may read none."""
    reached = compiler.reach(edge.table, parent=parent, on=edge.on, same_customer=edge.same_customer)
    where = arguments.get("where")
    return reached if reached is None or where is None else reached.where(matches(compiler, where, reached.place))


def connection(compiler: Compiler, edge: Many, parent: Place | None, nodes: list[FieldNode]) -> Expression | None:
    """The JSON object of a connection; None where the reader may read none of its rows."""
    arguments = compiler.arguments(nodes[0])
    compiler.has_lists = compiler.has_lists or parent is None
    reached = reached_by(compiler, edge, parent, arguments)
    if reached is None:
        return None
    name = reached.place.node.name
    fields = compiler.fields(selections(nodes), f"{name}Connection")
    page = page_of(compiler, order_of(compiler, edge, arguments.get("orderBy")), arguments)
    names = {chosen[0].name.value for chosen in fields.values()}
    rows = Rows(compiler, reached, page, parent, names) if names & OF_ROWS else None
    parts: dict[str, Expression] = {}
    for key, chosen in fields.items():
        part = chosen[0].name.value
        if part in OF_ROWS:
            assert rows is not None
            parts[key] = rows.part(part, chosen)
        elif part == "__typename":
            parts[key] = constant(f"{name}Connection")
        else:
            # Each figure reads the matching rows by itself, under an alias of its own.
            again = reached_by(compiler, edge, parent, arguments)
            assert again is not None
            parts[key] = (
                aggregate.total(compiler, again, parent)
                if part == "totalCount"
                else aggregate.aggregates(compiler, again, parent, chosen)
            )
    json = json_object(parts)
    return json if rows is None else rows.as_one(json, parent)


class Rows:
    """One page of rows as a subquery.

    Where page info is asked for it is one row longer than the page, and its rows are numbered from 1 in the
    direction of paging; so are those of a page read backwards, to be turned round.
    """

    def __init__(self, compiler: Compiler, reached: Reached, page: Page, parent: Place | None, names: set[str]) -> None:
        self.compiler = compiler
        self.page = page
        place = reached.place
        self.name = place.row.source.description
        keys = [key.value(place).label(f"key{n}") for n, key in enumerate(page.order.keys[:-1])]
        rows = sa.select(star(place.row.source), *keys).select_from(place.row.source)
        rows = rows.where(*reached.clauses, *window(compiler, page, place))
        rows = rows.order_by(*page.order.by(place, backward=page.backward))
        self.has_more = "pageInfo" in names
        self.is_numbered = self.has_more or page.backward
        rows = rows.limit(sa.literal_column(str(page.bucket + self.has_more)))
        self.source = inside(rows, parent).subquery(self.name)
        if self.is_numbered or not page.is_whole_bucket:
            self.source = inside(self._sized(self.source), parent).subquery(self.name)
        added = [sa.column("number", sa.Integer), sa.column("taken", sa.Integer)]
        added += [sa.column(key.name, key.type) for key in keys]
        view = View(self.source, [*place.row.c, *added])
        self.place = Place(place.node, view, place.scopes)
        self.number = view.c.number
        self.last = sa.func.least(view.c.taken, page.size)
        self.order = self.number.desc() if page.backward else self.number.asc()
        self.keys = [view.c[key.name] for key in keys]

    def _sized(self, bucket: sa.Subquery) -> sa.Select:
        """As many rows of the bucket as were asked for."""
        if not self.is_numbered:
            return sa.select(star(bucket)).select_from(bucket).limit(self.page.size)
        number = sa.literal_column("row_number() OVER ()").label("number")
        taken = sa.literal_column("count(*) OVER ()").label("taken")
        size = self.page.size + ONE if self.has_more else self.page.size
        return sa.select(star(bucket), number, taken).select_from(bucket).limit(size)

    def as_one(self, json: Expression, parent: Place | None) -> Expression:
        """What `json` makes of all rows together. HAVING makes one of them even where nothing in `json` aggregates."""
        made = sa.select(json).select_from(self.source).having(sa.literal_column("true"))
        return inside(made, parent).scalar_subquery()

    def part(self, name: str, nodes: list[FieldNode]) -> Expression:
        """`edges`, `nodes` or `pageInfo`."""
        if name == "pageInfo":
            return self._page_info(nodes)
        if name == "nodes":
            return self.listed(self.compiler.object(self.place, selections(nodes)))
        fields = self.compiler.fields(selections(nodes), f"{self.place.node.name}Edge")
        parts = {key: self._of_edge(chosen) for key, chosen in fields.items()}
        return self.listed(json_object(parts))

    def _of_edge(self, nodes: list[FieldNode]) -> Expression:
        match nodes[0].name.value:
            case "node":
                return self.compiler.object(self.place, selections(nodes))
            case "cursor":
                return self.cursor()
            case _:
                return constant(f"{self.place.node.name}Edge")

    def cursor(self) -> Expression:
        return cursor_of(self.page.order, [*self.keys, self.place.row.c.id])

    def listed(self, json: Expression) -> Expression:
        # The rows of a sorted subquery reach the aggregate in their order: nothing stands between the two.
        listed = sa.func.json_agg(json)
        if self.is_numbered:
            listed = listed.aggregate_order_by(self.order)
        if self.has_more:
            listed = listed.filter(self.number <= self.page.size)
        return sa.func.coalesce(listed, EMPTY)

    def _page_info(self, nodes: list[FieldNode]) -> Expression:
        page = self.page
        more = sa.func.count() > page.size
        first = sa.func.max(self.cursor()).filter(self.number == ONE, page.size > ZERO)
        last = sa.func.max(self.cursor()).filter(self.number == self.last)
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
