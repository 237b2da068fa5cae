"""Alerts on business, their rules, preferences and badges as clients see them."""

from datetime import date, datetime
from decimal import Decimal

from domain.alert.model import AlertKind, AlertRecipient, AlertState
from domain.shared.priority import Priority
from resolvers.alert import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToMany, ToOne, field, node

described(AlertKind)
described(AlertRecipient)
described(AlertState)
described(Priority)


@node(
    edges.rows,
    prefix="alr",
    description="Something about business that wants somebody's attention (预警), in their inbox. Seen by them, and "
    "where its branch or its customer is in reach. Those on suspicious use of the system are `AccessAlert`.",
)
class Alert(Node):
    """An entry of an inbox."""

    kind: AlertKind = field(description="What it is about.")
    priority: Priority = field(description="How soon it wants attention.")
    state: AlertState = field(description="What became of it.")
    title: str = field(description="What it says, in a few words.")
    text: str | None = field(description="What there is to know about it.")
    raised_at: datetime = field(description="When it was raised the last time, UTC.")
    raised_count: int = field(description="How often it was raised: an alert that repeats is one row.")
    due_at: datetime | None = field(description="When what it is about happens, or should be done; UTC.")
    seen_at: datetime | None = field(description="When whose inbox it is in looked at it, UTC.")
    closed_at: datetime | None = field(description="When it was done or stopped, UTC.")
    result: str | None = field(description="What came of it.")
    rule: ToOne = field(edges.rule, description="The rule that raised it; null where another system did.")
    staff: ToOne = field(
        edges.staff_member, description="In whose inbox it is; null: for whoever has its branch or customer."
    )
    branch: ToOne = field(edges.branch, description="Where it is to be seen to.")
    customer: ToOne = field(edges.customer, description="Whom it is about; null where the reader may not see them.")
    account: ToOne = field(edges.account, description="The account that it is about.")
    task: ToOne = field(edges.task, description="The task that it is about.")
    ticket: ToOne = field(edges.ticket, description="The ticket that it is about.")
    closed_by: ToOne = field(edges.closed_by, description="Who saw to it, or stopped it.")
    escalated_from: ToOne = field(edges.escalated_from, description="The alert that nobody saw to in time.")
    escalations: ToMany = field(
        edges.escalations, description="Alerts to others, because nobody saw to this one; newest first."
    )


@node(edges.rule_rows, prefix="aru", description="What raises alerts on business (预警规则), between two dates.")
class AlertRule(Node):
    """A dated rule."""

    rule_no: str = field(description="The bank's own number of the rule.")
    name: str = field(description="What it is called.")
    kind: AlertKind = field(description="What it alerts to.")
    recipient: AlertRecipient = field(description="In whose inbox its alerts come.")
    priority: Priority = field(description="How soon its alerts want attention.")
    starts_on: date = field(description="First business date on which it is in force.")
    ends_on: date | None = field(description="Last such date; null: until further notice.")
    threshold: Money | None = field(edges.threshold, description="Amount from which on it alerts.")
    threshold_count: int | None = field(description="How often it has to happen.")
    threshold_ratio: Decimal | None = field(description="Score of a model from which on it alerts, 0 to 1.")
    window_days: int | None = field(description="Days within which it has to happen, or since when nothing has.")
    lead_days: int = field(description="Days ahead of what it alerts to.")
    repeat_days: int | None = field(description="Days after which an open alert is raised again; null: never.")
    escalate_after_days: int | None = field(
        description="Days after which an open alert goes to who leads the branch, too; null: never."
    )
    alerts: ToMany = field(edges.rule_alerts, description="Alerts that it raised, newest first.")
    preferences: ToMany = field(edges.rule_preferences, description="Who wants them otherwise.")


@node(
    edges.preference_rows,
    prefix="apf",
    description="How a member of staff wants the alerts of a rule (预警偏好). Seen by them, and where they are in "
    "reach.",
)
class AlertPreference(Node):
    """Somebody's own wish."""

    is_stopped: bool = field(description="Whether they want none.")
    lead_days: int | None = field(description="Days ahead; null: as the rule says.")
    repeat_days: int | None = field(description="Days between repetitions; null: as the rule says.")
    rule: ToOne = field(edges.preference_rule, description="The rule.")
    staff: ToOne = field(edges.preference_staff, description="Who wants it so.")


@node(
    edges.badge_rows,
    prefix="abd",
    description="How much somebody has not looked at (未读数). Seen by them, and where they are in reach.",
)
class AlertBadge(Node):
    """A number on an icon."""

    unread: int = field(description="Alerts in their inbox that they have not looked at.")
    staff: ToOne = field(edges.badge_staff, description="Whose inbox.")
