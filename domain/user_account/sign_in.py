"""Signing in: by password and code, by the bank's identity provider, by the secret of a service account.

Every way answers with a session or says why not; what was counted and logged on the way is committed in both cases.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from domain.audit.log import Event, record
from domain.audit.model import EventKind
from domain.shared.database import Database
from domain.shared.identifier import IdentifierKind
from domain.shared.keys import Keys
from domain.user_account import attempts, sessions, totp
from domain.user_account.model import LONGEST_PASSWORD, Refusal, SessionEnd, SignInMeans, SignInRules, unfit
from domain.user_account.passwords import Passwords
from domain.user_account.sessions import Account, Granted, Origin

PASSWORD_HASH = """
    SELECT credential.password_hash FROM ketu.user_account AS account
    JOIN ketu.credential AS credential ON credential.user_account_id = account.id
    WHERE account.username = $1
"""
CREDENTIAL = """
    SELECT account.id, account.staff_id, account.username, credential.password_hash, credential.must_change_password,
           credential.password_expires_at, credential.locked_until, credential.totp_secret_cipher,
           credential.totp_pending_cipher, credential.totp_last_step
    FROM ketu.user_account AS account
    JOIN ketu.staff AS staff ON staff.id = account.staff_id
    JOIN ketu.credential AS credential ON credential.user_account_id = account.id
    WHERE account.username = $1 AND account.kind = 'STAFF' AND account.is_active AND staff.state = 'ACTIVE'
    FOR UPDATE OF credential
"""
NEEDS_SECOND_FACTOR = """
    SELECT EXISTS (
        SELECT FROM ketu.role_assignment AS held JOIN ketu.second_factor_role AS needing ON needing.role = held.role
        WHERE held.user_account_id = $1)
"""
SET_PASSWORD = """
    UPDATE ketu.credential
    SET password_hash = $2, must_change_password = false, password_expires_at = NULL, password_changed_at = $3
    WHERE user_account_id = $1
"""
REHASH = "UPDATE ketu.credential SET password_hash = $2 WHERE user_account_id = $1"
USE_STEP = "UPDATE ketu.credential SET totp_last_step = $2 WHERE user_account_id = $1"
ENROL = "UPDATE ketu.credential SET totp_pending_cipher = $2 WHERE user_account_id = $1"
CONFIRM = """
    UPDATE ketu.credential
    SET totp_secret_cipher = totp_pending_cipher, totp_pending_cipher = NULL, totp_last_step = $2
    WHERE user_account_id = $1
"""
SERVICE_ACCOUNT = """
    SELECT account.id, account.staff_id, account.username,
           least(service.expires_at, coalesce(secret.expires_at, service.expires_at)) AS expires_at
    FROM ketu.service_secret AS secret
    JOIN ketu.service_account AS service ON service.user_account_id = secret.user_account_id
    JOIN ketu.user_account AS account ON account.id = service.user_account_id
    JOIN ketu.staff AS staff ON staff.id = account.staff_id
    WHERE secret.secret_hash = $1 AND account.username = $2 AND account.kind = 'SERVICE'
      AND account.is_active AND staff.state = 'ACTIVE'
