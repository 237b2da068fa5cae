"""Identifiers on their way into the graph: sealed by the key ring, as everything that identifies somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.randomness import Ints
from domain.shared.cipher import KeyRing
from domain.shared.identifier import IdentifierKind

PARTS = {"masked": pa.string(), "blind_index": pa.binary(), "last4": pa.string(), "cipher": pa.binary()}


@dataclass(frozen=True, slots=True)
class Sealer:
    """Makes the four columns of an identifier."""

    ring: KeyRing

    def columns(
        self, name: str, kinds: Iterable[IdentifierKind], values: Sequence[str], *, places: Ints | None = None
    ) -> dict[str, pa.Array]:
        """The group `name`, one row for each of `values`, or for each of `places` among them; NOTHING is null."""
        sealed = [self.ring.sealed("value", kind, value) for kind, value in zip(kinds, values, strict=True)]
        made: dict[str, pa.Array] = {}
        for part, kind in PARTS.items():
            column = pa.array([row[f"value_{part}"] for row in sealed], type=kind)
            if places is not None:
                column = column.take(pa.array(places.astype(np.int32), mask=places == NOTHING))
            made[f"{name}_{part}"] = column
        return made
