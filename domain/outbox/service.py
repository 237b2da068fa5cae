"""Telling others what happened, from within the transaction in which it does."""

from collections.abc import Sequence
from typing import Any, NamedTuple

CHANNEL = "ketu_outbox"
"""On which PostgreSQL says that there is something new, once that is committed."""
KEPT = "7 days"
"""Events are; who was away for longer is told that there is a gap."""

TELL = """
    INSERT INTO ketu.outbox_event (topic, concept, row_id, customer_ids, staff_ids, branch_ids)
    VALUES ($1, $2, $3, $4, $5, $6)
"""
FORGET = f"""
    WITH gone AS (
        DELETE FROM ketu.outbox_event WHERE created_at < now() - interval '{KEPT}' RETURNING transaction_id
    )
    UPDATE ketu.outbox_horizon SET transaction_id = greatest(transaction_id, (SELECT max(transaction_id) FROM gone))
    WHERE EXISTS (SELECT FROM gone)
"""  # noqa: S608 (a constant of our own)


class OutboxEvent(NamedTuple):
    """Something that happened to a row."""

    topic: str
    concept: str
    row_id: int
    customer_ids: Sequence[int] = ()
    """Whom it is about."""
    staff_ids: Sequence[int] = ()
    """Whose work it is, or was until now."""
    branch_ids: Sequence[int] = ()
    """Where it waits, or waited until now."""


async def tell(connection: Any, events: Sequence[OutboxEvent]) -> None:
    """Keep events until they are sent, and wake whoever listens once the transaction is committed."""
    await connection.executemany(TELL, events)
    await connection.execute(f"NOTIFY {CHANNEL}")


async def forget(connection: Any) -> None:
    """Remove what has been kept long enough."""
    await connection.execute(FORGET)
