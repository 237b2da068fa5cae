"""Where the fields of tags live. The words are everybody's; who has them is seen where the customer is."""

from authz.permissions import Permission
from domain.care_plan.tables import care_plan
from domain.customer.tables import customer
from domain.staff.tables import staff
from domain.tag.tables import customer_tag, tag
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, column, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import for_everyone

rows = Rows(tag, reads=(Permission.TAG_READ,), visible=for_everyone)
customer_tag_rows = Rows(
    customer_tag,
    reads=(Permission.CUSTOMER_TAG_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

name = column(tag.c.name, sort="name_sort_key")
customer_tags = connection(
    customer_tag, lambda tag, given: given.c.tag_id == tag.c.id, order=newest_first("created_at")
)

care_plans = connection(care_plan, lambda tag, plan: plan.c.tag_id == tag.c.id, order=newest_first("starts_on"))

tag = reference(tag, via="tag_id", groups=True, orders_by=("name",))
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
tagged_by = reference(staff, via="tagged_by_id", groups=True, orders_by=("name",))

all_tags = connection(rows.table, order=oldest_first("name_sort_key"))
all_customer_tags = connection(customer_tag, order=newest_first("created_at"))
