"""The batched execution: graphql-core walks the document, each edge is one statement for all of its parents.

It is the reference that the compiled execution is judged against, and the way to answer fields computed in Python.
Rows are fetched flat, every column of their type by field name, through the same scope, filter, order, paging and
aggregate code; what differs is how they are put together.
"""

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson
import sqlalchemy as sa
from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLResolveInfo,
    OperationDefinitionNode,
    SelectionSetNode,
    execute,
    get_named_type,
    parse,
)
from strawberry.dataloader import DataLoader

from authz.reader import Reader
from domain.shared.database import Database
from domain.shared.problem import invalid
from resolvers.engine import roots
from resolvers.engine.compiler import Compiler, Place, inside, selections
from resolvers.engine.document import Operation
from resolvers.engine.edges import (
    Amount,
    ById,
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
    Search,
    Union,
)
from resolvers.engine.graph import NodeType
from resolvers.engine.grouping import groupable, is_moment
from resolvers.engine.inputs import Trace, Variables
from resolvers.engine.listing import Listing, listing
from resolvers.engine.measures import moment_type
from resolvers.engine.parameters import Request
from resolvers.engine.plan import render
from resolvers.engine.rows import OF_ROWS
from resolvers.engine.search import flat as flat_search
from resolvers.engine.sql import json_object, rendered

if TYPE_CHECKING:
    from resolvers.engine.execute import Engine

AT_ROOT = 0
"""Stands for the parent's id where there is no parent."""


@dataclass(frozen=True)
class RowSource:
    """A row on its way to become an object: its columns by field name."""

    node: NodeType
    row_id: int
    values: dict[str, Any]
    is_told: bool
    """It is known whom the row tells about: by itself, or by one above it of the same customers."""
    is_same: bool
    """The row above says it."""


@dataclass(frozen=True)
class PlainSource:
    """An object that is no row."""

    type_name: str


@dataclass(frozen=True)
class ToldSource:
    """An object of an outcome."""

    type_name: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class NamedRow:
    """A row of which the id is known; it is fetched where it is selected."""

    node: NodeType
    row_id: int


@dataclass(frozen=True)
class ConnectionSource:
    """A connection whose parts are fetched when selected."""

    edge: Many | Union
    node: FieldNode
    parent: NodeType | None
    parent_id: int
    is_told: bool


