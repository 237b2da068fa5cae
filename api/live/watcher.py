"""One subscription of one client."""

from collections.abc import Hashable

from api.graphql_parameters import Parameters
from api.live.client import Client
from domain.outbox.stream import Audience
from resolvers.engine.live import Seen


class Watcher:
    """What has to be kept of a subscription between two answers; there may be thousands."""

    __slots__ = (
        "asked",
        "audience",
        "client",
        "is_dirty",
        "is_over",
        "is_queued",
        "is_running",
        "is_shown",
        "key",
        "ran_at",
        "request_id",
        "seen",
        "username",
    )

    def __init__(self, client: Client, key: Hashable, asked: Parameters, request_id: str, username: str) -> None:
        self.client = client
        self.key = key
        self.asked = asked
        self.request_id = request_id
        self.username = username
        self.audience: Audience = ""
        self.seen: Seen | None = None
        """What the client saw last."""
        self.is_shown = False
        """There was an answer."""
        self.is_queued = self.is_running = self.is_dirty = self.is_over = False
        self.ran_at = float("-inf")
