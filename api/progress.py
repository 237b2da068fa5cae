"""One line per step on standard error, with its time: what a person sees while a command works."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

CLEAR_LINE = "\r\x1b[K"


class Step:
    """A step under way.

    `note` keeps what it did for the end, `update` shows on a terminal how far it is, `tell` says at once, wherever
    the output goes, why it does not get on.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.result = ""

    def note(self, result: str) -> None:
        self.result = result

    def update(self, so_far: str) -> None:
        if sys.stderr.isatty():
            _write(f"{CLEAR_LINE}  {self.name} … {so_far}")

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
