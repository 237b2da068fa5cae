"""Where the fields of collateral live. It is visible where its loan is, or its owner; each end only for itself."""

from authz.permissions import Permission
from domain.account.tables import account
from domain.collateral.tables import collateral
from domain.customer.tables import customer
from domain.loan.tables import loan
from resolvers.customer.guards import about_debt, account_of_loan, of_customer, of_loan
from resolvers.engine.edges import Rows, amount, column, connection, identifier, newest_first, reference
from resolvers.engine.guards import any_of

rows = Rows(
    collateral,
    reads=(Permission.COLLATERAL_READ,),
    visible=any_of(of_loan(), of_customer("owner_id")),
    about=about_debt(lambda row: account_of_loan(row, "loan_id"), customer="owner_id"),
    identifiers=(identifier(collateral, "address", reveal=Permission.COLLATERAL_REVEAL),),
)

address_masked = column(collateral.c.address_masked, filters=False)
valuation = amount(collateral.c.valuation)
loan = reference(loan, via="loan_id", orders_by=("grantedOn",))
owner = reference(customer, via="owner_id", orders_by=("displayName",))
account = reference(account, via="account_id", orders_by=("openedOn",))

all_collaterals = connection(collateral, order=newest_first("pledged_on"))
