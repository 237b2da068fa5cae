"""Keeping what customers answer to a campaign."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import currency_code, positive_money, written_if_given
from domain.command.model import Outcome, invalid_input, not_found
from domain.response.model import LONGEST_NOTE, ResponseKind
from domain.response.service import Answer, record_response
from resolvers.campaign.reach import campaign_named, event_named
from resolvers.customer.reach import customer_in_reach, customer_named
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.product.reach import product_named

TOUCH = "SELECT campaign_id, customer_id FROM ketu.touch WHERE id = $1"


async def _record(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_named(context, given, Permission.RESPONSE_RECORD)
    campaign = await campaign_named(context, given["campaign_id"], "input", "campaignId")
    amount, currency = given.get("amount"), given.get("currency")
    answer = Answer(
        customer_id=customer_id,
        kind=ResponseKind[given["kind"].name],
        responded_at=given.get("responded_at") or context.now,
        touch_id=await _touch(context, given.get("touch_id"), campaign, customer_id),
        event_id=await event_named(context, given.get("event_id"), campaign, "input", "eventId"),
        product_id=await product_named(context, given.get("product_id"), "input", "productId"),
        amount=None if amount is None else positive_money(amount, "input", "amount"),
        currency=None if currency is None else currency_code(currency, "input", "currency"),
        satisfaction=given.get("satisfaction"),
        note=written_if_given(given.get("note"), LONGEST_NOTE, "input", "note"),
    )
    staff_id = context.staff_id
    return await record_response(context.connection, campaign, answer, staff_id=staff_id, now=context.now)


async def _touch(context: CommandContext, node_id: str | None, campaign: Any, customer_id: int) -> int | None:
    """What it answers: a touch of that customer, who is in reach, within that campaign."""
    if node_id is None:
        return None
    touch_id = context.row_id("Touch", node_id, "input", "touchId")
    found = await context.connection.fetchrow(TOUCH, touch_id)
    if found is None or found["customer_id"] != customer_id:
        raise not_found("input", "touchId")
    await customer_in_reach(context, customer_id, Permission.TOUCH_READ, "input", "touchId")
    if found["campaign_id"] != campaign["id"]:
        raise invalid_input("It belongs to another campaign.", "input", "touchId")
    return touch_id


record = Command("RecordResponsePayload", Permission.RESPONSE_RECORD, _record)
