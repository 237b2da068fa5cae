"""What the processes keep in mind of signing keys and ended sessions, so that a token costs no statement to check."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from api.together import Together
from domain.shared.database import Database
from domain.shared.keys import Keys
from domain.user_account.signing_keys import SigningKey, live_keys

Clock = Callable[[], datetime]
SECONDS_KEYS_ARE_KEPT = 5.0
SECONDS_BETWEEN_LOOKS = 1.0
"""For a key nobody knows yet, and for sessions that have ended."""
OVERLAP = timedelta(minutes=1)
"""A session is on record a little after the instant it ended at, and clocks differ."""

ENDED = """
    SELECT id, ended_at, expires_at FROM ketu.session WHERE ended_at > $1 AND expires_at > $2
"""


class SigningKeys:
    """The live keys, read again every few seconds, so that a new one is taken without a restart."""

    def __init__(
        self, database: Database, keys: Keys, *, now: Clock, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._key_ring = keys
        self._now = now
        self._monotonic = monotonic
        self._read_at = float("-inf")
        self._keys: list[SigningKey] = []
        self._reading = Together(self._read)

    async def signing(self) -> SigningKey:
        """The key that signs now."""
        return (await self.live())[0]

    async def called(self, key_id: str) -> SigningKey | None:
        """The live key of that id; one that is not known is looked for, once a second at most."""
        keys = await self.live()
        if not any(key.key_id == key_id for key in keys):
            keys = await self.live(at_most=SECONDS_BETWEEN_LOOKS)
        now = self._now()
        live = (key for key in keys if key.verifies_until is None or key.verifies_until > now)
        return next((key for key in live if key.key_id == key_id), None)

    async def live(self, *, at_most: float = SECONDS_KEYS_ARE_KEPT) -> list[SigningKey]:
        """Live keys, the signing one first, as of `at_most` so many seconds ago."""
        if self._monotonic() - self._read_at > at_most:
            await self._reading.done()
        return self._keys

    async def _read(self) -> None:
        async with self._database.beside() as connection:
            self._keys = await live_keys(connection, self._key_ring.ring, now=self._now())
        self._read_at = self._monotonic()


class EndedSessions:
    """Sessions that ended before their time, asked for once a second, whoever asks."""

    def __init__(self, database: Database, *, now: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._now = now
        self._monotonic = monotonic
        self._read_at = float("-inf")
        self._looking = Together(self._look)
        self._since: datetime | None = None
        self._expires_at: dict[int, datetime] = {}

    async def include(self, session_id: int) -> bool:
        """Whether that session has ended."""
        if self._monotonic() - self._read_at > SECONDS_BETWEEN_LOOKS:
            await self._looking.done()
        return session_id in self._expires_at

    def look_again(self) -> None:
        """Something may just have ended here: ask before the second is over."""
        self._read_at = float("-inf")
        # Who looks already may have come too early.
        self._looking = Together(self._look)

    async def _look(self) -> None:
        started, now, looking = self._monotonic(), self._now(), self._looking
        since = self._since - OVERLAP if self._since else datetime.fromtimestamp(0, UTC)
        async with self._database.beside() as connection:
            rows = await connection.fetch(ENDED, since, now)
        # No token outlives its session, so what is over need not be kept in mind.
        self._expires_at = {one: expires_at for one, expires_at in self._expires_at.items() if expires_at > now}
        self._expires_at |= {row["id"]: row["expires_at"] for row in rows}
        if looking is self._looking:
            self._since, self._read_at = now, started
