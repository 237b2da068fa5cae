"""How rows that belong to customers are guarded, all by position and managers of the customer; and whose they are."""

from collections.abc import Callable

import sqlalchemy as sa

from domain.account.tables import account_holder
from domain.customer.tables import customer
from domain.household.tables import household_member
from resolvers.engine.edges import Expression, Guard, Row
from resolvers.engine.guards import positioned, through


def about(*columns: str) -> Callable[[Row], Expression]:
    """The customers that the columns name."""
    if len(columns) == 1:
        return lambda row: row.c[columns[0]]
    return lambda row: sa.func.json_build_array(*(row.c[column] for column in columns))


def about_holders(column: str = "account_id") -> Callable[[Row], Expression]:
    """The holders of the account that the column names."""
    return _linked(account_holder, "account_id", column)


def about_members(column: str = "id") -> Callable[[Row], Expression]:
    """The members of the household that the column names."""
    return _linked(household_member, "household_id", column)


def _linked(link: sa.Table, names: str, column: str) -> Callable[[Row], Expression]:
    def ids(row: Row) -> Expression:
        named = link.alias(f"{link.name}_told_of_{row.source.description}")
        listed = sa.select(sa.func.json_agg(named.c.customer_id)).where(named.c[names] == row.c[column])
        return listed.correlate(row.source).scalar_subquery()

    return ids


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
