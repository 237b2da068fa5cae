"""Customers and their contact points by the keys of other systems."""

from datetime import date

import strawberry

from domain.customer.model import ContactPointKind, CustomerKind, CustomerState, Sex
from domain.customer.tables import contact_point, customer
from resolvers.customer import deliveries
from resolvers.engine.edges import OutcomeRow
from schema.customer.inputs import NewIdentityDocumentInput
from schema.delivery import DELIVERY, DeliveredInput, DeliveredOfCustomerInput
from schema.errors import InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation
from schema.scalars import Identifier

CUSTOMER = (OutcomeRow(customer, "customer"), "The customer as they are now; null where there are errors.")
STAYS = "What is left out stays as it is; null takes a value away."


@strawberry.input(description=f"A customer as another system knows them. {STAYS}")
class UpsertCustomerInput(DeliveredInput):
    """Made where there is none under the key."""

    kind: CustomerKind = strawberry.field(description="Person or organisation; for good.")
    state: CustomerState | None = strawberry.field(
        description="Where they are in their life with the bank; a new one is ACTIVE unless said.",
        default=strawberry.UNSET,
    )
    customer_no: str | None = strawberry.field(
        description="Number given by core banking (核心客户号).", default=strawberry.UNSET
    )
    name: str | None = strawberry.field(description="Legal name.", default=strawberry.UNSET)
    sex: Sex | None = strawberry.field(description="Of a person.", default=strawberry.UNSET)
    birth_on: date | None = strawberry.field(description="Of a person.", default=strawberry.UNSET)
    registered_on: date | None = strawberry.field(description="Of an organisation.", default=strawberry.UNSET)
    joined_on: date | None = strawberry.field(description="Day of their first contract.", default=strawberry.UNSET)
    branch_id: strawberry.ID | None = strawberry.field(
        description="Home branch; of a new one the reader's own unless said.", default=strawberry.UNSET
    )
    identity_documents: list[NewIdentityDocumentInput] | None = strawberry.field(
        description="Their certificates, one of each type; another number replaces the one of its type.",
        default=strawberry.UNSET,
    )


@strawberry.input(description=f"A contact point as another system knows it. {STAYS}")
class UpsertContactPointInput(DeliveredOfCustomerInput):
    """Made where there is none under the key."""

    kind: ContactPointKind = strawberry.field(description="How it reaches them; for good.")
    value: Identifier = strawberry.field(description="Number, mail address, or the street part of an address.")
    is_primary: bool | None = strawberry.field(
        description="True: the first of its kind to try, in the place of another.", default=strawberry.UNSET
    )
    district: str | None = strawberry.field(description="District or county of an address.", default=strawberry.UNSET)
    region: str | None = strawberry.field(description="Region or province of an address.", default=strawberry.UNSET)
    country: str | None = strawberry.field(
        description="Country of an address, ISO 3166-1 alpha-2.", default=strawberry.UNSET
    )


mutation(
    "upsert_customer",
    deliveries.upsert,
    input=UpsertCustomerInput,
    shows={"customer": CUSTOMER, **DELIVERY},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Make or change the customer under a source's key. Duplicates are left to identity resolution.",
    bulk="upsert_customers",
)
mutation(
    "upsert_contact_point",
    deliveries.upsert_point,
    input=UpsertContactPointInput,
    shows={
        "contactPoint": (OutcomeRow(contact_point, "contactPoint"), "The contact point, where the reader sees any."),
        "customer": CUSTOMER,
        **DELIVERY,
    },
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Make or change the contact point under a source's key.",
    bulk="upsert_contact_points",
)
