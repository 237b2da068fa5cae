"""What somebody may do only so often on one business date."""

from dataclasses import dataclass
from enum import StrEnum


class QuotaKind(StrEnum):
    """What is counted."""

    REVEAL = "sealed values shown in full"
    SEARCH = "identifiers that rows were looked up by"


@dataclass(frozen=True, slots=True)
class Quotas:
    """How often each is done by one user on one business date, at most."""

    reveals: int = 30
    searches: int = 200
