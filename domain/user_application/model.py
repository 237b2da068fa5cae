"""An application for a user: who is to have which roles, and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.user_account.administration import RoleInBranch

LONGEST_REASON = 1_000
USERNAME = r"[a-z0-9][a-z0-9._-]{1,63}"


class UserApplicationKind(StrEnum):
    """What is applied for."""

    NEW_USER = "an account with its first roles"
    ROLE_CHANGE = "roles that come to an account, or go"


class UserApplicationState(StrEnum):
    """How far an application has come."""

    PROPOSED = "waits for a second person"
    APPROVED = "was approved; the training for the new roles is to be confirmed"
    TRAINED = "the training is confirmed; waits to be put into effect"
    ACTIVE = "is in effect"
    REFUSED = "was refused"
    WITHDRAWN = "was withdrawn, or the member of staff has left or moved"


OPEN_STATES = (UserApplicationState.PROPOSED, UserApplicationState.APPROVED, UserApplicationState.TRAINED)
"""In which an application can still come into effect."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an application asks for."""

    kind: UserApplicationKind
    staff_id: int
    username: str
    adds: Sequence[RoleInBranch] = ()
    removes: Sequence[RoleInBranch] = ()

    @property
    def needs_training(self) -> bool:
        """Whoever loses roles alone has nothing to learn."""
        return bool(self.adds)