class Batch:
    """One execution of one operation."""

    def __init__(
        self,
        engine: "Engine",
        operation: Operation,
        variables: Variables,
        reader: Reader,
        database: Database,
        outcome: Mapping[str, Any] | None = None,
    ) -> None:
        self._engine = engine
        self._graph = engine.graph
        self._operation = operation
        self._variables = variables
        self._reader = reader
        self._database = database
        self._outcome = outcome or {}
        self._told: set[int] = set()
        self._loaders: dict[Hashable, DataLoader[int, Any]] = {}

    async def run(self, supplied: dict[str, Any]) -> bytes:
        """The JSON of the answer.

        raises  whatever the first failing field raised: a statement that fails fails the operation
        """
        document = replace(
            self._operation.document,
            definitions=tuple(
                definition
                for definition in self._operation.document.definitions
                if not isinstance(definition, OperationDefinitionNode) or definition is self._operation.node
            ),
        )
        result = execute(
            self._engine.schema,
            document,
            variable_values=supplied,
            field_resolver=self._resolve,
            type_resolver=lambda source, *_: source["__typename"] if isinstance(source, dict) else source.node.name,
        )
        if not hasattr(result, "errors"):
            result = await result  # pyright: ignore[reportGeneralTypeIssues]
        if result.errors:  # pyright: ignore[reportAttributeAccessIssue]
            error: GraphQLError = result.errors[0]  # pyright: ignore[reportAttributeAccessIssue]
            raise error.original_error or error
        return orjson.dumps(result.data)  # pyright: ignore[reportAttributeAccessIssue]

    @property
    def customer_ids(self) -> tuple[int, ...]:
        """Whom the answer tells about."""
        return tuple(sorted(self._told))

    # Resolving

    def _resolve(self, source: Any, info: GraphQLResolveInfo, **_arguments: Any) -> Any:
        name = info.field_name
        match source:
            case None:
                declaration = self._graph.plain[info.parent_type.name][name]
                return self._declared(declaration, None, info)
            case PlainSource():
                declaration = self._graph.plain[source.type_name][name]
                return self._declared(declaration, None, info)
            case ToldSource():
                return self._of_outcome(self._graph.plain[source.type_name][name], source.values, info)
            case RowSource():
                return self._declared(source.node.fields[name], source, info)
            case ConnectionSource():
                return self._of_connection(source, info)
            case _:
                return self._of_object(source[name], info)

    def _of_object(self, value: Any, info: GraphQLResolveInfo) -> Any:
        match value:
            case RowSource():
                return self._noted(value)
            case NamedRow():
                return self._row(value.node, value.row_id)
            case _:
                return _leaf(value, info)

    def _declared(self, declaration: Declaration, source: RowSource | None, info: GraphQLResolveInfo) -> Any:
        match declaration:
            case NodeId():
                assert source is not None
                return f"{source.node.prefix}_{source.row_id}"
            case Column() | Amount():
                assert source is not None
                return _leaf(source.values[info.field_name], info)
            case Computed():
                assert source is not None
                return declaration.compute(source.values)
            case One():
                assert source is not None
                return self._one(declaration, source)
            case Many() | Union():
                members = declaration.members if isinstance(declaration, Union) else (declaration,)
                if all(self._reads_nothing(member.table) for member in members):
                    return None
                if source is None:
                    return ConnectionSource(declaration, info.field_nodes[0], None, AT_ROOT, is_told=False)
                return ConnectionSource(
                    declaration, info.field_nodes[0], source.node, source.row_id, is_told=source.is_told
                )
            case Plain():
                return PlainSource(declaration.type_name)
            case OfReader():
                return declaration.value(self._reader, self._graph)
            case ReaderRow():
                return self._row(self._graph.by_table[declaration.table], declaration.id(self._reader))
            case OnlyRow():
                return self._only_row(declaration)
            case OfOutcome() | OutcomeRow() | OutcomeList():
                return self._of_outcome(declaration, self._outcome, info)
            case Command():
                return PlainSource(declaration.payload)
            case Live():
                raise TypeError("a subscription is answered by its compiled plan alone")
            case ById():
                return self._by_id(declaration, info)
            case Search():
                return self._search(declaration, info)

    def _of_outcome(self, declaration: Declaration, values: Mapping[str, Any], info: GraphQLResolveInfo) -> Any:
        match declaration:
            case OutcomeRow():
                row_id = values.get(declaration.name)
                return None if row_id is None else self._row(self._graph.by_table[declaration.table], row_id)
            case OutcomeList():
                return [ToldSource(declaration.type_name, each) for each in values.get(declaration.name) or ()]
            case OfOutcome():
                return _leaf(values.get(declaration.name), info)
            case _:
                raise TypeError(f"{declaration} is none of an outcome")

    def _reads_nothing(self, table: sa.Table) -> bool:
        rows = self._graph.by_table[table].rows
        return not self._reader.has(*rows.reads)

    async def _one(self, edge: One, source: RowSource) -> Any:
        if self._reads_nothing(edge.table):
            return None

        def statement(compiler: Compiler, parent: Place | None) -> Expression:
            reached = compiler.reach(edge.table, parent=parent, on=edge.on, same_customer=edge.same_customer)
            assert reached is not None
            found = sa.select(_flat(compiler, reached.place)).select_from(reached.place.row.source)
            return inside(found.where(*reached.clauses), parent).scalar_subquery()

        found = await self._load((id(edge), source.node.rows.table), source.node, source.row_id, statement)
        return self._source(found, is_same=_tells_the_same(edge) and source.is_told)

    async def _row(self, node: NodeType, row_id: int) -> Any:
        if self._reads_nothing(node.rows.table):
            return None

        def statement(compiler: Compiler, ids: Expression) -> sa.Select:
            reached = compiler.reach(node.rows.table, parent=None, on=None)
            assert reached is not None
            row = reached.place.row
            found = sa.select(row.c.id.label("id"), _flat(compiler, reached.place).label("found"))
            return found.select_from(row.source).where(*reached.clauses, row.c.id == sa.any_(ids))

        found = await self._loader(("row", node.rows.table), statement).load(row_id)
        return self._source(found)

    async def _only_row(self, declaration: OnlyRow) -> dict[str, Any]:
        key = ("only row", declaration.table)
        return await self._load(key, None, AT_ROOT, lambda compiler, _parent: roots.whole_row(compiler, declaration))

    def _by_id(self, declaration: ById, info: GraphQLResolveInfo) -> Any:
        if declaration.table is not None and self._reads_nothing(declaration.table):
            return None
        compiler = self._compiler()
        name = "ids" if declaration.plural else "id"
        given = compiler.arguments(info.field_nodes[0]).get(name)
        if given is None:
            raise invalid(f"{name} is null; an id is needed.")
        value = given.read()(self._variables)
        if not declaration.plural:
            if declaration.table is None:
                node, row_id = self._graph.decode(value, where=name)
            else:
                node = self._graph.by_table[declaration.table]
                row_id = self._graph.decode_as(node, value, where=name)
            return self._row(node, row_id)
        return [self._row(node, row_id) for node, row_id in roots.decoded_ids(self._graph, value)]

    async def _search(self, declaration: Search, info: GraphQLResolveInfo) -> Any:
        node = info.field_nodes[0]
        found = await self._load(
            ("search", id(node)), None, AT_ROOT, lambda compiler, _parent: flat_search(compiler, declaration, node)
        )
        hits = [
            {"matchedOn": hit["matchedOn"], "node": NamedRow(self._graph.types[hit["type"]], hit["id"])}
            for hit in found["hits"]
        ]
        return {**found, "hits": hits}

    async def _of_connection(self, source: ConnectionSource, info: GraphQLResolveInfo) -> Any:
        name = info.field_name
        if name in OF_ROWS:
            page = await self._part(source, "rows", _page)
            if name == "pageInfo":
                return page["pageInfo"]
            rows = [{**edge, "node": self._listed(source, edge["node"])} for edge in page["edges"]]
            return rows if name == "edges" else [self._noted(edge["node"]) for edge in rows]
        if name == "totalCount":
            return await self._part(source, "total", lambda listed: listed.total())
        return await self._aggregates(source, info)

    async def _aggregates(self, source: ConnectionSource, info: GraphQLResolveInfo) -> Any:
        assert isinstance(source.edge, Many)
        nodes = [_flat_aggregates(self._compiler(), self._graph.by_table[source.edge.table], info.field_nodes)]
        part = ("aggregates", id(info.field_nodes[0]))
        groups = await self._part(source, part, lambda listed: listed.aggregates(nodes))
        return [await self._group(source, group) for group in groups]

    async def _group(self, source: ConnectionSource, group: dict[str, Any]) -> dict[str, Any]:
        """The rows in a group's key are known by id; fetch them."""
        key = dict(group.get("key") or {})
        for name, value in key.items():
            if isinstance(value, dict) and "id" in value:
                node, row_id = self._graph.decode(value["id"], where=name)
                key[name] = await self._row(node, row_id)
        return {**group, "key": key}

    def _listed(self, source: ConnectionSource, found: dict[str, Any]) -> RowSource | None:
        table = self._graph.types[found["__typename"]].rows.table
        edges = source.edge.members if isinstance(source.edge, Union) else (source.edge,)
        (same,) = (_tells_the_same(edge) for edge in edges if edge.table is table)
        return self._seen(found, is_same=same and source.is_told)

    def _source(self, found: dict[str, Any] | None, *, is_same: bool = False) -> RowSource | None:
        """The row, once it is noted whom it tells about.

        is_same  the row above tells about the same customers, and that is noted
        """
        return self._noted(self._seen(found, is_same=is_same))

    def _seen(self, found: dict[str, Any] | None, *, is_same: bool) -> RowSource | None:
        if found is None:
            return None
        node = self._graph.types[found["__typename"]]
        is_told = is_same or node.rows.about is not None
        return RowSource(node, found["__id"], found, is_told, is_same)

    def _noted(self, row: RowSource | None) -> RowSource | None:
        """The row, which is going to be shown."""
        told = None if row is None or row.is_same else row.values["__about"]
        if told is not None:
            self._told.update(told if isinstance(told, list) else [told])
        return row

    # Loading

    def _compiler(self) -> Compiler:
        return self._engine.compiler(self._operation, Trace(self._variables), self._reader.shape)

    async def _part(self, source: ConnectionSource, part: Hashable, build: Callable[[Listing], Expression]) -> Any:
        def statement(compiler: Compiler, parent: Place | None) -> Expression:
            listed = listing(compiler, source.edge, parent, source.node)
            assert listed is not None
            return build(listed)

        key = (part, id(source.edge), id(source.node), source.parent and source.parent.rows.table)
        return await self._load(key, source.parent, source.parent_id, statement)

    async def _load(
        self,
        key: Hashable,
        parent: NodeType | None,
        parent_id: int,
        expression: Callable[[Compiler, Place | None], Expression],
    ) -> Any:
        def statement(compiler: Compiler, ids: Expression) -> sa.Select:
            if parent is None:
                return sa.select(sa.literal_column(str(AT_ROOT)).label("id"), expression(compiler, None).label("found"))
            widest = self._graph.by_table[parent.rows.table]
            row = compiler.alias(widest.rows.table)
            scopes = tuple(compiler.parameters.scope(permission) for permission in widest.rows.reads)
            found = expression(compiler, Place(widest, row, scopes))
            selected = sa.select(row.c.id.label("id"), found.label("found")).select_from(row.source)
            return selected.where(row.c.id == sa.any_(ids))

        return await self._loader(key, statement).load(parent_id)

    def _loader(self, key: Hashable, statement: Callable[[Compiler, Expression], sa.Select]) -> "DataLoader[int, Any]":
        if key not in self._loaders:

            async def load(ids: list[int]) -> Sequence[Any]:
                compiler = self._compiler()
                bound = compiler.parameters.bind(lambda _request: ids, sa.ARRAY(sa.BigInteger()))
                whole = statement(compiler, bound).where(compiler.parameters.is_current())
                text, extracts = render(whole, compiler.parameters.extracts)
                request = Request(self._variables, self._reader, self._outcome)
                with self._engine.spans.begun("statement"):
                    async with self._database.read(lists=True) as opened:
                        rows = await opened.fetch(text, *(extract(request) for extract in extracts))
                found = {row["id"]: _parsed(row["found"]) for row in rows}
                return [found.get(row_id) for row_id in ids]

            self._loaders[key] = DataLoader(load_fn=load)
        return self._loaders[key]


