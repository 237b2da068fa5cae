"""Whether a command may touch a customer: the reader's scopes, asked of one locked row."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.model import not_found, not_permitted
from resolvers.engine.mutation import CommandContext

CUSTOMER = "SELECT * FROM ketu.customer WHERE id = $1 FOR SHARE"
CUSTOMER_TO_CHANGE = "SELECT * FROM ketu.customer WHERE id = $1 FOR NO KEY UPDATE"


async def customer_in_reach(context: CommandContext, customer_id: int, permission: Permission, *path: str) -> Any:
    """The customer's row, held until the transaction ends.

    raises  Refusal  NotFound where the reader may not see the customer, NotPermitted where seeing is all they may do
    """
    row = await context.connection.fetchrow(CUSTOMER, customer_id)
    return _reached(context, row, (Permission.CUSTOMER_READ,), permission, *path)


async def customer_named(context: CommandContext, given: Mapping[str, Any], permission: Permission) -> int:
    """The customer that the input names as `customerId`. Raises Refusal as `customer_in_reach`."""
    customer_id = context.row_id("Customer", given["customer_id"], "input", "customerId")
    await customer_in_reach(context, customer_id, permission, "input", "customerId")
    return customer_id


async def customer_if_named(context: CommandContext, given: Mapping[str, Any], permission: Permission) -> int | None:
    """The same where the input may name none."""
    return None if given.get("customer_id") is None else await customer_named(context, given, permission)


async def customer_to_change(
    context: CommandContext, customer_id: int, permission: Permission, *path: str, also: tuple[Permission, ...] = ()
) -> Any:
    """The same, held so that whoever changes the customer or what is theirs waits.

    also  what else it takes to see what the input names
    """
    row = await context.connection.fetchrow(CUSTOMER_TO_CHANGE, customer_id)
    return _reached(context, row, (Permission.CUSTOMER_READ, *also), permission, *path)


async def customers_to_change(
    context: CommandContext, named: Mapping[int, tuple[str, ...]], permission: Permission
) -> dict[int, Any]:
    """Several of them, held in one order by everybody.

    named  by id, where in the input each is named
    raises Refusal  as `customer_in_reach`, for the first that the input names
    """
    rows = {each: await context.connection.fetchrow(CUSTOMER_TO_CHANGE, each) for each in sorted(named)}
    for each, path in named.items():
        _reached(context, rows[each], (Permission.CUSTOMER_READ,), permission, *path)
    return rows


async def theirs_to_change(
    context: CommandContext, table: str, row_id: int, read: Permission, permission: Permission, *path: str
) -> tuple[Any, Any]:
    """A row that belongs to a customer, and the customer, both held until the transaction ends.

    table  names it; `read` is what it takes to see its rows
    raises Refusal  NotFound where the reader may not see it, NotPermitted where seeing is all they may do
    """
    of_row = f"SELECT customer_id FROM ketu.{table} WHERE id = $1"  # noqa: S608 (names of our own)
    customer_id = await context.connection.fetchval(of_row, row_id)
    if customer_id is None:
        raise not_found(*path)
    customer = await customer_to_change(context, customer_id, permission, *path, also=(read,))
    row = await context.connection.fetchrow(f"SELECT * FROM ketu.{table} WHERE id = $1", row_id)  # noqa: S608
    if row is None or row["customer_id"] != customer_id:
        raise not_found(*path)
    return row, customer


def includes(context: CommandContext, permission: Permission, customer: Any) -> bool:
    """Whether a permission of the reader's reaches a customer's row."""
    return context.reader.scope_of[permission].includes(
        position=customer["position"],
        manager_ids=(customer["manager_id"], customer["backup_manager_id"]),
        is_granted=customer["id"] in context.reader.subject.granted_customer_ids,
    )


def _reached(
    context: CommandContext, row: Any, reads: tuple[Permission, ...], permission: Permission, *path: str
) -> Any:
    if row is None or not all(includes(context, read, row) for read in reads):
        raise not_found(*path)
    if not includes(context, permission, row):
        raise not_permitted(f"{permission} does not reach this customer.", *path)
    return row


async def row_in_reach(
    context: CommandContext, found: Any, read: Permission, permission: Permission, *path: str
) -> Any:
    """A row of a customer's that the permission reaches, because it reaches the customer.

    found   the row, locked by the caller, with `customer_id`; None where there is none

    raises  Refusal  NotFound where the reader may not see it, NotPermitted where `permission` does not reach it
    """
    if found is None:
        raise not_found(*path)
    customer = await context.connection.fetchrow(CUSTOMER, found["customer_id"])
    _reached(context, customer, (Permission.CUSTOMER_READ, read), permission, *path)
    return found


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
    reaches = await reaching_work(context, found, owners)
    if not reaches(read):
        raise not_found(*path)
    if not reaches(permission):
        raise not_permitted(f"{permission} does not reach it.", *path)
    return found


async def reaching_work(context: CommandContext, found: Any, owners: Collection[str]) -> Callable[[Permission], bool]:
    """Whether each permission reaches a piece of work, told by its row as in `work_in_reach`; its customer is held."""
    customer = found["customer_id"] and await context.connection.fetchrow(CUSTOMER, found["customer_id"])
    own = [found[owner] for owner in owners]

    def reaches(asked: Permission) -> bool:
        scope = context.reader.scope_of[asked]
        is_own_or_near = scope.includes(position=found["position"], manager_ids=own)
        return is_own_or_near or bool(customer and includes(context, asked, customer))

    return reaches
