"""Words of the product catalogue."""

from enum import StrEnum


class ProductCategory(StrEnum):
    """What kind of contract a product is."""

    DEPOSIT = "deposit (存款)"
    WEALTH = "wealth management (理财)"
    FUND = "fund (基金)"
    INSURANCE = "insurance (保险)"
    SECURITIES = "securities (证券)"
    LOAN = "loan (贷款)"
    CARD = "bank card (银行卡)"


class ProductRisk(StrEnum):
    """How much of their money customers may lose."""

    R1 = "none to speak of (低风险)"
    R2 = "little (中低风险)"
    R3 = "some (中风险)"
    R4 = "much (中高风险)"
    R5 = "all of it (高风险)"
