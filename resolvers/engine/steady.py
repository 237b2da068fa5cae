"""Lists whose plan is made once, not anew at each execution, which costs PostgreSQL as much as a page of rows.

A plan that is kept knows neither the reader's positions nor how many rows lie there. So the statement itself says which
way to go, by what is known of the reader: who sees much walks the order of the list and leaves out what is not theirs,
who sees little gathers what is theirs and sorts it.
"""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import operators, visitors

from resolvers.engine.compiler import Reached
from resolvers.engine.edges import Clause
from resolvers.engine.order import TotalOrder
from resolvers.engine.sql import View


def is_everything(reached: Reached) -> bool:
    """Whether the reader sees all rows of the table: there is nothing in the statement that a plan could depend on."""
    return all(scope.shape.is_everything for scope in reached.place.scopes)


def steadied(reached: Reached, order: TotalOrder) -> Reached | None:
    """The same rows, so that one plan serves all readers of this shape; None where none can.

    reached  rows without a parent and a filter: nothing but the reader's scope says which
    """
    if not reached.clauses:
        return reached
    walks = walked(reached) if _has_index(order, reached) else None
    return walks or _gathered(reached)


def walked(reached: Reached) -> Reached | None:
    """The same rows, to be found by walking an index; None where the reader sees too little for that."""
    if not reached.clauses:
        return reached
    if not all(scope.shape.is_everything or scope.shape.is_wide for scope in reached.place.scopes):
        return None
    # No index has this, and PostgreSQL takes it for true as often as not.
    clause = _row_by_row(sa.and_(*reached.clauses))
    return Reached(reached.place, (sa.case((clause, sa.true()), else_=sa.false()),))


def _has_index(order: TotalOrder, reached: Reached) -> bool:
    """Whether an index has the rows in this order."""
    first, table = order.keys[0], reached.place.node.rows.table
    spelled = str(first.value(reached.place)).replace(f"{reached.place.row.source.description}.", "")
    # Ascending, nulls come last; an index that is read backwards has them first.
    wanted = f"{spelled} DESC NULLS LAST" if first.nullable and first.descending else spelled
    begins = (str(next(iter(index.expressions))).removeprefix(f"{table.name}.") for index in table.indexes)
    return wanted in ("id", *begins)


def _gathered(reached: Reached) -> Reached | None:
    """The same rows, all gathered before anything else is done with them; None where other rows alone say which."""
    row, clause = reached.place.row, sa.and_(*reached.clauses)
    own = sa.select(*row.c)
    if not _reads_other_rows(clause):
        own = own.where(clause)
    elif len(ways := _alternatives(clause)) > 1:
        # Each is found by an index of its own; as one condition they are found by none.
        own = own.where(row.c.id.in_(sa.union(*(sa.select(row.c.id).where(way) for way in ways))))
    else:
        return None
    # OFFSET 0 has the rows gathered before they are sorted.
    own = own.offset(sa.literal_column("0"))
    view = View(own.subquery(f"own_{row.source.description}"), list(row.c))
    return Reached(replace(reached.place, row=view), ())


def _alternatives(clause: Any) -> list[Clause]:
    """The conditions of which one suffices."""
    if isinstance(clause, sa.Grouping):
        return _alternatives(clause.element)
    if isinstance(clause, sa.BooleanClauseList) and len(clause.clauses) == 1:
        return _alternatives(clause.clauses[0])
    if isinstance(clause, sa.BooleanClauseList) and clause.operator is operators.or_:
        return [way for each in clause.clauses for way in _alternatives(each)]
    return [clause]


def _row_by_row(clause: Clause) -> Clause:
    """The same; what other rows say is looked up for each row. OFFSET 0 keeps all of them from being gathered first."""

    def offset(element: Any, **_options: Any) -> Any:
        return element.offset(sa.literal_column("0")) if isinstance(element, sa.Select) else None

    return visitors.replacement_traverse(clause, {}, offset)


def _reads_other_rows(clause: Clause) -> bool:
    return any(isinstance(part, sa.Select | sa.ScalarSelect) for part in visitors.iterate(clause))
