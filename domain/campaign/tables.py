"""Campaigns: dated offers to an audience; who is in it, as it was when it was drawn; and the events of each."""

import sqlalchemy as sa

from domain.campaign.model import CampaignArm, CampaignEventState, CampaignObjective, CampaignState
from domain.shared.channel import Channel
from domain.shared.columns import Money, Rate, SortKey, c1, choice, choices, from_source, metadata, node, reference

campaign = sa.Table(
    "campaign",
    metadata,
    *node(),
    c1("name", sa.Text),
    c1("name_sort_key", SortKey),
    c1("offer", sa.Text),
    choice("objective", CampaignObjective),
    choice("state", CampaignState),
    choices("channels", Channel, personal=False),
    reference("product_id", "product", nullable=True),
    # The plan that this one carries out in one branch.
    reference("parent_id", "campaign", nullable=True),
    reference("branch_id", "branch"),
    reference("owner_id", "staff"),
    reference("approved_by_id", "staff", nullable=True),
    c1("starts_on", sa.Date),
    c1("ends_on", sa.Date),
    c1("budget", Money, nullable=True),
    c1("spent", Money, nullable=True),
    c1("currency", sa.Text),
    # How much of the audience is left alone.
    c1("control_ratio", Rate),
    from_source(),
    sa.CheckConstraint("starts_on <= ends_on", name="period"),
    sa.CheckConstraint("budget >= 0 AND spent >= 0", name="budget"),
    sa.CheckConstraint("control_ratio >= 0 AND control_ratio < 1", name="control_ratio"),
    sa.CheckConstraint("parent_id <> id", name="parent"),
    sa.CheckConstraint("approved_by_id IS NULL OR approved_by_id <> owner_id", name="approval"),
    sa.CheckConstraint("approved_by_id IS NOT NULL OR state IN ('PLANNED', 'CANCELLED')", name="approved"),
    sa.Index(None, "starts_on", "id"),
    sa.Index(None, "product_id", "starts_on"),
    sa.Index(None, "branch_id", "starts_on"),
    sa.Index(None, "parent_id"),
    sa.Index(None, "owner_id"),
    sa.Index(None, "approved_by_id"),
)

campaign_member = sa.Table(
    "campaign_member",
    metadata,
    *node(),
    reference("campaign_id", "campaign"),
    reference("customer_id", "customer"),
    choice("arm", CampaignArm),
    c1("drawn_on", sa.Date),
    from_source(),
    sa.UniqueConstraint("campaign_id", "customer_id"),
    sa.Index(None, "customer_id", "drawn_on"),
    sa.Index(None, "drawn_on", "id"),
)

campaign_event = sa.Table(
    "campaign_event",
    metadata,
    *node(),
    reference("campaign_id", "campaign"),
    reference("branch_id", "branch"),
    # Who receives the guests.
    reference("host_id", "staff", nullable=True),
    c1("name", sa.Text),
    c1("venue", sa.Text),
    choice("state", CampaignEventState),
    c1("starts_at", sa.TIMESTAMP(timezone=True)),
    c1("ends_at", sa.TIMESTAMP(timezone=True)),
    c1("seat_count", sa.Integer, nullable=True),
    from_source(),
    sa.CheckConstraint("starts_at < ends_at", name="time"),
    sa.CheckConstraint("seat_count > 0", name="seat_count"),
    sa.Index(None, "campaign_id", "starts_at"),
    sa.Index(None, "branch_id", "starts_at"),
    sa.Index(None, "host_id", "starts_at"),
    sa.Index(None, "starts_at", "id"),
)
