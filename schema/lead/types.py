"""Leads as clients see them."""

from datetime import datetime

from domain.lead.model import LeadDropReason, LeadOrigin, LeadState
from domain.shared.channel import Channel
from resolvers.lead import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(Channel)
described(LeadDropReason)
described(LeadOrigin)
described(LeadState)


@node(
    edges.rows,
    prefix="lea",
    description="A hint that somebody may want something (线索): a customer, or whatever the bank was told of somebody "
    "who is none. Seen by who owns and captured it, and where its branch or its customer is in reach.",
)
class Lead(Node):
    """Somebody to ask."""

    origin: LeadOrigin = field(description="Where the bank learned of it.")
    channel: Channel = field(description="In which way it reached the bank.")
    state: LeadState = field(description="What became of it.")
    name: str | None = field(description="How they are called, as the bank was told.")
    phone_masked: str | None = field(edges.phone_masked, description="Their telephone number, masked.")
    interest: str = field(description="What they may want.")
    captured_at: datetime = field(description="When the bank learned of it, UTC.")
    closed_at: datetime | None = field(description="When it was qualified or dropped, UTC; null while it is open.")
    drop_reason: LeadDropReason | None = field(description="Why nothing comes of it.")
    drop_note: str | None = field(description="What was written down when it was dropped.")
    customer: ToOne = field(
        edges.customer, description="Who they are; null where they are no customer, or the reader may not see them."
    )
    product: ToOne = field(edges.product, description="What they may want, where that is known.")
    owner: ToOne = field(edges.owner, description="Who follows it up; null while anybody in the branch may.")
    captured_by: ToOne = field(edges.captured_by, description="Who took it down; null where they did, or the system.")
    branch: ToOne = field(edges.branch, description="Where it is followed up.")
    campaign: ToOne = field(edges.campaign, description="The campaign that brought it.")
    opportunities: ToMany = field(edges.opportunities, description="What came of it, newest first.")
