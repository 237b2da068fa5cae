"""What clients say of customers, their certificates and how to reach them."""

from datetime import date

import strawberry

from domain.customer.model import ContactPointKind, CustomerKind, CustomerState, IdentityDocumentType, Sex
from schema.building import described
from schema.scalars import Identifier

for _words in (ContactPointKind, CustomerKind, CustomerState, IdentityDocumentType, Sex):
    described(_words)

VERSION = "Its `version` as the client read it."


@strawberry.input(description="An identity document (证件) of a customer.")
class NewIdentityDocumentInput:
    """Its number is kept sealed."""

    type: IdentityDocumentType = strawberry.field(description="Kind of document; has to fit the kind of customer.")
    number: Identifier = strawberry.field(description="The whole number, in any spelling; check digits are checked.")
    issued_on: date | None = strawberry.field(description="Day of issue.", default=strawberry.UNSET)
    expires_on: date | None = strawberry.field(description="Last day of validity.", default=strawberry.UNSET)


@strawberry.input(description="A way to reach a customer.")
class NewContactPointInput:
    """Its value is kept sealed."""

    kind: ContactPointKind = strawberry.field(description="How it reaches them.")
    value: Identifier = strawberry.field(description="Number, mail address, or the street part of an address.")
    is_primary: bool | None = strawberry.field(
        description="Whether it is the first of its kind to try; the first one given is, unless said.",
        default=strawberry.UNSET,
    )
    district: str | None = strawberry.field(description="District or county of an address.", default=strawberry.UNSET)
    region: str | None = strawberry.field(description="Region or province of an address.", default=strawberry.UNSET)
    country: str | None = strawberry.field(
        description="Country of an address, ISO 3166-1 alpha-2.", default=strawberry.UNSET
    )


@strawberry.input(description="Somebody whom the bank serves, or may serve.")
class CreateCustomerInput:
    """A new customer."""

    kind: CustomerKind = strawberry.field(description="Person or organisation; for good.")
    state: CustomerState | None = strawberry.field(
        description="ACTIVE unless said: with a name and a certificate. PROSPECT: with a name or a contact point.",
        default=strawberry.UNSET,
    )
    name: str | None = strawberry.field(
        description="Legal name, as on the identity document.", default=strawberry.UNSET
    )
    sex: Sex | None = strawberry.field(
        description="Of a person; what a certificate says need not be said.", default=strawberry.UNSET
    )
    birth_on: date | None = strawberry.field(
        description="Of a person; what a certificate says need not be said.", default=strawberry.UNSET
    )
    registered_on: date | None = strawberry.field(
        description="Day of registration of an organisation.", default=strawberry.UNSET
    )
    branch_id: strawberry.ID | None = strawberry.field(
        description="Home branch; the reader's own unless said.", default=strawberry.UNSET
    )
    manager_id: strawberry.ID | None = strawberry.field(
        description="Who manages them: the reader, or whom they may assign. Nobody: they wait in the branch's pool.",
        default=strawberry.UNSET,
    )
    backup_manager_id: strawberry.ID | None = strawberry.field(
        description="Who stands in for the manager (B角).", default=strawberry.UNSET
    )
    identity_documents: list[NewIdentityDocumentInput] | None = strawberry.field(
        description="Their certificates, at most 10, one of each type.", default=strawberry.UNSET
    )
    contact_points: list[NewContactPointInput] | None = strawberry.field(
        description="Ways to reach them, at most 10.", default=strawberry.UNSET
    )


@strawberry.input(description="Other values of a customer. What is left out stays; null takes a value away.")
class ChangeCustomerInput:
    """A patch."""

    id: strawberry.ID = strawberry.field(description="The customer.")
    expected_version: int = strawberry.field(description=VERSION)
    name: str | None = strawberry.field(description="Legal name.", default=strawberry.UNSET)
    sex: Sex | None = strawberry.field(
        description="Of a person; not other than their resident ID says.", default=strawberry.UNSET
    )
    birth_on: date | None = strawberry.field(
        description="Of a person; not other than their resident ID says.", default=strawberry.UNSET
    )
    registered_on: date | None = strawberry.field(
        description="Day of registration of an organisation.", default=strawberry.UNSET
    )
    branch_id: strawberry.ID | None = strawberry.field(
        description="Home branch, in reach of the same permission.", default=strawberry.UNSET
    )


