"""`/graphql`: from the request's bytes to the engine and back, errors included."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
import structlog
from graphql import GraphQLError
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.requests import ClientDisconnect

from api import answers, negotiation
from api.authentication import Claims, Tokens
from api.client_watch import ClientWatch
from api.described import described
from api.exchange import Exchange
from api.finding import found
from api.graphql_parameters import POSITION, Parameters, Rules, parameters_of
from api.http_problem import Headers, HttpProblem, not_allowed
from api.live import event_stream
from api.live.hub import Hub
from api.metering import Meter, Metering
from api.negotiation import CONTENT_TYPES, GRAPHQL_JSON, JSON
from authz.reader import Reader
from authz.subjects import Readers
from domain.shared import position
from domain.shared.database import Database
from domain.shared.problem import Problem, ProblemCode
from domain.shared.turns import Overloaded
from resolvers.context import GraphQLRequest, NeedsPost
from resolvers.engine.document import Documents, GraphQLErrors
from resolvers.engine.execute import Answer, Engine
from resolvers.engine.spans import UNMEASURED, Span

if TYPE_CHECKING:
    from api.telemetry import Telemetry

MORE_HEADERS: Mapping[int, Headers] = {401: [(b"www-authenticate", b"Bearer")]}
"""By status."""
PARTIAL_SUCCESS = 294
"""Of the newer media type: there are data and errors. Clients that do not know it read it as 200."""
CLIENT_CLOSED_REQUEST = 499
ENDING = "This process ends, and did not come to an answer; ask again, with the same idempotencyKey if there was one."
ONLY = "only"
"""Events, and no JSON."""

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
        metering: Metering,
        rules: Rules,
        hub: Hub,
        registry: CollectorRegistry,
        telemetry: "Telemetry | None" = None,
    ) -> None:
        self._engine = engine
        self._database = database
        self._readers = readers
        self._tokens = tokens
        self._metering = metering
        self._rules = rules
        self._hub = hub
        self._telemetry = telemetry
        self._counted = cache(Counter("ketu_graphql_answers", "Answers by code.", ["code"], registry=registry).labels)
        self._seconds = Histogram("ketu_graphql_seconds", "Seconds from request to answer.", registry=registry)

    async def __call__(self, exchange: Exchange) -> None:
        """One request, and its answer."""
        request_id = answers.request_id(exchange.header(b"x-request-id"))
        started = time.perf_counter()
        events = event_stream.is_accepted(exchange)
        media_type = negotiation.answered_in(exchange.header(b"accept"))
        if media_type is None and events:
            media_type, events = GRAPHQL_JSON, ONLY
        told = Told(request_id)
        if self._telemetry is not None:
            told.span = self._telemetry.request(exchange, request_id)
        code = "OK"
        more_headers: Sequence[tuple[bytes, bytes]] = ()
        try:
            if media_type is None:
                raise HttpProblem(406, f"Answers come as {' or '.join(CONTENT_TYPES)}: accept one of them.")
            answer = await self._answered(exchange, told, events=events)
            if answer is None:
                log.info(
                    "live.ended", seconds=round(time.perf_counter() - started), **told.logged(self._engine.documents)
                )
                return
            body, status = (
                answer.enveloped(*told.extensions()),
                PARTIAL_SUCCESS if answer.failed and media_type != JSON else 200,
            )
            if answer.position:
                more_headers = ((POSITION, position.written(answer.position).encode()),)
        except ClientDisconnect:
            body, status, code = b"", CLIENT_CLOSED_REQUEST, "CLIENT_GONE"
        except HttpProblem as problem:
            code, status, more_headers = problem.code.name, problem.status, problem.headers
            body = _errors([{"message": problem.message}], code, told)
        except Problem as problem:
            code = problem.code.name
            status = answers.STATUS[problem.code]
            if media_type == JSON and status == 400:
                # A well-formed request, whatever becomes of it: older clients read its errors only under 200.
                status = 200
            body = _errors([{"message": problem.message}], code, told)
            if problem.code is ProblemCode.INTERNAL:
                log.error("graphql.failed", request_id=request_id, exc_info=problem.__cause__)
            elif problem.code is ProblemCode.UNAVAILABLE:
                more_headers = ((b"retry-after", b"%d" % problem.retry_after),)
                if not isinstance(problem.__cause__, Overloaded):
                    log.warning("graphql.unavailable", request_id=request_id, cause=repr(problem.__cause__))
        except (GraphQLError, GraphQLErrors) as error:
            code, status = ProblemCode.INVALID_REQUEST.name, 200 if media_type == JSON else 400
            each = error.errors if isinstance(error, GraphQLErrors) else [error]
            body = _errors([described(one) for one in each], code, told)
        except Exception:
            code, status = ProblemCode.INTERNAL.name, 500
            log.exception("graphql.failed", request_id=request_id)
            body = _errors([{"message": "Something went wrong on our side."}], code, told)
        seconds = time.perf_counter() - started
        self._counted(code).inc()
        self._seconds.observe(seconds)
        if self._telemetry is not None:
            self._telemetry.answered(told, code, status, self._engine.documents)
        log.info(
            "graphql.answered", code=code, milliseconds=round(seconds * 1000, 2), **told.logged(self._engine.documents)
        )
        headers: Headers = [
            (b"content-type", CONTENT_TYPES[media_type or JSON]),
            (b"x-request-id", request_id.encode()),
            (b"cache-control", b"no-store"),
            (b"server-timing", b"total;dur=%.1f" % (seconds * 1000)),
            *MORE_HEADERS.get(status, ()),
            *more_headers,
        ]
        await exchange.answer(status, headers, body)

    async def _answered(self, exchange: Exchange, told: "Told", *, events: bool | str) -> Answer | None:
        """The answer; None where it went out as events.

        events  whether the client takes them, besides JSON or ONLY: many libraries take both, whatever they ask
        """
        claims = await self._tokens.claims(exchange.header(b"authorization"))
        parameters = await parameters_of(exchange, self._rules)
        if events == ONLY or (events and self._is_subscription(parameters)):
            await self._stream(exchange, claims, parameters, told)
            return None
        username = claims.username
        try:
            with ClientWatch(exchange):
                return await self._execute(username, parameters, told, may_change=exchange.method == "POST")
        except asyncio.CancelledError as cancelled:
            # Its client is still there, so it is the process that ends.
            raise Problem(ProblemCode.UNAVAILABLE, ENDING) from cancelled

    def _is_subscription(self, parameters: Parameters) -> bool:
        return self._engine.documents.operation(parameters.query, parameters.operation_name).is_subscription

    async def _stream(self, exchange: Exchange, claims: Claims, parameters: Parameters, told: "Told") -> None:
        """Answer by events, for as long as both sides want it."""
        told.parameters = parameters
        stream = event_stream.EventStream(exchange, claims, parameters, told.request_id)
        try:
            await stream.run(self._hub, self._engine, self._database)
        except NeedsPost as problem:
            raise not_allowed(problem.message) from problem

    async def _execute(self, username: str, parameters: Parameters, told: "Told", *, may_change: bool) -> Answer:
        reader = await found(self._readers.called, username)
        told.reader, told.parameters = reader, parameters
        told.meter = meter = self._metering.of(reader, parameters.query, parameters.operation_name)
        asked = GraphQLRequest(
            parameters.query,
            parameters.variables,
            parameters.operation_name,
            reader,
            request_id=told.request_id,
            purpose=parameters.purpose,
            may_change=may_change,
            charge=meter.charge,
            position=parameters.position,
            renew=lambda: found(self._readers.renewed, username),
        )
        try:
            with told.span:
                return await self._engine.execute(self._database, asked)
        except NeedsPost as problem:
            raise not_allowed(problem.message) from problem


def _errors(errors: list[dict[str, Any]], code: str, told: "Told") -> bytes:
    extensions = {"code": code, "requestId": told.request_id}
    listed = orjson.dumps([{**error, "extensions": extensions} for error in errors])
    more = b"".join(b',"extensions":{%s}' % each for each in told.extensions())
    return b'{"errors":' + listed + more + b"}"


class Told:
    """What is known of a request so far, for its answer and for the log."""

    __slots__ = ("meter", "parameters", "reader", "request_id", "span")

    def __init__(self, request_id: str) -> None:
        self.request_id = request_id
        self.reader: Reader | None = None
        self.parameters: Parameters | None = None
        self.meter: Meter | None = None
        self.span: Span = UNMEASURED

    def extensions(self) -> tuple[bytes, ...]:
        """Of the answer."""
        return () if self.meter is None else (self.meter.extension(),)

    def logged(self, documents: Documents) -> dict[str, Any]:
        """Nothing that could be somebody's: no name of an operation that its document does not have."""
        logged: dict[str, Any] = {"request_id": self.request_id}
        if self.reader is not None:
            logged["staff_id"] = self.reader.subject.staff_id
        if (asked := self.parameters) is not None:
            is_real = documents.knows(asked.query, asked.operation_name)
            logged["operation"] = asked.operation_name if is_real else None
        if self.meter is not None:
            logged["cost"] = self.meter.cost
        return logged
