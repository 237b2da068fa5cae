"""Words of campaigns."""

from enum import StrEnum


class CampaignObjective(StrEnum):
    """What a campaign is for."""

    ACQUISITION = "to win new customers (拓新)"
    CROSS_SELL = "to sell more to those the bank has (交叉销售)"
    RETENTION = "to keep those who may leave (挽留)"
    ACTIVATION = "to wake those who sleep (激活)"
    CARE = "to be on good terms (关怀)"


class CampaignState(StrEnum):
    """How far a campaign has come."""

    PLANNED = "being planned (策划中)"
    APPROVED = "allowed, not yet begun (已批准)"
    RUNNING = "under way (执行中)"
    ENDED = "over (已结束)"
    CANCELLED = "will not be (已取消)"


class CampaignArm(StrEnum):
    """What a campaign does with a customer of its audience."""

    TARGET = "reaches them (目标组)"
    CONTROL = "leaves them alone, to see what happens without it (对照组)"


class CampaignEventState(StrEnum):
    """How an event stands."""

    PLANNED = "will be held (待举办)"
    HELD = "was held (已举办)"
    CANCELLED = "is not held (已取消)"
