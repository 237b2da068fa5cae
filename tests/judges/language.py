"""What the naive evaluator's words are made of: rows in memory, kinds of rows, whom they belong to, edges."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


class World:
    """Every row of a small bank in memory, found by the value of any column."""

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self.tables = tables
        self.bank = tables["bank"][0]
        self._indexes: dict[tuple[str, str], dict[Any, list[Row]]] = {}

    def where(self, table: str, column: str, value: Any) -> list[Row]:
        """Rows of `table` whose `column` is `value`; none where it is None."""
        index = self._indexes.get((table, column))
        if index is None:
            index = self._indexes[table, column] = {}
            for row in self.tables[table]:
                index.setdefault(row[column], []).append(row)
        return [] if value is None else index.get(value, [])

    def holders(self, account_id: int) -> list[Row]:
        """The customers who hold an account."""
        return [
            self.where("customer", "id", holder["customer_id"])[0]
            for holder in self.where("account_holder", "account_id", account_id)
        ]

    @property
    def access_version(self) -> int:
        """The state of access that all this was read in."""
        return self.tables["access_version"][0]["number"]

    def granted_to(self, staff_id: int) -> frozenset[int]:
        """The customers that grants add to somebody's portfolio today."""
        today = self.bank["business_date"]
        return frozenset(
            grant["customer_id"]
            for grant in self.where("access_grant", "staff_id", staff_id)
            if grant["ended_at"] is None and grant["starts_on"] <= today <= grant["ends_on"]
        )

    def accounts_of(self, customer_id: int) -> set[int]:
        """The ids of the accounts that a customer holds."""
        return {holder["account_id"] for holder in self.where("account_holder", "customer_id", customer_id)}


Owners = Callable[[World, Row], list[Row]]


def itself(_world: World, row: Row) -> list[Row]:
    """A customer."""
    return [row]


def as_staff(_world: World, row: Row) -> list[Row]:
    """Staff are in the portfolio of themselves, and no grant names them."""
    return [row | {"manager_id": row["id"], "backup_manager_id": None, "id": None}]


def about_staff(_world: World, row: Row) -> list[Row]:
    """What is about a member of staff stands where they worked, is in their own portfolio, and no grant names it."""
    return [{"position": row["position"], "manager_id": row["staff_id"], "backup_manager_id": None, "id": None}]


def of_work(*columns: str) -> Owners:
    """Work stands where it is done, is the own of those whom two columns name, and belongs to its customer, if any."""

    def owners(world: World, row: Row) -> list[Row]:
        one, other = (row[column] for column in columns)
        place = {"position": row["position"], "manager_id": one, "backup_manager_id": other, "id": None}
        return [place, *world.where("customer", "id", row["customer_id"])]

    return owners


def customers(*columns: str) -> Owners:
    """The customers that the columns name."""
    return lambda world, row: [world.where("customer", "id", row[column])[0] for column in columns]


def holders(column: str) -> Owners:
    """The holders of the account that the column names."""
    return lambda world, row: world.holders(row[column])


def log_owners(world: World, row: Row) -> list[Row]:
    """An entry of the access log is in the portfolio of its actor, stands nowhere, and belongs to whom it tells of."""
    actor = {"position": -1, "manager_id": row["staff_id"], "backup_manager_id": None, "id": None}
    return [actor, *(found for each in row["customer_ids"] for found in world.where("customer", "id", each))]


def members(world: World, row: Row) -> list[Row]:
    """The members of a household."""
    joined = world.where("household_member", "household_id", row["id"])
    return [world.where("customer", "id", member["customer_id"])[0] for member in joined]


@dataclass(frozen=True)
class Kind:
    """A node type: a row is visible when `needs` (any, all) of its owners is in reach of every permission at once; and
    where each permission reaches the whole bank."""

    table: str
    prefix: str
    reads: tuple[str, ...]
    owners: Owners | None = None
    """None: the row belongs to nobody, and whoever has any reach sees it."""
    needs: Callable[..., bool] = any
    is_there: Callable[[World, Row], bool] = lambda _world, _row: True
    """Whether anybody can see it at all."""


KINDS: dict[str, Kind] = {}
"""By type; filled by `words.py`."""


@dataclass(frozen=True)
class Edge:
    """Where a field leads: to rows of `target`, in an order of their own."""

    target: str
    rows: Callable[[World, Row], list[Row]]
    order: tuple[tuple[str, bool], ...] = ()
    """Columns, each with whether it descends."""


def to(target: str, via: str) -> Edge:
    """To the row that a column names."""
    return Edge(target, lambda world, row: world.where(KINDS[target].table, "id", row[via]))


def back(target: str, column: str, *order: tuple[str, bool]) -> Edge:
    """To the rows whose column names this one."""
    return Edge(target, lambda world, row: world.where(KINDS[target].table, column, row["id"]), order)


def among(column: str) -> Edge:
    """To the customers whose ids a column lists."""
    return Edge("Customer", lambda world, row: [c for c in world.tables["customer"] if c["id"] in row[column]])


def among_held(target: str, column: str, *order: tuple[str, bool]) -> Edge:
    """To the rows whose column names an account that this customer holds."""

    def rows(world: World, row: Row) -> list[Row]:
        held = world.accounts_of(row["id"])
        return [other for other in world.tables[KINDS[target].table] if other[column] in held]

    return Edge(target, rows, order)


def root(target: str, *order: tuple[str, bool]) -> Edge:
    """To every row."""
    return Edge(target, lambda world, _row: world.tables[KINDS[target].table], order)


CUSTOMER = "customer:read"
OPENED, GRANTED, ISSUED = ("opened_on", True), ("granted_on", True), ("issued_on", True)
BOOKED, CLOSED, ENTERED = ("booked_on", True), ("closed_on", True), ("created_at", False)
RECORDED, CREATED = ("recorded_at", True), ("created_at", True)
BEGUN, DECIDED = ("starts_on", True), ("decided_at", True)
NAME, PLACE = ("name_sort_key", False), ("position", False)
DUE, TAKEN_DOWN, HAPPENED, IN_ORDER = (
    ("due_at", False),
    ("opened_at", True),
    ("happened_at", True),
    ("happened_at", False),
)