def _tells_the_same(edge: One | Many) -> bool:
    return edge.same_customer and not edge.tells_more


def _parsed(found: bytes | str | None) -> Any:
    return json.loads(found) if isinstance(found, bytes) else found


def _flat(compiler: Compiler, place: Place) -> Expression:
    """Every column of the row's type by field name, as this reader may see it."""
    about = place.node.rows.about
    columns: dict[str, Expression] = {
        "__typename": compiler.type_name(place),
        "__id": place.row.c.id,
        "__about": sa.null() if about is None else about(place.row),
    }
    for name, declaration in compiler.graph.all_fields[place.node.name].items():
        if isinstance(declaration, Column):
            value = compiler.value(place, declaration)
            columns[name] = sa.null() if value is None else rendered(value, declaration.type)
        elif isinstance(declaration, Amount):
            money = compiler.money(place, declaration, {"amount": "amount", "currency": "currency"})
            columns[name] = sa.null() if money is None else money
    return json_object(columns)


WHOLE_PAGE_INFO = "{ pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"


def _page(listed: Listing) -> Expression:
    rows = listed.rows(OF_ROWS)
    edge = json_object({"cursor": rows.cursor(), "node": rows.each(lambda place: _flat(rows.compiler, place))})
    page_info = rows.part("pageInfo", _nodes(WHOLE_PAGE_INFO))
    return rows.as_one(json_object({"edges": rows.listed(edge), "pageInfo": page_info}))


