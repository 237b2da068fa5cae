"""The key ring: seals personal data for the database and opens it again.

A cipher text is `key id (4 bytes) · nonce (12) · encrypted text and tag`. The key id says which key of the ring, and
with it which algorithm, sealed it; old keys stay in the ring for as long as something is sealed with them.
"""

import base64
import hmac
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.shared.algorithm import AES, SM4
from domain.shared.identifier import IdentifierKind, last_four, masked, normalised
from domain.shared.sm4 import SM4GCM

KEY_ID_BYTES = 4
NONCE_BYTES = 12


PUT_BACK = "put back the key ring that belongs to this database, or a copy of it, or name its folder with --data"


class CipherError(Exception):
    """A key or a cipher text that cannot be used: what and why; `mend` says what to do about it."""

    def __init__(self, what: str, *, mend: str = PUT_BACK) -> None:
        super().__init__(what)
        self.mend = mend


class Aead(Protocol):
    """Authenticated encryption, as `cryptography` offers it."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One way to seal."""

    secret_bytes: int
    aead: Callable[[bytes], Aead]


ALGORITHMS = {AES: Algorithm(32, AESGCM), SM4: Algorithm(16, SM4GCM)}
"""What a key of the ring may be for; another algorithm is one more line here and a key that names it."""


@dataclass(frozen=True, slots=True)
class Key:
    """One secret with the algorithm it is for."""

    algorithm: str
    secret: bytes

    def aead(self) -> Aead:
        """The algorithm, ready to use."""
        if self.algorithm not in ALGORITHMS:
            raise CipherError(f"the key ring names the algorithm {self.algorithm!r}; known: {', '.join(ALGORITHMS)}")
        return ALGORITHMS[self.algorithm].aead(self.secret)

    @classmethod
    def fresh(cls, algorithm: str) -> "Key":
        """A new random key."""
        return cls(algorithm, secrets.token_bytes(ALGORITHMS[algorithm].secret_bytes))


@dataclass(frozen=True)
class KeyRing:
    """The bank's keys: `keys` by id, the `current` one seals, `index_secret` keys the blind index and never turns."""

    current: str
    keys: dict[str, Key]
    index_secret: bytes

    @classmethod
    def fresh(cls, algorithm: str = AES) -> "KeyRing":
        """A ring with one new random key."""
        key_id = secrets.token_hex(KEY_ID_BYTES)
        return cls(key_id, {key_id: Key.fresh(algorithm)}, secrets.token_bytes(32))

    def with_new_key(self, algorithm: str = AES) -> "KeyRing":
        """The same ring with one more key, which seals from now on; the older ones still open."""
        fresh = KeyRing.fresh(algorithm)
        return KeyRing(fresh.current, self.keys | fresh.keys, self.index_secret)

    def with_current_alone(self) -> "KeyRing":
        """The same ring without the older keys: nothing may be sealed with them any more."""
        return KeyRing(self.current, {self.current: self.keys[self.current]}, self.index_secret)

    @cached_property
    def _aeads(self) -> dict[bytes, Aead]:
        return {bytes.fromhex(key_id): key.aead() for key_id, key in self.keys.items()}

    def seal(self, kind: IdentifierKind, text: str) -> bytes:
        """The cipher text of `text`; it opens only as the same `kind`."""
        return self.seal_bytes(kind, text.encode())

    def seal_bytes(self, kind: IdentifierKind, content: bytes) -> bytes:
        """The same of what need not be text."""
        key_id, nonce = bytes.fromhex(self.current), os.urandom(NONCE_BYTES)
        return key_id + nonce + self._aeads[key_id].encrypt(nonce, content, kind.name.encode())

    def open(self, kind: IdentifierKind, cipher: bytes) -> str:
        """The text sealed in `cipher`; CipherError when it was not sealed as `kind` by a key of this ring."""
        return self.open_bytes(kind, cipher).decode()

    def open_bytes(self, kind: IdentifierKind, cipher: bytes) -> bytes:
        """The same of what need not be text."""
        key_id, nonce = cipher[:KEY_ID_BYTES], cipher[KEY_ID_BYTES : KEY_ID_BYTES + NONCE_BYTES]
        if key_id not in self._aeads:
            raise CipherError(f"the database is sealed with the key {key_id.hex()}, which this key ring does not hold")
        try:
            return self._aeads[key_id].decrypt(nonce, cipher[KEY_ID_BYTES + NONCE_BYTES :], kind.name.encode())
        except (InvalidTag, ValueError) as error:
            what = f"this cipher text is damaged, or was not sealed as {kind.name}"
            raise CipherError(what, mend="restore the row from a backup") from error

    @cached_property
    def audit_secret(self) -> bytes:
        """What the access log is sealed with; it follows from the index secret, and never turns."""
        return hmac.digest(self.index_secret, b"ketu.audit", "sha256")

    @cached_property
    def command_secret(self) -> bytes:
        """What inputs of commands are hashed with; it follows from the index secret, and never turns."""
        return hmac.digest(self.index_secret, b"ketu.command", "sha256")

    def blind_index(self, kind: IdentifierKind, value: str) -> bytes:
        """32 bytes, equal for all spellings of one value, that tell nothing of it without the ring."""
        return hmac.digest(self.index_secret, f"{kind.name}\0{normalised(kind, value)}".encode(), "sha256")

    def sealed(self, column: str, kind: IdentifierKind, value: str | None) -> dict[str, Any]:
        """The four columns of an `encrypted(column)` group; all null where there is no value."""
        return {
            f"{column}_masked": masked(kind, value) if value else None,
            f"{column}_blind_index": self.blind_index(kind, value) if value else None,
            f"{column}_last4": last_four(kind, value) if value else None,
            f"{column}_cipher": self.seal(kind, value) if value else None,
        }

    def save(self, path: Path) -> None:
        """Write the ring to a new file that only its owner may read; FileExistsError where there is one already."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._draft(path)
        try:
            # A link, unlike a rename, never replaces a ring that another process has just made.
            os.link(draft, path)
        finally:
            draft.unlink()
        _sync(path.parent)

    def replace(self, path: Path) -> None:
        """Put the ring in the place of the one in the file, as a whole: whoever reads finds the one or the other."""
        draft = self._draft(path)
        owner = path.stat()
        if (owner.st_uid, owner.st_gid) != (os.getuid(), os.getgid()):
            os.chown(draft, owner.st_uid, owner.st_gid)
        draft.replace(path)
        _sync(path.parent)

    def _draft(self, path: Path) -> Path:
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(self._as_json(), file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        return draft

    def _as_json(self) -> dict[str, Any]:
        return {
            "current": self.current,
            "index_secret": _text(self.index_secret),
            "keys": {
                key_id: {"algorithm": key.algorithm, "secret": _text(key.secret)} for key_id, key in self.keys.items()
            },
        }

    @classmethod
    def load(cls, path: Path) -> "KeyRing":
        """The ring kept in `path`; FileNotFoundError without one, CipherError where it is damaged."""
        content = path.read_text(encoding="utf-8")
        try:
            ring = json.loads(content)
            keys = {
                key_id: Key(key["algorithm"], base64.b64decode(key["secret"], validate=True))
                for key_id, key in ring["keys"].items()
            }
            loaded = cls(ring["current"], keys, base64.b64decode(ring["index_secret"], validate=True))
            _ = loaded._aeads[bytes.fromhex(loaded.current)]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CipherError(f"the key ring {path} is damaged") from error
        return loaded


def _sync(folder: Path) -> None:
    """Make sure that the name of a file outlives a loss of power."""
    directory = os.open(folder, os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()
