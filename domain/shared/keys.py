"""The key ring of a running process, which keeps up with its file.

Whoever seals holds a shared lock from before they read the ring until what they sealed is committed. Keys are dropped
under the exclusive one: nobody can be about to store something that no key opens any more.
"""

from pathlib import Path
from typing import Any

from domain.shared.cipher import KeyRing

SEALING = 0x7365616C
"""Key of the advisory lock of those who seal ("seal" in ASCII)."""


class Keys:
    """The key ring of a running process: it follows its file, so that a turned ring is taken without a restart."""

    def __init__(self, ring: KeyRing, path: Path | None = None) -> None:
        """path  the file that `ring` was read from; None for one that no file holds"""
        self._ring, self._path = ring, path
        self._read_as = _stamp(path)

    @property
    def ring(self) -> KeyRing:
        """As it is now, to open with. Raises CipherError where the file was damaged meanwhile."""
        stamp = _stamp(self._path)
        if self._path is not None and stamp is not None and stamp != self._read_as:
            self._ring, self._read_as = KeyRing.load(self._path), stamp
        return self._ring

    async def sealing(self, connection: Any) -> KeyRing:
        """As it is now, to seal with; none of its keys is dropped before the connection's transaction ends."""
        await connection.execute("SELECT pg_advisory_xact_lock_shared($1)", SEALING)
        return self.ring


def _stamp(path: Path | None) -> tuple[int, int, int] | None:
    """What tells a file from the one that was in its place before; None where there is none."""
    if path is None:
        return None
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
