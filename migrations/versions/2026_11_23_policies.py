"""The policy lives in the database, as versions of lines; and staff have the posts that its roles are for."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_policies"
down_revision = "2026_11_23_seals"
branch_labels = None
depends_on = None

POSTS = ("TELLER", "RELATIONSHIP_MANAGER", "BRANCH_MANAGER", "REGIONAL_MANAGER", "ANALYST", "ADMINISTRATOR")
NEW_POSTS = ("SERVICE_AGENT", "FIELD_MANAGER", "DATA_STEWARD", "SECURITY_OFFICER", "AUDITOR")
STATES = ("PROPOSED", "ACTIVE", "REFUSED", "SUPERSEDED")
KINDS = ("GRANT", "DENY", "INCLUDE", "EXCLUDE", "CELL")
REACHES = ("OWN", "BRANCH", "SUBTREE", "BANK")
WORDS = """CASE kind
    WHEN 'GRANT' THEN num_nonnulls(permission, reach) = 2 AND num_nulls(other_role, smallest_cell) = 2
    WHEN 'DENY' THEN permission IS NOT NULL AND num_nulls(reach, other_role, smallest_cell) = 3
    WHEN 'CELL' THEN smallest_cell > 1 AND num_nulls(permission, reach, other_role) = 3
    ELSE other_role IS NOT NULL AND num_nulls(permission, reach, smallest_cell) = 3
END"""
INSTANT = sa.TIMESTAMP(timezone=True)


def upgrade() -> None:
    """Which lines version 1 has is not the migration's business: whoever starts the software brings them."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "policy_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("policy_number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("base_id", sa.BigInteger(), nullable=True),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("policy_version_pkey")),
        sa.UniqueConstraint("policy_number", name=op.f("policy_version_policy_number_key")),
        sa.ForeignKeyConstraint(["base_id"], ["ketu.policy_version.id"], name=op.f("policy_version_base_id_fkey")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["ketu.staff.id"], name=op.f("policy_version_proposed_by_id_fkey")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["ketu.staff.id"], name=op.f("policy_version_decided_by_id_fkey")),
        sa.CheckConstraint(f"state IN {STATES}", name=op.f("policy_version_state_check")),
        sa.CheckConstraint("proposed_by_id <> decided_by_id", name=op.f("policy_version_second_person_check")),
        schema="ketu",
    )
    op.create_index(
        op.f("policy_version_state_idx"),
        "policy_version",
        ["state"],
        unique=True,
        schema="ketu",
        postgresql_where=sa.text("state = 'ACTIVE'"),
    )
    for column in ("base_id", "proposed_by_id", "decided_by_id"):
        op.create_index(op.f(f"policy_version_{column}_idx"), "policy_version", [column], schema="ketu")
    op.create_table(
        "policy_line",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("policy_version_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("permission", sa.Text(), nullable=True),
        sa.Column("reach", sa.Text(), nullable=True),
        sa.Column("other_role", sa.Text(), nullable=True),
        sa.Column("smallest_cell", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("policy_line_pkey")),
        sa.ForeignKeyConstraint(
            ["policy_version_id"], ["ketu.policy_version.id"], name=op.f("policy_line_policy_version_id_fkey")
        ),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("policy_line_kind_check")),
        sa.CheckConstraint(f"reach IN {REACHES}", name=op.f("policy_line_reach_check")),
        sa.CheckConstraint(WORDS, name=op.f("policy_line_words_check")),
        schema="ketu",
    )
    op.create_index(
        op.f("policy_line_policy_version_id_id_idx"), "policy_line", ["policy_version_id", "id"], schema="ketu"
    )
    op.execute(
        "CREATE TRIGGER count_version BEFORE UPDATE ON ketu.policy_version FOR EACH ROW "
        "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
    )
    op.execute(
        "CREATE TRIGGER count_access AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ketu.policy_version "
        "FOR EACH STATEMENT EXECUTE FUNCTION ketu.count_access()"
    )
    op.execute(
        """
        CREATE FUNCTION ketu.refuse_change_of_policy() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'a version of the policy keeps its lines: propose another version' USING ERRCODE = 'KT004';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ketu.policy_line "
        "FOR EACH STATEMENT EXECUTE FUNCTION ketu.refuse_change_of_policy()"
    )
    _check_posts((*POSTS, *NEW_POSTS))


def downgrade() -> None:
    """The policy is that of the files again; staff of the new posts become tellers."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"UPDATE ketu.staff SET post = 'TELLER' WHERE post IN {NEW_POSTS}")  # noqa: S608
    _check_posts(POSTS)
    op.drop_table("policy_line", schema="ketu")
    op.execute("DROP FUNCTION ketu.refuse_change_of_policy()")
    op.drop_table("policy_version", schema="ketu")


def _check_posts(posts: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("staff_post_check"), "staff", schema="ketu")
    op.create_check_constraint(op.f("staff_post_check"), "staff", f"post IN {posts}", schema="ketu")
