"""Words of the register of sources."""

from enum import StrEnum


class SourceKind(StrEnum):
    """What a source is."""

    CORE_BANKING = "deposits and customers of core banking (核心系统)"
    CARDS = "cards (银行卡系统)"
    LOANS = "loans (信贷系统)"
    SECURITIES_AGENCY = "securities sold for others (证券代理)"
    INSURANCE_AGENCY = "insurance sold for others (保险代理)"
    PAYMENTS = "collections and payments (代收代付)"
    INTERNATIONAL_CARD = "international cards (国际卡)"
    CALL_CENTRE = "calls (客服中心)"
    E_BANKING = "the e-bank and the mobile bank (电子银行)"
    HR = "staff and posts (人力资源)"
    EXTERNAL_LIST = "a list from outside the bank (外部名单)"
    SAMPLE = "a bank that was made up or is tried out (示例)"


class LegalBasis(StrEnum):
    """What allows the bank to use what a source delivers."""

    CONTRACT = "the contract with the customer needs it (履行合同)"
    LEGAL_DUTY = "the law demands it (法定义务)"
    CONSENT = "the customer consented to it (个人同意)"
    PUBLIC = "it is public, within reason (已公开信息)"
    HR_MANAGEMENT = "employment needs it (人力资源管理)"
    NONE = "nothing does"


class SourceQuality(StrEnum):
    """How far what a source delivers can be relied on, as data stewards find."""

    HIGH = "reliable"
    MEDIUM = "reliable in most attributes"
    LOW = "to be confirmed by another source"
    UNKNOWN = "nobody has looked yet"


class DeliveryRhythm(StrEnum):
    """How often a source delivers."""

    LIVE = "as it happens"
    DAILY = "every business day"
    MONTHLY = "once a month"
    ONCE = "once, or when asked"
