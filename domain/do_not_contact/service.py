"""Leaving customers alone, and no longer, within the caller's transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.command.checks import must_be_current
from domain.command.model import Change, Outcome, invalid_input
from domain.do_not_contact.model import DoNotContactReason, fault_of_term
from domain.shared.channel import Channel

SET = """
    INSERT INTO ketu.do_not_contact (customer_id, channel, reason, note, starts_on, ends_on, set_by_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
"""
LIFT = "UPDATE ketu.do_not_contact SET lifted_at = $2, lifted_by_id = $3, lifted_because = $4 WHERE id = $1"


@dataclass(frozen=True, slots=True)
class NewDoNotContact:
    """Whom to leave alone."""

    customer_id: int
    channel: Channel | None
    reason: DoNotContactReason
    note: str | None
    starts_on: date
    ends_on: date | None


async def set_do_not_contact(connection: Any, new: NewDoNotContact, *, staff_id: int, today: date) -> Outcome:
    """Leave somebody alone. The caller has made sure that who asks may say so."""
    if fault := fault_of_term(new.starts_on, new.ends_on, today=today):
        field, message = fault
        raise invalid_input(message, "input", field)
    if new.reason is DoNotContactReason.OTHER and new.note is None:
        raise invalid_input("Say what the other reason is.", "input", "note")
    row_id = await connection.fetchval(
        SET, new.customer_id, new.channel and new.channel.name, new.reason.name, new.note, new.starts_on, new.ends_on,
        staff_id,
    )  # fmt: skip
    return Outcome({"doNotContact": row_id}, [Change("do_not_contact", row_id, "CREATED", [new.customer_id])])


async def lift_do_not_contact(
    connection: Any, found: Any, *, because: str, expected_version: int, staff_id: int, today: date, now: datetime
) -> Outcome:
    """They need not be left alone any more.

    found  its row, locked by the caller
    """
    must_be_current(found, expected_version)
    if found["lifted_at"] is not None or (found["ends_on"] is not None and found["ends_on"] < today):
        raise invalid_input("It is over already.", "input", "id")
    await connection.execute(LIFT, found["id"], now, staff_id, because)
    change = Change("do_not_contact", found["id"], "LIFTED", [found["customer_id"]], ["liftedAt"])
    return Outcome({"doNotContact": found["id"]}, [change])
