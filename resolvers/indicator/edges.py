"""Where the fields of indicators and targets live.

Indicators are everybody's; a target is seen where its branch is in reach, by whose it is and who set it.
"""

from authz.permissions import Permission
from domain.branch.tables import branch
from domain.indicator.tables import indicator, target
from domain.product.tables import product
from domain.staff.tables import staff
from resolvers.engine.edges import Rows, column, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import for_everyone, positioned

OWNERS = ("staff_id", "set_by_id")
"""Columns that name whose own one is."""

rows = Rows(indicator, reads=(Permission.INDICATOR_READ,), visible=for_everyone)
target_rows = Rows(target, reads=(Permission.TARGET_READ,), visible=positioned(managers=OWNERS))

name = column(indicator.c.name, sort="name_sort_key")
targets = connection(
    target, lambda indicator, target: target.c.indicator_id == indicator.c.id, order=newest_first("starts_on")
)

own_indicator = reference(indicator, via="indicator_id", groups=True, orders_by=("name",))
staff_member = reference(staff, via="staff_id", groups=True, orders_by=("name",))
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
product = reference(product, via="product_id", groups=True, orders_by=("name",))
set_by = reference(staff, via="set_by_id", orders_by=("name",))

all_indicators = connection(indicator, order=oldest_first("name_sort_key"))
all_targets = connection(target, order=newest_first("starts_on"))
