"""Whether a command may touch a customer: the reader's scopes, asked of one locked row."""

from typing import Any

from authz.permissions import Permission
from domain.command.model import not_found, not_permitted
from resolvers.engine.mutation import CommandContext


async def customer_in_reach(context: CommandContext, customer_id: int, permission: Permission, *path: str) -> Any:
    """The customer's row, held until the transaction ends.

    raises  Refusal  NotFound where the reader may not see the customer, NotPermitted where seeing is all they may do
    """
    row = await context.connection.fetchrow("SELECT * FROM ketu.customer WHERE id = $1 FOR SHARE", customer_id)

    def reaches(asked: Permission) -> bool:
        return context.reader.scope_of[asked].includes(
            position=row["position"],
            manager_ids=(row["manager_id"], row["backup_manager_id"]),
            is_granted=customer_id in context.reader.subject.granted_customer_ids,
        )

    if row is None or not reaches(Permission.CUSTOMER_READ):
        raise not_found(*path)
    if not reaches(permission):
        raise not_permitted(f"{permission} does not reach this customer.", *path)
    return row
