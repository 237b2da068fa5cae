"""Planning care for customers, doing it, leaving it out."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.care_plan import service
from domain.care_plan.model import LONGEST_TEXT, LONGEST_TITLE, CareOccasion
from domain.care_plan.service import NewPlan
from domain.command.checks import must_be_current, written, written_if_given
from domain.command.model import Outcome, not_found
from domain.interaction.model import InteractionOutcome
from domain.shared.channel import Channel
from resolvers.care_plan.edges import OWNERS
from resolvers.customer.reach import customer_if_named, work_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

CARE_PLAN = "SELECT * FROM ketu.care_plan WHERE id = $1 FOR UPDATE"
CARE = "SELECT * FROM ketu.care WHERE id = $1 FOR UPDATE"
IS_TAG = "SELECT EXISTS (SELECT FROM ketu.tag WHERE id = $1 AND is_active)"


async def _create(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    new = NewPlan(
        title=written(given["title"], LONGEST_TITLE, "input", "title"),
        occasion=CareOccasion[given["occasion"].name],
        channel=Channel[given["channel"].name],
        starts_on=given.get("starts_on") or context.business_date,
        ends_on=given.get("ends_on"),
        customer_id=await customer_if_named(context, given, Permission.CARE_PLAN_CARRY_OUT),
        tag_id=await _tag(context, given),
        lead_days=given["lead_days"],
        every_days=given.get("every_days"),
        greeting=written_if_given(given.get("greeting"), LONGEST_TEXT, "input", "greeting"),
    )
    return await service.create_plan(context.connection, new, staff_id=context.staff_id, today=context.business_date)


async def _end(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    row_id = context.row_id("CarePlan", given["id"], "input", "id")
    plan = await _in_reach(context, await context.connection.fetchrow(CARE_PLAN, row_id), given)
    return await service.end_plan(
        context.connection, plan, staff_id=context.staff_id, today=context.business_date, now=context.now
    )


async def _complete(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    outcome = given.get("outcome")
    return await service.complete(
        context.connection,
        await _care(context, given),
        subject=written(given["subject"], LONGEST_TITLE, "input", "subject"),
        note=written_if_given(given.get("note"), LONGEST_TEXT, "input", "note"),
        outcome=InteractionOutcome[outcome.name] if outcome else None,
        staff_id=context.staff_id,
        now=context.now,
    )


async def _skip(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    care = await _care(context, given)
    note = written_if_given(given.get("note"), LONGEST_TEXT, "input", "note")
    return await service.skip(context.connection, care, note=note, staff_id=context.staff_id, now=context.now)


async def _care(context: CommandContext, given: Mapping[str, Any]) -> Any:
    row_id = context.row_id("Care", given["id"], "input", "id")
    return await _in_reach(context, await context.connection.fetchrow(CARE, row_id), given)


async def _in_reach(context: CommandContext, found: Any, given: Mapping[str, Any]) -> Any:
    row = await work_in_reach(
        context, found, OWNERS, Permission.CARE_PLAN_READ, Permission.CARE_PLAN_CARRY_OUT, "input", "id"
    )
    must_be_current(row, given["expected_version"])
    return row


async def _tag(context: CommandContext, given: Mapping[str, Any]) -> int | None:
    if given.get("tag_id") is None:
        return None
    tag_id = context.row_id("Tag", given["tag_id"], "input", "tagId")
    is_readable = not context.reader.scope_of[Permission.TAG_READ].is_nothing
    if not (is_readable and await context.connection.fetchval(IS_TAG, tag_id)):
        raise not_found("input", "tagId")
    return tag_id


create = Command("CreateCarePlanPayload", Permission.CARE_PLAN_CARRY_OUT, _create)
end = Command("EndCarePlanPayload", Permission.CARE_PLAN_CARRY_OUT, _end)
complete = Command("CompleteCarePayload", Permission.CARE_PLAN_CARRY_OUT, _complete)
skip = Command("SkipCarePayload", Permission.CARE_PLAN_CARRY_OUT, _skip)
