"""Connections: one page of rows, how many there are, and figures about all of them."""

from graphql import FieldNode

from resolvers.engine.compiler import Compiler, Place, selections
from resolvers.engine.edges import Expression, Many, Union
from resolvers.engine.listing import listing
from resolvers.engine.rows import OF_ROWS
from resolvers.engine.sql import constant, json_object


def connection(
    compiler: Compiler, edge: Many | Union, parent: Place | None, nodes: list[FieldNode]
) -> Expression | None:
    """The JSON object of a connection; None where the reader may read none of its rows."""
    listed = listing(compiler, edge, parent, nodes[0])
    if listed is None:
        return None
    type_name = edge.type_name if isinstance(edge, Union) else compiler.graph.by_table[edge.table].name
    fields = compiler.fields(selections(nodes), f"{type_name}Connection")
    names = {chosen[0].name.value for chosen in fields.values()}
    rows = listed.rows(names) if names & OF_ROWS else None
    parts: dict[str, Expression] = {}
    for key, chosen in fields.items():
        match chosen[0].name.value:
            case "__typename":
                parts[key] = constant(f"{type_name}Connection")
            case "totalCount":
                parts[key] = listed.total()
            case "aggregates":
                parts[key] = listed.aggregates(chosen)
            case part:
                assert rows is not None
                parts[key] = rows.part(part, chosen)
    json = json_object(parts)
    return json if rows is None else rows.as_one(json)
