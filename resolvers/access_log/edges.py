"""Where entries of the access log live. One is visible to its actor, and to who answers for a customer it tells of."""

from collections.abc import Sequence

import sqlalchemy as sa

from authz.permissions import Permission
from domain.audit.tables import event
from domain.customer.tables import customer
from domain.staff.tables import staff
from resolvers.customer.guards import a_customer
from resolvers.engine.edges import BoundScope, Clause, Row, Rows, connection, newest_first, reference
from resolvers.engine.guards import any_of, through


def _own(row: Row, scopes: Sequence[BoundScope]) -> Clause | None:
    """An entry stands at no position: by itself it is its actor's, and whoever's who reaches everything."""
    (scope,) = scopes
    return scope.clause(position=sa.null(), managers=[row.c.staff_id], customer=None)


rows = Rows(
    event,
    reads=(Permission.ACCESS_LOG_READ,),
    visible=any_of(_own, through(customer, a_customer, lambda row, owner: owner.c.id == sa.any_(row.c.customer_ids))),
    about=lambda row: sa.func.to_json(row.c.customer_ids),
    is_logged=True,
)

actor = reference(staff, via="staff_id", groups=True, orders_by=("name",))
customers = connection(customer, lambda event, customer: customer.c.id == sa.any_(event.c.customer_ids))

all_events = connection(event, order=newest_first("recorded_at"))
