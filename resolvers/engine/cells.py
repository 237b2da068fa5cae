"""Small cells: figures about so few rows that policy lets a role not see them, and what would tell them.

Beside the groups a reader sees how many rows there are in all. What is left out is therefore never a small one
together: where it would be, the next smallest goes too, so that it is two groups at least. Keys are judged from the
outermost on, so that groups by fewer keys do not tell what groups by more leave out: of what the outer keys leave out
beside a small group, the inner ones leave out enough for its size not to be told
(docs/decisions/0054-groups-and-small-cells.md).
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from resolvers.engine.compiler import Compiler, Place, inside
from resolvers.engine.edges import Clause, Expression

ZERO = sa.literal_column("0", sa.Integer)


def is_small(compiler: Compiler, count: Expression) -> Clause:
    """Whether so many rows are too few to be shown figures about."""
    return count < compiler.parameters.smallest_cell()


def is_small_part(compiler: Compiler, count: Expression) -> Clause:
    """The same, where no row at all is nothing to be kept from anybody."""
    return sa.and_(count > ZERO, is_small(compiler, count))


def shown_groups(compiler: Compiler, groups: sa.Subquery, keys: Sequence[str], parent: Place | None) -> sa.Subquery:
    """The groups that are not left out.

    groups  with a column `count`
    keys    the names of the columns that rows are grouped by, outermost first
    """
    totals: list[sa.Label[Any]] = []
    for number in range(1, len(keys)):
        within = [groups.c[name] for name in keys[:number]]
        totals.append(sa.func.sum(groups.c["count"]).over(partition_by=within).label(f"total{number - 1}"))
    totals.append(groups.c["count"].label(f"total{len(keys) - 1}"))
    totalled = inside(sa.select(*groups.c, *totals), parent).subquery(f"{groups.name}_totalled")
    goes: Clause = sa.false()
    for number, key in enumerate(keys):
        within = [totalled.c[name] for name in keys[:number]]
        goes = _goes_for(compiler, totalled, within, key, f"total{number}", is_needed=goes)
    judged = sa.select(*totalled.c, sa.or_(is_small(compiler, totalled.c["count"]), goes).label("left_out"))
    marked = inside(judged, parent).subquery(f"{groups.name}_judged")
    shown = sa.select(*(marked.c[column.key] for column in groups.c)).where(sa.not_(marked.c.left_out))
    return inside(shown, parent).subquery(f"{groups.name}_shown")


def _goes_for(
    compiler: Compiler,
    groups: sa.Subquery,
    within: Sequence[Expression],
    key: str,
    total: str,
    *,
    is_needed: Clause,
) -> Clause:
    """Whether a group, taken together with all that have this key in common, is left out beside small ones.

    within     the outer keys, which all of these have in common
    is_needed  whether these keys are left out beside small ones, so that something has to be left out here
    """
    size = groups.c[total]
    by_size = [size, groups.c[key].asc().nulls_last()]
    smallest = sa.func.min(size).over(partition_by=within)
    # Rows that have the key in common are equal in this order, and counted together.
    before = sa.func.sum(groups.c["count"]).over(partition_by=within, order_by=by_size) - size
    return sa.and_(sa.or_(is_small(compiler, smallest), is_needed), is_small(compiler, before))


def currencies_left_out(compiler: Compiler, rows: sa.Subquery, keys: Sequence[str], count: str) -> Clause:
    """Whether the figures about money of one currency are left out of a group: the same by currencies.

    Rows without an amount count as one currency more, for the rows of the group less those of its currencies are these.

    rows   one for each group and currency, with columns `currency` and `count`
    count  the name of the column that says how many of them have an amount
    """
    size, within = rows.c[count], [rows.c[name] for name in keys]
    by_size = [size, sa.collate(rows.c.currency, "C")]
    without = sa.func.sum(rows.c["count"] - size).over(partition_by=within)
    smallest = sa.func.min(size).filter(size > ZERO).over(partition_by=within)
    is_needed = sa.or_(is_small(compiler, smallest), is_small_part(compiler, without))
    before = sa.func.sum(size).over(partition_by=within, order_by=by_size) - size
    before += sa.case((without < size, without), else_=ZERO)
    return sa.or_(is_small(compiler, size), sa.and_(is_needed, is_small(compiler, before)))
