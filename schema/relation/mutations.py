"""Declaring relations between customers, and ending them."""

import strawberry

from domain.customer.tables import customer
from domain.relation.model import RelationType
from domain.relation.tables import relation
from resolvers.engine.edges import OutcomeRow
from resolvers.relation import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(RelationType)


@strawberry.input(description="What one customer is to another.")
class CreateRelationInput:
    """Both in reach."""

    from_customer_id: strawberry.ID = strawberry.field(description="Where the tie starts.")
    to_customer_id: strawberry.ID = strawberry.field(description="Where it ends.")
    type: RelationType = strawberry.field(description="What `toCustomer` is to `fromCustomer`.")


@strawberry.input(description="A relation that is no more.")
class EndRelationInput:
    """What was stays in its history."""

    id: strawberry.ID = strawberry.field(description="The relation.")
    expected_version: int = strawberry.field(description="Its `version` as the client read it.")


mutation(
    "create_relation",
    commands.create,
    input=CreateRelationInput,
    shows={"relation": (OutcomeRow(relation, "relation"), "The relation; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Declare a relation. Spouses, and parents with their children, are related from either end at once.",
    bulk="create_relations",
)
mutation(
    "end_relation",
    commands.end,
    input=EndRelationInput,
    shows={"customer": (OutcomeRow(customer, "customer"), "Where it started; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="End a relation, from either end at once where it was declared so.",
)
