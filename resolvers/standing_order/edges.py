"""Where the fields of standing orders live."""

from authz.permissions import Permission
from domain.account.tables import account
from domain.standing_order.tables import standing_order
from resolvers.customer.guards import about_holders, of_holders
from resolvers.engine.edges import Rows, amount, column, connection, identifier, reference

rows = Rows(
    standing_order,
    reads=(Permission.STANDING_ORDER_READ,),
    visible=of_holders(),
    about=about_holders,
    identifiers=(identifier(standing_order, "counterparty_account", reveal=Permission.STANDING_ORDER_REVEAL),),
)

amount_paid = amount(standing_order.c.amount)
counterparty_account_masked = column(standing_order.c.counterparty_account_masked, filters=False)
account = reference(account, via="account_id", same_customer=True, orders_by=("openedOn",))

all_standing_orders = connection(standing_order)
