"""Leaving customers alone, and no longer."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import written, written_if_given
from domain.command.model import Outcome
from domain.do_not_contact.model import LONGEST_NOTE, DoNotContactReason
from domain.do_not_contact.service import NewDoNotContact, lift_do_not_contact, set_do_not_contact
from domain.shared.channel import Channel
from resolvers.customer.reach import customer_named, row_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

FOUND = "SELECT * FROM ketu.do_not_contact WHERE id = $1 FOR UPDATE"


async def _set(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_named(context, given, Permission.DO_NOT_CONTACT_SET)
    channel = given.get("channel")
    new = NewDoNotContact(
        customer_id,
        Channel[channel.name] if channel else None,
        DoNotContactReason[given["reason"].name],
        written_if_given(given.get("note"), LONGEST_NOTE, "input", "note"),
        given.get("starts_on") or context.business_date,
        given.get("ends_on"),
    )
    staff_id = context.staff_id
    return await set_do_not_contact(context.connection, new, staff_id=staff_id, today=context.business_date)


async def _lift(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    row_id = context.row_id("DoNotContact", given["id"], "input", "id")
    found = await context.connection.fetchrow(FOUND, row_id)
    read, lift = Permission.DO_NOT_CONTACT_READ, Permission.DO_NOT_CONTACT_LIFT
    return await lift_do_not_contact(
        context.connection,
        await row_in_reach(context, found, read, lift, "input", "id"),
        because=written(given["because"], LONGEST_NOTE, "input", "because"),
        expected_version=given["expected_version"],
        staff_id=context.staff_id,
        today=context.business_date,
        now=context.now,
    )


set_alone = Command("SetDoNotContactPayload", Permission.DO_NOT_CONTACT_SET, _set)
lift = Command("LiftDoNotContactPayload", Permission.DO_NOT_CONTACT_LIFT, _lift)
