"""Where the fields of touches live. One is visible where its customer is."""

from authz.permissions import Permission
from domain.campaign.tables import campaign, campaign_event
from domain.customer.tables import customer
from domain.response.tables import response
from domain.staff.tables import staff
from domain.touch.tables import touch
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, reference

rows = Rows(
    touch, reads=(Permission.TOUCH_READ, Permission.CUSTOMER_READ), visible=of_customer(), about=about("customer_id")
)

campaign = reference(campaign, via="campaign_id", groups=True, orders_by=("name",))
event = reference(campaign_event, via="event_id", groups=True, orders_by=("startsAt",))
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
staff = reference(staff, via="staff_id", groups=True, orders_by=("name",))
responses = connection(
    response,
    lambda touch, response: response.c.touch_id == touch.c.id,
    order=newest_first("responded_at"),
)

all_touches = connection(touch, order=newest_first("happened_at"))
