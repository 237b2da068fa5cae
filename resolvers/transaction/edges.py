"""Where the fields of transactions live."""

from authz.permissions import Permission
from domain.account.tables import account
from domain.transaction.tables import transaction
from resolvers.customer.guards import about_holders, of_holders
from resolvers.engine.edges import Rows, amount, column, connection, identifier, newest_first, reference

rows = Rows(
    transaction,
    reads=(Permission.TRANSACTION_READ,),
    visible=of_holders(),
    about=about_holders,
    identifiers=(identifier(transaction, "counterparty_account", reveal=Permission.TRANSACTION_REVEAL),),
)

amount_moved = amount(transaction.c.amount, requires=Permission.TRANSACTION_AMOUNT_READ)
balance_after = amount(transaction.c.balance_after, requires=Permission.TRANSACTION_AMOUNT_READ)
counterparty_account_masked = column(transaction.c.counterparty_account_masked, filters=False)
account = reference(account, via="account_id", same_customer=True, orders_by=("openedOn",))

all_transactions = connection(transaction, order=newest_first("booked_on"))
