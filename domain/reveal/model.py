"""Why a sealed value is shown in full, and for how long."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

VISIBLE = timedelta(seconds=60)
"""How long a client may keep a revealed value on the screen."""
LONGEST_REFERENCE = 200


class RevealReason(StrEnum):
    """What somebody needs a sealed value for."""

    CUSTOMER_REQUEST = "the customer asked for it, or for what it takes"
    CUSTOMER_CONTACT = "the customer has to be reached"
    IDENTITY_CHECK = "who somebody is has to be checked"
    DATA_CORRECTION = "the value is wrong or stands in the wrong place"
    COMPLAINT = "a complaint is looked into"
    COMPLIANCE = "an authority, a court or internal control asks for it"


@dataclass(frozen=True, slots=True)
class RevealPurpose:
    """A reason, and what it is about."""

    reason: RevealReason
    reference: str

    @property
    def fault(self) -> str | None:
        """Why the reference is none; None where it is one."""
        if not self.reference.strip():
            return "Say what it is about: the number of the ticket or task, or a few words."
        if len(self.reference) > LONGEST_REFERENCE:
            return f"A reference has {LONGEST_REFERENCE} characters at most."
        return None

    def __str__(self) -> str:
        return f"{self.reason.name}: {self.reference.strip()}"
