"""From the cells of the sample's files to rows of the tables: types, references by key, sealed identifiers."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.shared.cipher import KeyRing
from domain.shared.identifier import IdentifierKind

Cells = dict[str, str]
Row = dict[str, Any]
Keys = dict[str, dict[str, int]]
"""Ids by table and key."""


def rows(table: sa.Table, all_cells: Iterable[Cells], *, key_ring: KeyRing, keys: Keys) -> list[Row]:
    """Rows of `table` with ids from 1 on; their keys join `keys`, from which references are resolved."""
    keys[table.name] = own_keys = {}
    made = []
    for number, cells in enumerate(all_cells, start=1):
        own_keys[cells.get("source_key") or cells.get("username") or str(number)] = number
        made.append({"id": number} | _row(table, cells, key_ring=key_ring, keys=keys))
    return made


def _row(table: sa.Table, cells: Cells, *, key_ring: KeyRing, keys: Keys) -> Row:
    row: Row = {}
    for name, cell in cells.items():
        if (cipher := table.columns.get(f"{name}_cipher")) is not None:
            sealed_as = cipher.info["sealed"]
            kind = sealed_as if isinstance(sealed_as, IdentifierKind) else IdentifierKind[cells[sealed_as]]
            row |= key_ring.sealed(name, kind, cell or None)
        elif name in table.columns:
            row[name] = _value(table.columns[name].type, cell) if cell else _empty(table.columns[name].type)
        elif (reference := table.columns.get(f"{name}_id")) is not None:
            target = next(key.column.table.name for key in reference.foreign_keys if key.column.name == "id")
            row[reference.name] = keys[target][cell] if cell else None
    return row


def _empty(type_: sa.types.TypeEngine[Any]) -> list[Any] | None:
    return [] if isinstance(type_, postgresql.ARRAY) else None


def _value(type_: sa.types.TypeEngine[Any], cell: str) -> Any:
    match type_:
        case sa.TIMESTAMP():
            return datetime.fromisoformat(cell)
        case sa.Date():
            return date.fromisoformat(cell)
        case sa.Numeric():
            return Decimal(cell)
        case sa.Boolean():
            return {"true": True, "false": False}[cell]
        case sa.Integer():
            return int(cell)
        case postgresql.ARRAY():
            return cell.split("+")
        case _:
            return cell
