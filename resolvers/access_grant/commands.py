"""Granting access to customers, and ending it."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.access_grant.model import AccessGrantReason, Term
from domain.access_grant.service import end_access, grant_access
from domain.command.model import Outcome, not_found
from resolvers.customer.reach import customer_in_reach, customer_named
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext


async def _grant(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_named(context, given, Permission.ACCESS_GRANT_CREATE)
    return await grant_access(
        context.connection,
        customer_id=customer_id,
        staff_id=context.row_id("Staff", given["staff_id"], "input", "staffId"),
        reason=AccessGrantReason[given["reason"].name],
        term=Term(given.get("starts_on") or context.business_date, given["ends_on"]),
        today=context.business_date,
        granted_by_id=context.staff_id,
    )


async def _end(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    grant_id = context.row_id("AccessGrant", given["id"], "input", "id")
    grant = await context.connection.fetchrow("SELECT * FROM ketu.access_grant WHERE id = $1 FOR UPDATE", grant_id)
    if grant is None:
        raise not_found("input", "id")
    await customer_in_reach(context, grant["customer_id"], Permission.ACCESS_GRANT_CREATE, "input", "id")
    return await end_access(context.connection, grant=grant, expected_version=given["expected_version"])


grant = Command("GrantAccessPayload", Permission.ACCESS_GRANT_CREATE, _grant)
end = Command("EndAccessPayload", Permission.ACCESS_GRANT_CREATE, _end)
