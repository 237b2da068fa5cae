"""Where the fields of relations live. A relation is visible when both its ends are."""

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.relation.tables import relation
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, reference
from resolvers.engine.guards import all_of

rows = Rows(
    relation,
    reads=(Permission.RELATION_READ, Permission.CUSTOMER_READ),
    visible=all_of(of_customer("from_customer_id"), of_customer("to_customer_id")),
    about=about("from_customer_id", "to_customer_id"),
)

# A visible relation has two visible ends: what the guard has checked, the edges need not check again.
from_customer = reference(customer, via="from_customer_id", same_customer=True, orders_by=("displayName",))
to_customer = reference(customer, via="to_customer_id", same_customer=True, orders_by=("displayName",))

all_relations = connection(relation)
