"""Changing the policy: one person proposes, another one approves or refuses."""

import strawberry

from domain.policy.model import LONGEST_REASON
from domain.policy.tables import policy_version
from resolvers.engine.edges import OutcomeRow
from resolvers.policy import commands
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation
from schema.policy.words import PolicyLineKind, Reach


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
