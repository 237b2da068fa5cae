"""Contacts with customers by the keys of other systems: call centres, mail, the bank's own pages."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from authz.permissions import Permission
from domain.command.checks import written, written_if_given
from domain.command.delivery import Delivery, delivered, differing, is_stale, keep, known
from domain.command.model import Change, Outcome, invalid_input
from domain.interaction.model import LONGEST_NOTE, LONGEST_SUBJECT, Direction, InteractionOutcome
from domain.interaction.service import Contact, log_interaction
from domain.shared.channel import Channel
from resolvers.customer.deliveries import customer_named
from resolvers.customer.reach import customer_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

UPSERT = Permission.INTERACTION_UPSERT


async def _upsert(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    by = delivered(given, context.business_date)
    customer_id = await customer_named(context, given, by.source)
    await customer_in_reach(context, customer_id, UPSERT, "input", "customerId")
    outcome = given.get("outcome")
    contact = Contact(
        customer_id,
        Channel[given["channel"].name],
        Direction[given["direction"].name],
        given["happened_at"],
        written(given["subject"], LONGEST_SUBJECT, "input", "subject"),
        note=written_if_given(given.get("note"), LONGEST_NOTE, "input", "note"),
        duration_minutes=given.get("duration_minutes"),
        outcome=InteractionOutcome[outcome.name] if outcome else None,
    )
    row = await known(context.connection, "interaction", by)
    if row is None:
        done = await log_interaction(context.connection, contact, staff_id=None, now=context.now)
        await keep(context.connection, "interaction", done.values["interaction"], by.columns)
        return replace(done, values={**done.values, "customer": customer_id, "delivery": Delivery.CREATED.name})
    shown = {"interaction": row["id"], "customer": customer_id}
    if row["customer_id"] != customer_id:
        raise invalid_input("Under this key the bank knows a contact with somebody else.", "input", "sourceKey")
    if is_stale(row, by):
        return Outcome({**shown, "delivery": Delivery.STALE.name})
    told = {
        "channel": contact.channel.name,
        "direction": contact.direction.name,
        "happened_at": contact.happened_at,
        "subject": contact.subject,
        **{name: getattr(contact, name) for name in ("note", "duration_minutes") if name in given},
        **({"outcome": contact.outcome and contact.outcome.name} if "outcome" in given else {}),
    }
    changed = differing(row, told)
    if contact.happened_at > context.now or (contact.duration_minutes or 0) < 0:
        raise invalid_input("It has not taken place, or took less than no time.", "input", "happenedAt")
    if stamped := changed | differing(row, by.columns):
        await keep(context.connection, "interaction", row["id"], stamped)
    if not changed:
        return Outcome({**shown, "delivery": Delivery.UNCHANGED.name})
    change = Change("interaction", row["id"], "DELIVERED", [customer_id], sorted(changed))
    return Outcome({**shown, "delivery": Delivery.UPDATED.name}, [change])


upsert = Command("UpsertInteractionPayload", UPSERT, _upsert)
