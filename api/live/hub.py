"""Brings together what happens and who watches it: each subscription that an event concerns is answered anew by its own
plan, under its reader's scope of the moment, and what is the same as before is not sent.
"""

import asyncio
from collections import Counter as Tally
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge

from api.authentication import Tokens
from api.graphql_parameters import Parameters
from api.live.asking import code_of, errors_of, request_of
from api.live.client import GOING_AWAY, TOO_SLOW, UNAUTHENTICATED, Client
from api.live.listening import Listening
from api.live.watcher import Watcher
from api.metering import Metering
from authz.subjects import Readers
from domain.outbox.stream import Audience, News
from domain.shared.database import Database
from domain.shared.problem import Problem, ProblemCode, too_complex
from resolvers.engine.live import Subscriptions

SECONDS_APART = 0.2
"""Between two answers of one subscription."""
SECONDS_AFTER_FAILURE = 1.0
SECONDS_BETWEEN_ROUNDS = 1.0
ROUNDS = 10
"""Within so many, each token is looked at as a whole: its key may have been withdrawn."""
ROUNDS_BETWEEN_BREATHS = 12
SECONDS_TO_GO = 2

log = structlog.get_logger()


@dataclass(frozen=True)
class LiveLimits:
    """How much may be watched at once in one process."""

    clients: int
    per_client: int
    per_user: int
    refresh_seconds: int
    """After so long without an answer a subscription is answered anew: deliveries and dates make no events."""
    at_once: int = 4
    """Subscriptions that are answered at the same time: requests need connections, too."""


