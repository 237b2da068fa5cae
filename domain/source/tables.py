"""The register of sources: whose they are, what allows their use, how good they are, and which must not be used."""

import sqlalchemy as sa

from domain.shared.columns import SortKey, c1, choice, metadata, node, reference
from domain.source.model import DeliveryRhythm, LegalBasis, SourceKind, SourceQuality

source = sa.Table(
    "source",
    metadata,
    *node(sourced=False),
    # What rows say in their column `source`.
    c1("code", sa.Text, unique=True),
    c1("name", sa.Text),
    c1("name_sort_key", SortKey),
    choice("kind", SourceKind),
    choice("rhythm", DeliveryRhythm),
    # The department that answers for it, and who does so there.
    c1("owner", sa.Text),
    reference("owned_by_id", "staff", nullable=True),
    choice("legal_basis", LegalBasis),
    choice("quality", SourceQuality),
    c1("is_prohibited", sa.Boolean),
    c1("prohibited_because", sa.Text, nullable=True),
    sa.CheckConstraint("is_prohibited = (prohibited_because IS NOT NULL)", name="prohibition"),
    sa.CheckConstraint("is_prohibited OR legal_basis <> 'NONE'", name="basis"),
    sa.Index(None, "owned_by_id"),
)
