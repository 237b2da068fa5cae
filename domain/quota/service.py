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
