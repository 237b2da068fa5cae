"""Run migrations against the database whose URL the `migrate` command hands over in `config.attributes`."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from domain.audit.tables import AUDIT
from domain.shared.columns import SCHEMA
from domain.source_batch.tables import STAGING
from domain.tables import HISTORY_OF, metadata

HISTORY_TABLES = {f"{table.name}_history" for table in HISTORY_OF}


def in_our_schemas(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether a table found in the database is one that the declarations answer for."""
    if kind == "schema":
        return name in (SCHEMA, STAGING, AUDIT)
    return not (kind == "table" and (name in HISTORY_TABLES or name == "alembic_version"))


def migrate(connection: Connection) -> None:
    """Run every pending migration in one transaction."""
    # Two that start together on a new database would both create its first table.
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('ketu.migrations'))")
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_schemas=True,
        version_table_schema="public",
        include_name=in_our_schemas,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()


async def connect_and_migrate() -> None:
    """Open one connection of our own; the pool of a running server is not disturbed."""
    engine = create_async_engine(
        context.config.attributes["database_url"],
        poolclass=NullPool,
        connect_args={"server_settings": {"search_path": "public"}},
    )
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
        await connection.commit()
    await engine.dispose()


asyncio.run(connect_and_migrate())
