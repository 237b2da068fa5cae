"""Who is asking: a signed-in member of staff and the roles they hold, each in a branch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role held in a branch, with the branch's place in the coverage tree."""

    role: str
    branch_id: int
    position: int
    position_end: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A reader of the graph."""

    user_account_id: int
    username: str
    staff_id: int
    roles: tuple[HeldRole, ...]
    access_version: int
    """The state of access (roles, branches, grants, policies) that this was read in; no statement runs in another."""
    granted_customer_ids: tuple[int, ...] = ()
    """Customers whom an access grant adds to their portfolio on the business date."""
    policy_version_id: int | None = None
    """The version of the policy that was in force then."""
