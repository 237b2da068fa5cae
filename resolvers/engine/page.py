"""Keyset paging: sizes, cursors, and the window of rows after or before one."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from domain.shared.problem import invalid
from resolvers.engine.compiler import Compiler, Place
from resolvers.engine.edges import Clause, Expression
from resolvers.engine.inputs import Value, is_storable
from resolvers.engine.order import Key, TotalOrder
from resolvers.engine.parameters import Request
from resolvers.engine.sql import constant, rendered

DEFAULT_SIZE = 20
BUCKETS = (1, 3, 5, 10, 20, 50, 100)
"""Sizes that statements are planned for; any other is a parameter below one of them."""


@dataclass(frozen=True)
class Page:
    """Which part of a connection is asked for."""

    order: TotalOrder
    backward: bool
    bucket: int
    size: Expression
    is_exact: bool
    """The size is that of the bucket, and no parameter."""
    after: Value | None
    before: Value | None


def page_of(compiler: Compiler, order: TotalOrder, arguments: Mapping[str, Value]) -> Page:
    """Read `first`, `last`, `after`, `before`.

    raises  Problem  for a size out of bounds, or two sizes
    """
    if "first" in arguments and "last" in arguments:
        raise invalid("Give first or last, not both.")
    backward = "last" in arguments
    asked = arguments.get("last" if backward else "first")
    bucket, is_exact = DEFAULT_SIZE, True
    if asked is not None:
        name = asked.name
        bucket, is_exact = asked.chosen("size", lambda number: _bucket(number, name=name))
    size: Expression = sa.literal_column(str(bucket), sa.Integer)
    if asked is not None and not is_exact:
        read = asked.read()
        size = compiler.parameters.bind(lambda request: read(request.variables), sa.Integer())
    after, before = arguments.get("after"), arguments.get("before")
    for value in (after, before):
        if value is not None:
            # Asked for its refusal alone: a cursor that cannot be is told even where no row is selected.
            value.chosen("cursor", _refusing(order, value.name))
    return Page(order, backward, bucket, size, is_exact, after, before)


def _refusing(order: TotalOrder, name: str) -> Callable[[Any], bool]:
    return lambda text: bool(decode_text(order, text, name))


def _bucket(size: int, *, name: str) -> tuple[int, bool]:
    """The bucket of a size, and whether that is its size."""
    if not 0 <= size <= BUCKETS[-1]:
        raise invalid(f"{name} is {size}; it goes from 0 to {BUCKETS[-1]}.")
    bucket = next(bucket for bucket in BUCKETS if size <= bucket)
    return bucket, size == bucket


def cursor(order: TotalOrder, values: list[Expression]) -> Expression:
    """The cursor of a row as opaque text.

    values  of its keys, the last of which is the id; for a personal order that alone
    """
    types = [key.type for key in order.keys][-len(values) :]
    shown = [sa.cast(rendered(value, type_), sa.Text) for value, type_ in zip(values, types, strict=True)]
    content = sa.func.json_build_array(constant(order.signature), *shown)
    encoded = sa.func.encode(sa.func.convert_to(sa.cast(content, sa.Text), constant("UTF8")), constant("base64"))
    return sa.func.translate(encoded, sa.literal_column("E'\\n'"), constant(""))


def window(compiler: Compiler, page: Page, place: Place) -> list[Clause]:
    """The predicates that keep the rows after one cursor and before another."""
    clauses: list[Clause] = []
    for value, following in ((page.after, True), (page.before, False)):
        if value is not None:
            clauses.extend(_beside(compiler, page.order, value, place, following=following))
    return clauses


def _beside(compiler: Compiler, order: TotalOrder, value: Value, place: Place, *, following: bool) -> list[Clause]:
    decode = _decoder(order, value)
    if order.is_personal:
        return _beside_row(compiler, order, decode, place, following=following)
    nulls: tuple[bool, ...] = value.chosen(
        "nulls", lambda text: tuple(part is None for part in decode_text(order, text, value.name))
    )
    bounds = [
        None if is_null else compiler.parameters.bind(lambda request, n=n: decode(request)[n], key.type)
        for n, (key, is_null) in enumerate(zip(order.keys, nulls, strict=True))
    ]
    return [_compare_known(order, [key.value(place) for key in order.keys], bounds, following=following)]


def _decoder(order: TotalOrder, value: Value) -> Callable[[Request], list[Any]]:
    read = value.read()
    return lambda request: decode_text(order, read(request.variables), value.name)


def decode_text(order: TotalOrder, text: str, name: str) -> list[Any]:
    """The values in a cursor, typed; for a personal order the id alone.

    raises  Problem  when the cursor is not one of this order
    """
    try:
        signature, *values = json.loads(base64.b64decode(text, validate=True))
        keys = order.keys[-1:] if order.is_personal else order.keys
        if signature != order.signature or len(values) != len(keys):
            raise invalid(f"{name} is a cursor of another list or order; take it from an answer to this query.")
        return [_typed(key, part) for key, part in zip(keys, values, strict=True)]
    except (binascii.Error, ValueError, TypeError, KeyError, RecursionError) as error:
        raise invalid(f"{name} is not a cursor of this graph; take it from an answer to this query.") from error


def _typed(key: Key, text: str | None) -> Any:
    """The value of a key; ValueError for one that no row can have."""
    if text is None and key.nullable:
        return None
    if not isinstance(text, str) or not is_storable(text):
        raise ValueError(text)
    match key.type:
        case sa.BigInteger() | sa.Integer():
            return _whole(text, bits=64 if isinstance(key.type, sa.BigInteger) else 32)
        case sa.Numeric():
            return _exact(text)
        case sa.Date():
            return date.fromisoformat(text)
        case sa.TIMESTAMP():
            return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        case sa.Boolean():
            return {"true": True, "false": False}[text]
        case _:
            return text


def _whole(text: str, *, bits: int) -> int:
    number = int(text)
    if str(number) != text or not -(2 ** (bits - 1)) <= number < 2 ** (bits - 1):
        raise ValueError(text)
    return number


def _exact(text: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]{1,100}(\.[0-9]{1,100})?", text):
        raise ValueError(text)
    return Decimal(text)


def _compare_known(
    order: TotalOrder, values: list[Expression], bounds: list[Expression | None], *, following: bool
) -> Clause:
    """Rows strictly after (or before) known values; a bound of None is a null."""
    directions = {key.descending for key in order.keys}
    if len(directions) == 1 and not any(key.nullable for key in order.keys):
        row, bound = sa.tuple_(*values), sa.tuple_(*(bound for bound in bounds if bound is not None))
        return row > bound if following is not order.keys[0].descending else row < bound
    clause: Clause = sa.false()
    for key, value, bound in reversed(list(zip(order.keys, values, bounds, strict=True))):
        beyond: list[Clause] = []
        if bound is None:
            same = value.is_(None)
            if not following:
                beyond.append(value.is_not(None))
        else:
            same = value == bound
            beyond.append(value > bound if following is not key.descending else value < bound)
            if following and key.nullable:
                beyond.append(value.is_(None))
        clause = sa.or_(*beyond, sa.and_(same, clause))
    return clause


def _beside_row(
    compiler: Compiler, order: TotalOrder, decode: Callable[[Request], list[Any]], place: Place, *, following: bool
) -> list[Clause]:
    """The same beside a row known by its id, whose values are read under the reader's own scope."""
    row_id = compiler.parameters.bind(lambda request: decode(request)[0], sa.BigInteger())

    def of_anchor(value: Callable[[Place], Expression] | None) -> sa.Select:
        reached = compiler.reach(place.node.rows.table, parent=None, on=None)
        assert reached is not None
        shown = sa.literal_column("1") if value is None else value(reached.place)
        return sa.select(shown).select_from(reached.place.row.source).where(
            reached.place.row.c.id == row_id, *reached.clauses
        ).correlate(None)  # fmt: skip

    clause: Clause = sa.false()
    for key in reversed(order.keys):
        value, bound = key.value(place), of_anchor(key.value).scalar_subquery()
        beyond: list[Clause] = [value > bound if following is not key.descending else value < bound]
        same = value == bound
        if key.nullable:
            one, other = (value, bound) if following else (bound, value)
            beyond.append(sa.and_(one.is_(None), other.is_not(None)))
            same = value.is_not_distinct_from(bound)
        clause = sa.or_(*beyond, sa.and_(same, clause))
    stale = sa.or_(sa.exists(of_anchor(None)), sa.func.ketu.stale_cursor(type_=sa.Boolean))
    return [clause, stale]
