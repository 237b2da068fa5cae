"""Words of relations between customers."""

from enum import StrEnum


class RelationType(StrEnum):
    """What `to` is to `from`."""

    SPOUSE = "spouse (配偶)"
    PARENT = "parent"
    CHILD = "child"
    GUARANTOR = "guarantor (担保人)"
    JOINT_HOLDER = "shares an account"
    EMPLOYER = "employer"
    REFERRER = "brought this customer to the bank"
    KEY_PERSON = "key person of an organisation"
    LEGAL_REPRESENTATIVE = "legal representative of an organisation (法定代表人)"
    BENEFICIAL_OWNER = "in the end, an organisation is theirs (受益所有人)"
    SHAREHOLDER = "holds shares of an organisation (股东)"
    FINANCE_OFFICER = "deals with an organisation's money (财务负责人)"


class RelationEvidence(StrEnum):
    """What a relation or a household was found from."""

    DECLARED = "told by the customer"
    SHARED_ACCOUNT = "both may use one account"
    SHARED_ADDRESS = "both live at one address or in one district"
    OPPOSITE_SEX = "the two are of opposite sex"
