"""Where the fields of scores live. One is visible where its customer is, while its run is the published one."""

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.product.tables import product
from domain.run.tables import run
from domain.score.tables import score
from resolvers.customer.guards import about
from resolvers.engine.edges import Rows, connection, newest_first, reference
from resolvers.run.guards import of_published

rows = Rows(
    score, reads=(Permission.SCORE_READ, Permission.CUSTOMER_READ), visible=of_published, about=about("customer_id")
)

customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
product = reference(product, via="product_id", groups=True, orders_by=("name",))
run = reference(run, via="run_id", groups=True, orders_by=("describesOn",))

all_scores = connection(score, order=newest_first("value"))
