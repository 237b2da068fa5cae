"""What is withheld and what is refused, whatever the rows: an operation walked over its types."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, VariableNode

from tests.judges import grouping, searching
from tests.judges.selections import Selections
from tests.judges.view import Order, View, camel, row_of_id, type_of_id, where_field, widest_with
from tests.judges.words import CONCRETE, EDGES, KINDS, OF_READER, ROOTS, UNIONS, WIDEST, Edge

MOST_ROWS, MOST_IDS, MOST_KEYS, LONGEST_LIST, MOST_CONDITIONS = 100, 100, 5, 1000, 100
FORBIDDEN, INVALID, TOO_COMPLEX = "FORBIDDEN", "INVALID_REQUEST", "TOO_COMPLEX"


@dataclass(frozen=True)
class Mark:
    """What a cursor stands for: a row, and its place in an order unless that is personal."""

    order: tuple[Any, ...]
    type_name: str
    row_id: int
    values: tuple[Any, ...] | None


Marks = Mapping[str, Mark]
"""What the cursors of earlier answers stand for, by their text."""


class Survey(Selections):
    """Collects `withheld` and `refusals`, the codes any of which is right."""

    def __init__(self, view: View, query: str, variables: dict[str, Any], marks: Marks) -> None:
        super().__init__(view.schema, query, variables)
        self.view, self.marks = view, marks
        self.withheld: set[str] = set()
        self.refusals: set[str] = set()
        self.may_be_stale = False
        """A cursor stands on a row that is not to be seen: refused, if rows are looked for at all."""
        self.conditions = 0

    def survey(self) -> None:
        """Walk the whole operation."""
        for nodes in self.fields([self.operation.selection_set], "Query").values():
            self._survey_root(nodes)

    def _survey_root(self, nodes: list[FieldNode]) -> None:
        name = nodes[0].name.value
        arguments = self.arguments("Query", nodes[0]) if name != "__typename" else {}
        if name in ROOTS:
            edge = ROOTS[name]
            if not self.view.may_read(edge.target):
                self.withheld.add(f"Query.{name}")
            self._survey_connection(edge, nodes, arguments)
        elif name == "viewer":
            for key in self.fields(self.below(nodes), "Viewer").values():
                if (field := key[0].name.value) in OF_READER:
                    self._survey_rows(OF_READER[field], key, f"Viewer.{field}")
        elif name == "customer":
            self._check_id(arguments["id"], "Customer")
            self._survey_rows("Customer", nodes, "Query.customer")
        elif name == "node":
            if self._check_id(arguments["id"]):
                self._survey_rows(type_of_id(arguments["id"]) or "", nodes, "Query.node")
        elif name == "search":
            self._survey_search(nodes, arguments)
        elif name == "nodes":
            if len(arguments["ids"]) > MOST_IDS:
                self.refusals.add(INVALID)
            good = [self._check_id(node_id) for node_id in arguments["ids"]]
            if all(good):
                for type_name in {type_of_id(node_id) or "" for node_id in arguments["ids"]}:
                    self._survey_rows(type_name, nodes, "Query.nodes")

    def _survey_search(self, nodes: list[FieldNode], arguments: dict[str, Any]) -> None:
        size = arguments.get("first", searching.DEFAULT_HITS)
        if len(arguments["text"]) > searching.MOST_LETTERS or not 0 <= size <= searching.MOST_HITS:
            self.refusals.add(INVALID)
        for kind in arguments.get("kinds", searching.TYPES):
            type_name = searching.TYPES[kind]
            if not self.view.may_read(type_name):
                self.withheld.add(type_name)
                continue
            for hits in self.fields(self.below(nodes), "SearchResults").values():
                if hits[0].name.value == "hits":
                    for chosen in self.fields(self.below(hits), "SearchHit").values():
                        if chosen[0].name.value == "node":
                            self._survey_object(type_name, chosen)

    def _check_id(self, node_id: str, type_name: str | None = None) -> bool:
        """Whether an id is one of this graph's, and of the type."""
        found = type_of_id(node_id)
        good = found is not None and type_name in (None, found) and row_of_id(node_id) is not None
        if not good:
            self.refusals.add(INVALID)
        return good

    def _survey_rows(self, type_name: str, nodes: list[FieldNode], coordinate: str) -> None:
        if self.view.may_read(type_name):
            self._survey_object(type_name, nodes)
        else:
            self.withheld.add(coordinate)

    def _survey_object(self, type_name: str, nodes: list[FieldNode]) -> None:
        for concrete in CONCRETE[type_name]:
            owner = concrete if type_name in UNIONS else type_name
            if not self.view.may_read(owner):
                continue
            for chosen in self.fields(self.below(nodes), concrete).values():
                field = chosen[0].name.value
                if self.view.withholds(owner, field):
                    self.withheld.add(widest_with(self.schema, concrete, field))
                if (owner, field) not in EDGES:
                    continue
                edge = EDGES[owner, field]
                if self.is_many(concrete, field):
                    self._survey_connection(edge, chosen, self.arguments(concrete, chosen[0]))
                elif self.view.may_read(edge.target):
                    self._survey_object(edge.target, chosen)

    def _survey_connection(self, edge: Edge, nodes: list[FieldNode], arguments: dict[str, Any]) -> None:
        target = edge.target
        self.withheld |= {member for member in UNIONS.get(target, ()) if not self.view.may_read(member)}
        if not self.view.may_read(target):
            return
        where = arguments.get("where", {})
        parts = self.fields(self.below(nodes), f"{target}Connection")
        figures_asked = sum(chosen[0].name.value in ("totalCount", "aggregates") for chosen in parts.values())
        conditions = _conditions(target, where)
        if conditions > MOST_CONDITIONS:
            self.refusals.add(TOO_COMPLEX)
        # Each figure looks at the filter for itself.
        self.conditions += conditions * (1 + figures_asked)
        self._check_where(target, where)
        self._check_order(target, arguments.get("orderBy", []))
        self._check_page(self.view.order(edge, arguments.get("orderBy")), arguments)
        for chosen in parts.values():
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

    def _check_order(self, target: str, order_by: list[dict[str, Any]]) -> None:
        if len(order_by) > MOST_KEYS:
            self.refusals.add(INVALID)
        for item in order_by:
            through, field = self.view.order_path(target, item["field"])
            type_name = target
            for edge in through:
                if self.view.withholds(type_name, edge):
                    self.refusals.add(FORBIDDEN)
                type_name = EDGES[type_name, edge].target
            if not through and self.view.withholds(target, field):
                self.refusals.add(FORBIDDEN)

    def _check_page(self, order: Order, arguments: dict[str, Any]) -> None:
        sizes = [arguments[name] for name in ("first", "last") if name in arguments]
        if len(sizes) > 1 or any(not 0 <= size <= MOST_ROWS for size in sizes):
            self.refusals.add(INVALID)
        for name in ("after", "before"):
            if name in arguments:
                mark = self.marks.get(arguments[name])
                if mark is None or mark.order != order.name:
                    self.refusals.add(INVALID)
                elif self.place_of(mark, order) is None:
                    self.may_be_stale = True

    def place_of(self, mark: Mark, order: Order) -> tuple[Any, ...] | None:
        """Where a cursor stands in its order; None where that is the place of a row that is not to be seen."""
        if mark.values is not None:
            return mark.values
        rows = self.view.world.where(KINDS[mark.type_name].table, "id", mark.row_id)
        return next((order.values(row) for row in rows if self.view.sees(mark.type_name, row)), None)

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
            if kind == "IdentifierFilter" and value is None:
                self.refusals.add(INVALID)
            if (type_name, key) not in EDGES:
                self._check_operators(type_name, kind, value or {})
            elif kind.endswith("Quantifier"):
                if value is None or None in value.values():
                    self.refusals.add(INVALID)
                for condition in (value or {}).values():
                    self._check_where(EDGES[type_name, key].target, condition or {})
            else:
                self._check_where(EDGES[type_name, key].target, value or {})

    def _check_operators(self, type_name: str, kind: str, operators: dict[str, Any]) -> None:
        if kind == "IdentifierFilter":
            if None in operators.values():
                self.refusals.add(INVALID)
            return
        if kind == "MoneyFilter":
            self._check_operators(type_name, "DecimalFilter", operators.get("amount") or {})
            self._check_operators(type_name, "StringFilter", operators.get("currency") or {})
            return
        for name, operand in operators.items():
            if operand is None:
                continue
            members = operand if isinstance(operand, list) else [operand]
            if len(members) > LONGEST_LIST or (name == "contains" and len(operand) < 2):
                self.refusals.add(INVALID)
            if kind == "IDFilter" and name != "isNull":
                for member in members:
                    self._check_id(member, type_name)

    def _survey_aggregates(self, target: str, nodes: list[FieldNode]) -> None:
        arguments = self.arguments(f"{target}Connection", nodes[0])
        if grouping.is_refused(self.schema, target, arguments):
            self.refusals.add(INVALID)
        grouped = [camel(item["field"]) for item in arguments.get("groupBy", [])]
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

    def variables_read(self, node: FieldNode) -> dict[str, str]:
        """By argument, the variable that it is read from."""
        return {a.name.value: a.value.name.value for a in node.arguments or () if isinstance(a.value, VariableNode)}


def _conditions(type_name: str, where: dict[str, Any] | None) -> int:
    """The entries of a filter, those of filters within it included."""
    count = 0
    for key, value in (where or {}).items():
        count += 1
        if key in ("and", "or", "not"):
            members = value if isinstance(value, list) else [value]
            count += sum(_conditions(type_name, each) for each in members)
        elif (type_name, key) in EDGES and value is not None:
            target = EDGES[type_name, key].target
            quantified = [value[name] for name in ("some", "none", "every") if name in value]
            count += sum(_conditions(target, each) for each in quantified or [value])
    return count
