"""Rules of access as the bank keeps them: a policy is a set of lines, and each change of it a new version."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

LONGEST_REASON = 1_000


class Reach(StrEnum):
    """How far a permission goes from the branch in which its role is held."""

    OWN = "own"
    BRANCH = "branch"
    SUBTREE = "subtree"
    BANK = "bank"


class PolicyLineKind(StrEnum):
    """What a line of a policy says."""

    GRANT = "the role has the permission, as far as the reach says"
    DENY = "whoever holds the role does not have the permission, whatever other roles grant"
    INCLUDE = "the role has all that the other role has"
    EXCLUDE = "nobody may hold both roles"
    CELL = "figures about groups of fewer rows than this are hidden from the role"


class PolicyState(StrEnum):
    """Life of a version of the policy."""

    PROPOSED = "waits for a second person"
    ACTIVE = "in force"
    REFUSED = "was refused"
    SUPERSEDED = "another version has come into force"


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One line; which words it has besides the role follows from its kind."""

    kind: PolicyLineKind
    role: str
    permission: str | None = None
    reach: Reach | None = None
    other_role: str | None = None
    smallest_cell: int | None = None

    def __str__(self) -> str:
        """As the files write it."""
        match self.kind:
            case PolicyLineKind.GRANT:
                return f"p, {self.role}, {self.permission}, {self.reach}"
            case PolicyLineKind.DENY:
                return f"deny, {self.role}, {self.permission}"
            case PolicyLineKind.INCLUDE:
                return f"g, {self.role}, {self.other_role}"
            case PolicyLineKind.EXCLUDE:
                return f"exclude, {self.role}, {self.other_role}"
            case PolicyLineKind.CELL:
                return f"p2, {self.role}, {self.smallest_cell}"


def known_roles(lines: Iterable[PolicyLine]) -> set[str]:
    """The roles that have something: a permission, or all that another role has."""
    return {line.role for line in lines if line.kind in (PolicyLineKind.GRANT, PolicyLineKind.INCLUDE)}


def with_included(roles: Iterable[str], lines: Collection[PolicyLine]) -> set[str]:
    """The roles and all that they include, directly or not."""
    found: set[str] = set()
    waiting = list(roles)
    while waiting:
        role = waiting.pop()
        if role not in found:
            found.add(role)
            waiting += [
                str(line.other_role) for line in lines if line.kind is PolicyLineKind.INCLUDE and line.role == role
            ]
    return found


def exclusion_broken_by(roles: Iterable[str], lines: Collection[PolicyLine]) -> PolicyLine | None:
    """The line that forbids to hold these roles together; None where none does."""
    held = with_included(roles, lines)
    return next(
        (line for line in lines if line.kind is PolicyLineKind.EXCLUDE and {line.role, line.other_role} <= held), None
    )
