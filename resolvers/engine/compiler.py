"""From selections to SQL: every object becomes one JSON expression over the row that it stands on."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    is_abstract_type,
)

from authz.reader import ReaderShape
from domain.shared.keys import Keys
from domain.shared.problem import forbidden, too_complex
from resolvers.engine.edges import (
    Amount,
    ById,
    Clause,
    Column,
    Command,
    Computed,
    Declaration,
    Expression,
    Live,
    Many,
    NodeId,
    OfOutcome,
    OfReader,
    One,
    OnlyRow,
    OutcomeList,
    OutcomeRow,
    Plain,
    ReaderRow,
    Row,
    Search,
    Union,
)
from resolvers.engine.graph import Graph, NodeType
from resolvers.engine.guards import Alias
from resolvers.engine.inputs import Trace, Value
from resolvers.engine.limits import Limits
from resolvers.engine.marks import MARK
from resolvers.engine.parameters import LookUp, Parameters, ScopeParameters
from resolvers.engine.sql import NULL, by_constant, constant, json_object, rendered

Fields = dict[str, list[FieldNode]]
"""Selected fields by response key, in order; the nodes of one key have equal name and arguments."""


@dataclass(frozen=True)
class Place:
    """A row in a statement, known to be visible under `scopes`."""

    node: NodeType
    row: Row
    scopes: tuple[ScopeParameters, ...]
    is_marked: bool = False
    """Its JSON carries a mark that says whom it tells about."""
    is_told: bool = False
    """The mark of this row, or of one above, says whom this row tells about."""


@dataclass(frozen=True)
class Reached:
    """The rows at the end of an edge: one of them, and the predicates that make it so."""

    place: Place
    clauses: tuple[Clause, ...]

    def where(self, *clauses: Clause) -> "Reached":
        """Fewer of them."""
        return Reached(self.place, (*self.clauses, *clauses))


class Compiler:
    """Compiles the selections of one operation for one shape of reader and variables."""

    def __init__(
        self,
        graph: Graph,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        trace: Trace,
        shape: ReaderShape,
        limits: Limits,
        keys: Keys,
    ) -> None:
        self.keys = keys
        self.look_ups: dict[Hashable, LookUp] = {}
        self.takes_texts = False
        """Somebody is looked for by a text, which addresses must not hold."""
        self.graph = graph
        self.schema = schema
        self.fragments = fragments
        self.trace = trace
        self.parameters = Parameters(shape)
        self.limits = limits
        self.withheld: set[str] = set()
        self.plans_anew = False
        self.needs_python = False
        self.has_marks = False
        self.is_logged = False
        self.filter_count = 0
        self.field_count = 0
        self._aliases: Counter[str] = Counter()

    # Reaching rows

    def alias(self, table: sa.Table) -> Alias:
        """A fresh alias of `table`, named so that the statement reads well."""
        self._aliases[table.name] += 1
        return Alias(table, f"{table.name}_{self._aliases[table.name]}")

    def reach(
        self,
        table: sa.Table,
        *,
        parent: Place | None,
        on: Callable[[Row, Row], Clause] | None,
        same_customer: bool = False,
        tells_more: bool = False,
    ) -> Reached | None:
        """The visible rows of `table` at the end of an edge; None where the reader may read none of them.

        The row's own predicate is left out only where the parent's scope answers for it: the edge stays with the
        parent's customers, and the reader reaches the child's concept wherever they reach the parent's.
        """
        node = self.graph.by_table[table]
        self.is_logged = self.is_logged or node.rows.is_logged
        scopes = tuple(dict.fromkeys(self.parameters.scope(permission) for permission in node.rows.reads))
        if any(scope.is_nothing for scope in scopes):
            return None
        row = self.alias(table)
        clauses: list[Clause] = []
        if parent is not None and on is not None:
            clauses.append(on(parent.row, row))
        if not (same_customer and parent is not None and _answers_for(parent.scopes, scopes)):
            visible = node.rows.visible(row, scopes)
            if visible is not None:
                clauses.append(visible)
        is_same = same_customer and not tells_more and parent is not None and parent.is_told
        is_marked = node.rows.about is not None and not is_same
        return Reached(Place(node, row, scopes, is_marked, is_marked or is_same), tuple(clauses))

    def value(self, place: Place, declaration: Column | Amount) -> Expression | None:
        """The value as this reader may see it, in output, filter, order and group alike; None where withheld."""
        value = declaration.value(place.row)
        if declaration.requires is None:
            return value
        scope = self.parameters.scope(declaration.requires)
        if scope.is_nothing:
            return None
        if any(scope.covers(held) for held in place.scopes):
            return value
        visible = place.node.rows.visible(place.row, [scope])
        return value if visible is None else sa.case((visible, value))

    def value_or_forbidden(self, place: Place, declaration: Column | Amount, *, used: str, name: str) -> Expression:
        """The same for inputs, where a withheld field may not be used at all."""
        value = self.value(place, declaration)
        if value is None:
            raise forbidden(f"{used}: {self.graph.coordinate(place.node, name)} is withheld from you.")
        return value

    # Selections

    def fields(self, selection_sets: Sequence[SelectionSetNode], type_name: str) -> Fields:
        """The fields that apply to an object of type `type_name`, merged by response key."""
        collected: Fields = {}
        for selection_set in selection_sets:
            self._collect(selection_set, type_name, collected, set())
        return collected

    def _collect(self, selections: SelectionSetNode, type_name: str, into: Fields, visited: set[str]) -> None:
        for selection in selections.selections:
            if not self._included(selection.directives or ()):
                continue
            match selection:
                case FieldNode():
                    key = selection.alias.value if selection.alias else selection.name.value
                    into.setdefault(key, []).append(selection)
                case InlineFragmentNode():
                    condition = selection.type_condition
                    if condition is None or self._applies(condition.name.value, type_name):
                        self._collect(selection.selection_set, type_name, into, visited)
                case FragmentSpreadNode():
                    name = selection.name.value
                    fragment = self.fragments[name]
                    if name not in visited and self._applies(fragment.type_condition.name.value, type_name):
                        visited.add(name)
                        self._collect(fragment.selection_set, type_name, into, visited)
                case _:
                    pass

    def _applies(self, condition: str, type_name: str) -> bool:
        if condition == type_name:
            return True
        wanted, actual = self.schema.get_type(condition), self.schema.get_type(type_name)
        return is_abstract_type(wanted) and actual is not None and self.schema.is_sub_type(wanted, actual)  # pyright: ignore[reportArgumentType]

    def _included(self, directives: Sequence[DirectiveNode]) -> bool:
        for directive in directives:
            if directive.name.value in ("include", "skip"):
                condition = Value.of(self.trace, directive.name.value, next(iter(directive.arguments or ())).value)
                if condition.chosen("condition", bool) is (directive.name.value == "skip"):
                    return False
        return True

    def arguments(self, node: FieldNode) -> dict[str, Value]:
        """The arguments of a field that are given and not null."""
        named = {
            argument.name.value: Value.of(self.trace, argument.name.value, argument.value)
            for argument in node.arguments or ()
        }
        return {name: value for name, value in named.items() if not value.is_missing}

    def object(self, place: Place, selection_sets: Sequence[SelectionSetNode]) -> Expression:
        """The JSON object of the selected fields of a row; one CASE arm per type where the types' fields differ."""
        arms = {kind: self.fields(selection_sets, name) for kind, name in place.node.kinds.items()}
        if not arms:
            return self._json(place, self.fields(selection_sets, place.node.name), {})
        first, *others = arms.values()
        if all(_same(first, other) for other in others) and all(
            self._is_common(place, nodes) for nodes in first.values()
        ):
            return self._json(place, first, {})
        common = {
            key: self.field(place, nodes).label(f"common{number}")
            for number, (key, nodes) in enumerate(first.items())
            if self._is_common(place, nodes)
            and isinstance(place.node.fields.get(nodes[0].name.value), One | Many)
            and all(key in other and _same_nodes(nodes, other[key]) for other in others)
        }
        if not common:
            return by_constant(place.row.c.kind, self._arms(place, arms, {}))
        # What the arms have in common is worked out once beside them: PostgreSQL prepares every arm of a CASE.
        # OFFSET 0 keeps it from moving the subqueries back into each arm.
        worked_out = sa.select(*common.values()).offset(sa.literal_column("0")).correlate(place.row.source)
        source = worked_out.subquery(f"common_of_{place.row.source.description}")
        known = {key: source.c[column.name] for key, column in common.items()}
        chosen = sa.select(by_constant(place.row.c.kind, self._arms(place, arms, known))).select_from(source)
        return chosen.correlate(place.row.source).scalar_subquery()

    def _is_common(self, place: Place, nodes: list[FieldNode]) -> bool:
        name = nodes[0].name.value
        return name == "__typename" or name in place.node.fields

    def _arms(self, place: Place, arms: Mapping[str, Fields], known: Mapping[str, Expression]) -> dict[str, Expression]:
        return {
            kind: self._json(replace(place, node=self.graph.types[place.node.kinds[kind]]), fields, known)
            for kind, fields in arms.items()
        }

    def _json(self, place: Place, fields: Fields, known: Mapping[str, Expression]) -> Expression:
        mark: dict[str, Expression] = {}
        if place.is_marked and place.node.rows.about is not None:
            self.has_marks = True
            mark[MARK] = place.node.rows.about(place.row)
        shown = {key: known[key] if key in known else self.field(place, nodes) for key, nodes in fields.items()}
        return json_object(mark | shown)

    def type_name(self, place: Place) -> Expression:
        """`__typename` of a row."""
        if not place.node.kinds:
            return constant(place.node.name)
        named = {kind: constant(name) for kind, name in place.node.kinds.items()}
        return by_constant(place.row.c.kind, named)

    def field(self, place: Place, nodes: list[FieldNode]) -> Expression:
        """The JSON value of one field of a row."""
        self.field_count += 1
        if self.field_count > self.limits.fields:
            raise too_complex(f"The query selects more than {self.limits.fields} fields, counted per type of object.")
        name = nodes[0].name.value
        if name == "__typename":
            return self.type_name(place)
        coordinate = self.graph.coordinate(place.node, name)
        value = self.declared(place.node.fields[name], place, nodes)
        if value is None:
            self.withheld.add(coordinate)
            return NULL
        return value

    def declared(self, declaration: Declaration, place: Place | None, nodes: list[FieldNode]) -> Expression | None:
        """The JSON value that a declaration stands for; None where the reader may see nothing of it."""
        from resolvers.engine import connection, roots, search

        match declaration:
            case NodeId():
                assert place is not None
                return constant(f"{place.node.prefix}_").concat(sa.cast(place.row.c.id, sa.Text))
            case Column():
                assert place is not None
                value = self.value(place, declaration)
                return None if value is None else rendered(value, declaration.type)
            case Amount():
                assert place is not None
                fields = self.fields(selections(nodes), "Money")
                return self.money(place, declaration, {key: chosen[0].name.value for key, chosen in fields.items()})
            case One():
                reached = self.reach(
                    declaration.table,
                    parent=place,
                    on=declaration.on,
                    same_customer=declaration.same_customer,
                    tells_more=declaration.tells_more,
                )
                return None if reached is None else self.one(reached, nodes, parent=place)
            case Many() | Union():
                return connection.connection(self, declaration, place, nodes)
            case Plain():
                return roots.plain(self, declaration, nodes)
            case OfReader():
                return roots.of_reader(self, declaration, nodes)
            case ReaderRow():
                return roots.reader_row(self, declaration, nodes)
            case OnlyRow():
                return roots.only_row(self, declaration, nodes)
            case OfOutcome():
                return roots.of_outcome(self, declaration, nodes)
            case OutcomeRow():
                return roots.outcome_row(self, declaration, nodes)
            case OutcomeList():
                return roots.outcome_list(self, declaration, nodes)
            case Command():
                return roots.payload(self, declaration, nodes)
            case Live():
                return roots.live(self, declaration, nodes)
            case ById():
                return roots.by_id(self, declaration, nodes)
            case Search():
                return search.results(self, declaration, nodes)
            case Computed():
                self.needs_python = True
                return NULL

    def one(self, reached: Reached, nodes: list[FieldNode], *, parent: Place | None) -> Expression:
        """The JSON object of the one row that `reached` matches, null without it."""
        json = self.object(reached.place, selections(nodes))
        source = reached.place.row.source
        found = sa.select(json).select_from(source).where(*reached.clauses)
        return inside(found, parent).scalar_subquery()

    def money(self, place: Place, declaration: Amount, names: Mapping[str, str]) -> Expression | None:
        """The JSON object of an amount, `names` by response key; None where withheld."""
        value = self.value(place, declaration)
        if value is None:
            return None
        parts = {
            "amount": sa.cast(value, sa.Text),
            "currency": declaration.currency(place.row),
            "__typename": constant("Money"),
        }
        money = json_object({key: parts[name] for key, name in names.items()})
        return sa.case((value.is_not(None), money)) if declaration.nullable or declaration.requires else money


def selections(nodes: Sequence[FieldNode]) -> list[SelectionSetNode]:
    """The selection sets of the nodes that were merged under one response key."""
    return [node.selection_set for node in nodes if node.selection_set is not None]


def inside(statement: sa.Select, parent: Place | None) -> sa.Select:
    """A statement within the one in which `parent` stands."""
    return statement if parent is None else statement.correlate(parent.row.source)


def _answers_for(held: Sequence[ScopeParameters], needed: Sequence[ScopeParameters]) -> bool:
    return all(any(scope.covers(other) for other in held) for scope in needed)


def _same(one: Fields, other: Fields) -> bool:
    return list(one) == list(other) and all(_same_nodes(one[key], other[key]) for key in one)


def _same_nodes(one: Sequence[FieldNode], other: Sequence[FieldNode]) -> bool:
    return [id(node) for node in one] == [id(node) for node in other]
