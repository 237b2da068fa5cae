"""A connection that takes Arrow tables: one transaction, which commits at its end or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa
import sqlalchemy as sa

from domain.tables import metadata


class Store:
    """Copies rows into tables. Rows are visible to others after `commit`."""

    def __init__(self, connection: adbc.Connection) -> None:
        self._connection = connection

    def copy(self, table: sa.Table, rows: pa.Table) -> int:
        """Copy rows; the number of them. Every constraint is checked."""
        with self._connection.cursor() as cursor:
            cursor.adbc_ingest(table.name, rows, mode="append", db_schema_name=table.schema)
        return rows.num_rows

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
        """Everything stands."""
        self._connection.commit()

    def _execute(self, statement: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def opened(database_url: str) -> Iterator[Store]:
    """A store on a connection of its own; what was not committed is rolled back."""
    connection = adbc.connect(database_url)
    try:
        yield Store(connection)
    finally:
        connection.close()
