"""Typed filters: an input object becomes a predicate in two-valued logic over what the reader may see."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from strawberry.utils.str_converters import to_camel_case as camel

from domain.shared.problem import forbidden, invalid, too_complex
from resolvers.engine.compiler import Compiler, Place, inside
from resolvers.engine.edges import Amount, Clause, Column, Expression, Many, NodeId, One
from resolvers.engine.identifiers import found_by
from resolvers.engine.inputs import Value
from resolvers.engine.parameters import Request

SHORTEST_SUBSTRING = 2
"""Characters; one character would read the whole index."""
LONGEST_LIST = 1_000


def matches(compiler: Compiler, where: Value, place: Place) -> Clause:
    """Whether the row satisfies every entry of `where`. Never null under AND and OR; NOT makes it two-valued."""
    return sa.and_(sa.true(), *(_entry(compiler, key, value, place) for key, value in where.entries()))


def _entry(compiler: Compiler, key: str, value: Value, place: Place) -> Clause:
    compiler.filter_count += 1
    if compiler.filter_count > compiler.limits.filters:
        raise too_complex(f"The filters hold more than {compiler.limits.filters} conditions.")
    if key in ("and", "or", "not"):
        _refuse_null(value)
        if key == "not":
            return is_not_true(matches(compiler, value, place))
        members = [matches(compiler, item, place) for item in value.items()]
        return sa.and_(sa.true(), *members) if key == "and" else sa.or_(sa.false(), *members)
    searched = next((each for each in place.node.rows.identifiers if each.search and camel(each.name) == key), None)
    if searched is not None:
        return found_by(compiler, searched, key, value, place)
    match compiler.graph.all_fields[place.node.name][key]:
        case NodeId():
            return _identity(compiler, value, place)
        case Column() as declaration:
            column = compiler.value_or_forbidden(place, declaration, used=value.name, name=key)
            return scalar(compiler, column, declaration.type, value)
        case Amount() as declaration:
            return _money(compiler, declaration, key, value, place)
        case One() as declaration:
            return _one(compiler, declaration, key, value, place)
        case Many() as declaration:
            return _many(compiler, declaration, key, value, place)
        case declaration:
            raise TypeError(f"{key}: {type(declaration).__name__} cannot be filtered by")


def is_not_true(clause: Clause) -> Clause:
    """The opposite of a predicate, where null counts as false."""
    return sa.not_(sa.func.coalesce(clause, sa.false()))


def _refuse_null(value: Value) -> None:
    if value.is_null:
        raise invalid(f"{value.name} is null, which is not a condition; leave it out instead.")


def _one(compiler: Compiler, edge: One, key: str, value: Value, place: Place) -> Clause:
    """Null: there is no visible row. An object: there is one, and it matches."""
    exists = _exists(compiler, edge, key, value, place, negated=False, anything=value.is_null)
    return sa.not_(exists) if value.is_null else exists


def _many(compiler: Compiler, edge: Many, key: str, value: Value, place: Place) -> Clause:
    """Quantifiers range over the rows the reader may see; several of them must all hold."""
    _refuse_null(value)
    clauses: list[Clause] = []
    for quantifier, condition in value.entries():
        _refuse_null(condition)
        found = _exists(compiler, edge, key, condition, place, negated=quantifier == "every", anything=False)
        clauses.append(found if quantifier == "some" else sa.not_(found))
    return sa.and_(sa.true(), *clauses)


def _exists(
    compiler: Compiler, edge: One | Many, key: str, value: Value, place: Place, *, negated: bool, anything: bool
) -> Clause:
    reached = compiler.reach(edge.table, parent=place, on=edge.on, same_customer=edge.same_customer)
    if reached is None:
        raise forbidden(f"{value.name}: {compiler.graph.coordinate(place.node, key)} is withheld from you.")
    clauses = list(reached.clauses)
    if not anything:
        matching = matches(compiler, value, reached.place)
        clauses.append(is_not_true(matching) if negated else matching)
    found = sa.select(sa.literal_column("1")).select_from(reached.place.row.source).where(*clauses)
    return sa.exists(inside(found, place))


def _identity(compiler: Compiler, value: Value, place: Place) -> Clause:
    def decoded(node_id: Any, where: str) -> Any:
        return None if node_id is None else compiler.graph.decode_as(place.node, node_id, where=where)

    return scalar(compiler, place.row.c.id, sa.BigInteger(), value, decoded)


def _money(compiler: Compiler, declaration: Amount, key: str, value: Value, place: Place) -> Clause:
    """Null: there is no amount. An object: conditions on the amount and on its currency."""
    shown = compiler.value_or_forbidden(place, declaration, used=value.name, name=key)
    if value.is_null:
        return shown.is_(None)
    clauses: list[Clause] = [shown.is_not(None)]
    for part, operators in value.entries():
        column, type_ = (shown, sa.Numeric()) if part == "amount" else (declaration.currency(place.row), sa.Text())
        clauses.append(scalar(compiler, column, type_, operators))
    return sa.and_(*clauses)


Decode = Callable[[Any, str], Any]


def scalar(
    compiler: Compiler,
    column: Expression,
    type_: sa.types.TypeEngine[Any],
    value: Value,
    decode: Decode = lambda given, _where: given,
) -> Clause:
    """All operators of one scalar. Null instead of operators asks for rows without a value."""
    if value.is_null:
        return column.is_(None)
    clauses = [_operator(compiler, column, type_, name, operand, decode) for name, operand in value.entries()]
    return sa.and_(sa.true(), *clauses)


def _operator(
    compiler: Compiler, column: Expression, type_: sa.types.TypeEngine[Any], name: str, operand: Value, decode: Decode
) -> Clause:
    if operand.is_null:
        # Null is a value to be equal to, and nothing that anything is less than, or that a list is made of.
        return {"eq": column.is_(None), "ne": column.is_not(None)}.get(name, sa.false())
    read = operand.read()

    def one(request: Request) -> Any:
        return decode(read(request.variables), operand.name)

    def many(request: Request) -> list[Any]:
        given = read(request.variables)
        if len(given) > LONGEST_LIST:
            raise invalid(f"{operand.name} has {len(given)} members; at most {LONGEST_LIST} are taken.")
        return [decode(member, operand.name) for member in given]

    def text(request: Request) -> str:
        given = read(request.variables)
        if name == "contains" and len(given) < SHORTEST_SUBSTRING:
            raise invalid(f"{operand.name} needs at least {SHORTEST_SUBSTRING} characters; use startsWith for fewer.")
        return given.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

    bind = compiler.parameters.bind
    match name:
        case "isNull":
            return column.is_(None) == bind(lambda request: read(request.variables), sa.Boolean())
        case "eq":
            return column == bind(one, type_)
        case "ne":
            return column.is_distinct_from(bind(one, type_))
        case "lt":
            return column < bind(one, type_)
        case "lte":
            return column <= bind(one, type_)
        case "gt":
            return column > bind(one, type_)
        case "gte":
            return column >= bind(one, type_)
        case "in":
            return column == sa.any_(bind(many, sa.ARRAY(type_)))
        case "notIn":
            return is_not_true(column == sa.any_(bind(many, sa.ARRAY(type_))))
        case "startsWith":
            return column.like(bind(text, sa.Text()).concat(sa.literal_column("'%'")))
        case "contains":
            pattern = sa.literal_column("'%'").concat(bind(text, sa.Text())).concat(sa.literal_column("'%'"))
            return column.like(pattern)
        case _:
            raise TypeError(f"no operator {name}")
