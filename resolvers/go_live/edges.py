"""Where the fields of applications to go live live. Like the branches, they are no secret within the bank."""

from authz.permissions import Permission
from domain.branch.tables import branch
from domain.go_live.tables import go_live
from domain.staff.tables import staff
from resolvers.engine.edges import Rows, connection, newest_first, reference
from resolvers.engine.guards import for_everyone

rows = Rows(go_live, reads=(Permission.GO_LIVE_READ,), visible=for_everyone)

branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
applied_by = reference(staff, via="applied_by_id", orders_by=("name",))
decided_by = reference(staff, via="decided_by_id", orders_by=("name",))

all_applications = connection(go_live, order=newest_first("created_at"))
