"""Where the fields of leads live.

A lead is seen as a task is: where its branch is in reach, where its customer is, and by who owns and captured it.
"""

from authz.permissions import Permission
from domain.branch.tables import branch
from domain.campaign.tables import campaign
from domain.customer.tables import customer
from domain.lead.tables import lead
from domain.opportunity.tables import opportunity
from domain.product.tables import product
from domain.staff.tables import staff
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, column, connection, identifier, newest_first, reference
from resolvers.engine.guards import any_of, positioned

OWNERS = ("owner_id", "captured_by_id")
"""Columns that name whose own one is."""

rows = Rows(
    lead,
    reads=(Permission.LEAD_READ,),
    visible=any_of(positioned(managers=OWNERS), of_customer()),
    about=about("customer_id"),
    identifiers=(identifier(lead, "phone", reveal=Permission.LEAD_REVEAL, search=Permission.LEAD_SEARCH),),
)

phone_masked = column(lead.c.phone_masked, filters=False)
customer = reference(customer, via="customer_id", orders_by=("displayName",))
product = reference(product, via="product_id", groups=True, orders_by=("name",))
owner = reference(staff, via="owner_id", groups=True, orders_by=("name",))
captured_by = reference(staff, via="captured_by_id", groups=True, orders_by=("name",))
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
campaign = reference(campaign, via="campaign_id", groups=True, orders_by=("name",))
opportunities = connection(
    opportunity, lambda lead, opportunity: opportunity.c.lead_id == lead.c.id, order=newest_first("opened_at")
)

all_leads = connection(lead, order=newest_first("captured_at"))
