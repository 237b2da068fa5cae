"""Operations over a WebSocket by the sub-protocol graphql-transport-ws.

https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import orjson
import structlog
from starlette.types import Message, Receive, Scope, Send

from api import answers
from api.authentication import Claims
from api.graphql_parameters import Parameters, parameters_in, purpose_of
from api.http_problem import malformed
from api.live.asking import code_of, errors_of, request_of
from api.live.client import GOING_AWAY, TOO_SLOW, UNAUTHENTICATED, Errors
from api.live.hub import Hub
from api.live.outlet import Outlet
from api.live.transport import abort_later
from api.live.watcher import Watcher
from api.trusted_documents import TrustedDocuments
from domain.shared.database import Database
from domain.shared.problem import Problem, ProblemCode, too_complex
from resolvers.engine.execute import Engine

SUBPROTOCOL = "graphql-transport-ws"
SECONDS_TO_BEGIN = 5
"""For the client's first message."""
LONGEST_ID = 200
LONGEST_REASON = 120
"""Bytes; a close frame holds little more."""
BAD_REQUEST, UNAUTHORIZED, FORBIDDEN = 4400, 4401, 4403
WRONG_SUBPROTOCOL, TOO_LATE, ID_TAKEN, BEGUN_TWICE, INTERNAL = 4406, 4408, 4409, 4429, 4500
AWAY, TRY_AGAIN = 1001, 1013
ENDS = {UNAUTHENTICATED: FORBIDDEN, TOO_SLOW: TRY_AGAIN, GOING_AWAY: AWAY}

log = structlog.get_logger()


class Closing(Exception):
    """The socket is closed because of what the client did."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class SocketEndpoint:
    """Takes sockets."""

    def __init__(self, hub: Hub, engine: Engine, database: Database, trusted: TrustedDocuments) -> None:
        self.hub, self.engine, self.database, self.trusted = hub, engine, database, trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One of them, until it is closed."""
        await receive()  # That it wants to connect.
        socket = Socket(self, scope, receive, send)
        try:
            self.hub.enter(socket)
        except Problem as problem:
            headers = [(b"retry-after", b"1"), (b"content-type", b"text/plain")]
            await send({"type": "websocket.http.response.start", "status": 503, "headers": headers})
            await send({"type": "websocket.http.response.body", "body": problem.message.encode()})
            return
        try:
            await socket.run()
        except OSError:
            pass  # The client went away while something was sent to it.
        finally:
            self.hub.leave(socket)
            socket.left()


