"""Words of applications to go live."""

from enum import StrEnum

LONGEST_REASON = 1_000


class GoLiveState(StrEnum):
    """What became of an application to go live."""

    PROPOSED = "waits for the final approval"
    APPROVED = "was approved: the branch is live"
    REFUSED = "was refused: the branch is being set up on"
