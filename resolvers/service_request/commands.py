"""Asking core banking for something on a customer's behalf, and telling what became of it."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current, written, written_if_given
from domain.command.model import Outcome, invalid_input, not_found
from domain.service_request import service
from domain.service_request.model import LONGEST_REFERENCE, LONGEST_TEXT, ServiceRequestKind, ServiceRequestState
from domain.service_request.service import NewRequest
from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.ticket.model import TicketKind
from domain.ticket.service import NewTicket, Step
from resolvers.customer.reach import customer_to_change, theirs_to_change
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

READ, REQUEST, PROCESS = (
    Permission.SERVICE_REQUEST_READ,
    Permission.SERVICE_REQUEST_SUBMIT,
    Permission.SERVICE_REQUEST_PROCESS,
)
ACCOUNT = """
    SELECT account.* FROM ketu.account AS account JOIN ketu.account_holder AS holder ON holder.account_id = account.id
    WHERE account.id = $1 AND holder.customer_id = $2 AND holder.role = 'OWNER'
"""
PRODUCT = "SELECT * FROM ketu.product WHERE id = $1"
BASE_CURRENCY = "SELECT base_currency FROM ketu.bank"


async def _request(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = context.row_id("Customer", given["customer_id"], "input", "customerId")
    customer = await customer_to_change(context, customer_id, REQUEST, "input", "customerId")
    if customer["state"] != "ACTIVE":
        raise invalid_input("They are no customer: convert the prospect first.", "input", "customerId")
    kind = ServiceRequestKind[given["kind"].name]
    new = NewRequest(
        kind,
        customer_id,
        account=await _named(context, given, "account_id", "accountId", "Account", ACCOUNT, customer_id),
        product=await _named(context, given, "product_id", "productId", "Product", PRODUCT),
        amount=given.get("amount"),
        currency=await context.connection.fetchval(BASE_CURRENCY) if given.get("amount") is not None else None,
    )
    ticket = NewTicket(
        kind=TicketKind.REQUEST,
        priority=Priority.HIGH if kind is ServiceRequestKind.FREEZE_ACCOUNT else Priority.NORMAL,
        channel=Channel[given["channel"].name],
        subject=kind.value,
        description=written_if_given(given.get("note"), LONGEST_TEXT, "input", "note"),
        branch_id=customer["branch_id"],
        customer_id=customer_id,
        account_id=new.account and new.account["id"],
        product_id=new.product and new.product["id"],
    )
    return await service.request(context.connection, new, ticket, _step(context), today=context.business_date)


async def _send(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    found = await _found(context, given, PROCESS)
    reference = written(given["core_reference"], LONGEST_REFERENCE, "input", "coreReference")
    return await service.send(context.connection, found, _step(context), core_reference=reference)


async def _settle(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    found = await _found(context, given, PROCESS)
    state = ServiceRequestState.DONE if given["is_done"] else ServiceRequestState.REFUSED
    reason = written_if_given(given.get("reason"), LONGEST_TEXT, "input", "reason")
    if state is ServiceRequestState.REFUSED and reason is None:
        raise invalid_input("Say why it was refused.", "input", "reason")
    return await service.settle(context.connection, found, _step(context), state, reason=reason)


async def _withdraw(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    found = await _found(context, given, REQUEST)
    reason = written(given["reason"], LONGEST_TEXT, "input", "reason")
    return await service.settle(context.connection, found, _step(context), ServiceRequestState.WITHDRAWN, reason=reason)


async def _found(context: CommandContext, given: Mapping[str, Any], permission: Permission) -> Any:
    request_id = context.row_id("ServiceRequest", given["id"], "input", "id")
    found, _ = await theirs_to_change(context, "service_request", request_id, READ, permission, "input", "id")
    must_be_current(found, given["expected_version"])
    return found


async def _named(
    context: CommandContext, given: Mapping[str, Any], name: str, shown: str, type_name: str, statement: str,
    *of: int,
) -> Any:  # fmt: skip
    if given.get(name) is None:
        return None
    row = await context.connection.fetchrow(statement, context.row_id(type_name, given[name], "input", shown), *of)
    if row is None:
        raise not_found("input", shown)
    return row


def _step(context: CommandContext) -> Step:
    return Step(context.staff_id, context.now)


request = Command("RequestAccountServicePayload", REQUEST, _request)
send = Command("SendServiceRequestPayload", PROCESS, _send)
settle = Command("SettleServiceRequestPayload", PROCESS, _settle)
withdraw = Command("WithdrawServiceRequestPayload", REQUEST, _withdraw)
