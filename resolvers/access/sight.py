"""What somebody else may see, asked by the graph's own predicates over a scope written out in the statement."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from authz.permissions import Permission
from authz.reader import Reader
from domain.shared.scope import Scope
from resolvers.engine.edges import Clause, Expression, Row
from resolvers.engine.graph import NodeType
from resolvers.engine.guards import Alias
from resolvers.engine.plan import DIALECT


@dataclass(frozen=True)
class WrittenScope:
    """A scope as a predicate without parameters, for statements that are run once."""

    scope: Scope
    granted: Collection[int]

    def clause(
        self, *, position: Expression, managers: Sequence[Expression], customer: Expression | None
    ) -> Clause | None:
        """Rows in scope; None where the scope is everything."""
        if self.scope.is_everything:
            return None
        clauses: list[Clause] = [position.between(low, high) for low, high in self.scope.intervals]
        if self.scope.manager_id is not None:
            clauses += [manager == self.scope.manager_id for manager in managers]
            if customer is not None and self.granted:
                clauses.append(customer.in_(self.granted))
        return sa.or_(*clauses) if clauses else sa.false()


def written(reader: Reader, *permissions: Permission) -> list[WrittenScope]:
    """The scopes of a reader."""
    return [WrittenScope(reader.scope_of[each], reader.subject.granted_customer_ids) for each in permissions]


def text(statement: sa.ClauseElement) -> str:
    """SQL with every value in it: numbers of ours, never what a client sent."""
    return str(statement.compile(dialect=DIALECT, compile_kwargs={"literal_binds": True}))


def is_reference(node: NodeType) -> bool:
    """Whether whoever may read the rows sees every one."""
    return node.rows.visible(Alias(node.rows.table, "tried"), [WrittenScope(Scope(), ())]) is None


def row_of(node: NodeType) -> Row:
    """The rows of a type, under a name of their own."""
    return Alias(node.rows.table, "asked")


async def customer_ids(connection: Any, node: NodeType, row_id: int) -> list[int]:
    """The customers whom a row tells about."""
    if node.rows.about is None:
        return []
    row = row_of(node)
    ids = sa.func.to_json(node.rows.about(row))
    listed = sa.case((sa.func.json_typeof(ids) == "array", ids), else_=sa.func.json_build_array(ids))
    each = sa.func.json_array_elements_text(listed).table_valued(sa.column("value", sa.Text), name="each")
    found = sa.select(sa.cast(each.c.value, sa.BigInteger).label("id")).select_from(row.source.join(each, sa.true()))
    rows = await connection.fetch(text(found.where(row.c.id == row_id, each.c.value.is_not(None))))
    return sorted({found["id"] for found in rows})


async def sees(connection: Any, reader: Reader, node: NodeType, row_id: int, *permissions: Permission) -> bool:
    """Whether a row is there and within every one of the reader's scopes."""
    if any(reader.scope_of[permission].is_nothing for permission in permissions):
        return False
    row = row_of(node)
    visible = node.rows.visible(row, written(reader, *permissions))
    found = sa.select(sa.literal_column("1")).select_from(row.source).where(row.c.id == row_id)
    return bool(await connection.fetchval(text(found if visible is None else found.where(visible))))
