"""What one reader may see of a world: rows in reach, values behind guards, conditions and orders over them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cmp_to_key
from operator import itemgetter
from typing import Any

from graphql import GraphQLSchema, get_named_type

from tests.judges.words import (
    EDGES,
    GUARDED,
    IN_BASE_CURRENCY,
    KINDS,
    OF_PREFIX,
    ORDERED_FAR_BEYOND,
    PERSONAL,
    SEALED,
    SORTED_BY,
    TYPE,
    UNIONS,
    WIDEST,
    WORKED_OUT,
    Edge,
    Row,
    World,
)

Value = Any
REACHES = ("own", "branch", "subtree", "bank")
"""From the narrowest to the widest."""


@dataclass(frozen=True)
class Held:
    """A role's reaches, by permission, in a branch whose subtree is [position, end]."""

    role: str
    branch_id: int
    position: int
    end: int
    reaches: dict[str, str]


@dataclass(frozen=True)
class ReaderWords:
    """A reader as the judges think of them."""

    username: str
    staff_id: int
    roles: tuple[Held, ...]
    smallest_cell: int = 1
    granted: frozenset[int] = frozenset()
    """Customers in their portfolio by a grant."""

    def has(self, permission: str) -> bool:
        """Whether any role has any reach."""
        return any(permission in held.reaches for held in self.roles)

    def widest_reach(self, permission: str) -> str:
        """The widest that any role gives it."""
        return max((held.reaches[permission] for held in self.roles if permission in held.reaches), key=REACHES.index)

    def has_everything(self, permission: str) -> bool:
        """Whether some role reaches the whole bank."""
        return any(held.reaches.get(permission) == "bank" for held in self.roles)

    def manages(self, owner: Row) -> bool:
        """Whether a customer is in their portfolio, or the row their own."""
        return self.staff_id in (owner["manager_id"], owner["backup_manager_id"]) or owner["id"] in self.granted

    def reaches(self, permission: str, owner: Row) -> bool:
        """Whether a customer, or a member of staff, is in reach."""
        for held in self.roles:
            reach = held.reaches.get(permission)
            if reach is None:
                continue
            if reach == "bank" or self.manages(owner):
                return True
            if reach == "branch" and owner["position"] == held.position:
                return True
            if reach == "subtree" and held.position <= owner["position"] <= held.end:
                return True
        return False


