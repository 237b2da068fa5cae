"""Tags of customers, and what they consent to."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_tags_consents"
down_revision = "2026_11_25_work"
branch_labels = None
depends_on = None

TABLES = ("tag", "consent", "customer_tag")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "tag",
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
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("tag_pkey")),
        sa.UniqueConstraint("name", name=op.f("tag_name_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("tag_source_source_key_key")),
        schema="ketu",
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("consent_customer_id_fkey")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["ketu.staff.id"], name=op.f("consent_recorded_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("consent_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("consent_source_source_key_key")),
        sa.CheckConstraint(
            "purpose IN ('MARKETING', 'PROFILING', 'SHARING', 'SURVEY', 'CONTACT')", name=op.f("consent_purpose_check")
        ),
        sa.CheckConstraint(
            "channel IN ('COUNTER', 'PHONE', 'VISIT', 'WEB', 'MOBILE', 'MESSAGE', 'MAIL')",
            name=op.f("consent_channel_check"),
        ),
        sa.CheckConstraint("decision IN ('GIVEN', 'REFUSED', 'WITHDRAWN')", name=op.f("consent_decision_check")),
        schema="ketu",
    )
    op.create_index(op.f("consent_customer_id_decided_at_idx"), "consent", ["customer_id", "decided_at"], schema="ketu")
    op.create_index(op.f("consent_decided_at_id_idx"), "consent", ["decided_at", "id"], schema="ketu")
    op.create_index(op.f("consent_recorded_by_id_idx"), "consent", ["recorded_by_id"], schema="ketu")
    op.create_table(
        "customer_tag",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.Column("tagged_by_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("customer_tag_customer_id_fkey")),
        sa.ForeignKeyConstraint(["tag_id"], ["ketu.tag.id"], name=op.f("customer_tag_tag_id_fkey")),
        sa.ForeignKeyConstraint(["tagged_by_id"], ["ketu.staff.id"], name=op.f("customer_tag_tagged_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("customer_tag_pkey")),
        sa.UniqueConstraint("customer_id", "tag_id", name=op.f("customer_tag_customer_id_tag_id_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("customer_tag_source_source_key_key")),
        schema="ketu",
    )
    op.create_index(op.f("customer_tag_tag_id_idx"), "customer_tag", ["tag_id"], schema="ketu")
    op.create_index(op.f("customer_tag_tagged_by_id_idx"), "customer_tag", ["tagged_by_id"], schema="ketu")
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
        )
    op.execute(
        """
        CREATE FUNCTION ketu.refuse_change_of_consent() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'what customers said is only ever added to' USING ERRCODE = 'KT005';
        END $$
        """
    )
    # Whose it is may be mended; what they said may not.
    op.execute(
        "CREATE TRIGGER refuse_change BEFORE UPDATE OF purpose, channel, decision, decided_at, evidence OR DELETE OR "
        "TRUNCATE ON ketu.consent FOR EACH STATEMENT EXECUTE FUNCTION ketu.refuse_change_of_consent()"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
    op.execute("DROP FUNCTION ketu.refuse_change_of_consent()")
