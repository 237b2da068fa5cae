"""Who manages a customer: named in an input, by who may say so."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current
from domain.command.model import Outcome, invalid_input, not_found, not_permitted
from domain.customer.managing import assign as assigned
from resolvers.customer.reach import customer_to_change
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.staff.reach import reaches

STAFF = "SELECT id, branch_id, position, state FROM ketu.staff WHERE id = $1 FOR SHARE"
POSITION = "SELECT position FROM ketu.branch WHERE id = $1"
SHOWN = {"manager_id": "managerId", "backup_manager_id": "backupManagerId"}


async def manager_named(
    context: CommandContext, given: Mapping[str, Any], name: str, branch_id: int, permission: Permission
) -> int | None:
    """The member of staff whom the input names to manage a customer of a branch; None for the pool of the branch.

    Whoever may do the act may name themselves; naming others takes `customer:assign_manager`.
    raises  Refusal
    """
    if given.get(name) is None:
        return None
    path = ("input", SHOWN[name])
    staff_id = context.row_id("Staff", given[name], *path)
    staff = await context.connection.fetchrow(STAFF, staff_id)
    is_reader = staff_id == context.staff_id
    if staff is None or not (is_reader or reaches(context, Permission.STAFF_READ, staff["position"], staff_id)):
        raise not_found(*path)
    if staff["state"] != "ACTIVE":
        raise invalid_input("They do not work here any more.", *path)
    if is_reader and permission is not Permission.CUSTOMER_ASSIGN_MANAGER:
        return staff_id
    position = await context.connection.fetchval(POSITION, branch_id)
    for place in (position, staff["position"]):
        if place is not None and not reaches(context, Permission.CUSTOMER_ASSIGN_MANAGER, place):
            raise not_permitted(f"{Permission.CUSTOMER_ASSIGN_MANAGER} does not reach that far.", *path)
    return staff_id


def must_be_two(manager_id: int | None, backup_manager_id: int | None) -> None:
    """Whether nobody stands in for themselves. Raises Refusal."""
    if backup_manager_id is not None and backup_manager_id == manager_id:
        raise invalid_input("Nobody stands in for themselves.", "input", "backupManagerId")


async def _assign(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    permission = Permission.CUSTOMER_ASSIGN_MANAGER
    customer_id = context.row_id("Customer", given["customer_id"], "input", "customerId")
    customer = await customer_to_change(context, customer_id, permission, "input", "customerId")
    must_be_current(customer, given["expected_version"])
    if customer["state"] == "DEREGISTERED":
        raise invalid_input("They have left the bank.", "input", "customerId")
    changed = {
        name: await manager_named(context, given, name, customer["branch_id"], permission)
        for name in SHOWN
        if name in given
    }
    if not changed:
        raise invalid_input("Say who manages them, or null for the pool.", "input")
    both = {"manager_id": customer["manager_id"], "backup_manager_id": customer["backup_manager_id"]} | changed
    must_be_two(**both)
    return await assigned(context.connection, customer, changed)


assign = Command("AssignManagerPayload", Permission.CUSTOMER_ASSIGN_MANAGER, _assign)
