"""Words of the product catalogue."""

from enum import StrEnum


class ProductCategory(StrEnum):
    """What kind of contract a product is."""

    DEPOSIT = "deposit (存款)"
    WEALTH = "wealth management (理财)"
    FUND = "fund (基金)"
    INSURANCE = "insurance (保险)"
    LOAN = "loan (贷款)"
    CARD = "bank card (银行卡)"
