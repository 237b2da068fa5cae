"""What the access log tells apart."""

from enum import StrEnum


class EventKind(StrEnum):
    """Kind of an entry of the access log."""

    ACCESS = "customers' data was shown"
    CHANGE = "something was changed"
    DENIAL = "something was asked for or tried that is not allowed"
    SIGN_IN = "somebody signed in or out, or tried to"
    REVEAL = "a masked value was shown in full"
    POLICY = "a rule of access was proposed, approved or refused"
