"""Opportunities from the first hint to their end."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current, written_if_given
from domain.command.model import Outcome, invalid_input
from domain.opportunity import service
from domain.opportunity.model import (
    LONGEST_TEXT,
    OpportunityCloseReason,
    OpportunityKind,
    OpportunityOccasion,
    OpportunityStage,
)
from domain.opportunity.service import Move, NewOpportunity
from resolvers.customer.reach import customer_named
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.opportunity.input import terms
from resolvers.opportunity.reach import opportunity_in_reach
from resolvers.staff.owning import own_branch, owner_named, waiting_branch


async def _create(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_named(context, given, Permission.OPPORTUNITY_CREATE)
    if "owner_id" in given:
        create, assign = Permission.OPPORTUNITY_CREATE, Permission.OPPORTUNITY_ASSIGN
        owner_id, branch_id = await owner_named(context, given, create, assign)
    else:
        owner_id, branch_id = context.staff_id, await own_branch(context)
    if branch_id is None:
        branch_id = await waiting_branch(context, given, Permission.OPPORTUNITY_CREATE, anywhere=True)
    said = await terms(context, given)
    stage = OpportunityStage[given["stage"].name] if given.get("stage") else OpportunityStage.IDENTIFIED
    new = new_opportunity(said, stage=stage, customer_id=customer_id, owner_id=owner_id, branch_id=branch_id)
    return await service.create(context.connection, new, move(context))


def new_opportunity(said: Mapping[str, Any], **others: Any) -> NewOpportunity:
    """From what the input says, and what follows from elsewhere."""
    kind = OpportunityKind[said.get("kind") or OpportunityKind.NEW_SALE.name]
    occasion = OpportunityOccasion[said["occasion"]] if said.get("occasion") else None
    known: dict[str, Any] = {"description": None, **said, "kind": kind, "occasion": occasion, **others}
    return NewOpportunity(**known)


async def _change(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    opportunity = await _opportunity(context, given, Permission.OPPORTUNITY_CHANGE)
    said = await terms(context, given)
    if "customer_id" in given:
        if given["customer_id"] is None:
            raise invalid_input("It cannot be without.", "input", "customerId")
        said["customer_id"] = await customer_named(context, given, Permission.OPPORTUNITY_CHANGE)
    return await service.change(context.connection, opportunity, said)


async def _move(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    opportunity = await _opportunity(context, given, Permission.OPPORTUNITY_CHANGE)
    likely = (await terms(context, {key: given[key] for key in given.keys() & {"probability_ratio"}})).get(
        "probability_ratio"
    )
    stage = OpportunityStage[given["stage"].name]
    step = move(context, given.get("note"))
    return await service.move_to(context.connection, opportunity, stage, step, probability_ratio=likely)


async def _close(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    opportunity = await _opportunity(context, given, Permission.OPPORTUNITY_CHANGE)
    reason = OpportunityCloseReason[given["reason"].name]
    step = move(context, given.get("note"))
    return await service.close(context.connection, opportunity, step, is_won=given["is_won"], reason=reason)


async def _assign(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    opportunity = await _opportunity(context, given, Permission.OPPORTUNITY_ASSIGN)
    assign = Permission.OPPORTUNITY_ASSIGN
    owner_id, branch_id = await owner_named(context, given, assign, assign)
    return await service.assign(
        context.connection, opportunity, to_id=owner_id, branch_id=branch_id or opportunity["branch_id"]
    )


def move(context: CommandContext, note: str | None = None) -> Move:
    """Of the reader, now."""
    note = written_if_given(note, LONGEST_TEXT, "input", "note")
    return Move(context.staff_id, context.now, note)


async def _opportunity(context: CommandContext, given: Mapping[str, Any], permission: Permission) -> Any:
    opportunity_id = context.row_id("Opportunity", given["id"], "input", "id")
    opportunity = await opportunity_in_reach(context, opportunity_id, permission, "input", "id")
    must_be_current(opportunity, given["expected_version"])
    return opportunity


create = Command("CreateOpportunityPayload", Permission.OPPORTUNITY_CREATE, _create)
change = Command("ChangeOpportunityPayload", Permission.OPPORTUNITY_CHANGE, _change)
move_to = Command("MoveOpportunityPayload", Permission.OPPORTUNITY_CHANGE, _move)
close = Command("CloseOpportunityPayload", Permission.OPPORTUNITY_CHANGE, _close)
assign = Command("AssignOpportunityPayload", Permission.OPPORTUNITY_ASSIGN, _assign)
