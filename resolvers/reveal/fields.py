"""Which sealed values there are to be revealed."""

from collections.abc import Mapping

from resolvers.account import edges as account
from resolvers.card import edges as card
from resolvers.collateral import edges as collateral
from resolvers.customer import edges as customer
from resolvers.engine.edges import Identifier, Rows
from resolvers.lead import edges as lead
from resolvers.standing_order import edges as standing_order
from resolvers.transaction import edges as transaction

SEALED = (
    customer.identity_document_rows,
    customer.contact_point_rows,
    account.rows,
    card.rows,
    lead.rows,
    collateral.rows,
    standing_order.rows,
    transaction.rows,
)
FIELDS: Mapping[str, tuple[Rows, Identifier]] = {
    f"{rows.table.name}_{identifier.name}".upper(): (rows, identifier)
    for rows in SEALED
    for identifier in rows.identifiers
}
"""By name, as clients say it: the concept and the field."""
