"""Products as clients see them."""

from domain.product.model import ProductCategory, ProductRisk
from resolvers.product import edges
from schema.building import described
from schema.node import Node, ToMany, field, node

described(ProductCategory)
described(ProductRisk)


@node(edges.rows, prefix="pro", description="A product of the catalogue (产品).")
class Product(Node):
    """What contracts are made about."""

    product_no: str = field(description="The bank's own number of the product.")
    name: str = field(edges.name, description="Name; ordered by pinyin.")
    category: ProductCategory = field(description="What kind of contract it is.")
    is_active: bool = field(description="Whether it is sold now.")
    risk: ProductRisk | None = field(
        description="How much customers may lose by it; null where that is no question. See `RiskAssessment.level`."
    )
    accounts: ToMany = field(edges.accounts, description="Accounts of this product, newest first.")
    loans: ToMany = field(edges.loans, description="Loans of this product, newest first.")
    tickets: ToMany = field(edges.tickets, description="Tickets about it, newest first.")
    service_requests: ToMany = field(
        edges.service_requests, description="Accounts and loans of it that were asked for, newest first."
    )
    cards: ToMany = field(edges.cards, description="Cards of this product, newest first.")
    opportunities: ToMany = field(edges.opportunities, description="Possible sales of it, newest first.")
    leads: ToMany = field(edges.leads, description="Hints that somebody may want it, newest first.")
    referrals: ToMany = field(edges.referrals, description="Customers sent on because of it, newest first.")
    quotations: ToMany = field(edges.quotations, description="Terms asked for and offered, newest first.")
    campaigns: ToMany = field(edges.campaigns, description="Campaigns that offer it, newest first.")
    responses: ToMany = field(edges.responses, description="Customers who took it from a campaign, newest first.")
    model_versions: ToMany = field(edges.model_versions, description="Models of who takes it, newest first.")
    scores: ToMany = field(edges.scores, description="How likely customers take it, most likely first.")
    recommendations: ToMany = field(
        edges.recommendations, description="To whom it is to be offered next, first ones first."
    )
    targets: ToMany = field(edges.targets, description="Targets that it alone counts for, newest first.")
    articles: ToMany = field(edges.articles, description="Articles of the knowledge base about it, by title.")
