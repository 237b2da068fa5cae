"""Telling other programs what happened, from within the transaction in which it does."""

from collections.abc import Sequence
from typing import Any, NamedTuple

CHANNEL = "ketu_outbox"


class OutboxEvent(NamedTuple):
    """Something that happened to a row."""

    topic: str
    concept: str
    row_id: int


async def tell(connection: Any, events: Sequence[OutboxEvent]) -> None:
    """Keep events until they are sent, and wake whoever sends them once the transaction is committed."""
    await connection.executemany("INSERT INTO ketu.outbox_event (topic, concept, row_id) VALUES ($1, $2, $3)", events)
    await connection.execute(f"NOTIFY {CHANNEL}")
