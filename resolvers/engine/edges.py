"""How a field says where its value lives. Declarations are data: both executions read them, nothing else does."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa

from authz.permissions import Permission
from authz.reader import Reader
from domain.command.model import Outcome
from domain.shared.columns import DataClass
from domain.shared.identifier import IdentifierKind

if TYPE_CHECKING:
    from resolvers.engine.graph import Graph
    from resolvers.engine.search import Sought

Clause = sa.ColumnElement[bool]
Expression = sa.ColumnElement[Any]


class Row(Protocol):
    """A row as SQL sees it: an alias, or a page of them."""

    @property
    def c(self) -> Any:
        """Its columns."""
        ...

    @property
    def source(self) -> sa.FromClause:
        """What statements inside correlate to."""
        ...


class BoundScope(Protocol):
    """One of the reader's scopes, as a predicate over a position, managers, and the customer that grants name."""

    def clause(
        self, *, position: Expression, managers: Sequence[Expression], customer: Expression | None
    ) -> Clause | None:
        """None where the scope is everything."""
        ...


Guard = Callable[[Row, Sequence[BoundScope]], Clause | None]
"""Whether a row is in all the given scopes; None where that is certain."""


@dataclass(frozen=True, eq=False)
class Identifier:
    """A sealed value of a row: shown as a mask, in full by `reveal` alone, found by the whole of it."""

    name: str
    """That of its group of columns."""
    kinds: tuple[IdentifierKind, ...]
    """What it may be sealed as."""
    kind_column: str | None
    """The column that says which of them; None where there is one alone."""
    reveal: Permission
    search: Permission | None = None
    """What it takes to look rows up by it; None where nobody can."""


@dataclass(frozen=True, eq=False)
class Nesting:
    """How the rows of a table lie within each other: each is of one level, and spans what lies below it."""

    level: str
    """The column that says which."""
    trees: Mapping[str, tuple[str, str]]
    """By the name of a tree, the columns of a row's position in it and of the last one below; the first is meant
    unless another is named."""


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of one concept, what it takes to read them, and whom they tell about."""

    table: sa.Table
    reads: tuple[Permission, ...]
    visible: Guard
    about: Callable[[Row], Expression] | None = None
    """The id, or a JSON list of the ids, of the customers that a row tells about; None for rows about nobody."""
    is_logged: bool = False
    """Reading them is logged whomever they tell about."""
    identifiers: tuple[Identifier, ...] = ()
    nesting: Nesting | None = None
    """What aggregates roll rows up by that name one of these."""


@dataclass(frozen=True, eq=False)
class Order:
    """One key of an edge's own order."""

    column: str
    descending: bool = False


@dataclass(frozen=True, eq=False)
class Column:
    """A scalar: a column of the row, or an expression over it."""

    value: Callable[[Row], Expression]
    type: sa.types.TypeEngine[Any]
    nullable: bool
    personal: bool
    requires: Permission | None = None
    sort: Callable[[Row], Expression] | None = None
    """What orders instead of the value itself: the pinyin key of a name."""
    filters: bool = True
    """Whether clients may filter and order by it; masks never."""
    groups: bool = False
    """Whether aggregates may group by it: it has few values."""


@dataclass(frozen=True, eq=False)
class NodeId:
    """The row's own id, shown with its type's prefix."""


@dataclass(frozen=True, eq=False)
class Amount:
    """Money: an amount and the currency beside it; null where the amount is."""

    value: Callable[[Row], Expression]
    currency: Callable[[Row], Expression]
    nullable: bool
    requires: Permission | None = None


@dataclass(frozen=True, eq=False)
class One:
    """An edge to at most one row."""

    table: sa.Table
    on: Callable[[Row, Row], Clause]
    same_customer: bool = False
    """The row belongs to the customers that the parent belongs to, so the parent's scope may answer for it."""
    tells_more: bool = False
    """It tells about others, too: the holders of an account together, the members of a household."""
    groups_by: str | None = None
    """The parent's column that names the row, where aggregates may group by this edge."""
    orders_by: tuple[str, ...] = ()
    """Fields of the row, or of rows beyond it (`tier.rank`), that the parent's connections may be ordered by."""


