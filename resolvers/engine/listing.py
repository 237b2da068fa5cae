"""All the rows that one connection field stands for: of a table, or of several tables in one order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import sqlalchemy as sa
from graphql import FieldNode

from resolvers.engine import aggregate
from resolvers.engine.compiler import Compiler, Place, Reached, inside
from resolvers.engine.edges import Expression, Many, Union
from resolvers.engine.inputs import Value
from resolvers.engine.order import order_of, order_of_union
from resolvers.engine.page import page_of, window
from resolvers.engine.rows import Build, Rows
from resolvers.engine.sql import AskedFor, by_constant, those_asked_for
from resolvers.engine.steady import is_everything, steadied
from resolvers.engine.where import matches

Arguments = Mapping[str, Value]


class Listing(Protocol):
    """The rows that match, on all pages."""

    def rows(self, names: set[str]) -> Rows:
        """The page asked for; `names` are the parts selected of it."""
        ...

    def total(self) -> Expression:
        """How many there are."""
        ...

    def aggregates(self, nodes: list[FieldNode]) -> Expression:
        """Figures about them."""
        ...


def listing(compiler: Compiler, edge: Many | Union, parent: Place | None, node: FieldNode) -> Listing | None:
    """The rows of a connection field; None where the reader may read none of them."""
    arguments = compiler.arguments(node)
    if isinstance(edge, Union):
        compiler.plans_anew = compiler.plans_anew or parent is None
        members = _readable(compiler, edge, parent)
        return UnionListing(compiler, edge, members, parent, arguments) if members else None
    reached = reached_by(compiler, edge, parent, arguments)
    return None if reached is None else TableListing(compiler, edge, reached, parent, arguments)


def reached_by(compiler: Compiler, edge: Many, parent: Place | None, arguments: Arguments) -> Reached | None:
    """The rows of a connection, filter included, under a fresh alias; None where the reader may read none."""
    reached = compiler.reach(
        edge.table, parent=parent, on=edge.on, same_customer=edge.same_customer, tells_more=edge.tells_more
    )
    where = arguments.get("where")
    return reached if reached is None or where is None else reached.where(matches(compiler, where, reached.place))


class TableListing:
    """The rows of one table."""

    def __init__(
        self, compiler: Compiler, edge: Many, reached: Reached, parent: Place | None, arguments: Arguments
    ) -> None:
        self._compiler, self._edge, self._parent, self._arguments = compiler, edge, parent, arguments
        self._reached = reached
        self._is_all = is_everything(reached) and "where" not in arguments
        self._page = page_of(compiler, order_of(compiler, edge, arguments.get("orderBy")), arguments)

    def rows(self, names: set[str]) -> Rows:
        page, reached = self._page, self._steadied()
        place = reached.place

        def found(limit: int, asked: AskedFor) -> sa.Select:
            values = [key.value(place) for key in page.order.keys]
            columns = {column.key: column for column in place.row.c}
            columns |= {f"key{n}": value for n, value in enumerate(values[:-1])}
            rows = sa.select(those_asked_for(asked, columns)).select_from(place.row.source)
            rows = rows.where(*reached.clauses, *window(self._compiler, page, place))
            return rows.order_by(*page.order.by(values, backward=page.backward)).limit(_literal(limit))

        return Rows(
            self._compiler,
            page,
            self._parent,
            names,
            type_name=place.node.name,
            found=found,
            columns=list(place.row.c),
            each=lambda rows, build: build(replace(place, row=rows.row)),
        )

    def _steadied(self) -> Reached:
        """The rows of a root in the way that is best for the reader; below, the row above says which."""
        if self._parent is not None:
            return self._reached
        reached = self._reached
        steady = None if "where" in self._arguments else steadied(reached, self._page.order)
        self._compiler.plans_anew = self._compiler.plans_anew or steady is None
        return steady or reached

    def total(self) -> Expression:
        reached = self._again()
        found = sa.select(aggregate.total(self._compiler)).select_from(reached.place.row.source)
        return inside(found.where(*reached.clauses), self._parent).scalar_subquery()

    def aggregates(self, nodes: list[FieldNode]) -> Expression:
        return aggregate.aggregates(self._compiler, self._again(), self._parent, nodes)

    def _again(self) -> Reached:
        """Each figure reads the matching rows by itself, under an alias of its own.

        All of them are read: those of a customer are few, others are found in a way that depends on the reader.
        """
        self._compiler.plans_anew = self._compiler.plans_anew or not (self._is_all or self._edge.same_customer)
        reached = reached_by(self._compiler, self._edge, self._parent, self._arguments)
        assert reached is not None
        return reached


Members = Sequence[tuple[Many, Reached]]


def _readable(compiler: Compiler, edge: Union, parent: Place | None) -> Members:
    found: list[tuple[Many, Reached]] = []
    for member in edge.members:
        reached = compiler.reach(
            member.table, parent=parent, on=member.on, same_customer=member.same_customer, tells_more=member.tells_more
        )
        if reached is None:
            compiler.withheld.add(compiler.graph.by_table[member.table].name)
        else:
            found.append((member, reached))
    return found


class UnionListing:
    """The rows of several tables. Each gives its first rows, type, id and place in the order alone; of all these the
    page takes its own, and only they are read whole.
    """

    def __init__(
        self, compiler: Compiler, edge: Union, members: Members, parent: Place | None, arguments: Arguments
    ) -> None:
        self._compiler, self._edge, self._members, self._parent = compiler, edge, members, parent
        self._page = page_of(compiler, order_of_union(edge), arguments)

    def rows(self, names: set[str]) -> Rows:
        return Rows(
            self._compiler,
            self._page,
            self._parent,
            names,
            type_name=self._edge.type_name,
            found=self._found,
            columns=[sa.column("id", sa.BigInteger), sa.column("type", sa.Text)],
            each=self._each,
        )

    def _found(self, limit: int, asked: AskedFor) -> sa.Select:
        page = self._page
        firsts = [self._first(reached, limit) for _, reached in self._members]
        found = sa.union_all(*firsts).subquery(self._edge.type_name.lower())
        values = [found.c.key0, found.c.type, found.c.id]
        columns = {"type": found.c.type, "id": found.c.id, "key0": found.c.key0, "key1": found.c.type}
        rows = sa.select(those_asked_for(asked, columns)).select_from(found)
        return rows.order_by(*page.order.by(values, backward=page.backward)).limit(_literal(limit))

    def _first(self, reached: Reached, limit: int) -> sa.Select:
        """The first rows of one member in the direction of paging. Its type is a constant, which orders nothing."""
        page, place = self._page, reached.place
        values = [key.value(place) for key in page.order.keys]
        order, _, identity = page.order.by(values, backward=page.backward)
        rows = sa.select(values[1].label("type"), values[2].label("id"), values[0].label("key0"))
        rows = rows.select_from(place.row.source).where(*reached.clauses, *window(self._compiler, page, place))
        first = inside(rows.order_by(order, identity).limit(_literal(limit)), self._parent)
        # In brackets, and so with an order of its own.
        bracketed = first.subquery(f"first_{place.row.source.description}")
        return inside(sa.select(*bracketed.c), self._parent)

    def _each(self, rows: Rows, build: Build) -> Expression:
        return by_constant(
            rows.row.c.type,
            {reached.place.node.name: self._whole(rows, reached, build) for _, reached in self._members},
        )

    def _whole(self, rows: Rows, reached: Reached, build: Build) -> Expression:
        """A row of the page where it lives; it was seen to be visible when it was found."""
        node = reached.place.node
        row = self._compiler.alias(node.rows.table)
        json = build(replace(reached.place, row=row))
        whole = sa.select(json).select_from(row.source).where(row.c.id == rows.row.c.id)
        return whole.correlate(rows.source).scalar_subquery()

    def total(self) -> Expression:
        counted: list[sa.Select] = []
        for _, reached in _readable(self._compiler, self._edge, self._parent):
            one = sa.select(sa.literal_column("1").label("one")).select_from(reached.place.row.source)
            counted.append(inside(one.where(*reached.clauses), self._parent))
        found = sa.union_all(*counted).subquery(self._edge.type_name.lower())
        return inside(sa.select(aggregate.total(self._compiler)).select_from(found), self._parent).scalar_subquery()

    def aggregates(self, nodes: list[FieldNode]) -> Expression:
        raise TypeError(f"{self._edge.type_name} has no figures beyond its count")


def _literal(limit: int) -> Expression:
    return sa.literal_column(str(limit))
