"""Applications of branches to go live."""

import sqlalchemy as sa

from domain.go_live.model import GoLiveState
from domain.shared.columns import c1, choice, metadata, node, reference

go_live = sa.Table(
    "go_live",
    metadata,
    *node(sourced=False),
    reference("branch_id", "branch"),
    choice("state", GoLiveState),
    c1("reason", sa.Text),
    reference("applied_by_id", "staff"),
    reference("decided_by_id", "staff", nullable=True),
    c1("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
    sa.CheckConstraint("decided_by_id <> applied_by_id", name="second_person"),
    sa.Index("go_live_open_idx", "branch_id", unique=True, postgresql_where=sa.text("state = 'PROPOSED'")),
    sa.Index(None, "branch_id", "id"),
    sa.Index(None, "applied_by_id"),
    sa.Index(None, "decided_by_id"),
)
