"""Words of leads."""

from enum import StrEnum

LONGEST_NAME = 100
LONGEST_TEXT = 4_000


class LeadOrigin(StrEnum):
    """Where the bank learned of one."""

    FORM = "a form that they filled in (表单)"
    FILE = "a list of names (名单导入)"
    REFERRAL = "somebody of the bank named them (员工转介)"
    CUSTOMER_REFERRAL = "a customer named them (老客户推荐)"
    WALK_IN = "they came by themselves (主动到访)"


class LeadState(StrEnum):
    """What became of one."""

    OPEN = "to be followed up (待跟进)"
    QUALIFIED = "an opportunity came of it (已转商机)"
    DROPPED = "nothing comes of it (已放弃)"


class LeadDropReason(StrEnum):
    """Why nothing comes of one."""

    NOT_REACHED = "they were not to be reached (联系不上)"
    NOT_INTERESTED = "they do not want anything (无意向)"
    NOT_ELIGIBLE = "the bank's rules do not allow it (不符合条件)"
    DUPLICATE = "the bank knew already (重复)"
    DO_NOT_CONTACT = "they do not want to be reached (拒绝联系)"
