"""Changing the policy: one person proposes, another one approves or refuses."""

import strawberry

from domain.policy.model import LONGEST_REASON
from domain.policy.tables import policy_version
from resolvers.engine.edges import OfOutcome, OutcomeRow
from resolvers.policy import commands, simulate
from resolvers.policy.simulate import MOST_SHOWN, SAMPLE
from schema.building import OutputField
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation
from schema.policy.words import PolicyLineKind, Reach
from schema.scalars import BigInt


@strawberry.input(description="A line of the policy; which words it needs besides the role follows from its kind.")
class PolicyLineInput:
    """One rule."""

    kind: PolicyLineKind = strawberry.field(description="What it says.")
    role: str = strawberry.field(description="The role that it is about.")
    permission: str | None = strawberry.field(description="For GRANT and DENY.", default=strawberry.UNSET)
    reach: Reach | None = strawberry.field(description="For GRANT.", default=strawberry.UNSET)
    other_role: str | None = strawberry.field(description="For INCLUDE and EXCLUDE.", default=strawberry.UNSET)
    smallest_cell: int | None = strawberry.field(description="For CELL, 2 or more.", default=strawberry.UNSET)


@strawberry.input(description="A change of the policy, as lines that come and lines that go.")
class ProposePolicyChangeInput:
    """Only a version that is in force can be changed."""

    base_id: strawberry.ID = strawberry.field(description="The version in force, as the client read it.")
    add: list[PolicyLineInput] = strawberry.field(description="Lines that it lacks.")
    remove: list[PolicyLineInput] = strawberry.field(description="Lines that it has, word by word.")
    new_roles: list[str] = strawberry.field(
        description="Roles that the policy does not know yet: named, so that no slip of the pen makes one.",
        default_factory=list,
    )
    reason: str = strawberry.field(description=f"Why; at most {LONGEST_REASON} characters.")


@strawberry.input(description="Which proposed version of the policy to decide on.")
class DecidePolicyChangeInput:
    """Approval, or refusal."""

    id: strawberry.ID = strawberry.field(description="The version.")
    expected_version: int = strawberry.field(description="Its `version` as the client read it.")


@strawberry.input(description="A proposed version of the policy, or lines that would come to the one in force or go.")
class SimulatePolicyChangeInput:
    """What if."""

    version_id: strawberry.ID | None = strawberry.field(
        description="The version; or else lines below.", default=strawberry.UNSET
    )
    add: list[PolicyLineInput] = strawberry.field(description="Lines that would come.", default_factory=list)
    remove: list[PolicyLineInput] = strawberry.field(description="Lines that would go.", default_factory=list)
    new_roles: list[str] = strawberry.field(
        description="Roles that the policy does not know yet.", default_factory=list
    )
    first: int = strawberry.field(description=f"At most so many differences, up to {MOST_SHOWN}.", default=20)


@strawberry.type(description="A permission that would reach other rows for somebody than it does.")
class AccessDifference:
    """Customers are counted, and named, within the reader's own scope alone."""

    username: str = strawberry.field(description="Whose permission it is: somebody whom the reader may see as staff.")
    permission: str = strawberry.field(description="`<concept>[.<part>]:<action>`.")
    reach_before: Reach | None = strawberry.field(description="Its widest reach now; null without the permission.")
    reach_after: Reach | None = strawberry.field(description="Its widest reach then; null without the permission.")
    gained_count: BigInt | None = strawberry.field(
        description="Customers whom it would come to; null where it is about no customers."
    )
    lost_count: BigInt | None = strawberry.field(description="Customers whom it would no longer come to.")
    gained_ids: list[strawberry.ID] = strawberry.field(description=f"The first {SAMPLE} of those gained.")
    lost_ids: list[strawberry.ID] = strawberry.field(description=f"The first {SAMPLE} of those lost.")


VERSION = OutcomeRow(policy_version, "policyVersion")

mutation(
    "propose_policy_change",
    commands.propose,
    input=ProposePolicyChangeInput,
    shows={"policyVersion": (VERSION, "The proposed version; null where there are errors.")},
    errors=(NotFound, InvalidInput, Conflict),
    description="Propose a change of the policy. It changes nothing until a second person approves it.",
)
mutation(
    "approve_policy_change",
    commands.approve,
    input=DecidePolicyChangeInput,
    shows={"policyVersion": (VERSION, "The version, now in force; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Put a proposed version into force: the next answer to anybody follows it.",
)
mutation(
    "refuse_policy_change",
    commands.refuse,
    input=DecidePolicyChangeInput,
    shows={"policyVersion": (VERSION, "The refused version; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Refuse a proposed version of the policy. Everything stays as it is.",
)
mutation(
    "simulate_policy_change",
    simulate.simulate,
    input=SimulatePolicyChangeInput,
    shows={
        "userCount": OutputField(
            BigInt | None, "Users for whom something would change.", declaration=OfOutcome("userCount")
        ),
        "differenceCount": OutputField(
            BigInt | None, "Permissions of users that would change.", declaration=OfOutcome("differenceCount")
        ),
        "differences": OutputField(
            list[AccessDifference] | None,
            "The first of them, by user; null where there are errors.",
            declaration=OfOutcome("differences", "AccessDifference"),
        ),
    },
    errors=(NotFound, InvalidInput),
    description="Tell who would see more or less by a change of the policy. It proposes nothing.",
    only_tells=True,
)
