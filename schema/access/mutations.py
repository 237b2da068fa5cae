"""Explaining access: mutations, because each question is an entry of the access log."""

from datetime import date
from enum import StrEnum

import strawberry

from authz.explanation import AccessReasonKind, AccessVerdict
from resolvers.access import explain
from resolvers.engine.edges import OfOutcome
from schema.building import OutputField, described
from schema.errors import InvalidInput, NotFound
from schema.mutation import mutation
from schema.policy.words import Reach

described(AccessVerdict)
described(AccessReasonKind)


class CustomerTie(StrEnum):
    """What a row is to a customer."""

    CUSTOMER = "the customer themselves"
    OWNER = "it is the customer's own"
    HOLDER = "the customer holds the account that it belongs to, alone or with others"
    MEMBER = "the customer is a member of the household"
    TOLD_OF = "the entry of the access log tells of the customer"
    PARTY = "the customer is at one end of the relation; both ends have to be in reach"


described(CustomerTie)


@strawberry.type(description="Something that lets a row or field through to somebody, or does not.")
class AccessReason:
    """A role held in a branch, a line of the policy, and what came of them; one denial outweighs everything else."""

    permission: str = strawberry.field(description="The permission that it takes; it takes all that are named.")
    kind: AccessReasonKind = strawberry.field(description="What it consists of.")
    lets_through: bool = strawberry.field(description="Whether it speaks for seeing.")
    role: str | None = strawberry.field(description="The role that they hold.")
    branch_id: strawberry.ID | None = strawberry.field(description="The branch in which they hold it.")
    line: str | None = strawberry.field(description="The line of the policy, as its files write it.")
    reach: Reach | None = strawberry.field(description="The reach that the line gives.")
    customer_id: strawberry.ID | None = strawberry.field(
        description="The customer by way of whom it is so; null where the row is about no customer."
    )
    tie: CustomerTie | None = strawberry.field(description="What the row is to that customer.")
    grant_id: strawberry.ID | None = strawberry.field(description="The grant of access that it rests on.")
    starts_on: date | None = strawberry.field(description="First business date of that grant.")
    ends_on: date | None = strawberry.field(description="Last business date of that grant.")


@strawberry.input(description="Whose access to what is to be explained.")
class ExplainAccessInput:
    """A user, a row, and perhaps a field of it."""

    username: str = strawberry.field(description="The name that they sign in with.")
    node_id: strawberry.ID = strawberry.field(description="The row, which the reader must see themselves.")
    field: str | None = strawberry.field(
        description="A field of the row's type; without it, the row is explained.", default=strawberry.UNSET
    )


mutation(
    "explain_access",
    explain.explain,
    input=ExplainAccessInput,
    shows={
        "verdict": OutputField(
            AccessVerdict | None, "What they get to see; null where there are errors.", declaration=OfOutcome("verdict")
        ),
        "reasons": OutputField(
            list[AccessReason] | None,
            "Why, role by role and customer by customer; null where there are errors.",
            declaration=OfOutcome("reasons", "AccessReason"),
        ),
    },
    errors=(NotFound, InvalidInput),
    description="Tell why somebody sees a row or a field of it, or does not: about rows that the reader sees.",
    only_tells=True,
)
