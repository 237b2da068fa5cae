"""Giving tasks, doing them, giving them back."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current, written, written_if_given
from domain.command.model import Outcome
from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.task import service
from domain.task.model import LONGEST_TEXT, LONGEST_TITLE, TaskPurpose
from resolvers.customer.reach import customer_if_named
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.staff.owning import owner_named, waiting_branch
from resolvers.task.reach import task_in_reach
from resolvers.ticket.reach import ticket_named


async def _create(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_if_named(context, given, Permission.TASK_CREATE)
    assigned_to_id, branch_id = await owner_named(
        context, given, Permission.TASK_CREATE, Permission.TASK_ASSIGN, name="assigned_to_id"
    )
    if branch_id is None:
        anywhere = customer_id is not None
        branch_id = await waiting_branch(context, given, Permission.TASK_CREATE, anywhere=anywhere)
    new = service.NewTask(
        title=written(given["title"], LONGEST_TITLE, "input", "title"),
        description=written_if_given(given.get("description"), LONGEST_TEXT, "input", "description"),
        purpose=TaskPurpose[given["purpose"].name],
        priority=Priority[given["priority"].name] if given.get("priority") else Priority.NORMAL,
        due_at=given.get("due_at"),
        branch_id=branch_id,
        customer_id=customer_id,
        assigned_to_id=assigned_to_id,
        parent_id=await _parent(context, given),
        ticket_id=await ticket_named(context, given.get("ticket_id"), "input", "ticketId"),
    )
    return await service.create(context.connection, new, staff_id=context.staff_id)


async def _assign(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    task = await _task(context, given, Permission.TASK_ASSIGN)
    to_id, branch_id = await owner_named(
        context, given, Permission.TASK_ASSIGN, Permission.TASK_ASSIGN, name="assigned_to_id"
    )
    return await service.assign(
        context.connection,
        task,
        to_id=to_id,
        branch_id=branch_id or task["branch_id"],
        due_at=given.get("due_at"),
        staff_id=context.staff_id,
    )


async def _complete(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    through = given.get("completed_through")
    return await service.complete(
        context.connection,
        await _task(context, given, Permission.TASK_COMPLETE),
        through=Channel[through.name] if through else None,
        result=written_if_given(given.get("result"), LONGEST_TEXT, "input", "result"),
        staff_id=context.staff_id,
        now=context.now,
    )


async def _hand_back(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    task = await _task(context, given, Permission.TASK_COMPLETE)
    reason = written(given["reason"], LONGEST_TEXT, "input", "reason")
    return await service.hand_back(context.connection, task, reason=reason, staff_id=context.staff_id)


async def _cancel(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    return await service.cancel(context.connection, await _task(context, given, Permission.TASK_ASSIGN))


async def _parent(context: CommandContext, given: Mapping[str, Any]) -> int | None:
    """The task that this one is a part of, which is not yet done."""
    if given.get("parent_id") is None:
        return None
    parent_id = context.row_id("Task", given["parent_id"], "input", "parentId")
    parent = await task_in_reach(context, parent_id, Permission.TASK_READ, "input", "parentId")
    service.must_be_open(parent, "input", "parentId")
    return parent_id


async def _task(context: CommandContext, given: Mapping[str, Any], permission: Permission) -> Any:
    task_id = context.row_id("Task", given["id"], "input", "id")
    task = await task_in_reach(context, task_id, permission, "input", "id")
    must_be_current(task, given["expected_version"])
    return task


create = Command("CreateTaskPayload", Permission.TASK_CREATE, _create)
assign = Command("AssignTaskPayload", Permission.TASK_ASSIGN, _assign)
complete = Command("CompleteTaskPayload", Permission.TASK_COMPLETE, _complete)
hand_back = Command("HandBackTaskPayload", Permission.TASK_COMPLETE, _hand_back)
cancel = Command("CancelTaskPayload", Permission.TASK_ASSIGN, _cancel)
