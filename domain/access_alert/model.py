"""What in the access log makes somebody look: rules, how much of what they take, and what was found."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_NOTE = 2_000
FEWEST_FOR_A_SHARE = 20
"""Customers whom somebody saw in a day, below which their share tells nothing."""


class AccessAlertRule(StrEnum):
    """What was noticed about somebody's entries in the access log within a window of time."""

    # Programs are asked about honeytokens alone: they see much, by night, and have no portfolio.

    VOLUME_HOUR = "they saw as many different customers within an hour"
    VOLUME_DAY = "they saw as many different customers within a day"
    ODD_HOURS = "they saw as many different customers in a night, from 22 to 6 o'clock"
    OUT_OF_PORTFOLIO = "as many percent of the customers they saw in a day are not theirs, though they have a portfolio"
    SEQUENTIAL = "they opened customers one by one, as many in an unbroken row of ids within an hour"
    REPEATED_SEARCH = "they searched the same number as often within a day"
    HONEYTOKEN = "they were shown as often in a day a customer whom nobody has business with"


class AccessAlertState(StrEnum):
    """Whether somebody has looked."""

    OPEN = "waits for a security officer"
    CLOSED = "was looked into"


class AccessAlertFinding(StrEnum):
    """What a security officer found."""

    JUSTIFIED = "it was work that they had to do"
    FALSE_ALARM = "it was nothing"
    MISUSE = "they had no reason that holds"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time by the bank's clock: `began = trunc(unit, time - shift) + start`, and so long from there on."""

    name: str
    unit: str
    length: str
    shift: str = "0"
    start: str = "0"


HOUR = Window("HOUR", "hour", "1 hour")
DAY = Window("DAY", "day", "1 day")
NIGHT = Window("NIGHT", "day", "8 hours", shift="6 hours", start="22 hours")
WINDOWS = (HOUR, DAY, NIGHT)


@dataclass(frozen=True, slots=True)
class Rule:
    """How one rule is measured."""

    window: Window
    threshold: int
    """Unless the bank has set another one."""
    unit: str


RULES = {
    AccessAlertRule.VOLUME_HOUR: Rule(HOUR, 200, "customers"),
    AccessAlertRule.VOLUME_DAY: Rule(DAY, 800, "customers"),
    AccessAlertRule.ODD_HOURS: Rule(NIGHT, 30, "customers"),
    AccessAlertRule.OUT_OF_PORTFOLIO: Rule(DAY, 80, "percent"),
    AccessAlertRule.SEQUENTIAL: Rule(HOUR, 20, "customers in a row"),
    AccessAlertRule.REPEATED_SEARCH: Rule(DAY, 5, "searches"),
    AccessAlertRule.HONEYTOKEN: Rule(DAY, 1, "entries"),
}
