"""The third judge: a naive evaluator of operations, written from the schema's words, sharing nothing with the engine.

`Evaluation` walks an operation twice: over its types, for what is withheld and refused whatever the rows; then over
rows in memory, for the answer.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    parse,
)
from graphql.execution.values import get_argument_values, get_variable_values

from tests.judges import figures
from tests.judges.view import View, compare, type_of_id, where_field, widest_with
from tests.judges.words import CONCRETE, EDGES, KINDS, OF_PREFIX, ROOTS, WIDEST, Edge, Row

PERMISSIONS = (
    "access_grant:create",
    "access_grant:read",
    "account:read",
    "account.balance:read",
    "branch:read",
    "card:read",
    "contact_point:read",
    "customer:read",
    "customer.birth_on:read",
    "household:read",
    "identity_document:read",
    "loan:read",
    "product:read",
    "relation:read",
    "staff:read",
    "standing_order:read",
    "transaction:read",
    "transaction.amount:read",
)
DEFAULT_SIZE, MOST_ROWS, MOST_GROUPS = 20, 100, 1000
SCALARS_OF_TEXT = {"Decimal", "Date", "DateTime", "BigInt"}
FORBIDDEN, INVALID = "FORBIDDEN", "INVALID_REQUEST"


@dataclass(frozen=True)
class Cursor:
    """Stands for the cursor of a row: its text is the engine's own business."""

    type_name: str
    row_id: int
    after: str | None
    """The variable that the connection reads `after` from."""
    before: str | None


@dataclass(frozen=True)
class Verdict:
    """What the answer has to be: data and withheld fields, or a refusal with one of several codes."""

    data: Any
    withheld: tuple[str, ...]
    refusals: frozenset[str] = frozenset()


Fields = dict[str, list[FieldNode]]


