"""What becomes of leads, each within the caller's transaction. The caller has made sure that who asks may."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.branch.tree import hold_tree
from domain.command.model import Change, Outcome, invalid_input, known
from domain.lead.model import LeadDropReason, LeadOrigin, LeadState
from domain.opportunity import service as opportunities
from domain.opportunity.service import Move, NewOpportunity
from domain.shared.channel import Channel

CAPTURE = """
    INSERT INTO ketu.lead (origin, channel, state, customer_id, name, phone_masked, phone_blind_index, phone_last4,
                           phone_cipher, interest, product_id, owner_id, captured_by_id, branch_id, position,
                           captured_at)
    SELECT $1, $2, 'OPEN', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, branch.id, branch.position, $14
    FROM ketu.branch AS branch WHERE branch.id = $13
    RETURNING id
"""
ASSIGN = """
    UPDATE ketu.lead SET owner_id = $2, branch_id = branch.id, position = branch.position
    FROM ketu.branch AS branch WHERE lead.id = $1 AND branch.id = $3
"""
QUALIFY = "UPDATE ketu.lead SET state = 'QUALIFIED', closed_at = $2, customer_id = $3 WHERE id = $1"
DROP = "UPDATE ketu.lead SET state = 'DROPPED', closed_at = $2, drop_reason = $3, drop_note = $4 WHERE id = $1"
LEAVE = "UPDATE ketu.lead SET owner_id = NULL WHERE owner_id = $1 AND state = 'OPEN' RETURNING id, customer_id"


@dataclass(frozen=True, slots=True)
class NewLead:
    """What the bank was told."""

    origin: LeadOrigin
    channel: Channel
    interest: str
    branch_id: int
    phone: dict[str, Any]
    """The sealed columns of the number, all None where none is known."""
    customer_id: int | None = None
    name: str | None = None
    product_id: int | None = None
    owner_id: int | None = None


async def capture(connection: Any, new: NewLead, *, staff_id: int, now: datetime) -> Outcome:
    """Somebody may want something, and the bank has just learned it."""
    if new.customer_id is None and new.name is None and new.phone["phone_cipher"] is None:
        raise invalid_input("Say who it is: a customer, or a name, or a telephone number.", "input")
    await hold_tree(connection)
    lead_id = await connection.fetchval(
        CAPTURE, new.origin.name, new.channel.name, new.customer_id, new.name, new.phone["phone_masked"],
        new.phone["phone_blind_index"], new.phone["phone_last4"], new.phone["phone_cipher"], new.interest,
        new.product_id, new.owner_id, staff_id, new.branch_id, now,
    )  # fmt: skip
    return Outcome({"lead": lead_id}, [Change("lead", lead_id, "CAPTURED", known(new.customer_id))])


async def assign(connection: Any, lead: Any, *, to_id: int | None, branch_id: int) -> Outcome:
    """Somebody else follows it up, where they work; nobody: anybody in the branch."""
    _must_be_open(lead)
    await hold_tree(connection)
    await connection.execute(ASSIGN, lead["id"], to_id, branch_id)
    return _changed(lead, "ASSIGNED", ["owner", *(["branch"] if branch_id != lead["branch_id"] else [])])


async def qualify(connection: Any, lead: Any, new: NewOpportunity, move: Move) -> Outcome:
    """An opportunity comes of it, about the customer whom they turned out to be, if any."""
    _must_be_open(lead)
    await connection.execute(QUALIFY, lead["id"], move.at, new.customer_id)
    made = await opportunities.create(connection, new, move)
    told = Change("lead", lead["id"], LeadState.QUALIFIED.name, known(new.customer_id), ["state", "closedAt"])
    return Outcome({"lead": lead["id"], **made.values}, [told, *made.changes])


async def drop(connection: Any, lead: Any, *, reason: LeadDropReason, note: str | None, now: datetime) -> Outcome:
    """Nothing comes of it."""
    _must_be_open(lead)
    await connection.execute(DROP, lead["id"], now, reason.name, note)
    return _changed(lead, LeadState.DROPPED.name, ["state", "closedAt", "dropReason", "dropNote"])


async def leave_to_others(connection: Any, staff_id: int) -> list[Change]:
    """What somebody still followed up waits in its branch for somebody else."""
    left = await connection.fetch(LEAVE, staff_id)
    return [Change("lead", row["id"], "ASSIGNED", known(row["customer_id"]), ["owner"]) for row in left]


def _must_be_open(lead: Any) -> None:
    if lead["state"] != LeadState.OPEN.name:
        raise invalid_input("It is qualified or dropped already.", "input", "id")


def _changed(lead: Any, action: str, fields: list[str]) -> Outcome:
    return Outcome({"lead": lead["id"]}, [Change("lead", lead["id"], action, known(lead["customer_id"]), fields)])
