"""Where the fields of responses live. One is visible where its customer is."""

from authz.permissions import Permission
from domain.campaign.tables import campaign, campaign_event
from domain.customer.tables import customer
from domain.opportunity.tables import opportunity
from domain.product.tables import product
from domain.response.tables import response
from domain.staff.tables import staff
from domain.touch.tables import touch
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, amount, connection, newest_first, reference

rows = Rows(
    response,
    reads=(Permission.RESPONSE_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

amount_taken = amount(response.c.amount)
campaign = reference(campaign, via="campaign_id", groups=True, orders_by=("name",))
event = reference(campaign_event, via="event_id", groups=True, orders_by=("startsAt",))
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
touch = reference(touch, via="touch_id")
product = reference(product, via="product_id", groups=True, orders_by=("name",))
opportunity = reference(opportunity, via="opportunity_id")
recorded_by = reference(staff, via="recorded_by_id", groups=True, orders_by=("name",))

all_responses = connection(response, order=newest_first("responded_at"))