class Hub:
    """Everybody who watches."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        *,
        database: Database,
        database_url: str,
        readers: Readers,
        tokens: Tokens,
        metering: Metering,
        limits: LiveLimits,
        registry: CollectorRegistry,
    ) -> None:
        self.limits = limits
        self.readers = readers
        self.tokens = tokens
        self.metering = metering
        self.is_stopping = False
        self._subscriptions = subscriptions
        self._database = database
        self._clients: set[Client] = set()
        self._watchers: defaultdict[Audience, set[Watcher]] = defaultdict(set)
        self._per_user: Tally[str] = Tally()
        self._queue: deque[Watcher] = deque()
        self._workers: set[asyncio.Task[None]] = set()
        self._access: int | None = None
        self._empty: asyncio.Event | None = None
        """Set once the last one has gone, where somebody waits for that."""
        self._listening = Listening(database_url, told=self._told, missed=self._mark_all)
        self._listener: asyncio.Task[None] | None = None
        Gauge("ketu_live_clients", "Sockets and event streams.", registry=registry).set_function(
            lambda: len(self._clients)
        )
        Gauge("ketu_live_subscriptions", "Subscriptions.", registry=registry).set_function(self._per_user.total)
        self._events = Counter("ketu_live_events", "Events that were heard of.", registry=registry)
        self._answered = Counter("ketu_live_answers", "Answers that were sent.", registry=registry)
        self._unchanged = Counter("ketu_live_unchanged", "Answers that were as before.", registry=registry)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While the block runs, answers go out."""
        rounds = asyncio.create_task(self._go_round())
        try:
            yield
        finally:
            await self.stop()
            for task in (rounds, self._listener, *self._workers):
                if task is not None:
                    task.cancel()
                    with suppress(asyncio.CancelledError):
                        await task

    async def stop(self) -> None:
        """Let everybody go: this process ends."""
        self.is_stopping = True
        for client in list(self._clients):
            client.end(GOING_AWAY, "This process ends; connect again.")
        self._empty = asyncio.Event()
        if self._clients:
            with suppress(TimeoutError):
                async with asyncio.timeout(SECONDS_TO_GO):
                    await self._empty.wait()

    # Clients

    def enter(self, client: Client) -> None:
        """Somebody has connected. Raises Problem where there are too many."""
        if self.is_stopping or len(self._clients) >= self.limits.clients:
            raise Problem(ProblemCode.UNAVAILABLE, "Too many clients watch here already; try again.")
        self._clients.add(client)

    def leave(self, client: Client) -> None:
        """They are gone; `unwatch` what they watched."""
        self._clients.discard(client)
        if self._empty is not None and not self._clients:
            self._empty.set()

    async def watch(
        self, client: Client, key: Hashable, asked: Parameters, request_id: str, after: str | None
    ) -> Watcher:
        """Begin to answer a subscription.

        raises  Problem, GraphQLError, GraphQLErrors
        """
        assert client.claims is not None
        username = client.claims.username
        if self._per_user[username] >= self.limits.per_user:
            raise too_complex(f"You have {self.limits.per_user} subscriptions here: end some before you begin others.")
        # Counted before anything is waited for: many may begin at once.
        self._per_user[username] += 1
        watcher = Watcher(client, key, asked, request_id, username)
        try:
            request = await request_of(self.readers, client, asked, request_id, metering=self.metering)
            begun = self._subscriptions.begun(request, after=after)
            await self._listens()
        except BaseException:
            self._count_out(username)
            raise
        watcher.audience, watcher.seen = begun.audience, begun.after
        self._watchers[watcher.audience].add(watcher)
        self._mark(watcher)
        return watcher

    def unwatch(self, watcher: Watcher) -> None:
        """Answer it no more."""
        if watcher.is_over:
            return
        watcher.is_over = True
        self._count_out(watcher.username)
        others = self._watchers[watcher.audience]
        others.discard(watcher)
        if not others:
            del self._watchers[watcher.audience]

    def _count_out(self, username: str) -> None:
        self._per_user[username] -= 1
        if not self._per_user[username]:
            del self._per_user[username]

    async def _listens(self) -> None:
        if self._listener is None:
            self._listener = asyncio.create_task(self._listening.run())
        try:
            await self._listening.began()
        except TimeoutError as error:
            raise Problem(ProblemCode.UNAVAILABLE, "The database cannot be reached just now; try again.") from error

    # Events

    def _told(self, news: News) -> None:
        self._events.inc(news.events)
        if self._access is not None and news.access != self._access:
            self._mark_all()
        self._access = news.access
        for audience in news.audiences:
            for watcher in self._watchers.get(audience, ()):
                self._mark(watcher)

    def _mark_all(self) -> None:
        for watchers in self._watchers.values():
            for watcher in watchers:
                self._mark(watcher)

    def _mark(self, watcher: Watcher) -> None:
        """Answer it anew, soon."""
        if watcher.is_running:
            watcher.is_dirty = True
        elif not watcher.is_queued:
            watcher.is_queued = True
            loop = asyncio.get_running_loop()
            wait = watcher.ran_at + SECONDS_APART - loop.time()
            if wait > 0:
                loop.call_later(wait, self._enqueue, watcher)
            else:
                self._enqueue(watcher)

    def _enqueue(self, watcher: Watcher) -> None:
        self._queue.append(watcher)
        if len(self._workers) < self.limits.at_once:
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    async def _work(self) -> None:
        while self._queue:
            watcher = self._queue.popleft()
            watcher.is_queued = watcher.is_dirty = False
            watcher.is_running = True
            await self._answer(watcher)
            watcher.is_running = False
            watcher.ran_at = asyncio.get_running_loop().time()
            if watcher.is_dirty and not watcher.is_over:
                self._mark(watcher)

    async def _answer(self, watcher: Watcher) -> None:
        if watcher.is_over:
            return
        try:
            await self._answer_if_changed(watcher)
        except Exception as error:
            if watcher.is_over:
                return
            self._failed(watcher, error)

    async def _answer_if_changed(self, watcher: Watcher) -> None:
        request = await request_of(self.readers, watcher.client, watcher.asked, watcher.request_id)
        state = await self._subscriptions.state(self._database, request)
        if watcher.is_over:
            return
        before = watcher.seen
        if watcher.is_shown and before is not None and before.digest == state.seen.digest:
            self._unchanged.inc()
            return
        body = await self._subscriptions.shown(state, state.kind(before, is_first=not watcher.is_shown))
        if not watcher.is_over:
            watcher.seen, watcher.is_shown = state.seen, True
            self._answered.inc()
            watcher.client.show(watcher, str(state.seen), body)

    def _failed(self, watcher: Watcher, error: Exception) -> None:
        code = code_of(error)
        if code is ProblemCode.UNAUTHENTICATED:
            watcher.client.end(UNAUTHENTICATED, str(error))
        elif code is ProblemCode.UNAVAILABLE and watcher.is_shown:
            # What was shown still holds as far as is known; it is answered anew once it can be.
            asyncio.get_running_loop().call_later(SECONDS_AFTER_FAILURE, self._mark_if_watched, watcher)
        else:
            if code is ProblemCode.INTERNAL:
                log.error("live.failed", request_id=watcher.request_id, exc_info=error)
            watcher.client.fail(watcher, errors_of(error, watcher.request_id))

    def _mark_if_watched(self, watcher: Watcher) -> None:
        if not watcher.is_over:
            self._mark(watcher)

    # Rounds

    async def _go_round(self) -> None:
        number = 0
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_ROUNDS)
            number += 1
            try:
                await self._look_at_clients(number)
                self._refresh()
            except Exception:
                log.exception("live.failed")

    async def _look_at_clients(self, number: int) -> None:
        for place, client in enumerate(list(self._clients)):
            if client.outlet.is_stuck:
                client.end(TOO_SLOW, "What was sent is not read; connect again.")
                continue
            if number % ROUNDS_BETWEEN_BREATHS == 0:
                client.breathe()
            if client.claims is None:
                continue
            try:
                if place % ROUNDS == number % ROUNDS:
                    await self.tokens.claims(client.authorization)
                else:
                    await self.tokens.still_good(client.claims)
            except Problem as problem:
                if problem.code is ProblemCode.UNAUTHENTICATED:
                    client.end(UNAUTHENTICATED, problem.message)

    def _refresh(self) -> None:
        long_ago = asyncio.get_running_loop().time() - self.limits.refresh_seconds
        for watchers in self._watchers.values():
            for watcher in watchers:
                if watcher.ran_at < long_ago:
                    self._mark(watcher)
