"""Giving the customers of a hand-over to new managers."""

from collections.abc import Mapping, Sequence
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current
from domain.command.model import Outcome, invalid_input
from domain.handover import service
from resolvers.customer.reach import customer_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.staff.reach import record_in_reach, staff_in_reach

HANDOVER = "SELECT * FROM ketu.handover WHERE id = $1 FOR UPDATE"


async def _complete(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    handover_id = context.row_id("Handover", given["id"], "input", "id")
    handover = await record_in_reach(
        context, HANDOVER, handover_id, Permission.HANDOVER_READ, Permission.HANDOVER_COMPLETE
    )
    must_be_current(handover, given["expected_version"])
    return await service.complete(
        context.connection,
        handover,
        managers=await _given(context, given["managers"], "managers"),
        backup_managers=await _given(context, given["backup_managers"], "backupManagers"),
        staff_id=context.staff_id,
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
