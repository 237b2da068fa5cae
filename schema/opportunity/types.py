"""Opportunities and their stages as clients see them."""

from datetime import date, datetime
from decimal import Decimal

from domain.opportunity.model import OpportunityCloseReason, OpportunityKind, OpportunityOccasion, OpportunityStage
from resolvers.opportunity import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToMany, ToOne, field, node

described(OpportunityCloseReason)
described(OpportunityKind)
described(OpportunityOccasion)
described(OpportunityStage)


@node(
    edges.rows,
    prefix="opp",
    description="A possible sale (商机). Seen by who owns and opened it, and where its branch or its customer is in "
    "reach.",
)
class Opportunity(Node):
    """What somebody may buy."""

    name: str = field(description="What may be sold, in a few words.")
    description: str | None = field(description="What there is to know about it.")
    kind: OpportunityKind = field(description="How it goes on from what the customer has.")
    occasion: OpportunityOccasion | None = field(description="What gave rise to it.")
    stage: OpportunityStage = field(description="How far it has come; WON and LOST are its ends.")
    amount: Money | None = field(edges.amount_expected, description="How much may be sold; null while nobody can say.")
    currency: str = field(description="Currency that it is counted in, ISO 4217.")
    probability_ratio: Decimal = field(description="How likely it is sold, from 0 to 1.")
    opened_at: datetime = field(description="When it was opened, UTC.")
    expected_close_on: date | None = field(description="Day on which it should be decided.")
    closed_at: datetime | None = field(description="When it was won or lost, UTC; null while it is open.")
    close_reason: OpportunityCloseReason | None = field(description="What decided it.")
    close_note: str | None = field(description="What was written down when it was decided.")
    customer: ToOne = field(
        edges.customer, description="Who may buy; null where they are no customer yet, or the reader may not see them."
    )
    product: ToOne = field(edges.product, description="What may be sold, where that is known.")
    owner: ToOne = field(edges.owner, description="Who is to make it a sale; null while anybody in the branch may.")
    opened_by: ToOne = field(edges.opened_by, description="Who opened it; null where the system did.")
    branch: ToOne = field(edges.branch, description="Where it is worked on.")
    lead: ToOne = field(edges.lead, description="The lead that it came of.")
    referral: ToOne = field(edges.referral, description="The referral that it came of.")
    campaign: ToOne = field(edges.campaign, description="The campaign that brought it.")
    responses: ToMany = field(edges.responses, description="Responses to campaigns that belong to it, newest first.")
    stage_changes: ToMany = field(edges.stage_changes, description="The stages it went through, in their order.")
    quotations: ToMany = field(edges.quotations, description="Terms asked for and offered, newest first.")


@node(
    edges.stage_change_rows,
    prefix="osc",
    description="That an opportunity came to a stage (商机阶段变更), and what was thought of it then. Never changed.",
)
class OpportunityStageChange(Node):
    """A step of an opportunity."""

    from_stage: OpportunityStage | None = field(description="Where it was before; null where it began.")
    to_stage: OpportunityStage = field(description="Where it came to.")
    changed_at: datetime = field(description="When, UTC.")
    amount: Money | None = field(edges.change_amount, description="How much was thought to be sold then.")
    currency: str = field(description="Currency of that, ISO 4217.")
    probability_ratio: Decimal = field(description="How likely it was thought to be sold then, from 0 to 1.")
    note: str | None = field(description="What was written down.")
    opportunity: ToOne = field(edges.change_opportunity, description="The opportunity.")
    staff: ToOne = field(edges.change_staff, description="Who took it there; null where the system did.")
