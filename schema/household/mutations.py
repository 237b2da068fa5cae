"""Making households, and changing who belongs to them."""

import strawberry

from domain.customer.tables import customer
from domain.household.model import HouseholdRole
from domain.household.tables import household, household_member
from resolvers.engine.edges import OutcomeRow
from resolvers.household import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(HouseholdRole)

HOUSEHOLD = (OutcomeRow(household, "household"), "The household as it is now; null where the reader sees no member.")
VERSION = "Its `version` as the client read it."


@strawberry.input(description="Somebody in a household.")
class NewHouseholdMemberInput:
    """A customer, and their place."""

    customer_id: strawberry.ID = strawberry.field(description="A person who belongs to no household.")
    role: HouseholdRole = strawberry.field(description="Place in the household.")


@strawberry.input(description="A household.")
class CreateHouseholdInput:
    """With all who belong to it."""

    members: list[NewHouseholdMemberInput] = strawberry.field(description="1 to 50, one of them its head.")


@strawberry.input(description="One more member of a household.")
class AddHouseholdMemberInput(NewHouseholdMemberInput):
    """Not its head."""

    household_id: strawberry.ID = strawberry.field(description="The household, one of whose members is in reach.")


@strawberry.input(description="A member who leaves.")
class RemoveHouseholdMemberInput:
    """What was stays in its history."""

    id: strawberry.ID = strawberry.field(description="The place of the member in the household.")
    expected_version: int = strawberry.field(description=VERSION)


@strawberry.input(description="A member who is to be the head.")
class SetHouseholdHeadInput:
    """In the place of another."""

    id: strawberry.ID = strawberry.field(description="The place of the member in the household.")
    expected_version: int = strawberry.field(description=VERSION)
    former_head_role: HouseholdRole | None = strawberry.field(
        description="What the former head is from here on; OTHER unless said.", default=strawberry.UNSET
    )


@strawberry.input(description="A household that is none any more.")
class DissolveHouseholdInput:
    """What was stays in its history."""

    id: strawberry.ID = strawberry.field(description="The household.")


mutation(
    "create_household",
    commands.create,
    input=CreateHouseholdInput,
    shows={"household": HOUSEHOLD},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Make a household of people who belong to none.",
)
mutation(
    "add_household_member",
    commands.add,
    input=AddHouseholdMemberInput,
    shows={
        "householdMember": (
            OutcomeRow(household_member, "householdMember"),
            "Their place; null where there are errors.",
        ),
        "household": HOUSEHOLD,
    },
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Add a member to a household.",
    bulk="add_household_members",
)
mutation(
    "remove_household_member",
    commands.remove,
    input=RemoveHouseholdMemberInput,
    shows={
        "household": HOUSEHOLD,
        "customer": (OutcomeRow(customer, "customer"), "Who left; null where there are errors."),
    },
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Let a member leave. After the head a partner is the head, else who entered first, else a child.",
)
mutation(
    "set_household_head",
    commands.set_head,
    input=SetHouseholdHeadInput,
    shows={"household": HOUSEHOLD},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Make a member the head of their household; both heads have to be in reach.",
)
mutation(
    "dissolve_household",
    commands.dissolve,
    input=DissolveHouseholdInput,
    shows={"household": HOUSEHOLD},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Let every member leave whom the reader sees.",
)
