"""Campaigns, their audience and their events as clients see them."""

from datetime import date, datetime
from decimal import Decimal

from domain.campaign.model import CampaignArm, CampaignEventState, CampaignObjective, CampaignState
from domain.shared.channel import Channel
from resolvers.campaign import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToMany, ToOne, field, node

for _words in (CampaignArm, CampaignEventState, CampaignObjective, CampaignState, Channel):
    described(_words)


@node(edges.rows, prefix="cam", description="A dated offer to an audience (营销活动).")
class Campaign(Node):
    """What the bank offers, to whom, for how long."""

    name: str = field(edges.name, description="Name; ordered by pinyin.")
    offer: str = field(description="What is offered.")
    objective: CampaignObjective = field(description="What it is for.")
    state: CampaignState = field(description="How far it has come.")
    channels: list[Channel] = field(description="In which ways customers are reached.")
    starts_on: date = field(description="First day.")
    ends_on: date = field(description="Last day.")
    budget: Money | None = field(edges.budget, description="What it may cost.")
    spent: Money | None = field(edges.spent, description="What it has cost so far.")
    currency: str = field(description="Currency of that, ISO 4217.")
    control_ratio: Decimal = field(
        description="How much of the audience is left alone, to see what happens without it: from 0 to less than 1."
    )
    product: ToOne = field(edges.product, description="What is offered, where it is one product.")
    parent: ToOne = field(edges.parent, description="The plan (预设方案) that this one carries out in one branch.")
    children: ToMany = field(
        edges.children, description="Campaigns of branches that carry this plan out, newest first."
    )
    branch: ToOne = field(edges.branch, description="Who runs it.")
    owner: ToOne = field(edges.owner, description="Who answers for it.")
    approved_by: ToOne = field(edges.approved_by, description="Who allowed it; somebody else than its owner.")
    members: ToMany = field(edges.members, description="Its audience, newest first.")
    events: ToMany = field(edges.events, description="Its events, in their order.")
    touches: ToMany = field(edges.touches, description="Attempts to reach customers, newest first.")
    responses: ToMany = field(edges.responses, description="What came back, newest first.")
    leads: ToMany = field(edges.leads, description="Leads that it brought, newest first.")
    opportunities: ToMany = field(edges.opportunities, description="Opportunities that it brought, newest first.")


@node(
    edges.member_rows,
    prefix="cme",
    description="That a customer is in the audience of a campaign (活动客群), as it was drawn.",
)
class CampaignMember(Node):
    """A place in an audience."""

    arm: CampaignArm = field(description="Whether they are reached or left alone.")
    drawn_on: date = field(description="Business date on which the audience was drawn.")
    campaign: ToOne = field(edges.own_campaign, description="The campaign.")
    customer: ToOne = field(edges.member_customer, description="The customer.")


@node(edges.event_rows, prefix="cev", description="A seminar, a salon or the like within a campaign (营销场次).")
class CampaignEvent(Node):
    """Something to come to. Invitations to it are touches, and who comes responds."""

    name: str = field(description="What it is called.")
    venue: str = field(description="Where it is held.")
    state: CampaignEventState = field(description="How it stands.")
    starts_at: datetime = field(description="When it begins, UTC.")
    ends_at: datetime = field(description="When it ends, UTC.")
    seat_count: int | None = field(description="How many may come; null where there is room for everybody.")
    campaign: ToOne = field(edges.own_campaign, description="The campaign.")
    branch: ToOne = field(edges.branch, description="Who holds it.")
    host: ToOne = field(edges.host, description="Who receives the guests.")
    touches: ToMany = field(edges.event_touches, description="Invitations, newest first.")
    responses: ToMany = field(edges.event_responses, description="Who registered, came and said what, newest first.")
