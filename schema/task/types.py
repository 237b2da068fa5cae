"""Tasks as clients see them."""

from datetime import datetime

from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.task.model import TaskPurpose, TaskState
from resolvers.task import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(Channel)
described(Priority)
described(TaskPurpose)
described(TaskState)


@node(
    edges.rows,
    prefix="tas",
    description="What somebody is to do (任务). Seen by who gives and does it, and where its branch or its customer "
    "is in reach.",
)
class Task(Node):
    """A piece of work."""

    title: str = field(description="What is to be done, in a few words.")
    description: str | None = field(description="What there is to know about it.")
    purpose: TaskPurpose = field(description="What it is for.")
    priority: Priority = field(description="How soon it wants to be done.")
    state: TaskState = field(description="How far it has come.")
    due_at: datetime | None = field(description="When it should be done, UTC; null where it has time.")
    completed_at: datetime | None = field(description="When it was done, UTC.")
    completed_through: Channel | None = field(description="In which way it was done.")
    result: str | None = field(description="What came of it.")
    hand_back_reason: str | None = field(description="Why it was given back the last time.")
    customer: ToOne = field(edges.customer, description="Whom it is about; null where the reader may not see them.")
    assigned_to: ToOne = field(edges.assigned_to, description="Who is to do it; null while anybody in the branch may.")
    assigned_by: ToOne = field(edges.assigned_by, description="Who assigned it; null where the system did.")
    completed_by: ToOne = field(edges.completed_by, description="Who did it.")
    branch: ToOne = field(edges.branch, description="Where it is to be done.")
    parent: ToOne = field(edges.parent, description="The task that it is a part of.")
    subtasks: ToMany = field(edges.subtasks, description="Its parts, those due first before others.")
    ticket: ToOne = field(edges.ticket, description="The ticket that it serves.")
    interactions: ToMany = field(edges.interactions, description="Contacts with the customer for it, newest first.")
    alerts: ToMany = field(edges.alerts, description="Alerts about it, newest first.")
    visits: ToMany = field(edges.visits, description="Visits that serve it, the latest first.")
