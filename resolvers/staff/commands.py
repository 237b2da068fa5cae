"""Recording that somebody leaves the bank, or moves to another branch."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current
from domain.command.model import Outcome, invalid_input, not_permitted
from domain.handover import departure
from domain.handover.model import LONGEST_NOTE
from domain.user_account.sessions import Origin
from resolvers.branch.reach import branch_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.staff.reach import staff_in_reach


async def _record_departure(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    return await departure.depart(
        context.connection,
        await _somebody_else(context, given, Permission.STAFF_RECORD_DEPARTURE),
        note=_note(given),
        today=context.business_date,
        now=context.now,
        origin=Origin(request_id=context.actor.request_id),
    )


async def _transfer(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    staff_id = await _somebody_else(context, given, Permission.STAFF_TRANSFER)
    path = ("input", "branchId")
    branch_id = context.row_id("Branch", given["branch_id"], *path)
    branch = await branch_in_reach(context, branch_id, Permission.STAFF_TRANSFER, *path)
    if branch["state"] == "CLOSED":
        raise invalid_input("The branch is closed.", *path)
    if await context.connection.fetchval("SELECT branch_id FROM ketu.staff WHERE id = $1", staff_id) == branch_id:
        raise invalid_input("They work there already.", *path)
    return await departure.transfer(
        context.connection,
        staff_id,
        branch_id=branch_id,
        post=given["post"].name if given.get("post") else None,
        note=_note(given),
        today=context.business_date,
        now=context.now,
    )


async def _somebody_else(context: CommandContext, given: Mapping[str, Any], permission: Permission) -> int:
    """The id of an active member of staff in reach, whose row is held until the transaction ends."""
    staff_id = context.row_id("Staff", given["staff_id"], "input", "staffId")
    staff = await staff_in_reach(context, staff_id, permission, "input", "staffId")
    if staff_id == context.staff_id:
        raise not_permitted("Nobody records this of themselves.", "input", "staffId")
    must_be_current(staff, given["expected_version"])
    if staff["state"] != "ACTIVE":
        raise invalid_input("They do not work here any more.", "input", "staffId")
    return staff_id


def _note(given: Mapping[str, Any]) -> str | None:
    note = (given.get("note") or "").strip()
    if len(note) > LONGEST_NOTE:
        raise invalid_input(f"A note has {LONGEST_NOTE} characters at most.", "input", "note")
    return note or None


record_departure = Command("RecordDeparturePayload", Permission.STAFF_RECORD_DEPARTURE, _record_departure)
transfer = Command("TransferStaffPayload", Permission.STAFF_TRANSFER, _transfer)
