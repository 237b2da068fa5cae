"""Sessions: begun by signing in, carried on by refresh tokens, ended by whoever may end them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.audit.log import Actor, Event, record
from domain.audit.model import EventKind
from domain.user_account.model import Refusal, SessionEnd, SignInMeans, SignInRules

LONGEST_CLIENT_LABEL = 200

BEGIN = """
    INSERT INTO ketu.session
        (created_at, user_account_id, means, client, address, last_used_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $1, $6)
    RETURNING id
"""
FORGET = """
    DELETE FROM ketu.session WHERE user_account_id = $1 AND coalesce(ended_at, expires_at) < $2
"""
OPEN_BEYOND = """
    SELECT id FROM ketu.session
    WHERE user_account_id = $1 AND ended_at IS NULL AND expires_at > $2
    ORDER BY id DESC OFFSET $3
"""
END = """
    UPDATE ketu.session SET ended_at = $3, end_reason = $4
    WHERE id = ANY($1) AND user_account_id = $2 AND ended_at IS NULL
    RETURNING id
"""
OPEN = """
    SELECT id FROM ketu.session
    WHERE user_account_id = $1 AND ended_at IS NULL AND expires_at > $2 AND id IS DISTINCT FROM $3
"""
ADD_TOKEN = "INSERT INTO ketu.refresh_token (session_id, token_hash, expires_at) VALUES ($1, $2, $3)"
PRESENTED = """
    SELECT token.id, token.used_at, token.expires_at, token.session_id, session.ended_at,
           session.expires_at AS session_expires_at, account.id AS user_account_id, account.username, account.staff_id,
           account.is_active AND staff.state = 'ACTIVE' AS may_sign_in
    FROM ketu.refresh_token AS token
    JOIN ketu.session AS session ON session.id = token.session_id
    JOIN ketu.user_account AS account ON account.id = session.user_account_id
    JOIN ketu.staff AS staff ON staff.id = account.staff_id
    WHERE token.token_hash = $1
    FOR UPDATE OF token, session
"""
OWNER = """
    SELECT account.id, account.staff_id, account.username
    FROM ketu.session AS session
    JOIN ketu.user_account AS account ON account.id = session.user_account_id
    JOIN ketu.staff AS staff ON staff.id = account.staff_id
    WHERE session.id = $1 AND session.ended_at IS NULL AND session.expires_at > $2
      AND account.is_active AND staff.state = 'ACTIVE'
"""
ACTIVE_ACCOUNT = """
    SELECT account.id, account.staff_id, account.username
    FROM ketu.user_account AS account JOIN ketu.staff AS staff ON staff.id = account.staff_id
    WHERE account.username = $1 AND account.kind = 'STAFF' AND account.is_active AND staff.state = 'ACTIVE'
"""
FROZEN_ACCOUNT = "SELECT id, staff_id, username FROM ketu.user_account WHERE username = $1 AND frozen_at IS NOT NULL"
OF_TOKEN = """
    SELECT session.id FROM ketu.refresh_token AS token JOIN ketu.session AS session ON session.id = token.session_id
    WHERE token.token_hash = $1 AND token.used_at IS NULL
"""
LISTED = """
    SELECT id, created_at, last_used_at, expires_at, means, client, address FROM ketu.session
    WHERE user_account_id = $1 AND ended_at IS NULL AND expires_at > $2 ORDER BY id DESC
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from."""

    address: str | None = None
    client: str | None = None
    """What the program calls itself (User-Agent)."""
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Whose session it is."""

    id: int
    staff_id: int
    username: str

    def actor(self, origin: Origin) -> Actor:
        """As the access log names them."""
        return Actor(user_account_id=self.id, staff_id=self.staff_id, request_id=origin.request_id)


@dataclass(frozen=True, slots=True)
class Granted:
    """Somebody is signed in."""

    username: str
    session_id: int
    expires_at: datetime
    """The end of the session, which no token of it outlives."""
    refresh_token: str | None
    """To be shown once; None for those who sign in anew instead."""


async def begin(
    connection: Any,
    account: Account,
    *,
    means: SignInMeans,
    origin: Origin,
    rules: SignInRules,
    now: datetime,
    expires_at: datetime | None = None,
    is_refreshed: bool = True,
) -> Granted:
    """Open a session; the oldest ones beyond the allowed number end, long ended ones are forgotten.

    is_refreshed  it is carried on by refresh tokens; sessions of a single access token displace no others
    """
    expires_at = expires_at or now + rules.session_lifetime
    client = origin.client[:LONGEST_CLIENT_LABEL] if origin.client else None
    await connection.execute(FORGET, account.id, now - rules.sessions_kept)
    session_id = await connection.fetchval(BEGIN, now, account.id, means.name, client, origin.address, expires_at)
    await record(connection, account.actor(origin), _event("session.begin", session_id, means=means.name))
    if not is_refreshed:
        return Granted(account.username, session_id, expires_at, None)
    displaced = [row["id"] for row in await connection.fetch(OPEN_BEYOND, account.id, now, rules.sessions_per_user)]
    await end(connection, account, displaced, why=SessionEnd.DISPLACED, origin=origin, now=now)
    token = await _next_token(connection, session_id, expires_at, rules=rules, now=now)
    return Granted(account.username, session_id, expires_at, token)


