"""Tasks: what somebody is to do, for a customer or not, on their own or as a part of something larger."""

import sqlalchemy as sa

from domain.shared.channel import Channel
from domain.shared.columns import c1, c2, choice, from_source, metadata, node, reference
from domain.shared.priority import Priority
from domain.task.model import TaskPurpose, TaskState

task = sa.Table(
    "task",
    metadata,
    *node(),
    c2("title", sa.Text),
    c2("description", sa.Text, nullable=True),
    choice("purpose", TaskPurpose),
    choice("priority", Priority),
    choice("state", TaskState),
    c1("due_at", sa.TIMESTAMP(timezone=True), nullable=True),
    reference("customer_id", "customer", nullable=True),
    # Nobody yet: whoever is in the branch may take it.
    reference("assigned_to_id", "staff", nullable=True),
    # Nobody: the system.
    reference("assigned_by_id", "staff", nullable=True),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    reference("parent_id", "task", nullable=True),
    reference("ticket_id", "ticket", nullable=True),
    c1("completed_at", sa.TIMESTAMP(timezone=True), nullable=True),
    reference("completed_by_id", "staff", nullable=True),
    choice("completed_through", Channel, nullable=True),
    c2("result", sa.Text, nullable=True),
    c2("hand_back_reason", sa.Text, nullable=True),
    from_source(),
    sa.CheckConstraint("(state = 'COMPLETED') = (completed_at IS NOT NULL)", name="completion"),
    sa.CheckConstraint("parent_id <> id", name="parent"),
    sa.Index(None, "assigned_to_id", "due_at"),
    sa.Index(None, "assigned_by_id", "due_at"),
    sa.Index(None, "position", "due_at"),
    sa.Index(None, "branch_id", "due_at"),
    sa.Index(None, "due_at", "id"),
    sa.Index(None, "customer_id"),
    sa.Index(None, "parent_id"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "completed_by_id"),
)
