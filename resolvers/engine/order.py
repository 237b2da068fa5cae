"""Total orders: the keys that a client or an edge asks for, ending in the id, nulls last."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from authz.permissions import Permission
from domain.shared.columns import DataClass
from domain.shared.problem import forbidden, invalid
from resolvers.engine.compiler import Compiler, Place, inside
from resolvers.engine.edges import Amount, Column, Declaration, Expression, Many, One, Union
from resolvers.engine.graph import Graph, NodeType
from resolvers.engine.inputs import Value
from resolvers.engine.sql import constant

MOST_KEYS = 5


@dataclass(frozen=True)
class Key:
    """One key of an order, for any row of the ordered type."""

    name: str
    value: Callable[[Place], Expression]
    type: sa.types.TypeEngine[Any]
    descending: bool
    nullable: bool
    personal: bool


@dataclass(frozen=True)
class TotalOrder:
    """Keys that leave no two rows equal: the last is the id."""

    type_name: str
    """Of the rows, or of the union that they are part of."""
    keys: tuple[Key, ...]

    @cached_property
    def signature(self) -> str:
        """Marks the cursors of this order, so that they are not taken for another's."""
        words = [self.type_name, *(f"{key.name} {'desc' if key.descending else 'asc'}" for key in self.keys)]
        return sha256(" ".join(words).encode()).hexdigest()[:8]

    @property
    def is_personal(self) -> bool:
        """Cursors must not carry the values: some key is personal data."""
        return any(key.personal for key in self.keys)

    def by(self, values: Sequence[Expression], *, backward: bool = False) -> list[Expression]:
        """What ORDER BY takes, given the value of each key; backward, the exact opposite."""
        terms: list[Expression] = []
        for key, value in zip(self.keys, values, strict=True):
            term = value.desc() if key.descending is not backward else value.asc()
            terms.append((term.nulls_first() if backward else term.nulls_last()) if key.nullable else term)
        return terms


def enum_name(field: str) -> str:
    """The name of a field as a value of an enum: openedOn → OPENED_ON."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", field).upper()


def orderable(graph: Graph, node: NodeType) -> Mapping[str, tuple[str, ...]]:
    """By enum value, the field, or the to-one edges and the field beyond them, that rows of `node` may be ordered by.

    A word that follows itself is said once: `tier.tier.rank` is TIER_RANK.
    """
    names: dict[str, tuple[str, ...]] = {}
    for field, declaration in graph.all_fields[node.name].items():
        if _has_order(declaration):
            names[enum_name(field)] = (field,)
        elif isinstance(declaration, One):
            for beyond in declaration.orders_by:
                path = (field, *beyond.split("."))
                names["_".join(enum_name(each) for each, _ in groupby(path))] = path
    return names


def _has_order(declaration: Declaration) -> bool:
    return isinstance(declaration, Amount) or (isinstance(declaration, Column) and declaration.filters)


def order_of(compiler: Compiler, edge: Many, order_by: Value | None) -> TotalOrder:
    """The order that the client asks for, else the edge's own.

    raises  Problem  when a key is withheld from the reader, or there are too many keys
    """
    node = compiler.graph.by_table[edge.table]
    keys: list[Key] = []
    for item in order_by.items() if order_by is not None else ():
        entries = dict(item.entries())
        if entries["field"].is_null:
            raise invalid(f"{entries['field'].name} is null.")
        name = entries["field"].chosen("field", str)
        direction = entries.get("direction")
        descending = direction is not None and not direction.is_null and direction.chosen("direction", str) == "DESC"
        keys.append(_asked(compiler, node, name, descending, item.name))
    if len(keys) > MOST_KEYS:
        raise invalid(f"orderBy has {len(keys)} keys; at most {MOST_KEYS} are taken.")
    if not keys:
        keys = [_declared(edge.table, order.column, order.descending) for order in edge.order]
    last = _identity(keys[-1].descending if keys else False)
    return TotalOrder(node.name, (*keys, last))


def order_of_union(edge: Union) -> TotalOrder:
    """The order of a union: the column that each member is ordered by, then the type's name, then the id."""
    columns = {member.table: member.order[0] for member in edge.members}
    first = edge.members[0]
    declared, descending = first.table.c[first.order[0].column], first.order[0].descending

    def of_member(place: Place) -> Expression:
        table = place.node.rows.table
        return place.row.c[columns[table].column]

    keys = (
        Key("order", of_member, declared.type, descending, nullable=bool(declared.nullable), personal=False),
        Key("type", lambda place: constant(place.node.name), sa.Text(), descending, nullable=False, personal=False),
    )
    return TotalOrder(edge.type_name, (*keys, _identity(descending)))


