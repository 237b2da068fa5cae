"""`/graphql`: from the request's bytes to the engine and back, errors included."""

import time
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import Any

import orjson
import structlog
from graphql import GraphQLError
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.requests import ClientDisconnect

from api import answers
from api.authentication import Tokens, unauthenticated
from api.client_watch import ClientWatch
from api.exchange import Exchange, Headers
from authz.reader import Reader
from authz.subjects import Readers
from domain.shared.database import Database
from domain.shared.problem import Problem, ProblemCode, invalid
from resolvers.context import GraphQLRequest
from resolvers.engine.document import GraphQLErrors
from resolvers.engine.execute import DATABASE_ERRORS, Engine

LARGEST_BODY = 1_000_000
"""Bytes."""
PURPOSE = b"x-purpose"
"""Header in which a client says what it asks for: kept in the access log beside whom it saw."""
LONGEST_PURPOSE = 200
GRAPHQL_JSON = "application/graphql-response+json"
JSON = "application/json"
CONTENT_TYPES = {name: f"{name}; charset=utf-8".encode() for name in (JSON, GRAPHQL_JSON)}
MORE_HEADERS: Mapping[int, Headers] = {401: [(b"www-authenticate", b"Bearer")], 503: [(b"retry-after", b"1")]}
"""By status."""
CLIENT_CLOSED_REQUEST = 499

log = structlog.get_logger()


class GraphQLEndpoint:
    """Answers queries of signed-in readers."""

    def __init__(
        self,
        *,
        engine: Engine,
        database: Database,
        readers: Readers,
        tokens: Tokens,
        allows_get: bool,
        registry: CollectorRegistry,
    ) -> None:
        self._engine = engine
        self._database = database
        self._readers = readers
        self._tokens = tokens
        self._allows_get = allows_get
        self._counted = cache(Counter("ketu_graphql_answers", "Answers by code.", ["code"], registry=registry).labels)
        self._seconds = Histogram("ketu_graphql_seconds", "Seconds from request to answer.", registry=registry)

    async def __call__(self, exchange: Exchange) -> None:
        """One request, and its answer."""
        request_id = answers.request_id()
        started = time.perf_counter()
        accepted = GRAPHQL_JSON if GRAPHQL_JSON in (exchange.header(b"accept") or "") else JSON
        told: dict[str, Any] = {"request_id": request_id}
        code = "OK"
        try:
            body, status = await self._answered(exchange, told), 200
        except ClientDisconnect:
            body, status, code = b"", CLIENT_CLOSED_REQUEST, "CLIENT_GONE"
        except Problem as problem:
            code = problem.code.name
            status = answers.STATUS[problem.code]
            body = _errors([{"message": problem.message}], code, request_id)
            if problem.code is ProblemCode.INTERNAL:
                log.error("graphql.failed", request_id=request_id, exc_info=problem.__cause__)
            elif problem.code is ProblemCode.UNAVAILABLE:
                log.warning("graphql.unavailable", request_id=request_id, cause=repr(problem.__cause__))
        except (GraphQLError, GraphQLErrors) as error:
            code, status = ProblemCode.INVALID_REQUEST.name, 400
            found = error.errors if isinstance(error, GraphQLErrors) else [error]
            body = _errors([_described(one) for one in found], code, request_id)
        except Exception:
            code, status = ProblemCode.INTERNAL.name, 500
            log.exception("graphql.failed", request_id=request_id)
            body = _errors([{"message": "Something went wrong on our side."}], code, request_id)
        if accepted == JSON and status == 400:
            # A well-formed JSON answer: clients of the older media type read the errors only under 200.
            status = 200
        seconds = time.perf_counter() - started
        self._counted(code).inc()
        self._seconds.observe(seconds)
        log.info("graphql.answered", code=code, milliseconds=round(seconds * 1000, 2), **told)
        headers: Headers = [
            (b"content-type", CONTENT_TYPES[accepted]),
            (b"x-request-id", request_id.encode()),
            (b"cache-control", b"no-store"),
            *MORE_HEADERS.get(status, ()),
        ]
        await exchange.answer(status, headers, body)

    async def _answered(self, exchange: Exchange, told: dict[str, Any]) -> bytes:
        username = await self._tokens.username(exchange.header(b"authorization"))
        parameters = await self._parameters(exchange)
        with ClientWatch(exchange):
            return await self._execute(username, parameters, told)

    async def _execute(self, username: str, parameters: Mapping[str, Any], told: dict[str, Any]) -> bytes:
        reader = await self._found(self._readers.called, username)
        told["staff_id"] = reader.subject.staff_id
        told["operation"] = parameters["operationName"]
        asked = GraphQLRequest(
            parameters["query"],
            parameters["variables"],
            parameters["operationName"],
            reader,
            request_id=told["request_id"],
            purpose=parameters["purpose"],
            may_change=parameters["may_change"],
            renew=lambda: self._found(self._readers.renewed, username),
        )
        return (await self._engine.execute(self._database, asked)).body

    async def _found(self, find: Callable[[str], Awaitable[Reader | None]], username: str) -> Reader:
        try:
            reader = await find(username)
        except DATABASE_ERRORS as error:
            # Whatever it is, the query is not the reason.
            raise Problem(ProblemCode.UNAVAILABLE, "Who is asking cannot be looked up just now; try again.") from error
        if reader is None:
            raise unauthenticated("The user of this token cannot sign in any more.")
        return reader

    async def _parameters(self, exchange: Exchange) -> Mapping[str, Any]:
        if exchange.method == "GET":
            if not self._allows_get:
                raise invalid("Send queries by POST; GET is switched off here.")
            given: Any = exchange.query()
            given["variables"] = _parsed(given.get("variables") or "null", "variables")
        else:
            if (exchange.header(b"content-type") or "").partition(";")[0].strip().lower() != JSON:
                raise invalid(f"Send the query as {JSON}.")
            given = _parsed(await _body(exchange), "The body")
        if not isinstance(given, dict):
            raise invalid('The body must be an object: {"query": …, "variables": …, "operationName": …}.')
        query, variables, name = (given.get(key) for key in ("query", "variables", "operationName"))
        if not isinstance(query, str) or not query.strip():
            raise invalid("`query` must be the text of a GraphQL document.")
        if variables is not None and not isinstance(variables, dict):
            raise invalid("`variables` must be an object.")
        if name is not None and not isinstance(name, str):
            raise invalid("`operationName` must be text.")
        purpose = exchange.header(PURPOSE)
        if purpose is not None and not 0 < len(purpose) <= LONGEST_PURPOSE:
            raise invalid(f"X-Purpose is a text of 1 to {LONGEST_PURPOSE} characters.")
        return {
            "query": query,
            "variables": variables or {},
            "operationName": name or None,
            "purpose": purpose,
            "may_change": exchange.method != "GET",
        }


async def _body(exchange: Exchange) -> bytes:
    body = await exchange.body(most=LARGEST_BODY)
    if body is None:
        raise Problem(ProblemCode.TOO_COMPLEX, f"The body is larger than {LARGEST_BODY:,} bytes.")
    return body


def _parsed(text: str | bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise invalid(f"{what} is not JSON: {error}.") from error


def _described(error: GraphQLError) -> dict[str, Any]:
    described: dict[str, Any] = {"message": error.message}
    if error.locations:
        described["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    return described


def _errors(errors: list[dict[str, Any]], code: str, request_id: str) -> bytes:
    extensions = {"code": code, "requestId": request_id}
    return orjson.dumps({"errors": [{**error, "extensions": extensions} for error in errors]})
