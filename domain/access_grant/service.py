"""Granting and ending access, each within the caller's transaction."""

from typing import Any

from domain.access_grant.model import AccessGrantReason, Term
from domain.command.checks import must_be_current
from domain.command.model import Change, Outcome, invalid_input, not_found


async def grant_access(
    connection: Any,
    *,
    customer_id: int,
    staff_id: int,
    reason: AccessGrantReason,
    term: Term,
    today: Any,
    granted_by_id: int,
) -> Outcome:
    """Let somebody see a customer for a while. The caller has made sure that `granted_by_id` may."""
    if fault := term.fault(today):
        field, message = fault
        raise invalid_input(message, "input", field)
    grantee = await connection.fetchrow("SELECT state FROM ketu.staff WHERE id = $1 FOR SHARE", staff_id)
    if grantee is None:
        raise not_found("input", "staffId")
    if grantee["state"] != "ACTIVE":
        raise invalid_input("They do not work here any more.", "input", "staffId")
    grant_id = await connection.fetchval(
        """INSERT INTO ketu.access_grant (customer_id, staff_id, reason, starts_on, ends_on, granted_by_id)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
        customer_id, staff_id, reason.name, term.starts_on, term.ends_on, granted_by_id,
    )  # fmt: skip
    created = Change("access_grant", grant_id, "CREATED", [customer_id])
    return Outcome({"grant": grant_id}, [created])


async def end_access(connection: Any, *, grant: Any, expected_version: int) -> Outcome:
    """End a grant now.

    grant  its row, locked by the caller
    """
    must_be_current(grant, expected_version)
    if grant["ended_at"] is not None:
        raise invalid_input("The grant has ended already.", "input", "id")
    await connection.execute("UPDATE ketu.access_grant SET ended_at = now() WHERE id = $1", grant["id"])
    ended = Change("access_grant", grant["id"], "ENDED", [grant["customer_id"]], ["endedAt"])
    return Outcome({"grant": grant["id"]}, [ended])