def _nodes(text: str) -> list[FieldNode]:
    definition = parse(text).definitions[0]
    assert isinstance(definition, OperationDefinitionNode)
    return [node for node in definition.selection_set.selections if isinstance(node, FieldNode)]


def _flat_aggregates(compiler: Compiler, node: NodeType, asked: Sequence[FieldNode]) -> FieldNode:
    """The selection of `aggregates` without aliases: measures whole, edges of the key by id alone."""
    wholes = {
        "MoneyAggregate": "{ currency count sum avg min max }",
        "NumberAggregate": "{ count sum avg min max }",
        "DateAggregate": "{ min max }",
        "DateTimeAggregate": "{ min max }",
    }
    declarations = compiler.graph.all_fields[node.name]
    parts: list[str] = []
    for chosen in compiler.fields(selections(list(asked)), f"{node.name}Aggregate").values():
        name = chosen[0].name.value
        if name == "key":
            keys = compiler.fields(selections(chosen), f"{node.name}GroupKey")
            names = {keyed[0].name.value for keyed in keys.values()}
            parts.append(f"key {{ {' '.join(_whole_key(compiler, node, key) for key in sorted(names))} }}")
        elif name in declarations:
            declared = declarations[name]
            kind = "MoneyAggregate" if isinstance(declared, Amount) else "NumberAggregate"
            if isinstance(declared, Column) and is_moment(declared):
                kind = moment_type(declared)
            parts.append(f"{name} {wholes[kind]}")
        else:
            parts.append(name)
    (whole,) = _nodes(f"{{ aggregates {{ {' '.join(dict.fromkeys(parts))} }} }}")
    selection: SelectionSetNode | None = whole.selection_set
    return replace(asked[0], selection_set=selection, alias=None)


def _whole_key(compiler: Compiler, node: NodeType, name: str) -> str:
    """The selection of a part of a key: a row by its id, a band whole."""
    grouping = next((each for each in groupable(compiler.graph, node).values() if each.field == name), None)
    if grouping is None:
        return name
    if isinstance(grouping.declaration, One):
        return f"{name} {{ id }}"
    if grouping.needs == "bands":
        return f"{name} {{ {'currency ' if isinstance(grouping.declaration, Amount) else ''}from to }}"
    return name


def _leaf(value: Any, info: GraphQLResolveInfo) -> Any:
    """Enums as the library serializes them; everything else is already as it is shown."""
    type_ = get_named_type(info.return_type)
    if not isinstance(type_, GraphQLEnumType) or value is None:
        return value
    if isinstance(value, list):
        return [_member(type_, name) for name in value]
    return _member(type_, value)


def _member(type_: GraphQLEnumType, name: str) -> Any:
    return type_.wrapped_cls[name]  # pyright: ignore[reportAttributeAccessIssue]
