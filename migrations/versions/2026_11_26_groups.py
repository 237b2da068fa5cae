"""Groups of customers, party roles, and more relations of organisations."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_groups"
down_revision = "2026_11_26_credit"
branch_labels = None
depends_on = None

BEFORE = "'SPOUSE', 'PARENT', 'CHILD', 'GUARANTOR', 'JOINT_HOLDER', 'EMPLOYER', 'REFERRER', 'KEY_PERSON'"
ADDED = "'LEGAL_REPRESENTATIVE', 'BENEFICIAL_OWNER', 'SHAREHOLDER', 'FINANCE_OFFICER'"
TABLES = ("customer_group", "customer_group_member", "party_role")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "customer_group",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("group_no", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=True),
        sa.Column("managed_by_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["managed_by_id"], ["ketu.staff.id"], name=op.f("customer_group_managed_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("customer_group_pkey")),
        sa.UniqueConstraint("group_no", name=op.f("customer_group_group_no_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("customer_group_source_source_key_key")),
        sa.CheckConstraint(
            "kind IN ('CORPORATE_GROUP', 'RELATED_PARTIES', 'SUPPLY_CHAIN', 'CLUB')",
            name=op.f("customer_group_kind_check"),
        ),
        sa.CheckConstraint("state IN ('ACTIVE', 'DISSOLVED')", name=op.f("customer_group_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("customer_group_managed_by_id_idx"), "customer_group", ["managed_by_id"], schema="ketu")
    op.create_index(
        op.f("customer_group_name_sort_key_id_idx"), "customer_group", ["name_sort_key", "id"], schema="ketu"
    )
    op.create_table(
        "customer_group_member",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_group_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("control_share_ratio", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "control_share_ratio BETWEEN 0 AND 1", name=op.f("customer_group_member_control_share_ratio_check")
        ),
        sa.CheckConstraint("left_on >= joined_on", name=op.f("customer_group_member_term_check")),
        sa.ForeignKeyConstraint(
            ["customer_group_id"], ["ketu.customer_group.id"], name=op.f("customer_group_member_customer_group_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["ketu.customer.id"], name=op.f("customer_group_member_customer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("customer_group_member_pkey")),
        sa.UniqueConstraint(
            "customer_group_id", "customer_id", name=op.f("customer_group_member_customer_group_id_customer_id_key")
        ),
        sa.UniqueConstraint("source", "source_key", name=op.f("customer_group_member_source_source_key_key")),
        sa.CheckConstraint(
            "role IN ('HEAD', 'CONTROLLER', 'SUBSIDIARY', 'AFFILIATE', 'MEMBER')",
            name=op.f("customer_group_member_role_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("customer_group_member_customer_id_joined_on_idx"),
        "customer_group_member",
        ["customer_id", "joined_on"],
        schema="ketu",
    )
    op.create_index(
        op.f("customer_group_member_joined_on_id_idx"), "customer_group_member", ["joined_on", "id"], schema="ketu"
    )
    op.create_index(
        "customer_group_member_one_head_idx",
        "customer_group_member",
        ["customer_group_id"],
        unique=True,
        schema="ketu",
        postgresql_where=sa.text("role = 'HEAD' AND left_on IS NULL"),
    )
    op.create_table(
        "party_role",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("contract_no", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("managed_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("party_role_term_check")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("party_role_customer_id_fkey")),
        sa.ForeignKeyConstraint(["managed_by_id"], ["ketu.staff.id"], name=op.f("party_role_managed_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("party_role_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("party_role_source_source_key_key")),
        sa.CheckConstraint(
            "kind IN ('SUPPLIER', 'OUTSOURCER', 'PARTNER', 'AGENCY', 'INTERMEDIARY', 'APPRAISER')",
            name=op.f("party_role_kind_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("party_role_customer_id_starts_on_idx"), "party_role", ["customer_id", "starts_on"], schema="ketu"
    )
    op.create_index(op.f("party_role_managed_by_id_idx"), "party_role", ["managed_by_id"], schema="ketu")
    op.create_index(op.f("party_role_starts_on_id_idx"), "party_role", ["starts_on", "id"], schema="ketu")
    _relations_are(f"{BEFORE}, {ADDED}")
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
        )


def _relations_are(types: str) -> None:
    op.execute("ALTER TABLE ketu.relation DROP CONSTRAINT relation_type_check")
    op.execute(f"ALTER TABLE ketu.relation ADD CONSTRAINT relation_type_check CHECK (type IN ({types}))")


def downgrade() -> None:
    """Relations of the new types are forgotten."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"DELETE FROM ketu.relation WHERE type IN ({ADDED})")  # noqa: S608
    _relations_are(BEFORE)
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
