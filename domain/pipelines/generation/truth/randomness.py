"""Where chance comes from: a stream for each question, so that one more draw here moves nothing elsewhere."""

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

Chance = np.random.Generator
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def stream(seed: int, *path: int | str) -> Chance:
    """The stream that belongs to `path`, such as ("families", 7): equal for equal seeds, independent of all others."""
    key = tuple(part if isinstance(part, int) else zlib.crc32(part.encode()) for part in path)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def choose(chance: Chance, weights: Any, count: int) -> Ints:
    """`count` places in `weights`, each as often as its weight says."""
    cumulative = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.searchsorted(cumulative, chance.random(count) * cumulative[-1], side="right").astype(np.int64)


def choose_by_row(chance: Chance, weights: Floats, rows: Ints) -> Ints:
    """For each entry of `rows` a column of that row of `weights` (rows, columns), as often as its weight says."""
    cumulative = np.cumsum(weights, axis=1)
    cumulative /= cumulative[:, -1:]
    return (chance.random(len(rows))[:, None] > cumulative[rows][:, :-1]).sum(axis=1).astype(np.int64)


def logistic(log_odds: Floats) -> Floats:
    """The probability of these odds."""
    return 1 / (1 + np.exp(-log_odds))
