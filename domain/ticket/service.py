"""What becomes of tickets, each within the caller's transaction. The caller has made sure that who asks may."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.branch.tree import hold_tree
from domain.command.model import Change, Outcome, invalid_input, known
from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.ticket.model import HIGHEST_LEVEL, SATISFACTION, TicketEventKind, TicketKind, TicketState, due_at
from domain.working_calendar.reading import calendar_of

OPEN = """
    INSERT INTO ketu.ticket (id, ticket_no, kind, priority, state, channel, subject, description, customer_id,
                             account_id, product_id, branch_id, position, opened_by_id, linked_to_id, opened_at, due_at)
    OVERRIDING SYSTEM VALUE
    SELECT $1, $2, $3, $4, 'OPEN', $5, $6, $7, $8, $9, $10, branch.id, branch.position, $12, $13, $14, $15
    FROM ketu.branch AS branch WHERE branch.id = $11
"""
NEXT_ID = "SELECT nextval(pg_get_serial_sequence('ketu.ticket', 'id'))"
HAPPENED = """
    INSERT INTO ketu.ticket_event (ticket_id, kind, happened_at, staff_id, note, to_staff_id, to_branch_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
SET_STATE = "UPDATE ketu.ticket SET state = $2 WHERE id = $1"
GIVE = """
    UPDATE ketu.ticket SET assigned_to_id = $2, branch_id = branch.id, position = branch.position
    FROM ketu.branch AS branch WHERE ticket.id = $1 AND branch.id = $3
"""
ESCALATE = "UPDATE ketu.ticket SET level = level + 1, assigned_to_id = $2 WHERE id = $1"
CLOSE = "UPDATE ketu.ticket SET state = 'CLOSED', closed_at = $2, resolution = $3, satisfaction = $4 WHERE id = $1"
REOPEN = "UPDATE ketu.ticket SET state = 'OPEN', closed_at = NULL WHERE id = $1"
SUPERIOR = """
    WITH leaders AS (
        SELECT staff.id, branch.position FROM ketu.branch AS branch
        JOIN ketu.staff AS staff ON staff.branch_id = branch.id
        WHERE $1 BETWEEN branch.position AND branch.position_end AND staff.state = 'ACTIVE'
          AND staff.post IN ('BRANCH_MANAGER', 'REGIONAL_MANAGER')
    )
    SELECT id FROM leaders
    WHERE position < ALL (SELECT known.position FROM leaders AS known WHERE known.id IN ($2, $3))
    ORDER BY position DESC, id LIMIT 1
"""
"""Nearest above the ticket, and above whoever leads there and has it already: $1 its position, $2 and $3 those two."""
LEAVE = """
    UPDATE ketu.ticket SET assigned_to_id = NULL WHERE assigned_to_id = $1 AND state <> 'CLOSED'
    RETURNING id, customer_id, branch_id
"""


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What a ticket begins with."""

    kind: TicketKind
    priority: Priority
    channel: Channel
    subject: str
    description: str | None
    branch_id: int
    customer_id: int | None = None
    account_id: int | None = None
    product_id: int | None = None
    linked_to_id: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Who does something to a ticket, when, and what they write down."""

    staff_id: int
    at: datetime
    note: str | None = None


async def open_ticket(connection: Any, new: NewTicket, step: Step, *, today: Any) -> Outcome:
    """A customer wants something. It waits in the queue of a branch, and is due by the calendar kept there.

    Where it goes later, and what days become holidays, does not move what the customer was told.
    """
    await hold_tree(connection)
    # A clock ahead of UTC may have come to the day after, one behind it is still in the day before.
    calendar = await calendar_of(connection, new.branch_id, since=step.at.date() - timedelta(days=1))
    ticket_id = await connection.fetchval(NEXT_ID)
    await connection.execute(
        OPEN, ticket_id, f"T{today:%Y%m%d}{ticket_id:06}", new.kind.name, new.priority.name, new.channel.name,
        new.subject, new.description, new.customer_id, new.account_id, new.product_id, new.branch_id, step.staff_id,
        new.linked_to_id, step.at, due_at(new.priority, step.at, calendar),
    )  # fmt: skip
    await _happened(connection, ticket_id, TicketEventKind.OPENED, step)
    opened = Change("ticket", ticket_id, "OPENED", known(new.customer_id), branch_ids=[new.branch_id])
    return Outcome({"ticket": ticket_id}, [opened])


async def comment(connection: Any, ticket: Any, step: Step, *, waits_for_customer: bool | None) -> Outcome:
    """Write something down; the ticket waits for the customer, or for the bank, from here on."""
    state = TicketState.WAITING if waits_for_customer else TicketState.OPEN
    if waits_for_customer is None or ticket["state"] == state.name:
        await _happened(connection, ticket["id"], TicketEventKind.COMMENTED, step)
        return _changed(ticket, "COMMENTED", ["events"])
    _must_be_open(ticket)
    kind = TicketEventKind.WAITING if waits_for_customer else TicketEventKind.RESUMED
    await connection.execute(SET_STATE, ticket["id"], state.name)
    await _happened(connection, ticket["id"], kind, step)
    return _changed(ticket, kind.name, ["events", "state"])


async def transfer(connection: Any, ticket: Any, step: Step, *, to_staff_id: int | None, branch_id: int) -> Outcome:
    """Somebody of a branch handles it from here on; nobody: it waits in the branch's queue."""
    _must_be_open(ticket)
    await hold_tree(connection)
    moves = branch_id != ticket["branch_id"]
    await connection.execute(GIVE, ticket["id"], to_staff_id, branch_id)
    kind = TicketEventKind.TRANSFERRED if moves else TicketEventKind.ASSIGNED
    await _happened(
        connection, ticket["id"], kind, step, to_staff_id=to_staff_id, to_branch_id=branch_id if moves else None
    )
    return _changed(ticket, kind.name, ["assignedTo", *(["branch"] if moves else [])], to_branch_id=branch_id)


async def escalate(connection: Any, ticket: Any, step: Step, *, to_staff_id: int | None) -> Outcome:
    """Somebody higher up handles it: who is named, else who leads the branch, or the next one above with a leader."""
    _must_be_open(ticket)
    if ticket["level"] == HIGHEST_LEVEL:
        raise invalid_input(f"It was escalated {HIGHEST_LEVEL} times already.", "input", "id")
    if to_staff_id is None:
        to_staff_id = await connection.fetchval(SUPERIOR, ticket["position"], ticket["assigned_to_id"], step.staff_id)
    if to_staff_id is None:
        raise invalid_input("Nobody leads the branches above it: say who is to handle it.", "input", "toStaffId")
    await connection.execute(ESCALATE, ticket["id"], to_staff_id)
    await _happened(connection, ticket["id"], TicketEventKind.ESCALATED, step, to_staff_id=to_staff_id)
    return _changed(ticket, "ESCALATED", ["assignedTo", "level"])


async def close(connection: Any, ticket: Any, step: Step, *, resolution: str, satisfaction: int | None) -> Outcome:
    """The customer has their answer."""
    _must_be_open(ticket)
    if satisfaction is not None and satisfaction not in SATISFACTION:
        first, last = SATISFACTION[0], SATISFACTION[-1]
        raise invalid_input(f"Satisfaction goes from {first} to {last}.", "input", "satisfaction")
    await connection.execute(CLOSE, ticket["id"], step.at, resolution, satisfaction)
    await _happened(connection, ticket["id"], TicketEventKind.CLOSED, step)
    return _changed(ticket, "CLOSED", ["state", "closedAt", "resolution", "satisfaction"])


async def reopen(connection: Any, ticket: Any, step: Step) -> Outcome:
    """The answer was none."""
    if ticket["state"] != TicketState.CLOSED.name:
        raise invalid_input("It is not closed.", "input", "id")
    await connection.execute(REOPEN, ticket["id"])
    await _happened(connection, ticket["id"], TicketEventKind.REOPENED, step)
    return _changed(ticket, "REOPENED", ["state", "closedAt"])


async def leave_to_others(connection: Any, staff_id: int) -> list[Change]:
    """What somebody still handled waits in the queue of its branch."""
    left = await connection.fetch(LEAVE, staff_id)
    return [
        Change(
            "ticket", row["id"], "ASSIGNED", known(row["customer_id"]), ["assignedTo"], branch_ids=[row["branch_id"]]
        )
        for row in left
    ]


async def _happened(
    connection: Any,
    ticket_id: int,
    kind: TicketEventKind,
    step: Step,
    *,
    to_staff_id: int | None = None,
    to_branch_id: int | None = None,
) -> None:
    await connection.execute(
        HAPPENED, ticket_id, kind.name, step.at, step.staff_id, step.note, to_staff_id, to_branch_id
    )


def _must_be_open(ticket: Any) -> None:
    if ticket["state"] == TicketState.CLOSED.name:
        raise invalid_input("It is closed: reopen it first.", "input", "id")


def _changed(ticket: Any, action: str, fields: list[str], *, to_branch_id: int | None = None) -> Outcome:
    branches = sorted({ticket["branch_id"], to_branch_id or ticket["branch_id"]})
    change = Change("ticket", ticket["id"], action, known(ticket["customer_id"]), fields, branch_ids=branches)
    return Outcome({"ticket": ticket["id"]}, [change])
