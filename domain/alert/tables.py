"""Alerts on business, each in somebody's inbox; the rules that raise them; how each wants them; how many are unread.

`alert_badge` is kept by triggers (migration `2026_11_26_alerts`): one row for every member of staff, so that a badge
costs one look-up however full the inbox is.
"""

import sqlalchemy as sa

from domain.alert.model import AlertKind, AlertRecipient, AlertState
from domain.shared.columns import Money, Rate, c1, c2, choice, from_source, metadata, node, reference
from domain.shared.priority import Priority

Instant = sa.TIMESTAMP(timezone=True)

alert_rule = sa.Table(
    "alert_rule",
    metadata,
    *node(),
    c1("rule_no", sa.Text, unique=True),
    c1("name", sa.Text),
    choice("kind", AlertKind),
    choice("recipient", AlertRecipient),
    choice("priority", Priority),
    # In force on these business dates, both included; none: until further notice.
    c1("starts_on", sa.Date),
    c1("ends_on", sa.Date, nullable=True),
    # What it takes, as far as its kind has use for it: so much, so often, within so many days; a score so high.
    c1("threshold", Money, nullable=True),
    c1("currency", sa.Text, nullable=True),
    c1("threshold_count", sa.Integer, nullable=True),
    c1("threshold_ratio", Rate, nullable=True),
    c1("window_days", sa.Integer, nullable=True),
    c1("lead_days", sa.Integer, server_default=sa.text("0")),
    # None: once.
    c1("repeat_days", sa.Integer, nullable=True),
    # None: never.
    c1("escalate_after_days", sa.Integer, nullable=True),
    from_source(),
    sa.CheckConstraint("ends_on >= starts_on", name="term"),
    sa.CheckConstraint("(threshold IS NULL) = (currency IS NULL)", name="threshold"),
    sa.CheckConstraint("lead_days >= 0 AND repeat_days > 0 AND escalate_after_days > 0", name="days"),
    sa.Index(None, "kind", "starts_on"),
)

alert_preference = sa.Table(
    "alert_preference",
    metadata,
    *node(sourced=False),
    reference("staff_id", "staff"),
    reference("alert_rule_id", "alert_rule"),
    c1("is_stopped", sa.Boolean, server_default=sa.false()),
    # None: as the rule says.
    c1("lead_days", sa.Integer, nullable=True),
    c1("repeat_days", sa.Integer, nullable=True),
    sa.CheckConstraint("lead_days >= 0 AND repeat_days > 0", name="days"),
    sa.UniqueConstraint("staff_id", "alert_rule_id"),
    sa.Index(None, "alert_rule_id"),
)

alert = sa.Table(
    "alert",
    metadata,
    *node(),
    choice("kind", AlertKind),
    choice("priority", Priority),
    choice("state", AlertState),
    # None: it came from another system.
    reference("alert_rule_id", "alert_rule", nullable=True),
    # In whose inbox it is; nobody's: whoever has the branch or the customer sees to it.
    reference("staff_id", "staff", nullable=True),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    c2("title", sa.Text),
    c2("text", sa.Text, nullable=True),
    reference("customer_id", "customer", nullable=True),
    reference("account_id", "account", nullable=True),
    reference("task_id", "task", nullable=True),
    reference("ticket_id", "ticket", nullable=True),
    # The last time; an alert that repeats is one row.
    c1("raised_at", Instant),
    c1("raised_count", sa.Integer, server_default=sa.text("1")),
    c1("due_at", Instant, nullable=True),
    c1("seen_at", Instant, nullable=True),
    c1("closed_at", Instant, nullable=True),
    reference("closed_by_id", "staff", nullable=True),
    c2("result", sa.Text, nullable=True),
    # The alert that nobody saw to in time.
    reference("escalated_from_id", "alert", nullable=True),
    from_source(),
    sa.CheckConstraint("(state IN ('DONE', 'STOPPED')) = (closed_at IS NOT NULL)", name="closing"),
    sa.CheckConstraint("escalated_from_id <> id", name="escalation"),
    sa.Index(None, "staff_id", "raised_at"),
    sa.Index(None, "customer_id", "raised_at"),
    sa.Index(None, "position", "raised_at"),
    sa.Index(None, "branch_id", "raised_at"),
    sa.Index(None, "raised_at", "id"),
    sa.Index(None, "alert_rule_id", "raised_at"),
    sa.Index(None, "account_id"),
    sa.Index(None, "task_id"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "closed_by_id"),
    sa.Index(None, "escalated_from_id"),
)

alert_badge = sa.Table(
    "alert_badge",
    metadata,
    # Its id is that of the member of staff.
    *node(sourced=False),
    reference("staff_id", "staff", unique=True),
    c1("unread", sa.Integer, server_default=sa.text("0")),
    sa.CheckConstraint("unread >= 0", name="unread"),
)
