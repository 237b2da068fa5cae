"""Leads from when the bank learns of somebody until an opportunity comes of it, or nothing does."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current, written, written_if_given
from domain.command.model import Outcome, invalid_input
from domain.customer.contact import ContactError, reachable
from domain.customer.model import ContactPointKind
from domain.lead import service
from domain.lead.model import LONGEST_NAME, LONGEST_TEXT, LeadDropReason, LeadOrigin
from domain.opportunity.model import LONGEST_NAME as LONGEST_OPPORTUNITY_NAME
from domain.opportunity.model import OpportunityStage
from domain.shared.channel import Channel
from domain.shared.identifier import IdentifierKind
from resolvers.customer.reach import customer_if_named
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.lead.reach import lead_in_reach
from resolvers.opportunity.commands import move, new_opportunity
from resolvers.opportunity.input import terms
from resolvers.product.reach import product_named
from resolvers.staff.owning import owner_named, waiting_branch


async def _capture(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_if_named(context, given, Permission.LEAD_CAPTURE)
    owner_id, branch_id = await owner_named(context, given, Permission.LEAD_CAPTURE, Permission.LEAD_ASSIGN)
    if branch_id is None:
        anywhere = customer_id is not None
        branch_id = await waiting_branch(context, given, Permission.LEAD_CAPTURE, anywhere=anywhere)
    new = service.NewLead(
        origin=LeadOrigin[given["origin"].name],
        channel=Channel[given["channel"].name],
        interest=written(given["interest"], LONGEST_TEXT, "input", "interest"),
        branch_id=branch_id,
        phone=await sealed_phone(context, given.get("phone")),
        customer_id=customer_id,
        name=written_if_given(given.get("name"), LONGEST_NAME, "input", "name"),
        product_id=await product_named(context, given.get("product_id"), "input", "productId"),
        owner_id=owner_id,
    )
    staff_id = context.staff_id
    return await service.capture(context.connection, new, staff_id=staff_id, now=context.now)


async def sealed_phone(context: CommandContext, phone: str | None) -> dict[str, Any]:
    """The sealed columns of a telephone number."""
    try:
        number = None if phone is None else reachable(ContactPointKind.PHONE, phone)
    except ContactError as error:
        raise invalid_input(str(error), "input", "phone") from error
    ring = await context.keys.sealing(context.connection)
    return ring.sealed("phone", IdentifierKind.PHONE, number)


async def _assign(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    lead = await _lead(context, given, Permission.LEAD_ASSIGN)
    owner_id, branch_id = await owner_named(context, given, Permission.LEAD_ASSIGN, Permission.LEAD_ASSIGN)
    branch_id = branch_id or lead["branch_id"]
    return await service.assign(context.connection, lead, to_id=owner_id, branch_id=branch_id)


async def _qualify(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    lead = await _lead(context, given, Permission.LEAD_QUALIFY)
    named = await customer_if_named(context, given, Permission.LEAD_QUALIFY)
    if named is not None and lead["customer_id"] not in (None, named):
        raise invalid_input("It is about another customer.", "input", "customerId")
    said = {"product_id": lead["product_id"]} | await terms(context, given)
    new = new_opportunity(
        {"name": lead["interest"][:LONGEST_OPPORTUNITY_NAME], **said},
        stage=OpportunityStage.CONTACTED,
        customer_id=named or lead["customer_id"],
        owner_id=lead["owner_id"] or context.staff_id,
        branch_id=lead["branch_id"],
        lead_id=lead["id"],
    )
    return await service.qualify(context.connection, lead, new, move(context))


async def _drop(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    lead = await _lead(context, given, Permission.LEAD_QUALIFY)
    return await service.drop(
        context.connection,
        lead,
        reason=LeadDropReason[given["reason"].name],
        note=written_if_given(given.get("note"), LONGEST_TEXT, "input", "note"),
        now=context.now,
    )


async def _lead(context: CommandContext, given: Mapping[str, Any], permission: Permission) -> Any:
    lead_id = context.row_id("Lead", given["id"], "input", "id")
    lead = await lead_in_reach(context, lead_id, permission, "input", "id")
    must_be_current(lead, given["expected_version"])
    return lead


capture = Command("CaptureLeadPayload", Permission.LEAD_CAPTURE, _capture)
assign = Command("AssignLeadPayload", Permission.LEAD_ASSIGN, _assign)
qualify = Command("QualifyLeadPayload", Permission.LEAD_QUALIFY, _qualify)
drop = Command("DropLeadPayload", Permission.LEAD_QUALIFY, _drop)
