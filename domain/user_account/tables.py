"""Who may sign in, and the roles they hold, each role in a branch."""

import sqlalchemy as sa

from domain.shared.columns import c1, metadata, node, reference

user_account = sa.Table(
    "user_account",
    metadata,
    *node(sourced=False),
    c1("username", sa.Text, unique=True),
    reference("staff_id", "staff"),
    c1("is_active", sa.Boolean, server_default=sa.true()),
    sa.Index(None, "staff_id"),
)

role_assignment = sa.Table(
    "role_assignment",
    metadata,
    *node(sourced=False),
    reference("user_account_id", "user_account"),
    c1("role", sa.Text),
    reference("branch_id", "branch"),
    sa.UniqueConstraint("user_account_id", "role", "branch_id"),
)
