"""Who gets a connection next, where there are fewer than are asked for: docs/decisions/0055-overload.md."""

import asyncio
import math
import time
from collections import Counter, OrderedDict
from collections.abc import Callable

LIGHT_ONES_AHEAD = 4
"""So many go before a heavy one that waits, where both may."""
SECONDS_TO_WAIT = 5
"""Before a request is told to try again."""
SECONDS_FOR_HEAVY = 30
"""The same of heavy ones: their turn comes later."""
PLACES = 300
"""To wait in, where nothing else is set."""


class Overloaded(TimeoutError):
    """There are too many requests for this one to be begun. The message is for the client developer, in English."""

    def __init__(self, message: str, *, seconds: int) -> None:
        """seconds  after which there should be room"""
        super().__init__(f"{message} Try again in {seconds} s.")
        self.seconds = seconds


class Guest:
    """Who asks for connections: one request, or the house itself."""

    __slots__ = ("account_id", "is_heavy", "is_in")

    def __init__(self, account_id: int | None = None, *, is_heavy: bool = False, is_in: bool = False) -> None:
        """is_heavy  leaves others their share; stays as it is while a connection is held
        is_in     is not refused any more: what has begun is carried on, however often it needs a connection
        """
        self.account_id, self.is_heavy, self.is_in = account_id, is_heavy, is_in


HOUSE = Guest(is_in=True)
"""What happens beside requests, and there is little of at any time."""


class Line:
    """Guests of one kind who wait, the longest first."""

    def __init__(self, kind: str, *, patience: float, clock: Callable[[], float]) -> None:
        """patience  seconds that one may wait"""
        self.kind, self.patience = kind, patience
        self._clock = clock
        self.waiting: OrderedDict[asyncio.Future[None], Guest] = OrderedDict()
        self._last, self._apart = 0.0, 0.0
        """When the last turn came, and the seconds from one to the next while somebody waits."""

    def enter(self, guest: Guest) -> asyncio.Future[None]:
        """What is done when the guest's turn comes."""
        if not self.waiting:
            self._last = self._clock()
        turn = asyncio.get_running_loop().create_future()
        self.waiting[turn] = guest
        return turn

    def next(self) -> Guest | None:
        """Whose turn it is now; None where nobody waits any more."""
        while self.waiting:
            turn, guest = self.waiting.popitem(last=False)
            if not turn.done():
                now = self._clock()
                self._apart += (now - self._last - self._apart) / 4
                self._last = now
                turn.set_result(None)
                return guest
        return None

    def seconds(self) -> int:
        """Until who waits now has gone, as fast as they go; nobody waits longer than patience lasts."""
        apart = max(self._apart, self._clock() - self._last) if self.waiting else 0.0
        return max(1, math.ceil(min(self.patience, len(self.waiting) * apart)))


class Turns:
    """So many connections of one kind, and two lines in front of them.

    Heavy guests have half of the connections, and half of the places, at most; so has one account of the places.
    """

    def __init__(self, connections: int, *, places: int = PLACES, clock: Callable[[], float] = time.monotonic) -> None:
        self._free = connections
        self._free_for_heavy = max(1, connections // 2)
        self._places, self._share = places, max(1, places // 2)
        self._light = Line("light", patience=SECONDS_TO_WAIT, clock=clock)
        self._heavy = Line("heavy", patience=SECONDS_FOR_HEAVY, clock=clock)
        self._by_account: Counter[int] = Counter()
        self._ahead = 0
        """Light ones since the last heavy one that could have come before them."""
        self.refused: Counter[tuple[str, str]] = Counter()
        """By kind and reason."""

    def waiting(self) -> dict[str, int]:
        """How many wait, by kind."""
        return {line.kind: len(line.waiting) for line in (self._light, self._heavy)}

    def is_taken_by(self, guest: Guest) -> bool:
        """Whether it was the guest's turn at once. Nobody is overtaken: who waits could not have been given it."""
        if not self._free:
            return False
        if guest.is_heavy:
            if not self._free_for_heavy:
                return False
            self._free_for_heavy -= 1
        self._free -= 1
        guest.is_in = True
        return True

    async def come(self, guest: Guest) -> None:
        """Wait until it is the guest's turn.

        raises  Overloaded  where there is no place to wait in, or the turn does not come in time
        """
        line = self._heavy if guest.is_heavy else self._light
        if not guest.is_in:
            self.must_have_place(guest)
            guest.is_in = True
        turn = line.enter(guest)
        account_id = guest.account_id
        if account_id is not None:
            self._by_account[account_id] += 1
        try:
            async with asyncio.timeout(line.patience):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():
                # It came just as it was given up.
                self.give_back(guest)
            else:
                line.waiting.pop(turn, None)
            if isinstance(error, TimeoutError):
                message = f"The database did not come to this request within {line.patience} s."
                raise self._overloaded(line, "late", message) from None
            raise
        finally:
            if account_id is not None:
                self._by_account[account_id] -= 1
                if not self._by_account[account_id]:
                    del self._by_account[account_id]

    def give_back(self, guest: Guest) -> None:
        """The guest's turn is over: somebody else's comes."""
        self._free += 1
        self._free_for_heavy += guest.is_heavy
        if self._light.waiting or self._heavy.waiting:
            self._call()

    def _call(self) -> None:
        heavy_may = bool(self._free_for_heavy and self._heavy.waiting)
        if heavy_may and self._ahead >= LIGHT_ONES_AHEAD:
            lines = (self._heavy, self._light)
        else:
            lines = (self._light, self._heavy) if heavy_may else (self._light,)
        for line in lines:
            guest = line.next()
            if guest is not None:
                self._ahead = self._ahead + 1 if heavy_may and not guest.is_heavy else 0
                self.is_taken_by(guest)
                return

    def must_have_place(self, guest: Guest) -> None:
        """Raises Overloaded where there is none to wait in; nothing of the guest's request has been begun."""
        line = self._heavy if guest.is_heavy else self._light
        waiting = len(self._light.waiting) + len(self._heavy.waiting)
        if waiting >= self._places:
            raise self._overloaded(line, "full", "Too many requests wait already, so this one was not begun.")
        if guest.is_heavy and len(self._heavy.waiting) >= self._share:
            message = "Too many large requests wait already, so this one was not begun. Ask for less at once."
            raise self._overloaded(line, "share", message)
        if guest.account_id is not None and self._by_account[guest.account_id] >= self._share:
            message = "Too many requests of yours wait already, so this one was not begun. Send fewer at the same time."
            raise self._overloaded(line, "account", message)

    def _overloaded(self, line: Line, reason: str, message: str) -> Overloaded:
        self.refused[line.kind, reason] += 1
        return Overloaded(message, seconds=line.seconds())
