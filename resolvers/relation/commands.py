"""Declaring relations between customers, and ending them."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current
from domain.command.model import Outcome, not_found
from domain.relation import service
from domain.relation.model import RelationType
from resolvers.customer.reach import customers_to_change, includes
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

RELATION = "SELECT * FROM ketu.relation WHERE id = $1"
CHANGE = Permission.RELATION_CHANGE


async def _create(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    names = {"from_customer_id": "fromCustomerId", "to_customer_id": "toCustomerId"}
    one, other = (context.row_id("Customer", given[name], "input", shown) for name, shown in names.items())
    named = {other: ("input", "toCustomerId")} | {one: ("input", "fromCustomerId")}
    rows = await customers_to_change(context, named, CHANGE)
    return await service.declare(context.connection, rows[one], rows[other], RelationType[given["type"].name])


async def _end(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    relation_id = context.row_id("Relation", given["id"], "input", "id")
    found = await context.connection.fetchrow(RELATION, relation_id)
    if found is None:
        raise not_found("input", "id")
    ends = (found["from_customer_id"], found["to_customer_id"])
    rows = await customers_to_change(context, dict.fromkeys(ends, ("input", "id")), CHANGE)
    relation = await context.connection.fetchrow(f"{RELATION} FOR UPDATE", relation_id)
    if relation is None or not all(includes(context, Permission.RELATION_READ, row) for row in rows.values()):
        raise not_found("input", "id")
    must_be_current(relation, given["expected_version"])
    return await service.end(context.connection, relation)


create = Command("CreateRelationPayload", CHANGE, _create)
end = Command("EndRelationPayload", CHANGE, _end)
