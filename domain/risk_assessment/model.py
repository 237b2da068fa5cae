"""Words of what risk customers can bear, and which products suit them."""

from enum import StrEnum

from domain.product.model import ProductRisk


class RiskLevel(StrEnum):
    """How much risk a customer can bear, as they were asked."""

    C1 = "none to speak of (保守型)"
    C2 = "little (稳健型)"
    C3 = "some (平衡型)"
    C4 = "much (成长型)"
    C5 = "as much as there is (进取型)"


def suits(level: RiskLevel, risk: ProductRisk) -> bool:
    """Whether a customer may be offered a product: no more risk than they can bear."""
    return int(risk.name[1]) <= int(level.name[1])
