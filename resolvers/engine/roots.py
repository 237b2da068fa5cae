"""Root fields, and values that come from the reader instead of a row."""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from graphql import FieldNode, OperationType, SelectionSetNode, is_abstract_type
from sqlalchemy.dialects import postgresql

from domain.shared.problem import invalid
from resolvers.engine.compiler import Compiler, Place, selections
from resolvers.engine.edges import (
    ById,
    Command,
    Expression,
    Live,
    OfOutcome,
    OfReader,
    OnlyRow,
    OutcomeList,
    OutcomeRow,
    Plain,
    ReaderRow,
    Row,
)
from resolvers.engine.graph import Graph, NodeType
from resolvers.engine.inputs import Value
from resolvers.engine.parameters import Request
from resolvers.engine.sql import NULL, by_constant, constant, json_object

MOST_IDS = 100
QUERY = "Query"
MUTATION = "Mutation"
SUBSCRIPTION = "Subscription"
ROOTS = {OperationType.QUERY: QUERY, OperationType.MUTATION: MUTATION, OperationType.SUBSCRIPTION: SUBSCRIPTION}


def operation(
    compiler: Compiler,
    type_name: str,
    selection_set: SelectionSetNode,
    introspected: Callable[[list[FieldNode]], str],
) -> Expression:
    """The JSON object of a whole operation.

    type_name     Query, Mutation or Subscription
    introspected  the JSON text of a root field `__schema` or `__type`, worked out in Python
    """
    parts: dict[str, Expression] = {}
    for key, nodes in compiler.fields([selection_set], type_name).items():
        if nodes[0].name.value in ("__schema", "__type"):
            parts[key] = _constant(compiler, introspected(nodes))
        else:
            parts[key] = _field(compiler, type_name, nodes)
    return json_object(parts)


def _constant(compiler: Compiler, text: str) -> Expression:
    return _json(compiler, lambda _request: text)


def payload(compiler: Compiler, command: Command, nodes: list[FieldNode]) -> Expression:
    """The JSON object that answers a command."""
    return plain(compiler, Plain(command.payload), nodes)


def plain(compiler: Compiler, declaration: Plain, nodes: list[FieldNode]) -> Expression:
    """An object that is no row."""
    return _object(compiler, declaration.type_name, nodes, None)


def live(compiler: Compiler, declaration: Live, nodes: list[FieldNode]) -> Expression:
    """The object that a subscription is answered with, over the one id that it hangs on."""
    if declaration.argument is None:
        row_id = compiler.parameters.bind(lambda request: request.reader.subject.staff_id, sa.BigInteger())
    else:
        row_id = _id_given(compiler, declaration, nodes[0])
    anchor = sa.select(row_id.label("id")).subquery("anchor")
    json = _object(compiler, declaration.type_name, nodes, _no_node(compiler, _Asked(anchor)))
    return sa.select(json).select_from(anchor).scalar_subquery()


def _id_given(compiler: Compiler, declaration: Live, node: FieldNode) -> Expression:
    assert declaration.argument is not None
    assert declaration.table is not None
    name, named = declaration.argument, compiler.graph.by_table[declaration.table]
    given = compiler.arguments(node).get(name)
    if given is None:
        raise invalid(f"{name} is null; an id is needed.")
    read = given.read()

    def row_id(request: Request) -> int:
        return compiler.graph.decode_as(named, read(request.variables), where=name)

    return compiler.parameters.bind(row_id, sa.BigInteger())


def _object(compiler: Compiler, type_name: str, nodes: list[FieldNode], place: Place | None) -> Expression:
    fields = compiler.fields(selections(nodes), type_name)
    return json_object({key: _field(compiler, type_name, chosen, place) for key, chosen in fields.items()})


def _field(compiler: Compiler, type_name: str, nodes: list[FieldNode], place: Place | None = None) -> Expression:
    name = nodes[0].name.value
    if name == "__typename":
        return constant(type_name)
    value = compiler.declared(compiler.graph.plain[type_name][name], place, nodes)
    if value is None:
        compiler.withheld.add(f"{type_name}.{name}")
        return NULL
    return value


def of_reader(compiler: Compiler, declaration: OfReader, nodes: list[FieldNode]) -> Expression:
    """A value of the reader, cut to the selection."""
    project = _projection(compiler, declaration.type_name, nodes)
    return _json(compiler, lambda request: _text(project(declaration.value(request.reader, compiler.graph))))


def of_outcome(compiler: Compiler, declaration: OfOutcome, nodes: list[FieldNode]) -> Expression:
    """A value of a command's outcome, cut to the selection."""
    project = _projection(compiler, declaration.type_name, nodes)
    return _json(compiler, lambda request: _text(project(request.outcome.get(declaration.name))))


