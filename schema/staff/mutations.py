"""Staff who leave, and staff who move."""

import strawberry

from domain.handover.model import LONGEST_NOTE
from domain.staff.model import StaffPost
from domain.staff.tables import staff
from resolvers.engine.edges import OutcomeRow
from resolvers.staff import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(StaffPost)


@strawberry.input(description="Who has left the bank.")
class RecordDepartureInput:
    """A leaver."""

    staff_id: strawberry.ID = strawberry.field(description="The member of staff, within the reader's own reach.")
    expected_version: int = strawberry.field(description="Their `version` as the client read it.")
    note: str | None = strawberry.field(
        description=f"What whoever takes their customers over should know; at most {LONGEST_NOTE} characters.",
        default=strawberry.UNSET,
    )


@strawberry.input(description="Who works where from now on.")
class TransferStaffInput:
    """A mover."""

    staff_id: strawberry.ID = strawberry.field(description="The member of staff, within the reader's own reach.")
    expected_version: int = strawberry.field(description="Their `version` as the client read it.")
    branch_id: strawberry.ID = strawberry.field(description="The branch they move to.")
    post: StaffPost | None = strawberry.field(
        description="What they are employed as there; as before unless said.", default=strawberry.UNSET
    )
    note: str | None = strawberry.field(
        description=f"What whoever takes their customers over should know; at most {LONGEST_NOTE} characters.",
        default=strawberry.UNSET,
    )


SHOWS = {"staff": (OutcomeRow(staff, "staff"), "They, as they are now; null where there are errors.")}
ERRORS = (NotFound, NotPermitted, InvalidInput, Conflict)

mutation(
    "record_departure",
    commands.record_departure,
    input=RecordDepartureInput,
    shows=SHOWS,
    errors=ERRORS,
    description="Somebody has left the bank: their accounts, sessions, roles and grants end with this, and their "
    "customers wait in the pool of their branch. Their next request is refused.",
)
mutation(
    "transfer_staff",
    commands.transfer,
    input=TransferStaffInput,
    shows=SHOWS,
    errors=ERRORS,
    description="Somebody moves to another branch: their roles, grants and customers stay behind; new roles are "
    "applied for.",
)
