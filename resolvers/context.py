"""What a request brings along."""

from dataclasses import dataclass
from typing import Any

from authz.reader import Reader


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
