"""Why somebody may see a customer who is not theirs, and until when."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = timedelta(days=92)
"""A grant of longer than a quarter is a change of manager."""


class AccessGrantReason(StrEnum):
    """What a grant is for."""

    COVER = "stands in for the manager who is away"
    SPECIALIST = "was called in for their special knowledge"
    HANDOVER = "takes the customer over"


@dataclass(frozen=True, slots=True)
class Term:
    """The business dates on which a grant holds, both included."""

    starts_on: date
    ends_on: date

    def fault(self, today: date) -> tuple[str, str] | None:
        """The field that makes no sense, and why; None where all do."""
        if self.starts_on < today:
            return "startsOn", f"A grant cannot start before today's business date, {today}."
        if self.ends_on < self.starts_on:
            return "endsOn", "A grant cannot end before it starts."
        if self.ends_on - self.starts_on >= LONGEST:
            return "endsOn", f"A grant holds for {LONGEST.days} days at most; change the manager instead."
        return None
