"""Tags: words that the bank has agreed on, and the customers who have them."""

import sqlalchemy as sa

from domain.shared.columns import SortKey, c1, from_source, metadata, node, reference

tag = sa.Table(
    "tag",
    metadata,
    *node(),
    c1("name", sa.Text, unique=True),
    c1("name_sort_key", SortKey),
    c1("meaning", sa.Text),
    c1("is_active", sa.Boolean),
    from_source(),
)

customer_tag = sa.Table(
    "customer_tag",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    reference("tag_id", "tag"),
    # Nobody: the system.
    reference("tagged_by_id", "staff", nullable=True),
    from_source(),
    sa.UniqueConstraint("customer_id", "tag_id"),
    sa.Index(None, "tag_id"),
    sa.Index(None, "tagged_by_id"),
)
