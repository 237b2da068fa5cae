"""A connection that takes Arrow tables: one transaction, which commits at its end or not at all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import adbc_driver_manager
import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa
import sqlalchemy as sa

from domain.pipelines.ingestion.refusal import LoadRefused
from domain.tables import metadata

LOCK_NOT_AVAILABLE = "55P03"
REFERENCES = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(string_to_array($1, ',')::regclass[])
    ORDER BY conname
"""


FOLLOWS = (
    ("ketu.customer", "begin_portfolio_terms"), ("ketu.account_holder", "tell_insert"),
    ("ketu.account_holder", "add_up_insert"),
)  # fmt: skip
"""Triggers that begin terms of portfolios on the day of the load, where here they began when they did, and that tell
accounts their holders and customers their AUM, which here they know."""


class Store:
    """Copies rows into tables. Rows are visible to others after `commit`."""

    def __init__(self, connection: adbc.Connection) -> None:
        self._connection = connection
        self._references: list[tuple[str, str, str]] = []

    def copy(self, table: sa.Table, rows: pa.Table) -> int:
        """Copy rows; the number of them."""
        with self._connection.cursor() as cursor:
            cursor.adbc_ingest(table.name, rows, mode="append", db_schema_name=table.schema)
        return rows.num_rows

    def set_references_aside(self, tables: Iterable[sa.Table]) -> None:
        """Let `tables` refer to anything until `restore_references`. Raises LoadRefused where others use the tables.

        A foreign key looks each row up on its own, which takes longer than copying it: 15 s and 7 s for a million
        rows. Added again, it is checked over all rows at once, in half a second. To rebuild indexes gained nothing.
        """
        names = ",".join(table.fullname for table in tables)
        with self._connection.cursor() as cursor:
            # Names come out complete where nothing is found without them.
            cursor.execute("SET LOCAL search_path = pg_catalog")
            cursor.execute("SET LOCAL lock_timeout = '10s'")
            cursor.execute(REFERENCES, (names,))
            self._references = [(str(table), str(name), str(rule)) for table, name, rule in cursor.fetchall()]
            try:
                for table, name, _ in self._references:
                    cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
                for table, trigger in FOLLOWS:
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
            except adbc_driver_manager.Error as error:
                if error.sqlstate != LOCK_NOT_AVAILABLE:
                    raise
                raise LoadRefused(
                    "others are using the tables of this database", mend="stop what serves it, then run this again"
                ) from error

    def restore_references(self) -> None:
        """Check every row against the references set aside, and keep them from now on."""
        for table, name, rule in self._references:
            self._execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}")
        for table, trigger in FOLLOWS:
            self._execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
        self._references = []

    def finish(self) -> None:
        """Ids go on after the last ones, and the planner learns what is there."""
        for table in metadata.sorted_tables:
            if "id" in table.columns and table.columns["id"].identity is not None:
                self._execute(
                    f"SELECT setval(pg_get_serial_sequence('{table.fullname}', 'id'), greatest(max(id), 1), "
                    f"max(id) IS NOT NULL) FROM {table.fullname}"
                )
        self._execute("ANALYZE")

    def commit(self) -> None:
        """Everything stands. Raises ValueError while references are set aside."""
        if self._references:
            raise ValueError("nothing is committed unchecked")
        self._connection.commit()

    def _execute(self, statement: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def opened(database_url: str) -> Iterator[Store]:
    """A store on a connection of its own; what was not committed is rolled back."""
    connection = adbc.connect(database_url)
    try:
        with connection.cursor() as cursor:
            # Whoever is killed here leaves no statement behind that goes on alone.
            cursor.execute("SET client_connection_check_interval = '1s'")
        yield Store(connection)
    finally:
        connection.close()
