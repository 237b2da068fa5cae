"""Asks the rules of suspicious use of new entries of the access log, in their order, each entry once.

Only what was written before the oldest transaction still running is looked at: nothing can come in front of it. What
entries add to the windows that they fall into is kept in the transaction that moves the position on; so nothing depends
on how entries were cut into batches, and whoever takes over after a crash goes on from there.
"""

from typing import Any

from domain.access_alert.service import thresholds
from domain.access_alert.windows import keep, measured
from domain.audit.model import IS_COMPLETE
from domain.branch.tree import hold_tree
from domain.outbox.service import OutboxEvent, tell

BATCH = 100_000
LOCK = "hashtext('ketu.access_alert.watch')"

POSITION = "SELECT transaction_id, event_id FROM ketu.access_watch"
NEXT = f"""
    SELECT transaction_id, id, number FROM (
        SELECT transaction_id, id, row_number() OVER (ORDER BY transaction_id, id) AS number FROM audit.event AS event
        WHERE (transaction_id, id) > ($1, $2) AND {IS_COMPLETE}
        ORDER BY transaction_id, id LIMIT $3
    ) AS batch ORDER BY number DESC LIMIT 1
"""  # noqa: S608 (words of our own)
ADVANCE = "UPDATE ketu.access_watch SET transaction_id = $1, event_id = $2"

GROWN = """
    UPDATE ketu.access_alert SET measured = $4
    WHERE rule = $1 AND user_account_id = $2 AND window_began_at = $3 AND state = 'OPEN' AND measured < $4
"""
# What was looked into is raised again only where as much was added to it.
RAISE = """
    INSERT INTO ketu.access_alert
        (rule, state, user_account_id, staff_id, branch_id, position, window_began_at, window_ended_at, measured,
         threshold)
    SELECT $1, 'OPEN', $2, staff.id, branch.id, branch.position, $4, $5, $6, $7
    FROM ketu.staff AS staff
    LEFT JOIN ketu.former_position AS former ON former.position = staff.position
    JOIN ketu.branch AS branch ON branch.id = coalesce(former.branch_id, staff.branch_id)
    WHERE staff.id = $3 AND NOT EXISTS (
        SELECT FROM ketu.access_alert AS known
        WHERE known.rule = $1 AND known.user_account_id = $2 AND known.window_began_at = $4
          AND (known.state = 'OPEN' OR known.measured + $7 > $6))
    RETURNING id
"""


async def watch_pending(connection: Any) -> int:
    """Look through what is complete; how many alerts were raised. None where another process is at it."""
    raised = 0
    while True:
        async with connection.transaction():
            if not await connection.fetchval(f"SELECT pg_try_advisory_xact_lock({LOCK})"):
                return raised
            await connection.execute("SET LOCAL statement_timeout = '5min'")
            await hold_tree(connection)
            position = await connection.fetchrow(POSITION)
            last = await connection.fetchrow(NEXT, *position, BATCH)
            if last is None:
                return raised
            raised += await _look(connection, tuple(position), (last["transaction_id"], last["id"]))
            await connection.execute(ADVANCE, last["transaction_id"], last["id"])
        if last["number"] < BATCH:
            return raised


async def _look(connection: Any, after: tuple[int, int], until: tuple[int, int]) -> int:
    windows = await keep(connection, after, until)
    raised = 0
    for name, threshold in (await thresholds(connection)).items():
        for row in await measured(connection, name, windows, threshold):
            await connection.execute(GROWN, name.name, row["user_account_id"], row["window_began_at"], row["measured"])
            alert_id = await connection.fetchval(
                RAISE, name.name, row["user_account_id"], row["staff_id"], row["window_began_at"],
                row["window_ended_at"], row["measured"], threshold,
            )  # fmt: skip
            if alert_id is not None:
                await tell(connection, [OutboxEvent("access_alert.raised", "access_alert", alert_id)])
                raised += 1
    return raised
