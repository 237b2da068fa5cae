"""Words of hand-overs."""

from enum import StrEnum

LONGEST_NOTE = 2_000


class HandoverCause(StrEnum):
    """Why a portfolio has nobody any more."""

    DEPARTURE = "its manager has left the bank"
    TRANSFER = "its manager works in another branch now"


class HandoverState(StrEnum):
    """Whether the customers have somebody again."""

    OPEN = "its customers wait in the branch's pool for new managers"
    DONE = "its customers were given to new managers"
