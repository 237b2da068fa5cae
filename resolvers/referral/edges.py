"""Where the fields of referrals live. One is seen as a task is: by its branch, its customer, and its two staff."""

from authz.permissions import Permission
from domain.branch.tables import branch
from domain.customer.tables import customer
from domain.opportunity.tables import opportunity
from domain.product.tables import product
from domain.referral.tables import referral
from domain.staff.tables import staff
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, reference
from resolvers.engine.guards import any_of, positioned

OWNERS = ("to_staff_id", "from_staff_id")
"""Columns that name whose own one is."""

rows = Rows(
    referral,
    reads=(Permission.REFERRAL_READ,),
    visible=any_of(positioned(managers=OWNERS), of_customer()),
    about=about("customer_id"),
)

customer = reference(customer, via="customer_id", orders_by=("displayName",))
product = reference(product, via="product_id", groups=True, orders_by=("name",))
from_staff = reference(staff, via="from_staff_id", groups=True, orders_by=("name",))
to_staff = reference(staff, via="to_staff_id", groups=True, orders_by=("name",))
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
opportunities = connection(
    opportunity, lambda referral, opportunity: opportunity.c.referral_id == referral.c.id,
    order=newest_first("opened_at"),
)  # fmt: skip

all_referrals = connection(referral, order=newest_first("referred_at"))
