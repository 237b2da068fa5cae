"""Looks for suspicious use in the access log while the API runs; of several processes one does it at a time."""

import structlog

from domain.access_alert.watch import watch_pending
from domain.shared.database import Database

SECONDS_BETWEEN = 60
"""So long may it take until suspicious use raises an alert."""

log = structlog.get_logger()


async def watch_once(database: Database) -> int:
    """Look through what is new; how many alerts were raised."""
    # Not beside the requests: measuring takes longer than what waits there.
    async with database.read() as connection:
        raised = await watch_pending(connection)
    if raised:
        log.warning("access_alert.raised", count=raised)
    return raised
