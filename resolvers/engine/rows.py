"""One page of a connection's rows as a subquery, and the JSON of its edges, nodes and page info."""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from graphql import FieldNode

from resolvers.engine.compiler import Compiler, Place, inside, selections
from resolvers.engine.edges import Expression
from resolvers.engine.page import Page
from resolvers.engine.page import cursor as cursor_of
from resolvers.engine.sql import AskedFor, View, constant, json_object, those_asked_for

EMPTY = sa.literal_column("'[]'::json")
ZERO, ONE = sa.literal_column("0", sa.Integer), sa.literal_column("1", sa.Integer)
OF_ROWS = {"edges", "nodes", "pageInfo"}

Build = Callable[[Place], Expression]
"""What is made of a row."""


class Rows:
    """One page of rows.

    Where page info is asked for it is one row longer than the page, and its rows are numbered from 1 in the
    direction of paging; so are those of a page read backwards, to be turned round.
    """

    def __init__(
        self,
        compiler: Compiler,
        page: Page,
        parent: Place | None,
        names: set[str],
        *,
        type_name: str,
        found: Callable[[int, AskedFor], sa.Select],
        columns: Sequence[Expression],
        each: Callable[["Rows", Build], Expression],
    ) -> None:
        """
        names    the parts that are selected
        found    so many rows in the direction of paging, from the cursor on: of `columns`, and of key0, key1, … of the
                 order, those that are asked for
        columns  of which `id` is one
        each     the JSON of each row
        """
        self.compiler, self.page, self.parent, self.type_name = compiler, page, parent, type_name
        self._each = each
        self.has_more = "pageInfo" in names
        self.is_numbered = self.has_more or page.backward
        asked: AskedFor = set()
        bucket = found(page.bucket + self.has_more, asked)
        name = bucket.get_final_froms()[0].description or type_name
        self.source = inside(bucket, parent).subquery(name)
        keys = [sa.column(f"key{n}", key.type) for n, key in enumerate(page.order.keys[:-1])]
        if self.is_numbered or not page.is_exact:
            self.source = inside(self._sized([*columns, *keys], asked), parent).subquery(name)
        added = [sa.column("number", sa.Integer), sa.column("taken", sa.Integer)]
        self.row = View(self.source, [*columns, *keys, *added], asked=asked)

    def _sized(self, columns: Sequence[Expression], asked: AskedFor) -> sa.Select:
        """As many rows of the bucket as were asked for."""
        bucket = View(self.source, columns)
        named = {str(column.key): bucket.c[column.key] for column in columns}
        size = self.page.size
        if self.is_numbered:
            named["number"] = sa.literal_column("row_number() OVER ()")
            named["taken"] = sa.literal_column("count(*) OVER ()")
            size = self.page.size + ONE if self.has_more else self.page.size
        return sa.select(those_asked_for(asked, named)).select_from(self.source).limit(size)

    @property
    def number(self) -> Expression:
        """Of a row, from 1 in the direction of paging."""
        return self.row.c.number

    @property
    def last(self) -> Expression:
        """The number of the last row of the page."""
        return sa.func.least(self.row.c.taken, self.page.size)

    def as_one(self, json: Expression) -> Expression:
        """What `json` makes of all rows together. HAVING makes one of them even where nothing in `json` aggregates."""
        made = sa.select(json).select_from(self.source).having(sa.literal_column("true"))
        return inside(made, self.parent).scalar_subquery()

    def part(self, name: str, nodes: list[FieldNode]) -> Expression:
        """`edges`, `nodes` or `pageInfo`."""
        if name == "pageInfo":
            return self._page_info(nodes)
        if name == "nodes":
            return self.listed(self._node(nodes))
        fields = self.compiler.fields(selections(nodes), f"{self.type_name}Edge")
        parts = {key: self._of_edge(chosen) for key, chosen in fields.items()}
        return self.listed(json_object(parts))

    def _node(self, nodes: list[FieldNode]) -> Expression:
        return self.each(lambda place: self.compiler.object(place, selections(nodes)))

    def each(self, build: Build) -> Expression:
        """What `build` makes of each row."""
        return self._each(self, build)

    def _of_edge(self, nodes: list[FieldNode]) -> Expression:
        match nodes[0].name.value:
            case "node":
                return self._node(nodes)
            case "cursor":
                return self.cursor()
            case _:
                return constant(f"{self.type_name}Edge")

    def cursor(self) -> Expression:
        """The cursor of each row."""
        order = self.page.order
        keys = [] if order.is_personal else [self.row.c[f"key{n}"] for n in range(len(order.keys) - 1)]
        return cursor_of(order, [*keys, self.row.c.id])

    def listed(self, json: Expression) -> Expression:
        """The JSON list of what `json` makes of each row."""
        # The rows of a sorted subquery reach the aggregate in their order: nothing stands between the two.
        listed = sa.func.json_agg(json)
        if self.is_numbered:
            listed = listed.aggregate_order_by(self.number.desc() if self.page.backward else self.number.asc())
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
