"""Spans for a collector that speaks OpenTelemetry's protocol over HTTP.

The library batches and sends in a thread of its own, from a queue that drops what does not fit. Of errors a span tells
the type alone: their words could be somebody's.
"""

import asyncio
import logging
import threading
from contextvars import ContextVar, Token
from types import TracebackType
from typing import TYPE_CHECKING, Any

import structlog
from opentelemetry import context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span as LibrarySpan
from opentelemetry.trace import SpanKind, Status, StatusCode, Tracer, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from api.exchange import Exchange
from resolvers.engine.document import Documents
from resolvers.engine.spans import UNMEASURED, Span

if TYPE_CHECKING:
    from api.graphql import Told

TRACES = "/v1/traces"
SERVICE = "ketu"
SECONDS_TO_FLUSH = 2
"""At the end of the process."""
FIRST_OF_OURS = 500
"""Statuses from here on are not the client's fault."""
METHODS = frozenset({"GET", "POST"})
PREFIX = "ketu."
CONVENTIONS = {
    "operation": "graphql.operation.name",
    "operation_type": "graphql.operation.type",
    "method": "http.request.method",
    "status": "http.response.status_code",
    "error": "error.type",
}
"""What others have given a name; the rest is ours and begins with PREFIX."""

log = structlog.get_logger()

_at: ContextVar["Measured | None"] = ContextVar("ketu_span", default=None)
"""The span that the running code is within."""


class Measured:
    """A span of the library's."""

    __slots__ = ("_before", "_span")

    def __init__(self, span: LibrarySpan) -> None:
        self._span = span
        self._before: Token[Measured | None] | None = None

    def __enter__(self) -> "Measured":
        self._before = _at.set(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._before is not None:
            _at.reset(self._before)
        if kind is not None:
            self.tell("error", kind.__name__)

    @property
    def within(self) -> context.Context:
        """Where its parts begin."""
        return set_span_in_context(self._span, context.Context())

    def tell(self, name: str, value: str | bool | int) -> None:
        self._span.set_attribute(CONVENTIONS.get(name) or PREFIX + name, value)

    def end(self, *, failed: bool) -> None:
        """Hand it over."""
        if failed:
            self._span.set_status(Status(StatusCode.ERROR))
        self._span.end()


class Part(Measured):
    """One that ends with its block."""

    __slots__ = ()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        super().__exit__(kind, error, at)
        self.end(failed=kind is not None)


class Telemetry:
    """Spans of questions and mutations: the request, its commands, plans and statements."""

    def __init__(self, endpoint: str) -> None:
        """endpoint  of the collector, without the path of traces"""
        _log_troubles()
        self._exporter = OTLPSpanExporter(endpoint=endpoint + TRACES)
        # Where the library's own variables name another service, theirs holds.
        resource = Resource.create({SERVICE_NAME: SERVICE}).merge(OTELResourceDetector().detect())
        # The library's own flush at the exit of the interpreter waits for as long as the collector likes.
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(self._exporter))
        self._tracer: Tracer = self._provider.get_tracer(SERVICE)
        self._propagator = TraceContextTextMapPropagator()

    def request(self, exchange: Exchange, request_id: str) -> Measured:
        """A request to `/graphql`; a part of the trace that it says it is a part of."""
        method = exchange.method if exchange.method in METHODS else "_OTHER"
        said = exchange.header(b"traceparent")
        parent = (
            context.Context() if said is None else self._propagator.extract({"traceparent": said}, context.Context())
        )
        span = Measured(self._tracer.start_span(f"{method} /graphql", parent, SpanKind.SERVER))
        span.tell("method", method)
        span.tell("request_id", request_id)
        return span

    def answered(self, told: "Told", code: str, status: int, documents: Documents) -> None:
        """The end of a request, and what became of it."""
        span = told.span
        assert isinstance(span, Measured)
        span.tell("code", code)
        span.tell("status", status)
        if told.reader is not None:
            span.tell("staff_id", told.reader.subject.staff_id)
        if told.meter is not None and told.meter.cost is not None:
            span.tell("cost", told.meter.cost)
        asked = told.parameters
        # What a client calls an operation may be anything until there is one of that name.
        if asked is not None and documents.knows(asked.query, asked.operation_name):
            node = documents.operation(asked.query, asked.operation_name).node
            span.tell("operation_type", node.operation.value)
            if node.name is not None:
                span.tell("operation", node.name.value)
        span.end(failed=status >= FIRST_OF_OURS)

    def begun(self, name: str) -> Span:
        """A part of what the running code is within; nothing where that is no request, as in a subscription."""
        whole = _at.get()
        if whole is None:
            return UNMEASURED
        kind = SpanKind.CLIENT if name == "statement" else SpanKind.INTERNAL
        return Part(self._tracer.start_span(name, whole.within, kind))

    async def close(self) -> None:
        """Send what is left, as far as the collector takes it in time."""
        flushing = threading.Thread(target=self._provider.shutdown, name="telemetry-flush", daemon=True)
        flushing.start()
        await asyncio.to_thread(flushing.join, SECONDS_TO_FLUSH)
        if flushing.is_alive():
            log.warning("telemetry.unsent")
            self._exporter.shutdown()


class _Troubles(logging.Handler):
    """What the library says goes into our log."""

    def emit(self, record: logging.LogRecord) -> None:
        log.warning("telemetry.trouble", said=record.getMessage())


def _log_troubles() -> None:
    library: Any = logging.getLogger("opentelemetry")
    if not any(isinstance(handler, _Troubles) for handler in library.handlers):
        library.addHandler(_Troubles(logging.WARNING))
    library.propagate = False
