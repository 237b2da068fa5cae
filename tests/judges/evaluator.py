"""The third judge: a naive evaluator of operations, written from the schema's words, sharing nothing with the engine.

`Evaluation` walks an operation twice: over its types, for what is withheld and refused whatever the rows; then over
rows in memory, for the answer.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from graphql import FieldNode, get_named_type

from tests.judges import coverage, figures, grouping, searching
from tests.judges.survey import INVALID, MOST_CONDITIONS, TOO_COMPLEX, Mark, Marks, Survey
from tests.judges.view import Order, View, camel, row_of_id, type_of_id
from tests.judges.words import EDGES, KINDS, OF_READER, ROOTS, TYPE, Edge, Row, told_of

Key = list[tuple[grouping.Item, Any]]
"""What a group is grouped by, and what its rows have in common."""
PERMISSIONS = (
    "access:explain",
    "access_alert:close",
    "access_alert:read",
    "access_grant:create",
    "access_grant:read",
    "access_log:read",
    "account:read",
    "account:reveal",
    "account:search",
    "account.balance:read",
    "alert:handle",
    "alert:read",
    "alert_rule:read",
    "announcement:publish",
    "announcement:read",
    "announcement_reader:read",
    "attribute_definition:define",
    "attribute_definition:read",
    "branch:prepare",
    "branch:read",
    "branch:reorganise",
    "campaign:read",
    "campaign.budget:read",
    "campaign_member:read",
    "card:read",
    "card:reveal",
    "card:search",
    "collateral:read",
    "collateral:reveal",
    "care_plan:carry_out",
    "care_plan:read",
    "consent:read",
    "consent:record",
    "contact_point:change",
    "contact_point:read",
    "contact_point:reveal",
    "contact_point:search",
    "contact_point:upsert",
    "credit_dossier:read",
    "customer:assign_manager",
    "customer:change",
    "customer:create",
    "customer:deregister",
    "customer:read",
    "customer:upsert",
    "customer.aum:read",
    "customer.birth_on:read",
    "customer_attribute:read",
    "customer_attribute:set",
    "customer_group:read",
    "customer_tag:assign",
    "customer_tag:read",
    "customer_tier:read",
    "document:read",
    "do_not_contact:lift",
    "do_not_contact:read",
    "do_not_contact:set",
    "go_live:apply",
    "go_live:approve",
    "go_live:read",
    "guarantee:read",
    "handover:complete",
    "handover:read",
    "household:change",
    "household:read",
    "identity_document:change",
    "identity_document:read",
    "identity_document:reveal",
    "identity_document:search",
    "indicator:read",
    "interaction:log",
    "interaction:read",
    "interaction:upsert",
    "lead:assign",
    "lead:capture",
    "lead:qualify",
    "lead:read",
    "lead:reveal",
    "lead:search",
    "lead:upsert",
    "life_event:read",
    "life_event:record",
    "knowledge_article:publish",
    "knowledge_article:read",
    "knowledge_article:write",
    "loan:read",
    "model_version:read",
    "note:read",
    "note:remove",
    "note:write",
    "opportunity:assign",
    "opportunity:change",
    "opportunity:create",
    "opportunity:read",
    "party_role:read",
    "policy:approve",
    "policy:propose",
    "policy:read",
    "portfolio_term:read",
    "product:read",
    "quotation:read",
    "recommendation:read",
    "referral:read",
    "relation:change",
    "relation:read",
    "response:read",
    "response:record",
    "risk_assessment:read",
    "run:read",
    "score:read",
    "segment_membership:read",
    "segment:read",
    "service_request:process",
    "service_request:read",
    "service_request:submit",
    "source:read",
    "source_batch:read",
    "staff:read",
    "staff:record_departure",
    "staff:transfer",
    "standing_order:read",
    "standing_order:reveal",
    "survey:read",
    "survey_response:read",
    "survey_response:record",
    "tag:read",
    "target:read",
    "task:assign",
    "task:complete",
    "task:create",
    "task:read",
    "ticket:close",
    "ticket:comment",
    "ticket:escalate",
    "ticket:open",
    "ticket:read",
    "ticket:transfer",
    "tier:read",
    "touch:read",
    "touch:record",
    "transaction:read",
    "transaction:reveal",
    "transaction.amount:read",
    "user_application:activate",
    "user_application:approve",
    "user_application:confirm_training",
    "user_application:create",
    "user_application:read",
    "visit:carry_out",
    "visit:plan",
    "visit:read",
    "visit.whereabouts:read",
    "working_calendar:change",
)
DEFAULT_SIZE = 20


@dataclass(frozen=True)
class Cursor:
    """Stands for the cursor of a row: its text is the engine's own business."""

    mark: Mark
    after: str | None
    """The variable that the connection reads `after` from."""
    before: str | None


