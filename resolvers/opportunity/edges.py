"""Where the fields of opportunities and of their stages live.

An opportunity is seen as a task is: where its branch is in reach, where its customer is, and by who owns and opened it;
its stages are seen with it.
"""

from authz.permissions import Permission
from domain.branch.tables import branch
from domain.campaign.tables import campaign
from domain.customer.tables import customer
from domain.lead.tables import lead
from domain.opportunity.tables import opportunity, opportunity_stage_change
from domain.product.tables import product
from domain.quotation.tables import quotation
from domain.referral.tables import referral
from domain.response.tables import response
from domain.staff.tables import staff
from resolvers.customer.guards import about
from resolvers.engine.edges import Rows, amount, connection, newest_first, oldest_first, reference
from resolvers.opportunity.guards import a_part, about_opportunity, an_opportunity

rows = Rows(opportunity, reads=(Permission.OPPORTUNITY_READ,), visible=an_opportunity, about=about("customer_id"))
stage_change_rows = Rows(
    opportunity_stage_change, reads=(Permission.OPPORTUNITY_READ,), visible=a_part, about=about_opportunity
)

amount_expected = amount(opportunity.c.amount)
customer = reference(customer, via="customer_id", orders_by=("displayName",))
product = reference(product, via="product_id", groups=True, orders_by=("name",))
owner = reference(staff, via="owner_id", groups=True, orders_by=("name",))
opened_by = reference(staff, via="opened_by_id", groups=True, orders_by=("name",))
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
lead = reference(lead, via="lead_id")
referral = reference(referral, via="referral_id")
campaign = reference(campaign, via="campaign_id", groups=True, orders_by=("name",))
responses = connection(
    response,
    lambda opportunity, response: response.c.opportunity_id == opportunity.c.id,
    order=newest_first("responded_at"),
)
stage_changes = connection(
    opportunity_stage_change,
    lambda opportunity, change: change.c.opportunity_id == opportunity.c.id,
    order=oldest_first("changed_at"),
    same_customer=True,
)
quotations = connection(
    quotation,
    lambda opportunity, quotation: quotation.c.opportunity_id == opportunity.c.id,
    order=newest_first("requested_at"),
    same_customer=True,
)

change_opportunity = reference(opportunity, via="opportunity_id", same_customer=True)
change_staff = reference(staff, via="staff_id", orders_by=("name",))
change_amount = amount(opportunity_stage_change.c.amount)

all_opportunities = connection(opportunity, order=newest_first("opened_at"))
all_stage_changes = connection(opportunity_stage_change, order=newest_first("changed_at"))