class Socket:
    """One client."""

    def __init__(self, endpoint: SocketEndpoint, scope: Scope, receive: Receive, send: Send) -> None:
        self._endpoint, self._scope, self._receive, self._send = endpoint, scope, receive, send
        self.authorization: str | None = None
        self.claims: Claims | None = None
        self.may_change = True
        self.purpose: str | None = None
        self.outlet = Outlet(self._send_text)
        self._began = self._acknowledged = self._closing = False
        self._operations: dict[str, Watcher | asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    async def run(self) -> None:
        """Take its messages in their order."""
        if SUBPROTOCOL not in self._scope["subprotocols"]:
            await self._send({"type": "websocket.accept"})
            await self._close(WRONG_SUBPROTOCOL, f"The sub-protocol here is {SUBPROTOCOL}.")
            return
        await self._send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        loop = asyncio.get_running_loop()
        timer = loop.call_later(SECONDS_TO_BEGIN, self._close_soon, TOO_LATE, "Connection initialisation timeout.")
        try:
            while (message := await self._receive())["type"] != "websocket.disconnect":
                try:
                    await self._take(message)
                except Closing as closing:
                    await self._close(closing.code, closing.reason)
                except Exception:
                    log.exception("live.failed")
                    await self._close(INTERNAL, "Something went wrong on our side.")
                if self._acknowledged:
                    timer.cancel()
        finally:
            timer.cancel()

    def left(self) -> None:
        """It is closed."""
        self.outlet.close()
        for key in list(self._operations):
            self._complete(key)
        for task in self._tasks:
            task.cancel()

    # Messages

    async def _take(self, message: Message) -> None:
        if self._closing:
            return
        content = _parsed(message)
        match content.get("type"):
            case "connection_init":
                await self._begin(content)
            case "ping":
                self.outlet.put("pong", _message(type="pong", **_payload(content)))
            case "pong":
                pass
            case "subscribe":
                self._subscribe(_id(content), content.get("payload"))
            case "complete":
                self._complete(_id(content))
            case _:
                raise Closing(BAD_REQUEST, "A message is of a type of the sub-protocol.")

    async def _begin(self, content: Mapping[str, Any]) -> None:
        if self._began:
            raise Closing(BEGUN_TWICE, "Too many initialisation requests.")
        self._began = True
        payload = content.get("payload")
        if payload is not None and not isinstance(payload, dict):
            raise Closing(BAD_REQUEST, "The payload of connection_init is an object.")
        given = {str(key).lower(): value for key, value in (payload or {}).items()}
        self.authorization = _text(given, "authorization") or self._header(b"authorization")
        try:
            self.purpose = purpose_of(_text(given, "x-purpose") or self._header(b"x-purpose"))
            self.claims = await self._endpoint.hub.tokens.claims(self.authorization)
        except Problem as problem:
            code = {ProblemCode.UNAUTHENTICATED: FORBIDDEN, ProblemCode.UNAVAILABLE: TRY_AGAIN}
            raise Closing(code.get(problem.code, BAD_REQUEST), problem.message) from problem
        self._acknowledged = True
        self.outlet.put("connection_ack", _message(type="connection_ack"))

    def _subscribe(self, key: str, payload: Any) -> None:
        if not self._acknowledged:
            raise Closing(UNAUTHORIZED, "Unauthorized")
        if key in self._operations:
            raise Closing(ID_TAKEN, f"Subscriber for {key[:40]} already exists")
        try:
            if not isinstance(payload, dict):
                raise malformed('The payload is an object: {"query": …, "variables": …, "operationName": …}.')
            asked = parameters_in(payload, self.purpose, self._endpoint.trusted)
        except Problem as problem:
            raise Closing(BAD_REQUEST, problem.message) from problem
        self._operations[key] = self._task(self._operate(key, asked, answers.request_id()))

    def _complete(self, key: str) -> None:
        """The operation is over, for whatever reason."""
        operation = self._operations.pop(key, None)
        if isinstance(operation, Watcher):
            self._endpoint.hub.unwatch(operation)
            self.outlet.drop(key)
        elif operation is not None and operation is not asyncio.current_task():
            operation.cancel()

    # Operations

    async def _operate(self, key: str, asked: Parameters, request_id: str) -> None:
        hub = self._endpoint.hub
        told = {"request_id": request_id, "operation": asked.operation_name, "way": SUBPROTOCOL}
        code = "OK"
        try:
            if len(self._operations) > hub.limits.per_client:
                raise too_complex(f"A socket holds {hub.limits.per_client} operations: end some, or open another one.")
            request = await request_of(hub.readers, self, asked, request_id, metering=hub.metering)
            told["staff_id"] = request.reader.subject.staff_id
            if self._endpoint.engine.read(request)[0].is_subscription:
                watcher = await hub.watch(self, key, asked, request_id, None)
                if self._operations.get(key) is asyncio.current_task():
                    self._operations[key] = watcher
                else:
                    hub.unwatch(watcher)
            else:
                answer = await self._endpoint.engine.execute(self._endpoint.database, request)
                # Two messages under keys of their own: neither takes the other's place.
                self.outlet.put((key, "next"), _next(key, answer.body))
                self.outlet.put((key, "complete"), _message(id=key, type="complete"))
                self._operations.pop(key, None)
        except Exception as error:
            code = code_of(error).name
            if code == ProblemCode.INTERNAL.name:
                log.error("live.failed", request_id=request_id, exc_info=error)
            if code == ProblemCode.UNAUTHENTICATED.name:
                self.end(UNAUTHENTICATED, str(error))
            self._failed(key, errors_of(error, request_id))
        finally:
            log.info("live.asked", code=code, **told)

    def show(self, watcher: Watcher, event_id: str, body: bytes) -> None:
        self.outlet.put(watcher.key, _next(str(watcher.key), body))

    def fail(self, watcher: Watcher, errors: Errors) -> None:
        self._failed(str(watcher.key), errors)

    def _failed(self, key: str, errors: Errors) -> None:
        self._complete(key)
        self.outlet.put((key, "error"), _message(id=key, type="error", payload=errors))

    # The end

    def end(self, code: str, message: str) -> None:
        self._close_soon(ENDS[code], message)

    def breathe(self) -> None:
        """The server's own pings do."""

    def _close_soon(self, code: int, reason: str) -> None:
        if not self._closing:
            self._task(self._close(code, reason))

    async def _close(self, code: int, reason: str) -> None:
        """With nothing sent after it; a client that takes nothing is cut off."""
        if self._closing:
            return
        self._closing = True
        for key in list(self._operations):
            self._complete(key)
        log.info("live.closed", status=code)
        with abort_later(self._send):
            if code != TRY_AGAIN:
                await self.outlet.emptied()
            self.outlet.close()
            with suppress(OSError, RuntimeError):
                reason = reason.encode()[:LONGEST_REASON].decode(errors="ignore")
                await self._send({"type": "websocket.close", "code": code, "reason": reason})

    def _task(self, work: Any) -> "asyncio.Task[None]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _header(self, name: bytes) -> str | None:
        found = next((value for key, value in self._scope["headers"] if key == name), None)
        return None if found is None else found.decode("latin-1")

    async def _send_text(self, message: bytes) -> None:
        await self._send({"type": "websocket.send", "text": message.decode()})


def _parsed(message: Message) -> Mapping[str, Any]:
    text = message.get("text")
    if text is None:
        raise Closing(BAD_REQUEST, "Messages are text.")
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Closing(BAD_REQUEST, "A message is JSON.") from error
    if not isinstance(content, dict):
        raise Closing(BAD_REQUEST, "A message is an object.")
    return content


def _id(content: Mapping[str, Any]) -> str:
    key = content.get("id")
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_ID:
        raise Closing(BAD_REQUEST, f"The id of an operation is a text of 1 to {LONGEST_ID} characters.")
    return key


def _payload(content: Mapping[str, Any]) -> dict[str, Any]:
    payload = content.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise Closing(BAD_REQUEST, "The payload of a ping is an object.")
    return {} if payload is None else {"payload": payload}


def _text(given: Mapping[str, Any], name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise Closing(BAD_REQUEST, f"{name} in the payload of connection_init is a text.")
    return value


def _message(**content: Any) -> bytes:
    return orjson.dumps(content)


def _next(key: str, body: bytes) -> bytes:
    return b'{"id":' + orjson.dumps(key) + b',"type":"next","payload":' + body + b"}"
