"""The keys that sign access tokens: one signs, the ones before it are good until their tokens have run out."""

import base64
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.audit.log import Actor, Event, record
from domain.audit.model import EventKind
from domain.shared.cipher import KeyRing
from domain.shared.identifier import IdentifierKind

ONE_AT_A_TIME = 0x6B657973
"""Key of the advisory lock under which keys are made ("keys" in ASCII)."""
SPARE_TIME = timedelta(minutes=1)
"""For other processes to take the new key, and for clocks that differ."""

LIVE = """
    SELECT key_id, private_key_cipher, verifies_until FROM ketu.signing_key
    WHERE verifies_until IS NULL OR verifies_until > $1 ORDER BY id DESC
"""
ADD = "INSERT INTO ketu.signing_key (created_at, key_id, private_key_cipher) VALUES ($1, $2, $3) RETURNING id"
RETIRE = "UPDATE ketu.signing_key SET verifies_until = $1 WHERE coalesce(verifies_until > $1, true) AND id <> $2"
FORGET = "DELETE FROM ketu.signing_key WHERE verifies_until < $1"


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key."""

    key_id: str
    seed: bytes = field(repr=False)
    verifies_until: datetime | None = None
    """Null for as long as it signs."""

    @classmethod
    def fresh(cls) -> "SigningKey":
        """A new random key."""
        return cls(secrets.token_hex(8), Ed25519PrivateKey.generate().private_bytes_raw())

    @cached_property
    def private(self) -> Ed25519PrivateKey:
        """What signs."""
        return Ed25519PrivateKey.from_private_bytes(self.seed)


async def live_keys(connection: Any, key_ring: KeyRing, *, now: datetime) -> list[SigningKey]:
    """Keys whose tokens may be good, the one that signs first. Raises CipherError under another key ring."""
    return [
        SigningKey(
            row["key_id"],
            base64.b64decode(key_ring.open(IdentifierKind.SIGNING_KEY, row["private_key_cipher"])),
            row["verifies_until"],
        )
        for row in await connection.fetch(LIVE, now)
    ]


async def ensure_key(connection: Any, key_ring: KeyRing, *, now: datetime) -> None:
    """Make the first key of a database, within the caller's transaction; of several processes, one does."""
    await connection.execute("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
    if not await connection.fetchval("SELECT EXISTS (SELECT FROM ketu.signing_key WHERE verifies_until IS NULL)"):
        await add_key(connection, SigningKey.fresh(), key_ring, now=now)


async def rotate(
    connection: Any, key_ring: KeyRing, *, token_lifetime: timedelta, now: datetime, at_once: bool = False
) -> SigningKey:
    """Sign by a new key from now on, within the caller's transaction.

    at_once  tokens of the old keys end now, as after a theft, instead of with their time
    """
    await connection.execute("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
    key = SigningKey.fresh()
    row_id = await add_key(connection, key, key_ring, now=now)
    await connection.execute(RETIRE, now if at_once else now + token_lifetime + SPARE_TIME, row_id)
    await connection.execute(FORGET, now - timedelta(days=1))
    action = "signing_key.replace" if at_once else "signing_key.rotate"
    await record(connection, Actor(), Event(EventKind.CHANGE, action, concept="signing_key", row_id=row_id))
    return key


async def add_key(connection: Any, key: SigningKey, key_ring: KeyRing, *, now: datetime) -> int:
    """Store a key, sealed; its row's id."""
    sealed = key_ring.seal(IdentifierKind.SIGNING_KEY, base64.b64encode(key.seed).decode())
    return await connection.fetchval(ADD, now, key.key_id, sealed)
