"""Somebody who watches: one socket, or one stream of events."""

from typing import TYPE_CHECKING, Any, Protocol

from api.authentication import Claims
from api.live.outlet import Outlet

if TYPE_CHECKING:
    from api.live.watcher import Watcher

Errors = list[dict[str, Any]]


class Client(Protocol):
    """What the hub knows of it."""

    authorization: str | None
    claims: Claims | None
    """None until it has said who it is."""
    outlet: Outlet
    may_change: bool
    """Whether it may send mutations."""

    def show(self, watcher: "Watcher", event_id: str, body: bytes) -> None:
        """An answer."""
        ...

    def fail(self, watcher: "Watcher", errors: Errors) -> None:
        """There are no more answers, because of these."""
        ...

    def end(self, code: str, message: str) -> None:
        """There are no more answers to anything: the token has ended (UNAUTHENTICATED), the client does not keep up
        (TOO_SLOW), or this process ends (GOING_AWAY).
        """
        ...

    def breathe(self) -> None:
        """Show that the connection lives, where its protocol does not do so by itself."""
        ...


UNAUTHENTICATED, TOO_SLOW, GOING_AWAY = "UNAUTHENTICATED", "TOO_SLOW", "GOING_AWAY"