@dataclass(frozen=True, eq=False)
class Many:
    """An edge to any number of rows, shown as a connection in a total order that ends in the id."""

    table: sa.Table
    on: Callable[[Row, Row], Clause] | None
    order: tuple[Order, ...]
    same_customer: bool = False
    tells_more: bool = False


@dataclass(frozen=True, eq=False)
class Union:
    """An edge to any number of rows of several types, shown as one connection in one order over all of them."""

    type_name: str
    members: tuple[Many, ...]
    """Each in an order of one column; the columns are alike in type, and none is personal data."""


@dataclass(frozen=True, eq=False)
class Plain:
    """An object that is no row; its fields are declared like any others."""

    type_name: str


@dataclass(frozen=True, eq=False)
class OfReader:
    """A value that depends on who asks and on no row: a scalar, or objects of `type_name` as dicts."""

    value: "Callable[[Reader, Graph], Any]"
    type_name: str | None = None


@dataclass(frozen=True, eq=False)
class ReaderRow:
    """An edge from the reader to the one row whose id the reader carries."""

    table: sa.Table
    id: Callable[[Reader], int]


@dataclass(frozen=True, eq=False)
class OnlyRow:
    """An object made of the one row that a table has. It is no node: it tells about nobody, and every reader sees all
    of it. Its fields are columns that need no permission."""

    table: sa.Table
    type_name: str


@dataclass(frozen=True, eq=False)
class OfOutcome:
    """A value of a command's outcome: a scalar, or objects of `type_name` as dicts (with `__typename` for a union)."""

    name: str
    type_name: str | None = None


@dataclass(frozen=True, eq=False)
class OutcomeRow:
    """An edge from a payload to the row whose id the outcome holds under `name`; null where it holds none."""

    table: sa.Table
    name: str


@dataclass(frozen=True, eq=False)
class OutcomeList:
    """Values of an outcome that are objects of `type_name`, whose own fields are declared as those of a payload are."""

    name: str
    type_name: str


@dataclass(frozen=True, eq=False)
class Command:
    """A root field of mutations: what it does in one transaction, and the payload that answers it.

    run  (context, input by Python names) → outcome; raises Refusal for what becomes a typed error
    """

    payload: str
    requires: Permission | None
    """What nobody may try it without; None where that depends on the input, and the command itself refuses."""
    run: Callable[[Any, Mapping[str, Any]], Awaitable[Outcome]]
    looks_up: Callable[[Mapping[str, Any]], int] | None = None
    """How many identifiers an input tells whether the bank knows; counted as searches unless they are stored then."""
    each: "Command | None" = None
    """For the bulk form of another command: what is done with each member of the input."""

    def in_bulk(self, payload: str) -> "Command":
        """The same for every member of a list."""
        return Command(payload, self.requires, self.run, self.looks_up, self)


@dataclass(frozen=True, eq=False)
class Live:
    """A root field of subscriptions: an object of edges that hang on one id, answered anew when something happens.

    Edges of the object take for their parent a row that has nothing but this `id`.
    """

    type_name: str
    audience: Callable[[int], str]
    """Whose events it is answered anew for, by that id."""
    argument: str | None = None
    """The argument that names the row; None: it is the reader's own id as staff."""
    table: sa.Table | None = None
    """That row's."""


@dataclass(frozen=True, eq=False)
class ById:
    """A root edge to the row that the argument `id` names; the id's prefix decides the type."""

    table: sa.Table | None
    """None: any node."""
    plural: bool = False


@dataclass(frozen=True, eq=False)
class Computed:
    """A value worked out in Python from the fields of the row; only the batched execution answers it."""

    compute: Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True, eq=False)
class Search:
    """A root field that finds rows of several types by a text that somebody typed."""

    kinds: "Mapping[str, Sought]"
    """By name, what is looked for; in this order among equals."""
    matches: Sequence[str]
    """The words for how a row was found, the best first."""


