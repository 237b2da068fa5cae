"""Keeping contacts with customers."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import written, written_if_given
from domain.command.model import Outcome
from domain.interaction.model import LONGEST_NOTE, LONGEST_SUBJECT, Direction, InteractionOutcome
from domain.interaction.service import Contact, log_interaction
from domain.shared.channel import Channel
from resolvers.customer.reach import customer_named
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.task.reach import task_named
from resolvers.ticket.reach import ticket_named


async def _log(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_named(context, given, Permission.INTERACTION_LOG)
    outcome = given.get("outcome")
    contact = Contact(
        customer_id,
        Channel[given["channel"].name],
        Direction[given["direction"].name],
        given.get("happened_at") or context.now,
        written(given["subject"], LONGEST_SUBJECT, "input", "subject"),
        note=written_if_given(given.get("note"), LONGEST_NOTE, "input", "note"),
        duration_minutes=given.get("duration_minutes"),
        outcome=InteractionOutcome[outcome.name] if outcome else None,
        task_id=await task_named(context, given.get("task_id"), "input", "taskId"),
        ticket_id=await ticket_named(context, given.get("ticket_id"), "input", "ticketId"),
    )
    staff_id = context.staff_id
    return await log_interaction(context.connection, contact, staff_id=staff_id, now=context.now)


log = Command("LogInteractionPayload", Permission.INTERACTION_LOG, _log)
