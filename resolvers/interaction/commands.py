"""Keeping contacts with customers."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import written
from domain.command.model import Outcome
from domain.interaction.model import LONGEST_NOTE, LONGEST_SUBJECT, Direction, InteractionOutcome
from domain.interaction.service import Contact, log_interaction
from domain.shared.channel import Channel
from resolvers.customer.reach import customer_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.task.reach import task_in_reach
from resolvers.ticket.reach import ticket_in_reach


async def _log(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = context.row_id("Customer", given["customer_id"], "input", "customerId")
    await customer_in_reach(context, customer_id, Permission.INTERACTION_LOG, "input", "customerId")
    outcome, note = given.get("outcome"), given.get("note")
    contact = Contact(
        customer_id,
        Channel[given["channel"].name],
        Direction[given["direction"].name],
        given.get("happened_at") or context.now,
        written(given["subject"], LONGEST_SUBJECT, "input", "subject"),
        note=None if note is None else written(note, LONGEST_NOTE, "input", "note"),
        duration_minutes=given.get("duration_minutes"),
        outcome=InteractionOutcome[outcome.name] if outcome else None,
        task_id=await _task(context, given),
        ticket_id=await _ticket(context, given),
    )
    staff_id = context.reader.subject.staff_id
    return await log_interaction(context.connection, contact, staff_id=staff_id, now=context.now)


async def _task(context: CommandContext, given: Mapping[str, Any]) -> int | None:
    if given.get("task_id") is None:
        return None
    task_id = context.row_id("Task", given["task_id"], "input", "taskId")
    return (await task_in_reach(context, task_id, Permission.TASK_READ, "input", "taskId"))["id"]


async def _ticket(context: CommandContext, given: Mapping[str, Any]) -> int | None:
    if given.get("ticket_id") is None:
        return None
    ticket_id = context.row_id("Ticket", given["ticket_id"], "input", "ticketId")
    return (await ticket_in_reach(context, ticket_id, Permission.TICKET_READ, "input", "ticketId"))["id"]


log = Command("LogInteractionPayload", Permission.INTERACTION_LOG, _log)
