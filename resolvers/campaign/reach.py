"""Whether a command may name a campaign, and what belongs to it."""

from typing import Any

from authz.permissions import Permission
from domain.command.model import invalid_input, not_found
from resolvers.engine.mutation import CommandContext

CAMPAIGN = "SELECT * FROM ketu.campaign WHERE id = $1 FOR SHARE"
EVENT = "SELECT campaign_id FROM ketu.campaign_event WHERE id = $1"


async def campaign_named(context: CommandContext, node_id: str, *path: str) -> Any:
    """The campaign's row, held until the transaction ends. Raises Refusal NotFound."""
    campaign_id = context.row_id("Campaign", node_id, *path)
    found = await context.connection.fetchrow(CAMPAIGN, campaign_id)
    if found is None or context.reader.scope_of[Permission.CAMPAIGN_READ].is_nothing:
        raise not_found(*path)
    return found


async def event_named(context: CommandContext, node_id: str | None, campaign: Any, *path: str) -> int | None:
    """The event that the input names, if any: one of the campaign. Raises Refusal NotFound, InvalidInput."""
    if node_id is None:
        return None
    event_id = context.row_id("CampaignEvent", node_id, *path)
    campaign_id = await context.connection.fetchval(EVENT, event_id)
    if campaign_id is None:
        raise not_found(*path)
    if campaign_id != campaign["id"]:
        raise invalid_input("It is an event of another campaign.", *path)
    return event_id
