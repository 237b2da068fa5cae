"""Adding, changing and removing ways to reach customers."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current
from domain.command.model import Outcome
from domain.customer import contact_points as service
from domain.customer.model import ContactPointKind
from resolvers.customer import given as checked
from resolvers.customer.reach import customer_to_change, theirs_to_change
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

READ, CHANGE = Permission.CONTACT_POINT_READ, Permission.CONTACT_POINT_CHANGE


async def _add(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    contact = checked.contact(given, "input")
    customer_id = context.row_id("Customer", given["customer_id"], "input", "customerId")
    await customer_to_change(context, customer_id, CHANGE, "input", "customerId")
    return await service.add(context.connection, customer_id, contact, await context.keys.sealing(context.connection))


async def _change(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    point = await _point(context, given)
    kind = ContactPointKind[point["kind"]]
    changed: dict[str, Any] = checked.places(given, kind, "input")
    if given.get("value") is not None:
        changed["value"] = checked.value_of(kind, given["value"], "input")
    if given.get("is_primary") is not None:
        changed["is_primary"] = given["is_primary"]
    return await service.change(context.connection, point, changed, await context.keys.sealing(context.connection))


async def _remove(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    return await service.remove(context.connection, await _point(context, given), now=context.now)


async def _point(context: CommandContext, given: Mapping[str, Any]) -> Any:
    point_id = context.row_id("ContactPoint", given["id"], "input", "id")
    point, _ = await theirs_to_change(context, "contact_point", point_id, READ, CHANGE, "input", "id")
    must_be_current(point, given["expected_version"])
    return point


add = Command("AddContactPointPayload", CHANGE, _add)
change = Command("ChangeContactPointPayload", CHANGE, _change)
remove = Command("RemoveContactPointPayload", CHANGE, _remove)
