"""Keeping what customers said, within the caller's transaction."""

from datetime import datetime
from typing import Any

from domain.command.model import Change, Outcome, invalid_input
from domain.consent.model import ConsentDecision, ConsentPurpose
from domain.shared.channel import Channel

LAST = """
    SELECT decision FROM ketu.consent WHERE customer_id = $1 AND purpose = $2 AND channel IS NOT DISTINCT FROM $3
    ORDER BY decided_at DESC, id DESC LIMIT 1
"""
RECORD = """
    INSERT INTO ketu.consent (customer_id, purpose, channel, decision, decided_at, evidence, recorded_by_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
"""


async def record_consent(
    connection: Any,
    *,
    customer_id: int,
    purpose: ConsentPurpose,
    channel: Channel | None,
    decision: ConsentDecision,
    decided_at: datetime,
    evidence: str,
    staff_id: int,
    now: datetime,
) -> Outcome:
    """Add a word to the ledger. The caller has made sure that who asks may."""
    if decided_at > now:
        raise invalid_input("Nobody has decided yet what they will decide.", "input", "decidedAt")
    named = channel and channel.name
    last = await connection.fetchval(LAST, customer_id, purpose.name, named)
    if decision is ConsentDecision.WITHDRAWN and last != ConsentDecision.GIVEN.name:
        raise invalid_input("There is no consent to withdraw; REFUSED says no from the beginning.", "input", "decision")
    consent_id = await connection.fetchval(
        RECORD, customer_id, purpose.name, named, decision.name, decided_at, evidence, staff_id
    )
    return Outcome({"consent": consent_id}, [Change("consent", consent_id, decision.name, [customer_id])])
