"""The register of node types: which table, which id prefix, which declaration behind which field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from domain.shared.problem import invalid
from resolvers.engine.edges import Declaration, Rows


@dataclass(frozen=True, eq=False)
class NodeType:
    """A type of the graph whose values are rows."""

    name: str
    prefix: str
    rows: Rows
    fields: Mapping[str, Declaration]
    """By GraphQL name."""
    kinds: Mapping[str, str]
    """For an interface: type name by value of the column `kind`. Empty for an object type."""
    kind: str | None = None
    """For a type that implements such an interface: its own value of the column."""


@dataclass(frozen=True, eq=False)
class Graph:
    """All types whose fields are declared."""

    types: Mapping[str, NodeType]
    plain: Mapping[str, Mapping[str, Declaration]]
    """Fields of the object types that are no rows, the query root among them."""

    @cached_property
    def by_table(self) -> Mapping[sa.Table, NodeType]:
        """The widest type of each table: the interface where there is one."""
        return {node.rows.table: node for node in self.types.values() if node.kind is None}

    @cached_property
    def by_prefix(self) -> Mapping[str, NodeType]:
        """The widest type of each id prefix."""
        return {node.prefix: node for node in self.by_table.values()}

    @cached_property
    def all_fields(self) -> Mapping[str, Mapping[str, Declaration]]:
        """By type, its fields and those of the types that implement it: what filters and orders may name."""
        return {
            node.name: dict(node.fields) | {
                name: declaration
                for kind in node.kinds.values()
                for name, declaration in self.types[kind].fields.items()
            }
            for node in self.types.values()
        }  # fmt: skip

    def concrete(self, node: NodeType) -> Iterable[NodeType]:
        """The object types that rows of `node` can have."""
        return [self.types[name] for name in node.kinds.values()] or [node]

    def coordinate(self, node: NodeType, field: str) -> str:
        """`Type.field`, where the type is the widest that declares the field."""
        widest = self.by_table[node.rows.table]
        declaring = next((type_ for type_ in (widest, node, *self.concrete(widest)) if field in type_.fields), node)
        return f"{declaring.name}.{field}"

    def decode(self, node_id: str, *, where: str) -> tuple[NodeType, int]:
        """The type and row that a node id names.

        raises  Problem  when the id has not the form of ours; whether the row exists is not looked at
        """
        prefix, separator, digits = node_id.partition("_")
        node = self.by_prefix.get(prefix)
        plain = digits.isascii() and digits.isdigit() and len(digits) <= 18 and str(int(digits)) == digits
        if node is None or not separator or not plain:
            raise invalid(f"{where} is not an id of this graph. Ids are opaque: use them as they were received.")
        return node, int(digits)

    def decode_as(self, node: NodeType, node_id: str, *, where: str) -> int:
        """The row that an id of `node` names."""
        found, row_id = self.decode(node_id, where=where)
        if found.prefix != node.prefix:
            raise invalid(f"{where} is the id of another type; an id of {node.name} is expected.")
        return row_id
