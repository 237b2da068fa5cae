"""Bring a database to the tables of this version, through Alembic."""

import asyncio
import io
from typing import TYPE_CHECKING

from api.failure import Failure
from api.settings import ROOT, Settings

if TYPE_CHECKING:
    from alembic.config import Config


def upgrade(settings: Settings) -> None:
    """Run every migration that the database has not seen, and begin with the policy of the files where there is none.

    raises  Failure  when it has seen others
    """
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(_config(settings), "head")
    except CommandError as problem:
        mend = "use the version of Ketu that made this database, or give another one with --data or --database-url"
        raise Failure(f"the migrations cannot be run: {problem}", mend=mend) from problem
    asyncio.run(_begin_policy(str(settings.database_url)))


async def _begin_policy(database_url: str) -> None:
    import asyncpg

    from authz.policy_files import read_lines
    from domain.policy.service import begin

    connection = await asyncpg.connect(database_url)
    try:
        await begin(connection, read_lines())
    finally:
        await connection.close()


def drift(settings: Settings) -> str | None:
    """Where the migrated database differs from the declared tables; None when nowhere."""
    from alembic import command
    from alembic.util import CommandError

    try:
        command.check(_config(settings))
    except CommandError as difference:
        return str(difference)
    return None


def _config(settings: Settings) -> "Config":
    from alembic.config import Config

    # Standard output belongs to the command, not to Alembic.
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", str(ROOT / "migrations").replace("%", "%%"))
    config.attributes["database_url"] = settings.sqlalchemy_url
    return config
