"""Saying which custom attributes there are, and giving customers values of them."""

import datetime
from decimal import Decimal

import strawberry

from domain.attribute.model import AttributeType
from domain.attribute.tables import attribute_definition, customer_attribute
from domain.customer.model import CustomerKind
from domain.customer.tables import customer
from resolvers.attribute import commands
from resolvers.engine.edges import OutcomeRow
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(AttributeType)
described(CustomerKind)


@strawberry.input(description="An attribute that customers may have from here on.")
class DefineAttributeInput:
    """What it is made of."""

    name: str = strawberry.field(description="Its name, one that no other has.")
    meaning: str = strawberry.field(description="What it says of a customer.")
    type: AttributeType = strawberry.field(description="What its values are; this never changes.")
    unit: str | None = strawberry.field(description="Unit of a number.", default=strawberry.UNSET)
    choices: list[str] | None = strawberry.field(
        description="What there is to choose from, for type CHOICE.", default=strawberry.UNSET
    )
    customer_kind: CustomerKind | None = strawberry.field(
        description="Which customers may have it; all unless said.", default=strawberry.UNSET
    )


@strawberry.input(description="What to say otherwise about an attribute.")
class ChangeAttributeInput:
    """Another meaning, other choices."""

    id: strawberry.ID = strawberry.field(description="The attribute.")
    expected_version: int = strawberry.field(description="The version that the client read.")
    meaning: str | None = strawberry.field(description="What it says of a customer.", default=strawberry.UNSET)
    choices: list[str] | None = strawberry.field(
        description="All that there is to choose from; none that a customer has may be missing.",
        default=strawberry.UNSET,
    )


@strawberry.input(description="Which attribute to use no more.")
class RetireAttributeInput:
    """The end of an attribute."""

    id: strawberry.ID = strawberry.field(description="The attribute.")
    expected_version: int = strawberry.field(description="The version that the client read.")


@strawberry.input(description="A customer's value of an attribute: the one field that its type names.")
class SetCustomerAttributeInput:
    """Who, which, what."""

    customer_id: strawberry.ID = strawberry.field(description="The customer.")
    attribute_definition_id: strawberry.ID = strawberry.field(description="The attribute.")
    text: str | None = strawberry.field(description="The value of a TEXT.", default=strawberry.UNSET)
    number: Decimal | None = strawberry.field(description="The value of a NUMBER.", default=strawberry.UNSET)
    date: datetime.date | None = strawberry.field(description="The value of a DATE.", default=strawberry.UNSET)
    boolean: bool | None = strawberry.field(description="The value of a BOOLEAN.", default=strawberry.UNSET)
    choice: str | None = strawberry.field(description="The value of a CHOICE.", default=strawberry.UNSET)
    expected_version: int | None = strawberry.field(
        description="The version of the value that the client read, 0 where there was none; any unless said.",
        default=strawberry.UNSET,
    )


@strawberry.input(description="Whose value of which attribute to take away.")
class ClearCustomerAttributeInput:
    """Who, and which."""

    customer_id: strawberry.ID = strawberry.field(description="The customer.")
    attribute_definition_id: strawberry.ID = strawberry.field(description="The attribute.")


DEFINITION = (
    OutcomeRow(attribute_definition, "attributeDefinition"),
    "The attribute as it is now; null where there are errors.",
)
CUSTOMER = (OutcomeRow(customer, "customer"), "The customer as they are now; null where there are errors.")

mutation(
    "define_attribute",
    commands.define,
    input=DefineAttributeInput,
    shows={"attributeDefinition": DEFINITION},
    errors=(InvalidInput,),
    description="Make an attribute that customers may have.",
)
mutation(
    "change_attribute",
    commands.change,
    input=ChangeAttributeInput,
    shows={"attributeDefinition": DEFINITION},
    errors=(NotFound, InvalidInput, Conflict),
    description="Say what an attribute means, or what there is to choose from.",
)
mutation(
    "retire_attribute",
    commands.retire,
    input=RetireAttributeInput,
    shows={"attributeDefinition": DEFINITION},
    errors=(NotFound, InvalidInput, Conflict),
    description="Take no more values of an attribute; those that customers have are kept.",
)
mutation(
    "set_customer_attribute",
    commands.set_value,
    input=SetCustomerAttributeInput,
    shows={
        "customerAttribute": (
            OutcomeRow(customer_attribute, "customerAttribute"),
            "The value as it is now; null where there are errors.",
        ),
        "customer": CUSTOMER,
    },
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Give a customer a value of an attribute, in the place of any other.",
)
mutation(
    "clear_customer_attribute",
    commands.clear,
    input=ClearCustomerAttributeInput,
    shows={"customer": CUSTOMER},
    errors=(NotFound, NotPermitted),
    description="Take a customer's value of an attribute away.",
)
