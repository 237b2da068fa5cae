"""Where the fields of staff live."""

import sqlalchemy as sa

from authz.permissions import Permission
from domain.access_alert.tables import access_alert
from domain.access_grant.tables import access_grant
from domain.alert.tables import alert, alert_badge, alert_preference
from domain.announcement.tables import announcement, announcement_audience, announcement_reader
from domain.attribute.tables import attribute_definition, customer_attribute
from domain.audit.tables import event
from domain.branch.tables import branch
from domain.campaign.tables import campaign, campaign_event
from domain.care_plan.tables import care, care_plan
from domain.consent.tables import consent
from domain.credit_dossier.tables import credit_dossier, credit_dossier_entry
from domain.customer.tables import customer
from domain.customer_group.tables import customer_group
from domain.do_not_contact.tables import do_not_contact
from domain.document.tables import document
from domain.go_live.tables import go_live
from domain.handover.tables import handover
from domain.indicator.tables import target
from domain.interaction.tables import interaction
from domain.knowledge_article.tables import knowledge_article
from domain.lead.tables import lead
from domain.life_event.tables import life_event
from domain.model_version.tables import model_version
from domain.note.tables import note
from domain.opportunity.tables import opportunity, opportunity_stage_change
from domain.party_role.tables import party_role
from domain.policy.tables import policy_version
from domain.portfolio.tables import portfolio_term
from domain.quotation.tables import quotation
from domain.referral.tables import referral
from domain.response.tables import response
from domain.risk_assessment.tables import risk_assessment
from domain.segment.tables import segment
from domain.service_request.tables import service_request
from domain.source.tables import source
from domain.staff.tables import staff
from domain.survey.tables import survey_response
from domain.tag.tables import customer_tag
from domain.task.tables import task
from domain.ticket.tables import ticket, ticket_event
from domain.touch.tables import touch
from domain.user_application.tables import user_application
from domain.visit.tables import visit
from resolvers.engine.edges import Many, One, Rows, column, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import positioned

rows = Rows(staff, reads=(Permission.STAFF_READ,), visible=positioned(managers=("id",)))


def rows_naming(table: sa.Table, column: str) -> Many:
    """The rows of a table in which a column names them, newest first."""
    return connection(table, lambda staff, row: row.c[column] == staff.c.id, order=newest_first("created_at"))


name = column(staff.c.name, sort="name_sort_key")
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
portfolio = connection(customer, lambda staff, customer: customer.c.manager_id == staff.c.id)
backup_portfolio = connection(customer, lambda staff, customer: customer.c.backup_manager_id == staff.c.id)
access_log = connection(event, lambda staff, event: event.c.staff_id == staff.c.id, order=newest_first("recorded_at"))
access_grants = connection(
    access_grant, lambda staff, grant: grant.c.staff_id == staff.c.id, order=newest_first("starts_on")
)
user_applications = rows_naming(user_application, "staff_id")
handovers = rows_naming(handover, "staff_id")
access_alerts = rows_naming(access_alert, "staff_id")

tasks = connection(task, lambda staff, task: task.c.assigned_to_id == staff.c.id, order=oldest_first("due_at"))
tasks_assigned = connection(task, lambda staff, task: task.c.assigned_by_id == staff.c.id, order=oldest_first("due_at"))
tasks_completed = rows_naming(task, "completed_by_id")
tickets = connection(
    ticket, lambda staff, ticket: ticket.c.assigned_to_id == staff.c.id, order=newest_first("opened_at")
)
tickets_opened = connection(
    ticket, lambda staff, ticket: ticket.c.opened_by_id == staff.c.id, order=newest_first("opened_at")
)
ticket_events = connection(
    ticket_event, lambda staff, event: event.c.staff_id == staff.c.id, order=newest_first("happened_at")
)
ticket_events_received = connection(
    ticket_event, lambda staff, event: event.c.to_staff_id == staff.c.id, order=newest_first("happened_at")
)
interactions = connection(
    interaction, lambda staff, interaction: interaction.c.staff_id == staff.c.id, order=newest_first("happened_at")
)
opportunities = connection(
    opportunity, lambda staff, opportunity: opportunity.c.owner_id == staff.c.id, order=newest_first("opened_at")
)
opportunities_opened = connection(
    opportunity, lambda staff, opportunity: opportunity.c.opened_by_id == staff.c.id, order=newest_first("opened_at")
)
opportunity_stage_changes = connection(
    opportunity_stage_change, lambda staff, change: change.c.staff_id == staff.c.id, order=newest_first("changed_at")
)
leads = connection(lead, lambda staff, lead: lead.c.owner_id == staff.c.id, order=newest_first("captured_at"))
leads_captured = connection(
    lead, lambda staff, lead: lead.c.captured_by_id == staff.c.id, order=newest_first("captured_at")
)
referrals = connection(
    referral, lambda staff, referral: referral.c.to_staff_id == staff.c.id, order=newest_first("referred_at")
)
referrals_given = connection(
    referral, lambda staff, referral: referral.c.from_staff_id == staff.c.id, order=newest_first("referred_at")
)
quotations = rows_naming(quotation, "quoted_by_id")
quotations_approved = rows_naming(quotation, "approved_by_id")
campaigns = rows_naming(campaign, "owner_id")
campaigns_approved = rows_naming(campaign, "approved_by_id")
campaign_events_hosted = rows_naming(campaign_event, "host_id")
touches = connection(touch, lambda staff, touch: touch.c.staff_id == staff.c.id, order=newest_first("happened_at"))
responses_recorded = rows_naming(response, "recorded_by_id")
segments = rows_naming(segment, "owner_id")
model_versions_trained = rows_naming(model_version, "trained_by_id")
model_versions_approved = rows_naming(model_version, "approved_by_id")
targets = connection(target, lambda staff, target: target.c.staff_id == staff.c.id, order=newest_first("starts_on"))
targets_set = rows_naming(target, "set_by_id")
risk_assessments_made = rows_naming(risk_assessment, "assessed_by_id")

