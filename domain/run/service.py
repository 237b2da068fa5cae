"""A run's life: begun with tables of its own, filled, published in one step, in time forgotten."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.run.model import RunKind, RunState
from domain.run.tables import RESULTS

TABLE_OF = {
    RunKind.SEGMENTATION: "segment_membership",
    RunKind.SCORING: "score",
    RunKind.RECOMMENDATION: "recommendation",
}
"""Where the rows of a run go; tiers are dated, so theirs stay."""
KEPT = 1
"""Runs of a topic whose rows are kept behind the published one, so that an earlier one can be looked into."""

BEGIN = """
    INSERT INTO ketu.run (kind, topic, state, describes_on, model_version_id, started_at)
    VALUES ($1, $2, 'RUNNING', $3, $4, $5) RETURNING id
"""
HELD = "SELECT kind, topic, state FROM ketu.run WHERE id = $1 FOR UPDATE"
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('ketu.run'), hashtext($1))"
SUPERSEDE = "UPDATE ketu.run SET state = 'SUPERSEDED' WHERE topic = $1 AND state = 'PUBLISHED'"
PUBLISH = "UPDATE ketu.run SET state = 'PUBLISHED', published_at = $2, row_count = $3 WHERE id = $1"
FAIL = "UPDATE ketu.run SET state = 'FAILED', failure = $2 WHERE id = $1"
BEHIND = """
    SELECT id, kind FROM ketu.run WHERE topic = $1 AND state = 'SUPERSEDED'
    ORDER BY published_at DESC, id DESC OFFSET $2
"""


class RunError(Exception):
    """A run that cannot go on as asked."""


@dataclass(frozen=True, slots=True)
class NewRun:
    """What a run works out.

    topic  one run of each is published at a time
    """

    kind: RunKind
    topic: str
    describes_on: date
    model_version_id: int | None = None


def rows_of(kind: RunKind, run_id: int) -> str:
    """The table that the rows of one run stand in."""
    return f"{RESULTS}.{TABLE_OF[kind]}_{run_id}"


async def begin(connection: Any, new: NewRun, *, now: datetime) -> int:
    """The id of a run that nobody sees. Its rows may be copied into the table of all runs, or into their own."""
    run_id = await connection.fetchval(BEGIN, new.kind.name, new.topic, new.describes_on, new.model_version_id, now)
    if table := TABLE_OF.get(new.kind):
        await connection.execute(
            f"CREATE TABLE {rows_of(new.kind, run_id)} PARTITION OF ketu.{table} FOR VALUES IN ({run_id})"
        )
    return run_id


async def publish(connection: Any, run_id: int, *, now: datetime) -> None:
    """Show this run instead of the one before, within the caller's transaction. Raises RunError."""
    kind, topic = await _running(connection, run_id)
    await connection.execute(ONE_AT_A_TIME, topic)
    counted = f"SELECT count(*) FROM {rows_of(kind, run_id)}" if kind in TABLE_OF else "SELECT NULL"  # noqa: S608
    count = await connection.fetchval(counted)
    await connection.execute(SUPERSEDE, topic)
    await connection.execute(PUBLISH, run_id, now, count)


async def fail(connection: Any, run_id: int, *, failure: str) -> None:
    """Nothing comes of this run; its rows go. Raises RunError."""
    kind, _ = await _running(connection, run_id)
    await connection.execute(FAIL, run_id, failure)
    await _drop(connection, kind, run_id)


async def forget(connection: Any, topic: str, *, kept: int = KEPT) -> list[int]:
    """Drop the rows of runs that were superseded long ago; the runs themselves stay on record. Their ids."""
    behind = await connection.fetch(BEHIND, topic, kept)
    for row in behind:
        await _drop(connection, RunKind[row["kind"]], row["id"])
    return [row["id"] for row in behind]


async def _running(connection: Any, run_id: int) -> tuple[RunKind, str]:
    found = await connection.fetchrow(HELD, run_id)
    if found is None or found["state"] != RunState.RUNNING.name:
        raise RunError(f"run {run_id} is not under way")
    return RunKind[found["kind"]], found["topic"]


async def _drop(connection: Any, kind: RunKind, run_id: int) -> None:
    if kind in TABLE_OF:
        await connection.execute(f"DROP TABLE IF EXISTS {rows_of(kind, run_id)}")
