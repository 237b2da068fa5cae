"""Where the fields of the policy's versions live."""

from authz.permissions import Permission
from domain.policy.tables import policy_line, policy_version
from domain.staff.tables import staff
from resolvers.engine.edges import Order, Rows, connection, newest_first, reference
from resolvers.engine.guards import for_everyone

versions = Rows(policy_version, reads=(Permission.POLICY_READ,), visible=for_everyone)
lines = Rows(policy_line, reads=(Permission.POLICY_READ,), visible=for_everyone)

base = reference(policy_version, via="base_id", orders_by=("policyNumber",))
proposed_by = reference(staff, via="proposed_by_id", orders_by=("name",))
decided_by = reference(staff, via="decided_by_id", orders_by=("name",))
successors = connection(
    policy_version, lambda version, later: later.c.base_id == version.c.id, order=newest_first("policy_number")
)
lines_of_version = connection(
    policy_line, lambda version, line: line.c.policy_version_id == version.c.id, order=(Order("role"),)
)
version_of_line = reference(policy_version, via="policy_version_id", groups=True, orders_by=("policyNumber",))

all_versions = connection(policy_version, order=newest_first("policy_number"))
all_lines = connection(policy_line, order=(Order("role"),))
