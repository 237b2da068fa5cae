"""Customers, their identity documents and contact points as clients see them."""

from datetime import date, datetime

from domain.customer.model import ContactPointKind, CustomerKind, CustomerState, IdentityDocumentType, Sex
from resolvers.customer import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToMany, ToOne, field, node

for _words in (ContactPointKind, CustomerKind, CustomerState, IdentityDocumentType, Sex):
    described(_words)


@node(
    edges.rows,
    prefix="cus",
    is_interface=True,
    description="A customer (客户): a person or an organisation, as resolved across source systems.",
)
class Customer(Node):
    """Somebody the bank serves or may serve."""

    kind: CustomerKind = field(description="Person or organisation; decides the type.")
    state: CustomerState = field(description="Where they are in their life with the bank; a prospect is a state.")
    customer_no: str = field(description="Number given by core banking (核心客户号).")
    display_name: str = field(
        edges.display_name, description="The name, or the customer number where no name is known."
    )
    name: str | None = field(edges.name, description="Legal name, as on the identity document; ordered by pinyin.")
    name_sort_key: str | None = field(
        description="Pinyin of the name, small letters, syllables apart: search by its beginning."
    )
    name_initials: str | None = field(description="Initials of the pinyin, small letters: search by their beginning.")
    joined_on: date | None = field(description="Day of their first contract.")
    aum: Money | None = field(
        edges.aum,
        description="Assets under management at the close of the business date (时点 AUM): the balances of the "
        "accounts that they own in the bank's base currency and that are not closed, added up; a joint account counts "
        "in full for each owner, other currencies do not count. Null where there is no such balance.",
    )
    branch: ToOne = field(edges.branch, description="Home branch (开户机构).")
    manager: ToOne = field(edges.manager, description="Relationship manager (客户经理); null where unassigned.")
    backup_manager: ToOne = field(
        edges.backup_manager, description="Who stands in for the manager at any time (B角); null where there is none."
    )
    holdings: ToMany = field(edges.holdings, description="Their part in accounts, in order of entry.")
    accounts: ToMany = field(edges.accounts, description="Accounts they hold alone or jointly, newest first.")
    loans: ToMany = field(edges.loans, description="Loans on their accounts, newest first.")
    cards: ToMany = field(edges.cards, description="Cards in their own name, newest first.")
    contracts: ToMany = field(edges.contracts, description="All of these accounts, loans and cards, newest first.")
    relations: ToMany = field(edges.relations, description="Ties to other customers, from either end.")
    household: ToOne = field(edges.household, description="The household (家庭) they belong to.")
    access_log: ToMany = field(edges.access_log, description="Who saw or changed what of them, newest first.")
    access_grants: ToMany = field(edges.access_grants, description="Who else may see them for a while, newest first.")
    tags: ToMany = field(edges.tags, description="Their tags, newest first.")
    consents: ToMany = field(edges.consents, description="What they said to what they were asked for, newest first.")
    portfolio_history: ToMany = field(
        edges.portfolio_history, description="Who managed them, as manager or backup (管户历史), newest first."
    )
    group_memberships: ToMany = field(
        edges.group_memberships, description="Groups that they belong to (集团), newest first."
    )
    party_roles: ToMany = field(
        edges.party_roles, description="What they are to the bank besides: supplier, partner, newest first."
    )
    guarantees_given: ToMany = field(
        edges.guarantees_given, description="Debts of others that they answer for (担保), newest first."
    )
    collaterals: ToMany = field(
        edges.collaterals, description="What of theirs secures loans, their own and others' (抵押物), newest first."
    )
    credit_dossiers: ToMany = field(edges.credit_dossiers, description="What they may owe the bank, newest first.")
    do_not_contacts: ToMany = field(
        edges.do_not_contacts, description="When they are to be left alone (免打扰), newest first."
    )
    attributes: ToMany = field(edges.attributes, description="Their values of custom attributes, newest first.")
    life_events: ToMany = field(
        edges.life_events, description="What changes in their life (生活事件), what comes last first."
    )
    documents: ToMany = field(edges.documents, description="Their documents (资料), newest first.")
    notes: ToMany = field(edges.notes, description="What staff remarked about them (备注), newest first.")
    interactions: ToMany = field(edges.interactions, description="Contacts with the bank, newest first.")
    tickets: ToMany = field(edges.tickets, description="What they wanted from the bank, newest first.")
    service_requests: ToMany = field(
        edges.service_requests, description="What core banking was asked to do for them, newest first."
    )
    tasks: ToMany = field(edges.tasks, description="What is to be done about them, those due first before others.")
    opportunities: ToMany = field(edges.opportunities, description="What they may buy (商机), newest first.")
    leads: ToMany = field(edges.leads, description="Hints that they may want something (线索), newest first.")
    referrals: ToMany = field(edges.referrals, description="Who sent them on to whom (转介), newest first.")
    alerts: ToMany = field(edges.alerts, description="Alerts about them (预警), newest first.")
    visits: ToMany = field(edges.visits, description="Visits to them, the latest first.")
    care_plans: ToMany = field(edges.care_plans, description="How they are cared for by themselves, the latest first.")
    cares: ToMany = field(edges.cares, description="Each time that they are cared for, the earliest first.")
    campaign_memberships: ToMany = field(
        edges.campaign_memberships, description="Audiences of campaigns that they are in (活动客群), newest first."
    )
    touches: ToMany = field(edges.touches, description="Attempts to reach them with an offer (触达), newest first.")
    responses: ToMany = field(edges.responses, description="What they answered to campaigns (响应), newest first.")
    risk_assessment: ToOne = field(
        edges.risk_assessment, description="How much risk they can bear (风险测评), as they were asked last."
    )
    risk_assessments: ToMany = field(edges.risk_assessments, description="All of these, newest first.")
    tier: ToOne = field(edges.tier, description="The tier (客户等级) that they have; null where they have none.")
    tiers: ToMany = field(edges.tiers, description="The tiers that they have and had, newest first.")
    segments: ToMany = field(edges.segments, description="Segments (客群) that they are in, the newest first.")
    scores: ToMany = field(edges.scores, description="What models say of them (评分), highest first.")
    recommendations: ToMany = field(edges.recommendations, description="What to do for them next (推荐), in its order.")
    survey_responses: ToMany = field(edges.survey_responses, description="What they answered to surveys, newest first.")
    handovers: ToMany = field(edges.handovers, description="Hand-overs they were part of, newest first.")
    backup_handovers: ToMany = field(
        edges.backup_handovers, description="Hand-overs of their backup manager (B角), newest first."
    )
    identity_documents: ToMany = field(edges.identity_documents, description="Identity documents (证件).")
    contact_points: ToMany = field(edges.contact_points, description="Addresses, telephones and mail.")


