"""Words of indicators and targets."""

from enum import StrEnum


class IndicatorUnit(StrEnum):
    """What an indicator is counted in."""

    AMOUNT = "money (金额)"
    COUNT = "pieces (数量)"
    RATIO = "a share, from 0 (比率)"
    DAYS = "days (天)"


class TargetPeriod(StrEnum):
    """How long a target is for."""

    MONTH = "a month (月)"
    QUARTER = "a quarter of a year (季)"
    YEAR = "a year (年)"
