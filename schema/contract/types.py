"""What customers have signed for, of whatever kind."""

from resolvers.contract import edges
from schema.node import UNIONS

UNIONS["Contract"] = (
    edges.all_contracts,
    "A contract (合约) between customers and the bank: an account, a loan or a card. Contracts of a type that the "
    "reader may see nothing of are absent, and the type is named in `extensions.withheld`.",
)
