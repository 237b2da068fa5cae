"""Rows by the keys of other systems: one row for each key of a source, and the newest delivery of it wins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.command.checks import written
from domain.command.model import invalid_input

LONGEST_SOURCE = 100
LONGEST_KEY = 200
WAIT = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"


class Delivery(StrEnum):
    """What a delivery of a row came to."""

    CREATED = "there was no row under this key; there is now"
    UPDATED = "the row has other values now"
    UNCHANGED = "the row had these values already"
    STALE = "the row was delivered as of a later day already, and stays as it is"


@dataclass(frozen=True, slots=True)
class Delivered:
    """Where a row comes from, and the day it describes."""

    source: str
    key: str
    as_of: date

    @property
    def columns(self) -> dict[str, Any]:
        """As it is kept."""
        return {"source": self.source, "source_key": self.key, "as_of_date": self.as_of}


def delivered(given: Mapping[str, Any], today: date) -> Delivered:
    """What an input says of it. Raises Refusal."""
    as_of = given["source_as_of"]
    if as_of > today:
        raise invalid_input("It describes a day that the bank has not reached.", "input", "sourceAsOf")
    return Delivered(
        written(given["source"], LONGEST_SOURCE, "input", "source"),
        written(given["source_key"], LONGEST_KEY, "input", "sourceKey"),
        as_of,
    )


async def known(connection: Any, table: str, by: Delivered) -> Any:
    """The row under the key, held; None where there is none, and none will be made before the transaction ends."""
    await connection.execute(WAIT, f"{table} {len(by.source)} {by.source} {by.key}")
    statement = f"SELECT * FROM ketu.{table} WHERE source = $1 AND source_key = $2 FOR NO KEY UPDATE"  # noqa: S608 (names of our own)
    return await connection.fetchrow(statement, by.source, by.key)


def is_stale(row: Any, by: Delivered) -> bool:
    """Whether the row was delivered as of a later day."""
    return row["as_of_date"] is not None and row["as_of_date"] > by.as_of


async def keep(connection: Any, table: str, row_id: int, columns: Mapping[str, Any]) -> None:
    """Set columns of a row."""
    listed = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, start=2))
    await connection.execute(f"UPDATE ketu.{table} SET {listed} WHERE id = $1", row_id, *columns.values())  # noqa: S608


def differing(row: Any, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Of the columns, those that the row holds other values in."""
    return {name: value for name, value in columns.items() if row[name] != value}
