"""Records in columns: several put together, or none at all."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar, get_origin

import numpy as np

from domain.pipelines.generation.truth.randomness import Ints

Records = TypeVar("Records")


def together(kind: type[Records], parts: Sequence[Records]) -> Records:
    """One after another; the columns of the dataclass `kind` are arrays or lists."""
    return kind(*(_joined([getattr(part, field.name) for part in parts]) for field in fields(kind)))  # pyright: ignore[reportArgumentType]


def in_order(records: Records, order: Ints) -> Records:
    """The records at these places, one after the other."""
    rows = order.tolist()
    columns: list[Any] = [getattr(records, field.name) for field in fields(records)]  # pyright: ignore[reportArgumentType]
    return type(records)(
        *([column[row] for row in rows] if isinstance(column, list) else column[order] for column in columns)
    )  # pyright: ignore[reportUnknownVariableType]


def none(kind: type[Records]) -> Records:
    """No record of the dataclass `kind`."""
    empty: dict[str, Any] = {
        field.name: [] if get_origin(field.type) is list else np.zeros(0, dtype=np.int64)
        for field in fields(kind)  # pyright: ignore[reportArgumentType]
    }
    return kind(**empty)


def _joined(columns: list[Any]) -> Any:
    return [cell for column in columns for cell in column] if isinstance(columns[0], list) else np.concatenate(columns)
