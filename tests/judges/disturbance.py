"""Random changes to rows, of which only those are kept that one reader cannot see; or only those that they can."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import asyncpg
import sqlalchemy as sa

from domain.tables import metadata
from tests.judges import data
from tests.judges.view import View, snake
from tests.judges.words import GUARDED, KINDS, Row, World

FIXED = {"consent", "event", "file_count", "policy_line", "source_batch"}
"""Tables that are only ever added to, and those that pipelines alone write."""
TABLES = {kind.table: metadata.tables[f"ketu.{kind.table}"] for kind in KINDS.values() if kind.table not in FIXED}
TYPES = {kind.table: name for name, kind in KINDS.items()}
KEPT_BY_TRIGGERS = {
    "account": ("customer",), "account_holder": ("customer",), "alert": ("alert_badge",), "staff": ("alert_badge",),
}  # fmt: skip
"""Tables that change with another one."""
NOBODYS = ("id", "updated_at", "aum")
"""Columns that nobody writes."""
TRIES = 5
"""For each change that is to be kept."""
MOST_STEPS = 12
"""From a row that is deleted to rows that name it, to rows that name those, and so on."""
REFUSED = (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError)


def seen(view: View) -> dict[tuple[str, int], Row]:
    """All that the reader can see: every row in reach, without the values that they may not see."""
    shown: dict[tuple[str, int], Row] = {}
    for type_name, kind in KINDS.items():
        guarded = [field for of_type, field in GUARDED if of_type == type_name and field != "age"]
        for row in view.world.tables[kind.table]:
            if view.sees(type_name, row):
                hidden = {snake(field): view.value(type_name, row, field) for field in guarded}
                shown[type_name, row["id"]] = {name: row[name] for name in row if name != "updated_at"} | hidden
    return shown


class Disturbance:
    """Changes within one transaction."""

    def __init__(self, connection: Any, rng: Random, view: View, *, is_visible: bool) -> None:
        self.connection, self.rng, self.view, self.is_visible = connection, rng, view, is_visible
        self.seen = seen(view)
        self.kept: Counter[str] = Counter()
        self.told: list[str] = []

    async def disturb(self, count: int) -> None:
        """Make about so many changes."""
        for _ in range(count * TRIES):
            if len(self.told) == count:
                return
            await self._try()

    async def _try(self) -> None:
        table = self.rng.choice(list(TABLES))
        kind = self.rng.choice(["update", "update", "insert", "delete"])
        savepoint = self.connection.transaction()
        await savepoint.start()
        try:
            what = await getattr(self, f"_{kind}")(table)
        except REFUSED:
            what = None
        # Who manages a customer is written down elsewhere, too.
        view = await self._view(kind == "delete" or table == "customer", table) if what else self.view
        if what is None or (seen(view) != self.seen) is not self.is_visible:
            await savepoint.rollback()
            return
        await savepoint.commit()
        self.view = view
        self.kept[f"{kind} {table}"] += 1
        self.told.append(f"{kind} {table}: {what}")

    async def _view(self, others_too: bool, table: str) -> View:
        """The reader's view after a change of one table, and of others."""
        changed = TABLES if others_too else [table, *KEPT_BY_TRIGGERS.get(table, ())]
        read = {name: await data.rows(self.connection, name) for name in changed}
        return View(World(self.view.world.tables | read), self.view.reader, self.view.schema)

    def _rows(self, table: str) -> list[Row]:
        """Rows that are likely to do: in sight or out of sight."""
        rows = self.view.world.tables[table]
        fitting = [row for row in rows if self.view.sees(TYPES[table], row) is self.is_visible]
        guarded = any(of_type == TYPES[table] for of_type, _ in GUARDED)
        return fitting if fitting and not (guarded and self.rng.random() < 0.2) else rows

    async def _update(self, table: str) -> str | None:
        rows = self._rows(table)
        if not rows:
            return None
        row = self.rng.choice(rows)
        columns = [column for column in TABLES[table].columns if column.name not in NOBODYS]
        several = self.rng.sample(columns, self.rng.choice([1, 1, 1, 2, len(columns)]))
        values = {column.name: self._value(table, column, row) for column in several}
        listed = ", ".join(f"{name} = ${number}" for number, name in enumerate(values, start=2))
        await self.connection.execute(f"UPDATE ketu.{table} SET {listed} WHERE id = $1", row["id"], *values.values())
        return f"{row['id']} {values}"

    async def _insert(self, table: str) -> str | None:
        rows = self._rows(table)
        if not rows:
            return None
        row = self.rng.choice(rows)
        columns = [column for column in TABLES[table].columns if column.name not in ("id", "aum")]
        values = {column.name: self._value(table, column, row) for column in columns}
        return f"{await data.insert(self.connection, table, **values)} {values}"

    async def _delete(self, table: str) -> str | None:
        rows = self._rows(table)
        if not rows:
            return None
        row = self.rng.choice(rows)
        doomed = list(self._with_dependants(table, row["id"]))
        for each, row_id in reversed(list(dict.fromkeys(doomed))):
            await self.connection.execute(f"DELETE FROM ketu.{each} WHERE id = $1", row_id)
        return repr(doomed)

    def _with_dependants(self, table: str, row_id: int) -> Iterable[tuple[str, int]]:
        """The row, then those that name it, then those that name them."""
        level, steps = [(table, row_id)], 0
        # Rows may name each other in a circle.
        while level and steps < MOST_STEPS:
            yield from level
            steps += 1
            level = [
                (name, row["id"])
                for name, other in TABLES.items()
                for column in other.columns
                for of_table, of_id in level
                if _names(column) == of_table
                for row in self.view.world.where(name, column.name, of_id)
                if (name, row["id"]) not in level
            ][:200]

    def _value(self, table: str, column: sa.Column[Any], row: Row) -> Any:
        """Some value that the column can have."""
        target = _names(column)
        if target in TABLES:
            others = self._rows(target) or self.view.world.tables[target]
            return self.rng.choice(others)["id"]
        used = self.rng.choice(self.view.world.tables[table])[column.name]
        if target is not None:
            # Of a table that the graph does not show.
            return used
        if column.unique or column.name == "source_key":
            return _fresh(used, self.rng)
        if "choice" in column.info or isinstance(used, list | bool | bytes) or used is None:
            return used
        if column.name in ("position", "position_end") and table != "branch":
            return self.rng.choice(self.view.world.tables["branch"])["position"]
        return used if self.rng.random() < 0.5 else _fresh(used, self.rng)


def _names(column: sa.Column[Any]) -> str | None:
    """The table whose rows a column names."""
    return next((key.column.table.name for key in column.foreign_keys if key.column.name == "id"), None)


def _fresh(value: Any, rng: Random) -> Any:
    """A value of the same type that probably nothing has yet."""
    match value:
        case bool() | None:
            return value
        case int():
            return value + rng.randint(1, 90_000)
        case Decimal():
            return value + Decimal(rng.randint(1, 999)) / 100
        case datetime():
            return value + timedelta(minutes=rng.randint(1, 900_000))
        case date():
            return value + timedelta(days=rng.randint(1, 400))
        case str():
            return f"{value}{rng.randint(0, 99_999)}"
        case _:
            return value
