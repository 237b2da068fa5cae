"""Where the fields of care plans and of care live. Both are seen as tasks are."""

from authz.permissions import Permission
from domain.branch.tables import branch
from domain.care_plan.tables import care, care_plan
from domain.customer.tables import customer
from domain.interaction.tables import interaction
from domain.staff.tables import staff
from domain.tag.tables import tag
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import any_of, positioned

OWNERS = ("staff_id",)
"""Columns that name whose own one is."""

rows = Rows(
    care_plan,
    reads=(Permission.CARE_PLAN_READ,),
    visible=any_of(positioned(managers=OWNERS), of_customer()),
    about=about("customer_id"),
)
care_rows = Rows(
    care,
    reads=(Permission.CARE_PLAN_READ,),
    visible=any_of(positioned(managers=OWNERS), of_customer()),
    about=about("customer_id"),
)

customer = reference(customer, via="customer_id", orders_by=("displayName",))
tag = reference(tag, via="tag_id", groups=True, orders_by=("name",))
staff_member = reference(staff, via="staff_id", groups=True, orders_by=("name",))
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
cares = connection(care, lambda plan, care: care.c.care_plan_id == plan.c.id, order=oldest_first("due_on"))

plan = reference(care_plan, via="care_plan_id")
closed_by = reference(staff, via="closed_by_id", orders_by=("name",))
interaction = reference(interaction, via="interaction_id")

all_plans = connection(care_plan, order=newest_first("starts_on"))
all_cares = connection(care, order=oldest_first("due_on"))
