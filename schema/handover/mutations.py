"""Ending hand-overs."""

import strawberry

from domain.handover.tables import handover
from resolvers.engine.edges import OutcomeRow
from resolvers.handover import commands
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation


@strawberry.input(description="Customers for one new manager.")
class NewManagerInput:
    """Who takes whom."""

    staff_id: strawberry.ID = strawberry.field(description="The new manager; somebody who works for the bank.")
    customer_ids: list[strawberry.ID] = strawberry.field(description="Customers of the hand-over.")


@strawberry.input(description="Who takes the customers of a hand-over.")
class CompleteHandoverInput:
    """All of them, each once."""

    id: strawberry.ID = strawberry.field(description="The hand-over.")
    expected_version: int = strawberry.field(description="Its `version` as the client read it.")
    managers: list[NewManagerInput] = strawberry.field(
        description="New managers for all of its customers who still have none."
    )
    backup_managers: list[NewManagerInput] = strawberry.field(
        description="New backup managers, for those who need one.", default_factory=list
    )


mutation(
    "complete_handover",
    commands.complete,
    input=CompleteHandoverInput,
    shows={"handover": (OutcomeRow(handover, "handover"), "The hand-over as it is now; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Give all customers of a hand-over to new managers.",
)
