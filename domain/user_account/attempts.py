"""Failed attempts: counted by account and by address, each further one waited for longer than the one before."""

from datetime import datetime
from typing import Any

from domain.audit.log import Actor, Event, record
from domain.audit.model import EventKind
from domain.user_account.model import SignInRules
from domain.user_account.sessions import Account, Origin

ADDRESS_LOCK = "SELECT locked_until > $2 FROM ketu.sign_in_address WHERE address = $1"
COUNT_FOR_ACCOUNT = """
    UPDATE ketu.credential SET failed_count = failed_count + 1 WHERE user_account_id = $1 RETURNING failed_count
"""
LOCK_ACCOUNT = "UPDATE ketu.credential SET locked_until = $2 WHERE user_account_id = $1"
COUNT_FOR_ADDRESS = """
    INSERT INTO ketu.sign_in_address AS known (address, failed_count, last_failed_at) VALUES ($1, 1, $2)
    ON CONFLICT (address) DO UPDATE SET
        failed_count = CASE WHEN known.last_failed_at < $3 THEN 1 ELSE known.failed_count + 1 END,
        last_failed_at = $2
    RETURNING id, failed_count
"""
LOCK_ADDRESS = "UPDATE ketu.sign_in_address SET locked_until = $2 WHERE id = $1"
SUCCEED = "UPDATE ketu.credential SET failed_count = 0, locked_until = NULL WHERE user_account_id = $1"


async def is_address_locked(connection: Any, address: str | None, *, now: datetime) -> bool:
    """Whether too many attempts have failed from there."""
    return bool(await connection.fetchval(ADDRESS_LOCK, address, now))


async def count_failure(
    connection: Any,
    account: Account | None,
    *,
    action: str,
    origin: Origin,
    rules: SignInRules,
    now: datetime,
    counts_for_account: bool = True,
) -> None:
    """Count and log a failure. Nobody's failures cost as many statements as somebody's."""
    account_id = account.id if account and counts_for_account else None
    actor = account.actor(origin) if account else Actor(request_id=origin.request_id)
    count = await connection.fetchval(COUNT_FOR_ACCOUNT, account_id) or 0
    locked_until = rules.locked_until(count, free=rules.free_failures, now=now)
    await connection.execute(LOCK_ACCOUNT, account_id, locked_until)
    address_id = await _count_for_address(connection, origin.address, rules=rules, now=now)
    events = [Event(EventKind.DENIAL, action, concept="sign_in_address", row_id=address_id)]
    if locked_until:
        seconds = int((locked_until - now).total_seconds())
        events.append(Event(EventKind.DENIAL, "sign_in.lock", "user_account", account_id, details={"seconds": seconds}))
    await record(connection, actor, *events)


async def log_denial(connection: Any, account: Account | None, action: str, *, origin: Origin) -> None:
    """Log an attempt that is refused without being tried, so it counts no further."""
    actor = account.actor(origin) if account else Actor(request_id=origin.request_id)
    await record(connection, actor, Event(EventKind.DENIAL, action))


async def forgive(connection: Any, account_id: int) -> None:
    """Failures of the account before a success, or before somebody unlocks it, count no more."""
    await connection.execute(SUCCEED, account_id)


async def _count_for_address(connection: Any, address: str | None, *, rules: SignInRules, now: datetime) -> int | None:
    if address is None:
        return None
    row = await connection.fetchrow(COUNT_FOR_ADDRESS, address, now, now - rules.address_memory)
    locked_until = rules.locked_until(row["failed_count"], free=rules.free_address_failures, now=now)
    await connection.execute(LOCK_ADDRESS, row["id"], locked_until)
    return row["id"]
