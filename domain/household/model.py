"""Words of households."""

from enum import StrEnum


class HouseholdRole(StrEnum):
    """Place of a member in the household."""

    HEAD = "head of the household"
    PARTNER = "partner of the head"
    CHILD = "child"
    OTHER = "another member"
