"""Where the fields of guarantees live. One is visible where its debt is, or its guarantor; each end only for itself."""

from authz.permissions import Permission
from domain.account.tables import account
from domain.customer.tables import customer
from domain.guarantee.tables import guarantee
from domain.loan.tables import loan
from resolvers.customer.guards import about_debt, account_of_loan, of_customer, of_holders, of_loan
from resolvers.engine.edges import Rows, amount, connection, newest_first, reference
from resolvers.engine.guards import any_of

rows = Rows(
    guarantee,
    reads=(Permission.GUARANTEE_READ,),
    visible=any_of(of_loan(), of_holders(), of_customer("guarantor_id")),
    about=about_debt(
        lambda row: row.c.account_id, lambda row: account_of_loan(row, "loan_id"), customer="guarantor_id"
    ),
)

amount_guaranteed = amount(guarantee.c.amount)
guarantor = reference(customer, via="guarantor_id", orders_by=("displayName",))
loan = reference(loan, via="loan_id", orders_by=("grantedOn",))
account = reference(account, via="account_id", orders_by=("openedOn",))

all_guarantees = connection(guarantee, order=newest_first("starts_on"))