def _projection(compiler: Compiler, type_name: str | None, nodes: list[FieldNode]) -> Callable[[Any], Any]:
    """What cuts a value to what is selected of it."""
    if type_name is None:
        return lambda value: value
    type_ = compiler.schema.get_type(type_name)
    names = (
        [each.name for each in compiler.schema.get_possible_types(type_)] if is_abstract_type(type_) else [type_name]
    )
    wanted = {
        name: {key: chosen[0].name.value for key, chosen in compiler.fields(selections(nodes), name).items()}
        for name in names
    }

    def project(value: Any) -> Any:
        if isinstance(value, list):
            return [project(member) for member in value]
        if value is None:
            return None
        named = {"__typename": type_name, **value}
        return {key: named[name] for key, name in wanted[named["__typename"]].items()}

    return project


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _json(compiler: Compiler, text: Callable[[Request], str]) -> Expression:
    return sa.cast(compiler.parameters.bind(text, sa.Text()), postgresql.JSON)


def reader_row(compiler: Compiler, declaration: ReaderRow, nodes: list[FieldNode]) -> Expression | None:
    """The row whose id the reader carries, if they may see it."""
    row_id = compiler.parameters.bind(lambda request: declaration.id(request.reader), sa.BigInteger())
    return _row(compiler, compiler.graph.by_table[declaration.table], row_id, nodes, parent=None)


def only_row(compiler: Compiler, declaration: OnlyRow, nodes: list[FieldNode]) -> Expression:
    """The object made of the one row that a table has."""
    place = _no_node(compiler, compiler.alias(declaration.table))
    json = _object(compiler, declaration.type_name, nodes, place)
    return sa.select(json).select_from(place.row.source).scalar_subquery()


def whole_row(compiler: Compiler, declaration: OnlyRow) -> Expression:
    """The same with every field, by name."""
    place = _no_node(compiler, compiler.alias(declaration.table))
    fields = compiler.graph.plain[declaration.type_name]
    columns = {name: compiler.declared(field, place, []) for name, field in fields.items()}
    json = json_object({name: NULL if value is None else value for name, value in columns.items()})
    return sa.select(json).select_from(place.row.source).scalar_subquery()


def outcome_row(compiler: Compiler, declaration: OutcomeRow, nodes: list[FieldNode]) -> Expression | None:
    """The row whose id a command's outcome holds, if the reader may see it."""
    row_id = compiler.parameters.bind(lambda request: request.outcome.get(declaration.name), sa.BigInteger())
    return _row(compiler, compiler.graph.by_table[declaration.table], row_id, nodes, parent=None)


def outcome_list(compiler: Compiler, declaration: OutcomeList, nodes: list[FieldNode]) -> Expression:
    """The objects of an outcome, one row of parallel arrays for each: their number leaves the statement as it is."""
    declared = compiler.graph.plain[declaration.type_name]
    fields = compiler.fields(selections(nodes), declaration.type_name)
    bound: dict[str, tuple[Expression, Any]] = {"first": (_of_each(compiler, declaration, lambda _: True, sa.Boolean()),
                                                          sa.Boolean())}  # fmt: skip
    for place, chosen in enumerate(fields.values()):
        match declared.get(chosen[0].name.value):
            case OutcomeRow(name=name):
                read, type_ = _reading(name), sa.BigInteger()
            case OfOutcome(name=name, type_name=type_name):
                read, type_ = _told(name, _projection(compiler, type_name, chosen)), sa.Text()
            case _:
                continue
        bound[f"value{place}"] = (_of_each(compiler, declaration, read, type_), type_)
    listed = sa.func.unnest(*(array for array, _ in bound.values())).table_valued(
        *(sa.column(name, type_) for name, (_, type_) in bound.items()), with_ordinality="place", name="told"
    ).render_derived(name="told")  # fmt: skip
    at = _no_node(compiler, _Asked(listed))
    parts: dict[str, Expression] = {}
    for place, (key, chosen) in enumerate(fields.items()):
        name = chosen[0].name.value
        match declared.get(name):
            case OutcomeRow(table=table):
                row_id = listed.c[f"value{place}"]
                found = _row(compiler, compiler.graph.by_table[table], row_id, chosen, parent=at)
                if found is None:
                    compiler.withheld.add(f"{declaration.type_name}.{name}")
                parts[key] = NULL if found is None else found
            case OfOutcome():
                parts[key] = sa.cast(listed.c[f"value{place}"], postgresql.JSON)
            case _:
                parts[key] = constant(declaration.type_name)
    together = sa.func.json_agg(json_object(parts)).aggregate_order_by(listed.c.place)
    return sa.select(sa.func.coalesce(together, sa.literal_column("'[]'::json"))).select_from(listed).scalar_subquery()


