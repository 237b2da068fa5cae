"""Opportunities: possible sales, each with its owner and stage; and the stages that each went through."""

import sqlalchemy as sa

from domain.opportunity.model import OpportunityCloseReason, OpportunityKind, OpportunityOccasion, OpportunityStage
from domain.shared.columns import Money, Rate, c1, c2, choice, from_source, metadata, node, reference

opportunity = sa.Table(
    "opportunity",
    metadata,
    *node(),
    c2("name", sa.Text),
    c2("description", sa.Text, nullable=True),
    choice("kind", OpportunityKind),
    choice("occasion", OpportunityOccasion, nullable=True),
    choice("stage", OpportunityStage),
    # Nobody yet: somebody who is no customer, of whom the lead tells.
    reference("customer_id", "customer", nullable=True),
    reference("product_id", "product", nullable=True),
    # Nobody: whoever is in the branch may take it.
    reference("owner_id", "staff", nullable=True),
    # Nobody: the system.
    reference("opened_by_id", "staff", nullable=True),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    c2("amount", Money, nullable=True),
    c1("currency", sa.Text),
    c1("probability_ratio", Rate),
    c1("opened_at", sa.TIMESTAMP(timezone=True)),
    c1("expected_close_on", sa.Date, nullable=True),
    c1("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
    choice("close_reason", OpportunityCloseReason, nullable=True),
    c2("close_note", sa.Text, nullable=True),
    reference("lead_id", "lead", nullable=True),
    reference("referral_id", "referral", nullable=True),
    reference("campaign_id", "campaign", nullable=True),
    from_source(),
    sa.CheckConstraint("(stage IN ('WON', 'LOST')) = (closed_at IS NOT NULL)", name="closing"),
    sa.CheckConstraint("(closed_at IS NULL) = (close_reason IS NULL)", name="reason"),
    sa.CheckConstraint("customer_id IS NOT NULL OR (lead_id IS NOT NULL AND stage <> 'WON')", name="party"),
    sa.CheckConstraint("probability_ratio BETWEEN 0 AND 1", name="probability_ratio"),
    sa.CheckConstraint("amount > 0", name="amount"),
    sa.Index(None, "owner_id", "opened_at"),
    sa.Index(None, "opened_by_id", "opened_at"),
    sa.Index(None, "position", "opened_at"),
    sa.Index(None, "branch_id", "opened_at"),
    sa.Index(None, "customer_id", "opened_at"),
    sa.Index(None, "product_id", "opened_at"),
    sa.Index(None, "opened_at", "id"),
    sa.Index(None, "expected_close_on", "id"),
    sa.Index(None, "lead_id"),
    sa.Index(None, "campaign_id", "opened_at"),
    sa.Index(None, "referral_id"),
)

opportunity_stage_change = sa.Table(
    "opportunity_stage_change",
    metadata,
    *node(sourced=False),
    reference("opportunity_id", "opportunity"),
    # None: it began.
    choice("from_stage", OpportunityStage, nullable=True),
    choice("to_stage", OpportunityStage),
    c1("changed_at", sa.TIMESTAMP(timezone=True)),
    # Nobody: the system.
    reference("staff_id", "staff", nullable=True),
    c2("amount", Money, nullable=True),
    c1("currency", sa.Text),
    c1("probability_ratio", Rate),
    c2("note", sa.Text, nullable=True),
    sa.Index(None, "opportunity_id", "changed_at"),
    sa.Index(None, "staff_id", "changed_at"),
    sa.Index(None, "changed_at", "id"),
)
