"""Where the fields of customers, their documents and contact points live."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from authz.permissions import Permission
from domain.access_grant.tables import access_grant
from domain.account.tables import account, account_holder
from domain.alert.tables import alert
from domain.attribute.tables import customer_attribute
from domain.audit.tables import event
from domain.branch.tables import branch
from domain.campaign.tables import campaign_member
from domain.card.tables import card
from domain.care_plan.tables import care, care_plan
from domain.collateral.tables import collateral
from domain.consent.tables import consent
from domain.credit_dossier.tables import credit_dossier
from domain.customer.tables import contact_point, customer, identity_document
from domain.customer_group.tables import customer_group_member
from domain.do_not_contact.tables import do_not_contact
from domain.document.tables import document
from domain.guarantee.tables import guarantee
from domain.handover.tables import handover
from domain.household.tables import household, household_member
from domain.interaction.tables import interaction
from domain.lead.tables import lead
from domain.life_event.tables import life_event
from domain.loan.tables import loan
from domain.note.tables import note
from domain.opportunity.tables import opportunity
from domain.party_role.tables import party_role
from domain.portfolio.tables import portfolio_term
from domain.recommendation.tables import recommendation
from domain.referral.tables import referral
from domain.relation.tables import relation
from domain.response.tables import response
from domain.risk_assessment.tables import risk_assessment
from domain.score.tables import score
from domain.segment.tables import segment_membership
from domain.service_request.tables import service_request
from domain.staff.tables import staff
from domain.survey.tables import survey_response
from domain.tag.tables import customer_tag
from domain.task.tables import task
from domain.ticket.tables import ticket
from domain.tier.tables import customer_tier
from domain.touch.tables import touch
from domain.visit.tables import visit
from resolvers.customer.guards import a_customer, about, of_customer
from resolvers.engine.edges import (
    Clause,
    Many,
    One,
    Row,
    Rows,
    amount,
    column,
    connection,
    expression,
    identifier,
    newest_first,
    oldest_first,
    reference,
    union,
)
from resolvers.run.published import is_published

LAST_ASSESSED = risk_assessment.alias("last_assessed")
BASE_CURRENCY = sa.literal_column("(SELECT bank.base_currency FROM ketu.bank AS bank)", sa.Text)
BUSINESS_DATE = sa.literal_column("(SELECT bank.business_date FROM ketu.bank AS bank)", sa.Date)

rows = Rows(customer, reads=(Permission.CUSTOMER_READ,), visible=a_customer, about=about("id"))
identity_document_rows = Rows(
    identity_document,
    reads=(Permission.IDENTITY_DOCUMENT_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
    identifiers=(
        identifier(
            identity_document,
            "number",
            reveal=Permission.IDENTITY_DOCUMENT_REVEAL,
            search=Permission.IDENTITY_DOCUMENT_SEARCH,
        ),
    ),
)
contact_point_rows = Rows(
    contact_point,
    reads=(Permission.CONTACT_POINT_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
    identifiers=(
        identifier(
            contact_point, "value", reveal=Permission.CONTACT_POINT_REVEAL, search=Permission.CONTACT_POINT_SEARCH
        ),
    ),
)


def _holds(of_account: str) -> Callable[[Row, Row], Clause]:
    def on(parent: Row, child: Row) -> Clause:
        held = sa.select(account_holder.c.account_id).where(account_holder.c.customer_id == parent.c.id)
        return child.c[of_account].in_(held.correlate(parent.source))

    return on


def _belonging(table: sa.Table, newest: str, *, named: str = "customer_id", tells_more: bool = False) -> Many:
    """The rows of a table that belong to them, newest first."""
    return connection(
        table,
        lambda customer, row: row.c[named] == customer.c.id,
        order=newest_first(newest),
        same_customer=True,
        tells_more=tells_more,
    )


display_name = expression(
    lambda customer: sa.func.coalesce(customer.c.name, customer.c.customer_no),
    sa.Text(),
    personal=True,
    nullable=False,
    sort=lambda customer: sa.func.coalesce(customer.c.name_sort_key, customer.c.customer_no),
)
name = column(customer.c.name, sort="name_sort_key")
birth_on = column(customer.c.birth_on, requires=Permission.CUSTOMER_BIRTH_ON_READ)
age = expression(
    lambda customer: sa.cast(sa.extract("year", sa.func.age(BUSINESS_DATE, customer.c.birth_on)), sa.Integer),
    sa.Integer(),
    personal=True,
    requires=Permission.CUSTOMER_BIRTH_ON_READ,
)
aum = amount(customer.c.aum, requires=Permission.CUSTOMER_AUM_READ, currency=BASE_CURRENCY)
branch = reference(branch, via="branch_id", groups=True, orders_by=("name", "branchNo"))
manager = reference(staff, via="manager_id", groups=True, orders_by=("name",))
backup_manager = reference(staff, via="backup_manager_id", groups=True, orders_by=("name",))
accounts = connection(account, _holds("id"), order=newest_first("opened_on"), same_customer=True, tells_more=True)
holdings = connection(
    account_holder,
    lambda customer, holder: holder.c.customer_id == customer.c.id,
    order=oldest_first("created_at"),
    same_customer=True,
)
loans = connection(loan, _holds("account_id"), order=newest_first("granted_on"), same_customer=True, tells_more=True)
cards = connection(
    card,
    lambda customer, card: card.c.customer_id == customer.c.id,
    order=newest_first("issued_on"),
    same_customer=True,
)
contracts = union("Contract", accounts, loans, cards)
relations = connection(
    relation,
    lambda customer, relation: sa.or_(
        relation.c.from_customer_id == customer.c.id, relation.c.to_customer_id == customer.c.id
    ),
)
household = One(
    household,
    lambda customer, household: (
        household.c.id
        == sa.select(household_member.c.household_id)
        .where(household_member.c.customer_id == customer.c.id)
        .correlate(customer.source)
        .scalar_subquery()
    ),
    same_customer=True,
    tells_more=True,
)
access_log = connection(
    event,
    lambda customer, event: event.c.customer_ids.contains(postgresql.array([customer.c.id])),
    order=newest_first("recorded_at"),
)
handovers = connection(
    handover,
    lambda customer, handover: handover.c.customer_ids.contains(postgresql.array([customer.c.id])),
    order=newest_first("created_at"),
)
backup_handovers = connection(
    handover,
    lambda customer, handover: handover.c.backup_customer_ids.contains(postgresql.array([customer.c.id])),
    order=newest_first("created_at"),
)
access_grants = connection(
    access_grant,
    lambda customer, grant: grant.c.customer_id == customer.c.id,
    order=newest_first("starts_on"),
    same_customer=True,
)
tags = connection(
    customer_tag,
    lambda customer, given: given.c.customer_id == customer.c.id,
    order=newest_first("created_at"),
    same_customer=True,
)
consents = connection(
    consent,
    lambda customer, consent: consent.c.customer_id == customer.c.id,
    order=newest_first("decided_at"),
    same_customer=True,
)
portfolio_history = _belonging(portfolio_term, "starts_on")
group_memberships = _belonging(customer_group_member, "joined_on")
party_roles = _belonging(party_role, "starts_on")
guarantees_given = _belonging(guarantee, "starts_on", named="guarantor_id", tells_more=True)
collaterals = _belonging(collateral, "pledged_on", named="owner_id", tells_more=True)
credit_dossiers = _belonging(credit_dossier, "opened_on")
do_not_contacts = _belonging(do_not_contact, "starts_on")
attributes = _belonging(customer_attribute, "created_at")
life_events = _belonging(life_event, "happens_on")
documents = _belonging(document, "created_at")
notes = _belonging(note, "created_at")
interactions = connection(
    interaction,
    lambda customer, interaction: interaction.c.customer_id == customer.c.id,
    order=newest_first("happened_at"),
    same_customer=True,
)
tasks = connection(
    task,
    lambda customer, task: task.c.customer_id == customer.c.id,
    order=oldest_first("due_at"),
    same_customer=True,
)
tickets = connection(
    ticket,
    lambda customer, ticket: ticket.c.customer_id == customer.c.id,
    order=newest_first("opened_at"),
    same_customer=True,
)
opportunities = connection(
    opportunity,
    lambda customer, opportunity: opportunity.c.customer_id == customer.c.id,
    order=newest_first("opened_at"),
    same_customer=True,
)
leads = connection(
    lead,
    lambda customer, lead: lead.c.customer_id == customer.c.id,
    order=newest_first("captured_at"),
    same_customer=True,
)
referrals = connection(
    referral,
    lambda customer, referral: referral.c.customer_id == customer.c.id,
    order=newest_first("referred_at"),
    same_customer=True,
)
alerts = connection(
    alert,
    lambda customer, alert: alert.c.customer_id == customer.c.id,
    order=newest_first("raised_at"),
    same_customer=True,
)
visits = connection(
    visit,
    lambda customer, visit: visit.c.customer_id == customer.c.id,
    order=newest_first("planned_at"),
    same_customer=True,
)
care_plans = connection(
    care_plan,
    lambda customer, plan: plan.c.customer_id == customer.c.id,
    order=newest_first("starts_on"),
    same_customer=True,
)
cares = connection(
    care,
    lambda customer, care: care.c.customer_id == customer.c.id,
    order=oldest_first("due_on"),
    same_customer=True,
)
contact_point_visits = connection(
    visit, lambda point, visit: visit.c.contact_point_id == point.c.id, order=newest_first("planned_at")
)
service_requests = connection(
    service_request,
    lambda customer, request: request.c.customer_id == customer.c.id,
    order=newest_first("requested_at"),
)
campaign_memberships = connection(
    campaign_member,
    lambda customer, member: member.c.customer_id == customer.c.id,
    order=newest_first("drawn_on"),
    same_customer=True,
)
touches = connection(
    touch,
    lambda customer, touch: touch.c.customer_id == customer.c.id,
    order=newest_first("happened_at"),
    same_customer=True,
)
responses = connection(
    response,
    lambda customer, response: response.c.customer_id == customer.c.id,
    order=newest_first("responded_at"),
    same_customer=True,
)
survey_responses = connection(
    survey_response,
    lambda customer, response: response.c.customer_id == customer.c.id,
    order=newest_first("responded_at"),
    same_customer=True,
)
segments = connection(
    segment_membership,
    lambda customer, member: sa.and_(member.c.customer_id == customer.c.id, is_published(member)),
    order=newest_first("since_on"),
    same_customer=True,
)
scores = connection(
    score,
    lambda customer, score: sa.and_(score.c.customer_id == customer.c.id, is_published(score)),
    order=newest_first("value"),
    same_customer=True,
)
recommendations = connection(
    recommendation,
    lambda customer, advice: sa.and_(advice.c.customer_id == customer.c.id, is_published(advice)),
    order=oldest_first("rank"),
    same_customer=True,
)
tier = One(
    customer_tier,
    lambda customer, given: sa.and_(given.c.customer_id == customer.c.id, given.c.ends_on.is_(None)),
    same_customer=True,
    orders_by=("tier.rank",),
)
tiers = connection(
    customer_tier,
    lambda customer, given: given.c.customer_id == customer.c.id,
    order=newest_first("starts_on"),
    same_customer=True,
)
risk_assessments = connection(
    risk_assessment,
    lambda customer, assessment: assessment.c.customer_id == customer.c.id,
    order=newest_first("assessed_on"),
    same_customer=True,
)
risk_assessment = One(
    risk_assessment,
    lambda customer, assessment: (
        assessment.c.id
        == sa.select(LAST_ASSESSED.c.id)
        .where(LAST_ASSESSED.c.customer_id == customer.c.id)
        .order_by(LAST_ASSESSED.c.assessed_on.desc(), LAST_ASSESSED.c.id.desc())
        .limit(sa.literal_column("1"))
        .correlate(customer.source)
        .scalar_subquery()
    ),
    same_customer=True,
)
identity_documents = connection(
    identity_document, lambda customer, document: document.c.customer_id == customer.c.id, same_customer=True
)
contact_points = connection(
    contact_point, lambda customer, point: point.c.customer_id == customer.c.id, same_customer=True
)

owner = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
number_masked = column(identity_document.c.number_masked, filters=False)
value_masked = column(contact_point.c.value_masked, filters=False)

copies = connection(
    document,
    lambda identity, document: document.c.identity_document_id == identity.c.id,
    order=newest_first("created_at"),
)

all_customers = connection(customer)
all_identity_documents = connection(identity_document)
all_contact_points = connection(contact_point)
