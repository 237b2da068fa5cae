"""Giving tags to customers and taking them away."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.model import Outcome
from domain.tag.service import give_tag, take_tag
from resolvers.customer.reach import customer_named
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext


async def _give(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id, tag_id = await _named(context, given)
    staff_id = context.staff_id
    return await give_tag(context.connection, customer_id=customer_id, tag_id=tag_id, staff_id=staff_id)


async def _take(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id, tag_id = await _named(context, given)
    return await take_tag(context.connection, customer_id=customer_id, tag_id=tag_id)


async def _named(context: CommandContext, given: Mapping[str, Any]) -> tuple[int, int]:
    customer_id = await customer_named(context, given, Permission.CUSTOMER_TAG_ASSIGN)
    return customer_id, context.row_id("Tag", given["tag_id"], "input", "tagId")


give = Command("TagCustomerPayload", Permission.CUSTOMER_TAG_ASSIGN, _give)
take = Command("UntagCustomerPayload", Permission.CUSTOMER_TAG_ASSIGN, _take)
