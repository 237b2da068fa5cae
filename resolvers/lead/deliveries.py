"""Leads by the keys of other systems: forms on the web, lists of names. What becomes of them stays the bank's own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from authz.permissions import Permission
from domain.command.checks import written, written_if_given
from domain.command.delivery import Delivered, Delivery, delivered, differing, is_stale, keep, known
from domain.command.model import Change, Outcome, invalid_input, not_permitted
from domain.lead import service
from domain.lead.model import LONGEST_NAME, LONGEST_TEXT, LeadOrigin
from domain.shared.channel import Channel
from resolvers.customer.deliveries import customer_named
from resolvers.customer.reach import customer_in_reach, reaching_work
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.lead.commands import sealed_phone
from resolvers.lead.edges import OWNERS
from resolvers.product.reach import product_named
from resolvers.staff.owning import waiting_branch

UPSERT = Permission.LEAD_UPSERT
SHOWN = {"customer_id": "customer", "product_id": "product"}
"""Fields of leads by their columns, where they are not called alike."""


async def _upsert(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    by = delivered(given, context.business_date)
    customer_id = await _customer(context, given, by)
    told = await _told(context, given)
    row = await known(context.connection, "lead", by)
    if row is None:
        return await _created(context, given, told, by, customer_id)
    reaches = await reaching_work(context, row, OWNERS)
    if not reaches(UPSERT):
        raise not_permitted(f"{UPSERT} does not reach the lead under this key.", "input", "sourceKey")
    if is_stale(row, by):
        return Outcome({"lead": row["id"], "delivery": Delivery.STALE.name})
    if customer_id is not None:
        if row["customer_id"] not in (None, customer_id):
            raise invalid_input("It is about another customer.", "input")
        told["customer_id"] = customer_id
    return await _updated(context, given, row, told, by)


async def _customer(context: CommandContext, given: Mapping[str, Any], by: Delivered) -> int | None:
    """Whom it is about, if the delivery says it is a customer."""
    if given.get("customer_id") is None and given.get("customer_key") is None:
        return None
    customer_id = await customer_named(context, given, by.source)
    await customer_in_reach(context, customer_id, UPSERT, "input", "customerId")
    return customer_id


async def _told(context: CommandContext, given: Mapping[str, Any]) -> dict[str, Any]:
    """By column, what the source says of somebody, but for the telephone number."""
    told: dict[str, Any] = {
        "origin": LeadOrigin[given["origin"].name].name,
        "channel": Channel[given["channel"].name].name,
        "interest": written(given["interest"], LONGEST_TEXT, "input", "interest"),
    }
    if "name" in given:
        told["name"] = written_if_given(given["name"], LONGEST_NAME, "input", "name")
    if "product_id" in given:
        told["product_id"] = await product_named(context, given["product_id"], "input", "productId")
    return told


async def _created(
    context: CommandContext, given: Mapping[str, Any], told: Mapping[str, Any], by: Delivered, customer_id: int | None
) -> Outcome:
    captured_at = given.get("captured_at") or context.now
    if captured_at > context.now:
        raise invalid_input("The source cannot have learned of it yet.", "input", "capturedAt")
    new = service.NewLead(
        origin=LeadOrigin[told["origin"]],
        channel=Channel[told["channel"]],
        interest=told["interest"],
        branch_id=await waiting_branch(context, given, UPSERT, anywhere=customer_id is not None),
        phone=await sealed_phone(context, given.get("phone")),
        customer_id=customer_id,
        name=told.get("name"),
        product_id=told.get("product_id"),
    )
    done = await service.capture(context.connection, new, staff_id=context.staff_id, now=captured_at)
    await keep(context.connection, "lead", done.values["lead"], by.columns)
    return replace(done, values={**done.values, "delivery": Delivery.CREATED.name})


async def _updated(
    context: CommandContext, given: Mapping[str, Any], row: Any, told: dict[str, Any], by: Delivered
) -> Outcome:
    if "phone" in given:
        phone = await sealed_phone(context, given["phone"])
        # The same number is sealed differently each time.
        if phone["phone_blind_index"] != row["phone_blind_index"]:
            told |= phone
    changed = differing(row, told)
    after = {**row, **changed}
    if all(after[name] is None for name in ("customer_id", "name", "phone_cipher")):
        raise invalid_input("Nobody would be left to ask: keep a customer, or a name, or a telephone number.", "input")
    if stamped := changed | differing(row, by.columns):
        await keep(context.connection, "lead", row["id"], stamped)
    if not changed:
        return Outcome({"lead": row["id"], "delivery": Delivery.UNCHANGED.name})
    fields = sorted({"phoneMasked" if name.startswith("phone_") else SHOWN.get(name, name) for name in changed})
    about = [after["customer_id"]] if after["customer_id"] is not None else []
    change = Change("lead", row["id"], "DELIVERED", about, fields)
    return Outcome({"lead": row["id"], "delivery": Delivery.UPDATED.name}, [change])


upsert = Command("UpsertLeadPayload", UPSERT, _upsert)
