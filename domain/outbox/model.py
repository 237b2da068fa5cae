"""What a client of a subscription is to make of an answer."""

from enum import StrEnum


class UpdateKind(StrEnum):
    """Why an answer of a subscription comes."""

    PRESENT = "how things are: the first answer, or nothing has changed since the event the client named"
    CHANGED = "something has changed since the answer before, or since the event the client named"
    GAP = "how things are; what happened since the event the client named is not known any more: reload the rest"
