"""Words of cards."""

from enum import StrEnum


class CardGrade(StrEnum):
    """Rank of a card."""

    JUNIOR = "for young customers"
    CLASSIC = "standard"
    GOLD = "gold"


class CardState(StrEnum):
    """Whether a card can be used."""

    ACTIVE = "can be used"
    BLOCKED = "reported lost or stopped"
    EXPIRED = "past its date"
