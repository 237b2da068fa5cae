"""What subscriptions to a customer are about."""

from domain.customer.tables import customer as customer_table
from domain.outbox.stream import of_customer
from resolvers.engine.edges import Live, One

changes = Live("CustomerUpdate", audience=of_customer, argument="id", table=customer_table)
customer = One(customer_table, lambda named, customer: customer.c.id == named.c.id)
