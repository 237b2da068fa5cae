"""The eight files of a delivery: their headers, what is taken from them, and what must hold between rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from domain.pipelines.ingestion.berka import cells, codes
from domain.shared.identifier import IdentifierKind

Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A value read from a cell, or from a tuple of cells; a sealed one becomes the four columns of its group."""

    name: str
    sql_type: str
    read: Callable[[Any], Any]
    cells: tuple[str, ...]
    sealed: IdentifierKind | None = None


@dataclass(frozen=True, slots=True)
class Unique:
    """Something that no two rows of a file share; `of` is None where a row has nothing of the kind."""

    reason: str
    of: Callable[[Values], Any]


@dataclass(frozen=True, slots=True)
class File:
    """One file of the delivery. The first column is its key."""

    name: str
    header: tuple[str, ...]
    columns: tuple[Column, ...]
    references: dict[str, str]
    """Columns that hold keys of other files, and which."""
    unique: tuple[Unique, ...] = ()
    pattern: str = ""
    """How the file may be called besides `name`.asc, as a glob."""

    @property
    def staging_table(self) -> str:
        """The temporary table its rows wait in."""
        return f"berka_{self.name}"


def column(
    name: str, sql_type: str, read: Callable[[Any], Any], *of: str, sealed: IdentifierKind | None = None
) -> Column:
    """A column read from the cells `of`, by default from the cell of its own name."""
    return Column(name, sql_type, read, of or (name,), sealed)


def key(name: str, *of: str) -> Column:
    """The row's own key, or that of a row of another file."""
    return column(name, "int", cells.key, *of)


def day(name: str, *of: str) -> Column:
    """A calendar day."""
    return column(name, "date", cells.day, *of)


def amount(name: str, *of: str) -> Column:
    """Money that is not negative."""
    return column(name, "numeric(18,2)", cells.amount, *of)


def word(name: str, known: Mapping[str, Enum], of: str) -> Column:
    """One of the source's words, as ours."""
    return column(name, "text", cells.code(known), of)


DISTRICT = File(
    "district",
    tuple(f"A{number}" for number in range(1, 17)),
    (
        key("district_id", "A1"),
        column("name", "text", cells.text, "A2"),
        column("region", "text", cells.text, "A3"),
    ),
    references={},
)

ACCOUNT = File(
    "account",
    ("account_id", "district_id", "frequency", "date"),
    (
        key("account_id"),
        key("district_id"),
        word("statement_frequency", codes.FREQUENCIES, "frequency"),
        day("opened_on", "date"),
    ),
    references={"district_id": "district"},
)

CLIENT = File(
    "client",
    ("client_id", "birth_number", "district_id"),
    (
        key("client_id"),
        column("birth_number", "", cells.birth_number, sealed=IdentifierKind.BIRTH_NUMBER),
        column("birth_on", "date", cells.born_on, "birth_number"),
        column("sex", "text", cells.sex, "birth_number"),
        key("district_id"),
    ),
    references={"district_id": "district"},
)

DISPOSITION = File(
    "disp",
    ("disp_id", "client_id", "account_id", "type"),
    (
        key("disp_id"),
        key("client_id"),
        key("account_id"),
        word("role", codes.HOLDER_ROLES, "type"),
    ),
    references={"client_id": "client", "account_id": "account"},
    unique=(
        Unique("the client has a right to this account already", lambda values: (values[1], values[2])),
        Unique("the account has an owner already", lambda values: values[2] if values[3] == "OWNER" else None),
    ),
)

ORDER = File(
    "order",
    ("order_id", "account_id", "bank_to", "account_to", "amount", "k_symbol"),
    (
        key("order_id"),
        key("account_id"),
        column("counterparty_bank", "text", cells.bank, "bank_to"),
        column("counterparty_account", "", cells.account, "account_to", sealed=IdentifierKind.ACCOUNT_NUMBER),
        amount("amount"),
        column("purpose", "text", cells.code_or_blank(codes.ORDER_PURPOSES), "k_symbol"),
    ),
    references={"account_id": "account"},
)

LOAN = File(
    "loan",
    ("loan_id", "account_id", "date", "amount", "duration", "payments", "status"),
    (
        key("loan_id"),
        key("account_id"),
        day("granted_on", "date"),
        amount("amount"),
        column("term_months", "int", cells.months, "duration"),
        amount("instalment", "payments"),
        word("state", codes.LOAN_STATES, "status"),
    ),
    references={"account_id": "account"},
)

CARD = File(
    "card",
    ("card_id", "disp_id", "type", "issued"),
    (
        key("card_id"),
        key("disp_id"),
        word("grade", codes.GRADES, "type"),
        column("issued_on", "date", cells.day_and_time, "issued"),
    ),
    references={"disp_id": "disp"},
)

TRANSACTION = File(
    "trans",
    ("trans_id", "account_id", "date", "type", "operation", "amount", "balance", "k_symbol", "bank", "account"),
    (
        key("trans_id"),
        key("account_id"),
        day("booked_on", "date"),
        word("direction", codes.DIRECTIONS, "type"),
        column("operation", "text", cells.operation, "type", "operation"),
        amount("amount"),
        column("balance_after", "numeric(18,2)", cells.money, "balance"),
        column("purpose", "text", cells.code_or_blank(codes.TRANSACTION_PURPOSES), "k_symbol"),
        column("counterparty_bank", "text", cells.bank_or_blank, "bank"),
        column("counterparty_account", "", cells.account_or_blank, "account", sealed=IdentifierKind.ACCOUNT_NUMBER),
    ),
    references={"account_id": "account"},
    pattern="trans_partial_*",
)

FILES = (DISTRICT, ACCOUNT, CLIENT, DISPOSITION, ORDER, LOAN, CARD, TRANSACTION)
"""In order of reference: a file refers only to those before it."""
