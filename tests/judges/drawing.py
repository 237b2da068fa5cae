"""What random rows are drawn from, for the judges' bank."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import asyncpg

from domain.tables import metadata
from tests.judges.language import World

NAMES = (
    "王芳",
    "王方",
    "Anna Nováková",
    "anna",
    "50% _off\\",
    "O'Neil",
    '"q"',
    "李",
    "🦊 Ltd",
    "50 of off",
    "a_b",
    "axb",
    "\\o/",
    "o/x",
    None,
    None,
)
CURRENCIES = ("CNY", "EUR", "USD")
MOMENTS = [
    datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours) for hours in (0, 0, 5, 15, 16, 737, 800, 8759, 9000)
]
DAYS = [date(1999, 12, 31), date(2024, 2, 29), date(2024, 2, 29), date(2025, 1, 1), date(2026, 10, 31)]
AMOUNTS = [Decimal(text) for text in ("0.00", "0.01", "10.00", "10.00", "99.99", "123456789.05")]


def schema_of(table: str) -> str:
    """The schema that a table is in."""
    return {"event": "audit", "source_batch": "staging", "file_count": "staging"}.get(table, "ketu")


async def insert(connection: asyncpg.Connection, table: str, **values: Any) -> int:
    """Store one row; its id."""
    places = ", ".join(f"${n + 1}" for n in range(len(values)))
    statement = f"INSERT INTO {schema_of(table)}.{table} ({', '.join(values)}) VALUES ({places}) RETURNING id"
    row_id = await connection.fetchval(statement, *values.values())
    assert isinstance(row_id, int)
    return row_id


async def insert_once(connection: asyncpg.Connection, table: str, **values: Any) -> None:
    """Store one row unless one with its key is there."""
    try:
        await insert(connection, table, **values)
    except asyncpg.UniqueViolationError:
        return


def one_of(rng: Random, table: str, column: str) -> str:
    """One of the choices of a column."""
    choices = metadata.tables[f"{schema_of(table)}.{table}"].c[column].info["choice"]
    return rng.choice(list(choices)).name


@dataclass
class Drawing:
    """A bank that random rows are added to."""

    connection: asyncpg.Connection
    rng: Random
    world: World
    """What was there before."""
    everybody: list[int]
    """The ids of all customers."""
    sealed: Callable[[str, str], dict[str, Any]]
    """The columns of a number of a table in one of its spellings, or of none."""

    def maybe(self, value: Any) -> Any:
        """The value, or None."""
        return value if self.rng.random() < 0.6 else None

    def common(self) -> dict[str, Any]:
        """What every row has."""
        return {"created_at": self.rng.choice(MOMENTS), "version": self.rng.randint(1, 3)}

    def of(self, table: str, *columns: str) -> dict[str, Any]:
        """One of the choices of each column."""
        return {column: one_of(self.rng, table, column) for column in columns}

    def text(self) -> str:
        """Some text, perhaps none."""
        return self.rng.choice(NAMES) or ""

    def place(self) -> dict[str, Any]:
        """A branch, its position, and perhaps a customer."""
        branch = self.rng.choice(self.world.tables["branch"])
        customer_id = self.maybe(self.rng.choice(self.everybody))
        return {"branch_id": branch["id"], "position": branch["position"], "customer_id": customer_id}

    def ids(self, table: str) -> list[int]:
        """The ids of the rows that were there before."""
        return [row["id"] for row in self.world.tables[table]]