def _identity(descending: bool) -> Key:
    return Key("id", lambda place: place.row.c.id, sa.BigInteger(), descending, nullable=False, personal=False)


def _declared(table: sa.Table, name: str, descending: bool) -> Key:
    column = table.c[name]
    return Key(
        name,
        lambda place: place.row.c[name],
        column.type,
        descending,
        nullable=bool(column.nullable),
        personal=column.info["class"] is DataClass.C2,
    )


def _asked(compiler: Compiler, node: NodeType, name: str, descending: bool, used: str) -> Key:
    field, *beyond = orderable(compiler.graph, node)[name]
    if beyond:
        return _beyond(compiler, node, name, [field, *beyond], descending, used)
    declaration = compiler.graph.all_fields[node.name][field]
    assert isinstance(declaration, Column | Amount)
    _refuse_withheld(compiler, node, field, used, (declaration.requires,) if declaration.requires else ())
    return Key(
        name,
        lambda place: _sortable(compiler, place, declaration, used, field),
        _sort_type(declaration),
        descending,
        nullable=declaration.nullable or declaration.requires is not None,
        personal=isinstance(declaration, Amount) or declaration.personal,
    )


def _refuse_withheld(compiler: Compiler, node: NodeType, field: str, used: str, needed: Sequence[Permission]) -> None:
    """Told even where no row is selected, and the order is of no use."""
    if any(compiler.parameters.scope(permission).is_nothing for permission in needed):
        raise forbidden(f"{used}: {compiler.graph.coordinate(node, field)} is withheld from you.")


def _beyond(compiler: Compiler, node: NodeType, name: str, path: Sequence[str], descending: bool, used: str) -> Key:
    """By a field of the row at the end of to-one edges."""
    *fields, last = path
    edges: list[One] = []
    for field in fields:
        edge = compiler.graph.all_fields[node.name][field]
        assert isinstance(edge, One)
        target = compiler.graph.by_table[edge.table]
        _refuse_withheld(compiler, node, field, used, target.rows.reads)
        edges.append(edge)
        node = target
    declaration = node.fields[last]
    assert isinstance(declaration, Column)

    def value(place: Place, ahead: Sequence[One] = tuple(edges)) -> Expression:
        if not ahead:
            return _sortable(compiler, place, declaration, used, last)
        edge, *others = ahead
        reached = compiler.reach(edge.table, parent=place, on=edge.on, same_customer=edge.same_customer)
        assert reached is not None
        shown = value(reached.place, others)
        found = sa.select(shown).select_from(reached.place.row.source).where(*reached.clauses)
        return inside(found, place).scalar_subquery()

    return Key(name, value, _sort_type(declaration), descending, nullable=True, personal=declaration.personal)


def _sortable(compiler: Compiler, place: Place, declaration: Column | Amount, used: str, name: str) -> Expression:
    value = compiler.value_or_forbidden(place, declaration, used=used, name=name)
    if isinstance(declaration, Column) and declaration.sort is not None:
        return declaration.sort(place.row)
    return value


def _sort_type(declaration: Column | Amount) -> sa.types.TypeEngine[Any]:
    if isinstance(declaration, Amount):
        return sa.Numeric()
    return sa.Text() if declaration.sort is not None else declaration.type
