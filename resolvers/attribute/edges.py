"""Where the fields of custom attributes live. Which there are is everybody's; values are seen with customers."""

from authz.permissions import Permission
from domain.attribute.tables import attribute_definition, customer_attribute
from domain.customer.tables import customer
from domain.staff.tables import staff
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, column, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import for_everyone

rows = Rows(attribute_definition, reads=(Permission.ATTRIBUTE_DEFINITION_READ,), visible=for_everyone)
value_rows = Rows(
    customer_attribute,
    reads=(Permission.CUSTOMER_ATTRIBUTE_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

name = column(attribute_definition.c.name, sort="name_sort_key")
defined_by = reference(staff, via="defined_by_id", groups=True, orders_by=("name",))
values = connection(
    customer_attribute,
    lambda definition, value: value.c.attribute_definition_id == definition.c.id,
    order=newest_first("created_at"),
)

definition = reference(attribute_definition, via="attribute_definition_id", groups=True, orders_by=("name",))
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
set_by = reference(staff, via="set_by_id", groups=True, orders_by=("name",))

all_definitions = connection(attribute_definition, order=oldest_first("name_sort_key"))
all_values = connection(customer_attribute, order=newest_first("created_at"))
