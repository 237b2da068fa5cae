"""Setting branches up, and letting them go live."""

import strawberry

from domain.branch.model import BranchLevel
from domain.branch.tables import branch
from domain.go_live.model import LONGEST_REASON
from domain.go_live.tables import go_live
from resolvers.engine.edges import OutcomeRow
from resolvers.go_live import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(BranchLevel)


@strawberry.input(description="A branch to be set up.")
class PrepareBranchInput:
    """Its place in both trees."""

    branch_no: str = strawberry.field(description="The bank's own number of the branch; none has it yet.")
    name: str = strawberry.field(description="Its name.")
    level: BranchLevel = strawberry.field(description="Its level: lower than that of the branch above.")
    parent_id: strawberry.ID = strawberry.field(description="The branch above in the coverage tree.")
    rollup_parent_id: strawberry.ID | None = strawberry.field(
        description="The branch it reports to; the one above unless said.", default=strawberry.UNSET
    )


@strawberry.input(description="Which branch is ready.")
class ApplyForGoLiveInput:
    """An application to go live."""

    branch_id: strawberry.ID = strawberry.field(description="A branch that is being set up.")
    expected_version: int = strawberry.field(description="Its `version` as the client read it.")
    reason: str = strawberry.field(description=f"Why it is ready; at most {LONGEST_REASON} characters.")


@strawberry.input(description="Which application to go live to decide on.")
class DecideGoLiveInput:
    """Final approval, or refusal."""

    id: strawberry.ID = strawberry.field(description="The application.")
    expected_version: int = strawberry.field(description="Its `version` as the client read it.")


SHOWS = {"application": (OutcomeRow(go_live, "application"), "The application; null where there are errors.")}
ERRORS = (NotFound, NotPermitted, InvalidInput, Conflict)

mutation(
    "prepare_branch",
    commands.prepare,
    input=PrepareBranchInput,
    shows={"branch": (OutcomeRow(branch, "branch"), "The branch; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Begin to set a branch up. Roles may be held there, and reach nothing until it is live.",
)
mutation(
    "apply_for_go_live",
    commands.apply,
    input=ApplyForGoLiveInput,
    shows=SHOWS,
    errors=ERRORS,
    description="Apply for a branch that was set up to go live. A second person decides.",
)
mutation(
    "approve_go_live",
    commands.approve,
    input=DecideGoLiveInput,
    shows=SHOWS,
    errors=ERRORS,
    description="Let a branch go live: the roles held there work from the next statement on.",
)
mutation(
    "refuse_go_live",
    commands.refuse,
    input=DecideGoLiveInput,
    shows=SHOWS,
    errors=ERRORS,
    description="Refuse that a branch goes live. It is being set up on, and may be applied for again.",
)
