"""Pieces of SQL that SQLAlchemy has no words for."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from resolvers.engine.edges import Expression

NULL = sa.literal_column("NULL::json", postgresql.JSON)


class json_object(FunctionElement[Any]):
    """`JSON_OBJECT('key' VALUE value, …)`: keys in order, null for null, no limit of a hundred arguments."""

    type = postgresql.JSON()
    inherit_cache = False

    def __init__(self, pairs: Mapping[str, Expression]) -> None:
        self.keys = list(pairs)
        super().__init__(*pairs.values())


@compiles(json_object)
def _json_object(element: json_object, compiler: Any, **options: Any) -> str:
    values = [compiler.process(value, **options) for value in element.clauses]
    pairs = (f"{quoted(key)} VALUE {value}" for key, value in zip(element.keys, values, strict=True))
    return f"JSON_OBJECT({', '.join(pairs)})"


def quoted(text: str) -> str:
    """A string constant of SQL. Only names of the schema and of the document (GraphQL names) get here."""
    return "'" + text.replace("'", "''") + "'"


def constant(text: str) -> Expression:
    """A string constant of SQL, as an expression."""
    return sa.literal_column(quoted(text), sa.Text)


def by_constant(value: Expression, arms: Mapping[str, Expression]) -> Expression:
    """`CASE value WHEN 'key' THEN arm …`"""
    return sa.case(*((value == constant(key), arm) for key, arm in arms.items()))


def rendered(value: Expression, type_: sa.types.TypeEngine[Any]) -> Expression:
    """`value` as both executions show it: exact decimals and large counts as text, times in UTC to the microsecond."""
    if isinstance(type_, sa.Numeric | sa.BigInteger):
        return sa.cast(value, sa.Text)
    if isinstance(type_, sa.TIMESTAMP):
        utc = sa.func.timezone(constant("UTC"), value)
        return sa.func.to_char(utc, constant('YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    return value


def row_from(source: sa.FromClause, columns: Iterable[sa.ColumnElement[Any]]) -> "View":
    """See a subquery that selects `t.*` as if it were the table."""
    return View(source, columns)


class View:
    """A subquery whose columns are those of a table, and a few more."""

    def __init__(self, source: sa.FromClause, columns: Iterable[sa.ColumnElement[Any]]) -> None:
        self.source = source
        self.c: Any = {
            column.key: sa.column(str(column.key), column.type, _selectable=source)  # pyright: ignore[reportCallIssue]
            for column in columns
        }
        self.c = _Columns(self.c)


class _Columns(dict[str, Expression]):
    """Columns by name, as attributes too."""

    def __getattr__(self, name: str) -> Expression:
        return self[name]


def star(source: sa.FromClause) -> Expression:
    """Every column of `source`; PostgreSQL drops those that nothing above asks for."""
    return sa.literal_column(f"{source.description}.*")
