"""Whether a command may touch a customer: the reader's scopes, asked of one locked row."""

from collections.abc import Collection
from typing import Any

from authz.permissions import Permission
from domain.command.model import not_found, not_permitted
from resolvers.engine.mutation import CommandContext

CUSTOMER = "SELECT * FROM ketu.customer WHERE id = $1 FOR SHARE"


async def customer_in_reach(context: CommandContext, customer_id: int, permission: Permission, *path: str) -> Any:
    """The customer's row, held until the transaction ends.

    raises  Refusal  NotFound where the reader may not see the customer, NotPermitted where seeing is all they may do
    """
    row = await context.connection.fetchrow(CUSTOMER, customer_id)
    if row is None or not _includes(context, Permission.CUSTOMER_READ, row):
        raise not_found(*path)
    if not _includes(context, permission, row):
        raise not_permitted(f"{permission} does not reach this customer.", *path)
    return row


async def work_in_reach(
    context: CommandContext, found: Any, owners: Collection[str], read: Permission, permission: Permission, *path: str
) -> Any:
    """A piece of work that the permission reaches: where it is done, as the own of its owners, or by its customer.

    found   its row, locked by the caller, with `position`, `customer_id`; None where there is none
    owners  columns that name members of staff whose own it is

    raises  Refusal  NotFound where `read` does not reach it, NotPermitted where `permission` does not
    """
    if found is None:
        raise not_found(*path)
    customer = found["customer_id"] and await context.connection.fetchrow(CUSTOMER, found["customer_id"])
    own = [found[owner] for owner in owners]

    def reaches(asked: Permission) -> bool:
        scope = context.reader.scope_of[asked]
        is_own_or_near = scope.includes(position=found["position"], manager_ids=own)
        return is_own_or_near or bool(customer and _includes(context, asked, customer))

    if not reaches(read):
        raise not_found(*path)
    if not reaches(permission):
        raise not_permitted(f"{permission} does not reach it.", *path)
    return found


def _includes(context: CommandContext, permission: Permission, customer: Any) -> bool:
    return context.reader.scope_of[permission].includes(
        position=customer["position"],
        manager_ids=(customer["manager_id"], customer["backup_manager_id"]),
        is_granted=customer["id"] in context.reader.subject.granted_customer_ids,
    )