Declaration = (
    Column
    | NodeId
    | Amount
    | One
    | Many
    | Union
    | Plain
    | OfReader
    | ReaderRow
    | OnlyRow
    | OfOutcome
    | OutcomeRow
    | OutcomeList
    | Command
    | Live
    | ById
    | Search
    | Computed
)


def column(
    source: sa.Column[Any], *, requires: Permission | None = None, sort: str | None = None, filters: bool = True
) -> Column:
    """The value of a table's column."""
    name = source.name
    return Column(
        value=lambda row: row.c[name],
        type=source.type,
        nullable=bool(source.nullable),
        personal=source.info["class"] is DataClass.C2,
        requires=requires,
        sort=(lambda row: row.c[sort]) if sort else None,
        filters=filters and not isinstance(source.type, sa.ARRAY),
        groups=filters and ("choice" in source.info or isinstance(source.type, sa.Boolean) or name == "currency"),
    )


def identifier(table: sa.Table, name: str, *, reveal: Permission, search: Permission | None = None) -> Identifier:
    """The sealed value that an `encrypted` group of columns keeps."""
    kind = table.c[f"{name}_cipher"].info["sealed"]
    if isinstance(kind, IdentifierKind):
        return Identifier(name, (kind,), None, reveal, search)
    kinds = tuple(IdentifierKind[choice.name] for choice in table.c[kind].info["choice"])
    return Identifier(name, kinds, kind, reveal, search)


def expression(
    value: Callable[[Row], Expression],
    type_: sa.types.TypeEngine[Any],
    *,
    personal: bool,
    nullable: bool = True,
    requires: Permission | None = None,
    sort: Callable[[Row], Expression] | None = None,
) -> Column:
    """A scalar expression over the row's columns."""
    return Column(value=value, type=type_, nullable=nullable, personal=personal, requires=requires, sort=sort)


def amount(
    source: sa.Column[Any], *, requires: Permission | None = None, currency: str | Expression = "currency"
) -> Amount:
    """A column of money, in the currency that stands in the column beside it, or in the one that all rows have."""
    name = source.name
    return Amount(
        value=lambda row: row.c[name],
        currency=lambda row: row.c[currency] if isinstance(currency, str) else currency,
        nullable=bool(source.nullable),
        requires=requires,
    )


def reference(
    table: sa.Table,
    via: str,
    *,
    same_customer: bool = False,
    tells_more: bool = False,
    groups: bool = False,
    orders_by: tuple[str, ...] = (),
) -> One:
    """An edge to the row whose id stands in the parent's column `via`."""
    return One(
        table=table,
        on=lambda parent, child: child.c.id == parent.c[via],
        same_customer=same_customer,
        tells_more=tells_more,
        groups_by=via if groups else None,
        orders_by=orders_by,
    )


def connection(
    table: sa.Table,
    on: Callable[[Row, Row], Clause] | None = None,
    *,
    order: Sequence[Order] = (),
    same_customer: bool = False,
    tells_more: bool = False,
) -> Many:
    """An edge to many rows; without `on`, all rows of the table that the reader may see."""
    return Many(table=table, on=on, order=tuple(order), same_customer=same_customer, tells_more=tells_more)


def union(type_name: str, *members: Many) -> Union:
    """An edge to the rows of all `members` together, in the order that they have each for themselves."""
    columns = [member.table.c[order.column] for member in members for order in member.order]
    if len({(repr(column.type), column.info["class"], bool(column.nullable)) for column in columns}) != 1:
        raise TypeError(f"{type_name}: members are ordered by columns of one type, class and nullability")
    if len(columns) != len(members) or len({order.descending for member in members for order in member.order}) != 1:
        raise TypeError(f"{type_name}: each member is ordered by one column, all in one direction")
    if columns[0].info["class"] is DataClass.C2:
        raise TypeError(f"{type_name}: cursors of a union carry its order, which must not be personal data")
    return Union(type_name, members)


def newest_first(column: str) -> tuple[Order, ...]:
    """Latest date or time first."""
    return (Order(column, descending=True),)


def oldest_first(column: str) -> tuple[Order, ...]:
    """Earliest date or time, or first in the alphabet, first."""
    return (Order(column),)
