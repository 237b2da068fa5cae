"""Where the fields of branches live. The organisation is known to everybody who works in it."""

from authz.permissions import Permission
from domain.account.tables import account
from domain.alert.tables import alert
from domain.announcement.tables import announcement, announcement_audience
from domain.branch.tables import branch
from domain.branch.tree import PREFIX
from domain.campaign.tables import campaign, campaign_event
from domain.card.tables import card
from domain.care_plan.tables import care, care_plan
from domain.customer.tables import customer
from domain.go_live.tables import go_live
from domain.handover.tables import handover
from domain.indicator.tables import target
from domain.lead.tables import lead
from domain.loan.tables import loan
from domain.opportunity.tables import opportunity
from domain.referral.tables import referral
from domain.staff.tables import staff
from domain.task.tables import task
from domain.ticket.tables import ticket, ticket_event
from domain.visit.tables import visit
from domain.working_calendar.tables import working_calendar
from resolvers.engine.edges import Nesting, One, Rows, column, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import for_everyone
from resolvers.working_calendar.keeping import kept_by

trees = {tree.name: (f"{prefix}position", f"{prefix}position_end") for tree, prefix in PREFIX.items()}
rows = Rows(branch, reads=(Permission.BRANCH_READ,), visible=for_everyone, nesting=Nesting(level="level", trees=trees))

name = column(branch.c.name, sort="name_sort_key")
parent = reference(branch, via="parent_id", orders_by=("name",))
rollup_parent = reference(branch, via="rollup_parent_id", orders_by=("name",))
children = connection(branch, lambda parent, child: child.c.parent_id == parent.c.id, order=oldest_first("position"))
rollup_children = connection(
    branch, lambda parent, child: child.c.rollup_parent_id == parent.c.id, order=oldest_first("rollup_position")
)
staff = connection(staff, lambda branch, staff: staff.c.branch_id == branch.c.id, order=oldest_first("name_sort_key"))
customers = connection(customer, lambda branch, customer: customer.c.branch_id == branch.c.id)
accounts = connection(
    account, lambda branch, account: account.c.branch_id == branch.c.id, order=newest_first("opened_on")
)
loans = connection(loan, lambda branch, loan: loan.c.branch_id == branch.c.id, order=newest_first("granted_on"))
cards = connection(card, lambda branch, card: card.c.branch_id == branch.c.id, order=newest_first("issued_on"))
handovers = connection(
    handover, lambda branch, handover: handover.c.branch_id == branch.c.id, order=newest_first("created_at")
)
go_lives = connection(
    go_live, lambda branch, application: application.c.branch_id == branch.c.id, order=newest_first("created_at")
)
tasks = connection(task, lambda branch, task: task.c.branch_id == branch.c.id, order=oldest_first("due_at"))
tickets = connection(ticket, lambda branch, ticket: ticket.c.branch_id == branch.c.id, order=newest_first("opened_at"))
ticket_events_received = connection(
    ticket_event, lambda branch, event: event.c.to_branch_id == branch.c.id, order=newest_first("happened_at")
)
opportunities = connection(
    opportunity, lambda branch, opportunity: opportunity.c.branch_id == branch.c.id, order=newest_first("opened_at")
)
leads = connection(lead, lambda branch, lead: lead.c.branch_id == branch.c.id, order=newest_first("captured_at"))
referrals = connection(
    referral, lambda branch, referral: referral.c.branch_id == branch.c.id, order=newest_first("referred_at")
)
campaigns = connection(
    campaign, lambda branch, campaign: campaign.c.branch_id == branch.c.id, order=newest_first("starts_on")
)
campaign_events = connection(
    campaign_event, lambda branch, event: event.c.branch_id == branch.c.id, order=newest_first("starts_at")
)
targets = connection(target, lambda branch, target: target.c.branch_id == branch.c.id, order=newest_first("starts_on"))

alerts = connection(alert, lambda branch, alert: alert.c.branch_id == branch.c.id, order=newest_first("raised_at"))
announcements = connection(
    announcement, lambda branch, one: one.c.branch_id == branch.c.id, order=newest_first("published_at")
)
announcement_audiences = connection(
    announcement_audience, lambda branch, meant: meant.c.branch_id == branch.c.id, order=newest_first("created_at")
)

visits = connection(visit, lambda branch, visit: visit.c.branch_id == branch.c.id, order=newest_first("planned_at"))
care_plans = connection(
    care_plan, lambda branch, plan: plan.c.branch_id == branch.c.id, order=newest_first("starts_on")
)
cares = connection(care, lambda branch, care: care.c.branch_id == branch.c.id, order=oldest_first("due_on"))
calendar = One(working_calendar, lambda branch, calendar: calendar.c.id == kept_by(branch))
own_calendar = reference(working_calendar, via="working_calendar_id", groups=True, orders_by=("name",))

all_branches = connection(branch, order=oldest_first("position"))
