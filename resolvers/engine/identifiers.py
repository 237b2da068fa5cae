"""Looking rows up by sealed identifiers: the whole value becomes a blind index, and that alone goes to the database."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from domain.shared.problem import forbidden, invalid
from resolvers.engine.compiler import Compiler, Place
from resolvers.engine.edges import Clause, Identifier
from resolvers.engine.inputs import Value
from resolvers.engine.parameters import LookUp, Request, ScopeParameters

LONGEST = 200
"""Characters of an identifier."""


def found_by(compiler: Compiler, identifier: Identifier, name: str, value: Value, place: Place) -> Clause:
    """Whether a row holds the identifier, and the reader may look rows like it up by it."""
    assert identifier.search is not None
    if value.is_null:
        raise invalid(f"{value.name} is null, which is not a condition; leave it out instead.")
    scope = compiler.parameters.scope(identifier.search)
    if scope.is_nothing:
        raise forbidden(f"{value.name}: to look rows up by it takes the permission {identifier.search}.")
    clauses = in_reach(scope, place)
    for _, operand in value.entries():
        clauses.append(_is(compiler, identifier, name, operand, place))
    return sa.and_(sa.true(), *clauses)


def in_reach(scope: ScopeParameters, place: Place) -> list[Clause]:
    """What keeps rows within a scope, of those within the scopes that they were reached under."""
    if any(scope.covers(held) for held in place.scopes):
        return []
    visible = place.node.rows.visible(place.row, [scope])
    return [] if visible is None else [visible]


def _is(compiler: Compiler, identifier: Identifier, name: str, operand: Value, place: Place) -> Clause:
    if operand.is_null:
        raise invalid(f"{operand.name} is null; give the whole identifier.")
    read, keys = operand.read(), compiler.keys

    def blind_indexes(request: Request) -> list[bytes]:
        given: Any = read(request.variables)
        if not given.strip() or len(given) > LONGEST:
            raise invalid(f"{operand.name} has to be a whole identifier, of {LONGEST} characters at most.")
        return [keys.ring.blind_index(kind, given) for kind in identifier.kinds]

    coordinate = compiler.graph.coordinate(place.node, name)
    # A filter is compiled once for each figure about the rows; it is one search all the same.
    compiler.look_ups[coordinate, operand.path] = LookUp(coordinate, blind_indexes)
    return stored_as(compiler, identifier, place, blind_indexes)


def stored_as(
    compiler: Compiler, identifier: Identifier, place: Place, blind_indexes: Callable[[Request], list[bytes]]
) -> Clause:
    """Whether a row's identifier has one of the blind indexes."""
    stored = place.row.c[f"{identifier.name}_blind_index"]
    return stored == sa.any_(compiler.parameters.bind(blind_indexes, sa.ARRAY(sa.LargeBinary())))
