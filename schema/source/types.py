"""The register of sources as clients see it."""

from domain.source.model import DeliveryRhythm, LegalBasis, SourceKind, SourceQuality
from resolvers.source import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

for _words in (DeliveryRhythm, LegalBasis, SourceKind, SourceQuality):
    described(_words)


@node(edges.rows, prefix="src", description="Where data come from, or must not come from (数据源).")
class Source(Node):
    """A system or a list."""

    code: str = field(description="What rows that came from it say in `source`.")
    name: str = field(edges.name, description="Its name; ordered by pinyin.")
    kind: SourceKind = field(description="What it is.")
    rhythm: DeliveryRhythm = field(description="How often it delivers.")
    owner: str = field(description="The department that answers for it.")
    legal_basis: LegalBasis = field(description="What allows the bank to use it.")
    quality: SourceQuality = field(description="How far it can be relied on.")
    is_prohibited: bool = field(description="Whether it must not be used: nothing of it is loaded.")
    prohibited_because: str | None = field(description="Why it must not.")
    owned_by: ToOne = field(edges.owned_by, description="Who answers for it there.")
    batches: ToMany = field(edges.batches, description="What it delivered, newest first.")
