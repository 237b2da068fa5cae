"""Opening tickets, and what is done with them until they are closed."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current, written, written_if_given
from domain.command.model import Outcome, invalid_input, not_found
from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.ticket import service
from domain.ticket.model import LONGEST_SUBJECT, LONGEST_TEXT, TicketKind
from domain.ticket.service import Step
from resolvers.branch.reach import branch_in_reach
from resolvers.customer.reach import customer_if_named
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.product.reach import product_named
from resolvers.staff.owning import own_branch
from resolvers.staff.reach import reaches
from resolvers.ticket.reach import ticket_in_reach, ticket_named

HOLDS = "SELECT EXISTS (SELECT FROM ketu.account_holder WHERE account_id = $1 AND customer_id = $2)"
COLLEAGUE = "SELECT id, branch_id, position, state FROM ketu.staff WHERE id = $1 FOR SHARE"
BRANCH = "SELECT state FROM ketu.branch WHERE id = $1 FOR SHARE"


async def _open(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_if_named(context, given, Permission.TICKET_OPEN)
    new = service.NewTicket(
        kind=TicketKind[given["kind"].name],
        priority=Priority[given["priority"].name] if given.get("priority") else Priority.NORMAL,
        channel=Channel[given["channel"].name],
        subject=written(given["subject"], LONGEST_SUBJECT, "input", "subject"),
        description=written_if_given(given.get("description"), LONGEST_TEXT, "input", "description"),
        branch_id=await _queue(context, given, anywhere=customer_id is not None),
        customer_id=customer_id,
        account_id=await _account(context, given, customer_id),
        product_id=await product_named(context, given.get("product_id"), "input", "productId"),
        linked_to_id=await ticket_named(context, given.get("linked_to_id"), "input", "linkedToId"),
    )
    return await service.open_ticket(context.connection, new, _step(context), today=context.business_date)


async def _comment(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    ticket_id = context.row_id("Ticket", given["id"], "input", "id")
    ticket = await ticket_in_reach(context, ticket_id, Permission.TICKET_COMMENT, "input", "id")
    note = written(given["note"], LONGEST_TEXT, "input", "note")
    waits = given.get("waits_for_customer")
    return await service.comment(context.connection, ticket, _step(context, note), waits_for_customer=waits)


async def _transfer(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    ticket = await _ticket(context, given, Permission.TICKET_TRANSFER)
    to_staff_id, branch_id = await _colleague(context, given, "to_staff_id", "toStaffId")
    if given.get("to_branch_id") is not None:
        named = context.row_id("Branch", given["to_branch_id"], "input", "toBranchId")
        if branch_id not in (None, named):
            raise invalid_input("They work in another branch.", "input", "toStaffId")
        if await context.connection.fetchval(BRANCH, named) != "OPEN":
            raise invalid_input("Only a branch that is open can handle it.", "input", "toBranchId")
        branch_id = named
    if branch_id is None:
        raise invalid_input("Say to whom, or to which branch.", "input")
    step = _step(context, written_if_given(given.get("note"), LONGEST_TEXT, "input", "note"))
    return await service.transfer(context.connection, ticket, step, to_staff_id=to_staff_id, branch_id=branch_id)


async def _escalate(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    ticket = await _ticket(context, given, Permission.TICKET_ESCALATE)
    to_staff_id, _ = await _colleague(context, given, "to_staff_id", "toStaffId")
    step = _step(context, written(given["note"], LONGEST_TEXT, "input", "note"))
    return await service.escalate(context.connection, ticket, step, to_staff_id=to_staff_id)


async def _close(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    return await service.close(
        context.connection,
        await _ticket(context, given, Permission.TICKET_CLOSE),
        _step(context),
        resolution=written(given["resolution"], LONGEST_TEXT, "input", "resolution"),
        satisfaction=given.get("satisfaction"),
    )


async def _reopen(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    ticket = await _ticket(context, given, Permission.TICKET_CLOSE)
    note = written(given["note"], LONGEST_TEXT, "input", "note")
    return await service.reopen(context.connection, ticket, _step(context, note))


def _step(context: CommandContext, note: str | None = None) -> Step:
    return Step(context.staff_id, context.now, note)


async def _ticket(context: CommandContext, given: Mapping[str, Any], permission: Permission) -> Any:
    ticket_id = context.row_id("Ticket", given["id"], "input", "id")
    ticket = await ticket_in_reach(context, ticket_id, permission, "input", "id")
    must_be_current(ticket, given["expected_version"])
    return ticket


async def _queue(context: CommandContext, given: Mapping[str, Any], *, anywhere: bool) -> int:
    """The branch in whose queue it waits: the reader's own, unless said.

    anywhere  the reader may open tickets of its customer, wherever they are handled
    """
    if given.get("branch_id") is not None:
        branch_id = context.row_id("Branch", given["branch_id"], "input", "branchId")
    else:
        branch_id = await own_branch(context)
    if not anywhere:
        await branch_in_reach(context, branch_id, Permission.TICKET_OPEN, "input", "branchId")
    elif await context.connection.fetchval(BRANCH, branch_id) is None:
        raise not_found("input", "branchId")
    return branch_id


async def _account(context: CommandContext, given: Mapping[str, Any], customer_id: int | None) -> int | None:
    """An account that the customer holds."""
    if given.get("account_id") is None:
        return None
    account_id = context.row_id("Account", given["account_id"], "input", "accountId")
    if customer_id is None or not await context.connection.fetchval(HOLDS, account_id, customer_id):
        raise not_found("input", "accountId")
    return account_id


async def _colleague(
    context: CommandContext, given: Mapping[str, Any], name: str, shown: str
) -> tuple[int | None, int | None]:
    """Somebody who works for the bank, and where: a ticket may go to whoever can answer it."""
    if given.get(name) is None:
        return None, None
    staff_id = context.row_id("Staff", given[name], "input", shown)
    staff = await context.connection.fetchrow(COLLEAGUE, staff_id)
    if staff is None:
        raise not_found("input", shown)
    if staff["state"] != "ACTIVE":
        if not reaches(context, Permission.STAFF_READ, staff["position"], staff_id):
            raise not_found("input", shown)
        raise invalid_input("They do not work here any more.", "input", shown)
    return staff["id"], staff["branch_id"]


open_ticket = Command("OpenTicketPayload", Permission.TICKET_OPEN, _open)
comment = Command("CommentTicketPayload", Permission.TICKET_COMMENT, _comment)
transfer = Command("TransferTicketPayload", Permission.TICKET_TRANSFER, _transfer)
escalate = Command("EscalateTicketPayload", Permission.TICKET_ESCALATE, _escalate)
close = Command("CloseTicketPayload", Permission.TICKET_CLOSE, _close)
reopen = Command("ReopenTicketPayload", Permission.TICKET_CLOSE, _reopen)
