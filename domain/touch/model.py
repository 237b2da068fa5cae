"""Words of touches, and how many a customer is spared."""

from datetime import timedelta
from enum import StrEnum

LONGEST_CONTENT = 4_000


class TouchState(StrEnum):
    """How far an attempt came."""

    PLANNED = "to be made (待触达)"
    SENT = "on its way (已发出)"
    REACHED = "the customer has it (已触达)"
    FAILED = "it did not get there (触达失败)"
    SUPPRESSED = "left undone, for the customer's sake (已抑制)"


MOST_TOUCHES = 4
FATIGUE = timedelta(days=30)
"""So many attempts in so many days are the most that a customer is offered something: contact fatigue (触达疲劳)."""
COUNTED = (TouchState.PLANNED, TouchState.SENT, TouchState.REACHED)
