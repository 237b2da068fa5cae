"""Branches as clients see them."""

from domain.branch.model import BranchLevel, BranchState
from resolvers.branch import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(BranchLevel)
described(BranchState)


@node(
    edges.rows,
    prefix="bra",
    description="A branch (机构), in the coverage tree (who may see) and the roll-up tree (who reports).",
)
class Branch(Node):
    """A node of the organisation."""

    branch_no: str = field(description="The bank's own number of the branch.")
    name: str = field(edges.name, description="Name; ordered by pinyin.")
    level: BranchLevel = field(description="Place in the tree.")
    state: BranchState = field(description="Whether it serves customers.")
    parent: ToOne = field(edges.parent, description="The branch above in the coverage tree; null at the top.")
    children: ToMany = field(edges.children, description="Branches below in the coverage tree, in its order.")
    rollup_parent: ToOne = field(edges.rollup_parent, description="The branch it reports to; null at the top.")
    rollup_children: ToMany = field(edges.rollup_children, description="Branches that report to it.")
    staff: ToMany = field(edges.staff, description="Staff who work there, by name.")
    customers: ToMany = field(edges.customers, description="Customers whose home branch it is.")
    accounts: ToMany = field(edges.accounts, description="Accounts that it keeps, newest first.")
    loans: ToMany = field(edges.loans, description="Loans that it granted, newest first.")
    cards: ToMany = field(edges.cards, description="Cards that it issued, newest first.")
    go_lives: ToMany = field(edges.go_lives, description="Applications for it to go live, newest first.")
    handovers: ToMany = field(edges.handovers, description="Hand-overs of customers in its pool, newest first.")
    tasks: ToMany = field(edges.tasks, description="Tasks to be done there, those due first before others.")
    tickets: ToMany = field(edges.tickets, description="Tickets handled there, newest first.")
    ticket_events_received: ToMany = field(
        edges.ticket_events_received, description="Tickets being given to it, newest first."
    )
    alerts: ToMany = field(edges.alerts, description="Alerts to be seen to there, newest first.")
    announcements: ToMany = field(edges.announcements, description="Announcements published there, newest first.")
    announcement_audiences: ToMany = field(
        edges.announcement_audiences, description="Audiences of announcements that name it, newest first."
    )
    opportunities: ToMany = field(edges.opportunities, description="Opportunities worked on there, newest first.")
    leads: ToMany = field(edges.leads, description="Leads followed up there, newest first.")
    referrals: ToMany = field(edges.referrals, description="Referrals sent there, newest first.")
    visits: ToMany = field(edges.visits, description="Visits to customers for it, the latest first.")
    care_plans: ToMany = field(edges.care_plans, description="Care plans for it, the latest first.")
    cares: ToMany = field(edges.cares, description="Care for customers for it, the earliest first.")
    campaigns: ToMany = field(edges.campaigns, description="Campaigns that it runs, newest first.")
    campaign_events: ToMany = field(edges.campaign_events, description="Events that it holds, newest first.")
    targets: ToMany = field(edges.targets, description="Targets of it and of who works there, newest first.")
    calendar: ToOne = field(
        edges.calendar,
        description="The working calendar that it keeps: its own, else that of the nearest branch above in the "
        "coverage tree with one, else the bank's.",
    )
    own_calendar: ToOne = field(edges.own_calendar, description="The working calendar that it was given, if any.")
