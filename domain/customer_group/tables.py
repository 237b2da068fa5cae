"""Groups of customers: firms under one control, related parties, supply chains, clubs."""

import sqlalchemy as sa

from domain.customer_group.model import CustomerGroupKind, CustomerGroupRole, CustomerGroupState
from domain.shared.columns import Rate, SortKey, c1, c2, choice, from_source, metadata, node, reference

customer_group = sa.Table(
    "customer_group",
    metadata,
    *node(),
    c1("group_no", sa.Text, unique=True),
    choice("kind", CustomerGroupKind),
    choice("state", CustomerGroupState),
    c2("name", sa.Text),
    c2("name_sort_key", SortKey),
    c1("formed_on", sa.Date, nullable=True),
    # Nobody.
    reference("managed_by_id", "staff", nullable=True),
    from_source(),
    sa.Index(None, "name_sort_key", "id"),
    sa.Index(None, "managed_by_id"),
)

customer_group_member = sa.Table(
    "customer_group_member",
    metadata,
    *node(),
    reference("customer_group_id", "customer_group"),
    reference("customer_id", "customer"),
    choice("role", CustomerGroupRole, personal=True),
    # How much of the member is in the hands of the group.
    c2("control_share_ratio", Rate, nullable=True),
    c1("joined_on", sa.Date),
    c1("left_on", sa.Date, nullable=True),
    from_source(),
    sa.UniqueConstraint("customer_group_id", "customer_id"),
    sa.CheckConstraint("control_share_ratio BETWEEN 0 AND 1", name="control_share_ratio"),
    sa.CheckConstraint("left_on >= joined_on", name="term"),
    sa.Index(None, "customer_id", "joined_on"),
    sa.Index(None, "joined_on", "id"),
    sa.Index(
        "customer_group_member_one_head_idx", "customer_group_id", unique=True,
        postgresql_where=sa.text("role = 'HEAD' AND left_on IS NULL"),
    ),
)  # fmt: skip
