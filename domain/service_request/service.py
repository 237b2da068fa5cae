"""Asking core banking for something, and keeping what becomes of it. Accounts are changed there, never here.

Each request has a ticket of its own, so that it waits in a queue, has a due time, and is seen by who handles it; every
step of the request is written down there.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain.command.model import Change, Outcome, invalid_input
from domain.service_request.model import (
    NEXT,
    OF_ACCOUNT,
    OF_PRODUCT,
    ServiceRequestKind,
    ServiceRequestState,
)
from domain.ticket import service as tickets
from domain.ticket.service import NewTicket, Step

UNDER_WAY = """
    SELECT EXISTS (SELECT FROM ketu.service_request WHERE customer_id = $1 AND kind = $2
                   AND account_id IS NOT DISTINCT FROM $3 AND product_id IS NOT DISTINCT FROM $4
                   AND state IN ('SUBMITTED', 'SENT'))
"""
REQUEST = """
    INSERT INTO ketu.service_request (kind, state, customer_id, account_id, product_id, amount, currency, ticket_id,
                                      requested_by_id, requested_at)
    VALUES ($1, 'SUBMITTED', $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
"""
SENT = "UPDATE ketu.service_request SET state = 'SENT', sent_at = $2, core_reference = $3 WHERE id = $1"
SETTLED = "UPDATE ketu.service_request SET state = $2, settled_at = $3, reason = $4 WHERE id = $1"
TICKET = "SELECT * FROM ketu.ticket WHERE id = $1 FOR UPDATE"


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What is asked for."""

    kind: ServiceRequestKind
    customer_id: int
    account: Any = None
    """Its row; the customer owns it."""
    product: Any = None
    amount: Decimal | None = None
    currency: str | None = None


async def request(connection: Any, new: NewRequest, ticket: NewTicket, step: Step, *, today: Any) -> Outcome:
    """Take down what core banking is to do. The caller has made sure that who asks may, and holds the customer."""
    _must_make_sense(new)
    account_id, product_id = new.account and new.account["id"], new.product and new.product["id"]
    if await connection.fetchval(UNDER_WAY, new.customer_id, new.kind.name, account_id, product_id):
        raise invalid_input("The same is under way already.", "input", "kind")
    opened = await tickets.open_ticket(connection, ticket, step, today=today)
    ticket_id = opened.values["ticket"]
    request_id = await connection.fetchval(
        REQUEST, new.kind.name, new.customer_id, account_id, product_id, new.amount, new.currency, ticket_id,
        step.staff_id, step.at,
    )  # fmt: skip
    change = Change("service_request", request_id, "SUBMITTED", [new.customer_id])
    return Outcome({"serviceRequest": request_id, "ticket": ticket_id}, [change, *opened.changes])


async def send(connection: Any, found: Any, step: Step, *, core_reference: str) -> Outcome:
    """Core banking has it."""
    _must_lead(found, ServiceRequestState.SENT)
    await connection.execute(SENT, found["id"], step.at, core_reference)
    changes = await _written_down(connection, found, step, f"Core banking has it: {core_reference}.")
    return _done(found, "SENT", ["state", "sentAt", "coreReference"], changes)


async def settle(connection: Any, found: Any, step: Step, state: ServiceRequestState, *, reason: str | None) -> Outcome:
    """It is over; its ticket is closed with it."""
    _must_lead(found, state)
    await connection.execute(SETTLED, found["id"], state.name, step.at, reason)
    changes = await _closed(connection, found, step, reason or f"{state.name}: {state.value}.")
    return _done(found, state.name, ["state", "settledAt", "reason"], changes)


def _must_make_sense(new: NewRequest) -> None:
    if states := OF_ACCOUNT.get(new.kind):
        if new.account is None or new.product is not None:
            raise invalid_input("This is about an account, and about no product.", "input", "accountId")
        if new.account["state"] not in states:
            raise invalid_input(f"The account is {new.account['state']}.", "input", "accountId")
    if categories := OF_PRODUCT.get(new.kind):
        if new.product is None:
            raise invalid_input("This is about a product.", "input", "productId")
        if new.product["category"] not in categories or not new.product["is_active"]:
            raise invalid_input("That product cannot be had in this way.", "input", "productId")
    is_loan = new.kind is ServiceRequestKind.APPLY_FOR_LOAN
    if is_loan is (new.amount is None):
        raise invalid_input("A loan has an amount, and nothing else has.", "input", "amount")
    if new.amount is not None and new.amount <= 0:
        raise invalid_input("It is more than nothing.", "input", "amount")


def _must_lead(found: Any, to: ServiceRequestState) -> None:
    state = ServiceRequestState[found["state"]]
    if to not in NEXT.get(state, ()):
        raise invalid_input(f"It is {state.name}, which does not lead to {to.name}.", "input", "id")


async def _written_down(connection: Any, found: Any, step: Step, note: str) -> list[Change]:
    ticket = await _ticket(connection, found)
    if ticket is None:
        return []
    told = await tickets.comment(connection, ticket, Step(step.staff_id, step.at, note), waits_for_customer=None)
    return list(told.changes)


async def _closed(connection: Any, found: Any, step: Step, resolution: str) -> list[Change]:
    ticket = await _ticket(connection, found)
    if ticket is None or ticket["state"] == "CLOSED":
        return []
    closed = await tickets.close(connection, ticket, step, resolution=resolution, satisfaction=None)
    return list(closed.changes)


async def _ticket(connection: Any, found: Any) -> Any:
    return found["ticket_id"] and await connection.fetchrow(TICKET, found["ticket_id"])


def _done(found: Any, action: str, fields: list[str], more: list[Change]) -> Outcome:
    change = Change("service_request", found["id"], action, [found["customer_id"]], fields)
    return Outcome({"serviceRequest": found["id"], "ticket": found["ticket_id"]}, [change, *more])
