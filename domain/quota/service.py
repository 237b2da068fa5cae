"""Counting against a quota: whoever counts at the same time waits, so that nobody takes the last one twice."""

from typing import Any

from domain.quota.model import QuotaKind

USE = """
    INSERT INTO ketu.quota_use AS used (user_account_id, business_date, kind, used_count)
    SELECT $1, bank.business_date, $2, $3 FROM ketu.bank AS bank WHERE $3::int <= $4::int
    ON CONFLICT (user_account_id, business_date, kind)
    DO UPDATE SET used_count = used.used_count + excluded.used_count
    WHERE used.used_count + excluded.used_count <= $4::int
    RETURNING used_count
"""


async def use(connection: Any, kind: QuotaKind, *, user_account_id: int, count: int = 1, quota: int) -> int | None:
    """Count `count` more on the bank's business date; how many are left then, None where there are not so many."""
    used = await connection.fetchval(USE, user_account_id, kind.name, count, quota)
    return None if used is None else quota - used


LEFT = """
    SELECT $3::int - coalesce(max(used.used_count), 0) FROM ketu.bank AS bank
    LEFT JOIN ketu.quota_use AS used
      ON used.business_date = bank.business_date AND used.user_account_id = $1 AND used.kind = $2
"""
SPEND = """
    INSERT INTO ketu.quota_use AS used (user_account_id, business_date, kind, used_count)
    SELECT $1, bank.business_date, $2, least($3::int, $4::int) FROM ketu.bank AS bank
    ON CONFLICT (user_account_id, business_date, kind)
    DO UPDATE SET used_count = greatest(used.used_count, least(used.used_count + $3::int, $4::int))
"""


async def left(connection: Any, kind: QuotaKind, *, user_account_id: int, quota: int) -> int:
    """How many are left on the bank's business date, without counting any."""
    return await connection.fetchval(LEFT, user_account_id, kind.name, quota)


async def spend(connection: Any, kind: QuotaKind, *, user_account_id: int, count: int, quota: int) -> None:
    """Count what has been done already, the whole quota at most."""
    await connection.execute(SPEND, user_account_id, kind.name, count, quota)