"""
BANK_NAME = "SELECT bank.name FROM ketu.bank AS bank"


class Aim(Enum):
    """What somebody who proves who they are wants."""

    SIGN_IN = auto()
    ENROL = auto()
    """A new authenticator."""
    CONFIRM = auto()
    """The new authenticator, by its first code."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody sent to prove who they are."""

    username: str
    password: str
    origin: Origin
    totp: str | None = None
    new_password: str | None = None
    aim: Aim = Aim.SIGN_IN


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The secret of a new authenticator, shown this once."""

    secret: str
    uri: str


@dataclass(frozen=True, slots=True)
class Unfit:
    """A new password that is refused, and why."""

    reason: str


Outcome = Granted | Enrolled | Unfit | Refusal


class SignIn:
    """The ways in."""

    def __init__(self, database: Database, *, keys: Keys, passwords: Passwords, rules: SignInRules) -> None:
        self._database = database
        self._keys = keys
        self._passwords = passwords
        self._rules = rules

    async def by_password(self, attempt: Attempt, *, now: datetime) -> Outcome:
        """Check name, password and code. Raises Problem UNAVAILABLE when too many try at once.

        The hash is computed between two transactions, so that no connection waits for it. The second one decides by
        what it reads under the lock of the account: of many attempts at once, those after the lock count for nothing.
        """
        # Before anything is looked up: what is said of the new password must tell nothing of the present one.
        if attempt.new_password is not None and (reason := _unfit(attempt, attempt.new_password)):
            return Unfit(reason)
        async with self._database.read() as connection:
            is_locked = await attempts.is_address_locked(connection, attempt.origin.address, now=now)
        if is_locked:
            async with self._database.write() as connection:
                await attempts.log_denial(connection, None, "sign_in.address_locked", origin=attempt.origin)
            return Refusal.TOO_MANY_ATTEMPTS
        async with self._database.read() as connection:
            stored = await connection.fetchval(PASSWORD_HASH, attempt.username)
        is_right = await self._passwords.match(stored, attempt.password[: LONGEST_PASSWORD + 1])
        new_hash = None
        if is_right and attempt.new_password is not None:
            new_hash = await self._passwords.hash(attempt.new_password)
        elif is_right and self._passwords.is_outdated(stored):
            new_hash = await self._passwords.hash(attempt.password)
        async with self._database.write() as connection:
            return await self._decide(connection, attempt, stored if is_right else None, new_hash, now=now)

    async def by_identity_provider(
        self, username: str | None, *, has_second_factor: bool, origin: Origin, now: datetime
    ) -> Granted | Refusal:
        """Sign in whom the bank's identity provider names, if they are an active member of staff here."""
        async with self._database.write() as connection:
            account = await sessions.active_account(connection, username)
            if account is None:
                frozen = await sessions.frozen_account(connection, username)
                action = "sign_in.while_frozen" if frozen else "sign_in.unknown_user"
                await attempts.log_denial(connection, frozen, action, origin=origin)
                return Refusal.UNKNOWN_USER
            if not has_second_factor and await connection.fetchval(NEEDS_SECOND_FACTOR, account.id):
                await attempts.log_denial(connection, account, "sign_in.second_factor_missing", origin=origin)
                return Refusal.SECOND_FACTOR_REQUIRED
            return await self._begin(connection, account, SignInMeans.OPENID_CONNECT, origin, now=now)

    async def by_client_secret(self, username: str, secret: str, *, origin: Origin, now: datetime) -> Granted | Refusal:
        """Sign in a service account for as long as one access token lasts."""
        async with self._database.write() as connection:
            if await attempts.is_address_locked(connection, origin.address, now=now):
                await attempts.log_denial(connection, None, "sign_in.address_locked", origin=origin)
                return Refusal.TOO_MANY_ATTEMPTS
            row = await connection.fetchrow(SERVICE_ACCOUNT, secret_hash(secret), username)
            if row is None or row["expires_at"] <= now:
                await attempts.count_failure(
                    connection, None, action="sign_in.client_refused", origin=origin, rules=self._rules, now=now
                )
                return Refusal.INVALID_CREDENTIALS
            return await sessions.begin(
                connection,
                Account(row["id"], row["staff_id"], row["username"]),
                means=SignInMeans.CLIENT_SECRET,
                origin=origin,
                rules=self._rules,
                now=now,
                expires_at=min(row["expires_at"], now + self._rules.access_lifetime),
                is_refreshed=False,
            )

    async def _decide(
        self, connection: Any, attempt: Attempt, verified: str | None, new_hash: str | None, *, now: datetime
    ) -> Outcome:
        """What becomes of an attempt.

        verified  the stored hash that the password was found to match; None when it matched none
        new_hash  to be stored if all is well
        """
        row = await connection.fetchrow(CREDENTIAL, attempt.username)
        account = Account(row["id"], row["staff_id"], row["username"]) if row else None
        if row and row["locked_until"] and row["locked_until"] > now:
            return await self._failed(
                connection, account, attempt, Refusal.INVALID_CREDENTIALS, now=now, is_locked=True
            )
        has_expired = bool(row and row["password_expires_at"] and row["password_expires_at"] <= now)
        if row is None or account is None or verified != row["password_hash"] or has_expired:
            return await self._failed(connection, account, attempt, Refusal.INVALID_CREDENTIALS, now=now)
        if row["must_change_password"] and attempt.new_password is None:
            return Refusal.PASSWORD_CHANGE_REQUIRED
        if row["totp_secret_cipher"] and attempt.aim is not Aim.CONFIRM:
            if not attempt.totp:
                return Refusal.TOTP_REQUIRED
            if not await self._used(connection, row, attempt.totp, now=now):
                return await self._failed(connection, account, attempt, Refusal.INVALID_TOTP, now=now)
        if attempt.new_password is None and new_hash is not None:
            await connection.execute(REHASH, account.id, new_hash)
        elif attempt.new_password is not None:
            await connection.execute(SET_PASSWORD, account.id, new_hash, now)
            await self._changed(connection, account, "password", SessionEnd.PASSWORD_CHANGED, attempt.origin, now=now)
        return await self._fulfil(connection, attempt, account, row, now=now)

    async def _fulfil(self, connection: Any, attempt: Attempt, account: Account, row: Any, *, now: datetime) -> Outcome:
        """The aim of somebody whose password, and code if they have an authenticator, are right."""
        match attempt.aim:
            case Aim.ENROL:
                return await self._enrolled(connection, account)
            case Aim.CONFIRM:
                if row["totp_pending_cipher"] is None:
                    return Refusal.NO_ENROLMENT
                if not await self._confirmed(connection, row, attempt.totp or "", now=now):
                    return await self._failed(connection, account, attempt, Refusal.INVALID_TOTP, now=now)
                why = SessionEnd.SECOND_FACTOR_CHANGED
                await self._changed(connection, account, "second_factor", why, attempt.origin, now=now)
            case Aim.SIGN_IN:
                has_totp = row["totp_secret_cipher"] is not None
                if not has_totp and await connection.fetchval(NEEDS_SECOND_FACTOR, account.id):
                    return Refusal.TOTP_ENROLMENT_REQUIRED
        await attempts.forgive(connection, account.id)
        return await self._begin(connection, account, SignInMeans.PASSWORD, attempt.origin, now=now)

    async def _failed(
        self,
        connection: Any,
        account: Account | None,
        attempt: Attempt,
        refusal: Refusal,
        *,
        now: datetime,
        is_locked: bool = False,
    ) -> Refusal:
        tried = "sign_in.wrong_code" if refusal is Refusal.INVALID_TOTP else "sign_in.wrong_password"
        # Asked whoever it is, so that it takes as long; the log alone learns of it.
        frozen = await sessions.frozen_account(connection, attempt.username)
        await attempts.count_failure(
            connection,
            account or frozen,
            action="sign_in.while_frozen" if frozen else "sign_in.while_locked" if is_locked else tried,
            origin=attempt.origin,
            rules=self._rules,
            now=now,
            # Otherwise whoever goes on trying would keep the account locked for ever.
            counts_for_account=account is not None and not is_locked,
        )
        return refusal

    async def _used(self, connection: Any, row: Any, code: str, *, now: datetime) -> bool:
        secret = self._keys.ring.open(IdentifierKind.TOTP_SECRET, row["totp_secret_cipher"])
        step = totp.matching_step(secret, code, now=now, after=row["totp_last_step"])
        if step is not None:
            await connection.execute(USE_STEP, row["id"], step)
        return step is not None

    async def _enrolled(self, connection: Any, account: Account) -> Enrolled:
        secret = totp.new_secret()
        ring = await self._keys.sealing(connection)
        await connection.execute(ENROL, account.id, ring.seal(IdentifierKind.TOTP_SECRET, secret))
        bank = await connection.fetchval(BANK_NAME)
        return Enrolled(secret, totp.uri(secret, username=account.username, bank=bank or "Ketu"))

    async def _confirmed(self, connection: Any, row: Any, code: str, *, now: datetime) -> bool:
        secret = self._keys.ring.open(IdentifierKind.TOTP_SECRET, row["totp_pending_cipher"])
        step = totp.matching_step(secret, code, now=now, after=None)
        if step is not None:
            await connection.execute(CONFIRM, row["id"], step)
        return step is not None

    async def _changed(
        self, connection: Any, account: Account, what: str, why: SessionEnd, origin: Origin, *, now: datetime
    ) -> None:
        event = Event(EventKind.CHANGE, f"credential.{what}", concept="user_account", row_id=account.id)
        await record(connection, account.actor(origin), event)
        await sessions.end_all(connection, account, why=why, origin=origin, now=now)

    async def _begin(
        self, connection: Any, account: Account, means: SignInMeans, origin: Origin, *, now: datetime
    ) -> Granted:
        return await sessions.begin(connection, account, means=means, origin=origin, rules=self._rules, now=now)


def _unfit(attempt: Attempt, new_password: str) -> str | None:
    if new_password == attempt.password:
        return "Take another one than the present one."
    return unfit(new_password, username=attempt.username)


def secret_hash(secret: str) -> bytes:
    """How the secret of a service account is stored: it is 256 random bits, so a plain hash tells nothing of it."""
    return hashlib.sha256(secret.encode()).digest()
