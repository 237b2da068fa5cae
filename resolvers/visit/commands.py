"""Planning visits, beginning them, keeping what came of them."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current, written, written_if_given
from domain.command.model import Outcome, Refusal, invalid_input, not_found
from domain.interaction.model import InteractionOutcome
from domain.visit import service
from domain.visit.model import LONGEST_SUBJECT, LONGEST_TEXT, VisitPlace, VisitPurpose
from domain.visit.service import NewVisit, Result, Whereabouts
from resolvers.customer.reach import customer_in_reach, customer_named, work_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.staff.reach import staff_in_reach
from resolvers.task.reach import task_named
from resolvers.visit.edges import OWNERS

VISIT = "SELECT * FROM ketu.visit WHERE id = $1 FOR UPDATE"
IS_THEIRS = "SELECT EXISTS (SELECT FROM ketu.contact_point WHERE id = $1 AND customer_id = $2)"


async def _plan(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_named(context, given, Permission.VISIT_PLAN)
    new = NewVisit(
        customer_id,
        await _who(context, given),
        VisitPurpose[given["purpose"].name],
        VisitPlace[given["place"].name],
        written(given["subject"], LONGEST_SUBJECT, "input", "subject"),
        given["planned_at"],
        planned_minutes=given.get("planned_minutes"),
        contact_point_id=await _contact_point(context, given, customer_id),
        task_id=await task_named(context, given.get("task_id"), "input", "taskId"),
    )
    return await service.plan(context.connection, new, planned_by_id=context.staff_id, now=context.now)


async def _check_in(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    visit = await _visit(context, given, Permission.VISIT_CARRY_OUT)
    latitude, longitude = given.get("latitude"), given.get("longitude")
    if (latitude is None) is not (longitude is None):
        raise invalid_input(
            "Say both latitude and longitude, or none.", "input", "longitude" if latitude else "latitude"
        )
    where = None if latitude is None or longitude is None else Whereabouts(latitude, longitude)
    return await service.check_in(context.connection, visit, where, staff_id=context.staff_id, now=context.now)


async def _complete(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    visit = await _visit(context, given, Permission.VISIT_CARRY_OUT)
    outcome = given.get("outcome")
    result = Result(
        written_if_given(given.get("note"), LONGEST_TEXT, "input", "note"),
        InteractionOutcome[outcome.name] if outcome else None,
        given.get("duration_minutes"),
    )
    return await service.complete(context.connection, visit, result, staff_id=context.staff_id, now=context.now)


async def _cancel(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    visit = await _visit(context, given, Permission.VISIT_PLAN)
    reason = written_if_given(given.get("reason"), LONGEST_TEXT, "input", "reason")
    return await service.cancel(context.connection, visit, reason=reason, now=context.now)


async def _visit(context: CommandContext, given: Mapping[str, Any], permission: Permission) -> Any:
    """The visit's row, held until the transaction ends."""
    found = await context.connection.fetchrow(VISIT, context.row_id("Visit", given["id"], "input", "id"))
    visit = await work_in_reach(context, found, OWNERS, Permission.VISIT_READ, permission, "input", "id")
    must_be_current(visit, given["expected_version"])
    return visit


async def _who(context: CommandContext, given: Mapping[str, Any]) -> int:
    """Who is to visit: the reader, or somebody whom they may send."""
    if given.get("staff_id") is None:
        return context.staff_id
    staff_id = context.row_id("Staff", given["staff_id"], "input", "staffId")
    staff = await staff_in_reach(context, staff_id, Permission.VISIT_PLAN, "input", "staffId")
    if staff["state"] != "ACTIVE":
        raise invalid_input("They do not work here any more.", "input", "staffId")
    return staff_id


async def _contact_point(context: CommandContext, given: Mapping[str, Any], customer_id: int) -> int | None:
    """The address that is named, if any: one of the customer's, where the reader may read them."""
    if given.get("contact_point_id") is None:
        return None
    path = ("input", "contactPointId")
    contact_point_id = context.row_id("ContactPoint", given["contact_point_id"], *path)
    is_theirs = await context.connection.fetchval(IS_THEIRS, contact_point_id, customer_id)
    if not is_theirs:
        raise not_found(*path)
    try:
        await customer_in_reach(context, customer_id, Permission.CONTACT_POINT_READ, *path)
    except Refusal as refusal:
        raise not_found(*path) from refusal
    return contact_point_id


plan = Command("PlanVisitPayload", Permission.VISIT_PLAN, _plan)
check_in = Command("CheckInVisitPayload", Permission.VISIT_CARRY_OUT, _check_in)
complete = Command("CompleteVisitPayload", Permission.VISIT_CARRY_OUT, _complete)
cancel = Command("CancelVisitPayload", Permission.VISIT_PLAN, _cancel)
