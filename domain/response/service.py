"""Keeping what customers answer, within the caller's transaction. The caller has made sure that who asks may."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from domain.command.model import Change, Outcome, invalid_input
from domain.response.model import OF_EVENTS, SATISFACTION, ResponseKind

RECORD = """
    INSERT INTO ketu.response (campaign_id, customer_id, touch_id, event_id, kind, responded_at, product_id, amount,
                               currency, satisfaction, note, recorded_by_id)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, bank.base_currency), $10, $11, $12 FROM ketu.bank AS bank
    RETURNING id
"""
IS_MEMBER = "SELECT EXISTS (SELECT FROM ketu.campaign_member WHERE campaign_id = $1 AND customer_id = $2)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept of one."""

    customer_id: int
    kind: ResponseKind
    responded_at: datetime
    touch_id: int | None = None
    event_id: int | None = None
    product_id: int | None = None
    amount: Decimal | None = None
    currency: str | None = None
    satisfaction: int | None = None
    note: str | None = None


async def record_response(connection: Any, campaign: Any, answer: Answer, *, staff_id: int, now: datetime) -> Outcome:
    """Keep one, of a customer who was reached or of one who was left alone."""
    if answer.responded_at > now:
        raise invalid_input("Nobody has answered yet what they will answer.", "input", "respondedAt")
    if answer.kind in OF_EVENTS and answer.event_id is None:
        raise invalid_input(f"{answer.kind.name} is said of an event: name it.", "input", "eventId")
    if answer.kind is not ResponseKind.CONVERTED and (answer.amount is not None or answer.product_id is not None):
        raise invalid_input("Only who took the offer took a product or an amount.", "input", "kind")
    if answer.satisfaction is not None and answer.satisfaction not in SATISFACTION:
        raise invalid_input(f"Satisfaction goes from {SATISFACTION[0]} to {SATISFACTION[-1]}.", "input", "satisfaction")
    if not await connection.fetchval(IS_MEMBER, campaign["id"], answer.customer_id):
        raise invalid_input("They are not in the audience of the campaign.", "input", "customerId")
    response_id = await connection.fetchval(
        RECORD, campaign["id"], answer.customer_id, answer.touch_id, answer.event_id, answer.kind.name,
        answer.responded_at, answer.product_id, answer.amount, answer.currency, answer.satisfaction, answer.note,
        staff_id,
    )  # fmt: skip
    return Outcome({"response": response_id}, [Change("response", response_id, "RECORDED", [answer.customer_id])])
