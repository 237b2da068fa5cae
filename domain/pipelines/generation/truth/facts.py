"""What the bank knows of a block: its records, in arrays, without any system's keys.

Customers are named by their ordinal in the whole bank, from 0; accounts by their place among the block's accounts.
Words are codes (`codes.py`), days numbers (`days.py`), money whole cents. NOTHING is what the bank does not know.
"""

from dataclasses import dataclass

from domain.pipelines.generation.truth.dealings import Dealings
from domain.pipelines.generation.truth.randomness import Flags, Ints
from domain.pipelines.generation.truth.surroundings import Around
from domain.pipelines.generation.truth.undertakings import Ventures


@dataclass(frozen=True, slots=True)
class Customers:
    """Consecutive ordinals from `first` on; `manager` and `backup` are places in the bank's staff."""

    first: int
    kind: Ints
    state: Ints
    numbers: list[str]
    names: list[str | None]
    sex: Ints
    born_on: Ints
    registered_on: Ints
    joined_on: Ints
    outlet: Ints
    manager: Ints
    backup: Ints


@dataclass(frozen=True, slots=True)
class Documents:
    """Certificates."""

    customer: Ints
    type: Ints
    numbers: list[str]
    issued_on: Ints
    expires_on: Ints


@dataclass(frozen=True, slots=True)
class Contacts:
    """Ways to reach customers; only addresses have divisions."""

    customer: Ints
    kind: Ints
    is_primary: Flags
    values: list[str]
    districts: list[str | None]
    regions: list[str | None]
    countries: list[str | None]


@dataclass(frozen=True, slots=True)
class Accounts:
    """`balance` at the close of `balance_on`, both NOTHING where nothing was ever booked."""

    numbers: list[str]
    owner: Ints
    product: Ints
    outlet: Ints
    state: Ints
    statement: Ints
    is_dollar: Flags
    balance: Ints
    balance_on: Ints
    opened_on: Ints
    closed_on: Ints


@dataclass(frozen=True, slots=True)
class Holders:
    """Who may do what with an account."""

    account: Ints
    customer: Ints
    role: Ints


@dataclass(frozen=True, slots=True)
class Balances:
    """Closing balances of days on which they changed, in order of accounts and days."""

    account: Ints
    day: Ints
    cents: Ints


@dataclass(frozen=True, slots=True)
class Movements:
    """In order of accounts and booking. `cents` is below zero for money that went; `after` is the balance then.

    counterparty  place in `Facts.counterparties`
    """

    account: Ints
    day: Ints
    cents: Ints
    after: Ints
    operation: Ints
    purpose: Ints
    counterparty: Ints


@dataclass(frozen=True, slots=True)
class Counterparty:
    """The other side of a payment; `bank` is None where it is ours."""

    bank: str | None
    account: str


@dataclass(frozen=True, slots=True)
class Loans:
    """Money lent, repaid through `account`."""

    account: Ints
    product: Ints
    outlet: Ints
    state: Ints
    granted_on: Ints
    months: Ints
    cents: Ints
    instalment: Ints


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards of holders."""

    numbers: list[str]
    customer: Ints
    account: Ints
    product: Ints
    outlet: Ints
    grade: Ints
    state: Ints
    issued_on: Ints


@dataclass(frozen=True, slots=True)
class Orders:
    """Standing orders."""

    account: Ints
    purpose: Ints
    cents: Ints
    counterparty: Ints


@dataclass(frozen=True, slots=True)
class Ties:
    """`other` is `type` to `customer`. `evidence` is a set of bits, one per word; `confidence` in millionths."""

    customer: Ints
    other: Ints
    type: Ints
    evidence: Ints
    confidence: Ints


@dataclass(frozen=True, slots=True)
class Homes:
    """Households; members come in order of homes."""

    evidence: Ints
    confidence: Ints
    member_home: Ints
    member_customer: Ints
    member_role: Ints


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one block."""

    customers: Customers
    documents: Documents
    contacts: Contacts
    accounts: Accounts
    holders: Holders
    balances: Balances
    movements: Movements
    counterparties: list[Counterparty]
    loans: Loans
    cards: Cards
    orders: Orders
    ties: Ties
    homes: Homes
    dealings: Dealings
    ventures: Ventures
    around: Around
