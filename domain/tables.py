"""Every table of the bank, for those who need them all: migrations, tests, the register of data classes."""

from domain.access_alert.tables import (
    access_alert,
    access_alert_threshold,
    access_seen,
    access_tally,
    access_watch,
    honeytoken,
)
from domain.access_grant.tables import access_grant
from domain.access_version.tables import access_version
from domain.account.tables import account, account_holder, balance
from domain.alert.tables import alert, alert_badge, alert_preference, alert_rule
from domain.announcement.tables import announcement, announcement_audience, announcement_reader
from domain.attribute.tables import attribute_definition, customer_attribute
from domain.audit.tables import event, seal
from domain.bank.tables import bank
from domain.branch.tables import branch, former_position
from domain.campaign.tables import campaign, campaign_event, campaign_member
from domain.card.tables import card
from domain.care_plan.tables import care, care_plan
from domain.collateral.tables import collateral
from domain.command.tables import command
from domain.consent.tables import consent
from domain.credit_dossier.tables import credit_dossier, credit_dossier_entry
from domain.customer.tables import contact_point, customer, customer_name_part, identity_document
from domain.customer_group.tables import customer_group, customer_group_member
from domain.do_not_contact.tables import do_not_contact
from domain.document.tables import document, document_content
from domain.go_live.tables import go_live
from domain.guarantee.tables import guarantee
from domain.handover.tables import handover
from domain.household.tables import household, household_member
from domain.indicator.tables import indicator, target
from domain.interaction.tables import interaction
from domain.knowledge_article.tables import knowledge_article
from domain.lead.tables import lead
from domain.life_event.tables import life_event
from domain.loan.tables import loan
from domain.model_version.tables import model_version
from domain.note.tables import note
from domain.opportunity.tables import opportunity, opportunity_stage_change
from domain.outbox.tables import outbox_event, outbox_horizon
from domain.party_role.tables import party_role
from domain.policy.tables import policy_line, policy_version
from domain.portfolio.tables import portfolio_term
from domain.product.tables import product
from domain.quota.tables import quota_use
from domain.quotation.tables import quotation
from domain.recommendation.tables import recommendation
from domain.referral.tables import referral
from domain.relation.tables import relation
from domain.response.tables import response
from domain.risk_assessment.tables import risk_assessment
from domain.run.tables import run
from domain.score.tables import score
from domain.segment.tables import segment, segment_membership
from domain.service_request.tables import service_request
from domain.shared.columns import metadata
from domain.source.tables import source
from domain.source_batch.tables import file_count, rejected_row, source_batch
from domain.staff.tables import staff
from domain.standing_order.tables import standing_order
from domain.survey.tables import survey, survey_answer, survey_question, survey_response
from domain.tag.tables import customer_tag, tag
from domain.task.tables import task
from domain.ticket.tables import ticket, ticket_event
from domain.tier.tables import customer_tier, tier, tier_rule
from domain.touch.tables import touch
from domain.transaction.tables import transaction
from domain.user_account.tables import role_assignment, user_account
from domain.user_application.tables import user_application
from domain.visit.tables import visit
from domain.working_calendar.tables import calendar_day, working_calendar

HISTORY_OF = (branch, customer, household_member, relation, role_assignment, staff)
"""Tables whose every state is kept, so that the graph can be read as of a past business date."""

__all__ = [
    "HISTORY_OF", "access_alert", "access_alert_threshold", "access_grant", "access_seen", "access_tally",
    "access_version", "access_watch", "account", "account_holder", "alert", "alert_badge", "alert_preference",
    "alert_rule", "announcement", "announcement_audience", "announcement_reader", "attribute_definition", "balance",
    "bank", "branch", "calendar_day", "campaign", "campaign_event", "campaign_member", "card", "care", "care_plan",
    "collateral", "command", "consent", "contact_point", "credit_dossier", "credit_dossier_entry", "customer",
    "customer_attribute", "customer_group", "customer_group_member", "customer_name_part", "customer_tag",
    "customer_tier", "do_not_contact", "document", "document_content", "event", "file_count", "former_position",
    "go_live", "guarantee", "handover", "honeytoken", "household", "household_member", "identity_document", "indicator",
    "interaction", "knowledge_article", "lead", "life_event", "loan", "metadata", "model_version", "note",
    "opportunity", "opportunity_stage_change", "outbox_event", "outbox_horizon", "party_role", "policy_line",
    "policy_version", "portfolio_term", "product", "quota_use", "quotation", "recommendation", "referral",
    "rejected_row", "relation", "response", "risk_assessment", "role_assignment", "run", "score", "seal", "segment",
    "segment_membership", "service_request", "source", "source_batch", "staff", "standing_order", "survey",
    "survey_answer", "survey_question", "survey_response", "tag", "target", "task", "ticket", "ticket_event", "tier",
    "tier_rule", "touch", "transaction", "user_account", "user_application", "visit", "working_calendar",
]  # fmt: skip
