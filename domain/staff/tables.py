"""Employees of the bank."""

import sqlalchemy as sa

from domain.shared.columns import SortKey, c1, choice, from_source, metadata, node, reference, searched
from domain.staff.model import StaffPost, StaffState

staff = sa.Table(
    "staff",
    metadata,
    *node(),
    c1("staff_no", sa.Text, unique=True),
    c1("name", sa.Text),
    c1("name_sort_key", SortKey),
    choice("post", StaffPost),
    choice("state", StaffState),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    c1("is_sample", sa.Boolean, server_default=sa.false()),
    from_source(),
    sa.Index(None, "branch_id"),
    sa.Index(None, "position"),
    sa.Index(None, "name_sort_key", "id"),
    searched("staff", "name"),
    searched("staff", "name_sort_key"),
    searched("staff", "staff_no"),
)
