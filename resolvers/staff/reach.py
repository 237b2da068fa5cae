"""Whether a command may touch a member of staff: the reader's scopes, asked of one locked row."""

from typing import Any

from authz.permissions import Permission
from domain.command.model import not_found, not_permitted
from resolvers.engine.mutation import CommandContext


async def staff_in_reach(context: CommandContext, staff_id: int, permission: Permission, *path: str) -> Any:
    """The row of a member of staff, held until the transaction ends.

    raises  Refusal  NotFound where the reader may not see them, NotPermitted where seeing is all they may do
    """
    row = await context.connection.fetchrow(
        "SELECT *, id AS staff_id FROM ketu.staff WHERE id = $1 FOR UPDATE", staff_id
    )
    return _in_reach(context, row, Permission.STAFF_READ, permission, "them", *path)


async def record_in_reach(
    context: CommandContext, statement: str, row_id: int, read: Permission, permission: Permission
) -> Any:
    """The row of something about a member of staff, held until the transaction ends.

    statement  finds it by its id, with `position`, `staff_id`
    raises     Refusal  NotFound where `read` does not reach it, NotPermitted where `permission` does not
    """
    row = await context.connection.fetchrow(statement, row_id)
    return _in_reach(context, row, read, permission, "it", "input", "id")


def _in_reach(
    context: CommandContext, row: Any, read: Permission, permission: Permission, what: str, *path: str
) -> Any:
    if row is None or not reaches(context, read, row["position"], row["staff_id"]):
        raise not_found(*path)
    if not reaches(context, permission, row["position"], row["staff_id"]):
        raise not_permitted(f"{permission} does not reach {what}.", *path)
    return row


def reaches(context: CommandContext, permission: Permission, position: int, staff_id: int | None = None) -> bool:
    """Whether a permission of the reader's comes to a position, or to what is a member of staff's own."""
    return context.reader.scope_of[permission].includes(position=position, manager_ids=(staff_id,))
