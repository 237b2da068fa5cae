"""Hashing passwords by argon2id, in few threads: a hash costs 64 MiB and a twentieth of a second on purpose."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from domain.shared.problem import Problem, ProblemCode

Result = TypeVar("Result")

THREADS = 2
MOST_WAITING = 100


class Passwords:
    """Makes and checks hashes without keeping the event loop waiting."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="argon2")
        self._waiting = 0
        # What is checked in the place of a hash that does not exist, so that it takes as long.
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    async def hash(self, password: str) -> str:
        """The hash to store. Raises Problem UNAVAILABLE when too many wait."""
        return await self._in_thread(lambda: self._hasher.hash(password))

    async def match(self, stored: str | None, password: str) -> bool:
        """Whether `stored` is the hash of `password`; without a hash false, after as long.

        raises  Problem  UNAVAILABLE when too many wait
        """
        return await self._in_thread(lambda: self._verified(stored or self._nobodys, password)) and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether it was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verified(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (Argon2Error, InvalidHashError):
            return False

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        if self._waiting >= MOST_WAITING:
            raise Problem(ProblemCode.UNAVAILABLE, "Too many sign in at this moment; try again.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1
