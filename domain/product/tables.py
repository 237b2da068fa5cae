"""The product catalogue."""

import sqlalchemy as sa

from domain.product.model import ProductCategory, ProductRisk
from domain.shared.columns import SortKey, c1, choice, from_source, metadata, node

product = sa.Table(
    "product",
    metadata,
    *node(),
    c1("product_no", sa.Text, unique=True),
    c1("name", sa.Text),
    c1("name_sort_key", SortKey),
    choice("category", ProductCategory),
    c1("is_active", sa.Boolean, server_default=sa.true()),
    # None: what customers can lose nothing by, like a card.
    choice("risk", ProductRisk, nullable=True),
    from_source(),
    sa.Index(None, "name_sort_key", "id"),
)
