"""Articles of the knowledge base; surveys and what customers answered."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_knowledge"
down_revision = "2026_11_26_performance"
branch_labels = None
depends_on = None

TABLES = ("survey", "survey_question", "knowledge_article", "survey_response", "survey_answer")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "survey",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("survey_term_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("survey_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("survey_source_source_key_key")),
        sa.CheckConstraint("kind IN ('SATISFACTION', 'CALL_BACK', 'NEEDS')", name=op.f("survey_kind_check")),
        schema="ketu",
    )
    op.create_index(op.f("survey_title_sort_key_id_idx"), "survey", ["title_sort_key", "id"], schema="ketu")
    op.create_table(
        "survey_question",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["ketu.survey.id"], name=op.f("survey_question_survey_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("survey_question_pkey")),
        sa.UniqueConstraint("survey_id", "rank", name=op.f("survey_question_survey_id_rank_key")),
        sa.CheckConstraint("kind IN ('SCORE', 'YES_NO', 'TEXT')", name=op.f("survey_question_kind_check")),
        schema="ketu",
    )
    op.create_table(
        "knowledge_article",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("article_no", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("previous_id", sa.BigInteger(), nullable=True),
        sa.Column("written_by_id", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.BigInteger(), nullable=True),
        sa.Column("retired_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("retired_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state = 'DRAFT') = (published_at IS NULL)", name=op.f("knowledge_article_publication_check")
        ),
        sa.CheckConstraint(
            "(state = 'RETIRED') = (retired_at IS NOT NULL)", name=op.f("knowledge_article_retirement_check")
        ),
        sa.CheckConstraint("edition > 0", name=op.f("knowledge_article_edition_check")),
        sa.CheckConstraint("previous_id <> id", name=op.f("knowledge_article_previous_check")),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["ketu.knowledge_article.id"], name=op.f("knowledge_article_previous_id_fkey")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("knowledge_article_product_id_fkey")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["ketu.staff.id"], name=op.f("knowledge_article_published_by_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["retired_by_id"], ["ketu.staff.id"], name=op.f("knowledge_article_retired_by_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["ketu.staff.id"], name=op.f("knowledge_article_written_by_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("knowledge_article_pkey")),
        sa.UniqueConstraint("article_no", "edition", name=op.f("knowledge_article_article_no_edition_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("knowledge_article_source_source_key_key")),
        sa.CheckConstraint(
            "category IN ('PRODUCT', 'PROCEDURE', 'REGULATION', 'ANSWER', 'SCRIPT')",
            name=op.f("knowledge_article_category_check"),
        ),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'PUBLISHED', 'SUPERSEDED', 'RETIRED')", name=op.f("knowledge_article_state_check")
        ),
        schema="ketu",
    )
    op.create_index(
        "knowledge_article_drafted_idx",
        "knowledge_article",
        ["article_no"],
        unique=True,
        schema="ketu",
        postgresql_where=sa.text("state = 'DRAFT'"),
    )
    op.create_index(
        "knowledge_article_holds_idx",
        "knowledge_article",
        ["article_no"],
        unique=True,
        schema="ketu",
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_index(op.f("knowledge_article_previous_id_idx"), "knowledge_article", ["previous_id"], schema="ketu")
    op.create_index(op.f("knowledge_article_product_id_idx"), "knowledge_article", ["product_id"], schema="ketu")
    op.create_index(
        op.f("knowledge_article_published_by_id_idx"), "knowledge_article", ["published_by_id"], schema="ketu"
    )
    op.create_index(op.f("knowledge_article_retired_by_id_idx"), "knowledge_article", ["retired_by_id"], schema="ketu")
    op.create_index(
        op.f("knowledge_article_title_sort_key_id_idx"), "knowledge_article", ["title_sort_key", "id"], schema="ketu"
    )
    op.create_index(op.f("knowledge_article_written_by_id_idx"), "knowledge_article", ["written_by_id"], schema="ketu")
    op.create_table(
        "survey_response",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("responded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("survey_response_score_check")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("survey_response_customer_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("survey_response_staff_id_fkey")),
        sa.ForeignKeyConstraint(["survey_id"], ["ketu.survey.id"], name=op.f("survey_response_survey_id_fkey")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ketu.ticket.id"], name=op.f("survey_response_ticket_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("survey_response_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("survey_response_source_source_key_key")),
        sa.CheckConstraint(
            "channel IN ('COUNTER', 'PHONE', 'VISIT', 'WEB', 'MOBILE', 'MESSAGE', 'MAIL')",
            name=op.f("survey_response_channel_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("survey_response_customer_id_responded_at_idx"),
        "survey_response",
        ["customer_id", "responded_at"],
        schema="ketu",
    )
    op.create_index(
        op.f("survey_response_responded_at_id_idx"), "survey_response", ["responded_at", "id"], schema="ketu"
    )
    op.create_index(
        op.f("survey_response_staff_id_responded_at_idx"),
        "survey_response",
        ["staff_id", "responded_at"],
        schema="ketu",
    )
    op.create_index(
        op.f("survey_response_survey_id_responded_at_idx"),
        "survey_response",
        ["survey_id", "responded_at"],
        schema="ketu",
    )
    op.create_index(op.f("survey_response_ticket_id_idx"), "survey_response", ["ticket_id"], schema="ketu")
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("survey_response_id", sa.BigInteger(), nullable=False),
        sa.Column("survey_question_id", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(score IS NULL) <> (text IS NULL) AND score BETWEEN 0 AND 5", name=op.f("survey_answer_answer_check")
        ),
        sa.ForeignKeyConstraint(
            ["survey_question_id"], ["ketu.survey_question.id"], name=op.f("survey_answer_survey_question_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["survey_response_id"], ["ketu.survey_response.id"], name=op.f("survey_answer_survey_response_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("survey_answer_pkey")),
        sa.UniqueConstraint(
            "survey_response_id",
            "survey_question_id",
            name=op.f("survey_answer_survey_response_id_survey_question_id_key"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("survey_answer_survey_question_id_idx"), "survey_answer", ["survey_question_id"], schema="ketu"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
