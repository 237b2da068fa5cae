"""Where the fields of tiers live. Tiers and their rules are everybody's; who has one is seen where the customer is."""

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.run.tables import run
from domain.tier.tables import customer_tier, tier, tier_rule
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, column, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import for_everyone

rows = Rows(tier, reads=(Permission.TIER_READ,), visible=for_everyone)
rule_rows = Rows(tier_rule, reads=(Permission.TIER_READ,), visible=for_everyone)
customer_tier_rows = Rows(
    customer_tier,
    reads=(Permission.CUSTOMER_TIER_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

name = column(tier.c.name, sort="name_sort_key")
rules = connection(tier_rule, lambda tier, rule: rule.c.tier_id == tier.c.id, order=newest_first("starts_on"))
customer_tiers = connection(
    customer_tier, lambda tier, given: given.c.tier_id == tier.c.id, order=newest_first("starts_on")
)

own_tier = reference(tier, via="tier_id", groups=True, orders_by=("name", "rank"))
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
run = reference(run, via="run_id")

all_tiers = connection(tier, order=oldest_first("rank"))
all_rules = connection(tier_rule, order=newest_first("starts_on"))
all_customer_tiers = connection(customer_tier, order=newest_first("starts_on"))
