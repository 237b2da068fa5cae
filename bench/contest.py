"""Sides that are asked by turns: ratios are taken within each round, so that a machine that slows down slows all."""

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from api.failure import Failure
from api.settings import ROOT
from bench.client import Order, Result


@dataclass(frozen=True)
class Effort:
    """How long to measure: rounds for each cell of the table, seconds for each side of a round."""

    clients: tuple[int, ...]
    rounds: int
    seconds: float
    warm_up: float = 1.5
    """Seconds before that which do not count."""


class Rounds:
    """What the sides did in each round."""

    def __init__(self, found: list[Mapping[str, Result]]) -> None:
        self._found = found

    def per_second(self, side: str) -> float:
        """Answers, the median."""
        return statistics.median(each[side].per_second for each in self._found)

    def p99_ms(self, side: str) -> float:
        """Of every hundred answers, the slowest but one took so long; the median."""
        return statistics.median(each[side].p99_ms for each in self._found)

    def faster(self, side: str, than: str) -> float | None:
        """How many answers of one side come in the time of one of another; None where that took no part."""
        if than not in self._found[0]:
            return None
        return statistics.median(each[side].per_second / each[than].per_second for each in self._found)

    def p99_ratio(self, side: str, to: str) -> float | None:
        """The one's p99 to the other's; None where that took no part."""
        if to not in self._found[0]:
            return None
        return statistics.median(each[side].p99_ms / each[to].p99_ms for each in self._found)


def held(orders: Mapping[str, Order], effort: Effort) -> Rounds:
    """Let all warm up, then ask them by turns. Raises Failure."""
    for order in orders.values():
        # Every connection of the pool has planned the statement before anything counts.
        loaded(replace(order, seconds=effort.warm_up))
    found: list[Mapping[str, Result]] = []
    for turn in range(effort.rounds):
        names = list(orders)[:: 1 if turn % 2 == 0 else -1]
        found.append({name: loaded(replace(orders[name], seconds=effort.seconds)) for name in names})
    return Rounds(found)


def loaded(order: Order) -> Result:
    """What came of one order. Raises Failure."""
    return ended(begun(order))


def begun(order: Order) -> "subprocess.Popen[str]":
    """The process that carries an order out."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.client"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    process.stdin.write(json.dumps(asdict(order)))
    process.stdin.close()
    return process


def ended(process: "subprocess.Popen[str]") -> Result:
    """What came of it, once it is done. Raises Failure."""
    assert process.stdout
    assert process.stderr
    with process.stdout, process.stderr:
        if process.wait():
            raise Failure(
                f"no answer under load: {process.stderr.read().strip().splitlines()[-1]}",
                mend="see what the same request answers in the explorer",
            )
        return Result(**json.load(process.stdout))
