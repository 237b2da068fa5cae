"""Signing in: credentials, sessions, refresh tokens, service accounts and the keys that sign."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_sign_in"
down_revision = "2026_11_23_access_version"
branch_labels = None
depends_on = None

KINDS = ("STAFF", "SERVICE")
MEANS = ("PASSWORD", "OPENID_CONNECT", "CLIENT_SECRET", "COMMAND_LINE")
ENDS = (
    "SIGNED_OUT",
    "SIGNED_OUT_EVERYWHERE",
    "REFRESH_REUSED",
    "PASSWORD_CHANGED",
    "SECOND_FACTOR_CHANGED",
    "DISPLACED",
    "WITHDRAWN",
)
SECOND_FACTOR_ROLES = (
    "administrator",
    "auditor",
    "branch_manager",
    "data_steward",
    "head_office_analyst",
    "regional_manager",
    "security_officer",
)
TABLES = (
    "signing_key",
    "service_secret",
    "service_account",
    "sign_in_address",
    "refresh_token",
    "session",
    "second_factor_role",
    "credential",
)


def _instant(name: str, **options: object) -> sa.Column:
    return sa.Column(name, sa.TIMESTAMP(timezone=True), **options)  # pyright: ignore[reportArgumentType]


def _id() -> sa.Column:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_user_account_id_fkey")
    return sa.ForeignKeyConstraint(["user_account_id"], ["ketu.user_account.id"], name=name)


def upgrade() -> None:
    """Which roles need a second factor is data: these are only the first."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("user_account", sa.Column("kind", sa.Text(), server_default="STAFF", nullable=False), schema="ketu")
    op.create_check_constraint(op.f("user_account_kind_check"), "user_account", f"kind IN {KINDS}", schema="ketu")
    op.create_table(
        "credential",
        sa.Column("user_account_id", sa.BigInteger(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), server_default=sa.false(), nullable=False),
        _instant("password_expires_at"),
        _instant("password_changed_at", server_default=sa.text("now()"), nullable=False),
        sa.Column("failed_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        _instant("locked_until"),
        sa.Column("totp_secret_cipher", sa.LargeBinary()),
        sa.Column("totp_pending_cipher", sa.LargeBinary()),
        sa.Column("totp_last_step", sa.BigInteger()),
        sa.PrimaryKeyConstraint("user_account_id", name=op.f("credential_pkey")),
        _of_user("credential"),
        schema="ketu",
    )
    second_factor_role = op.create_table(
        "second_factor_role",
        sa.Column("role", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("role", name=op.f("second_factor_role_pkey")),
        schema="ketu",
    )
    op.bulk_insert(second_factor_role, [{"role": role} for role in SECOND_FACTOR_ROLES])
    op.create_table(
        "session",
        _id(),
        _instant("created_at", nullable=False),
        sa.Column("user_account_id", sa.BigInteger(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("client", sa.Text()),
        sa.Column("address", sa.Text()),
        _instant("last_used_at", nullable=False),
        _instant("expires_at", nullable=False),
        _instant("ended_at"),
        sa.Column("end_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("session_pkey")),
        sa.CheckConstraint(f"means IN {MEANS}", name=op.f("session_means_check")),
        sa.CheckConstraint(f"end_reason IN {ENDS}", name=op.f("session_end_reason_check")),
        _of_user("session"),
        schema="ketu",
    )
    op.create_index(op.f("session_user_account_id_id_idx"), "session", ["user_account_id", "id"], schema="ketu")
    op.create_index(op.f("session_ended_at_idx"), "session", ["ended_at"], schema="ketu")
    op.create_table(
        "refresh_token",
        _id(),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        _instant("expires_at", nullable=False),
        _instant("used_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("refresh_token_pkey")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["ketu.session.id"], name=op.f("refresh_token_session_id_fkey"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("token_hash", name=op.f("refresh_token_token_hash_key")),
        schema="ketu",
    )
    op.create_index(op.f("refresh_token_session_id_idx"), "refresh_token", ["session_id"], schema="ketu")
    op.create_table(
        "sign_in_address",
        _id(),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        _instant("last_failed_at", nullable=False),
        _instant("locked_until"),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_address_pkey")),
        sa.UniqueConstraint("address", name=op.f("sign_in_address_address_key")),
        schema="ketu",
    )
    op.create_table(
        "service_account",
        sa.Column("user_account_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        _instant("expires_at", nullable=False),
        sa.PrimaryKeyConstraint("user_account_id", name=op.f("service_account_pkey")),
        _of_user("service_account"),
        schema="ketu",
    )
    op.create_table(
        "service_secret",
        _id(),
        _instant("created_at", nullable=False),
        sa.Column("user_account_id", sa.BigInteger(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        _instant("expires_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("service_secret_pkey")),
        sa.ForeignKeyConstraint(
            ["user_account_id"],
            ["ketu.service_account.user_account_id"],
            name=op.f("service_secret_user_account_id_fkey"),
        ),
        sa.UniqueConstraint("secret_hash", name=op.f("service_secret_secret_hash_key")),
        schema="ketu",
    )
    op.create_index(op.f("service_secret_user_account_id_idx"), "service_secret", ["user_account_id"], schema="ketu")
    op.create_table(
        "signing_key",
        _id(),
        _instant("created_at", nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("private_key_cipher", sa.LargeBinary(), nullable=False),
        _instant("verifies_until"),
        sa.PrimaryKeyConstraint("id", name=op.f("signing_key_pkey")),
        sa.UniqueConstraint("key_id", name=op.f("signing_key_key_id_key")),
        schema="ketu",
    )


def downgrade() -> None:
    """Nobody can sign in afterwards but by tokens of the version before; service accounts stay as accounts."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        op.drop_table(table, schema="ketu")
    op.drop_constraint(op.f("user_account_kind_check"), "user_account", schema="ketu")
    op.drop_column("user_account", "kind", schema="ketu")
