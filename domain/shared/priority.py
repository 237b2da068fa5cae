"""How soon work wants to be done."""

from enum import StrEnum


class Priority(StrEnum):
    """From what can wait to what cannot."""

    LOW = "whenever there is time (低)"
    NORMAL = "in its turn (中)"
    HIGH = "before other work (高)"
    URGENT = "at once (紧急)"
