"""Where the fields of quotations live. One is seen where its opportunity is."""

from authz.permissions import Permission
from domain.opportunity.tables import opportunity
from domain.product.tables import product
from domain.quotation.tables import quotation
from domain.staff.tables import staff
from resolvers.engine.edges import Rows, amount, connection, newest_first, reference
from resolvers.opportunity.guards import a_part, about_opportunity

rows = Rows(quotation, reads=(Permission.QUOTATION_READ,), visible=a_part, about=about_opportunity)

amount_quoted = amount(quotation.c.amount)
opportunity = reference(opportunity, via="opportunity_id", same_customer=True)
product = reference(product, via="product_id", groups=True, orders_by=("name",))
quoted_by = reference(staff, via="quoted_by_id", groups=True, orders_by=("name",))
approved_by = reference(staff, via="approved_by_id", orders_by=("name",))

all_quotations = connection(quotation, order=newest_first("requested_at"))
