"""Words of consents."""

from enum import StrEnum

LONGEST_EVIDENCE = 500


class ConsentPurpose(StrEnum):
    """What a customer is asked for."""

    MARKETING = "to be offered products (营销)"
    PROFILING = "to be put into segments and scored (画像)"
    SHARING = "that their data go to others (信息共享)"
    SURVEY = "to be asked how they like the bank (回访)"
    CONTACT = "to be called or written to at all (联系)"


class ConsentDecision(StrEnum):
    """What the customer said."""

    GIVEN = "yes (同意)"
    REFUSED = "no (拒绝)"
    WITHDRAWN = "no more (撤回)"
