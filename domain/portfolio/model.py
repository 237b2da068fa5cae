"""Words of portfolios."""

from enum import StrEnum


class PortfolioRole(StrEnum):
    """What somebody is to the customers in their portfolio."""

    PRIMARY = "their relationship manager (A角)"
    BACKUP = "stands in for the manager at any time (B角)"
