"""What a request brings along."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from authz.reader import Reader
from domain.shared.problem import Problem, ProblemCode


@dataclass(frozen=True)
class GraphQLRequest:
    """One operation, as the transport read it."""

    query: str
    variables: dict[str, Any]
    operation_name: str | None
    reader: Reader
    request_id: str | None = None
    purpose: str | None = None
    """What the client says that it asks for; kept in the access log."""
    may_change: bool = True
    """Whether the transport allows mutations; a GET does not."""
    charge: Callable[[int], None] | None = None
    """Told what the request costs before anything of it is executed. Raises Problem where that is too much now."""
    position: int | None = None
    """What its client has seen: a replica that has replayed it may answer; None where only the newest will do."""
    renew: Callable[[], Awaitable[Reader]] | None = None
    """How to read the reader anew."""

    async def renewed(self) -> "GraphQLRequest":
        """The same, asked by the reader as they are now. Raises StaleReader where that cannot be known."""
        if self.renew is None:
            raise StaleReader
        return replace(self, reader=await self.renew())


class NeedsPost(Problem):
    """What is asked for may not come by GET."""

    def __init__(self, message: str) -> None:
        super().__init__(ProblemCode.INVALID_REQUEST, message)


class StaleReader(Problem):
    """Roles, branches, grants or policies have changed since the reader was read; nothing was answered or done."""

    def __init__(self) -> None:
        super().__init__(ProblemCode.UNAVAILABLE, "What you may see is changing just now; try again.")
