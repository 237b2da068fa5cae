"""Where the fields of products live."""

from authz.permissions import Permission
from domain.account.tables import account
from domain.campaign.tables import campaign
from domain.card.tables import card
from domain.indicator.tables import target
from domain.knowledge_article.tables import knowledge_article
from domain.lead.tables import lead
from domain.loan.tables import loan
from domain.model_version.tables import model_version
from domain.opportunity.tables import opportunity
from domain.product.tables import product
from domain.quotation.tables import quotation
from domain.recommendation.tables import recommendation
from domain.referral.tables import referral
from domain.response.tables import response
from domain.score.tables import score
from domain.service_request.tables import service_request
from domain.ticket.tables import ticket
from resolvers.engine.edges import Rows, column, connection, newest_first, oldest_first
from resolvers.engine.guards import for_everyone

rows = Rows(product, reads=(Permission.PRODUCT_READ,), visible=for_everyone)

name = column(product.c.name, sort="name_sort_key")
accounts = connection(
    account, lambda product, account: account.c.product_id == product.c.id, order=newest_first("opened_on")
)
loans = connection(loan, lambda product, loan: loan.c.product_id == product.c.id, order=newest_first("granted_on"))
cards = connection(card, lambda product, card: card.c.product_id == product.c.id, order=newest_first("issued_on"))
tickets = connection(
    ticket, lambda product, ticket: ticket.c.product_id == product.c.id, order=newest_first("opened_at")
)
opportunities = connection(
    opportunity, lambda product, opportunity: opportunity.c.product_id == product.c.id, order=newest_first("opened_at")
)
leads = connection(lead, lambda product, lead: lead.c.product_id == product.c.id, order=newest_first("captured_at"))
referrals = connection(
    referral, lambda product, referral: referral.c.product_id == product.c.id, order=newest_first("referred_at")
)
quotations = connection(
    quotation, lambda product, quotation: quotation.c.product_id == product.c.id, order=newest_first("requested_at")
)
service_requests = connection(
    service_request, lambda product, request: request.c.product_id == product.c.id, order=newest_first("requested_at")
)
campaigns = connection(
    campaign, lambda product, campaign: campaign.c.product_id == product.c.id, order=newest_first("starts_on")
)
responses = connection(
    response, lambda product, response: response.c.product_id == product.c.id, order=newest_first("responded_at")
)
model_versions = connection(
    model_version, lambda product, model: model.c.product_id == product.c.id, order=newest_first("trained_at")
)
scores = connection(score, lambda product, score: score.c.product_id == product.c.id, order=newest_first("value"))
recommendations = connection(
    recommendation, lambda product, advice: advice.c.product_id == product.c.id, order=oldest_first("rank")
)
targets = connection(
    target, lambda product, target: target.c.product_id == product.c.id, order=newest_first("starts_on")
)

articles = connection(
    knowledge_article,
    lambda product, article: article.c.product_id == product.c.id,
    order=oldest_first("title_sort_key"),
)

all_products = connection(product, order=oldest_first("name_sort_key"))
