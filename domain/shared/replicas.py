"""Streaming replicas of the database, and which of them may answer a query just now.

What a replica answers is what was. So it is asked only where it has what the reader has written and is not far behind,
and its answer counts only where its state of access is that of the primary at this moment. Wherever there is any doubt
there is no answer here, and the primary is asked: what it says, an error included, is what holds.
"""

import asyncio
import math
from collections import OrderedDict, deque
from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

import asyncpg
import structlog

from domain.shared.connections import Connections
from domain.shared.position import POSITION
from domain.shared.turns import HOUSE, Guest

SECONDS_TO_ANSWER = 2
"""After so long without an answer to a look, nothing that was asked of a replica is waited for any more."""
SECONDS_TO_CLOSE = 2
MOST_WRITERS = 20_000
"""User accounts whose last position is known one by one."""

IDENTITY = """(SELECT system_identifier FROM pg_control_system()) || '/' ||
              (SELECT oid FROM pg_database WHERE datname = current_database())"""
"""The same in a database and its physical copies, and in no other."""
STATE = f"""SELECT {IDENTITY} AS identity, pg_is_in_recovery() AS is_replica,
                   (pg_last_wal_replay_lsn() - '0/0')::bigint AS replayed"""
STATE_OF_PRIMARY = f"SELECT {IDENTITY} AS identity, {POSITION} AS position"
ACCESS = "SELECT number FROM ketu.access_version"

AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
TROUBLE = (asyncpg.PostgresError, *AWAY)

UNREACHABLE = "it cannot be reached"
PROMOTED = "it is no replica, or not any more"
FOREIGN = "it is a replica of another database"
LATE = "it is too far behind"

log = structlog.get_logger()


