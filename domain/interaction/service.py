"""Keeping contacts with customers, within the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.command.model import Change, Outcome, invalid_input
from domain.interaction.model import Direction, InteractionOutcome
from domain.shared.channel import Channel

LOG = """
    INSERT INTO ketu.interaction (customer_id, staff_id, channel, direction, happened_at, duration_minutes, subject,
                                  note, outcome, task_id, ticket_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Contact:
    """What is kept of one."""

    customer_id: int
    channel: Channel
    direction: Direction
    happened_at: datetime
    subject: str
    note: str | None = None
    duration_minutes: int | None = None
    outcome: InteractionOutcome | None = None
    task_id: int | None = None
    ticket_id: int | None = None


async def log_interaction(connection: Any, contact: Contact, *, staff_id: int | None, now: datetime) -> Outcome:
    """Keep one that somebody had. The caller has made sure that they may."""
    if contact.happened_at > now:
        raise invalid_input("A contact that has not taken place cannot be kept; make it a task.", "input", "happenedAt")
    if contact.duration_minutes is not None and contact.duration_minutes < 0:
        raise invalid_input("It cannot have taken less than no time.", "input", "durationMinutes")
    interaction_id = await connection.fetchval(
        LOG, contact.customer_id, staff_id, contact.channel.name, contact.direction.name, contact.happened_at,
        contact.duration_minutes, contact.subject, contact.note, contact.outcome and contact.outcome.name,
        contact.task_id, contact.ticket_id,
    )  # fmt: skip
    change = Change("interaction", interaction_id, "CREATED", [contact.customer_id])
    return Outcome({"interaction": interaction_id}, [change])
