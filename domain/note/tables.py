"""Notes: what staff remark about customers, in words of their own."""

import sqlalchemy as sa

from domain.note.model import NoteState
from domain.shared.columns import c1, c2, choice, from_source, metadata, node, reference

note = sa.Table(
    "note",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    choice("state", NoteState),
    c2("text", sa.Text, nullable=True),
    # Nobody: it came from a source.
    reference("written_by_id", "staff", nullable=True),
    reference("removed_by_id", "staff", nullable=True),
    c1("removed_at", sa.TIMESTAMP(timezone=True), nullable=True),
    from_source(),
    sa.CheckConstraint(
        "CASE state WHEN 'KEPT' THEN text IS NOT NULL AND removed_at IS NULL AND removed_by_id IS NULL "
        "ELSE text IS NULL AND removed_at IS NOT NULL END",
        name="removal",
    ),
    sa.Index(None, "customer_id", "created_at"),
    sa.Index(None, "created_at", "id"),
    sa.Index(None, "written_by_id"),
    sa.Index(None, "removed_by_id"),
)
