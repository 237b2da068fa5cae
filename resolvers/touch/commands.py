"""Keeping attempts to reach customers of a campaign."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import written_if_given
from domain.command.model import Outcome
from domain.shared.channel import Channel
from domain.touch.model import LONGEST_CONTENT, TouchState
from domain.touch.service import Attempt, record_touch
from resolvers.campaign.reach import campaign_named, event_named
from resolvers.customer.reach import customer_named
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext


async def _record(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_named(context, given, Permission.TOUCH_RECORD)
    campaign = await campaign_named(context, given["campaign_id"], "input", "campaignId")
    attempt = Attempt(
        customer_id=customer_id,
        channel=Channel[given["channel"].name],
        state=TouchState[given["state"].name] if given.get("state") else TouchState.REACHED,
        happened_at=given.get("happened_at") or context.now,
        event_id=await event_named(context, given.get("event_id"), campaign, "input", "eventId"),
        content=written_if_given(given.get("content"), LONGEST_CONTENT, "input", "content"),
    )
    staff_id = context.staff_id
    return await record_touch(context.connection, campaign, attempt, staff_id=staff_id, now=context.now)


record = Command("RecordTouchPayload", Permission.TOUCH_RECORD, _record)
