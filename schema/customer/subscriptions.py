"""Customers as they change."""

from resolvers.customer import live
from schema.subscription import feed

feed(
    "customer_changes",
    live.changes,
    shows={
        "customer": (live.customer, "The customer; null where the reader may see none of that id, or not any more.")
    },
    description="A customer, and whatever of theirs is selected (客户动态).",
    argument="Id of the customer.",
)
