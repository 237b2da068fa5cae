"""Applying for users and roles, and what becomes of it."""

from datetime import date

import strawberry

from domain.user_application.model import LONGEST_REASON
from domain.user_application.tables import user_application
from resolvers.engine.edges import OfOutcome, OutcomeRow
from resolvers.user_application import commands
from schema.building import OutputField
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation


@strawberry.input(description="A role to be held in a branch, or not any more.")
class RoleInBranchInput:
    """One role."""

    role: str = strawberry.field(description="Name of the role, as the policy knows it.")
    branch_id: strawberry.ID = strawberry.field(description="The branch, within the reader's own reach.")


@strawberry.input(description="Who is to become a user.")
class ApplyForUserInput:
    """A new user."""

    staff_id: strawberry.ID = strawberry.field(description="The member of staff, within the reader's own reach.")
    username: str = strawberry.field(
        description="The name to sign in with: 2 to 64 small letters, digits, dots, dashes."
    )
    add: list[RoleInBranchInput] = strawberry.field(description="The roles to hold.")
    reason: str = strawberry.field(description=f"Why; at most {LONGEST_REASON} characters.")


@strawberry.input(description="Whose roles are to change, and how.")
class ApplyForRoleChangeInput:
    """Roles that come and go."""

    username: str = strawberry.field(description="The user, within the reader's own reach.")
    add: list[RoleInBranchInput] = strawberry.field(description="Roles that come.", default_factory=list)
    remove: list[RoleInBranchInput] = strawberry.field(description="Roles that go.", default_factory=list)
    reason: str = strawberry.field(description=f"Why; at most {LONGEST_REASON} characters.")


@strawberry.input(description="Which application is meant.")
class UserApplicationInput:
    """One application, as the client read it."""

    id: strawberry.ID = strawberry.field(description="The application.")
    expected_version: int = strawberry.field(description="Its `version` as the client read it.")


@strawberry.input(description="That somebody was trained for the roles they are to hold.")
class ConfirmTrainingInput:
    """The end of a training."""

    id: strawberry.ID = strawberry.field(description="The application.")
    expected_version: int = strawberry.field(description="Its `version` as the client read it.")
    trained_on: date | None = strawberry.field(
        description="Business date of the training; today's unless said.", default=strawberry.UNSET
    )


APPLICATION = {
    "application": (
        OutcomeRow(user_application, "application"),
        "The application as it is now; null where there are errors.",
    )
}
ERRORS = (NotFound, NotPermitted, InvalidInput, Conflict)

mutation(
    "apply_for_user",
    commands.apply_for_user,
    input=ApplyForUserInput,
    shows=APPLICATION,
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Apply for a member of staff to become a user. A second person decides.",
)
mutation(
    "apply_for_role_change",
    commands.apply_for_role_change,
    input=ApplyForRoleChangeInput,
    shows=APPLICATION,
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Apply for roles of a user to come or go. A second person decides.",
)
mutation(
    "approve_user_application",
    commands.approve,
    input=UserApplicationInput,
    shows=APPLICATION,
    errors=ERRORS,
    description="Approve an application of somebody else's for somebody else.",
)
mutation(
    "refuse_user_application",
    commands.refuse,
    input=UserApplicationInput,
    shows=APPLICATION,
    errors=ERRORS,
    description="Refuse an application of somebody else's for somebody else.",
)
mutation(
    "confirm_training",
    commands.confirm_training,
    input=ConfirmTrainingInput,
    shows=APPLICATION,
    errors=ERRORS,
    description="Say that somebody else was trained for the roles of an approved application.",
)
mutation(
    "activate_user_application",
    commands.activate,
    input=UserApplicationInput,
    shows={
        **APPLICATION,
        "oneTimePassword": OutputField(
            str | None,
            f"For a new user: good once, for {commands.PASSWORD_LIFETIME.days} days. It is shown in this answer alone; "
            "a replay and a change of roles have none.",
            declaration=OfOutcome("oneTimePassword"),
        ),
    },
    errors=ERRORS,
    description="Put an application into effect: make the account, or change its roles. It holds from the next "
    "statement on.",
)
mutation(
    "withdraw_user_application",
    commands.withdraw,
    input=UserApplicationInput,
    shows=APPLICATION,
    errors=ERRORS,
    description="End an application that is not in effect yet.",
)
