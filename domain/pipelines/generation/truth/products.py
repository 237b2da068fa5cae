"""The catalogue."""

from dataclasses import dataclass

import numpy as np

from domain.pipelines.generation.truth.randomness import Floats, Ints
from domain.product.model import ProductCategory, ProductRisk


@dataclass(frozen=True, slots=True)
class Product:
    """An entry: `rate` a year, of which `swing` is the standard deviation; `months` until it matures, 0 for none."""

    number: str
    name: str
    category: ProductCategory
    rate: float = 0.0
    months: int = 0
    currency: str = "CNY"
    is_active: bool = True
    swing: float = 0.0
    risk: ProductRisk | None = None


DEPOSIT, LOAN, CARD = ProductCategory.DEPOSIT, ProductCategory.LOAN, ProductCategory.CARD

CURRENT = Product("D001", "个人活期存款（Ⅰ类户）", DEPOSIT, 0.0005)
SECOND = Product("D002", "电子账户（Ⅱ类户）", DEPOSIT, 0.0005)
DOLLAR = Product("D003", "美元活期储蓄", DEPOSIT, 0.0005, currency="USD")
PENSION = Product("D004", "个人养老金资金账户", DEPOSIT, 0.0005)
PASSBOOK = Product("D009", "存折储蓄（已停售）", DEPOSIT, 0.0005, is_active=False)
TERMS = (
    Product("D011", "定期存款三个月", DEPOSIT, 0.0080, 3),
    Product("D012", "定期存款六个月", DEPOSIT, 0.0100, 6),
    Product("D013", "定期存款一年", DEPOSIT, 0.0110, 12),
    Product("D014", "定期存款二年", DEPOSIT, 0.0120, 24),
    Product("D015", "定期存款三年", DEPOSIT, 0.0150, 36),
    Product("D016", "大额存单三年", DEPOSIT, 0.0180, 36),
)
TERM_WEIGHTS = (10, 14, 34, 14, 28)
LARGE_TERM_FROM = 200_000
"""CNY from which three years mean a certificate of deposit (大额存单)."""
CASH_POT = Product("W001", "日日盈现金管理", ProductCategory.WEALTH, 0.0165, risk=ProductRisk.R1)
STEADY_POT = Product("W002", "稳健添利持有期理财", ProductCategory.WEALTH, 0.0240, risk=ProductRisk.R2)
FIRM_CURRENT = Product("D101", "单位活期存款", DEPOSIT, 0.0005)
FIRM_TERM = Product("D102", "单位定期存款一年", DEPOSIT, 0.0110, 12)
MORTGAGE = Product("L001", "个人住房贷款", LOAN)
CONSUMER = Product("L002", "个人消费贷款", LOAN)
BUSINESS = Product("L003", "小微企业经营贷款", LOAN)
DEBIT = Product("C001", "借记卡", CARD)
GOLD = Product("C002", "金卡", CARD)
JUNIOR = Product("C003", "少年卡", CARD)

FUND, INSURANCE = ProductCategory.FUND, ProductCategory.INSURANCE
FUNDS = (
    Product("F001", "沪深三百指数基金", FUND, 0.05, swing=0.18, risk=ProductRisk.R4),
    Product("F002", "纯债债券基金", FUND, 0.03, swing=0.015, risk=ProductRisk.R2),
    Product("F003", "稳健配置混合基金", FUND, 0.045, swing=0.08, risk=ProductRisk.R3),
    Product("F004", "科技成长股票基金", FUND, 0.07, swing=0.26, risk=ProductRisk.R4),
)
ANNUITY = Product("I001", "安心年金保险", INSURANCE)
MEDICAL = Product("I002", "百万医疗保险", INSURANCE)

SECURITIES = ProductCategory.SECURITIES
SAVINGS_BONDS = (
    Product("S001", "储蓄国债（电子式）三年期", SECURITIES, 0.0163, 36, risk=ProductRisk.R1),
    Product("S002", "储蓄国债（电子式）五年期", SECURITIES, 0.0170, 60, risk=ProductRisk.R1),
)
COUNTER_BOND = Product("S003", "柜台记账式国债", SECURITIES, 0.02, swing=0.02, risk=ProductRisk.R2)
CUSTODY = Product("S004", "证券第三方存管", SECURITIES, 0.06, swing=0.3, risk=ProductRisk.R4)
"""What lies with a broker, in the bank's custody."""
PRICED = (*FUNDS, COUNTER_BOND, CUSTODY)
"""What is worth what its market says."""

PRODUCTS = (
    CURRENT, SECOND, DOLLAR, PENSION, PASSBOOK, *TERMS, CASH_POT, STEADY_POT, FIRM_CURRENT, FIRM_TERM, MORTGAGE,
    CONSUMER, BUSINESS, DEBIT, GOLD, JUNIOR,
    *FUNDS, ANNUITY, MEDICAL, *SAVINGS_BONDS, COUNTER_BOND, CUSTODY,
)  # fmt: skip


def place(product: Product) -> int:
    """Where a product stands in the catalogue."""
    return PRODUCTS.index(product)


def rate_of(product: Ints) -> Floats:
    """What each product of the catalogue, by its place, earns a year."""
    return np.array([entry.rate for entry in PRODUCTS])[product]
