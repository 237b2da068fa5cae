"""Referrals: a member of staff sends a customer on to somebody who knows more about what they want."""

import sqlalchemy as sa

from domain.referral.model import ReferralState
from domain.shared.columns import c1, c2, choice, from_source, metadata, node, reference

referral = sa.Table(
    "referral",
    metadata,
    *node(),
    choice("state", ReferralState),
    reference("customer_id", "customer"),
    reference("product_id", "product", nullable=True),
    c2("reason", sa.Text),
    reference("from_staff_id", "staff"),
    # Nobody yet: whoever is in the branch may take it.
    reference("to_staff_id", "staff", nullable=True),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    c1("referred_at", sa.TIMESTAMP(timezone=True)),
    c1("answered_at", sa.TIMESTAMP(timezone=True), nullable=True),
    c2("answer", sa.Text, nullable=True),
    from_source(),
    sa.CheckConstraint("(state = 'OPEN') = (answered_at IS NULL)", name="answer"),
    sa.Index(None, "from_staff_id", "referred_at"),
    sa.Index(None, "to_staff_id", "referred_at"),
    sa.Index(None, "position", "referred_at"),
    sa.Index(None, "branch_id", "referred_at"),
    sa.Index(None, "customer_id", "referred_at"),
    sa.Index(None, "product_id", "referred_at"),
    sa.Index(None, "referred_at", "id"),
)
