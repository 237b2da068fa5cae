"""Party roles: what a customer is to the bank besides that, from when until when."""

import sqlalchemy as sa

from domain.party_role.model import PartyRoleKind
from domain.shared.columns import c1, c2, choice, from_source, metadata, node, reference

party_role = sa.Table(
    "party_role",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    choice("kind", PartyRoleKind),
    c2("subject", sa.Text),
    c1("contract_no", sa.Text, nullable=True),
    c1("starts_on", sa.Date),
    c1("ends_on", sa.Date, nullable=True),
    # Nobody.
    reference("managed_by_id", "staff", nullable=True),
    from_source(),
    sa.CheckConstraint("ends_on >= starts_on", name="term"),
    sa.Index(None, "customer_id", "starts_on"),
    sa.Index(None, "starts_on", "id"),
    sa.Index(None, "managed_by_id"),
)
