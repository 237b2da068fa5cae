"""Where the fields of credit dossiers and their entries live. Both are visible where the customer is."""

import sqlalchemy as sa

from authz.permissions import Permission
from domain.credit_dossier.tables import credit_dossier, credit_dossier_entry
from domain.customer.tables import customer
from domain.staff.tables import staff
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Expression, Row, Rows, amount, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import through

READS = (Permission.CREDIT_DOSSIER_READ, Permission.CUSTOMER_READ)


def _about_dossier(row: Row) -> Expression:
    """The customer of the dossier that the row names."""
    named = credit_dossier.alias(f"dossier_told_of_{row.source.description}")
    found = sa.select(named.c.customer_id).where(named.c.id == row.c.credit_dossier_id)
    return found.correlate(row.source).scalar_subquery()


rows = Rows(credit_dossier, reads=READS, visible=of_customer(), about=about("customer_id"))
entry_rows = Rows(
    credit_dossier_entry,
    reads=READS,
    visible=through(credit_dossier, of_customer(), lambda entry, dossier: dossier.c.id == entry.c.credit_dossier_id),
    about=_about_dossier,
)

limit = amount(credit_dossier.c.limit_amount)
used = amount(credit_dossier.c.used_amount)
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
handled_by = reference(staff, via="handled_by_id", groups=True, orders_by=("name",))
entries = connection(
    credit_dossier_entry,
    lambda dossier, entry: entry.c.credit_dossier_id == dossier.c.id,
    order=oldest_first("happened_on"),
    same_customer=True,
)

limit_then = amount(credit_dossier_entry.c.limit_amount)
dossier = reference(credit_dossier, via="credit_dossier_id", same_customer=True)
entry_staff = reference(staff, via="staff_id", groups=True, orders_by=("name",))

all_dossiers = connection(credit_dossier, order=newest_first("opened_on"))
all_entries = connection(credit_dossier_entry, order=newest_first("happened_on"))
