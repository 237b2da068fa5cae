"""Words of the branch tree."""

from enum import StrEnum


class BranchLevel(StrEnum):
    """Place of a branch (机构) in the tree."""

    HEAD_OFFICE = "head office (总行)"
    BRANCH = "branch (分行): a province or region"
    SUB_BRANCH = "sub-branch (支行): a city or district"
    OUTLET = "outlet (网点)"

    def is_above(self, other: "BranchLevel") -> bool:
        """Whether a branch of the other level may stand under one of this."""
        levels = list(BranchLevel)
        return levels.index(self) < levels.index(other)


class BranchState(StrEnum):
    """Whether a branch serves customers."""

    PREPARING = "is being set up; roles held there reach nothing yet"
    APPLIED = "was set up and waits for the final approval; roles held there reach nothing yet"
    OPEN = "is live: it serves customers"
    CLOSED = "closed; its customers have moved"
