"""Documents, life events and notes of customers."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_life"
down_revision = "2026_11_26_sales"
branch_labels = None
depends_on = None

TABLES = ("note", "document", "life_event")
"""Nodes of the graph."""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "note",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("written_by_id", sa.BigInteger(), nullable=True),
        sa.Column("removed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("removed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "CASE state WHEN 'KEPT' THEN text IS NOT NULL AND removed_at IS NULL AND removed_by_id IS NULL "
            "ELSE text IS NULL AND removed_at IS NOT NULL END",
            name=op.f("note_removal_check"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("note_customer_id_fkey")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["ketu.staff.id"], name=op.f("note_removed_by_id_fkey")),
        sa.ForeignKeyConstraint(["written_by_id"], ["ketu.staff.id"], name=op.f("note_written_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("note_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("note_source_source_key_key")),
        sa.CheckConstraint("state IN ('KEPT', 'REMOVED')", name=op.f("note_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("note_created_at_id_idx"), "note", ["created_at", "id"], schema="ketu")
    op.create_index(op.f("note_customer_id_created_at_idx"), "note", ["customer_id", "created_at"], schema="ketu")
    op.create_index(op.f("note_removed_by_id_idx"), "note", ["removed_by_id"], schema="ketu")
    op.create_index(op.f("note_written_by_id_idx"), "note", ["written_by_id"], schema="ketu")
    op.create_table(
        "document",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("storage_key", sa.Text(), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.Column("identity_document_id", sa.BigInteger(), nullable=True),
        sa.Column("loan_id", sa.BigInteger(), nullable=True),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("added_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "media_type IN ('application/pdf', 'image/jpeg', 'image/png', 'text/plain')",
            name=op.f("document_media_type_check"),
        ),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("document_sha256_check")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("document_size_bytes_check")),
        sa.ForeignKeyConstraint(["added_by_id"], ["ketu.staff.id"], name=op.f("document_added_by_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("document_customer_id_fkey")),
        sa.ForeignKeyConstraint(
            ["identity_document_id"], ["ketu.identity_document.id"], name=op.f("document_identity_document_id_fkey")
        ),
        sa.ForeignKeyConstraint(["loan_id"], ["ketu.loan.id"], name=op.f("document_loan_id_fkey")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ketu.ticket.id"], name=op.f("document_ticket_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("document_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("document_source_source_key_key")),
        sa.CheckConstraint(
            "kind IN ('CERTIFICATE_COPY', 'CONTRACT', 'APPLICATION', 'INCOME_PROOF', 'PROPERTY_PROOF', "
            "'LICENCE', 'CORRESPONDENCE', 'OTHER')",
            name=op.f("document_kind_check"),
        ),
        sa.CheckConstraint("state IN ('CURRENT', 'SUPERSEDED', 'DESTROYED')", name=op.f("document_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("document_added_by_id_idx"), "document", ["added_by_id"], schema="ketu")
    op.create_index(op.f("document_created_at_id_idx"), "document", ["created_at", "id"], schema="ketu")
    op.create_index(
        op.f("document_customer_id_created_at_idx"), "document", ["customer_id", "created_at"], schema="ketu"
    )
    op.create_index(op.f("document_identity_document_id_idx"), "document", ["identity_document_id"], schema="ketu")
    op.create_index(op.f("document_loan_id_idx"), "document", ["loan_id"], schema="ketu")
    op.create_index(op.f("document_ticket_id_idx"), "document", ["ticket_id"], schema="ketu")
    op.create_table(
        "document_content",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("content_cipher", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("octet_length(content_cipher) <= 8388672", name=op.f("document_content_size_check")),
        sa.ForeignKeyConstraint(["document_id"], ["ketu.document.id"], name=op.f("document_content_document_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("document_content_pkey")),
        sa.UniqueConstraint("document_id", name=op.f("document_content_document_id_key")),
        schema="ketu",
    )
    # What is sealed cannot be made smaller.
    op.execute("ALTER TABLE ketu.document_content ALTER content_cipher SET STORAGE EXTERNAL")
    op.create_table(
        "life_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("happens_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("confidence_ratio", sa.Numeric(precision=9, scale=6), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("document_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("confidence_ratio BETWEEN 0 AND 1", name=op.f("life_event_confidence_ratio_check")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("life_event_customer_id_fkey")),
        sa.ForeignKeyConstraint(["document_id"], ["ketu.document.id"], name=op.f("life_event_document_id_fkey")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["ketu.staff.id"], name=op.f("life_event_recorded_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("life_event_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("life_event_source_source_key_key")),
        sa.CheckConstraint(
            "kind IN ('BIRTH', 'SCHOOL', 'STUDY_ABROAD', 'GRADUATION', 'NEW_JOB', 'JOB_LOSS', 'RETIREMENT', "
            "'MARRIAGE', 'DIVORCE', 'DEATH', 'BEREAVEMENT', 'MOVE', 'HOME_PURCHASE', 'CAR_PURCHASE', "
            "'INHERITANCE', 'ILLNESS', 'EMIGRATION', 'BUSINESS_FOUNDED', 'LISTING', 'EXPANSION')",
            name=op.f("life_event_kind_check"),
        ),
        sa.CheckConstraint("state IN ('RECORDED', 'WITHDRAWN')", name=op.f("life_event_state_check")),
        sa.CheckConstraint(
            "evidence IN ('DECLARED', 'DOCUMENT', 'TRANSACTIONS', 'STAFF', 'EXTERNAL')",
            name=op.f("life_event_evidence_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("life_event_customer_id_happens_on_idx"), "life_event", ["customer_id", "happens_on"], schema="ketu"
    )
    op.create_index(op.f("life_event_document_id_idx"), "life_event", ["document_id"], schema="ketu")
    op.create_index(op.f("life_event_happens_on_id_idx"), "life_event", ["happens_on", "id"], schema="ketu")
    op.create_index(op.f("life_event_recorded_by_id_idx"), "life_event", ["recorded_by_id"], schema="ketu")
    op.create_index(
        "life_event_recorded_once_idx",
        "life_event",
        ["customer_id", "kind", "happens_on"],
        unique=True,
        schema="ketu",
        postgresql_where=sa.text("state = 'RECORDED'"),
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in ("life_event", "document_content", "document", "note"):
        op.drop_table(table, schema="ketu")
