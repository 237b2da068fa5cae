"""Words of staff."""

from enum import StrEnum


class StaffPost(StrEnum):
    """What an employee is employed as."""

    TELLER = "serves customers at the counter (柜员)"
    RELATIONSHIP_MANAGER = "has assigned customers (客户经理)"
    BRANCH_MANAGER = "leads a branch (行长)"
    REGIONAL_MANAGER = "leads a region's branches"
    ANALYST = "analyses the bank's data"
    ADMINISTRATOR = "runs the system"


class StaffState(StrEnum):
    """Whether somebody works here."""

    ACTIVE = "employed"
    LEFT = "has left the bank"
