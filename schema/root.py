"""The schema: every slice put together, and the root of all queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import GraphQLSchema, is_abstract_type, is_object_type
from strawberry.schema.config import StrawberryConfig
from strawberry.utils.str_converters import to_camel_case

from domain.customer.tables import customer
from resolvers.access_alert import edges as access_alert
from resolvers.access_grant import edges as access_grant
from resolvers.access_log import edges as access_log
from resolvers.account import edges as account
from resolvers.alert import edges as alert
from resolvers.announcement import edges as announcement
from resolvers.attribute import edges as attribute
from resolvers.bank import edges as bank
from resolvers.branch import edges as branch
from resolvers.campaign import edges as campaign
from resolvers.card import edges as card
from resolvers.care_plan import edges as care_plan
from resolvers.collateral import edges as collateral
from resolvers.consent import edges as consent
from resolvers.contract import edges as contract
from resolvers.credit_dossier import edges as credit_dossier
from resolvers.customer import edges as customers
from resolvers.customer_group import edges as customer_group
from resolvers.do_not_contact import edges as do_not_contact
from resolvers.document import edges as document
from resolvers.engine.edges import ById, Declaration
from resolvers.engine.graph import Graph, NodeType
from resolvers.go_live import edges as go_live
from resolvers.guarantee import edges as guarantee
from resolvers.handover import edges as handover
from resolvers.household import edges as household
from resolvers.indicator import edges as indicator
from resolvers.interaction import edges as interaction
from resolvers.knowledge_article import edges as knowledge_article
from resolvers.lead import edges as lead
from resolvers.life_event import edges as life_event
from resolvers.loan import edges as loan
from resolvers.model_version import edges as model_version
from resolvers.note import edges as note
from resolvers.opportunity import edges as opportunity
from resolvers.party_role import edges as party_role
from resolvers.policy import edges as policy
from resolvers.portfolio import edges as portfolio
from resolvers.product import edges as product
from resolvers.quotation import edges as quotation
from resolvers.recommendation import edges as recommendation
from resolvers.referral import edges as referral
from resolvers.relation import edges as relation
from resolvers.response import edges as response
from resolvers.risk_assessment import edges as risk_assessment
from resolvers.run import edges as run
from resolvers.score import edges as score
from resolvers.search import edges as search
from resolvers.segment import edges as segment
from resolvers.service_request import edges as service_request
from resolvers.source import edges as source
from resolvers.source_batch import edges as source_batch
from resolvers.staff import edges as staff
from resolvers.standing_order import edges as standing_order
from resolvers.survey import edges as survey
from resolvers.tag import edges as tag
from resolvers.task import edges as task
from resolvers.ticket import edges as ticket
from resolvers.tier import edges as tier
from resolvers.touch import edges as touch
from resolvers.transaction import edges as transaction
from resolvers.user_application import edges as user_application
from resolvers.viewer import edges as viewer
from resolvers.visit import edges as visit
from resolvers.working_calendar import edges as working_calendar
from schema.access import mutations as _access_mutations  # noqa: F401
from schema.access_alert import mutations as _access_alert_mutations  # noqa: F401
from schema.access_alert import subscriptions as _access_alert_subscriptions  # noqa: F401
from schema.access_alert import types as _access_alert  # noqa: F401
from schema.access_grant import mutations as _access_grant_mutations  # noqa: F401
from schema.access_grant import types as _access_grant  # noqa: F401
from schema.access_log import types as _access_log  # noqa: F401
from schema.account import types as _account  # noqa: F401
from schema.alert import mutations as _alert_mutations  # noqa: F401
from schema.alert import subscriptions as _alert_subscriptions  # noqa: F401
from schema.alert import types as _alert  # noqa: F401
from schema.announcement import mutations as _announcement_mutations  # noqa: F401
from schema.announcement import types as _announcement  # noqa: F401
from schema.attribute import mutations as _attribute_mutations  # noqa: F401
from schema.attribute import types as _attribute  # noqa: F401
from schema.bank.types import Bank
from schema.branch import mutations as _branch_mutations  # noqa: F401
from schema.branch import types as _branch  # noqa: F401
from schema.building import DECLARATION, Argument, fields_of, output_field, set_arguments, set_type
from schema.campaign import types as _campaign  # noqa: F401
from schema.card import types as _card  # noqa: F401
from schema.care_plan import mutations as _care_plan_mutations  # noqa: F401
from schema.care_plan import types as _care_plan  # noqa: F401
from schema.collateral import types as _collateral  # noqa: F401
from schema.connection import Inputs, connections
from schema.consent import mutations as _consent_mutations  # noqa: F401
from schema.consent import types as _consent  # noqa: F401
from schema.contract import types as _contract  # noqa: F401
from schema.credit_dossier import types as _credit_dossier  # noqa: F401
from schema.customer import deliveries as _customer_deliveries  # noqa: F401
from schema.customer import mutations as _customer_mutations  # noqa: F401
from schema.customer import subscriptions as _customer_subscriptions  # noqa: F401
from schema.customer.types import Customer
from schema.customer_group import types as _customer_group  # noqa: F401
from schema.do_not_contact import mutations as _do_not_contact_mutations  # noqa: F401
from schema.do_not_contact import types as _do_not_contact  # noqa: F401
from schema.document import types as _document  # noqa: F401
from schema.errors import ERRORS
from schema.go_live import mutations as _go_live_mutations  # noqa: F401
from schema.go_live import types as _go_live  # noqa: F401
from schema.guarantee import types as _guarantee  # noqa: F401
from schema.handover import mutations as _handover_mutations  # noqa: F401
from schema.handover import types as _handover  # noqa: F401
from schema.household import mutations as _household_mutations  # noqa: F401
from schema.household import types as _household  # noqa: F401
from schema.indicator import types as _indicator  # noqa: F401
from schema.interaction import deliveries as _interaction_deliveries  # noqa: F401
from schema.interaction import mutations as _interaction_mutations  # noqa: F401
from schema.interaction import types as _interaction  # noqa: F401
from schema.knowledge_article import mutations as _knowledge_article_mutations  # noqa: F401
from schema.knowledge_article import types as _knowledge_article  # noqa: F401
from schema.lead import deliveries as _lead_deliveries  # noqa: F401
from schema.lead import mutations as _lead_mutations  # noqa: F401
from schema.lead import types as _lead  # noqa: F401
from schema.life_event import mutations as _life_event_mutations  # noqa: F401
from schema.life_event import types as _life_event  # noqa: F401
from schema.loan import types as _loan  # noqa: F401
from schema.model_version import types as _model_version  # noqa: F401
from schema.mutation import mutation_type
from schema.node import NODES, Node, give_type, resolve_edges
from schema.note import mutations as _note_mutations  # noqa: F401
from schema.note import types as _note  # noqa: F401
from schema.opportunity import mutations as _opportunity_mutations  # noqa: F401
from schema.opportunity import types as _opportunity  # noqa: F401
from schema.party_role import types as _party_role  # noqa: F401
from schema.policy import mutations as _policy_mutations  # noqa: F401
from schema.policy import types as _policy  # noqa: F401
from schema.portfolio import types as _portfolio  # noqa: F401
from schema.product import types as _product  # noqa: F401
from schema.quotation import types as _quotation  # noqa: F401
from schema.recommendation import types as _recommendation  # noqa: F401
from schema.referral import types as _referral  # noqa: F401
from schema.relation import mutations as _relation_mutations  # noqa: F401
from schema.relation import types as _relation  # noqa: F401
from schema.response import mutations as _response_mutations  # noqa: F401
from schema.response import types as _response  # noqa: F401
from schema.reveal import mutations as _reveal_mutations  # noqa: F401
from schema.risk_assessment import types as _risk_assessment  # noqa: F401
from schema.run import types as _run  # noqa: F401
from schema.scalars import SCALARS
from schema.score import types as _score  # noqa: F401
from schema.search import types as searching
from schema.segment import types as _segment  # noqa: F401
from schema.service_request import mutations as _service_request_mutations  # noqa: F401
from schema.service_request import types as _service_request  # noqa: F401
from schema.source import types as _source  # noqa: F401
from schema.source_batch import types as _source_batch  # noqa: F401
from schema.staff import mutations as _staff_mutations  # noqa: F401
from schema.staff import types as _staff  # noqa: F401
from schema.standing_order import types as _standing_order  # noqa: F401
from schema.subscription import subscription_type
from schema.survey import mutations as _survey_mutations  # noqa: F401
from schema.survey import types as _survey  # noqa: F401
from schema.tag import mutations as _tag_mutations  # noqa: F401
from schema.tag import types as _tag  # noqa: F401
from schema.task import mutations as _task_mutations  # noqa: F401
from schema.task import subscriptions as _task_subscriptions  # noqa: F401
from schema.task import types as _task  # noqa: F401
from schema.ticket import mutations as _ticket_mutations  # noqa: F401
from schema.ticket import subscriptions as _ticket_subscriptions  # noqa: F401
from schema.ticket import types as _ticket  # noqa: F401
from schema.tier import types as _tier  # noqa: F401
from schema.touch import mutations as _touch_mutations  # noqa: F401
from schema.touch import types as _touch  # noqa: F401
from schema.transaction import types as _transaction  # noqa: F401
from schema.user_application import mutations as _user_application_mutations  # noqa: F401
from schema.user_application import types as _user_application  # noqa: F401
from schema.viewer.types import Viewer
from schema.visit import mutations as _visit_mutations  # noqa: F401
from schema.visit import types as _visit  # noqa: F401
from schema.working_calendar import mutations as _working_calendar_mutations  # noqa: F401
from schema.working_calendar import types as _working_calendar  # noqa: F401

ROOT_CONNECTIONS = {
    "customers": (customers.all_customers, "Customers the reader may see, in order of entry."),
    "identity_documents": (customers.all_identity_documents, "Identity documents of those customers."),
    "contact_points": (customers.all_contact_points, "Contact points of those customers."),
    "accounts": (account.all_accounts, "Accounts the reader may see, newest first."),
    "account_holders": (account.all_holders, "Who holds them."),
    "balances": (account.all_balances, "Closing balances, newest first."),
    "transactions": (transaction.all_transactions, "Transactions the reader may see, newest first."),
    "loans": (loan.all_loans, "Loans the reader may see, newest first."),
    "cards": (card.all_cards, "Cards the reader may see, newest first."),
    "contracts": (contract.all_contracts, "Accounts, loans and cards the reader may see, newest first."),
    "standing_orders": (standing_order.all_standing_orders, "Standing orders the reader may see."),
    "relations": (relation.all_relations, "Relations the reader may see."),
    "households": (household.all_households, "Households the reader may see."),
    "household_members": (household.all_members, "Members of those households."),
    "access_log": (access_log.all_events, "Entries of the access log the reader may see, newest first."),
    "access_alerts": (access_alert.all_alerts, "Alerts on suspicious use the reader may see, newest first."),
    "access_grants": (access_grant.all_grants, "Grants of access to customers the reader may see, newest first."),
    "policy_versions": (policy.all_versions, "Versions of the policy, newest first."),
    "policy_lines": (policy.all_lines, "Lines of those versions, by role."),
    "go_lives": (go_live.all_applications, "Applications of branches to go live, newest first."),
    "handovers": (handover.all_handovers, "Hand-overs the reader may see, newest first."),
    "user_applications": (
        user_application.all_applications,
        "Applications for users and roles the reader may see, newest first.",
    ),
    "tags": (tag.all_tags, "The bank's tags, by name."),
    "customer_tags": (tag.all_customer_tags, "Which of those customers have them, newest first."),
    "consents": (consent.all_consents, "Consents of customers the reader may see, newest first."),
    "customer_groups": (customer_group.all_groups, "Groups of customers the reader may see, by name."),
    "customer_group_members": (customer_group.all_members, "Which of those customers belong to them, newest first."),
    "party_roles": (party_role.all_party_roles, "What those customers are to the bank besides, newest first."),
    "guarantees": (guarantee.all_guarantees, "Guarantees the reader may see, newest first."),
    "collaterals": (collateral.all_collaterals, "Collateral the reader may see, newest first."),
    "credit_dossiers": (
        credit_dossier.all_dossiers,
        "Credit dossiers of customers the reader may see, newest first.",
    ),
    "credit_dossier_entries": (credit_dossier.all_entries, "What happened to those dossiers, newest first."),
    "do_not_contacts": (
        do_not_contact.all_do_not_contacts,
        "Which of those customers are to be left alone, newest first.",
    ),
    "attribute_definitions": (attribute.all_definitions, "Custom attributes, by name."),
    "customer_attributes": (attribute.all_values, "Values that those customers have of them, newest first."),
    "life_events": (life_event.all_life_events, "Life events of those customers, what comes last first."),
    "documents": (document.all_documents, "Documents of customers the reader may see, newest first."),
    "notes": (note.all_notes, "Notes about those customers, newest first."),
    "tasks": (task.all_tasks, "Tasks the reader may see, those due first before others."),
    "tickets": (ticket.all_tickets, "Tickets the reader may see, newest first."),
    "ticket_events": (ticket.all_events, "What happened to those tickets, newest first."),
    "interactions": (interaction.all_interactions, "Contacts with customers the reader may see, newest first."),
    "alerts": (alert.all_alerts, "Alerts on business the reader may see, newest first."),
    "alert_rules": (alert.all_rules, "What raises them, by number."),
    "alert_preferences": (alert.all_preferences, "Who wants them otherwise than the rules say."),
    "alert_badges": (alert.all_badges, "How much of their inbox the staff the reader may see have not looked at."),
    "announcements": (announcement.all_announcements, "Announcements the reader may see, newest first."),
    "announcement_audiences": (announcement.all_audiences, "To whom those announcements are addressed."),
    "announcement_readers": (announcement.all_readers, "Who has read announcements, newest first."),
    "opportunities": (opportunity.all_opportunities, "Opportunities the reader may see, newest first."),
    "opportunity_stage_changes": (opportunity.all_stage_changes, "The stages those went through, newest first."),
    "quotations": (quotation.all_quotations, "Terms asked for and offered within them, newest first."),
    "leads": (lead.all_leads, "Leads the reader may see, newest first."),
    "referrals": (referral.all_referrals, "Referrals the reader may see, newest first."),
    "portfolio_terms": (portfolio.all_terms, "Who managed customers the reader may see, newest first."),
    "sources": (source.all_sources, "The register of sources, by name."),
    "source_batches": (source_batch.all_batches, "Deliveries of those sources, newest first."),
    "source_files": (source_batch.all_files, "Files of those deliveries, by name."),
    "visits": (visit.all_visits, "Visits to customers the reader may see, the latest first."),
    "care_plans": (care_plan.all_plans, "Care plans the reader may see, the latest first."),
    "cares": (care_plan.all_cares, "Care for customers the reader may see, the earliest first."),
    "service_requests": (
        service_request.all_requests,
        "What core banking was asked to do for customers the reader may see, newest first.",
    ),
    "campaigns": (campaign.all_campaigns, "The bank's campaigns, newest first."),
    "campaign_events": (campaign.all_events, "Events of those campaigns, newest first."),
    "campaign_members": (
        campaign.all_members,
        "Which customers the reader may see are in their audience, newest first.",
    ),
    "touches": (touch.all_touches, "Attempts to reach those customers, newest first."),
    "responses": (response.all_responses, "What came back from those customers, newest first."),
    "risk_assessments": (
        risk_assessment.all_assessments,
        "How much risk customers the reader may see can bear, newest first.",
    ),
    "indicators": (indicator.all_indicators, "What performance is measured by, by name."),
    "targets": (indicator.all_targets, "Targets the reader may see, newest first."),
    "tiers": (tier.all_tiers, "The bank's tiers, from the lowest."),
    "tier_rules": (tier.all_rules, "What they ask for, newest first."),
    "customer_tiers": (
        tier.all_customer_tiers,
        "Which customers the reader may see have them or had them, newest first.",
    ),
    "segments": (segment.all_segments, "The bank's segments, by name."),
    "segment_memberships": (segment.all_memberships, "Which customers the reader may see are in them, newest first."),
    "scores": (score.all_scores, "Scores of customers the reader may see, highest first."),
    "recommendations": (recommendation.all_recommendations, "What to do for those customers next, first ones first."),
    "runs": (run.all_runs, "What was worked out for many customers at once, newest first."),
    "model_versions": (model_version.all_model_versions, "The register of models, newest first."),
    "knowledge_articles": (knowledge_article.all_articles, "Editions of the articles of the knowledge base, by title."),
    "surveys": (survey.all_surveys, "What customers are asked, by title."),
    "survey_questions": (survey.all_questions, "The questions of those surveys."),
    "survey_responses": (survey.all_responses, "What customers the reader may see answered, newest first."),
    "survey_answers": (survey.all_answers, "The same question by question."),
    "branches": (branch.all_branches, "Branches, in the order of the coverage tree."),
    "working_calendars": (working_calendar.all_calendars, "The bank's working calendars, by name."),
    "calendar_days": (working_calendar.all_days, "Days that they say something of, the earliest first."),
    "staff": (staff.all_staff, "Staff the reader may see, by name."),
    "products": (product.all_products, "The product catalogue, by name."),
}
"""By Python name, the connections over all rows of a type and what they are."""


@dataclass(frozen=True)
class Built:
    """The schema, and the declarations that the engine reads."""

    strawberry: strawberry.Schema
    graph: Graph

    @property
    def schema(self) -> GraphQLSchema:
        """The schema as graphql-core knows it."""
        return self.strawberry._schema

    @property
    def sdl(self) -> str:
        """The schema in its own language."""
        return self.strawberry.as_str() + "\n"


def build_schema() -> Built:
    """Put the schema together; once per process, since types are module-wide."""
    types = _node_types()
    graph = Graph(types, {})
    made = connections(graph)
    inputs = Inputs(graph)
    resolve_edges(made, inputs.arguments)
    query = _query(made, inputs)
    for target in fields_of(Viewer):
        give_type(target, made, inputs.arguments)
    mutation, of_mutations = mutation_type()
    subscription, of_subscriptions = subscription_type(made, inputs.arguments)
    objects = {"Query": query, "Viewer": Viewer, "Bank": Bank}
    plain = {name: _declarations(cls) for name, cls in objects.items()} | {**of_mutations, **of_subscriptions}
    schema = strawberry.Schema(
        query=query,
        mutation=mutation,
        subscription=subscription,
        types=[*(registered.cls for registered in NODES.values()), *ERRORS],
        config=StrawberryConfig(auto_camel_case=True, scalar_map=SCALARS),
    )
    _leave_resolving_to_the_engine(schema._schema)
    return Built(schema, Graph(types, plain))


def _leave_resolving_to_the_engine(schema: GraphQLSchema) -> None:
    """Strawberry's resolvers expect instances of our classes; the engine's rows are none."""
    for type_ in schema.type_map.values():
        if is_object_type(type_) and not type_.name.startswith("__"):
            type_.is_type_of = None
            for field in type_.fields.values():
                field.resolve = None
        elif is_abstract_type(type_):
            type_.resolve_type = None


def _node_types() -> Mapping[str, NodeType]:
    return {
        registered.name: NodeType(
            name=registered.name,
            prefix=registered.prefix,
            rows=registered.rows,
            fields={to_camel_case(name): declared for name, declared in registered.declarations.items()},
            kinds={
                other.kind: other.name
                for other in NODES.values()
                if other.kind is not None and other.rows.table is registered.rows.table and registered.kind is None
            },
            kind=registered.kind,
        )
        for registered in NODES.values()
    }


def _query(made: Mapping[str, Any], inputs: Inputs) -> type:
    declared: dict[str, tuple[str, Declaration]] = {
        "node": ("Any node by its id; null where the reader may see none of that id.", ById(None)),
        "nodes": ("Nodes by their ids, in their order, at most 100; null for each that the reader may not see.",
                  ById(None, plural=True)),
        "customer": ("A customer by id; null where the reader may see none of that id.", ById(customer)),
        "search": (searching.DESCRIPTION, search.search),
        "viewer": ("Who is asking.", viewer.viewer),
        "bank": ("The bank whose customers these are; every reader sees it.", bank.the_bank),
    }  # fmt: skip
    declared |= {name: (text, edge) for name, (edge, text) in ROOT_CONNECTIONS.items()}
    fields = {name: output_field(text, declaration) for name, (text, declaration) in declared.items()}
    query = strawberry.type(
        type("Query", (), {"__annotations__": dict.fromkeys(fields, str), **fields}),
        name="Query",
        description="Everything that can be asked. What the reader may not see is absent, not an error.",
    )
    an_id = {"id": Argument(strawberry.ID, "Id of the node.")}
    typed = {
        "node": (Node | None, an_id),
        "nodes": (list[Node | None], {"ids": Argument(list[strawberry.ID], "Ids of the nodes, at most 100.")}),
        "customer": (Customer | None, {"id": Argument(strawberry.ID, "Id of the customer.")}),
        "search": (searching.SearchResults, searching.ARGUMENTS),
        "viewer": (Viewer, {}),
        "bank": (Bank, {}),
    }
    for target in fields_of(query):
        if target.python_name in typed:
            type_, arguments = typed[target.python_name]
            set_type(target, type_)
            set_arguments(target, arguments)
        else:
            give_type(target, made, inputs.arguments)
    return query


def _declarations(cls: object) -> Mapping[str, Declaration]:
    return {to_camel_case(target.python_name): target.metadata[DECLARATION] for target in fields_of(cls)}
