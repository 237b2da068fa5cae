"""Where the fields of accounts, their holders and balances live."""

from authz.permissions import Permission
from domain.account.tables import account, account_holder, balance
from domain.alert.tables import alert
from domain.branch.tables import branch
from domain.card.tables import card
from domain.collateral.tables import collateral
from domain.customer.tables import customer
from domain.guarantee.tables import guarantee
from domain.loan.tables import loan
from domain.product.tables import product
from domain.service_request.tables import service_request
from domain.standing_order.tables import standing_order
from domain.ticket.tables import ticket
from domain.transaction.tables import transaction
from resolvers.customer.guards import about, about_holders, of_customer, of_holders
from resolvers.engine.edges import Rows, amount, column, connection, identifier, newest_first, oldest_first, reference

rows = Rows(
    account,
    reads=(Permission.ACCOUNT_READ,),
    visible=of_holders("id"),
    about=about("holder_ids"),
    identifiers=(identifier(account, "number", reveal=Permission.ACCOUNT_REVEAL, search=Permission.ACCOUNT_SEARCH),),
)
holder_rows = Rows(
    account_holder,
    reads=(Permission.ACCOUNT_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)
balance_rows = Rows(balance, reads=(Permission.ACCOUNT_BALANCE_READ,), visible=of_holders(), about=about_holders)

current_balance = amount(account.c.balance, requires=Permission.ACCOUNT_BALANCE_READ)
number_masked = column(account.c.number_masked, filters=False)
number_last4 = column(account.c.number_last4, filters=False)
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
product = reference(product, via="product_id", groups=True, orders_by=("name",))
service_requests = connection(
    service_request,
    lambda account, request: request.c.account_id == account.c.id,
    order=newest_first("requested_at"),
)
holders = connection(
    account_holder,
    lambda account, holder: holder.c.account_id == account.c.id,
    order=oldest_first("created_at"),
)
balances = connection(
    balance,
    lambda account, balance: balance.c.account_id == account.c.id,
    order=newest_first("closed_on"),
    same_customer=True,
)
transactions = connection(
    transaction,
    lambda account, transaction: transaction.c.account_id == account.c.id,
    order=newest_first("booked_on"),
    same_customer=True,
)
loans = connection(
    loan, lambda account, loan: loan.c.account_id == account.c.id, order=newest_first("granted_on"), same_customer=True
)
cards = connection(card, lambda account, card: card.c.account_id == account.c.id, order=newest_first("issued_on"))
standing_orders = connection(
    standing_order, lambda account, order: order.c.account_id == account.c.id, same_customer=True
)
tickets = connection(
    ticket, lambda account, ticket: ticket.c.account_id == account.c.id, order=newest_first("opened_at")
)
guarantees = connection(
    guarantee,
    lambda account, guarantee: guarantee.c.account_id == account.c.id,
    order=newest_first("starts_on"),
    same_customer=True,
    tells_more=True,
)
collaterals = connection(
    collateral, lambda account, collateral: collateral.c.account_id == account.c.id, order=newest_first("pledged_on")
)

alerts = connection(alert, lambda account, alert: alert.c.account_id == account.c.id, order=newest_first("raised_at"))
owner = reference(account, via="account_id", same_customer=True, orders_by=("openedOn",))
held = reference(account, via="account_id", same_customer=True, tells_more=True, orders_by=("openedOn",))
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
closing_amount = amount(balance.c.amount)

all_accounts = connection(account, order=newest_first("opened_on"))
all_holders = connection(account_holder)
all_balances = connection(balance, order=newest_first("closed_on"))
