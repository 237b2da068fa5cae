"""How much one client may ask for at once and lastingly: a leaky bucket per user account, filled by what requests cost.

Each process keeps its own buckets, with its share of what a client may have: docs/decisions/0041-rate-limits.md.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from api.http_problem import HttpProblem
from domain.shared.problem import ProblemCode

MOST_KEPT = 50_000
"""Buckets, of some hundred bytes each; the one untouched for longest leaves first, and is usually empty by then."""


class RateLimited(HttpProblem):
    """The client has to wait."""

    def __init__(self, *, burst: int, per_second: int, seconds: int) -> None:
        super().__init__(
            429,
            f"Your requests have cost too much for the moment: {burst:,} may be asked for at once, and {per_second:,} "
            f"come back each second. Try again in {seconds} s, or ask for less.",
            code=ProblemCode.RATE_LIMITED,
            headers=((b"retry-after", b"%d" % seconds),),
        )


class RateLimits:
    """The buckets of this process."""

    def __init__(self, *, burst: int, per_second: int, clock: Callable[[], float] = time.monotonic) -> None:
        """per_second  0 for no limit at all"""
        self.burst = burst
        self._per_second = per_second
        self._clock = clock
        self._empty_at: OrderedDict[int, float] = OrderedDict()
        """By user account, when its bucket will have run out: all that has to be kept of it."""

    def must_have_room(self, account_id: int) -> None:
        """Raises RateLimited for a client that may ask for nothing now."""
        if self._per_second and (level := self._level(account_id, self._clock())) >= self.burst:
            raise self._limited(level - self.burst + 1)

    def charge(self, account_id: int, cost: int) -> int:
        """Take `cost` from what the client may ask for; what remains. Raises RateLimited, with nothing taken."""
        if not self._per_second:
            return self.burst
        now = self._clock()
        level = self._level(account_id, now) + cost
        if level > self.burst:
            raise self._limited(level - self.burst)
        return self._keep(account_id, level, now)

    def fine(self, account_id: int, cost: int) -> int:
        """The same for work that is done already: nothing is refused, and what remains is never less than nothing."""
        if not self._per_second:
            return self.burst
        now = self._clock()
        return self._keep(account_id, min(self._level(account_id, now) + cost, self.burst), now)

    def _level(self, account_id: int, now: float) -> float:
        return max(0.0, self._empty_at.get(account_id, now) - now) * self._per_second

    def _keep(self, account_id: int, level: float, now: float) -> int:
        self._empty_at[account_id] = now + level / self._per_second
        self._empty_at.move_to_end(account_id)
        if len(self._empty_at) > MOST_KEPT:
            self._empty_at.popitem(last=False)
        return math.floor(self.burst - level)

    def _limited(self, excess: float) -> RateLimited:
        seconds = max(1, math.ceil(excess / self._per_second))
        return RateLimited(burst=self.burst, per_second=self._per_second, seconds=seconds)
