"""Writing to the access log, within the transaction that it tells of."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.audit.model import EventKind

INSERT = """
    INSERT INTO audit.event
        (kind, action, user_account_id, staff_id, request_id, purpose, concept, row_id, customer_ids, details)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::bigint[], $10::jsonb)
"""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and for what; all unknown where nobody is signed in yet."""

    user_account_id: int | None = None
    staff_id: int | None = None
    request_id: str | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One entry."""

    kind: EventKind
    action: str
    concept: str | None = None
    row_id: int | None = None
    customer_ids: Sequence[int] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    """Names of fields, states, counts, ids: never a personal value."""


async def record(connection: Any, actor: Actor, *events: Event) -> None:
    """Add entries to the log; they are there once the caller's transaction commits."""
    await connection.executemany(
        INSERT,
        [
            (
                event.kind.name, event.action, actor.user_account_id, actor.staff_id, actor.request_id, actor.purpose,
                event.concept, event.row_id, list(event.customer_ids), json.dumps(dict(event.details)),
            )
            for event in events
        ],
    )  # fmt: skip
