"""Accounts, their holders and balances as clients see them."""

from datetime import date

from domain.account.model import AccountState, HolderRole, StatementFrequency
from resolvers.account import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToMany, ToOne, field, node

for _words in (AccountState, HolderRole, StatementFrequency):
    described(_words)


@node(edges.rows, prefix="acc", description="An account (账户): a deposit contract held by one or more customers.")
class Account(Node):
    """A contract with a balance."""

    number_masked: str | None = field(edges.number_masked, description="Account number, masked.")
    number_last4: str | None = field(edges.number_last4, description="Last four digits of the account number.")
    state: AccountState = field(description="Whether it is in use.")
    currency: str = field(description="Currency, ISO 4217.")
    statement_frequency: StatementFrequency | None = field(description="How often a statement is issued.")
    balance: Money | None = field(edges.current_balance, description="Balance at the close of `balanceOn`.")
    balance_on: date | None = field(description="Day whose close `balance` is of.")
    opened_on: date = field(description="Day of opening.")
    closed_on: date | None = field(description="Day of closing; null while open.")
    product: ToOne = field(edges.product, description="What the contract is about.")
    branch: ToOne = field(edges.branch, description="Branch that keeps the account.")
    holders: ToMany = field(edges.holders, description="Who holds it, in order of entry.")
    balances: ToMany = field(edges.balances, description="Closing balances, newest first.")
    transactions: ToMany = field(edges.transactions, description="Booked movements, newest first.")
    loans: ToMany = field(edges.loans, description="Loans repaid through it, newest first.")
    tickets: ToMany = field(edges.tickets, description="Tickets about it, newest first.")
    alerts: ToMany = field(edges.alerts, description="Alerts about it, newest first.")
    service_requests: ToMany = field(
        edges.service_requests, description="What core banking was asked to do with it, newest first."
    )
    cards: ToMany = field(edges.cards, description="Cards that draw on it, newest first.")
    guarantees: ToMany = field(edges.guarantees, description="Who answers for what is owed on it, newest first.")
    collaterals: ToMany = field(edges.collaterals, description="Loans that its money secures, newest first.")
    standing_orders: ToMany = field(edges.standing_orders, description="Payments it makes again and again.")


@node(edges.holder_rows, prefix="hol", description="The part that one customer has in one account.")
class AccountHolder(Node):
    """Who may do what with an account."""

    role: HolderRole = field(description="What they may do with it.")
    account: ToOne = field(edges.held, description="The account.")
    customer: ToOne = field(edges.customer, description="The customer.")


@node(edges.balance_rows, prefix="bal", description="An account's balance at the close of a day on which it changed.")
class Balance(Node):
    """A closing balance."""

    closed_on: date = field(description="The day.")
    amount: Money = field(edges.closing_amount, description="Balance at its close.")
    account: ToOne = field(edges.owner, description="The account.")
