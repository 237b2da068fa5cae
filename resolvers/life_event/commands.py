"""Keeping what happens in the lives of customers."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from authz.permissions import Permission
from domain.command.checks import written_if_given
from domain.command.model import Outcome
from domain.life_event.model import LONGEST_NOTE, LifeEventEvidence, LifeEventKind
from domain.life_event.service import NewLifeEvent, record_life_event, withdraw_life_event
from resolvers.customer.reach import customer_named, row_in_reach
from resolvers.document.reach import document_named
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

EVENT = "SELECT * FROM ketu.life_event WHERE id = $1 FOR UPDATE"
CERTAIN = Decimal(1)


async def _record(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_named(context, given, Permission.LIFE_EVENT_RECORD)
    confidence = given.get("confidence_ratio")
    new = NewLifeEvent(
        customer_id,
        LifeEventKind[given["kind"].name],
        given["happens_on"],
        LifeEventEvidence[given["evidence"].name],
        CERTAIN if confidence is None else confidence,
        note=written_if_given(given.get("note"), LONGEST_NOTE, "input", "note"),
        document_id=await document_named(context, given.get("document_id"), customer_id, "input", "documentId"),
    )
    staff_id = context.staff_id
    return await record_life_event(context.connection, new, staff_id=staff_id, today=context.business_date)


async def _withdraw(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    event_id = context.row_id("LifeEvent", given["id"], "input", "id")
    found = await context.connection.fetchrow(EVENT, event_id)
    read, record = Permission.LIFE_EVENT_READ, Permission.LIFE_EVENT_RECORD
    event = await row_in_reach(context, found, read, record, "input", "id")
    return await withdraw_life_event(context.connection, event, expected_version=given["expected_version"])


record = Command("RecordLifeEventPayload", Permission.LIFE_EVENT_RECORD, _record)
withdraw = Command("WithdrawLifeEventPayload", Permission.LIFE_EVENT_RECORD, _withdraw)
