"""Who may sign in, by what, since when; and the roles they hold, each role in a branch."""

import sqlalchemy as sa

from domain.shared.columns import c1, c2, choice, metadata, node, reference, sealed
from domain.shared.identifier import IdentifierKind
from domain.user_account.model import AccountKind, SessionEnd, SignInMeans

Instant = sa.TIMESTAMP(timezone=True)

user_account = sa.Table(
    "user_account",
    metadata,
    *node(sourced=False),
    c1("username", sa.Text, unique=True),
    choice("kind", AccountKind, server_default="STAFF"),
    reference("staff_id", "staff"),
    c1("is_active", sa.Boolean, server_default=sa.true()),
    # Put out of use because nobody used it; null for all others.
    c1("frozen_at", Instant, nullable=True),
    # Last put back into use: from then on it counts anew.
    c1("unfrozen_at", Instant, nullable=True),
    sa.Index(None, "staff_id"),
)

role_assignment = sa.Table(
    "role_assignment",
    metadata,
    *node(sourced=False),
    reference("user_account_id", "user_account"),
    c1("role", sa.Text),
    reference("branch_id", "branch"),
    sa.UniqueConstraint("user_account_id", "role", "branch_id"),
)

# Apart from the account, so that failed attempts change nothing that readers are made of.
credential = sa.Table(
    "credential",
    metadata,
    reference("user_account_id", "user_account", primary_key=True, autoincrement=False),
    c2("password_hash", sa.Text),
    c1("must_change_password", sa.Boolean, server_default=sa.false()),
    # Of a one-time password.
    c1("password_expires_at", Instant, nullable=True),
    c1("password_changed_at", Instant, server_default=sa.text("now()")),
    c1("failed_count", sa.Integer, server_default=sa.text("0")),
    c1("locked_until", Instant, nullable=True),
    sealed("totp_secret_cipher", IdentifierKind.TOTP_SECRET, nullable=True),
    # Enrolled, not yet confirmed by a code; the confirmed one counts meanwhile.
    sealed("totp_pending_cipher", IdentifierKind.TOTP_SECRET, nullable=True),
    c1("totp_last_step", sa.BigInteger, nullable=True),
)

second_factor_role = sa.Table("second_factor_role", metadata, c1("role", sa.Text, primary_key=True))

session = sa.Table(
    "session",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    c1("created_at", Instant),
    reference("user_account_id", "user_account"),
    choice("means", SignInMeans),
    c2("client", sa.Text, nullable=True),
    c2("address", sa.Text, nullable=True),
    c1("last_used_at", Instant),
    c1("expires_at", Instant),
    c1("ended_at", Instant, nullable=True),
    choice("end_reason", SessionEnd, nullable=True),
    sa.Index(None, "user_account_id", "id"),
    sa.Index(None, "ended_at"),
)

refresh_token = sa.Table(
    "refresh_token",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    c1("session_id", sa.BigInteger, sa.ForeignKey("ketu.session.id", ondelete="CASCADE")),
    c2("token_hash", sa.LargeBinary, unique=True),
    c1("expires_at", Instant),
    c1("used_at", Instant, nullable=True),
    sa.Index(None, "session_id"),
)

sign_in_address = sa.Table(
    "sign_in_address",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    c2("address", sa.Text, unique=True),
    c1("failed_count", sa.Integer),
    c1("last_failed_at", Instant),
    c1("locked_until", Instant, nullable=True),
)

service_account = sa.Table(
    "service_account",
    metadata,
    reference("user_account_id", "user_account", primary_key=True, autoincrement=False),
    c1("purpose", sa.Text),
    c1("expires_at", Instant),
)

# Several at a time, so that a program takes a new one before the old one ends.
service_secret = sa.Table(
    "service_secret",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    c1("created_at", Instant),
    c1(
        "user_account_id",
        sa.BigInteger,
        sa.ForeignKey("ketu.service_account.user_account_id", name="service_secret_user_account_id_fkey"),
    ),
    c2("secret_hash", sa.LargeBinary, unique=True),
    c1("expires_at", Instant, nullable=True),
    sa.Index(None, "user_account_id"),
)

signing_key = sa.Table(
    "signing_key",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    c1("created_at", Instant),
    c1("key_id", sa.Text, unique=True),
    sealed("private_key_cipher", IdentifierKind.SIGNING_KEY),
    # Null for as long as it signs; afterwards its tokens are still good until then.
    c1("verifies_until", Instant, nullable=True),
)
