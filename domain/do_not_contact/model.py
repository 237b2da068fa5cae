"""Words of do-not-contact, and what keeps the bank from contacting somebody."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST_NOTE = 1_000


class DoNotContactReason(StrEnum):
    """Why a customer is left alone."""

    REQUESTED = "they asked for it (客户要求)"
    COMPLAINT = "a complaint of theirs is open (投诉处理中)"
    BEREAVEMENT = "somebody close to them died, or they did (丧亲、身故)"
    ILLNESS = "they are seriously ill (重病)"
    LITIGATION = "they and the bank are before a court (诉讼)"
    REGISTER = "a register outside the bank lists them (外部免打扰名单)"
    OTHER = "another reason, which the note tells"


class ContactPurpose(StrEnum):
    """What the bank contacts somebody for."""

    MARKETING = "to offer them something; takes a consent"
    SURVEY = "to ask how they like the bank; takes that they have not refused"
    CARE = "to serve and greet them; takes that they have not refused to be contacted at all"
    DUTY = "what law or contract obliges the bank to tell them; nothing keeps it from that"


class Barrier(StrEnum):
    """What keeps the bank from contacting somebody."""

    NO_CUSTOMER = "there is no such customer, or they have left the bank"
    DO_NOT_CONTACT = "they are to be left alone; no consent outweighs that"
    REFUSED = "their last word was no"
    NOT_CONSENTED = "they have not said yes"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the bank may contact somebody."""

    barrier: Barrier | None
    """None: it may."""
    until: date | None = None
    """Last day of a do-not-contact; None where it has no end, or where that is not the barrier."""

    @property
    def may(self) -> bool:
        """Whether it may."""
        return self.barrier is None


def fault_of_term(starts_on: date, ends_on: date | None, *, today: date) -> tuple[str, str] | None:
    """The field that makes no sense, and why; None where both do."""
    if starts_on < today:
        return "startsOn", f"It cannot start before today's business date, {today}."
    if ends_on is not None and ends_on < starts_on:
        return "endsOn", "It cannot end before it starts."
    return None
