"""Relations as clients see them."""

from decimal import Decimal

from domain.relation.model import RelationEvidence, RelationType
from resolvers.relation import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(RelationEvidence)
described(RelationType)


@node(
    edges.rows,
    prefix="rel",
    description="A directed tie between two customers (关系), both of whom the reader may see.",
)
class Relation(Node):
    """What one customer is to another."""

    type: RelationType = field(description="What `toCustomer` is to `fromCustomer`.")
    evidence: list[RelationEvidence] = field(description="What it was found from.")
    confidence_ratio: Decimal = field(description="How sure it is, from 0 to 1.")
    from_customer: ToOne = field(edges.from_customer, description="Where the tie starts.")
    to_customer: ToOne = field(edges.to_customer, description="Where it ends.")
