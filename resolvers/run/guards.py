"""How rows that a run worked out are guarded."""

from resolvers.customer.guards import of_customer
from resolvers.engine.guards import all_of
from resolvers.run.published import is_published

of_published = all_of(is_published, of_customer())
"""A row of one customer, while its run is the published one."""
