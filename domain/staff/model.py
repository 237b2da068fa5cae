"""Words of staff."""

from enum import StrEnum


class StaffPost(StrEnum):
    """What an employee is employed as."""

    TELLER = "serves customers at the counter (柜员)"
    SERVICE_AGENT = "serves customers by telephone and chat (客服坐席)"
    RELATIONSHIP_MANAGER = "has assigned customers (客户经理)"
    FIELD_MANAGER = "has assigned customers and visits them (外拓经理)"
    BRANCH_MANAGER = "leads a branch (行长)"
    REGIONAL_MANAGER = "leads a region's branches"
    ANALYST = "analyses the bank's data"
    DATA_STEWARD = "answers for the quality of the data (数据管理员)"
    ADMINISTRATOR = "runs the system"
    SECURITY_OFFICER = "approves who may see what, and follows up alerts (安全管理员)"
    AUDITOR = "examines what was done (审计员)"


class StaffState(StrEnum):
    """Whether somebody works here."""

    ACTIVE = "employed"
    LEFT = "has left the bank"
