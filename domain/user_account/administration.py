"""What administrators do with accounts: add, disable, unlock, give new passwords; the same for service accounts."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.audit.log import Actor, Event, record
from domain.audit.model import EventKind
from domain.user_account import attempts, sessions
from domain.user_account.model import AccountKind, SessionEnd
from domain.user_account.roles import RoleRefused, assign_role
from domain.user_account.sessions import Account, Origin
from domain.user_account.sign_in import secret_hash

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for each other on paper."""
GROUPS, GROUP_LENGTH = 4, 5
LONGEST_SERVICE_LIFE = timedelta(days=366)

STAFF = "SELECT id FROM ketu.staff WHERE staff_no = $1 AND state = 'ACTIVE'"
BRANCH = "SELECT id FROM ketu.branch WHERE branch_no = $1"
ADD_ACCOUNT = """
    INSERT INTO ketu.user_account (username, kind, staff_id) VALUES ($1, $2, $3)
    ON CONFLICT (username) DO NOTHING RETURNING id
"""
FOUND = "SELECT id, staff_id, username FROM ketu.user_account WHERE username = $1 AND kind = $2 FOR UPDATE"
SET_ONE_TIME_PASSWORD = """
    INSERT INTO ketu.credential (user_account_id, password_hash, must_change_password, password_expires_at,
                                 password_changed_at)
    VALUES ($1, $2, true, $3, $4)
    ON CONFLICT (user_account_id) DO UPDATE SET
        password_hash = $2, must_change_password = true, password_expires_at = $3, password_changed_at = $4,
        failed_count = 0, locked_until = NULL
"""
REMOVE_TOTP = """
    UPDATE ketu.credential SET totp_secret_cipher = NULL, totp_pending_cipher = NULL, totp_last_step = NULL
    WHERE user_account_id = $1
"""
ADD_SERVICE = "INSERT INTO ketu.service_account (user_account_id, purpose, expires_at) VALUES ($1, $2, $3)"
ADD_SECRET = "INSERT INTO ketu.service_secret (created_at, user_account_id, secret_hash) VALUES ($1, $2, $3)"
END_SECRETS = """
    UPDATE ketu.service_secret SET expires_at = $2
    WHERE user_account_id = $1 AND coalesce(expires_at > $2, true)
"""
SERVICES = """
    SELECT account.username, account.is_active, service.purpose, service.expires_at, staff.staff_no, held.role,
           branch.branch_no
    FROM ketu.service_account AS service
    JOIN ketu.user_account AS account ON account.id = service.user_account_id
    JOIN ketu.staff AS staff ON staff.id = account.staff_id
    LEFT JOIN ketu.role_assignment AS held ON held.user_account_id = account.id
    LEFT JOIN ketu.branch AS branch ON branch.id = held.branch_id
    ORDER BY account.username, held.role, branch.branch_no
"""


class Unacceptable(Exception):
    """An order that cannot be carried out: what is wrong, and what would mend it."""

    def __init__(self, what: str, *, mend: str) -> None:
        super().__init__(what)
        self.mend = mend


@dataclass(frozen=True, slots=True)
class RoleInBranch:
    """A role to be held; the branch by its number."""

    role: str
    branch_no: str

    def __str__(self) -> str:
        """As commands and applications write it."""
        return f"{self.role}@{self.branch_no}"

    @classmethod
    def read(cls, text: str) -> "RoleInBranch":
        """What `str` wrote. Raises ValueError."""
        role, separator, branch_no = text.partition("@")
        if not (role and separator and branch_no):
            raise ValueError("expected ROLE@BRANCH_NO")
        return cls(role, branch_no)


def one_time_password() -> str:
    """A random password for once, easy to copy from paper: 98 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


async def add_user(
    connection: Any,
    username: str,
    *,
    staff_no: str,
    roles: Sequence[RoleInBranch],
    password_hash: str,
    password_expires_at: datetime,
    actor: Actor,
    now: datetime,
) -> Account:
    """A new account of a member of staff, with a one-time password. Raises Unacceptable."""
    account = await _added(connection, username, AccountKind.STAFF, staff_no, roles)
    await connection.execute(SET_ONE_TIME_PASSWORD, account.id, password_hash, password_expires_at, now)
    await _record(connection, actor, "user_account.add", account)
    return account


async def reset_password(
    connection: Any, username: str, *, password_hash: str, password_expires_at: datetime, actor: Actor, now: datetime
) -> Account:
    """Put a one-time password in the place of the present one and end all sessions. Raises Unacceptable."""
    account = await _found(connection, username, AccountKind.STAFF)
    await connection.execute(SET_ONE_TIME_PASSWORD, account.id, password_hash, password_expires_at, now)
    await _record(connection, actor, "credential.reset_password", account)
    await sessions.end_all(connection, account, why=SessionEnd.PASSWORD_CHANGED, origin=Origin(), now=now)
    return account


async def reset_second_factor(connection: Any, username: str, *, actor: Actor, now: datetime) -> Account:
    """Forget the account's authenticator, as after its loss, and end all sessions. Raises Unacceptable."""
    account = await _found(connection, username, AccountKind.STAFF)
    await connection.execute(REMOVE_TOTP, account.id)
    await _record(connection, actor, "credential.reset_second_factor", account)
    await sessions.end_all(connection, account, why=SessionEnd.SECOND_FACTOR_CHANGED, origin=Origin(), now=now)
    return account


