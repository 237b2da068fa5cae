"""Arrays of the truth as Arrow columns: nothing is copied cell by cell."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.randomness import Flags, Ints

MONEY = pa.decimal128(18, 2)
RATE = pa.decimal128(9, 6)
MOMENT = pa.timestamp("us", tz="UTC")


def numbers(values: Ints, *, small: bool = False) -> pa.Array:
    """Whole numbers; `small` for columns of four bytes. NOTHING is null."""
    return pa.array(values.astype(np.int32) if small else values, mask=values == NOTHING)


def ids(places: Ints, *, begin: int = 0) -> pa.Array:
    """Ids from places, which count from 0 where ids count from 1. NOTHING is null."""
    return pa.array(places + (begin + 1), mask=places == NOTHING)


def gathered(rows: Ints, places: Ints, count: int) -> pa.Array:
    """Ids by the row that each belongs to, a list in ascending order for each of `count` rows."""
    order = np.lexsort((places, rows))
    ends = np.searchsorted(rows[order], np.arange(count + 1))
    return pa.ListArray.from_arrays(pa.array(ends.astype(np.int32)), ids(places[order]))


def added_up(rows: Ints, cents: Ints, count: int) -> pa.Array:
    """Money by the row that each amount belongs to, for each of `count` rows; null for those without any."""
    sums, missing = np.zeros(count, dtype=np.int64), np.ones(count, dtype=bool)
    np.add.at(sums, rows, cents)
    missing[rows] = False
    return money_or_null(sums, missing)


def dates(days: Ints) -> pa.Array:
    """Dates from days since 1970. NOTHING is null."""
    return pa.array(days.astype(np.int32), mask=days == NOTHING).view(pa.date32())


def moments(seconds: Ints) -> pa.Array:
    """Instants from seconds since 1970. NOTHING is null."""
    return pa.array(seconds * 1_000_000, mask=seconds == NOTHING).view(MOMENT)


def decimals(units: Ints, kind: pa.Decimal128Type = MONEY) -> pa.Array:
    """Cents as money, or millionths as a ratio."""
    words = np.empty((len(units), 2), dtype=np.int64)
    # Sixteen bytes, the lower half first; the upper one repeats the sign.
    words[:, 0], words[:, 1] = units, units >> 63
    return pa.Array.from_buffers(kind, len(units), [None, pa.py_buffer(words)])


def money_or_null(cents: Ints, missing: Flags) -> pa.Array:
    """Cents as money, null where `missing`."""
    return decimals(cents).take(pa.array(np.arange(len(cents)), mask=missing))


def words(codes: Ints, kind: type[StrEnum]) -> pa.Array:
    """Names of words from their codes. NOTHING is null."""
    return picked(codes, [word.name for word in kind])


def picked(places: Ints, texts: Sequence[str]) -> pa.Array:
    """`texts` by their places. NOTHING is null."""
    indices = pa.array(places.astype(np.int32), mask=places == NOTHING)
    return pa.DictionaryArray.from_arrays(indices, pa.array(texts, type=pa.string()))


def repeated(text: str, count: int) -> pa.Array:
    """The same text in every row."""
    return picked(np.zeros(count, dtype=np.int64), [text])


def same_day(day: date, count: int) -> pa.Array:
    """The same date in every row."""
    return pa.repeat(pa.scalar(day, pa.date32()), count)


def texts(values: Sequence[str | None]) -> pa.Array:
    """Text, null where None."""
    return pa.array(values, type=pa.string())


def as_text(values: pa.Array) -> pa.Array:
    """Numbers written out."""
    return pc.cast(values, pa.string())


def bits(sets: Ints, kind: type[StrEnum]) -> pa.Array:
    """Lists of words from sets of bits, the first word the lowest."""
    used, place = np.unique(sets, return_inverse=True)
    lists = [[word.name for number, word in enumerate(kind) if one >> number & 1] for one in used.tolist()]
    return pa.array(lists, type=pa.list_(pa.string())).take(pa.array(place))