alerts = connection(alert, lambda staff, alert: alert.c.staff_id == staff.c.id, order=newest_first("raised_at"))
alerts_closed = rows_naming(alert, "closed_by_id")
alert_preferences = rows_naming(alert_preference, "staff_id")
badge_of_alerts = One(alert_badge, lambda staff, badge: badge.c.staff_id == staff.c.id)
visits = connection(visit, lambda staff, visit: visit.c.staff_id == staff.c.id, order=newest_first("planned_at"))
visits_planned = rows_naming(visit, "planned_by_id")
care_plans = connection(care_plan, lambda staff, plan: plan.c.staff_id == staff.c.id, order=newest_first("starts_on"))
cares = connection(care, lambda staff, care: care.c.staff_id == staff.c.id, order=oldest_first("due_on"))
cares_closed = rows_naming(care, "closed_by_id")
articles_written = rows_naming(knowledge_article, "written_by_id")
articles_published = rows_naming(knowledge_article, "published_by_id")
articles_retired = rows_naming(knowledge_article, "retired_by_id")
survey_responses = connection(
    survey_response, lambda staff, response: response.c.staff_id == staff.c.id, order=newest_first("responded_at")
)
announcements_published = connection(
    announcement, lambda staff, one: one.c.published_by_id == staff.c.id, order=newest_first("published_at")
)
announcements_read = connection(
    announcement_reader, lambda staff, receipt: receipt.c.staff_id == staff.c.id, order=newest_first("read_at")
)
announcement_audiences = rows_naming(announcement_audience, "staff_id")
announcements_withdrawn = rows_naming(announcement, "withdrawn_by_id")
customer_tags_given = rows_naming(customer_tag, "tagged_by_id")
consents_recorded = rows_naming(consent, "recorded_by_id")
portfolio_history = connection(
    portfolio_term, lambda staff, term: term.c.staff_id == staff.c.id, order=newest_first("starts_on")
)
sources = rows_naming(source, "owned_by_id")
customer_groups = rows_naming(customer_group, "managed_by_id")
party_roles = rows_naming(party_role, "managed_by_id")
credit_dossiers = rows_naming(credit_dossier, "handled_by_id")
credit_dossier_entries = rows_naming(credit_dossier_entry, "staff_id")
do_not_contacts_set = rows_naming(do_not_contact, "set_by_id")
do_not_contacts_lifted = rows_naming(do_not_contact, "lifted_by_id")
attribute_definitions = rows_naming(attribute_definition, "defined_by_id")
customer_attributes_set = rows_naming(customer_attribute, "set_by_id")
life_events_recorded = rows_naming(life_event, "recorded_by_id")
documents_added = rows_naming(document, "added_by_id")
notes_written = rows_naming(note, "written_by_id")
notes_removed = rows_naming(note, "removed_by_id")
access_grants_given = rows_naming(access_grant, "granted_by_id")
access_alerts_closed = rows_naming(access_alert, "closed_by_id")
go_lives_applied_for = rows_naming(go_live, "applied_by_id")
go_lives_decided = rows_naming(go_live, "decided_by_id")
handovers_completed = rows_naming(handover, "completed_by_id")
policy_versions_proposed = rows_naming(policy_version, "proposed_by_id")
policy_versions_decided = rows_naming(policy_version, "decided_by_id")
user_applications_made = rows_naming(user_application, "applied_by_id")
user_applications_decided = rows_naming(user_application, "decided_by_id")
user_applications_trained = rows_naming(user_application, "training_confirmed_by_id")
user_applications_activated = rows_naming(user_application, "activated_by_id")
service_requests_submitted = connection(
    service_request, lambda staff, request: request.c.requested_by_id == staff.c.id, order=newest_first("requested_at")
)

all_staff = connection(staff, order=oldest_first("name_sort_key"))
