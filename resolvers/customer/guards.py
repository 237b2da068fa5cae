"""How rows that belong to customers are guarded: all by the position and the manager of the customer."""

from domain.account.tables import account_holder
from domain.customer.tables import customer
from domain.household.tables import household_member
from resolvers.engine.edges import Guard
from resolvers.engine.guards import positioned, through

a_customer = positioned(managers=("manager_id", "backup_manager_id"), customer="id")
"""A customer themselves: primary and backup manager (A角/B角) have them in their portfolio alike."""


def of_customer(column: str = "customer_id") -> Guard:
    """A row of one customer."""
    return through(customer, a_customer, lambda row, owner: owner.c.id == row.c[column])


def of_holders(column: str = "account_id") -> Guard:
    """A row of an account: visible when one of the account's holders is."""
    return through(customer, a_customer, lambda row, holder: holder.c.account_id == row.c[column], link=account_holder)


def of_members(column: str = "id") -> Guard:
    """A row of a household: visible when one of its members is."""
    return through(
        customer, a_customer, lambda row, member: member.c.household_id == row.c[column], link=household_member
    )
