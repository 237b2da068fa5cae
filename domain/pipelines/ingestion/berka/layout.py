"""The eight files of a delivery: their headers, what is taken from them, and what must hold between rows."""

from collections.abc import Callable
from dataclasses import dataclass
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


DISTRICT = File(
    "district",
    tuple(f"A{number}" for number in range(1, 17)),
    (
        column("district_id", "int", cells.key, "A1"),
        column("name", "text", cells.text, "A2"),
        column("region", "text", cells.text, "A3"),
    ),
    references={},
)

ACCOUNT = File(
    "account",
    ("account_id", "district_id", "frequency", "date"),
    (
        column("account_id", "int", cells.key),
        column("district_id", "int", cells.key),
        column("statement_frequency", "text", cells.code(codes.FREQUENCIES), "frequency"),
        column("opened_on", "date", cells.day, "date"),
    ),
    references={"district_id": "district"},
)

CLIENT = File(
    "client",
    ("client_id", "birth_number", "district_id"),
    (
        column("client_id", "int", cells.key),
        column("birth_number", "", cells.birth_number, sealed=IdentifierKind.BIRTH_NUMBER),
        column("birth_on", "date", cells.born_on, "birth_number"),
        column("sex", "text", cells.sex, "birth_number"),
        column("district_id", "int", cells.key),
    ),
    references={"district_id": "district"},
)

DISPOSITION = File(
    "disp",
    ("disp_id", "client_id", "account_id", "type"),
    (
        column("disp_id", "int", cells.key),
        column("client_id", "int", cells.key),
        column("account_id", "int", cells.key),
        column("role", "text", cells.code(codes.HOLDER_ROLES), "type"),
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
        column("order_id", "int", cells.key),
        column("account_id", "int", cells.key),
        column("counterparty_bank", "text", cells.bank, "bank_to"),
        column("counterparty_account", "", cells.account, "account_to", sealed=IdentifierKind.ACCOUNT_NUMBER),
        column("amount", "numeric(18,2)", cells.amount),
        column("purpose", "text", cells.code_or_blank(codes.ORDER_PURPOSES), "k_symbol"),
    ),
    references={"account_id": "account"},
)

LOAN = File(
    "loan",
    ("loan_id", "account_id", "date", "amount", "duration", "payments", "status"),
    (
        column("loan_id", "int", cells.key),
        column("account_id", "int", cells.key),
        column("granted_on", "date", cells.day, "date"),
        column("amount", "numeric(18,2)", cells.amount),
        column("term_months", "int", cells.months, "duration"),
        column("instalment", "numeric(18,2)", cells.amount, "payments"),
        column("state", "text", cells.code(codes.LOAN_STATES), "status"),
    ),
    references={"account_id": "account"},
)

CARD = File(
    "card",
    ("card_id", "disp_id", "type", "issued"),
    (
        column("card_id", "int", cells.key),
        column("disp_id", "int", cells.key),
        column("grade", "text", cells.code(codes.GRADES), "type"),
        column("issued_on", "date", cells.day_and_time, "issued"),
    ),
    references={"disp_id": "disp"},
)

TRANSACTION = File(
    "trans",
    ("trans_id", "account_id", "date", "type", "operation", "amount", "balance", "k_symbol", "bank", "account"),
    (
        column("trans_id", "int", cells.key),
        column("account_id", "int", cells.key),
        column("booked_on", "date", cells.day, "date"),
        column("direction", "text", cells.code(codes.DIRECTIONS), "type"),
        column("operation", "text", cells.operation, "type", "operation"),
        column("amount", "numeric(18,2)", cells.amount),
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
