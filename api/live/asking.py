"""From what a client of a subscription sent to a request of the engine's."""

from graphql import GraphQLError

from api.described import described
from api.finding import found
from api.graphql_parameters import Parameters
from api.live.client import Client, Errors
from api.metering import Metering
from authz.subjects import Readers
from domain.shared.problem import Problem, ProblemCode
from resolvers.context import GraphQLRequest
from resolvers.engine.document import GraphQLErrors


async def request_of(
    readers: Readers, client: Client, asked: Parameters, request_id: str, *, metering: Metering | None = None
) -> GraphQLRequest:
    """What the engine is asked, by the reader as they are known. Raises Problem as `found` does.

    metering  charges for it; None where it is asked again because something has changed
    """
    assert client.claims is not None
    username = client.claims.username
    reader = await found(readers.called, username)
    return GraphQLRequest(
        asked.query,
        asked.variables,
        asked.operation_name,
        reader,
        request_id=request_id,
        purpose=asked.purpose,
        may_change=client.may_change,
        charge=metering.of(reader, asked.query, asked.operation_name).charge if metering else None,
        renew=lambda: found(readers.renewed, username),
    )


def errors_of(error: Exception, request_id: str) -> Errors:
    """What a client is told of it."""
    extensions = {"code": code_of(error).name, "requestId": request_id}
    if isinstance(error, Problem):
        return [{"message": error.message, "extensions": extensions}]
    if isinstance(error, GraphQLError | GraphQLErrors):
        each = error.errors if isinstance(error, GraphQLErrors) else [error]
        return [{**described(one), "extensions": extensions} for one in each]
    return [{"message": "Something went wrong on our side.", "extensions": extensions}]


def code_of(error: Exception) -> ProblemCode:
    """Its stable code."""
    if isinstance(error, Problem):
        return error.code
    is_invalid = isinstance(error, GraphQLError | GraphQLErrors)
    return ProblemCode.INVALID_REQUEST if is_invalid else ProblemCode.INTERNAL
