"""Where the fields of alerts, their rules, preferences and badges live. An alert is seen as a task is."""

from authz.permissions import Permission
from domain.account.tables import account
from domain.alert.tables import alert, alert_badge, alert_preference, alert_rule
from domain.branch.tables import branch
from domain.customer.tables import customer
from domain.staff.tables import staff
from domain.task.tables import task
from domain.ticket.tables import ticket
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, amount, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import any_of, for_everyone, positioned
from resolvers.staff.guards import of_staff

OWNERS = ("staff_id",)
"""Columns that name whose own one is."""

rows = Rows(
    alert,
    reads=(Permission.ALERT_READ,),
    visible=any_of(positioned(managers=OWNERS), of_customer()),
    about=about("customer_id"),
)
rule_rows = Rows(alert_rule, reads=(Permission.ALERT_RULE_READ,), visible=for_everyone)
preference_rows = Rows(alert_preference, reads=(Permission.ALERT_READ,), visible=of_staff())
badge_rows = Rows(alert_badge, reads=(Permission.ALERT_READ,), visible=of_staff())

rule = reference(alert_rule, via="alert_rule_id", groups=True, orders_by=("name",))
staff_member = reference(staff, via="staff_id", groups=True, orders_by=("name",))
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
customer = reference(customer, via="customer_id", orders_by=("displayName",))
account = reference(account, via="account_id")
task = reference(task, via="task_id")
ticket = reference(ticket, via="ticket_id")
closed_by = reference(staff, via="closed_by_id", orders_by=("name",))
escalated_from = reference(alert, via="escalated_from_id")
escalations = connection(
    alert, lambda alert, other: other.c.escalated_from_id == alert.c.id, order=newest_first("raised_at")
)

threshold = amount(alert_rule.c.threshold)
rule_alerts = connection(alert, lambda rule, alert: alert.c.alert_rule_id == rule.c.id, order=newest_first("raised_at"))
rule_preferences = connection(
    alert_preference, lambda rule, wanted: wanted.c.alert_rule_id == rule.c.id, order=oldest_first("created_at")
)

preference_rule = reference(alert_rule, via="alert_rule_id", groups=True, orders_by=("name",))
preference_staff = reference(staff, via="staff_id", groups=True, orders_by=("name",))
badge_staff = reference(staff, via="staff_id", orders_by=("name",))

all_alerts = connection(alert, order=newest_first("raised_at"))
all_rules = connection(alert_rule, order=oldest_first("rule_no"))
all_preferences = connection(alert_preference, order=oldest_first("created_at"))
all_badges = connection(alert_badge, order=oldest_first("id"))
