"""Where the fields of alerts on suspicious use live."""

from authz.permissions import Permission
from domain.access_alert.tables import access_alert
from domain.staff.tables import staff
from resolvers.engine.edges import Rows, connection, newest_first, reference
from resolvers.engine.guards import positioned

rows = Rows(access_alert, reads=(Permission.ACCESS_ALERT_READ,), visible=positioned(managers=("staff_id",)))

suspect = reference(staff, via="staff_id", groups=True, orders_by=("name",))
closed_by = reference(staff, via="closed_by_id", orders_by=("name",))

all_alerts = connection(access_alert, order=newest_first("created_at"))