@cache
def snake(name: str) -> str:
    """openedOn → opened_on."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def camel(name: str) -> str:
    """OPENED_ON → openedOn."""
    first, *others = name.lower().split("_")
    return first + "".join(word.capitalize() for word in others)


def years_between(earlier: date, later: date) -> int:
    """Completed years."""
    years = later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))
    # Before birth the age counts down from zero, as years that are not completed do.
    return years if later >= earlier else -years_between(later, earlier)


class View:
    """A world through one reader's eyes."""

    def __init__(self, world: World, reader: ReaderWords, schema: GraphQLSchema) -> None:
        self.world = world
        self.reader = reader
        self.schema = schema
        self._seen: dict[tuple[str, int], bool] = {}

    # What is visible

    def may_read(self, type_name: str) -> bool:
        """Whether the reader has any reach for rows of a type, or of some member of a union."""
        if type_name in UNIONS:
            return any(self.may_read(member) for member in UNIONS[type_name])
        return all(self.reader.has(permission) for permission in KINDS[type_name].reads)

    def sees(self, type_name: str, row: Row) -> bool:
        """Whether the row exists for the reader."""
        type_name = row.get(TYPE, type_name)
        key = (type_name, row["id"])
        if key not in self._seen:
            kind = KINDS[type_name]
            is_there = self.may_read(type_name) and kind.is_there(self.world, row)
            self._seen[key] = is_there and self.in_reach(type_name, row, kind.reads)
        return self._seen[key]

    def in_reach(self, type_name: str, row: Row, permissions: Iterable[str]) -> bool:
        """Whether all of the permissions reach a row, by one of its owners or by all."""
        kind = KINDS[type_name]
        if kind.owners is None:
            return all(self.reader.has(permission) for permission in permissions)
        if all(self.reader.has_everything(permission) for permission in permissions):
            return True  # A row without any owner too.
        return kind.needs(
            all(self.reader.reaches(permission, owner) for permission in permissions)
            for owner in kind.owners(self.world, row)
        )

    def through(self, edge: Edge, row: Row) -> list[Row]:
        """The visible rows at the end of an edge."""
        return [other for other in edge.rows(self.world, row) if self.sees(edge.target, other)]

    def value(self, type_name: str, row: Row, field: str) -> Any:
        """A scalar, or the amount of money; None where the reader may not see it."""
        permission = GUARDED.get((type_name, field))
        if permission and not self.in_reach(type_name, row, [permission]):
            return None
        if (type_name, field) == ("Customer", "displayName"):
            return row["customer_no"] if row["name"] is None else row["name"]
        if (type_name, field) == ("Customer", "age"):
            born = row["birth_on"]
            return None if born is None else years_between(born, self.world.bank["business_date"])
        worked_out = WORKED_OUT.get((type_name, field))
        return worked_out(self.world, row) if worked_out else row[snake(field)]

    def currency(self, type_name: str, row: Row, field: str) -> str:
        """What an amount of money is counted in."""
        return self.world.bank["base_currency"] if (type_name, field) in IN_BASE_CURRENCY else row["currency"]

    def withholds(self, type_name: str, field: str) -> bool:
        """Whether the reader has no reach at all for a field or for the rows that it leads to."""
        if (type_name, field) in EDGES:
            return not self.may_read(EDGES[type_name, field].target)
        permission = GUARDED.get((type_name, field)) or SEALED.get((type_name, field), (None,))[0]
        return permission is not None and not self.reader.has(permission)

    # Conditions

    def matches(self, type_name: str, row: Row, where: dict[str, Any]) -> bool:
        """Two-valued."""
        return all(self._entry(type_name, row, key, value) for key, value in where.items())

    def _entry(self, type_name: str, row: Row, key: str, value: Any) -> bool:
        if key == "and":
            return all(self.matches(type_name, row, each) for each in value)
        if key == "or":
            return any(self.matches(type_name, row, each) for each in value)
        if key == "not":
            return not self.matches(type_name, row, value)
        edge = EDGES.get((type_name, key))
        if edge is None:
            return self._field(type_name, row, key, value)
        rows = self.through(edge, row)
        if not is_quantified(self.schema, type_name, key):
            return not rows if value is None else any(self.matches(edge.target, other, value) for other in rows)
        return all(self._quantifier(edge.target, rows, name, condition) for name, condition in value.items())

    def _quantifier(self, target: str, rows: list[Row], name: str, condition: dict[str, Any]) -> bool:
        hits = [self.matches(target, other, condition) for other in rows]
        return {"some": any(hits), "none": not any(hits), "every": all(hits)}[name]

    def _field(self, type_name: str, row: Row, field: str, operators: dict[str, Any] | None) -> bool:
        if (type_name, field) in SEALED:
            permission, kind = SEALED[type_name, field]
            spelt = [plain(kind and row[kind], text) for text in (operators or {}).values()]
            held = row[field] is not None and all(text == plain(kind and row[kind], row[field]) for text in spelt)
            return self.in_reach(type_name, row, [permission]) and (held or not spelt)
        value = self.value(type_name, row, field)
        if operators is None:
            return value is None
        filter_name = where_field(self.schema, type_name, field)
        if filter_name != "MoneyFilter":
            return holds(filter_name, value, operators)
        if value is None:
            return False
        for part, inner in operators.items():
            kind = "DecimalFilter" if part == "amount" else "StringFilter"
            found = value if part == "amount" else self.currency(type_name, row, field)
            if inner is None or not holds(kind, found, inner):
                return False
        return True

    # Orders

    def order(self, edge: Edge, order_by: list[dict[str, Any]] | None) -> "Order":
        """What a connection is ordered by."""
        asked = [(item["field"], item.get("direction") == "DESC") for item in order_by or []]
        names = asked or list(edge.order)
        keys: list[tuple[Callable[[Row], Value], bool]]
        if asked:
            keys = [(self._asked(edge.target, name), descending) for name, descending in asked]
        else:
            keys = [(itemgetter(column), descending) for column, descending in edge.order]
        keys.append((lambda row: row["id"], keys[-1][1] if keys else False))
        own = [] if asked else [camel(column.upper()) in PERSONAL.get(edge.target, ()) for column, _ in edge.order]
        is_personal = any(own) or any(self._is_personal(edge.target, name) for name, _ in asked)
        return Order((edge.target, *names), keys, is_personal)

    def _is_personal(self, type_name: str, name: str) -> bool:
        through, field = self.order_path(type_name, name)
        for edge in through:
            type_name = EDGES[type_name, edge].target
        parent: Any = self.schema.get_type(type_name)
        declared = parent.fields.get(field)
        is_money = declared is not None and get_named_type(declared.type).name == "Money"
        return is_money or field in PERSONAL.get(type_name, ())

    def _asked(self, type_name: str, name: str) -> Any:
        through, field = self.order_path(type_name, name)
        return lambda row: self._value_beyond(type_name, row, through, field)

    def _value_beyond(self, type_name: str, row: Row, through: Sequence[str], field: str) -> Any:
        if not through:
            return self._sort_value(type_name, row, field)
        edge = EDGES[type_name, through[0]]
        rows = self.through(edge, row)
        return self._value_beyond(edge.target, rows[0], through[1:], field) if rows else None

    @staticmethod
    @cache
    def order_path(type_name: str, name: str) -> tuple[tuple[str, ...], str]:
        """BRANCH_BRANCH_NO → (branch), branchNo; OPENED_ON → (), openedOn."""
        if (type_name, name) in ORDERED_FAR_BEYOND:
            return ORDERED_FAR_BEYOND[type_name, name]
        for of_type, edge in EDGES:
            prefix = snake(edge).upper() + "_"
            if of_type == type_name and name.startswith(prefix):
                return (edge,), camel(name.removeprefix(prefix))
        return (), camel(name)

    def _sort_value(self, type_name: str, row: Row, field: str) -> Any:
        if field in SORTED_BY and SORTED_BY[field] in row:
            key = row[SORTED_BY[field]]
            return row["customer_no"] if key is None and field == "displayName" else key
        return self.value(type_name, row, field)