@strawberry.input(description="A prospect who becomes a customer.")
class ConvertProspectInput:
    """With the certificates that it takes."""

    id: strawberry.ID = strawberry.field(description="The prospect.")
    expected_version: int = strawberry.field(description=VERSION)
    identity_documents: list[NewIdentityDocumentInput] | None = strawberry.field(
        description="Certificates that the bank does not have yet, at most 10.", default=strawberry.UNSET
    )


@strawberry.input(description="A customer who leaves the bank.")
class DeregisterCustomerInput:
    """Nothing of theirs may be open."""

    id: strawberry.ID = strawberry.field(description="The customer.")
    expected_version: int = strawberry.field(description=VERSION)


@strawberry.input(description="A customer, and who is to manage them. What is left out stays.")
class AssignManagerInput:
    """One of the two at least."""

    customer_id: strawberry.ID = strawberry.field(description="The customer.")
    expected_version: int = strawberry.field(description="The customer's `version` as the client read it.")
    manager_id: strawberry.ID | None = strawberry.field(
        description="Primary manager (A角); null: they wait in the pool of their branch.", default=strawberry.UNSET
    )
    backup_manager_id: strawberry.ID | None = strawberry.field(
        description="Who stands in for them (B角); null for nobody.", default=strawberry.UNSET
    )


@strawberry.input(description="One more way to reach a customer.")
class AddContactPointInput(NewContactPointInput):
    """For a customer who is there."""

    customer_id: strawberry.ID = strawberry.field(description="The customer.")


@strawberry.input(description="Other values of a contact point. What is left out stays.")
class ChangeContactPointInput:
    """A patch."""

    id: strawberry.ID = strawberry.field(description="The contact point.")
    expected_version: int = strawberry.field(description=VERSION)
    value: Identifier | None = strawberry.field(
        description="Number, mail address, or the street part of an address.", default=strawberry.UNSET
    )
    is_primary: bool | None = strawberry.field(
        description="True: the first of its kind to try, in the place of another.", default=strawberry.UNSET
    )
    district: str | None = strawberry.field(description="District or county of an address.", default=strawberry.UNSET)
    region: str | None = strawberry.field(description="Region or province of an address.", default=strawberry.UNSET)
    country: str | None = strawberry.field(
        description="Country of an address, ISO 3166-1 alpha-2.", default=strawberry.UNSET
    )


@strawberry.input(description="A contact point that is not to be used any more.")
class RemoveContactPointInput:
    """It stays readable, with the time it ended."""

    id: strawberry.ID = strawberry.field(description="The contact point.")
    expected_version: int = strawberry.field(description=VERSION)


@strawberry.input(description="One more certificate of a customer.")
class AddIdentityDocumentInput(NewIdentityDocumentInput):
    """For a customer who is there."""

    customer_id: strawberry.ID = strawberry.field(description="The customer.")


@strawberry.input(description="A new document of the same type in the place of one.")
class ReplaceIdentityDocumentInput:
    """After it ran out, was lost, or was read wrongly."""

    id: strawberry.ID = strawberry.field(description="The document that it replaces.")
    expected_version: int = strawberry.field(description=VERSION)
    number: Identifier | None = strawberry.field(
        description="The whole number, where it is another one.", default=strawberry.UNSET
    )
    issued_on: date | None = strawberry.field(description="Day of issue.", default=strawberry.UNSET)
    expires_on: date | None = strawberry.field(description="Last day of validity.", default=strawberry.UNSET)


@strawberry.input(description="A document that does not count any more.")
class EndIdentityDocumentInput:
    """It stays readable, with the time it ended."""

    id: strawberry.ID = strawberry.field(description="The document.")
    expected_version: int = strawberry.field(description=VERSION)
