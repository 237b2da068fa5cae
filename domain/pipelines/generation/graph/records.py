"""Columns of records whose fields bear the names of their table's columns: the table says what each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from domain.pipelines.generation.graph import arrays
from domain.pipelines.generation.graph.sealing import Sealer
from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.randomness import Ints
from domain.shared.identifier import IdentifierKind
from domain.shared.sort_key import sort_key

Columns = dict[str, pa.Array]
CURRENCY = "CNY"
OF_THE_WHOLE_BANK = {
    "customer", "staff", "branch", "product", "tag", "campaign", "campaign_event", "survey", "survey_question",
    "attribute_definition", "care_plan", "alert_rule", "indicator", "tier",
}  # fmt: skip
"""Tables whose rows count through the bank; those of all others count within their block."""


@dataclass(frozen=True, slots=True)
class RecordWriter:
    """Turns records into columns. `positions` (offices,) are those of the bank's offices."""

    sealer: Sealer
    positions: Ints

    def columns(self, table: sa.Table, records: Any, begin: int) -> Columns:
        """Of `table`, from a dataclass of arrays and lists: a field `customer` is the column `customer_id`.

        Whole numbers stand for words, days, instants, cents, or parts of whatever the column counts. Raises ValueError
        for a field that is no column.
        """
        made: Columns = {}
        for field in fields(records):
            values = getattr(records, field.name)
            if f"{field.name}_cipher" in table.columns:
                made |= self._sealed(field.name, values)
                continue
            name = field.name if field.name in table.columns else f"{field.name}_id"
            if name not in table.columns:
                raise ValueError(
                    f"{table.name} has no column {field.name!r}, nor {name!r}: name the field as the table"
                )
            made[name] = _column(table.columns[name], values, begin)
            if f"{name}_sort_key" in table.columns:
                made[f"{name}_sort_key"] = arrays.texts([sort_key(value) for value in values])
        if "position" in table.columns:
            made["position"] = arrays.numbers(self.positions[records.branch], small=True)
        if "currency" in table.columns and "currency" not in made:
            made["currency"] = _currency(table, records)
        return made

    def _sealed(self, name: str, values: Sequence[str | None]) -> Columns:
        known = [one for one in values if one is not None]
        has = np.array([one is not None for one in values], dtype=np.bool_)
        places = np.where(has, np.cumsum(has) - 1, NOTHING)
        return self.sealer.columns(name, [IdentifierKind[name.upper()]] * len(known), known, places=places)


def _column(column: sa.Column[Any], values: Any, begin: int) -> pa.Array:
    if isinstance(values, list):
        return pa.array(values, type=arrow_type(column))
    if choice := column.info.get("choice"):
        return arrays.words(values, choice)
    for key in column.foreign_keys:
        return arrays.ids(values, begin=0 if key.column.table.name in OF_THE_WHOLE_BANK else begin)
    match column.type:
        case sa.Date():
            return arrays.dates(values)
        case sa.TIMESTAMP():
            return arrays.moments(values)
        case sa.Numeric():
            made = arrays.decimals(values, arrow_type(column))
            return made if not (values == NOTHING).any() else _without(made, values == NOTHING)
        case sa.Boolean():
            return pa.array(values.astype(np.bool_), mask=values == NOTHING)
        case _:
            return arrays.numbers(values, small=isinstance(column.type, sa.Integer) and not _is_big(column))


def _is_big(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, sa.BigInteger)


def _without(made: pa.Array, missing: Any) -> pa.Array:
    return made.take(pa.array(np.arange(len(made)), mask=missing))


def _currency(table: sa.Table, records: Any) -> pa.Array:
    """Ours; null where a row may be without money, and is."""
    if not table.columns["currency"].nullable:
        return arrays.repeated(CURRENCY, len(getattr(records, fields(records)[0].name)))
    return arrays.picked(np.where(records.amount == NOTHING, NOTHING, 0), [CURRENCY])


def arrow_type(column: sa.Column[Any]) -> pa.DataType:
    """What Arrow calls the type of a column."""
    match column.type:
        case sa.BigInteger():
            return pa.int64()
        case sa.Integer():
            return pa.int32()
        case sa.Boolean():
            return pa.bool_()
        case sa.Date():
            return pa.date32()
        case sa.TIMESTAMP():
            return arrays.MOMENT
        case sa.Numeric(precision=int(digits), scale=int(places)):
            return pa.decimal128(digits, places)
        case sa.ARRAY():
            return pa.list_(pa.string())
        case sa.LargeBinary():
            return pa.binary()
        case _:
            return pa.string()


def listed(table: sa.Table, rows: Sequence[dict[str, Any]], sourced: Columns | None = None) -> pa.Table:
    """Few rows as Arrow: ids count from 1, and whatever is to be sorted by its name gets its sort key."""
    made: Columns = {"id": pa.array(np.arange(1, len(rows) + 1))}
    for column in table.columns:
        if column.name in rows[0]:
            made[column.name] = pa.array([row[column.name] for row in rows], type=arrow_type(column))
        elif (named := column.name.removesuffix("_sort_key")) != column.name:
            made[column.name] = pa.array([sort_key(row[named]) for row in rows], type=pa.string())
    return pa.table(made | (sourced or {}))
