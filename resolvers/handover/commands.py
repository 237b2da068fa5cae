"""Giving the customers of a hand-over to new managers."""

from collections.abc import Mapping, Sequence
from typing import Any

from authz.permissions import Permission
from domain.command.model import Outcome, conflict, invalid_input, not_found, not_permitted
from domain.handover import service
from resolvers.customer.reach import customer_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.staff.reach import reaches, staff_in_reach

HANDOVER = "SELECT * FROM ketu.handover WHERE id = $1 FOR UPDATE"


async def _complete(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    handover_id = context.row_id("Handover", given["id"], "input", "id")
    handover = await context.connection.fetchrow(HANDOVER, handover_id)
    if handover is None or not reaches(context, Permission.HANDOVER_READ, handover["position"], handover["staff_id"]):
        raise not_found("input", "id")
    if not reaches(context, Permission.HANDOVER_COMPLETE, handover["position"], handover["staff_id"]):
        raise not_permitted(f"{Permission.HANDOVER_COMPLETE} does not reach this branch.", "input", "id")
    if handover["version"] != given["expected_version"]:
        raise conflict(handover["version"], "input", "expectedVersion")
    return await service.complete(
        context.connection,
        handover,
        managers=await _given(context, given["managers"], "managers"),
        backup_managers=await _given(context, given["backup_managers"], "backupManagers"),
        staff_id=context.reader.subject.staff_id,
        now=context.now,
    )


async def _given(context: CommandContext, given: Sequence[Mapping[str, Any]], name: str) -> dict[int, int]:
    """By customer, who is to manage them: people and customers that the reader may give to each other."""
    found: dict[int, int] = {}
    for number, each in enumerate(given):
        path = ("input", name, str(number))
        staff_id = context.row_id("Staff", each["staff_id"], *path, "staffId")
        staff = await staff_in_reach(context, staff_id, Permission.HANDOVER_COMPLETE, *path, "staffId")
        if staff["state"] != "ACTIVE":
            raise invalid_input("They do not work here any more.", *path, "staffId")
        for place, node_id in enumerate(each["customer_ids"]):
            at = (*path, "customerIds", str(place))
            customer_id = context.row_id("Customer", node_id, *at)
            await customer_in_reach(context, customer_id, Permission.HANDOVER_COMPLETE, *at)
            if customer_id in found:
                raise invalid_input("This customer is named twice.", *at)
            found[customer_id] = staff_id
    return found


complete = Command("CompleteHandoverPayload", Permission.HANDOVER_COMPLETE, _complete)
