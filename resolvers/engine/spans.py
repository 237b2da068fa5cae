"""Stretches of the work on a request, for whoever measures where its time goes; usually nobody does."""

from types import TracebackType
from typing import Protocol


class Span(Protocol):
    """One of them. It begins and ends with its block."""

    def __enter__(self) -> "Span": ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """An error goes on its way."""
        ...

    def tell(self, name: str, value: str | bool | int) -> None:
        """More about it: nothing that could be somebody's."""
        ...


class Spans(Protocol):
    """Where they begin."""

    def begun(self, name: str) -> Span:
        """A stretch of the work that the caller is at."""
        ...


class _Unmeasured:
    """A span that is none, and where such begin: one for all, so that nothing is made where nobody measures."""

    __slots__ = ()

    def begun(self, name: str) -> "_Unmeasured":
        return self

    def __enter__(self) -> "_Unmeasured":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass

    def tell(self, name: str, value: str | bool | int) -> None:
        pass


UNMEASURED = _Unmeasured()
