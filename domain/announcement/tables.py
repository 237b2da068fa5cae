"""Announcements, whom they are addressed to, and who has read them.

An announcement is addressed to the staff whom one of its audiences means: those for whom all that it says holds, so one
that says nothing means everybody. Who that is follows the bank's records: whoever joins tomorrow is addressed tomorrow.
"""

import sqlalchemy as sa

from domain.announcement.model import AnnouncementState
from domain.shared.columns import c1, choice, from_source, metadata, node, reference
from domain.shared.priority import Priority
from domain.staff.model import StaffPost

announcement = sa.Table(
    "announcement",
    metadata,
    *node(),
    c1("title", sa.Text),
    c1("text", sa.Text),
    choice("priority", Priority),
    choice("state", AnnouncementState),
    c1("published_at", sa.TIMESTAMP(timezone=True)),
    # Nobody: the system.
    reference("published_by_id", "staff", nullable=True),
    # In which they worked, and its position.
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    c1("edited_at", sa.TIMESTAMP(timezone=True), nullable=True),
    # Its last day; none: it stands until it is withdrawn.
    c1("expires_on", sa.Date, nullable=True),
    c1("withdrawn_at", sa.TIMESTAMP(timezone=True), nullable=True),
    reference("withdrawn_by_id", "staff", nullable=True),
    c1("withdrawal_reason", sa.Text, nullable=True),
    from_source(),
    sa.CheckConstraint("(state = 'WITHDRAWN') = (withdrawn_at IS NOT NULL)", name="withdrawal"),
    sa.Index(None, "published_at", "id"),
    sa.Index(None, "published_by_id", "published_at"),
    sa.Index(None, "position", "published_at"),
    sa.Index(None, "branch_id", "published_at"),
    sa.Index(None, "withdrawn_by_id"),
)

announcement_audience = sa.Table(
    "announcement_audience",
    metadata,
    *node(sourced=False),
    reference("announcement_id", "announcement"),
    # Staff of the branch, and of those below it where it says so.
    reference("branch_id", "branch", nullable=True),
    c1("includes_below", sa.Boolean),
    # Who holds a role, in whatever branch.
    c1("role", sa.Text, nullable=True),
    choice("post", StaffPost, nullable=True),
    reference("staff_id", "staff", nullable=True),
    sa.Index(None, "announcement_id"),
    sa.Index(None, "branch_id"),
    sa.Index(None, "staff_id"),
)

announcement_reader = sa.Table(
    "announcement_reader",
    metadata,
    *node(sourced=False),
    reference("announcement_id", "announcement"),
    reference("staff_id", "staff"),
    c1("read_at", sa.TIMESTAMP(timezone=True)),
    # The announcement's version that they have read.
    c1("read_version", sa.Integer),
    sa.UniqueConstraint("announcement_id", "staff_id"),
    sa.Index(None, "staff_id", "read_at"),
    sa.Index(None, "read_at", "id"),
)
