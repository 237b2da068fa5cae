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