class Evaluation:
    """One operation for one reader."""

    def __init__(self, view: View, query: str, variables: dict[str, Any], cursors: dict[str, tuple[str, int]]) -> None:
        """cursors  what cursors of earlier answers stand for: type and row id, by their text"""
        document = parse(query, no_location=True)
        (self.operation,) = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
        named = (node for node in document.definitions if isinstance(node, FragmentDefinitionNode))
        self.fragments = {node.name.value: node for node in named}
        self.view = view
        self.schema: GraphQLSchema = view.schema
        self.cursors = cursors
        self.variables: Any = get_variable_values(self.schema, self.operation.variable_definitions or (), variables)
        assert not isinstance(self.variables, list), self.variables
        self.withheld: set[str] = set()
        self.refusals: set[str] = set()

    def verdict(self) -> Verdict:
        """The answer, or why there is none."""
        fields = self.fields([self.operation.selection_set], "Query")
        for nodes in fields.values():
            self._survey_root(nodes)
        if self.refusals:
            return Verdict(None, (), frozenset(self.refusals))
        data = {key: self._root(nodes) for key, nodes in fields.items()}
        return Verdict(data, tuple(sorted(self.withheld)))

    # Selections

    def fields(self, selection_sets: list[SelectionSetNode], type_name: str) -> Fields:
        """The fields that apply to an object of a concrete type, by response key, in order."""
        found: Fields = {}
        visited: set[str] = set()
        for selection_set in selection_sets:
            for node in self._flat(selection_set, type_name, visited):
                found.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
        return found

    def _flat(self, selection_set: SelectionSetNode, type_name: str, visited: set[str]) -> Iterator[FieldNode]:
        for node in selection_set.selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or self._applies(node.type_condition.name.value, type_name):
                    yield from self._flat(node.selection_set, type_name, visited)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in visited:
                visited.add(node.name.value)
                fragment = self.fragments[node.name.value]
                if self._applies(fragment.type_condition.name.value, type_name):
                    yield from self._flat(fragment.selection_set, type_name, visited)

    def _applies(self, condition: str, type_name: str) -> bool:
        wanted: Any = self.schema.get_type(condition)
        actual: Any = self.schema.get_type(type_name)
        return wanted is actual or (is_abstract_type(wanted) and self.schema.is_sub_type(wanted, actual))

    def _is_included(self, node: Any) -> bool:
        for directive in node.directives or ():
            (argument,) = directive.arguments
            condition = self._bool(argument.value)
            if directive.name.value == ("skip" if condition else "include"):
                return False
        return True

    def _bool(self, node: Any) -> bool:
        return self.variables.coerced[node.name.value] if isinstance(node, VariableNode) else node.value

    def arguments(self, type_name: str, node: FieldNode) -> dict[str, Any]:
        """Arguments that are given and not null."""
        parent: Any = self.schema.get_type(type_name)
        given = get_argument_values(parent.fields[node.name.value], node, self.variables)
        return {name: value for name, value in given.items() if value is not None}

    def below(self, nodes: list[FieldNode]) -> list[SelectionSetNode]:
        """The selections of merged fields."""
        return [node.selection_set for node in nodes if node.selection_set]

    # What is withheld or refused whatever the rows

    def _survey_root(self, nodes: list[FieldNode]) -> None:
        name = nodes[0].name.value
        arguments = self.arguments("Query", nodes[0]) if name != "__typename" else {}
        if name in ROOTS:
            edge = ROOTS[name]
            if self.view.may_read(edge.target):
                self._survey_connection(edge, nodes, arguments)
            else:
                self.withheld.add(f"Query.{name}")
        elif name == "viewer":
            for key in self.fields(self.below(nodes), "Viewer").values():
                if key[0].name.value == "staff":
                    self._survey_rows("Staff", key, "Viewer.staff")
        elif name in ("node", "customer"):
            self._survey_rows(type_of_id(arguments["id"]) or "", nodes, f"Query.{name}")
        elif name == "nodes":
            for type_name in {type_of_id(node_id) or "" for node_id in arguments["ids"]}:
                self._survey_rows(type_name, nodes, "Query.nodes")

    def _survey_rows(self, type_name: str, nodes: list[FieldNode], coordinate: str) -> None:
        if self.view.may_read(type_name):
            self._survey_object(type_name, nodes)
        else:
            self.withheld.add(coordinate)

    def _survey_object(self, type_name: str, nodes: list[FieldNode]) -> None:
        for concrete in CONCRETE[type_name]:
            for chosen in self.fields(self.below(nodes), concrete).values():
                field = chosen[0].name.value
                if self.view.withholds(type_name, field):
                    self.withheld.add(widest_with(self.schema, concrete, field))
                elif (type_name, field) in EDGES:
                    edge = EDGES[type_name, field]
                    if self._is_many(concrete, field):
                        self._survey_connection(edge, chosen, self.arguments(concrete, chosen[0]))
                    else:
                        self._survey_object(edge.target, chosen)

    def _is_many(self, type_name: str, field: str) -> bool:
        parent: Any = self.schema.get_type(type_name)
        return get_named_type(parent.fields[field].type).name.endswith("Connection")

    def _survey_connection(self, edge: Edge, nodes: list[FieldNode], arguments: dict[str, Any]) -> None:
        target = edge.target
        self._check_where(target, arguments.get("where", {}))
        self._check_page(target, arguments)
        for chosen in self.fields(self.below(nodes), f"{target}Connection").values():
            match chosen[0].name.value:
                case "nodes":
                    self._survey_object(target, chosen)
                case "edges":
                    for inner in self.fields(self.below(chosen), f"{target}Edge").values():
                        if inner[0].name.value == "node":
                            self._survey_object(target, inner)
                case "aggregates":
                    self._survey_aggregates(target, chosen)
                case _:
                    pass

    def _check_page(self, target: str, arguments: dict[str, Any]) -> None:
        if {"first", "last"} <= arguments.keys():
            self.refusals.add(INVALID)
        if any(not 0 <= arguments[name] <= MOST_ROWS for name in ("first", "last") if name in arguments):
            self.refusals.add(INVALID)
        if len(arguments.get("orderBy", [])) > 5:
            self.refusals.add(INVALID)
        for item in arguments.get("orderBy", []):
            through, field = self.view.order_path(target, item["field"])
            if self.view.withholds(target, through or field):
                self.refusals.add(FORBIDDEN)

    def _check_where(self, type_name: str, where: dict[str, Any]) -> None:
        for key, value in where.items():
            if key in ("and", "or", "not"):
                if value is None:
                    self.refusals.add(INVALID)
                    continue
                for each in value if isinstance(value, list) else [value]:
                    self._check_where(type_name, each)
                continue
            if self.view.withholds(type_name, key):
                self.refusals.add(FORBIDDEN)
            kind = where_field(self.schema, type_name, key)
            if (type_name, key) not in EDGES:
                if kind == "StringFilter" and len((value or {}).get("contains") or "..") < 2:
                    self.refusals.add(INVALID)
            elif kind.endswith("Quantifier"):
                if value is None or None in value.values():
                    self.refusals.add(INVALID)
                for condition in (value or {}).values():
                    self._check_where(EDGES[type_name, key].target, condition or {})
            else:
                self._check_where(EDGES[type_name, key].target, value or {})

    def _survey_aggregates(self, target: str, nodes: list[FieldNode]) -> None:
        arguments = self.arguments(f"{target}Connection", nodes[0])
        if not 0 <= arguments.get("first", 0) <= MOST_GROUPS:
            self.refusals.add(INVALID)
        grouped = [figures.split_grouping(name)[0] for name in arguments.get("groupBy", [])]
        for field in grouped:
            if self.view.withholds(target, field):
                self.refusals.add(FORBIDDEN)
        for chosen in self.fields(self.below(nodes), f"{target}Aggregate").values():
            field = chosen[0].name.value
            if field == "key":
                for part in self.fields(self.below(chosen), f"{target}GroupKey").values():
                    name = part[0].name.value
                    if name in grouped and (target, name) in EDGES:
                        self._survey_rows(EDGES[target, name].target, part, f"{WIDEST[target]}.{name}")
            elif self.view.withholds(target, field):
                self.withheld.add(widest_with(self.schema, target, field))

    # Values

    def _root(self, nodes: list[FieldNode]) -> Any:
        name = nodes[0].name.value
        arguments = self.arguments("Query", nodes[0]) if name != "__typename" else {}
        match name:
            case "__typename":
                return "Query"
            case "viewer":
                return self._viewer(nodes)
            case "node" | "customer":
                return self._by_id(arguments["id"], nodes)
            case "nodes":
                return [self._by_id(node_id, nodes) for node_id in arguments["ids"]]
            case _:
                edge = ROOTS[name]
                return self._connection(edge, {}, nodes, arguments) if self.view.may_read(edge.target) else None

    def _by_id(self, node_id: str, nodes: list[FieldNode]) -> Any:
        prefix, number = node_id.split("_")
        rows = self.view.world.where(KINDS[OF_PREFIX[prefix]].table, "id", int(number))
        return self._visible(OF_PREFIX[prefix], rows, nodes)

    def _visible(self, type_name: str, rows: list[Row], nodes: list[FieldNode]) -> Any:
        return next((self._object(type_name, row, nodes) for row in rows if self.view.sees(type_name, row)), None)

    def _viewer(self, nodes: list[FieldNode]) -> dict[str, Any]:
        reader = self.view.reader
        values = {
            "__typename": "Viewer",
            "username": reader.username,
            "roles": [
                {"__typename": "HeldRole", "role": held.role, "branchId": f"bra_{held.branch_id}"}
                for held in reader.roles
            ],
            "permissions": [
                {"__typename": "HeldPermission", "permission": name, "isEverything": reader.has_everything(name)}
                for name in PERMISSIONS
                if reader.has(name)
            ],
        }
        shown: dict[str, Any] = {}
        for key, chosen in self.fields(self.below(nodes), "Viewer").items():
            name = chosen[0].name.value
            if name == "staff":
                shown[key] = self._visible("Staff", self.view.world.where("staff", "id", reader.staff_id), chosen)
            else:
                shown[key] = self.cut(chosen, values[name])
        return shown

    def cut(self, nodes: list[FieldNode], value: Any) -> Any:
        """A plain value, cut to what is selected of it."""
        if isinstance(value, list):
            return [self.cut(nodes, member) for member in value]
        if not isinstance(value, dict):
            return value
        fields = self.fields(self.below(nodes), value["__typename"])
        return {key: self.cut(chosen, value[chosen[0].name.value]) for key, chosen in fields.items()}

    def _object(self, type_name: str, row: Row, nodes: list[FieldNode]) -> dict[str, Any]:
        concrete = row["kind"].capitalize() if type_name == "Customer" else type_name
        fields = self.fields(self.below(nodes), concrete)
        return {key: self._field(type_name, concrete, row, chosen) for key, chosen in fields.items()}

    def _field(self, type_name: str, concrete: str, row: Row, nodes: list[FieldNode]) -> Any:
        name = nodes[0].name.value
        if name == "__typename":
            return concrete
        if name == "id":
            return f"{KINDS[type_name].prefix}_{row['id']}"
        if (type_name, name) == ("Loan", "schedule"):
            return self.cut(nodes, schedule(row))
        if (type_name, name) in EDGES:
            edge = EDGES[type_name, name]
            if not self.view.may_read(edge.target):
                return None
            if self._is_many(concrete, name):
                return self._connection(edge, row, nodes, self.arguments(concrete, nodes[0]))
            return self._visible(edge.target, edge.rows(self.view.world, row), nodes)
        value = self.view.value(type_name, row, name)
        parent: Any = self.schema.get_type(concrete)
        if value is not None and get_named_type(parent.fields[name].type).name == "Money":
            return self.cut(nodes, money(value, row["currency"]))
        return figures.text(value)

    def _connection(self, edge: Edge, row: Row, nodes: list[FieldNode], arguments: dict[str, Any]) -> dict[str, Any]:
        target, view = edge.target, self.view
        where = arguments.get("where", {})
        rows = [other for other in view.through(edge, row) if view.matches(target, other, where)]
        keys = view.keys(target, edge, arguments.get("orderBy"))
        page = self._page(target, view.ordered(rows, keys), keys, arguments)
        mark = self._marks(target, nodes[0])
        shown: dict[str, Any] = {}
        for key, chosen in self.fields(self.below(nodes), f"{target}Connection").items():
            match chosen[0].name.value:
                case "__typename":
                    shown[key] = f"{target}Connection"
                case "nodes":
                    shown[key] = [self._object(target, other, chosen) for other in page.rows]
                case "edges":
                    shown[key] = [self._edge(target, other, chosen, mark(other)) for other in page.rows]
                case "pageInfo":
                    shown[key] = self.cut(chosen, page.info(mark))
                case "totalCount":
                    is_small = 1 < view.reader.smallest_cell > len(rows)
                    shown[key] = None if is_small else str(len(rows))
                case _:
                    shown[key] = self._aggregates(target, rows, chosen)
        return shown

    def _marks(self, target: str, node: FieldNode) -> Any:
        read = {a.name.value: a.value.name.value for a in node.arguments or () if isinstance(a.value, VariableNode)}
        return lambda row: Cursor(target, row["id"], read.get("after"), read.get("before"))

    def _page(self, target: str, rows: list[Row], keys: list[Any], arguments: dict[str, Any]) -> "Page":
        for name in ("after", "before"):
            if name in arguments:
                type_name, row_id = self.cursors[arguments[name]]
                assert type_name == target
                (anchor,) = self.view.world.where(KINDS[target].table, "id", row_id)
                sign = 1 if name == "after" else -1
                rows = [row for row in rows if compare(keys, row, anchor) * sign > 0]
        backward = "last" in arguments
        size = arguments.get("last" if backward else "first", DEFAULT_SIZE)
        shown = rows[max(len(rows) - size, 0) :] if backward else rows[:size]
        more = len(rows) > size
        return Page(
            shown,
            has_next="before" in arguments if backward else more,
            has_previous=more if backward else "after" in arguments,
        )

    def _edge(self, target: str, row: Row, nodes: list[FieldNode], cursor: Cursor) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        for key, chosen in self.fields(self.below(nodes), f"{target}Edge").items():
            match chosen[0].name.value:
                case "node":
                    shown[key] = self._object(target, row, chosen)
                case "cursor":
                    shown[key] = cursor
                case _:
                    shown[key] = f"{target}Edge"
        return shown

    def _aggregates(self, target: str, rows: list[Row], nodes: list[FieldNode]) -> list[dict[str, Any]]:
        arguments = self.arguments(f"{target}Connection", nodes[0])
        group_by = list(dict.fromkeys(arguments.get("groupBy", [])))
        size = arguments.get("first", figures.DEFAULT_GROUPS)
        return [
            self._group(target, dict(zip(group_by, key, strict=True)), members, nodes)
            for key, members in figures.groups(self.view, target, rows, group_by, size)
        ]

    def _group(self, target: str, key: dict[str, Any], rows: list[Row], nodes: list[FieldNode]) -> dict[str, Any]:
        type_name = f"{target}Aggregate"
        shown: dict[str, Any] = {}
        for response_key, chosen in self.fields(self.below(nodes), type_name).items():
            name = chosen[0].name.value
            if name == "__typename":
                shown[response_key] = type_name
            elif name == "count":
                shown[response_key] = str(len(rows))
            elif name == "key":
                shown[response_key] = self._key(target, key, chosen)
            else:
                shown[response_key] = self.cut(chosen, self._figure(target, rows, name))
        return shown

    def _figure(self, target: str, rows: list[Row], field: str) -> Any:
        parent: Any = self.schema.get_type(f"{target}Aggregate")
        match get_named_type(parent.fields[field].type).name:
            case "MoneyAggregate":
                return figures.money(self.view, target, rows, field)
            case "NumberAggregate":
                return figures.number(self.view, target, rows, field)
            case name:
                return {"__typename": name, **figures.bounds(self.view, target, rows, field)}

    def _key(self, target: str, key: dict[str, Any], nodes: list[FieldNode]) -> dict[str, Any]:
        by_field = {figures.camel(name): value for name, value in key.items()}
        shown: dict[str, Any] = {}
        for response_key, chosen in self.fields(self.below(nodes), f"{target}GroupKey").items():
            name = chosen[0].name.value
            value = by_field.get(name)
            if name == "__typename":
                shown[response_key] = f"{target}GroupKey"
            elif (target, name) in EDGES and value is not None:
                other = EDGES[target, name].target
                shown[response_key] = self._visible(
                    other, self.view.world.where(KINDS[other].table, "id", value), chosen
                )
            else:
                shown[response_key] = figures.text(list(value) if isinstance(value, tuple) else value)
        return shown


