"""The life of the organisation: applications for users, hand-overs, going live, frozen accounts, history of staff and roles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_23_organisation"
down_revision = "2026_11_23_personal_data"
branch_labels = None
depends_on = None

CHANGES = "current_setting('ketu.follows_branch', true) IS DISTINCT FROM 'on'"
"""A row that only follows its branch does not change for anybody."""

BRANCH_STATES = ("OPEN", "CLOSED")
INSTANT = sa.TIMESTAMP(timezone=True)
KEPT = ("role_assignment", "staff")
APPLICATION_KINDS = ("NEW_USER", "ROLE_CHANGE")
APPLICATION_STATES = ("PROPOSED", "APPROVED", "TRAINED", "ACTIVE", "REFUSED", "WITHDRAWN")


def upgrade() -> None:
    """History of who worked where and held what begins now."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name in ("frozen_at", "unfrozen_at"):
        op.add_column("user_account", sa.Column(name, INSTANT, nullable=True), schema="ketu")
    for table in KEPT:
        _keep_history(table)
    _node_table(
        "user_application",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("adds", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("removes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("applied_by_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("training_confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("activated_by_id", sa.BigInteger(), nullable=True),
        sa.Column("activated_at", INSTANT, nullable=True),
        *(
            sa.ForeignKeyConstraint([column], ["ketu.staff.id"], name=op.f(f"user_application_{column}_fkey"))
            for column in (
                "staff_id",
                "applied_by_id",
                "decided_by_id",
                "training_confirmed_by_id",
                "activated_by_id",
            )
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("user_application_branch_id_fkey")),
        sa.CheckConstraint(f"kind IN {APPLICATION_KINDS}", name=op.f("user_application_kind_check")),
        sa.CheckConstraint(f"state IN {APPLICATION_STATES}", name=op.f("user_application_state_check")),
        sa.CheckConstraint(
            "decided_by_id <> applied_by_id AND decided_by_id <> staff_id",
            name=op.f("user_application_second_person_check"),
        ),
        sa.CheckConstraint(
            "training_confirmed_by_id <> staff_id", name=op.f("user_application_training_by_another_check")
        ),
        sa.CheckConstraint("activated_by_id <> staff_id", name=op.f("user_application_activated_by_another_check")),
    )
    op.create_index(
        "user_application_open_idx",
        "user_application",
        ["staff_id"],
        unique=True,
        schema="ketu",
        postgresql_where=sa.text("state IN ('PROPOSED', 'APPROVED', 'TRAINED')"),
    )
    _index("user_application", "staff_id", "id")
    _index("user_application", "position", "id")
    _index("user_application", "branch_id")
    for column in ("applied_by_id", "decided_by_id", "training_confirmed_by_id", "activated_by_id"):
        _index("user_application", column)
    _node_table(
        "handover",
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("customer_ids", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("backup_customer_ids", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("customer_count", sa.Integer(), nullable=False),
        sa.Column("backup_customer_count", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("completed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("completed_at", INSTANT, nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"ketu.{target}.id"], name=op.f(f"handover_{column}_fkey"))
            for column, target in (("staff_id", "staff"), ("branch_id", "branch"), ("completed_by_id", "staff"))
        ),
        sa.CheckConstraint("cause IN ('DEPARTURE', 'TRANSFER')", name=op.f("handover_cause_check")),
        sa.CheckConstraint("state IN ('OPEN', 'DONE')", name=op.f("handover_state_check")),
    )
    for column in ("staff_id", "branch_id", "position"):
        _index("handover", column, "id")
    _index("handover", "completed_by_id")
    _check_branch_states(("PREPARING", "APPLIED", *BRANCH_STATES))
    _node_table(
        "go_live",
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("applied_by_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"ketu.{target}.id"], name=op.f(f"go_live_{column}_fkey"))
            for column, target in (("branch_id", "branch"), ("applied_by_id", "staff"), ("decided_by_id", "staff"))
        ),
        sa.CheckConstraint("state IN ('PROPOSED', 'APPROVED', 'REFUSED')", name=op.f("go_live_state_check")),
        sa.CheckConstraint("decided_by_id <> applied_by_id", name=op.f("go_live_second_person_check")),
    )
    op.create_index(
        "go_live_open_idx",
        "go_live",
        ["branch_id"],
        unique=True,
        schema="ketu",
        postgresql_where=sa.text("state = 'PROPOSED'"),
    )
    _index("go_live", "branch_id", "id")
    for column in ("applied_by_id", "decided_by_id"):
        _index("go_live", column)


def downgrade() -> None:
    """Forget applications, hand-overs and history; frozen accounts stay out of use, branches not yet live are closed."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("go_live", schema="ketu")
    op.execute("UPDATE ketu.branch SET state = 'CLOSED' WHERE state IN ('PREPARING', 'APPLIED')")
    _check_branch_states(BRANCH_STATES)
    op.drop_table("handover", schema="ketu")
    op.drop_table("user_application", schema="ketu")
    for table in KEPT:
        for operation in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER keep_{operation} ON ketu.{table}")
        op.execute(f"DROP TABLE ketu.{table}_history")
    for name in ("frozen_at", "unfrozen_at"):
        op.drop_column("user_account", name, schema="ketu")


def _node_table(table: str, *parts: "sa.Column[object] | sa.Constraint") -> None:
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=op.f(f"{table}_pkey")),
        schema="ketu",
    )
    op.execute(
        f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
        f"WHEN (NEW IS DISTINCT FROM OLD AND {CHANGES}) EXECUTE FUNCTION ketu.count_version()"
    )


def _check_branch_states(states: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("branch_state_check"), "branch", schema="ketu")
    op.create_check_constraint(op.f("branch_state_check"), "branch", f"state IN {states}", schema="ketu")


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"{table}_{'_'.join(columns)}_idx"), table, [*columns], schema="ketu")


def _keep_history(table: str) -> None:
    op.execute(f"CREATE TABLE ketu.{table}_history (LIKE ketu.{table})")
    op.execute(
        f"ALTER TABLE ketu.{table}_history "
        "ADD operation text NOT NULL CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE')), "
        "ADD business_date date, ADD recorded_at timestamptz NOT NULL, "
        "ADD history_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    )
    op.execute(f"CREATE INDEX ON ketu.{table}_history (id, business_date, history_id)")
    for operation, rows in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        op.execute(
            f"CREATE TRIGGER keep_{operation.lower()} AFTER {operation} ON ketu.{table} "
            f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT WHEN ({CHANGES}) EXECUTE FUNCTION ketu.keep_history()"
        )
