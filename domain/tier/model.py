"""Words of tiers."""

from enum import StrEnum


class TierMeasure(StrEnum):
    """What a tier asks for."""

    AUM_MONTH_AVERAGE = "assets under management, the mean of a month's days (月日均 AUM)"
    PRODUCT_COUNT = "kinds of products held (持有产品数)"
    YEARS_WITH_BANK = "completed years since the first contract (客户年限)"


class TierChange(StrEnum):
    """How a customer came to a tier."""

    FIRST = "they had none before (首次评定)"
    UPGRADE = "from a lower one (升级)"
    DOWNGRADE = "from a higher one (降级)"
