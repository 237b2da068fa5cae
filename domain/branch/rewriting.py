"""Bringing rows of branches that have moved to where their branch is, a few at a time, while the bank is open."""

from typing import Any

from domain.branch.tree import TREE

ROWS_AT_ONCE = 1_000
LOCK = "hashtext('ketu.branch.rewriting')"
TABLES = (
    "customer", "staff", "handover", "user_application", "access_alert", "announcement", "task", "ticket", "lead",
    "opportunity", "referral", "alert", "care", "care_plan", "visit", "target",
)  # fmt: skip
"""Those whose rows carry the position of their branch."""

FOLLOWED = """
    WITH left_behind AS (
        SELECT {table}.id, branch.position, branch.id AS branch_id
        FROM ketu.former_position AS former
        JOIN ketu.branch AS branch ON branch.id = former.branch_id
        JOIN ketu.{table} AS {table} ON {table}.position = former.position
        WHERE ({table}.branch_id = branch.id) = $1
        LIMIT $2 FOR UPDATE OF {table} SKIP LOCKED
    )
    UPDATE ketu.{table} AS {table} SET position = left_behind.position, branch_id = left_behind.branch_id
    FROM left_behind WHERE {table}.id = left_behind.id
"""
DESERTED = f"""
    SELECT former.position FROM ketu.former_position AS former
    WHERE {
    " AND ".join(
        f"NOT EXISTS (SELECT FROM ketu.{table} AS {table} WHERE {table}.position = former.position)" for table in TABLES
    )
}
"""  # noqa: S608 (names of our own)
FORGET = "DELETE FROM ketu.former_position WHERE position = ANY($1)"


async def rewrite_some(connection: Any, *, rows_at_once: int = ROWS_AT_ONCE) -> bool:
    """One transaction of it; whether there may be more to do.

    A row that only follows its branch keeps its version, and its history has no new state: to its readers it is the
    same. One whose branch was merged into another has changed.
    """
    async with connection.transaction():
        if not await connection.fetchval(f"SELECT pg_try_advisory_xact_lock({LOCK})"):
            return False
        if not await connection.fetchval("SELECT EXISTS (SELECT FROM ketu.former_position)"):
            return False
        for table in TABLES:
            for stays in (True, False):
                # The triggers that count versions and keep history look at this.
                await connection.execute("SELECT set_config('ketu.follows_branch', $1, true)", "on" if stays else "")
                if await connection.execute(FOLLOWED.format(table=table), stays, rows_at_once) != "UPDATE 0":
                    return True
        if not await connection.fetchval("SELECT pg_try_advisory_xact_lock($1)", TREE):
            return False
        # Whoever copied a position into a row has committed by now, and nobody does just now.
        if deserted := [row["position"] for row in await connection.fetch(DESERTED)]:
            await connection.execute(FORGET, deserted)
        return False
