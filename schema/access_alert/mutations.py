"""Looking into alerts."""

import strawberry

from domain.access_alert.model import LONGEST_NOTE, AccessAlertFinding
from domain.access_alert.tables import access_alert
from resolvers.access_alert import commands
from resolvers.engine.edges import OutcomeRow
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(AccessAlertFinding)


@strawberry.input(description="What was found about an alert.")
class CloseAccessAlertInput:
    """A finding."""

    id: strawberry.ID = strawberry.field(description="The alert, about somebody else.")
    expected_version: int = strawberry.field(description="Its `version` as the client read it.")
    finding: AccessAlertFinding = strawberry.field(description="What was found.")
    note: str = strawberry.field(description=f"The finding in words; at most {LONGEST_NOTE} characters.")


mutation(
    "close_access_alert",
    commands.close,
    input=CloseAccessAlertInput,
    shows={"alert": (OutcomeRow(access_alert, "alert"), "The alert as it is now; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Close an alert with what was found.",
)
