"""How fast a bank is generated beside copying its finished rows: `python -m tests.pipelines.generation.copy_share`.

Both fill an empty, migrated database with equal indexes, constraints and triggers, each in one transaction, by turns.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import asyncpg
import psutil

from api import scratch
from api.postgres import Server
from domain.pipelines.generation.graph.store import FOLLOWS
from domain.pipelines.generation.run import Report, generate
from domain.pipelines.generation.truth.plan import Plan
from domain.tables import metadata


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--customers", type=int, default=20_000)
    words.add_argument("--rounds", type=int, default=3)
    arguments = words.parse_args()
    plan = Plan(arguments.customers, 1, date(2026, 10, 31))
    shares: list[float] = []
    peaks: dict[str, int] = {}
    with scratch.server() as server, tempfile.TemporaryDirectory() as folder:
        template = scratch.migrated_template(server)
        for number in range(arguments.rounds):
            report, generating, copying = one_round(server, template, plan, Path(folder), peaks)
            shares.append(copying / generating)
            say(
                f"round {number + 1}: {report.total:,} rows; generated in {generating:.1f} s "
                f"({report.total / generating:,.0f} rows/s), copied in {copying:.1f} s "
                f"({report.total / copying:,.0f} rows/s), share {shares[-1]:.2f}; "
                + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in report.seconds.items())
            )
    told = ", ".join(f"{who} {kilobytes / 1024:,.0f} MB" for who, kilobytes in peaks.items())
    say(f"share of COPY, median: {statistics.median(shares):.2f}; most memory while generating: {told}")


def say(line: str) -> None:
    """A line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


SECONDS_BETWEEN_LINES = 60


def now_and_then(so_far: Callable[[str], None]) -> Callable[[str], None]:
    """Lets a line through once a minute."""
    told_at = [time.monotonic()]

    def tell(line: str) -> None:
        if time.monotonic() - told_at[0] >= SECONDS_BETWEEN_LINES:
            told_at[0] = time.monotonic()
            so_far(line)

    return tell


@contextmanager
def watched(server: Server, peaks: dict[str, int]) -> Iterator[None]:
    """Look once a second at the memory of this process and of PostgreSQL, shared pages split among their users."""
    done = threading.Event()

    def of(processes: list[psutil.Process]) -> int:
        total = 0
        for process in processes:
            try:
                total += process.memory_full_info().pss // 1024
            except psutil.Error:  # It has just ended.
                continue
        return total

    def look() -> None:
        here = psutil.Process(os.getpid())
        postmaster = psutil.Process(server.pid)
        while not done.wait(1):
            now = {"generator": of([here]), "PostgreSQL": of([postmaster, *postmaster.children()])}
            now["together"] = sum(now.values())
            peaks.update({who: max(kilobytes, peaks.get(who, 0)) for who, kilobytes in now.items()})

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield
    finally:
        done.set()
        looking.join()


def one_round(
    server: Server, template: str, plan: Plan, folder: Path, peaks: dict[str, int]
) -> tuple[Report, float, float]:
    """The report, and the seconds of either way. The generated database is gone before its rows are copied."""
    with scratch.database(server, template=template) as url:
        begun = time.monotonic()
        with watched(server, peaks):
            report = asyncio.run(generate(url, plan, key_ring=folder / "keys.json", on_progress=now_and_then(say)))
        generating = time.monotonic() - begun
        asyncio.run(export(url, report, folder))
    with scratch.database(server, template=template) as url:
        begun = time.monotonic()
        asyncio.run(copy(url, report, folder))
        return report, generating, time.monotonic() - begun


async def export(url: str, report: Report, folder: Path) -> None:
    """Write the rows of each table to a file, as COPY reads them fastest."""
    connection = await asyncpg.connect(url)
    for table in report.rows:
        await connection.copy_from_table(
            table, schema_name="ketu", output=folder / table, format="binary", timeout=3_600
        )
    await connection.close()


async def copy(url: str, report: Report, folder: Path) -> None:
    """Copy the files in one transaction."""
    connection = await asyncpg.connect(url)
    async with connection.transaction():
        await connection.execute("ALTER TABLE {} DISABLE TRIGGER {}".format(*FOLLOWS))
        # Each after those it refers to: here, references are looked up.
        for table in [one.name for one in metadata.sorted_tables if one.name in report.rows]:
            await connection.copy_to_table(
                table, schema_name="ketu", source=folder / table, format="binary", timeout=3_600
            )
        await connection.execute("ALTER TABLE {} ENABLE TRIGGER {}".format(*FOLLOWS))
    await connection.close()


if __name__ == "__main__":
    main()
