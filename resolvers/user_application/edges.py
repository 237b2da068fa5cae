"""Where the fields of applications for users live."""

from authz.permissions import Permission
from domain.staff.tables import staff
from domain.user_application.tables import user_application
from resolvers.engine.edges import Rows, connection, newest_first, reference
from resolvers.engine.guards import positioned

rows = Rows(user_application, reads=(Permission.USER_APPLICATION_READ,), visible=positioned(managers=("staff_id",)))

applicant = reference(staff, via="applied_by_id", orders_by=("name",))
member = reference(staff, via="staff_id", orders_by=("name",))
decided_by = reference(staff, via="decided_by_id", orders_by=("name",))
training_confirmed_by = reference(staff, via="training_confirmed_by_id", orders_by=("name",))
activated_by = reference(staff, via="activated_by_id", orders_by=("name",))

all_applications = connection(user_application, order=newest_first("created_at"))
