"""Words of interactions."""

from enum import StrEnum

LONGEST_SUBJECT = 200
LONGEST_NOTE = 4_000


class Direction(StrEnum):
    """Who began it."""

    INBOUND = "the customer (呼入)"
    OUTBOUND = "the bank (呼出)"


class InteractionOutcome(StrEnum):
    """What came of it."""

    REACHED = "the customer was spoken to (已接触)"
    NOT_REACHED = "the customer was not there (未接通)"
    INTERESTED = "the customer wants to hear more (有意向)"
    DECLINED = "the customer does not want it (拒绝)"
    DONE = "what it was about is done (已办结)"
