"""Words of opportunities, and how likely each stage makes a sale."""

from decimal import Decimal
from enum import StrEnum

LONGEST_NAME = 200
LONGEST_TEXT = 4_000


class OpportunityKind(StrEnum):
    """How a sale goes on from what the customer has."""

    NEW_SALE = "the first of its kind (首次销售)"
    CROSS_SELL = "something beside what they have (交叉销售)"
    UP_SELL = "more of what they have (提升销售)"
    REPEAT_SELL = "the same again (续购)"


class OpportunityOccasion(StrEnum):
    """What gave rise to one."""

    CUSTOMER_ASKED = "the customer asked (客户主动)"
    MATURITY = "something of theirs ends soon (到期)"
    LARGE_INFLOW = "much money came in (大额资金流入)"
    LIFE_EVENT = "something happened in their life (人生事件)"


class OpportunityStage(StrEnum):
    """How far a sale has come, in its order; the last two are its ends."""

    IDENTIFIED = "somebody may want something (发现商机)"
    CONTACTED = "it was talked about (已接触)"
    QUALIFIED = "what they need is known (需求确认)"
    PROPOSED = "they have an offer (方案报价)"
    NEGOTIATED = "terms are talked about (商务谈判)"
    WON = "sold (成交)"
    LOST = "not sold (流失)"


class OpportunityCloseReason(StrEnum):
    """What decided it."""

    TERMS = "price, rate or other terms (价格条件)"
    SERVICE = "how they were served (服务)"
    NEED = "what they need, or do not (需求)"
    COMPETITOR = "another bank (同业竞争)"
    ELIGIBILITY = "whether the bank's rules allow it (准入条件)"
    OTHER = "something else (其他)"


PROBABILITY = {
    OpportunityStage.IDENTIFIED: Decimal("0.1"),
    OpportunityStage.CONTACTED: Decimal("0.2"),
    OpportunityStage.QUALIFIED: Decimal("0.4"),
    OpportunityStage.PROPOSED: Decimal("0.6"),
    OpportunityStage.NEGOTIATED: Decimal("0.8"),
    OpportunityStage.WON: Decimal(1),
    OpportunityStage.LOST: Decimal(0),
}
"""How likely a sale is in each stage, unless somebody knows better."""
ENDS = (OpportunityStage.WON, OpportunityStage.LOST)
