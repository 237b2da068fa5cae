"""Who is asking: a signed-in member of staff and the roles they hold, each in a branch."""

from dataclasses import dataclass

from domain.shared.scope import Interval


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role held in a branch, with the branch's place in the coverage tree."""

    role: str
    branch_id: int
    position: int
    position_end: int
    standing: "Standing | None" = None
    """Where rows really stand while those of branches that have moved are being rewritten."""

    @property
    def of_branch(self) -> tuple[Interval, ...]:
        """Positions of the rows of the branch itself."""
        return ((self.position, self.position),) if self.standing is None else self.standing.of_branch

    @property
    def of_subtree(self) -> tuple[Interval, ...]:
        """Positions of the rows of the branch and of all below it."""
        return ((self.position, self.position_end),) if self.standing is None else self.standing.of_subtree


@dataclass(frozen=True, slots=True)
class Standing:
    """Positions that rows of a branch carry: its own, and former ones of branches that have moved to it or with it."""

    of_branch: tuple[Interval, ...]
    of_subtree: tuple[Interval, ...]


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
    purpose: str | None = None
    """What a program reads the graph for, as was registered with its account."""
