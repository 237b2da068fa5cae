"""Words of care."""

from enum import StrEnum

LONGEST_TITLE = 200
LONGEST_TEXT = 4_000
MOST_DAYS = 366


class CareOccasion(StrEnum):
    """When a customer is to be cared for."""

    BIRTHDAY = "their birthday (生日)"
    FESTIVAL = "a festival (节日)"
    MATURITY = "something of theirs ends (到期)"
    ANNIVERSARY = "the day on which they became a customer (开户周年)"
    LIFE_EVENT = "something changes in their life (人生事件)"
    REGULAR = "every so many days (定期)"


class CarePlanState(StrEnum):
    """Whether a plan goes on."""

    ACTIVE = "it goes on (执行中)"
    ENDED = "it does not go on (已结束)"


class CareState(StrEnum):
    """What became of a piece of care."""

    PLANNED = "it is to be done (待执行)"
    DONE = "it was done (已执行)"
    SKIPPED = "it was left out (已跳过)"
