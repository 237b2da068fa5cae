"""Granting access to customers, and ending it."""

from datetime import date

import strawberry

from domain.access_grant.model import LONGEST, AccessGrantReason
from domain.access_grant.tables import access_grant
from resolvers.access_grant import commands
from resolvers.engine.edges import OutcomeRow
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(AccessGrantReason)


@strawberry.input(description="Whom to let see which customer, and until when.")
class GrantAccessInput:
    """What a grant says."""

    customer_id: strawberry.ID = strawberry.field(description="The customer, within the reader's own reach.")
    staff_id: strawberry.ID = strawberry.field(description="Who may see them; somebody who works for the bank.")
    reason: AccessGrantReason = strawberry.field(description="What it is for.")
    ends_on: date = strawberry.field(
        description=f"Last business date on which it holds, at most {LONGEST.days} days after the first."
    )
    starts_on: date | None = strawberry.field(
        description="First business date on which it holds; today's unless said.", default=strawberry.UNSET
    )


@strawberry.input(description="Which grant to end.")
class EndAccessInput:
    """The end of a grant."""

    id: strawberry.ID = strawberry.field(description="The grant.")
    expected_version: int = strawberry.field(description="The version that the client read.")


mutation(
    "grant_access",
    commands.grant,
    input=GrantAccessInput,
    shows={"grant": (OutcomeRow(access_grant, "grant"), "The grant; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Let somebody see a customer for a while, as if they managed them.",
)
mutation(
    "end_access",
    commands.end,
    input=EndAccessInput,
    shows={"grant": (OutcomeRow(access_grant, "grant"), "The grant as it is now; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="End a grant of access before its time.",
)
