"""One line per step on standard error, with its time: what a person sees while a command works."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_BETWEEN_LINES = 30
"""Where the output is no terminal but a file that grows."""
CLEAR_LINE = "\r\x1b[K"


class Step:
    """A step under way.

    `note` keeps what it did for the end; `update` shows how far it is, on a terminal at once, elsewhere a line now and
    then; `tell` says at once, wherever the output goes, why it does not get on.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.result = ""
        self._told_at = time.monotonic()

    def note(self, result: str) -> None:
        self.result = result

    def update(self, so_far: str) -> None:
        if sys.stderr.isatty():
            _write(f"{CLEAR_LINE}  {self.name} … {so_far}")
        elif time.monotonic() - self._told_at >= SECONDS_BETWEEN_LINES:
            self._told_at = time.monotonic()
            _write(f"  {self.name} … {so_far}\n")

    def tell(self, reason: str) -> None:
        if sys.stderr.isatty():
            self.update(reason)
        else:
            _write(f"  {self.name} … {reason}\n")


@contextmanager
def step(name: str) -> Iterator[Step]:
    """Name the step before the work, its result and seconds after it."""
    current, begun = Step(name), time.monotonic()
    if sys.stderr.isatty():
        _write(f"  {name} …")
    try:
        yield current
    except BaseException:
        _close("✗", name, "", begun)
        raise
    _close("✓", name, current.result, begun)


def _close(mark: str, name: str, result: str, begun: float) -> None:
    start = CLEAR_LINE if sys.stderr.isatty() else ""
    described = f"{name}: {result}" if result else name
    _write(f"{start}{mark} {described} ({time.monotonic() - begun:.1f} s)\n")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
