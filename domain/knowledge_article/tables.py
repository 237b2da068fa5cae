"""The knowledge base: each row is one version of an article, and the versions of one share its number."""

import sqlalchemy as sa

from domain.knowledge_article.model import KnowledgeCategory, KnowledgeState
from domain.shared.columns import SortKey, c1, choice, from_source, metadata, node, reference

Instant = sa.TIMESTAMP(timezone=True)

knowledge_article = sa.Table(
    "knowledge_article",
    metadata,
    *node(),
    c1("article_no", sa.Text),
    c1("edition", sa.Integer),
    c1("title", sa.Text),
    c1("title_sort_key", SortKey),
    c1("text", sa.Text),
    c1("keywords", sa.Text, nullable=True),
    choice("category", KnowledgeCategory),
    choice("state", KnowledgeState),
    reference("product_id", "product", nullable=True),
    reference("previous_id", "knowledge_article", nullable=True),
    # Nobody: another system.
    reference("written_by_id", "staff", nullable=True),
    c1("published_at", Instant, nullable=True),
    reference("published_by_id", "staff", nullable=True),
    c1("retired_at", Instant, nullable=True),
    reference("retired_by_id", "staff", nullable=True),
    from_source(),
    sa.UniqueConstraint("article_no", "edition"),
    sa.CheckConstraint("edition > 0", name="edition"),
    sa.CheckConstraint("(state = 'DRAFT') = (published_at IS NULL)", name="publication"),
    sa.CheckConstraint("(state = 'RETIRED') = (retired_at IS NOT NULL)", name="retirement"),
    sa.CheckConstraint("previous_id <> id", name="previous"),
    sa.Index("knowledge_article_holds_idx", "article_no", unique=True, postgresql_where=sa.text("state = 'PUBLISHED'")),
    sa.Index("knowledge_article_drafted_idx", "article_no", unique=True, postgresql_where=sa.text("state = 'DRAFT'")),
    sa.Index(None, "title_sort_key", "id"),
    sa.Index(None, "product_id"),
    sa.Index(None, "previous_id"),
    sa.Index(None, "written_by_id"),
    sa.Index(None, "published_by_id"),
    sa.Index(None, "retired_by_id"),
)
