"""Words of visits."""

from enum import StrEnum

LONGEST_SUBJECT = 200
LONGEST_TEXT = 4_000
DEGREES = 3
"""Decimals of a position that are kept: about a hundred metres, which is no house."""


class VisitPurpose(StrEnum):
    """What a visit is for."""

    CARE = "to be on good terms with a customer (关怀)"
    SALES = "to offer something (营销)"
    SERVICE = "to do what a customer has asked for (上门服务)"
    RISK = "to look into a risk (贷后检查)"
    ACQUISITION = "to win a customer (拓户)"


class VisitPlace(StrEnum):
    """Where a customer is visited; the address itself is one of their contact points."""

    HOME = "where they live (住所)"
    WORKPLACE = "where they work, or have their business (单位)"
    BRANCH = "in a branch (网点)"
    ELSEWHERE = "anywhere else (其他)"


class VisitState(StrEnum):
    """How far a visit has come."""

    PLANNED = "it is to take place (已计划)"
    CHECKED_IN = "who visits is there (已签到)"
    DONE = "it has taken place (已完成)"
    CANCELLED = "it does not take place (已取消)"


OPEN_STATES = (VisitState.PLANNED, VisitState.CHECKED_IN)
"""Those in which it can still take place."""
