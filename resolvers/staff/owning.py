"""To whom work goes, and where it waits while it is nobody's."""

from collections.abc import Mapping
from typing import Any

from strawberry.utils.str_converters import to_camel_case

from authz.permissions import Permission
from domain.command.model import invalid_input
from resolvers.branch.reach import branch_in_reach
from resolvers.engine.mutation import CommandContext
from resolvers.staff.reach import staff_in_reach

OWN_BRANCH = "SELECT branch_id FROM ketu.staff WHERE id = $1"


async def owner_named(
    context: CommandContext,
    given: Mapping[str, Any],
    permission: Permission,
    assign: Permission,
    *,
    name: str = "owner_id",
) -> tuple[int | None, int | None]:
    """The owner that the input names and where they work, (None, None) for nobody.

    permission, assign  what it takes for oneself, and for others
    name                of the input's field

    raises  Refusal  NotFound, NotPermitted, InvalidInput for who has left
    """
    if given.get(name) is None:
        return None, None
    path = ("input", to_camel_case(name))
    staff_id = context.row_id("Staff", given[name], *path)
    needed = permission if staff_id == context.staff_id else assign
    staff = await staff_in_reach(context, staff_id, needed, *path)
    if staff["state"] != "ACTIVE":
        raise invalid_input("They do not work here any more.", *path)
    return staff_id, staff["branch_id"]


async def waiting_branch(
    context: CommandContext, given: Mapping[str, Any], permission: Permission, *, anywhere: bool
) -> int:
    """Where work waits that is nobody's: the branch that the input names, or the reader's own.

    anywhere  its customer is in reach of the permission, wherever it waits

    raises  Refusal  NotFound, NotPermitted
    """
    if given.get("branch_id") is not None:
        branch_id = context.row_id("Branch", given["branch_id"], "input", "branchId")
    else:
        branch_id = await own_branch(context)
        if anywhere:
            return branch_id
    await branch_in_reach(context, branch_id, permission, "input", "branchId")
    return branch_id


async def own_branch(context: CommandContext) -> int:
    """Where the reader works."""
    return await context.connection.fetchval(OWN_BRANCH, context.staff_id)
