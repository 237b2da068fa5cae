"""Where the fields of cards live."""

from authz.permissions import Permission
from domain.account.tables import account
from domain.branch.tables import branch
from domain.card.tables import card
from domain.customer.tables import customer
from domain.product.tables import product
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, column, connection, identifier, newest_first, reference

rows = Rows(
    card,
    reads=(Permission.CARD_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
    identifiers=(identifier(card, "number", reveal=Permission.CARD_REVEAL, search=Permission.CARD_SEARCH),),
)

number_masked = column(card.c.number_masked, filters=False)
number_last4 = column(card.c.number_last4, filters=False)
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
account = reference(account, via="account_id", same_customer=True, tells_more=True, orders_by=("openedOn",))
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
product = reference(product, via="product_id", groups=True, orders_by=("name",))

all_cards = connection(card, order=newest_first("issued_on"))
