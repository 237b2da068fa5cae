"""Giving tags to customers and taking them away."""

import strawberry

from domain.customer.tables import customer
from domain.tag.tables import customer_tag
from resolvers.engine.edges import OutcomeRow
from resolvers.tag import commands
from schema.errors import InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

CUSTOMER = (OutcomeRow(customer, "customer"), "The customer as they are now; null where there are errors.")


@strawberry.input(description="A customer, and a tag.")
class CustomerTagInput:
    """Who, and which."""

    customer_id: strawberry.ID = strawberry.field(description="The customer.")
    tag_id: strawberry.ID = strawberry.field(description="The tag.")


mutation(
    "tag_customer",
    commands.give,
    input=CustomerTagInput,
    shows={
        "customerTag": (OutcomeRow(customer_tag, "customerTag"), "That they have it; null where there are errors."),
        "customer": CUSTOMER,
    },
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Give a customer a tag. Nothing changes where they have it.",
    bulk="tag_customers",
)
mutation(
    "untag_customer",
    commands.take,
    input=CustomerTagInput,
    shows={"customer": CUSTOMER},
    errors=(NotFound, NotPermitted),
    description="Take a tag away from a customer.",
    bulk="untag_customers",
)
