"""Applications for users and for changes of their roles."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.shared.columns import c1, choice, metadata, node, reference
from domain.user_application.model import UserApplicationKind, UserApplicationState

Instant = sa.TIMESTAMP(timezone=True)

user_application = sa.Table(
    "user_application",
    metadata,
    *node(sourced=False),
    choice("kind", UserApplicationKind),
    choice("state", UserApplicationState),
    reference("staff_id", "staff"),
    # In which they worked when it was applied for.
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    c1("username", sa.Text),
    # Each as `role@branch number`.
    c1("adds", postgresql.ARRAY(sa.Text)),
    c1("removes", postgresql.ARRAY(sa.Text)),
    c1("reason", sa.Text),
    reference("applied_by_id", "staff"),
    reference("decided_by_id", "staff", nullable=True),
    c1("decided_at", Instant, nullable=True),
    c1("trained_on", sa.Date, nullable=True),
    reference("training_confirmed_by_id", "staff", nullable=True),
    reference("activated_by_id", "staff", nullable=True),
    c1("activated_at", Instant, nullable=True),
    sa.CheckConstraint("decided_by_id <> applied_by_id AND decided_by_id <> staff_id", name="second_person"),
    sa.CheckConstraint("training_confirmed_by_id <> staff_id", name="training_by_another"),
    sa.CheckConstraint("activated_by_id <> staff_id", name="activated_by_another"),
    # One at a time: what is approved is what was looked at.
    sa.Index(
        "user_application_open_idx",
        "staff_id",
        unique=True,
        postgresql_where=sa.text("state IN ('PROPOSED', 'APPROVED', 'TRAINED')"),
    ),
    sa.Index(None, "staff_id", "id"),
    sa.Index(None, "branch_id"),
    sa.Index(None, "position", "id"),
    sa.Index(None, "applied_by_id"),
    sa.Index(None, "decided_by_id"),
    sa.Index(None, "training_confirmed_by_id"),
    sa.Index(None, "activated_by_id"),
)
