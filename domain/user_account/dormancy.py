"""Accounts that nobody uses: frozen after so many working days, put back into use by an administrator."""

from datetime import date, datetime
from typing import Any

from domain.audit.log import Actor, Event, record
from domain.audit.model import EventKind
from domain.user_account import sessions
from domain.user_account.administration import Unacceptable
from domain.user_account.model import SessionEnd
from domain.user_account.sessions import Account, Origin
from domain.working_calendar.clock import working_days_between
from domain.working_calendar.reading import calendar_of

# The last session of an account stays on record until it begins another one.
LAST_USED = """
    SELECT account.id, account.staff_id, account.username, bank.business_date,
           (greatest(account.created_at, account.unfrozen_at,
                     (SELECT max(session.created_at) FROM ketu.session AS session
                      WHERE session.user_account_id = account.id)) AT TIME ZONE bank.time_zone)::date AS last_used_on
    FROM ketu.user_account AS account, ketu.bank AS bank
    WHERE account.kind = 'STAFF' AND account.is_active
    ORDER BY account.username FOR UPDATE OF account
"""
FREEZE = "UPDATE ketu.user_account SET is_active = false, frozen_at = $2 WHERE id = ANY($1)"
FROZEN = "SELECT id, staff_id, username FROM ketu.user_account WHERE username = $1 AND frozen_at IS NOT NULL FOR UPDATE"
UNFREEZE = "UPDATE ketu.user_account SET is_active = true, frozen_at = NULL, unfrozen_at = $2 WHERE id = $1"


async def freeze_dormant(connection: Any, *, after: int, actor: Actor, now: datetime) -> list[str]:
    """Freeze the accounts of staff whose last sign-in, or making, is so many working days of the bank ago.

    after    working days
    returns  names
    """
    rows = await connection.fetch(LAST_USED)
    calendar = await calendar_of(connection, None, since=min((row["last_used_on"] for row in rows), default=date.max))
    dormant = [
        row for row in rows if working_days_between(calendar, row["last_used_on"], row["business_date"]) >= after
    ]
    await connection.execute(FREEZE, [row["id"] for row in dormant], now)
    for row in dormant:
        account = Account(row["id"], row["staff_id"], row["username"])
        details = {"lastUsedOn": row["last_used_on"].isoformat()}
        event = Event(EventKind.CHANGE, "user_account.freeze", "user_account", account.id, details=details)
        await record(connection, actor, event)
        await sessions.end_all(connection, account, why=SessionEnd.WITHDRAWN, origin=Origin(), now=now)
    return [row["username"] for row in dormant]


async def unfreeze(connection: Any, username: str, *, actor: Actor, now: datetime) -> Account:
    """Put a frozen account back into use; it counts anew. Raises Unacceptable."""
    row = await connection.fetchrow(FROZEN, username)
    if row is None:
        raise Unacceptable(f"no account called {username} is frozen", mend="see the name")
    await connection.execute(UNFREEZE, row["id"], now)
    await record(connection, actor, Event(EventKind.CHANGE, "user_account.unfreeze", "user_account", row["id"]))
    return Account(row["id"], row["staff_id"], row["username"])
