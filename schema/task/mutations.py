"""Giving tasks, doing them, giving them back."""

from datetime import datetime

import strawberry

from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.task.model import TaskPurpose
from domain.task.tables import task
from resolvers.engine.edges import OutcomeRow
from resolvers.task import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(Channel)
described(Priority)
described(TaskPurpose)

SHOWN = "The task as it is now; null where there are errors, or it is out of the reader's sight now."
SHOWS = {"task": (OutcomeRow(task, "task"), SHOWN)}
VERSION = "Its `version` as the client read it."


@strawberry.input(description="What somebody is to do.")
class CreateTaskInput:
    """A new task."""

    title: str = strawberry.field(description="What is to be done, in a few words.")
    purpose: TaskPurpose = strawberry.field(description="What it is for.")
    description: str | None = strawberry.field(description="What there is to know about it.", default=strawberry.UNSET)
    priority: Priority | None = strawberry.field(
        description="How soon it wants to be done; NORMAL unless said.", default=strawberry.UNSET
    )
    due_at: datetime | None = strawberry.field(description="When it should be done.", default=strawberry.UNSET)
    customer_id: strawberry.ID | None = strawberry.field(description="Whom it is about.", default=strawberry.UNSET)
    assigned_to_id: strawberry.ID | None = strawberry.field(
        description="Who is to do it; unless said, anybody in the branch.", default=strawberry.UNSET
    )
    branch_id: strawberry.ID | None = strawberry.field(
        description="Where it waits while it is nobody's; the reader's own branch unless said. With `assignedToId`, "
        "where they work.",
        default=strawberry.UNSET,
    )
    parent_id: strawberry.ID | None = strawberry.field(
        description="The task that it is a part of.", default=strawberry.UNSET
    )
    ticket_id: strawberry.ID | None = strawberry.field(
        description="The ticket that it serves.", default=strawberry.UNSET
    )


@strawberry.input(description="Who is to do a task from here on.")
class AssignTaskInput:
    """Somebody, or anybody."""

    id: strawberry.ID = strawberry.field(description="The task.")
    expected_version: int = strawberry.field(description=VERSION)
    assigned_to_id: strawberry.ID | None = strawberry.field(
        description="Who; unless said, anybody in the branch.", default=strawberry.UNSET
    )
    due_at: datetime | None = strawberry.field(
        description="When it should be done; as before unless said.", default=strawberry.UNSET
    )


@strawberry.input(description="A task that is done.")
class CompleteTaskInput:
    """How it was done."""

    id: strawberry.ID = strawberry.field(description="The task; its parts are done or cancelled.")
    expected_version: int = strawberry.field(description=VERSION)
    completed_through: Channel | None = strawberry.field(
        description="In which way it was done.", default=strawberry.UNSET
    )
    result: str | None = strawberry.field(description="What came of it.", default=strawberry.UNSET)


@strawberry.input(description="A task that the reader cannot do.")
class HandBackTaskInput:
    """Why."""

    id: strawberry.ID = strawberry.field(description="The task, which the reader was to do.")
    expected_version: int = strawberry.field(description=VERSION)
    reason: str = strawberry.field(description="Why they cannot.")


@strawberry.input(description="A task that need not be done any more.")
class CancelTaskInput:
    """Which one."""

    id: strawberry.ID = strawberry.field(description="The task.")
    expected_version: int = strawberry.field(description=VERSION)


mutation(
    "create_task",
    commands.create,
    input=CreateTaskInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Give somebody, or oneself, something to do.",
    bulk="create_tasks",
)
mutation(
    "assign_task",
    commands.assign,
    input=AssignTaskInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Let somebody else do a task.",
    bulk="assign_tasks",
)
mutation(
    "complete_task",
    commands.complete,
    input=CompleteTaskInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Say that a task is done, and how.",
    bulk="complete_tasks",
)
mutation(
    "hand_back_task",
    commands.hand_back,
    input=HandBackTaskInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Give a task back, to be assigned anew.",
    bulk="hand_back_tasks",
)
mutation(
    "cancel_task",
    commands.cancel,
    input=CancelTaskInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Take a task back.",
)