async def refresh(
    connection: Any, token: str, *, origin: Origin, rules: SignInRules, now: datetime
) -> Granted | Refusal:
    """Take a refresh token for the next one. One that comes a second time ends the session of both holders."""
    row = await connection.fetchrow(PRESENTED, _hash(token))
    if row is None:
        await record(connection, Actor(request_id=origin.request_id), Event(EventKind.DENIAL, "session.refresh"))
        return Refusal.SESSION_ENDED
    account = Account(row["user_account_id"], row["staff_id"], row["username"])
    session_id = row["session_id"]
    if row["used_at"] is not None:
        await record(connection, account.actor(origin), _event("session.refresh_reused", session_id, EventKind.DENIAL))
        await end(connection, account, [session_id], why=SessionEnd.REFRESH_REUSED, origin=origin, now=now)
        return Refusal.SESSION_ENDED
    is_over = row["ended_at"] is not None or min(row["expires_at"], row["session_expires_at"]) <= now
    if is_over or not row["may_sign_in"]:
        await record(connection, account.actor(origin), _event("session.refresh", session_id, EventKind.DENIAL))
        return Refusal.SESSION_ENDED
    await connection.execute("UPDATE ketu.refresh_token SET used_at = $2 WHERE id = $1", row["id"], now)
    await connection.execute("UPDATE ketu.session SET last_used_at = $2 WHERE id = $1", session_id, now)
    following = await _next_token(connection, session_id, row["session_expires_at"], rules=rules, now=now)
    return Granted(account.username, session_id, row["session_expires_at"], following)


async def active_account(connection: Any, username: str | None) -> Account | None:
    """The account of that name, if a member of staff may sign in with it."""
    row = await connection.fetchrow(ACTIVE_ACCOUNT, username)
    return None if row is None else Account(row["id"], row["staff_id"], row["username"])


async def frozen_account(connection: Any, username: str | None) -> Account | None:
    """The frozen account of that name, for the log alone: whoever tries it learns nothing."""
    row = await connection.fetchrow(FROZEN_ACCOUNT, username)
    return None if row is None else Account(row["id"], row["staff_id"], row["username"])


async def owner(connection: Any, session_id: int, *, now: datetime) -> Account | None:
    """Whose open session it is; None for one that has ended."""
    row = await connection.fetchrow(OWNER, session_id, now)
    return None if row is None else Account(row["id"], row["staff_id"], row["username"])


async def session_of_token(connection: Any, token: str) -> int | None:
    """The session that an unused refresh token carries on."""
    return await connection.fetchval(OF_TOKEN, _hash(token))


async def open_sessions(connection: Any, account: Account, *, now: datetime) -> list[dict[str, Any]]:
    """The account's sessions that have not ended, newest first."""
    return [dict(row) for row in await connection.fetch(LISTED, account.id, now)]


async def end(
    connection: Any, account: Account, session_ids: list[int], *, why: SessionEnd, origin: Origin, now: datetime
) -> int:
    """End some of the account's sessions, now, together with what was issued for them; how many were still open."""
    ended = await connection.fetch(END, session_ids, account.id, now, why.name) if session_ids else []
    events = [_event("session.end", row["id"], why=why.name) for row in ended]
    await record(connection, account.actor(origin), *events)
    return len(ended)


async def end_all(
    connection: Any,
    account: Account,
    *,
    why: SessionEnd,
    origin: Origin,
    now: datetime,
    but: int | None = None,
) -> int:
    """End all open sessions of the account, `but` that one; how many."""
    session_ids = [row["id"] for row in await connection.fetch(OPEN, account.id, now, but)]
    return await end(connection, account, session_ids, why=why, origin=origin, now=now)


async def _next_token(
    connection: Any, session_id: int, session_expires_at: datetime, *, rules: SignInRules, now: datetime
) -> str:
    token = secrets.token_urlsafe(32)
    await connection.execute(ADD_TOKEN, session_id, _hash(token), min(now + rules.session_idle, session_expires_at))
    return token


def _hash(token: str) -> bytes:
    # Tokens are 256 random bits, so a plain hash tells nothing of them.
    return hashlib.sha256(token.encode()).digest()


def _event(action: str, session_id: int, kind: EventKind = EventKind.SIGN_IN, **details: str) -> Event:
    return Event(kind, action, concept="session", row_id=session_id, details=details)