async def unlock(connection: Any, username: str, *, actor: Actor) -> Account:
    """Let somebody who failed too often try again at once. Raises Unacceptable."""
    account = await _found(connection, username, AccountKind.STAFF)
    await attempts.forgive(connection, account.id)
    await _record(connection, actor, "credential.unlock", account)
    return account


async def disable(connection: Any, username: str, *, kind: AccountKind, actor: Actor, now: datetime) -> Account:
    """Nobody signs in by this account any more; its sessions end now. Raises Unacceptable."""
    account = await _found(connection, username, kind)
    await connection.execute("UPDATE ketu.user_account SET is_active = false WHERE id = $1", account.id)
    await _record(connection, actor, "user_account.disable", account)
    await sessions.end_all(connection, account, why=SessionEnd.WITHDRAWN, origin=Origin(), now=now)
    return account


async def require_second_factor(connection: Any, role: str, *, is_required: bool, actor: Actor) -> None:
    """Decide whether a role needs a second factor; it holds from the next sign-in on."""
    if is_required:
        change = "INSERT INTO ketu.second_factor_role (role) VALUES ($1) ON CONFLICT DO NOTHING"
    else:
        change = "DELETE FROM ketu.second_factor_role WHERE role = $1"
    await connection.execute(change, role)
    action = "second_factor.require" if is_required else "second_factor.waive"
    await record(connection, actor, Event(EventKind.POLICY, action, details={"role": role}))


async def add_service(
    connection: Any,
    username: str,
    *,
    staff_no: str,
    roles: Sequence[RoleInBranch],
    purpose: str,
    expires_at: datetime,
    actor: Actor,
    now: datetime,
) -> str:
    """A new service account for which a member of staff answers; its secret. Raises Unacceptable."""
    if not roles:
        raise Unacceptable("a service account without a role reaches nothing", mend="give it one: --role ROLE@BRANCH")
    _must_end_soon(expires_at, now)
    account = await _added(connection, username, AccountKind.SERVICE, staff_no, roles)
    await connection.execute(ADD_SERVICE, account.id, purpose, expires_at)
    await _record(connection, actor, "service_account.add", account)
    return await _new_secret(connection, account, now)


async def renew_service(
    connection: Any,
    username: str,
    *,
    expires_at: datetime,
    old_secrets_end_at: datetime,
    actor: Actor,
    now: datetime,
) -> str:
    """A new term and a new secret; the old secrets stay good until they end. Raises Unacceptable."""
    _must_end_soon(expires_at, now)
    account = await _found(connection, username, AccountKind.SERVICE)
    await connection.execute(END_SECRETS, account.id, old_secrets_end_at)
    await connection.execute(
        "UPDATE ketu.service_account SET expires_at = $2 WHERE user_account_id = $1", account.id, expires_at
    )
    await _record(connection, actor, "service_account.renew", account)
    return await _new_secret(connection, account, now)


async def services(connection: Any) -> list[dict[str, Any]]:
    """All service accounts, one row per role held."""
    return [dict(row) for row in await connection.fetch(SERVICES)]


def _must_end_soon(expires_at: datetime, now: datetime) -> None:
    if not now < expires_at <= now + LONGEST_SERVICE_LIFE:
        raise Unacceptable(
            "a service account ends within a year, and not in the past", mend="give another --expires-on and renew it"
        )


async def _added(
    connection: Any, username: str, kind: AccountKind, staff_no: str, roles: Sequence[RoleInBranch]
) -> Account:
    staff_id = await connection.fetchval(STAFF, staff_no)
    if staff_id is None:
        raise Unacceptable(f"no active member of staff has the number {staff_no}", mend="see --staff-no")
    account_id = await connection.fetchval(ADD_ACCOUNT, username, kind.name, staff_id)
    if account_id is None:
        raise Unacceptable(f"there is an account called {username} already", mend="take another name")
    for held in dict.fromkeys(roles):
        branch_id = await connection.fetchval(BRANCH, held.branch_no)
        if branch_id is None:
            raise Unacceptable(f"no branch has the number {held.branch_no}", mend="see --role ROLE@BRANCH_NO")
        try:
            await assign_role(connection, user_account_id=account_id, role=held.role, branch_id=branch_id)
        except RoleRefused as refused:
            raise Unacceptable(str(refused), mend="see --role ROLE@BRANCH_NO") from refused
    return Account(account_id, staff_id, username)


async def _found(connection: Any, username: str, kind: AccountKind) -> Account:
    row = await connection.fetchrow(FOUND, username, kind.name)
    if row is None:
        what = "user" if kind is AccountKind.STAFF else "service account"
        raise Unacceptable(f"there is no {what} called {username}", mend="see the name")
    return Account(row["id"], row["staff_id"], row["username"])


async def _new_secret(connection: Any, account: Account, now: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    await connection.execute(ADD_SECRET, now, account.id, secret_hash(secret))
    return secret


async def _record(connection: Any, actor: Actor, action: str, account: Account) -> None:
    await record(connection, actor, Event(EventKind.CHANGE, action, concept="user_account", row_id=account.id))