@dataclass(frozen=True)
class Order:
    """A total order: nulls last in either direction, the id at the end."""

    name: tuple[Any, ...]
    """Cursors are good for orders of equal names."""
    keys: list[tuple[Callable[[Row], Value], bool]]
    """Functions of a row, each with whether it descends."""
    is_personal: bool
    """Whether cursors stand for their row alone, and not for its values."""

    def values(self, row: Row) -> tuple[Value, ...]:
        """The place of a row in the order."""
        return tuple(key(row) for key, _ in self.keys)

    def sorted(self, rows: list[Row]) -> list[Row]:
        """Rows in order."""
        return sorted(rows, key=cmp_to_key(lambda one, other: self.compare(self.values(one), self.values(other))))

    def compare(self, one: tuple[Value, ...], other: tuple[Value, ...]) -> int:
        """Negative where the place `one` comes first."""
        for a, b, (_, descending) in zip(one, other, self.keys, strict=True):
            if a == b:
                continue
            if a is None or b is None:
                return 1 if a is None else -1
            return (1 if a > b else -1) * (-1 if descending else 1)
        return 0


def plain(kind: str | None, text: str) -> str:
    """An identifier as everybody would write it who leaves out what only makes it easier to read."""
    if kind == "EMAIL":
        return text.strip().casefold()
    letters = "".join(letter for letter in text if not letter.isspace() and letter not in "-.()/").upper()
    if kind == "PHONE":
        for prefix in ("+86", "0086"):
            number = letters.removeprefix(prefix)
            if number != letters and re.fullmatch("1[0-9]{10}", number):
                return number
    return letters


def where_field(schema: GraphQLSchema, type_name: str, field: str) -> str:
    """The name of the input type of a condition."""
    where: Any = schema.get_type(f"{type_name}Where")
    return get_named_type(where.fields[field].type).name


def is_quantified(schema: GraphQLSchema, type_name: str, field: str) -> bool:
    """Whether conditions on the edge range over many rows."""
    return where_field(schema, type_name, field).endswith("Quantifier")


def parsed(filter_name: str, given: Any) -> Any:
    """An operand as the value it is compared with."""
    if isinstance(given, list):
        return [parsed(filter_name, member) for member in given]
    match filter_name:
        case "DateFilter":
            return date.fromisoformat(given)
        case "DateTimeFilter":
            return datetime.fromisoformat(given)
        case "DecimalFilter":
            return Decimal(str(given))
        case "IDFilter":
            return int(given.split("_")[1])
        case _:
            return given


def holds(filter_name: str, value: Any, operators: dict[str, Any]) -> bool:
    """Whether every operator of a scalar holds."""
    return all(_operator(filter_name, value, name, given) for name, given in operators.items())


def _operator(filter_name: str, value: Any, name: str, given: Any) -> bool:
    if given is None:
        return {"eq": value is None, "ne": value is not None}.get(name, False)
    if name == "isNull":
        return (value is None) == given
    operand = parsed(filter_name, given)
    if name in ("ne", "notIn"):
        return not _operator(filter_name, value, "eq" if name == "ne" else "in", given)
    if value is None:
        return False
    match name:
        case "eq":
            return value == operand
        case "in":
            return value in operand
        case "lt":
            return value < operand
        case "lte":
            return value <= operand
        case "gt":
            return value > operand
        case "gte":
            return value >= operand
        case "startsWith":
            return value.startswith(operand)
        case "contains":
            return operand in value
        case _:
            raise AssertionError(f"no operator {name}")


def widest_with(schema: GraphQLSchema, type_name: str, field: str) -> str:
    """`Type.field`, with the widest type that declares the field."""
    wide: Any = schema.get_type(WIDEST[type_name])
    if field in wide.fields:
        return f"{WIDEST[type_name]}.{field}"
    narrow = type_name if type_name != WIDEST[type_name] else _declaring(schema, field)
    return f"{narrow}.{field}"


def _declaring(schema: GraphQLSchema, field: str) -> str:
    types: list[Any] = [schema.get_type("Person"), schema.get_type("Organisation")]
    return next(each.name for each in types if field in each.fields)


def type_of_id(node_id: str) -> str | None:
    """The node type that an id names."""
    return OF_PREFIX.get(node_id.split("_")[0])


def row_of_id(node_id: str) -> int | None:
    """The row that an id names: a plain number of 18 digits at most, nothing before or after it."""
    digits = re.fullmatch(r"[a-z]+_(0|[1-9][0-9]{0,17})", node_id)
    return int(digits[1]) if digits else None
