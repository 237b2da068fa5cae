"""Errors of documents as clients read them."""

from typing import Any

from graphql import GraphQLError


def described(error: GraphQLError) -> dict[str, Any]:
    """What is wrong, and where in the document."""
    described: dict[str, Any] = {"message": error.message}
    if error.locations:
        described["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    return described
