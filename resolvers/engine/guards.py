"""The predicates that keep rows from readers: one spelling for every path on which a row is reached."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from resolvers.engine.edges import BoundScope, Clause, Expression, Guard, Row


def for_everyone(_row: Row, _scopes: Sequence[BoundScope]) -> Clause | None:
    """Reference data: whoever has the permission sees every row."""
    return None


def positioned(*, position: str = "position", managers: Sequence[str], customer: str | None = None) -> Guard:
    """A row that carries its own organisation position and managers.

    customer  the column that access grants name, where they apply to the row
    """

    def visible(row: Row, scopes: Sequence[BoundScope]) -> Clause | None:
        named = None if customer is None else row.c[customer]
        return _all(
            scope.clause(position=row.c[position], managers=[row.c[manager] for manager in managers], customer=named)
            for scope in scopes
        )

    return visible


def through(
    owner: sa.Table, owner_visible: Guard, owned: Callable[[Row, Row], Clause], *, link: sa.Table | None = None
) -> Guard:
    """A row that is visible when some row of `owner` that it belongs to is.

    owned  (row, link or owner) → how the row names the link, or without one its owner
    link   a table with a column `<owner>_id`, where a row may have several owners
    """

    def visible(row: Row, scopes: Sequence[BoundScope]) -> Clause | None:
        owner_row = Alias(owner, f"{owner.name}_of_{row.source.description}")
        in_scope = owner_visible(owner_row, scopes)
        if in_scope is None:
            return None
        belongs: sa.Select[tuple[int]]
        if link is None:
            belongs = sa.select(sa.literal_column("1")).select_from(owner_row.source).where(owned(row, owner_row))
        else:
            link_row = Alias(link, f"{link.name}_of_{row.source.description}")
            joined = sa.join(link_row.source, owner_row.source, owner_row.c.id == link_row.c[f"{owner.name}_id"])
            belongs = sa.select(sa.literal_column("1")).select_from(joined).where(owned(row, link_row))
        return sa.exists(belongs.where(in_scope).correlate(row.source))

    return visible


def all_of(*guards: Guard) -> Guard:
    """A row that several predicates must let through: a tie between two customers, for one."""

    def visible(row: Row, scopes: Sequence[BoundScope]) -> Clause | None:
        return _all(guard(row, scopes) for guard in guards)

    return visible


def any_of(*guards: Guard) -> Guard:
    """A row that one of several predicates lets through."""

    def visible(row: Row, scopes: Sequence[BoundScope]) -> Clause | None:
        clauses = [guard(row, scopes) for guard in guards]
        needed = [clause for clause in clauses if clause is not None]
        return sa.or_(*needed) if len(needed) == len(clauses) else None

    return visible


def _all(clauses: Iterable[Clause | None]) -> Clause | None:
    """All of them; None where each of them is certain."""
    needed = [clause for clause in clauses if clause is not None]
    return sa.and_(*needed) if needed else None


class Alias:
    """A table under a name of its own within a statement."""

    def __init__(self, table: sa.Table, name: str) -> None:
        self.source = table.alias(name)
        self.c: Any = _Columns(table, self.source)


class _Columns:
    """Columns of an alias, by name and as attributes, made where they are used: SQLAlchemy's own copies of whole tables
    took a tenth of compiling.
    """

    def __init__(self, table: sa.Table, source: sa.FromClause) -> None:
        self._table, self._source = table, source
        self._made: dict[str, Expression] = {}

    def __getitem__(self, name: str) -> Expression:
        made = self._made.get(name)
        if made is None:
            type_ = self._table.c[name].type
            made = self._made[name] = sa.column(name, type_, _selectable=self._source)  # pyright: ignore[reportCallIssue]
        return made

    def __getattr__(self, name: str) -> Expression:
        return self[name]

    def __iter__(self) -> Iterator[Expression]:
        return (self[column.name] for column in self._table.c)
