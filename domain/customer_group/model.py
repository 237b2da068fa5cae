"""Words of groups of customers."""

from enum import StrEnum


class CustomerGroupKind(StrEnum):
    """What holds customers together."""

    CORPORATE_GROUP = "firms under one control (集团客户)"
    RELATED_PARTIES = "who has to be looked at together for what they owe (关联方)"
    SUPPLY_CHAIN = "a firm with those who sell to it and buy from it (供应链)"
    CLUB = "an association of customers (商会、俱乐部)"


class CustomerGroupState(StrEnum):
    """Whether it is one still."""

    ACTIVE = "there is such a group"
    DISSOLVED = "there was such a group (已解散)"


class CustomerGroupRole(StrEnum):
    """Place of a member in its group."""

    HEAD = "leads it: the parent firm, the core firm (母公司、核心企业)"
    CONTROLLER = "controls it without being a firm of it (实际控制人)"
    SUBSIDIARY = "belongs to the head (子公司)"
    AFFILIATE = "the head has a say in it (参股公司)"
    MEMBER = "belongs to it"
