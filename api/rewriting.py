"""Lets rows follow branches that have moved, while the API runs; of several processes one does it at a time."""

from domain.branch.rewriting import rewrite_some
from domain.shared.database import Database

SECONDS_BETWEEN = 1


async def rewrite_all(database: Database) -> None:
    """Until every row stands where its branch does."""
    is_more = True
    while is_more:
        # A connection for each thousand rows, so that the access log never waits long for one.
        async with database.beside() as connection:
            is_more = await rewrite_some(connection)
