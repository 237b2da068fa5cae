"""Custom attributes of customers, and whom the bank leaves alone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_26_attributes"
down_revision = "2026_11_26_life"
branch_labels = None
depends_on = None

TABLES = ("attribute_definition", "customer_attribute", "do_not_contact")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "attribute_definition",
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
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("choices", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("customer_kind", sa.Text(), nullable=True),
        sa.Column("defined_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(type = 'CHOICE') = (cardinality(choices) > 0)", name=op.f("attribute_definition_choices_check")
        ),
        sa.CheckConstraint("unit IS NULL OR type = 'NUMBER'", name=op.f("attribute_definition_unit_check")),
        sa.ForeignKeyConstraint(
            ["defined_by_id"], ["ketu.staff.id"], name=op.f("attribute_definition_defined_by_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("attribute_definition_pkey")),
        sa.UniqueConstraint("id", "type", name=op.f("attribute_definition_id_type_key")),
        sa.UniqueConstraint("name", name=op.f("attribute_definition_name_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("attribute_definition_source_source_key_key")),
        sa.CheckConstraint(
            "type IN ('TEXT', 'NUMBER', 'DATE', 'BOOLEAN', 'CHOICE')", name=op.f("attribute_definition_type_check")
        ),
        sa.CheckConstraint("state IN ('ACTIVE', 'RETIRED')", name=op.f("attribute_definition_state_check")),
        sa.CheckConstraint(
            "customer_kind IN ('PERSON', 'ORGANISATION')", name=op.f("attribute_definition_customer_kind_check")
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("attribute_definition_defined_by_id_idx"), "attribute_definition", ["defined_by_id"], schema="ketu"
    )
    op.create_table(
        "customer_attribute",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("attribute_definition_id", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("text_value", sa.Text(), nullable=True),
        sa.Column("number_value", sa.Numeric(precision=24, scale=6), nullable=True),
        sa.Column("date_value", sa.Date(), nullable=True),
        sa.Column("boolean_value", sa.Boolean(), nullable=True),
        sa.Column("choice_value", sa.Text(), nullable=True),
        sa.Column("set_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(type = 'TEXT') = (text_value IS NOT NULL) AND (type = 'NUMBER') = (number_value IS NOT NULL) AND "
            "(type = 'DATE') = (date_value IS NOT NULL) AND (type = 'BOOLEAN') = (boolean_value IS NOT NULL) "
            "AND (type = 'CHOICE') = (choice_value IS NOT NULL)",
            name=op.f("customer_attribute_value_check"),
        ),
        sa.ForeignKeyConstraint(
            ["attribute_definition_id", "type"],
            ["ketu.attribute_definition.id", "ketu.attribute_definition.type"],
            name="customer_attribute_type_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["attribute_definition_id"],
            ["ketu.attribute_definition.id"],
            name=op.f("customer_attribute_attribute_definition_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["ketu.customer.id"], name=op.f("customer_attribute_customer_id_fkey")
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["ketu.staff.id"], name=op.f("customer_attribute_set_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("customer_attribute_pkey")),
        sa.UniqueConstraint(
            "customer_id",
            "attribute_definition_id",
            name=op.f("customer_attribute_customer_id_attribute_definition_id_key"),
        ),
        sa.UniqueConstraint("source", "source_key", name=op.f("customer_attribute_source_source_key_key")),
        sa.CheckConstraint(
            "type IN ('TEXT', 'NUMBER', 'DATE', 'BOOLEAN', 'CHOICE')", name=op.f("customer_attribute_type_check")
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("customer_attribute_attribute_definition_id_idx"),
        "customer_attribute",
        ["attribute_definition_id"],
        schema="ketu",
    )
    op.create_index(op.f("customer_attribute_set_by_id_idx"), "customer_attribute", ["set_by_id"], schema="ketu")
    op.create_table(
        "do_not_contact",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("set_by_id", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("lifted_because", sa.Text(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("do_not_contact_term_check")),
        sa.CheckConstraint(
            "lifted_at IS NOT NULL OR lifted_by_id IS NULL AND lifted_because IS NULL",
            name=op.f("do_not_contact_lifting_check"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("do_not_contact_customer_id_fkey")),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["ketu.staff.id"], name=op.f("do_not_contact_lifted_by_id_fkey")),
        sa.ForeignKeyConstraint(["set_by_id"], ["ketu.staff.id"], name=op.f("do_not_contact_set_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("do_not_contact_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("do_not_contact_source_source_key_key")),
        sa.CheckConstraint(
            "channel IN ('COUNTER', 'PHONE', 'VISIT', 'WEB', 'MOBILE', 'MESSAGE', 'MAIL')",
            name=op.f("do_not_contact_channel_check"),
        ),
        sa.CheckConstraint(
            "reason IN ('REQUESTED', 'COMPLAINT', 'BEREAVEMENT', 'ILLNESS', 'LITIGATION', 'REGISTER', 'OTHER')",
            name=op.f("do_not_contact_reason_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("do_not_contact_customer_id_starts_on_idx"), "do_not_contact", ["customer_id", "starts_on"], schema="ketu"
    )
    op.create_index(op.f("do_not_contact_lifted_by_id_idx"), "do_not_contact", ["lifted_by_id"], schema="ketu")
    op.create_index(op.f("do_not_contact_set_by_id_idx"), "do_not_contact", ["set_by_id"], schema="ketu")
    op.create_index(op.f("do_not_contact_starts_on_id_idx"), "do_not_contact", ["starts_on", "id"], schema="ketu")
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
