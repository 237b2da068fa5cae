"""How fast a bank is generated beside copying its finished rows: `python -m tests.pipelines.generation.copy_share`.

Both fill an empty, migrated database with equal indexes, constraints and triggers, each in one transaction, by turns.
"""

import argparse
import asyncio
import resource
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import asyncpg

from api import scratch
from api.postgres import Server
from domain.pipelines.generation.run import Report, generate
from domain.pipelines.generation.truth.plan import Plan


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--customers", type=int, default=20_000)
    words.add_argument("--rounds", type=int, default=3)
    arguments = words.parse_args()
    plan = Plan(arguments.customers, 1, date(2026, 10, 31))
    shares: list[float] = []
    with scratch.server() as server, tempfile.TemporaryDirectory() as folder:
        template = scratch.migrated_template(server)
        for number in range(arguments.rounds):
            report, generating, copying = one_round(server, template, plan, Path(folder))
            shares.append(copying / generating)
            say(
                f"round {number + 1}: {report.total:,} rows; generated in {generating:.1f} s "
                f"({report.total / generating:,.0f} rows/s), copied in {copying:.1f} s "
                f"({report.total / copying:,.0f} rows/s), share {shares[-1]:.2f}; "
                + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in report.seconds.items())
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"share of COPY, median: {statistics.median(shares):.2f}; most memory of this process: {peak:,.0f} MB")


def say(line: str) -> None:
    """A line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def one_round(server: Server, template: str, plan: Plan, folder: Path) -> tuple[Report, float, float]:
    """The report, and the seconds of either way."""
    with scratch.database(server, template=template) as url:
        begun = time.monotonic()
        report = asyncio.run(generate(url, plan, key_ring=folder / "keys.json"))
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
        for table in report.rows:
            await connection.copy_to_table(
                table, schema_name="ketu", source=folder / table, format="binary", timeout=3_600
            )
    await connection.close()


if __name__ == "__main__":
    main()
