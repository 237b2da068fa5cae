"""Putting a fault into the engine and taking it out again: another value in a declaration, other words in code."""

import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """A small change for the worse."""

    name: str
    seeded: Callable[[], AbstractContextManager[None]]
    focus: frozenset[str] = frozenset()
    """What operations have to be about to meet it soon, in the words of the coverage."""
    leaks: bool = False
    """Shows what is not to be seen, so that the test of non-interference has a say as well."""


def swapped(target: Any, name: str, value: Any) -> Callable[[], AbstractContextManager[None]]:
    """Another value of one attribute, of a frozen dataclass too."""

    @contextmanager
    def seeded() -> Iterator[None]:
        before = getattr(target, name)
        object.__setattr__(target, name, value)
        try:
            yield
        finally:
            object.__setattr__(target, name, before)

    return seeded


def rewritten(function: Any, old: str, new: str) -> Callable[[], AbstractContextManager[None]]:
    """Other words in the source of a function, wherever it is known by name.

    old  must stand in it exactly once
    """
    function = getattr(function, "fget", None) or getattr(function, "func", None) or inspect.unwrap(function)

    @contextmanager
    def seeded() -> Iterator[None]:
        before = function.__code__
        function.__code__ = _code(function, old, new)
        try:
            yield
        finally:
            function.__code__ = before

    return seeded


def _code(function: Any, old: str, new: str) -> Any:
    source = textwrap.dedent(inspect.getsource(function))
    if source.count(old) != 1:
        raise LookupError(f"{function.__qualname__} holds {old!r} {source.count(old)} times: write the fault anew")
    made = dict(function.__globals__)
    exec(compile(source.replace(old, new), inspect.getfile(function), "exec"), made)
    changed = made[function.__name__]
    return (getattr(changed, "fget", None) or getattr(changed, "func", None) or inspect.unwrap(changed)).__code__
