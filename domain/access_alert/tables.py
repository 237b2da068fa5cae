"""Alerts on suspicious use, what raises them, and how far the log has been looked through."""

import sqlalchemy as sa

from domain.access_alert.model import WINDOWS, AccessAlertFinding, AccessAlertRule, AccessAlertState
from domain.shared.columns import c1, choice, metadata, node, reference

Instant = sa.TIMESTAMP(timezone=True)
NAMES = tuple(window.name for window in WINDOWS)

access_alert = sa.Table(
    "access_alert",
    metadata,
    *node(sourced=False),
    choice("rule", AccessAlertRule),
    choice("state", AccessAlertState),
    reference("user_account_id", "user_account"),
    reference("staff_id", "staff"),
    # In which they worked when it was raised, and its position.
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    c1("window_began_at", Instant),
    c1("window_ended_at", Instant),
    c1("measured", sa.Integer),
    c1("threshold", sa.Integer),
    choice("finding", AccessAlertFinding, nullable=True),
    c1("note", sa.Text, nullable=True),
    reference("closed_by_id", "staff", nullable=True),
    c1("closed_at", Instant, nullable=True),
    sa.CheckConstraint("(state = 'CLOSED') = (finding IS NOT NULL)", name="found"),
    sa.CheckConstraint("closed_by_id <> staff_id", name="closed_by_another"),
    sa.Index(
        "access_alert_open_idx",
        "rule",
        "user_account_id",
        "window_began_at",
        unique=True,
        postgresql_where=sa.text("state = 'OPEN'"),
    ),
    sa.Index(None, "staff_id", "id"),
    sa.Index(None, "position", "id"),
    sa.Index(None, "branch_id"),
    sa.Index(None, "user_account_id", "window_began_at"),
    sa.Index(None, "closed_by_id"),
)

# What the bank has set instead of the defaults.
access_alert_threshold = sa.Table(
    "access_alert_threshold",
    metadata,
    choice("rule", AccessAlertRule, primary_key=True),
    c1("threshold", sa.Integer, sa.CheckConstraint("threshold > 0", name="threshold")),
)

# Customers whom nobody has business with; nothing in the graph tells them from others.
honeytoken = sa.Table(
    "honeytoken",
    metadata,
    reference("customer_id", "customer", primary_key=True, autoincrement=False),
    c1("planted_at", Instant, server_default=sa.text("now()")),
)

# Whom somebody was shown in a window that entries fell into lately, so that no entry has to be read again.
access_seen = sa.Table(
    "access_seen",
    metadata,
    c1("user_account_id", sa.BigInteger, primary_key=True),
    c1("window_name", sa.Text, sa.CheckConstraint(f"window_name IN {NAMES}", name="window_name"), primary_key=True),
    c1("window_began_at", Instant, primary_key=True),
    c1("customer_id", sa.BigInteger, primary_key=True),
    # Whether they opened the customer by themselves, not among others of a list.
    c1("is_alone", sa.Boolean),
    c1("seen_at", Instant, server_default=sa.text("now()")),
    sa.Index(None, "seen_at"),
)

# How often somebody did the same in such a window: searched for one number, was shown a honeytoken.
access_tally = sa.Table(
    "access_tally",
    metadata,
    c1("user_account_id", sa.BigInteger, primary_key=True),
    choice("rule", AccessAlertRule, primary_key=True),
    c1("window_began_at", Instant, primary_key=True),
    c1("subject", sa.Text, primary_key=True),
    c1("number", sa.Integer),
    c1("seen_at", Instant, server_default=sa.text("now()")),
    sa.Index(None, "seen_at"),
)

# The last entry of the access log that the rules have been asked of.
access_watch = sa.Table(
    "access_watch",
    metadata,
    c1("id", sa.SmallInteger, sa.CheckConstraint("id = 1", name="single_row"), primary_key=True),
    c1("transaction_id", sa.BigInteger),
    c1("event_id", sa.BigInteger),
)