@dataclass(frozen=True)
class Page:
    """Part of a connection's rows, in their order."""

    rows: list[Row]
    has_next: bool
    has_previous: bool

    def info(self, mark: Any) -> dict[str, Any]:
        """The fields of `PageInfo`."""
        return {
            "__typename": "PageInfo",
            "hasNextPage": self.has_next,
            "hasPreviousPage": self.has_previous,
            "startCursor": mark(self.rows[0]) if self.rows else None,
            "endCursor": mark(self.rows[-1]) if self.rows else None,
        }


def money(amount: Any, currency: str) -> dict[str, Any]:
    """An amount as the graph shows it."""
    return {"__typename": "Money", "amount": figures.text(amount), "currency": currency}


def schedule(loan: Row) -> list[dict[str, Any]]:
    """One payment a month, on the day of granting or the month's last day before it."""
    payments: list[dict[str, Any]] = []
    granted: date = loan["granted_on"]
    for number in range(1, loan["term_months"] + 1):
        months = granted.month - 1 + number
        year, month = granted.year + months // 12, months % 12 + 1
        due = date(year, month, min(granted.day, monthrange(year, month)[1]))
        amount = money(loan["instalment"], loan["currency"])
        payments.append({"__typename": "Instalment", "number": number, "dueOn": due.isoformat(), "amount": amount})
    return payments