def _of_each(compiler: Compiler, declaration: OutcomeList, read: Callable[[Any], Any], type_: Any) -> Expression:
    def values(request: Request) -> list[Any]:
        return [read(each) for each in request.outcome.get(declaration.name) or ()]

    return compiler.parameters.bind(values, sa.ARRAY(type_))


def _reading(name: str) -> Callable[[Any], Any]:
    return lambda each: each.get(name)


def _told(name: str, project: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda each: _text(project(each.get(name)))


def by_id(compiler: Compiler, declaration: ById, nodes: list[FieldNode]) -> Expression | None:
    """The row, or the rows in the order asked for, that ids name; null for one that the reader may not see."""
    name = "ids" if declaration.plural else "id"
    given = compiler.arguments(nodes[0]).get(name)
    if given is None:
        raise invalid(f"{name} is null; an id is needed.")
    if declaration.plural:
        return _by_ids(compiler, given, nodes)
    node = _type_named(compiler, declaration, given)
    read = given.read()

    def row_id(request: Request) -> int:
        return compiler.graph.decode_as(node, read(request.variables), where=name)

    parameter = compiler.parameters.bind(row_id, sa.BigInteger())
    return _row(compiler, node, parameter, nodes, parent=None)


def _type_named(compiler: Compiler, declaration: ById, given: Value) -> NodeType:
    if declaration.table is not None:
        return compiler.graph.by_table[declaration.table]
    prefix = given.chosen("type", lambda node_id: compiler.graph.decode(node_id, where=given.name)[0].prefix)
    return compiler.graph.by_prefix[prefix]


def _row(
    compiler: Compiler, node: NodeType, row_id: Expression, nodes: list[FieldNode], *, parent: Place | None
) -> Expression | None:
    reached = compiler.reach(node.rows.table, parent=None, on=None)
    if reached is None:
        return None
    return compiler.one(reached.where(reached.place.row.c.id == row_id), nodes, parent=parent)


def decoded_ids(graph: Graph, node_ids: Any) -> list[tuple[NodeType, int]]:
    """The types and rows that a list of ids names; a single id is a list of one."""
    listed = node_ids if isinstance(node_ids, list) else [node_ids]
    if len(listed) > MOST_IDS:
        raise invalid(f"ids has {len(listed)} members; at most {MOST_IDS} are taken.")
    return [graph.decode(node_id, where=f"ids[{n}]") for n, node_id in enumerate(listed)]


def _by_ids(compiler: Compiler, given: Value, nodes: list[FieldNode]) -> Expression:
    graph = compiler.graph
    read = given.read()

    def decoded(request: Request) -> list[tuple[NodeType, int]]:
        return decoded_ids(graph, read(request.variables))

    prefixes = given.chosen("types", lambda ids: tuple(sorted({node.prefix for node, _ in decoded_ids(graph, ids)})))
    bind = compiler.parameters.bind
    asked = sa.func.unnest(
        bind(lambda request: [node.prefix for node, _ in decoded(request)], sa.ARRAY(sa.Text())),
        bind(lambda request: [row_id for _, row_id in decoded(request)], sa.ARRAY(sa.BigInteger())),
    ).table_valued(
        sa.column("prefix", sa.Text), sa.column("id", sa.BigInteger), with_ordinality="place", name="asked"
    ).render_derived(name="asked")  # fmt: skip
    arms: dict[str, Expression] = {}
    at_id = _no_node(compiler, _Asked(asked))
    for prefix in prefixes:
        found = _row(compiler, graph.by_prefix[prefix], asked.c.id, nodes, parent=at_id)
        if found is None:
            compiler.withheld.add(f"{QUERY}.nodes")
        arms[prefix] = NULL if found is None else found
    json = by_constant(asked.c.prefix, arms) if arms else NULL
    listed = sa.func.json_agg(json).aggregate_order_by(asked.c.place)
    return sa.select(sa.func.coalesce(listed, sa.literal_column("'[]'::json"))).select_from(asked).scalar_subquery()


def _no_node(compiler: Compiler, row: Row) -> Place:
    """The place of a row that is no node's. Nothing asks for its type, so any does."""
    return Place(next(iter(compiler.graph.types.values())), row, ())


class _Asked:
    """What was asked for, as a row to correlate to."""

    def __init__(self, source: sa.FromClause) -> None:
        self.source = source
        self.c: Any = source.c
