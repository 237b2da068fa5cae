"""What becomes of tasks, each within the caller's transaction. The caller has made sure that who asks may."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.branch.tree import hold_tree
from domain.command.model import Change, Outcome, invalid_input, known
from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.task.model import OPEN_STATES, TaskPurpose

CREATE = """
    INSERT INTO ketu.task (title, description, purpose, priority, state, due_at, customer_id, assigned_to_id,
                           assigned_by_id, branch_id, position, parent_id, ticket_id)
    SELECT $1, $2, $3, $4, 'OPEN', $5, $6, $7, $8, branch.id, branch.position, $10, $11
    FROM ketu.branch AS branch WHERE branch.id = $9
    RETURNING id
"""
ASSIGN = """
    UPDATE ketu.task SET state = 'OPEN', assigned_to_id = $2, assigned_by_id = $3, due_at = coalesce($5, due_at),
                         branch_id = branch.id, position = branch.position
    FROM ketu.branch AS branch WHERE task.id = $1 AND branch.id = $4
"""
COMPLETE = """
    UPDATE ketu.task
    SET state = 'COMPLETED', completed_at = $2, completed_by_id = $3, completed_through = $4, result = $5
    WHERE id = $1
"""
HAND_BACK = "UPDATE ketu.task SET state = 'HANDED_BACK', assigned_to_id = NULL, hand_back_reason = $2 WHERE id = $1"
CANCEL = "UPDATE ketu.task SET state = 'CANCELLED' WHERE id = $1"
OPEN_PARTS = "SELECT count(*) FROM ketu.task WHERE parent_id = $1 AND state = ANY($2)"
LEAVE = """
    UPDATE ketu.task SET assigned_to_id = NULL WHERE assigned_to_id = $1 AND state = ANY($2)
    RETURNING id, customer_id, assigned_by_id
"""
OPEN_NAMES = [state.name for state in OPEN_STATES]


@dataclass(frozen=True, slots=True)
class NewTask:
    """What a task is made of."""

    title: str
    description: str | None
    purpose: TaskPurpose
    priority: Priority
    due_at: datetime | None
    branch_id: int
    customer_id: int | None = None
    assigned_to_id: int | None = None
    parent_id: int | None = None
    ticket_id: int | None = None


async def create(connection: Any, new: NewTask, *, staff_id: int) -> Outcome:
    """Somebody is to do something; or anybody in the branch, where nobody is named."""
    await hold_tree(connection)
    task_id = await connection.fetchval(
        CREATE, new.title, new.description, new.purpose.name, new.priority.name, new.due_at, new.customer_id,
        new.assigned_to_id, staff_id, new.branch_id, new.parent_id, new.ticket_id,
    )  # fmt: skip
    created = Change("task", task_id, "CREATED", known(new.customer_id), staff_ids=known(new.assigned_to_id, staff_id))
    return Outcome({"task": task_id}, [created])


async def assign(
    connection: Any, task: Any, *, to_id: int | None, branch_id: int, due_at: datetime | None, staff_id: int
) -> Outcome:
    """Somebody else is to do it, where they work; nobody: anybody in the branch."""
    must_be_open(task, "input", "id")
    await hold_tree(connection)
    await connection.execute(ASSIGN, task["id"], to_id, staff_id, branch_id, due_at)
    fields = ["assignedTo", "state", *(["dueAt"] if due_at else [])]
    return _changed(task, "ASSIGNED", fields, to_id, staff_id)


async def complete(
    connection: Any, task: Any, *, through: Channel | None, result: str | None, staff_id: int, now: datetime
) -> Outcome:
    """It is done, and so are its parts."""
    must_be_open(task, "input", "id")
    if left := await connection.fetchval(OPEN_PARTS, task["id"], OPEN_NAMES):
        raise invalid_input(f"{left} of its parts are still to be done: complete or cancel them first.", "input", "id")
    await connection.execute(COMPLETE, task["id"], now, staff_id, through and through.name, result)
    return _changed(task, "COMPLETED", ["state", "completedAt", "completedBy", "completedThrough", "result"])


async def hand_back(connection: Any, task: Any, *, reason: str, staff_id: int) -> Outcome:
    """Who was to do it cannot."""
    must_be_open(task, "input", "id")
    if task["assigned_to_id"] != staff_id:
        raise invalid_input("It is not you who is to do it.", "input", "id")
    await connection.execute(HAND_BACK, task["id"], reason)
    return _changed(task, "HANDED_BACK", ["state", "assignedTo", "handBackReason"])


async def cancel(connection: Any, task: Any) -> Outcome:
    """It need not be done any more."""
    must_be_open(task, "input", "id")
    await connection.execute(CANCEL, task["id"])
    return _changed(task, "CANCELLED", ["state"])


async def leave_to_others(connection: Any, staff_id: int) -> list[Change]:
    """What somebody still had to do waits in the branch for somebody else."""
    left = await connection.fetch(LEAVE, staff_id, OPEN_NAMES)
    return [
        Change(
            "task", row["id"], "ASSIGNED", known(row["customer_id"]), ["assignedTo"],
            staff_ids=known(staff_id, row["assigned_by_id"]),
        )
        for row in left
    ]  # fmt: skip


def must_be_open(task: Any, *path: str) -> None:
    """Refusal where a task is done or cancelled."""
    if task["state"] not in OPEN_NAMES:
        raise invalid_input("It is done or cancelled already.", *path)


def _changed(task: Any, action: str, fields: list[str], *new_owners: int | None) -> Outcome:
    owners = known(task["assigned_to_id"], task["assigned_by_id"], *new_owners)
    change = Change("task", task["id"], action, known(task["customer_id"]), fields, staff_ids=owners)
    return Outcome({"task": task["id"]}, [change])
