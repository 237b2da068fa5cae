"""Where the fields of loans live."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from authz.permissions import Permission
from domain.account.tables import account
from domain.branch.tables import branch
from domain.collateral.tables import collateral
from domain.document.tables import document
from domain.guarantee.tables import guarantee
from domain.loan import model
from domain.loan.tables import loan
from domain.product.tables import product
from resolvers.customer.guards import about_holders, of_holders
from resolvers.engine.edges import Computed, Rows, amount, connection, newest_first, reference

rows = Rows(loan, reads=(Permission.LOAN_READ,), visible=of_holders(), about=about_holders)

amount_granted = amount(loan.c.amount)
instalment = amount(loan.c.instalment)
account = reference(account, via="account_id", same_customer=True, orders_by=("openedOn",))
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
product = reference(product, via="product_id", groups=True, orders_by=("name",))
documents = connection(
    document, lambda loan, document: document.c.loan_id == loan.c.id, order=newest_first("created_at")
)

guarantees = connection(
    guarantee,
    lambda loan, guarantee: guarantee.c.loan_id == loan.c.id,
    order=newest_first("starts_on"),
    same_customer=True,
    tells_more=True,
)
collaterals = connection(
    collateral,
    lambda loan, collateral: collateral.c.loan_id == loan.c.id,
    order=newest_first("pledged_on"),
    same_customer=True,
    tells_more=True,
)


def _schedule(loan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The agreed payments as the graph shows them."""
    currency = loan["instalment"]["currency"]
    payments = model.schedule(
        granted_on=date.fromisoformat(loan["grantedOn"]),
        term_months=loan["termMonths"],
        instalment=Decimal(loan["instalment"]["amount"]),
    )
    return [
        {
            "number": payment.number,
            "dueOn": payment.due_on.isoformat(),
            "amount": {"amount": str(payment.amount), "currency": currency},
        }
        for payment in payments
    ]


schedule = Computed(_schedule)

all_loans = connection(loan, order=newest_first("granted_on"))
