"""Node types: classes that declare fields, and all that follows from the declarations (filters, orders, pages)."""

from collections.abc import Mapping
from dataclasses import dataclass
from inspect import get_annotations
from types import UnionType
from typing import Any, get_args, get_type_hints

import sqlalchemy as sa
import strawberry
from strawberry.utils.str_converters import to_camel_case

from resolvers.engine.edges import Amount, Column, Declaration, Many, NodeId, One, ReaderRow, Rows, Union, column
from schema.building import DECLARATION, fields_of, output_field, set_type

PLACEHOLDER = str
"""Stands for the type of an edge until every node type is known."""

ToOne = Any
"""Annotation of a field whose declaration leads to one row: its type follows from the table, and may be null."""
ToMany = Any
"""Annotation of a field whose declaration leads to many rows: its type is the connection of the table's type, or of
the union."""


@strawberry.interface(description="Anything with an id of its own, fetched again by `node`.")
class Node:
    """Relay's interface of refetchable objects."""

    id: strawberry.ID = strawberry.field(
        description="Opaque, global and permanent: after a merge the old id still finds the survivor."
    )


@dataclass(frozen=True, eq=False)
class Registered:
    """A node type as its class declared it."""

    cls: Any
    name: str
    prefix: str
    rows: Rows
    kind: str | None
    declarations: Mapping[str, Declaration]
    """By Python name."""


NODES: dict[str, Registered] = {}
"""Every node type by its name; the order of declaration is that of the SDL."""

UNIONS: dict[str, tuple[Union, str]] = {}
"""By name, the edge that says which types a union has, and the union's description."""


def field(declaration: Declaration | None = None, *, description: str) -> Any:
    """A field: of the column of the same name, or wherever the declaration says."""
    return output_field(description, declaration)


def node(rows: Rows, *, prefix: str, description: str, is_interface: bool = False, kind: str | None = None) -> Any:
    """Make a class a node type: its fields, and those that every node has.

    prefix        what its ids begin with
    is_interface  rows are of several types, told apart by the column `kind`
    kind          for a type that implements such an interface: its value of that column
    """

    def decorate(cls: Any) -> Any:
        own = dict(get_annotations(cls))
        declarations = dict(NODES[cls.__bases__[0].__name__].declarations) if kind is not None else {}
        if kind is None:
            own = _add_common_fields(cls, rows, own)
        for name in own:
            target = cls.__dict__[name]
            declared = target.metadata.get(DECLARATION) or column(rows.table.c[name])
            target.metadata = {**target.metadata, DECLARATION: declared}
            declarations[name] = declared
            if isinstance(declared, One | Many | Union | ReaderRow):
                own[name] = PLACEHOLDER
        cls.__annotations__ = own
        made = (strawberry.interface if is_interface else strawberry.type)(cls, description=description)
        NODES[cls.__name__] = Registered(made, cls.__name__, prefix, rows, kind, declarations)
        return made

    return decorate


def _add_common_fields(cls: Any, rows: Rows, own: dict[str, Any]) -> dict[str, Any]:
    """`id` first; times, version and source last."""
    cls.id = field(NodeId(), description="Opaque, global and permanent.")
    last: dict[str, tuple[Any, str]] = {
        "created_at": (sa.TIMESTAMP, "When the row was first stored, UTC."),
        "updated_at": (sa.TIMESTAMP, "When the row last changed, UTC."),
        "version": (sa.Integer, "Counts the changes of the row, from 1; a change names the version it was made from."),
        "source": (sa.Text, "The source system the row came from; null for what was entered here."),
        "source_key": (sa.Text, "The row's key in its source, without meaning elsewhere."),
        "as_of_date": (sa.Date, "The business date (数据日期) that the source's delivery describes."),
    }
    present = {name: text for name, (_, text) in last.items() if name in rows.table.c}
    for name, text in present.items():
        setattr(cls, name, field(description=text))
    return {"id": strawberry.ID, **own, **{name: _python_type(rows.table.c[name]) for name in present}}


def _python_type(source: sa.Column[Any]) -> Any:
    type_ = source.type.python_type
    return type_ | None if source.nullable else type_


def scalar_type(registered: Registered, name: str) -> Any:
    """The Python type behind a scalar field, without its None."""
    hint = get_type_hints(registered.cls, include_extras=True)[name]
    if isinstance(hint, UnionType) or type(None) in get_args(hint):
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    return hint


def class_of(table: sa.Table) -> Registered:
    """The widest node type of a table."""
    return next(node for node in NODES.values() if node.rows.table is table and node.kind is None)


def _owner(registered: Registered, field: str) -> tuple[Registered, str]:
    """The class that declares a field, among a type and those that implement it, and its Python name there."""
    for node in NODES.values():
        if node.rows.table is registered.rows.table:
            for python_name in node.declarations:
                if to_camel_case(python_name) == field:
                    return node, python_name
    raise KeyError(field)


def type_of(registered: Registered, field: str) -> Any:
    """The Python type behind a field, that of the row where it is an edge to one."""
    owner, python_name = _owner(registered, field)
    declaration = owner.declarations[python_name]
    if isinstance(declaration, One):
        return class_of(declaration.table).cls
    return scalar_type(owner, python_name)


def resolve_edges(connections: Mapping[str, Any], arguments_of: Any) -> None:
    """Give every edge its type, now that all node types are there."""
    for registered in NODES.values():
        for target in fields_of(registered.cls):
            give_type(target, connections, arguments_of)


def give_type(target: Any, connections: Mapping[str, Any], arguments_of: Any) -> None:
    """The type and arguments of one field, where its declaration decides them."""
    from schema.building import set_arguments

    match target.metadata.get(DECLARATION):
        case One(table=table) | ReaderRow(table=table):
            set_type(target, class_of(table).cls | None)
        case Many() | Union() as edge:
            name = edge.type_name if isinstance(edge, Union) else class_of(edge.table).name
            set_type(target, connections[name] | None)
            set_arguments(target, arguments_of(name))
        case _:
            pass


def is_scalar(declaration: Declaration) -> bool:
    """Whether clients may filter by the field's own value."""
    return isinstance(declaration, NodeId | Amount) or (isinstance(declaration, Column) and declaration.filters)