@node(edges.rows, prefix="cus", kind="PERSON", description="A natural person.")
class Person(Customer):
    """A customer of flesh and blood."""

    sex: Sex | None = field(description="Sex, as the identity document says.")
    birth_on: date | None = field(edges.birth_on, description="Day of birth.")
    age: int | None = field(edges.age, description="Completed years on the business date.")


@node(edges.rows, prefix="cus", kind="ORGANISATION", description="A company, authority or association.")
class Organisation(Customer):
    """A customer that is not a person."""

    registered_on: date | None = field(description="Day of registration.")


@node(
    edges.identity_document_rows, prefix="idd", description="An identity document (证件); its number is shown masked."
)
class IdentityDocument(Node):
    """What proves who somebody is."""

    type: IdentityDocumentType = field(description="Kind of document.")
    number_masked: str | None = field(edges.number_masked, description="Number, masked.")
    issued_on: date | None = field(description="Day of issue.")
    expires_on: date | None = field(description="Last day of validity.")
    ended_at: datetime | None = field(description="When it was replaced or given up; null while it counts.")
    customer: ToOne = field(edges.owner, description="Whom it identifies.")
    copies: ToMany = field(edges.copies, description="Documents that copy it, newest first.")


@node(
    edges.contact_point_rows,
    prefix="con",
    description="A way to reach a customer; street, telephone and mail are shown masked.",
)
class ContactPoint(Node):
    """An address, a telephone or a mail account."""

    kind: ContactPointKind = field(description="How it reaches them.")
    is_primary: bool = field(description="Whether it is the first of its kind to try.")
    value_masked: str | None = field(edges.value_masked, description="Street, number or mail address, masked.")
    district: str | None = field(description="District or county of an address.")
    region: str | None = field(description="Region or province of an address.")
    country: str | None = field(description="Country of an address, ISO 3166-1 alpha-2.")
    ended_at: datetime | None = field(description="Since when it is not to be used any more; null while it is.")
    customer: ToOne = field(edges.owner, description="Whom it reaches.")
    visits: ToMany = field(edges.contact_point_visits, description="Visits that go to it, the latest first.")
