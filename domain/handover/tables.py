"""Hand-overs: the part of a portfolio that lies in one branch, after its manager has left or moved."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.handover.model import HandoverCause, HandoverState
from domain.shared.columns import c1, choice, metadata, node, reference

handover = sa.Table(
    "handover",
    metadata,
    *node(sourced=False),
    choice("cause", HandoverCause),
    choice("state", HandoverState),
    reference("staff_id", "staff"),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    c1("opened_on", sa.Date),
    # Of whom they were primary manager (A角), and backup manager (B角).
    c1("customer_ids", postgresql.ARRAY(sa.BigInteger)),
    c1("backup_customer_ids", postgresql.ARRAY(sa.BigInteger)),
    c1("customer_count", sa.Integer),
    c1("backup_customer_count", sa.Integer),
    c1("note", sa.Text, nullable=True),
    reference("completed_by_id", "staff", nullable=True),
    c1("completed_at", sa.TIMESTAMP(timezone=True), nullable=True),
    sa.Index(None, "staff_id", "id"),
    sa.Index(None, "branch_id", "id"),
    sa.Index(None, "position", "id"),
    sa.Index(None, "completed_by_id"),
    sa.Index(None, "customer_ids", postgresql_using="gin"),
    sa.Index(None, "backup_customer_ids", postgresql_using="gin"),
)
