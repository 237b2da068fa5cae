"""Who managed whom, as clients see it."""

from datetime import date

from domain.portfolio.model import PortfolioRole
from resolvers.portfolio import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(PortfolioRole)


@node(edges.rows, prefix="pot", description="That somebody managed a customer for a time (管户记录).")
class PortfolioTerm(Node):
    """Written whenever a customer is given to somebody."""

    role: PortfolioRole = field(description="As what.")
    starts_on: date = field(description="First business date.")
    ends_on: date | None = field(description="Last business date; null: to this day.")
    customer: ToOne = field(edges.customer, description="Who was managed.")
    staff: ToOne = field(edges.staff, description="Who managed them.")