@dataclass(frozen=True)
class Verdict:
    """What the answer has to be: data and withheld fields, or a refusal with one of several codes."""

    data: Any
    withheld: tuple[str, ...]
    refusals: frozenset[str] = frozenset()
    may_be_refused: frozenset[str] = frozenset()
    """Codes that are right as well: of a stale cursor where perhaps no row is looked for; of many conditions which add
    up to too many only where those that several types have in common are looked at for each."""
    reached: frozenset[str] = frozenset()
    """What of the schema the answer depended on, for the coverage."""
    customer_ids: tuple[int, ...] = ()
    """Whom the answer tells about."""


class Stale(Exception):
    """A cursor stands on a row that is not to be seen."""


class Evaluation(Survey):
    """One operation for one reader."""

    def __init__(self, view: View, query: str, variables: dict[str, Any], marks: Marks) -> None:
        super().__init__(view, query, variables, marks)
        self.reached: set[str] = set()
        self.told: set[int] = set()
        """Whom the rows that are shown tell about."""

    def verdict(self) -> Verdict:
        """The answer, or why there is none."""
        if isinstance(self.variables, list):
            return Verdict(None, (), frozenset({"GRAPHQL"}))
        self.survey()
        if self.refusals:
            too_complex = {TOO_COMPLEX} if self.conditions > MOST_CONDITIONS else set()
            return Verdict(None, (), frozenset(self.refusals | too_complex))
        fields = self.fields([self.operation.selection_set], "Query")
        try:
            data = {key: self._root(nodes) for key, nodes in fields.items()}
        except Stale:
            return Verdict(None, (), frozenset({INVALID}))
        also_right = ({INVALID} if self.may_be_stale else set()) | (
            {TOO_COMPLEX} if self.conditions > MOST_CONDITIONS else set()
        )
        return Verdict(
            data,
            tuple(sorted(self.withheld)),
            frozenset(),
            frozenset(also_right),
            frozenset(self.reached),
            tuple(sorted(self.told)),
        )

    # Values

    def _root(self, nodes: list[FieldNode]) -> Any:
        name = nodes[0].name.value
        arguments = self.arguments("Query", nodes[0]) if name != "__typename" else {}
        self.reached |= {f"argument Query.{name}({argument})" for argument in arguments}
        self.reached.add(f"field Query.{name}")
        match name:
            case "__typename":
                return "Query"
            case "viewer":
                return self._viewer(nodes)
            case "bank":
                return self._bank(nodes)
            case "node" | "customer":
                return self._by_id(arguments["id"], nodes)
            case "nodes":
                return [self._by_id(node_id, nodes) for node_id in arguments["ids"]]
            case "search":
                return self._search(nodes, arguments)
            case _:
                edge = ROOTS[name]
                return self._connection(edge, {}, nodes, arguments) if self.view.may_read(edge.target) else None

    def _by_id(self, node_id: str, nodes: list[FieldNode]) -> Any:
        type_name = type_of_id(node_id)
        assert type_name is not None
        return self._visible(type_name, self.view.world.where(KINDS[type_name].table, "id", row_of_id(node_id)), nodes)

    def _visible(self, type_name: str, rows: list[Row], nodes: list[FieldNode]) -> Any:
        return next((self._object(type_name, row, nodes) for row in rows if self.view.sees(type_name, row)), None)

    def _search(self, nodes: list[FieldNode], arguments: dict[str, Any]) -> dict[str, Any]:
        kinds = arguments.get("kinds", list(searching.TYPES))
        found = searching.hits(self.view, arguments["text"], kinds)
        size = arguments.get("first", searching.DEFAULT_HITS)
        shown: dict[str, Any] = {}
        for key, chosen in self.fields(self.below(nodes), "SearchResults").items():
            name = chosen[0].name.value
            self.reached.add(f"field SearchResults.{name}")
            match name:
                case "hits":
                    shown[key] = [self._hit(hit, chosen) for hit in found[:size]]
                case "hasMore":
                    shown[key] = len(found) > size
                case _:
                    shown[key] = "SearchResults"
        return shown

    def _hit(self, hit: searching.Hit, nodes: list[FieldNode]) -> dict[str, Any]:
        self.reached |= {f"match {searching.MATCHES[hit.match]}", f"match of {hit.type_name}"}
        shown: dict[str, Any] = {}
        for key, chosen in self.fields(self.below(nodes), "SearchHit").items():
            name = chosen[0].name.value
            self.reached.add(f"field SearchHit.{name}")
            match name:
                case "node":
                    shown[key] = self._object(hit.type_name, hit.row, chosen)
                case "matchedOn":
                    shown[key] = searching.MATCHES[hit.match]
                case _:
                    shown[key] = "SearchHit"
        return shown

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
                {
                    "__typename": "HeldPermission",
                    "permission": name,
                    "isEverything": reader.has_everything(name),
                    "reach": reader.widest_reach(name).upper(),
                    "roles": [held.role for held in reader.roles if name in held.reaches],
                }
                for name in PERMISSIONS
                if reader.has(name)
            ],
        }
        shown: dict[str, Any] = {}
        for key, chosen in self.fields(self.below(nodes), "Viewer").items():
            name = chosen[0].name.value
            self.reached.add(f"field Viewer.{name}")
            if name in OF_READER:
                type_name = OF_READER[name]
                own = self.view.world.where(KINDS[type_name].table, "id", reader.staff_id)
                shown[key] = self._visible(type_name, own, chosen)
            else:
                shown[key] = self.cut(chosen, values[name])
        return shown

    def _bank(self, nodes: list[FieldNode]) -> dict[str, Any]:
        named = {camel(name): figures.text(value) for name, value in self.view.world.bank.items()}
        return self.cut(nodes, {"__typename": "Bank", **named})

    def cut(self, nodes: list[FieldNode], value: Any) -> Any:
        """A plain value, cut to what is selected of it."""
        if isinstance(value, list):
            return [self.cut(nodes, member) for member in value]
        if not isinstance(value, dict):
            return value
        fields = self.fields(self.below(nodes), value["__typename"])
        self.reached |= {f"field {value['__typename']}.{chosen[0].name.value}" for chosen in fields.values()}
        return {key: self.cut(chosen, value[chosen[0].name.value]) for key, chosen in fields.items()}

    def _object(self, type_name: str, row: Row, nodes: list[FieldNode]) -> dict[str, Any]:
        type_name = row.get(TYPE, type_name)
        self.told |= told_of(self.view.world, type_name, row)
        concrete = row["kind"].capitalize() if type_name == "Customer" else type_name
        fields = self.fields(self.below(nodes), concrete)
        return {key: self._field(type_name, concrete, row, chosen) for key, chosen in fields.items()}

    def _field(self, type_name: str, concrete: str, row: Row, nodes: list[FieldNode]) -> Any:
        name = nodes[0].name.value
        self.reached.add(f"field {type_name}.{name}")
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
            if self.is_many(concrete, name):
                arguments = self.arguments(concrete, nodes[0])
                self.reached |= {f"argument {type_name}.{name}({argument})" for argument in arguments}
                return self._connection(edge, row, nodes, arguments)
            return self._visible(edge.target, edge.rows(self.view.world, row), nodes)
        value = self.view.value(type_name, row, name)
        parent: Any = self.schema.get_type(concrete)
        if value is not None and get_named_type(parent.fields[name].type).name == "Money":
            return self.cut(nodes, money(value, self.view.currency(type_name, row, name)))
        return figures.text(value)

    def _connection(self, edge: Edge, row: Row, nodes: list[FieldNode], arguments: dict[str, Any]) -> dict[str, Any]:
        target, view = edge.target, self.view
        where = arguments.get("where", {})
        candidates = view.through(edge, row)
        rows = [other for other in candidates if view.matches(target, other, where)]
        order = view.order(edge, arguments.get("orderBy"))
        parts = self.fields(self.below(nodes), f"{target}Connection")
        selected = {chosen[0].name.value for chosen in parts.values()}
        page = self._page(order, rows, arguments, selected)
        if candidates:
            self.reached |= coverage.of_where(self.schema, target, where)
        if len(rows) > 1:
            self.reached |= coverage.of_order(target, arguments.get("orderBy") or [])
        mark = self._cursor_of(order, nodes[0])
        shown: dict[str, Any] = {}
        for key, chosen in parts.items():
            self.reached.add(f"part {chosen[0].name.value}")
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

    def _cursor_of(self, order: Order, node: FieldNode) -> Any:
        read = self.variables_read(node)

        def cursor(row: Row) -> Cursor:
            values = None if order.is_personal else order.values(row)
            mark = Mark(order.name, row.get(TYPE, order.name[0]), row["id"], values)
            return Cursor(mark, read.get("after"), read.get("before"))

        return cursor

    def _page(self, order: Order, rows: list[Row], arguments: dict[str, Any], selected: set[str]) -> "Page":
        backward = "last" in arguments
        size = arguments.get("last" if backward else "first", DEFAULT_SIZE)
        form = "+".join(name for name in ("first", "last", "after", "before") if name in arguments)
        rows = order.sorted(rows)
        for name in ("after", "before"):
            if name in arguments:
                place = self.place_of(self.marks[arguments[name]], order)
                if place is not None:
                    sign = 1 if name == "after" else -1
                    rows = [row for row in rows if order.compare(order.values(row), place) * sign > 0]
                elif rows and ("pageInfo" in selected or (size and selected & {"nodes", "edges"})):
                    raise Stale
        if selected & {"nodes", "edges", "pageInfo"}:
            self.reached.add(f"page {form or 'none'}")
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
        items = arguments.get("groupBy", [])
        if rows:
            self.reached |= grouping.used(target, arguments)
        return [
            self._group(target, list(zip(items, key, strict=True)), members, nodes)
            for key, members in grouping.groups(self.view, target, rows, arguments)
        ]

    def _group(self, target: str, key: Key, rows: list[Row], nodes: list[FieldNode]) -> dict[str, Any]:
        type_name = f"{target}Aggregate"
        shown: dict[str, Any] = {}
        for response_key, chosen in self.fields(self.below(nodes), type_name).items():
            name = chosen[0].name.value
            self.reached.add(f"figure {target}.{name}")
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
                bounds = figures.bounds(self.view, target, rows, field)
                return bounds and {"__typename": name, **bounds}

    def _key(self, target: str, key: Key, nodes: list[FieldNode]) -> dict[str, Any]:
        by_field = {camel(item["field"]): (item, value) for item, value in key}
        shown: dict[str, Any] = {}
        for response_key, chosen in self.fields(self.below(nodes), f"{target}GroupKey").items():
            name = chosen[0].name.value
            item, value = by_field.get(name, ({}, None))
            if name == "__typename":
                shown[response_key] = f"{target}GroupKey"
            elif (target, name) in EDGES and value is not None:
                other = EDGES[target, name].target
                shown[response_key] = self._visible(
                    other, self.view.world.where(KINDS[other].table, "id", value), chosen
                )
            else:
                shown[response_key] = self.cut(chosen, grouping.shown_value(self.view, target, item, value))
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
