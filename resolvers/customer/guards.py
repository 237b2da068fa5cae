"""How rows that belong to customers are guarded, all by position and managers of the customer; and whose they are."""

from collections.abc import Callable

import sqlalchemy as sa

from domain.account.tables import account, account_holder
from domain.customer.tables import customer
from domain.household.tables import household_member
from domain.loan.tables import loan
from resolvers.engine.edges import Expression, Guard, Row
from resolvers.engine.guards import positioned, through


def about(*columns: str) -> Callable[[Row], Expression]:
    """The customers that the columns name; one column may name several."""
    if len(columns) == 1:
        return lambda row: row.c[columns[0]]
    return lambda row: sa.func.json_build_array(*(row.c[column] for column in columns))


def about_holders(row: Row) -> Expression:
    """The holders of a row's account."""
    held = account.alias(f"account_told_of_{row.source.description}")
    listed = sa.select(held.c.holder_ids).where(held.c.id == row.c.account_id)
    return listed.correlate(row.source).scalar_subquery()


def about_members(row: Row) -> Expression:
    """The members of a household."""
    member = household_member.alias(f"household_member_told_of_{row.source.description}")
    listed = sa.select(sa.func.json_agg(member.c.customer_id)).where(member.c.household_id == row.c.id)
    return listed.correlate(row.source).scalar_subquery()


def account_of_loan(row: Row, column: str) -> Expression:
    """The account through which the loan that the column names is repaid."""
    named = loan.alias(f"loan_of_{row.source.description}")
    found = sa.select(named.c.account_id).where(named.c.id == row.c[column])
    return found.correlate(row.source).scalar_subquery()


def about_debt(*accounts: Callable[[Row], Expression], customer: str) -> Callable[[Row], Expression]:
    """The holders of accounts on which something is owed, and the customer that the column names, if any."""

    def ids(row: Row) -> Expression:
        held = account_holder.alias(f"account_holder_told_of_{row.source.description}")
        holders = sa.select(held.c.customer_id).where(sa.or_(*(held.c.account_id == of(row) for of in accounts)))
        told = sa.func.array_append(sa.func.array(holders.correlate(row.source).scalar_subquery()), row.c[customer])
        return sa.func.to_json(sa.func.array_remove(told, sa.null()))

    return ids


a_customer = positioned(managers=("manager_id", "backup_manager_id"), customer="id")
"""A customer themselves: primary and backup manager (A角/B角) have them in their portfolio alike."""


def of_customer(column: str = "customer_id") -> Guard:
    """A row of one customer."""
    return through(customer, a_customer, lambda row, owner: owner.c.id == row.c[column])


def of_holders(column: str = "account_id") -> Guard:
    """A row of an account: visible when one of the account's holders is."""
    return through(customer, a_customer, lambda row, holder: holder.c.account_id == row.c[column], link=account_holder)


def of_loan(column: str = "loan_id") -> Guard:
    """A row of a loan: visible when one of the holders of the loan's account is."""
    return through(
        customer,
        a_customer,
        lambda row, holder: holder.c.account_id == account_of_loan(row, column),
        link=account_holder,
    )


def of_members(column: str = "id") -> Guard:
    """A row of a household: visible when one of its members is."""
    return through(
        customer, a_customer, lambda row, member: member.c.household_id == row.c[column], link=household_member
    )
