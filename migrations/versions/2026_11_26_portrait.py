"""Models, runs and what they work out: segments, scores, recommendations, tiers"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_26_portrait"
down_revision = "2026_11_26_marketing"
branch_labels = None
depends_on = None

TABLES = (
    "model_version",
    "run",
    "segment",
    "segment_membership",
    "score",
    "recommendation",
    "tier",
    "tier_rule",
    "customer_tier",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("CREATE SCHEMA analytics")

    op.create_table(
        "model_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("predicts", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("data_from_on", sa.Date(), nullable=False),
        sa.Column("data_until_on", sa.Date(), nullable=False),
        sa.Column("tested_until_on", sa.Date(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("features", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("auc_ratio", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("calibration_error_ratio", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("metrics", sa.Text(), nullable=False),
        sa.Column("trained_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("trained_by_id", sa.BigInteger(), nullable=True),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("approved_at IS NOT NULL OR state = 'CANDIDATE'", name=op.f("model_version_approved_check")),
        sa.CheckConstraint(
            "(approved_by_id IS NULL) = (approved_at IS NULL)", name=op.f("model_version_approval_check")
        ),
        sa.CheckConstraint("approved_by_id <> trained_by_id", name=op.f("model_version_second_person_check")),
        sa.CheckConstraint("auc_ratio BETWEEN 0 AND 1", name=op.f("model_version_auc_ratio_check")),
        sa.CheckConstraint(
            "data_from_on <= data_until_on AND data_until_on <= tested_until_on", name=op.f("model_version_data_check")
        ),
        sa.CheckConstraint("metrics IS JSON OBJECT", name=op.f("model_version_metrics_check")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["ketu.staff.id"], name=op.f("model_version_approved_by_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("model_version_product_id_fkey")),
        sa.ForeignKeyConstraint(["trained_by_id"], ["ketu.staff.id"], name=op.f("model_version_trained_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("model_version_pkey")),
        sa.UniqueConstraint("name", "release", name=op.f("model_version_name_release_key")),
        sa.CheckConstraint(
            "predicts IN ('CHURN', 'PROPENSITY', 'RESPONSE', 'LOAN_DEFAULT', 'VALUE', 'ANOMALY')",
            name=op.f("model_version_predicts_check"),
        ),
        sa.CheckConstraint(
            "state IN ('CANDIDATE', 'CHALLENGER', 'CHAMPION', 'RETIRED')", name=op.f("model_version_state_check")
        ),
        schema="ketu",
    )
    op.create_index(op.f("model_version_approved_by_id_idx"), "model_version", ["approved_by_id"], schema="ketu")
    op.create_index(op.f("model_version_product_id_idx"), "model_version", ["product_id"], schema="ketu")
    op.create_index(op.f("model_version_trained_at_id_idx"), "model_version", ["trained_at", "id"], schema="ketu")
    op.create_index(op.f("model_version_trained_by_id_idx"), "model_version", ["trained_by_id"], schema="ketu")
    op.create_table(
        "run",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("describes_on", sa.Date(), nullable=False),
        sa.Column("model_version_id", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.CheckConstraint("(failure IS NOT NULL) = (state = 'FAILED')", name=op.f("run_failure_check")),
        sa.CheckConstraint(
            "(published_at IS NOT NULL) = (state IN ('PUBLISHED', 'SUPERSEDED'))", name=op.f("run_publication_check")
        ),
        sa.ForeignKeyConstraint(
            ["model_version_id"], ["ketu.model_version.id"], name=op.f("run_model_version_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("run_pkey")),
        sa.CheckConstraint(
            "kind IN ('SEGMENTATION', 'SCORING', 'RECOMMENDATION', 'TIERING')", name=op.f("run_kind_check")
        ),
        sa.CheckConstraint("state IN ('RUNNING', 'PUBLISHED', 'SUPERSEDED', 'FAILED')", name=op.f("run_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("run_model_version_id_idx"), "run", ["model_version_id"], schema="ketu")
    op.create_index(
        "run_published_key",
        "run",
        ["topic"],
        unique=True,
        schema="ketu",
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_index(op.f("run_started_at_id_idx"), "run", ["started_at", "id"], schema="ketu")
    op.create_index(op.f("run_topic_started_at_idx"), "run", ["topic", "started_at"], schema="ketu")
    op.create_table(
        "segment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(definition IS NOT NULL) = (kind IN ('RULE', 'CLUSTER'))", name=op.f("segment_rule_check")),
        sa.CheckConstraint("definition IS JSON OBJECT", name=op.f("segment_definition_check")),
        sa.ForeignKeyConstraint(["owner_id"], ["ketu.staff.id"], name=op.f("segment_owner_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("segment_pkey")),
        sa.UniqueConstraint("name", name=op.f("segment_name_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("segment_source_source_key_key")),
        sa.CheckConstraint("kind IN ('RULE', 'CLUSTER', 'MANUAL', 'IMPORT')", name=op.f("segment_kind_check")),
        sa.CheckConstraint("state IN ('DRAFT', 'ACTIVE', 'RETIRED')", name=op.f("segment_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("segment_owner_id_idx"), "segment", ["owner_id"], schema="ketu")
    op.create_table(
        "segment_membership",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("segment_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("fit_ratio", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["ketu.customer.id"], name=op.f("segment_membership_customer_id_fkey")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["ketu.run.id"], name=op.f("segment_membership_run_id_fkey")),
        sa.ForeignKeyConstraint(["segment_id"], ["ketu.segment.id"], name=op.f("segment_membership_segment_id_fkey")),
        sa.PrimaryKeyConstraint("id", "run_id", name=op.f("segment_membership_pkey")),
        sa.UniqueConstraint(
            "run_id", "segment_id", "customer_id", name=op.f("segment_membership_run_id_segment_id_customer_id_key")
        ),
        schema="ketu",
        postgresql_partition_by="LIST (run_id)",
    )
    op.create_index(
        op.f("segment_membership_customer_id_since_on_idx"),
        "segment_membership",
        ["customer_id", "since_on"],
        schema="ketu",
    )
    op.create_index(
        op.f("segment_membership_segment_id_since_on_idx"),
        "segment_membership",
        ["segment_id", "since_on"],
        schema="ketu",
    )
    op.create_index(op.f("segment_membership_since_on_id_idx"), "segment_membership", ["since_on", "id"], schema="ketu")
    op.create_table(
        "score",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("predicts", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("percentile_ratio", sa.Numeric(precision=9, scale=6), nullable=False),
        sa.Column("reasons", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("(product_id IS NOT NULL) = (predicts = 'PROPENSITY')", name=op.f("score_product_check")),
        sa.CheckConstraint("percentile_ratio BETWEEN 0 AND 1", name=op.f("score_percentile_ratio_check")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("score_customer_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("score_product_id_fkey")),
        sa.ForeignKeyConstraint(["run_id"], ["ketu.run.id"], name=op.f("score_run_id_fkey")),
        sa.PrimaryKeyConstraint("id", "run_id", name=op.f("score_pkey")),
        sa.UniqueConstraint(
            "run_id",
            "customer_id",
            "predicts",
            "product_id",
            name=op.f("score_run_id_customer_id_predicts_product_id_key"),
        ),
        sa.CheckConstraint(
            "predicts IN ('CHURN', 'PROPENSITY', 'RESPONSE', 'LOAN_DEFAULT', 'VALUE', 'ANOMALY')",
            name=op.f("score_predicts_check"),
        ),
        schema="ketu",
        postgresql_partition_by="LIST (run_id)",
    )
    op.create_index(op.f("score_customer_id_value_idx"), "score", ["customer_id", "value"], schema="ketu")
    op.create_index(
        op.f("score_predicts_position_value_idx"), "score", ["predicts", "position", "value"], schema="ketu"
    )
    op.create_index(op.f("score_predicts_value_id_idx"), "score", ["predicts", "value", "id"], schema="ketu")
    op.create_index(op.f("score_product_id_value_idx"), "score", ["product_id", "value"], schema="ketu")
    op.create_index(op.f("score_value_id_idx"), "score", ["value", "id"], schema="ketu")
    op.create_table(
        "recommendation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reasons", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(product_id IS NOT NULL) = (kind = 'OFFER')", name=op.f("recommendation_product_check")),
        sa.CheckConstraint("rank > 0", name=op.f("recommendation_rank_check")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("recommendation_customer_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("recommendation_product_id_fkey")),
        sa.ForeignKeyConstraint(["run_id"], ["ketu.run.id"], name=op.f("recommendation_run_id_fkey")),
        sa.PrimaryKeyConstraint("id", "run_id", name=op.f("recommendation_pkey")),
        sa.UniqueConstraint("run_id", "customer_id", "rank", name=op.f("recommendation_run_id_customer_id_rank_key")),
        sa.CheckConstraint("kind IN ('OFFER', 'RETAIN', 'CARE', 'REVIEW')", name=op.f("recommendation_kind_check")),
        schema="ketu",
        postgresql_partition_by="LIST (run_id)",
    )
    op.create_index(
        op.f("recommendation_customer_id_rank_idx"), "recommendation", ["customer_id", "rank"], schema="ketu"
    )
    op.create_index(op.f("recommendation_product_id_rank_idx"), "recommendation", ["product_id", "rank"], schema="ketu")
    op.create_index(op.f("recommendation_rank_id_idx"), "recommendation", ["rank", "id"], schema="ketu")
    op.create_table(
        "tier",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("benefits", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("rank > 0", name=op.f("tier_rank_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("tier_pkey")),
        sa.UniqueConstraint("name", name=op.f("tier_name_key")),
        sa.UniqueConstraint("rank", name=op.f("tier_rank_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("tier_source_source_key_key")),
        schema="ketu",
    )
    op.create_table(
        "tier_rule",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("tier_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("grace_months", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(currency IS NOT NULL) = (measure = 'AUM_MONTH_AVERAGE')", name=op.f("tier_rule_currency_check")
        ),
        sa.CheckConstraint("grace_months >= 0", name=op.f("tier_rule_grace_months_check")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("tier_rule_period_check")),
        sa.ForeignKeyConstraint(["tier_id"], ["ketu.tier.id"], name=op.f("tier_rule_tier_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("tier_rule_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("tier_rule_source_source_key_key")),
        sa.UniqueConstraint("tier_id", "measure", "starts_on", name=op.f("tier_rule_tier_id_measure_starts_on_key")),
        sa.CheckConstraint(
            "measure IN ('AUM_MONTH_AVERAGE', 'PRODUCT_COUNT', 'YEARS_WITH_BANK')", name=op.f("tier_rule_measure_check")
        ),
        schema="ketu",
    )
    op.create_index(op.f("tier_rule_starts_on_id_idx"), "tier_rule", ["starts_on", "id"], schema="ketu")
    op.create_table(
        "customer_tier",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("tier_id", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("run_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("customer_tier_period_check")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("customer_tier_customer_id_fkey")),
        sa.ForeignKeyConstraint(["run_id"], ["ketu.run.id"], name=op.f("customer_tier_run_id_fkey")),
        sa.ForeignKeyConstraint(["tier_id"], ["ketu.tier.id"], name=op.f("customer_tier_tier_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("customer_tier_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("customer_tier_source_source_key_key")),
        sa.CheckConstraint("change IN ('FIRST', 'UPGRADE', 'DOWNGRADE')", name=op.f("customer_tier_change_check")),
        schema="ketu",
    )
    op.create_index(
        "customer_tier_current_key",
        "customer_tier",
        ["customer_id"],
        unique=True,
        schema="ketu",
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.create_index(
        op.f("customer_tier_customer_id_starts_on_idx"), "customer_tier", ["customer_id", "starts_on"], schema="ketu"
    )
    op.create_index(op.f("customer_tier_run_id_idx"), "customer_tier", ["run_id"], schema="ketu")
    op.create_index(op.f("customer_tier_starts_on_id_idx"), "customer_tier", ["starts_on", "id"], schema="ketu")
    op.create_index(
        op.f("customer_tier_tier_id_starts_on_idx"), "customer_tier", ["tier_id", "starts_on"], schema="ketu"
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
    op.execute("DROP SCHEMA analytics CASCADE")
