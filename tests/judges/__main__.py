"""`python -m tests.judges`: the judges for as long as asked, or every seeded fault; see `./ketu judge --help`."""

import argparse
import asyncio
import itertools
import json
import sys
import time
from dataclasses import dataclass, field
from random import Random
from typing import Any

from api import scratch
from api.postgres import Server
from tests.judges import coverage, data
from tests.judges.court import Counts, Court, Difference, new_engine, sdl
from tests.judges.faults import all_faults
from tests.judges.hunt import Catch, hunt
from tests.judges.interference import Interfered, Interference, Leak
from tests.judges.sitting import opened

OPERATIONS, ROUNDS = 800, 10
"""Of one session; each has a bank of its own."""


@dataclass
class Record:
    """What there is so far."""

    seed: int
    began: float = field(default_factory=time.monotonic)
    counts: Counts = field(default_factory=Counts)
    interfered: Interfered = field(default_factory=Interfered)
    differences: list[str] = field(default_factory=list)
    catches: list[Catch] = field(default_factory=list)
    told: float = 0.0

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self.began

    @property
    def missed(self) -> list[str]:
        """The faults that nobody noticed."""
        return [catch.fault for catch in self.catches if not catch.judges]

    def tell(self, current: Counts | None = None) -> None:
        """A line about the state of things, not too often."""
        pause = 2 if sys.stderr.isatty() else 30
        if self.seconds - self.told < pause:
            return
        self.told = self.seconds
        together = Counts()
        for counts in (self.counts, current or Counts()):
            together.add(counts)
        line = (
            f"{self.seconds:5.0f} s  {_summary(together)}, {self.interfered.rounds} disturbed readers, "
            f"{len(self.differences)} differences"
        )
        sys.stderr.write(f"\r\x1b[K{line}" if sys.stderr.isatty() else f"{line}\n")
        sys.stderr.flush()


def main() -> int:
    """1 where judges disagreed or a fault was missed; 130 where it was broken off."""
    parser = argparse.ArgumentParser(prog="./ketu judge")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", help="those with this text in their name")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    record = Record(arguments.seed)
    minutes = arguments.minutes if arguments.minutes is not None else (0 if arguments.faults is not None else 1)
    is_broken_off = False
    try:
        with scratch.server() as server:
            template = scratch.migrated_template(server)
            _judge(server, template, record, until=record.seconds + minutes * 60)
            if arguments.faults is not None:
                _hunt(server, template, record, arguments.faults, is_quiet=arguments.json)
    except KeyboardInterrupt:
        is_broken_off = True
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    _print(record, as_json=arguments.json)
    failed = bool(record.differences or record.missed)
    return 1 if failed else 130 if is_broken_off else 0


def _judge(server: Server, template: str, record: Record, *, until: float) -> None:
    for number in itertools.count():
        if record.seconds >= until:
            return
        seed = record.seed + number
        with scratch.database(server, template=template) as url:
            asyncio.run(data.load(url, Random(seed)))
            asyncio.run(_session(url, seed, record, until=record.began + until))


async def _session(url: str, seed: int, record: Record, *, until: float) -> None:
    async with opened(url) as (database, world):
        court = Court(new_engine(), database, world, seed=seed)
        try:
            await court.sit(OPERATIONS, deadline=until, told=record.tell)
        except Difference as difference:
            record.differences.append(await difference.shrunk())
        finally:
            record.counts.add(court.counts)
        interference = Interference(new_engine(), database, seed=seed)
        try:
            for _ in range(ROUNDS):
                if time.monotonic() < until:
                    await interference.sit(1)
                    record.tell()
        except Leak as leak:
            record.differences.append(str(leak))
        finally:
            record.interfered.add(interference.counts)


def _hunt(server: Server, template: str, record: Record, text: str, *, is_quiet: bool) -> None:
    with scratch.database(server, template=template) as url:
        asyncio.run(data.load(url, Random(record.seed)))
        asyncio.run(_hunted(url, record, text, is_quiet=is_quiet))


async def _hunted(url: str, record: Record, text: str, *, is_quiet: bool) -> None:
    engine = new_engine()
    async with opened(url) as (database, world):
        for fault in (fault for fault in all_faults(engine.graph) if text in fault.name):
            catch = await hunt(fault, engine, database, world, seed=record.seed, interference=True)
            record.catches.append(catch)
            if not is_quiet:
                _say(_row(catch))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _row(catch: Catch) -> str:
    return f"{catch.fault:60} {catch.operations:4} operations  {', '.join(catch.judges) or 'NOBODY'}"


def _summary(counts: Counts) -> str:
    refused = ", ".join(f"{count} {code}" for code, count in sorted(counts.refused.items())) or "none"
    everything = coverage.everything(sdl())
    return (
        f"{counts.operations} operations, refused: {refused}; {counts.rows} rows, "
        f"{counts.share_with_rows:.0%} of answers with rows, {len(counts.hit & everything)} of {len(everything)} hit"
    )


def _print(record: Record, *, as_json: bool) -> None:
    if as_json:
        _say(json.dumps(_as_json(record), ensure_ascii=False, indent=1))
        return
    for difference in record.differences:
        _say(f"{difference}\n")
    if record.counts.operations:
        interfered = record.interfered
        _say(f"Seeds from {record.seed}, {record.seconds:.0f} s: {_summary(record.counts)}")
        _say(f"{interfered.rounds} readers asked again after {interfered.changes.total()} changes they cannot see, "
              f"{interfered.answers} answers")  # fmt: skip
        _say(f"{len(record.differences)} differences")
    if record.catches:
        _say(f"{len(record.catches)} faults seeded, {len(record.missed)} noticed by nobody")


def _as_json(record: Record) -> dict[str, Any]:
    counts, interfered = record.counts, record.interfered
    everything = coverage.everything(sdl())
    return {
        "seed": record.seed,
        "seconds": round(record.seconds, 1),
        "operations": counts.operations,
        "refused": dict(counts.refused),
        "rows": counts.rows,
        "shareWithRows": round(counts.share_with_rows, 3),
        "hit": len(counts.hit & everything),
        "notHit": sorted(everything - counts.hit),
        "interference": {
            "readers": interfered.rounds, "answers": interfered.answers, "changes": dict(interfered.changes),
        },
        "differences": record.differences,
        "faults": [
            {"fault": catch.fault, "noticedBy": catch.judges, "operations": catch.operations}
            for catch in record.catches
        ],
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