class Replica:
    """One of them, as it was when it was last looked at."""

    def __init__(self, name: str, node: Connections, listing: Connections, looks: Connections) -> None:
        """name  where it is; nothing that opens it"""
        self.name = name
        self.trouble: str | None = None
        """Why it is left out."""
        self.replayed = 0
        """The position up to which it has everything."""
        self.current_at = -math.inf
        """When, by the monotonic clock, the primary had nothing that this one does not have."""
        self.answered = 0
        """Queries."""
        self.looks = looks
        self._node, self._listing = node, listing
        self._waits: set[asyncio.Timeout] = set()
        self._at_work: set[Any] = set()

    @property
    def busy(self) -> int:
        """Queries that it was asked and has not answered yet."""
        return len(self._waits)

    async def fetchrow(self, statement: str, parameters: Sequence[Any], *, lists: bool, guest: Guest = HOUSE) -> Any:
        """The one row that a statement makes here. Raises TimeoutError where it is not waited for."""
        connection = None
        async with asyncio.timeout(None) as wait:
            self._waits.add(wait)
            try:
                async with (self._listing if lists else self._node).lent(guest) as connection:
                    self._at_work.add(connection)
                    return await connection.fetchrow(statement, *parameters)
            finally:
                # Only now: a connection that is given back amid a statement waits for the other end.
                self._at_work.discard(connection)
                self._waits.discard(wait)

    def leave_out(self, why: str, error: Exception | None = None) -> None:
        """Ask it nothing until a look finds it well."""
        self.current_at = -math.inf
        self.told(why, error)

    def give_up(self, why: str, error: Exception | None = None) -> None:
        """The same, and wait no more for what it was asked and has not answered."""
        self.leave_out(why, error)
        for connection in [*self._at_work]:
            # One may just have been given back.
            with suppress(asyncpg.InterfaceError):
                connection.terminate()
        now = asyncio.get_running_loop().time()
        for wait in self._waits:
            wait.reschedule(now)

    def told(self, trouble: str | None, error: Exception | None = None) -> None:
        """The log says what has changed."""
        if trouble == self.trouble:
            return
        self.trouble = trouble
        if trouble is None:
            log.info("replica.back", replica=self.name)
        else:
            log.warning("replica.left_out", replica=self.name, reason=trouble, cause=repr(error) if error else None)

    async def close(self) -> None:
        """Close the connections; one whose other end is silent is not waited for long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_TO_CLOSE):
                await asyncio.gather(self._node.close(), self._listing.close(), self.looks.close())


class Replicas:
    """All of them, and what is known of the primary."""

    def __init__(self, primary: Connections, each: Sequence[Replica], *, most_lag_seconds: float) -> None:
        self.each = tuple(each)
        self.left_to_primary = 0
        """Queries."""
        self._primary = primary
        self._most_lag = most_lag_seconds
        self._turns = deque(each)
        self._began_at = monotonic()
        self._identity: str | None = None
        self._trouble: str | None = None
        self._passed: deque[tuple[float, int]] = deque()
        """Times, and positions that the primary had not passed then."""
        self._written: OrderedDict[int, int] = OrderedDict()
        self._written_long_ago = 0
        self._asking = asyncio.Lock()
        self._next_answer: asyncio.Task[int] | None = None

    async def fetchrow(
        self,
        statement: str,
        parameters: Sequence[Any],
        *,
        lists: bool,
        position: int,
        access: int,
        guest: Guest = HOUSE,
    ) -> Any | None:
        """The one row that a statement makes on a replica; None where the primary has to be asked.

        position  what it must have replayed
        access    the state of access that the statement is made for

        raises    QueryCanceledError  it took too long; it would there, too
        """
        replica = self._chosen(position)
        row = None if replica is None else await self._fetched(replica, statement, parameters, lists, access, guest)
        if replica is None or row is None:
            self.left_to_primary += 1
            return None
        replica.answered += 1
        return row

    async def _fetched(
        self, replica: Replica, statement: str, parameters: Sequence[Any], lists: bool, access: int, guest: Guest
    ) -> Any | None:
        # Asked beside the statement: whatever the replica holds, nobody reads under rights that are gone.
        access_now = self._access_now()
        try:
            row = await replica.fetchrow(statement, parameters, lists=lists, guest=guest)
        except asyncpg.QueryCanceledError:
            raise
        except TimeoutError:
            # No connection came free: it is busy, or the next look finds out what it is.
            return None
        except AWAY as error:
            replica.leave_out(UNREACHABLE, error)
            return None
        except asyncpg.PostgresError:
            # Recovery was in the way, or the state of access, a row, a table is not there yet.
            return None
        try:
            return row if await asyncio.shield(access_now) == access else None
        except TROUBLE:
            return None

    def _chosen(self, position: int) -> Replica | None:
        """The least busy of those that may answer, each in its turn."""
        self._turns.rotate()
        good = [each for each in self._turns if each.replayed >= position and self.may_answer(each)]
        return min(good, key=lambda each: each.busy, default=None)

    def _access_now(self) -> "asyncio.Task[int]":
        """The state of access of the primary, asked after this call: once for all who call meanwhile."""
        if self._next_answer is None:
            self._next_answer = asyncio.create_task(self._ask_access())
            # Whose replica fails does not wait for it.
            self._next_answer.add_done_callback(lambda task: task.cancelled() or task.exception())
        return self._next_answer

    async def _ask_access(self) -> int:
        async with self._asking:
            self._next_answer = None
            async with self._primary.lent() as connection:
                return await connection.fetchval(ACCESS)

    # Whose queries must see what

    def wrote(self, user_account_id: int, position: int) -> None:
        """Their later queries see what is before the position."""
        self._written[user_account_id] = max(position, self._written.pop(user_account_id, 0))
        if len(self._written) > MOST_WRITERS:
            _, position = self._written.popitem(last=False)
            self._written_long_ago = max(self._written_long_ago, position)

    def written_by(self, user_account_id: int) -> int:
        """The position behind what they have written, as far as this process knows."""
        return self._written.get(user_account_id, self._written_long_ago)

    # How they are doing

    def may_answer(self, replica: Replica) -> bool:
        """Whether it is known not to be too far behind."""
        return self.lag_seconds(replica) <= self._most_lag

    def lag_seconds(self, replica: Replica) -> float:
        """How far behind it is at most; infinite where it is not known."""
        return monotonic() - replica.current_at

    async def look_at_primary(self) -> None:
        """Note where it stands."""
        asked_at = monotonic()
        try:
            state = await _seen(self._primary, STATE_OF_PRIMARY)
        except TROUBLE as error:
            if self._trouble != repr(error):
                self._trouble = repr(error)
                log.warning("replica.primary_unknown", cause=self._trouble)
            return
        self._trouble = None
        self._identity = state["identity"]
        self._passed.append((asked_at, state["position"]))
        while self._passed[0][0] < asked_at - self._most_lag:
            self._passed.popleft()

    async def look_at(self, replica: Replica) -> None:
        """Note how far it is, and whether it may answer."""
        try:
            state = await _seen(replica.looks, STATE)
        except TROUBLE as error:
            replica.give_up(UNREACHABLE, error)
            return
        if self._identity is None:
            return
        if not state["is_replica"]:
            replica.give_up(PROMOTED)
        elif state["identity"] != self._identity:
            replica.give_up(FOREIGN)
        else:
            before, replica.replayed = replica.replayed, state["replayed"]
            current_at = [at for at, position in self._passed if position <= replica.replayed]
            # Without one it is as current as it was, unless it is another one.
            known = replica.current_at if replica.replayed >= before else -math.inf
            replica.current_at = max(current_at, default=known)
            if self.may_answer(replica):
                replica.told(None)
            elif monotonic() - self._began_at > self._most_lag:
                replica.told(LATE)

    async def close(self) -> None:
        """Close the connections of all of them."""
        await asyncio.gather(self._primary.close(), *(each.close() for each in self.each))


async def _seen(connections: Connections, statement: str) -> Any:
    """The row of a look. Raises TimeoutError, among others."""
    async with asyncio.timeout(SECONDS_TO_ANSWER), connections.lent() as connection:
        try:
            return await connection.fetchrow(statement)
        except BaseException:
            # To end the statement in order takes the other end, which may be silent.
            connection.terminate()
            raise
