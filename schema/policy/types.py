"""The policy as clients see it: its versions and their lines."""

from datetime import datetime

from resolvers.policy import edges
from schema.node import Node, ToMany, ToOne, field, node
from schema.policy.words import PolicyLineKind, PolicyState, Reach


@node(
    edges.versions,
    prefix="pol",
    description="A version of the policy (权限策略): who may do what, and how far. One version is in force.",
)
class PolicyVersion(Node):
    """All lines at once; a change makes another version."""

    policy_number: int = field(description="Counts the versions, from 1: what came with the software.")
    state: PolicyState = field(description="Whether it is in force.")
    reason: str = field(description="Why it was proposed.")
    base: ToOne = field(edges.base, description="The version in force that it was made from; null for the first.")
    successors: ToMany = field(edges.successors, description="Versions that were made from it, newest first.")
    proposed_by: ToOne = field(edges.proposed_by, description="Who proposed it; null for the first.")
    decided_by: ToOne = field(edges.decided_by, description="The second person, who approved or refused it.")
    decided_at: datetime | None = field(description="When they did.")
    lines: ToMany = field(edges.lines_of_version, description="Its lines, by role.")


@node(edges.lines, prefix="pln", description="A line of a version of the policy; lines never change.")
class PolicyLine(Node):
    """One rule."""

    kind: PolicyLineKind = field(description="What it says; the kind decides which of the words below it has.")
    role: str = field(description="The role that it is about.")
    permission: str | None = field(description="`<concept>[.<part>]:<action>`, for grants and denials.")
    reach: Reach | None = field(description="How far the permission goes, for grants.")
    other_role: str | None = field(description="The role that is included, or excluded.")
    smallest_cell: int | None = field(description="The smallest group whose figures are shown.")
    policy_version: ToOne = field(edges.version_of_line, description="The version that it belongs to.")
