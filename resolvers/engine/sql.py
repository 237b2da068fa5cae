"""Pieces of SQL that SQLAlchemy has no words for."""

from collections.abc import Iterable, Iterator, Mapping
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


class member_of(FunctionElement[Any]):
    """`(array)[number]`, from 1; null beyond its ends."""

    inherit_cache = False

    def __init__(self, array: Expression, number: Expression, type_: sa.types.TypeEngine[Any]) -> None:
        self.type = type_
        super().__init__(array, number)


@compiles(member_of)
def _member_of(element: member_of, compiler: Any, **options: Any) -> str:
    array, number = (compiler.process(part, **options) for part in element.clauses)
    return f"({array})[{number}]"


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


class View:
    """A subquery whose columns are those of a table, and a few more."""

    def __init__(
        self,
        source: sa.FromClause,
        columns: Iterable[sa.ColumnElement[Any]],
        *,
        asked: "AskedFor | None" = None,
        others: Mapping[str, Expression] | None = None,
    ) -> None:
        """others  what goes by names of its own"""
        self.source = source
        named: dict[str, Expression] = {
            str(column.key): sa.column(str(column.key), column.type, _selectable=source)  # pyright: ignore[reportCallIssue]
            for column in columns
        }
        self.c: Any = _Columns(named | dict(others or {}), set() if asked is None else asked)


AskedFor = set[str]
"""Names of the columns that something above was made of."""


class _Columns:
    """Columns by name, as attributes too, that remember which were asked for."""

    def __init__(self, named: Mapping[str, Expression], asked: AskedFor) -> None:
        self._named, self._asked = named, asked

    def __getitem__(self, name: str) -> Expression:
        self._asked.add(name)
        return self._named[name]

    def __getattr__(self, name: str) -> Expression:
        return self[name]

    def __iter__(self) -> Iterator[Expression]:
        return (self[name] for name in self._named)


class those_asked_for(sa.ColumnClause[Any]):
    """Of many columns those that are asked for, as is known once the statement is complete.

    PostgreSQL prepares every column of every level of a plan, even if it fills it with null: on a page that reads a
    dozen tables that is what takes longest.
    """

    inherit_cache = False

    def __init__(self, asked: AskedFor, columns: Mapping[str, Expression]) -> None:
        # A literal one gets no name for them all.
        super().__init__("those_asked_for", is_literal=True)
        self.asked, self.columns = asked, columns


@compiles(those_asked_for)
def _those_asked_for(element: those_asked_for, compiler: Any, **options: Any) -> str:
    names = [name for name in element.columns if name in element.asked] or ["id"]
    options["within_columns_clause"] = False
    named = ((compiler.process(element.columns[name], **options), compiler.preparer.quote(name)) for name in names)
    return ", ".join(value if value.endswith(f".{name}") else f"{value} AS {name}" for value, name in named)
