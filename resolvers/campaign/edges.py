"""Where the fields of campaigns live.

Campaigns and their events are known to everybody who works with them; who is in an audience is seen where the customer
is.
"""

from authz.permissions import Permission
from domain.branch.tables import branch
from domain.campaign.tables import campaign, campaign_event, campaign_member
from domain.customer.tables import customer
from domain.lead.tables import lead
from domain.opportunity.tables import opportunity
from domain.product.tables import product
from domain.response.tables import response
from domain.staff.tables import staff
from domain.touch.tables import touch
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, amount, column, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import for_everyone

rows = Rows(campaign, reads=(Permission.CAMPAIGN_READ,), visible=for_everyone)
event_rows = Rows(campaign_event, reads=(Permission.CAMPAIGN_READ,), visible=for_everyone)
member_rows = Rows(
    campaign_member,
    reads=(Permission.CAMPAIGN_MEMBER_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

name = column(campaign.c.name, sort="name_sort_key")
budget = amount(campaign.c.budget, requires=Permission.CAMPAIGN_BUDGET_READ)
spent = amount(campaign.c.spent, requires=Permission.CAMPAIGN_BUDGET_READ)
product = reference(product, via="product_id", groups=True, orders_by=("name",))
parent = reference(campaign, via="parent_id", orders_by=("name",))
children = connection(
    campaign, lambda parent, campaign: campaign.c.parent_id == parent.c.id, order=newest_first("starts_on")
)
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
owner = reference(staff, via="owner_id", groups=True, orders_by=("name",))
approved_by = reference(staff, via="approved_by_id", orders_by=("name",))
members = connection(
    campaign_member, lambda campaign, member: member.c.campaign_id == campaign.c.id, order=newest_first("drawn_on")
)
events = connection(
    campaign_event, lambda campaign, event: event.c.campaign_id == campaign.c.id, order=oldest_first("starts_at")
)
touches = connection(
    touch, lambda campaign, touch: touch.c.campaign_id == campaign.c.id, order=newest_first("happened_at")
)
responses = connection(
    response, lambda campaign, response: response.c.campaign_id == campaign.c.id, order=newest_first("responded_at")
)
opportunities = connection(
    opportunity, lambda campaign, opportunity: opportunity.c.campaign_id == campaign.c.id,
    order=newest_first("opened_at"),
)  # fmt: skip
leads = connection(lead, lambda campaign, lead: lead.c.campaign_id == campaign.c.id, order=newest_first("captured_at"))

own_campaign = reference(campaign, via="campaign_id", groups=True, orders_by=("name",))
member_customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))

event_branch = branch
host = reference(staff, via="host_id", groups=True, orders_by=("name",))
event_touches = connection(
    touch, lambda event, touch: touch.c.event_id == event.c.id, order=newest_first("happened_at")
)
event_responses = connection(
    response, lambda event, response: response.c.event_id == event.c.id, order=newest_first("responded_at")
)

all_campaigns = connection(campaign, order=newest_first("starts_on"))
all_events = connection(campaign_event, order=newest_first("starts_at"))
all_members = connection(campaign_member, order=newest_first("drawn_on"))
