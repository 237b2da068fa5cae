"""How tables are written: every column carries its data class, every node the same few columns of its own."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.shared.identifier import IdentifierKind

SCHEMA = "ketu"

metadata = sa.MetaData(
    schema=SCHEMA,
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    },
)

Money = sa.Numeric(18, 2)
Rate = sa.Numeric(9, 6)
SortKey = sa.Text(collation="C")


class DataClass(StrEnum):
    """How far a column's values may travel (JR/T 0171): C3 is never stored, so it has no name here."""

    C1 = "C1"
    """Internal: codes, dates of contracts, organisation."""
    C2 = "C2"
    """Personal: identifies or describes a person, or is an amount of theirs."""


def c1(name: str, type_: Any, *arguments: Any, **options: Any) -> sa.Column[Any]:
    """A column of internal data."""
    return _classified(DataClass.C1, name, type_, *arguments, **options)


def c2(name: str, type_: Any, *arguments: Any, **options: Any) -> sa.Column[Any]:
    """A column of personal data: never in a cursor, a log or an error."""
    return _classified(DataClass.C2, name, type_, *arguments, **options)


def _classified(data_class: DataClass, name: str, type_: Any, *arguments: Any, **options: Any) -> sa.Column[Any]:
    info = options.pop("info", {}) | {"class": data_class}
    nullable = options.pop("nullable", False)
    return sa.Column(name, type_, *arguments, nullable=nullable, info=info, **options)


def choice(name: str, values: type[StrEnum], *, personal: bool = False, **options: Any) -> sa.Column[Any]:
    """A column of one of `values`, stored under the name the graph uses and checked by the database."""
    listed = ", ".join(f"'{value.name}'" for value in values)
    check = sa.CheckConstraint(f"{name} IN ({listed})", name=name)
    return (c2 if personal else c1)(name, sa.Text, check, info={"choice": values}, **options)


def choices(name: str, values: type[StrEnum], *, personal: bool = True) -> sa.Column[Any]:
    """A list of some of `values`, stored and checked as `choice` does."""
    listed = ", ".join(f"'{value.name}'" for value in values)
    check = sa.CheckConstraint(f"{name} <@ ARRAY[{listed}]::text[]", name=name)
    return (c2 if personal else c1)(name, postgresql.ARRAY(sa.Text), check, info={"choice": values})


def reference(name: str, target: str, **options: Any) -> sa.Column[Any]:
    """The id of a row of table `target`."""
    return c1(name, sa.BigInteger, sa.ForeignKey(f"{SCHEMA}.{target}.id"), **options)


def sealed(name: str, kind: IdentifierKind | str, *, batch: int = 1_000, **options: Any) -> sa.Column[Any]:
    """A column of cipher texts.

    kind   what they are sealed as, or the column that names it
    batch  how many of them go into memory at once
    """
    return c2(name, sa.LargeBinary, info={"sealed": kind, "batch": batch}, **options)


def encrypted(name: str, kind: IdentifierKind | str) -> Iterable[sa.Column[Any]]:
    """A personal identifier, kept as mask (shown), blind index (equality), last four digits and cipher text.

    kind  what it identifies, or the column that names it
    """
    return (
        c2(f"{name}_masked", sa.Text, nullable=True),
        c2(f"{name}_blind_index", sa.LargeBinary, nullable=True),
        c2(f"{name}_last4", sa.Text, nullable=True),
        sealed(f"{name}_cipher", kind, nullable=True),
    )


def node(*, sourced: bool = True) -> Iterable[sa.Column[Any]]:
    """Identity and life of a row that the graph shows: id, times, version; and where a sourced row came from."""
    yield c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True)
    yield c1("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"))
    yield c1("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"))
    yield c1("version", sa.Integer, server_default=sa.text("1"))
    if sourced:
        yield c1("source", sa.Text, nullable=True)
        yield c1("source_key", sa.Text, nullable=True)
        yield c1("as_of_date", sa.Date, nullable=True)


def searched(table: str, column: str) -> sa.Index:
    """Names or numbers are found by their beginnings, however they are written; compared under COLLATE "C"."""
    return sa.Index(f"{table}_{column}_search_idx", sa.text(f"ketu.search_key({column})"), "id")


def from_source() -> sa.UniqueConstraint:
    """A source delivers each of its keys once per table."""
    return sa.UniqueConstraint("source", "source_key")
