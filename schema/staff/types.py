"""Staff as clients see them."""

from domain.staff.model import StaffPost, StaffState
from resolvers.staff import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(StaffPost)
described(StaffState)


@node(edges.rows, prefix="sta", description="An employee of the bank (员工).")
class Staff(Node):
    """Somebody who works for the bank."""

    staff_no: str = field(description="The bank's own number of the employee.")
    name: str = field(edges.name, description="Name; ordered by pinyin.")
    post: StaffPost = field(description="What they are employed as.")
    state: StaffState = field(description="Whether they work here.")
    is_sample: bool = field(description="True for the fictitious staff of a sample bank.")
    branch: ToOne = field(edges.branch, description="Where they work.")
    portfolio: ToMany = field(edges.portfolio, description="Customers assigned to them (管户).")
    backup_portfolio: ToMany = field(
        edges.backup_portfolio, description="Customers whose backup manager they are (B角)."
    )
    access_log: ToMany = field(edges.access_log, description="What they saw, changed or tried, newest first.")
    access_grants: ToMany = field(
        edges.access_grants, description="Customers whom they may see for a while, newest first."
    )
    user_applications: ToMany = field(
        edges.user_applications, description="Applications for them as a user, newest first."
    )
    access_alerts: ToMany = field(edges.access_alerts, description="Alerts on what they did, newest first.")
    handovers: ToMany = field(edges.handovers, description="Hand-overs of their customers, newest first.")
    tasks: ToMany = field(edges.tasks, description="What they are to do, those due first before others.")
    tasks_assigned: ToMany = field(edges.tasks_assigned, description="What they gave others to do, due first.")
    tasks_completed: ToMany = field(edges.tasks_completed, description="What they did, newest first.")
    tickets: ToMany = field(edges.tickets, description="Tickets that they handle, newest first.")
    tickets_opened: ToMany = field(edges.tickets_opened, description="Tickets that they took down, newest first.")
    service_requests_submitted: ToMany = field(
        edges.service_requests_submitted, description="What they asked core banking for, newest first."
    )
    ticket_events: ToMany = field(edges.ticket_events, description="What they did with tickets, newest first.")
    ticket_events_received: ToMany = field(
        edges.ticket_events_received, description="Tickets being given to them, newest first."
    )
    interactions: ToMany = field(edges.interactions, description="Their contacts with customers, newest first.")
    alerts: ToMany = field(edges.alerts, description="Their inbox of alerts (预警), newest first.")
    alerts_closed: ToMany = field(edges.alerts_closed, description="Alerts that they saw to or stopped, newest first.")
    alert_preferences: ToMany = field(
        edges.alert_preferences, description="How they want alerts otherwise than the rules say, newest first."
    )
    alert_badge: ToOne = field(edges.badge_of_alerts, description="How much of their inbox they have not looked at.")
    visits: ToMany = field(edges.visits, description="Their visits to customers, the latest first.")
    visits_planned: ToMany = field(edges.visits_planned, description="Visits that they planned, newest first.")
    care_plans: ToMany = field(edges.care_plans, description="How they care for customers, the latest first.")
    cares: ToMany = field(edges.cares, description="Care that they are to do or did, the earliest first.")
    cares_closed: ToMany = field(edges.cares_closed, description="Care that they did or left out, newest first.")
    articles_written: ToMany = field(
        edges.articles_written, description="Articles of the knowledge base that they wrote, newest first."
    )
    articles_published: ToMany = field(
        edges.articles_published, description="Articles that they published, newest first."
    )
    articles_retired: ToMany = field(edges.articles_retired, description="Articles that they retired, newest first.")
    survey_responses: ToMany = field(
        edges.survey_responses, description="What customers answered whom they asked, newest first."
    )
    announcements_published: ToMany = field(
        edges.announcements_published, description="Announcements that they published, newest first."
    )
    announcements_read: ToMany = field(
        edges.announcements_read, description="Announcements that they have read, newest first."
    )
    announcement_audiences: ToMany = field(
        edges.announcement_audiences, description="Audiences of announcements that name them, newest first."
    )
    announcements_withdrawn: ToMany = field(
        edges.announcements_withdrawn, description="Announcements that they took back, newest first."
    )
    opportunities: ToMany = field(edges.opportunities, description="Sales that they are to make, newest first.")
    opportunities_opened: ToMany = field(
        edges.opportunities_opened, description="Opportunities that they opened, newest first."
    )
    opportunity_stage_changes: ToMany = field(
        edges.opportunity_stage_changes, description="Where they took opportunities, newest first."
    )
    leads: ToMany = field(edges.leads, description="Leads that they follow up, newest first.")
    leads_captured: ToMany = field(edges.leads_captured, description="Leads that they took down, newest first.")
    referrals: ToMany = field(edges.referrals, description="Customers sent on to them, newest first.")
    referrals_given: ToMany = field(edges.referrals_given, description="Customers whom they sent on, newest first.")
    quotations: ToMany = field(edges.quotations, description="Terms that they worked out, newest first.")
    quotations_approved: ToMany = field(
        edges.quotations_approved, description="Terms that they approved, newest first."
    )
    campaigns: ToMany = field(edges.campaigns, description="Campaigns that they answer for, newest first.")
    campaigns_approved: ToMany = field(
        edges.campaigns_approved, description="Campaigns that they allowed, newest first."
    )
    campaign_events_hosted: ToMany = field(
        edges.campaign_events_hosted, description="Events whose guests they receive, newest first."
    )
    touches: ToMany = field(edges.touches, description="Their attempts to reach customers, newest first.")
    responses_recorded: ToMany = field(
        edges.responses_recorded, description="Responses of customers that they took down, newest first."
    )
    segments: ToMany = field(edges.segments, description="Segments that they answer for, newest first.")
    model_versions_trained: ToMany = field(
        edges.model_versions_trained, description="Models that they trained, newest first."
    )
    model_versions_approved: ToMany = field(
        edges.model_versions_approved, description="Models that they approved, newest first."
    )
    targets: ToMany = field(edges.targets, description="What they are to come to, newest first.")
    targets_set: ToMany = field(edges.targets_set, description="Targets that they set, newest first.")
    risk_assessments_made: ToMany = field(
        edges.risk_assessments_made, description="Customers whom they asked how much risk they can bear, newest first."
    )
    customer_tags_given: ToMany = field(
        edges.customer_tags_given, description="Tags that they gave to customers, newest first."
    )
    consents_recorded: ToMany = field(
        edges.consents_recorded, description="Consents of customers that they took down, newest first."
    )
    portfolio_history: ToMany = field(
        edges.portfolio_history, description="Whom they managed, as manager or backup (管户历史), newest first."
    )
    sources: ToMany = field(edges.sources, description="Sources of data that they answer for, newest first.")
    customer_groups: ToMany = field(
        edges.customer_groups, description="Groups of customers that they look after, newest first."
    )
    party_roles: ToMany = field(
        edges.party_roles, description="Suppliers and partners with whom they deal, newest first."
    )
    credit_dossiers: ToMany = field(edges.credit_dossiers, description="Credits that they look after, newest first.")
    credit_dossier_entries: ToMany = field(
        edges.credit_dossier_entries, description="What they did in the life of credits, newest first."
    )
    do_not_contacts_set: ToMany = field(
        edges.do_not_contacts_set, description="Customers whom they said to leave alone, newest first."
    )
    do_not_contacts_lifted: ToMany = field(
        edges.do_not_contacts_lifted, description="Do-not-contacts that they lifted, newest first."
    )
    attribute_definitions: ToMany = field(
        edges.attribute_definitions, description="Custom attributes that they made, newest first."
    )
    customer_attributes_set: ToMany = field(
        edges.customer_attributes_set, description="Customers' values of them that they set last, newest first."
    )
    life_events_recorded: ToMany = field(
        edges.life_events_recorded, description="Life events of customers that they took down, newest first."
    )
    documents_added: ToMany = field(
        edges.documents_added, description="Documents of customers that they put here, newest first."
    )
    notes_written: ToMany = field(edges.notes_written, description="Notes that they wrote, newest first.")
    notes_removed: ToMany = field(edges.notes_removed, description="Notes that they removed, newest first.")
    access_grants_given: ToMany = field(
        edges.access_grants_given, description="Customers whom they let others see for a while, newest first."
    )
    access_alerts_closed: ToMany = field(
        edges.access_alerts_closed, description="Alerts that they looked into, newest first."
    )
    go_lives_applied_for: ToMany = field(
        edges.go_lives_applied_for, description="Branches that they applied to open, newest first."
    )
    go_lives_decided: ToMany = field(
        edges.go_lives_decided, description="Applications to open branches that they decided on, newest first."
    )
    handovers_completed: ToMany = field(
        edges.handovers_completed, description="Hand-overs that they completed, newest first."
    )
    policy_versions_proposed: ToMany = field(
        edges.policy_versions_proposed, description="Changes of the policy that they proposed, newest first."
    )
    policy_versions_decided: ToMany = field(
        edges.policy_versions_decided, description="Changes of the policy that they decided on, newest first."
    )
    user_applications_made: ToMany = field(
        edges.user_applications_made, description="Applications for users that they made, newest first."
    )
    user_applications_decided: ToMany = field(
        edges.user_applications_decided, description="Applications for users that they decided on, newest first."
    )
    user_applications_trained: ToMany = field(
        edges.user_applications_trained, description="Applications whose training they confirmed, newest first."
    )
    user_applications_activated: ToMany = field(
        edges.user_applications_activated, description="Applications that they put into force, newest first."
    )
