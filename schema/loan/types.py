"""Loans as clients see them."""

from datetime import date

import strawberry

from domain.loan.model import LoanState
from resolvers.loan import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToMany, ToOne, field, node

described(LoanState)


@strawberry.type(description="One agreed payment of a loan.")
class Instalment:
    """A line of the schedule."""

    number: int = strawberry.field(description="Place in the schedule, from 1.")
    due_on: date = strawberry.field(description="Day it is due.")
    amount: Money = strawberry.field(description="Amount due.")


@node(edges.rows, prefix="loa", description="A loan (贷款), repaid through an account.")
class Loan(Node):
    """Money lent."""

    state: LoanState = field(description="How it stands.")
    granted_on: date = field(description="Day of granting.")
    term_months: int = field(description="Agreed duration, in months.")
    currency: str = field(description="Currency, ISO 4217.")
    amount: Money = field(edges.amount_granted, description="Amount granted.")
    instalment: Money = field(edges.instalment, description="Agreed payment per month.")
    schedule: list[Instalment] = field(
        edges.schedule, description="The agreed payments, in order; worked out, not stored."
    )
    product: ToOne = field(edges.product, description="What the contract is about.")
    branch: ToOne = field(edges.branch, description="Branch that granted it.")
    account: ToOne = field(edges.account, description="Account it is repaid through.")
    documents: ToMany = field(edges.documents, description="Its contract and what else belongs to it, newest first.")
    guarantees: ToMany = field(edges.guarantees, description="Who answers for it (担保), newest first.")
    collaterals: ToMany = field(edges.collaterals, description="What secures it (抵押物), newest first.")
