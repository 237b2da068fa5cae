"""Subscriptions: one compiled plan, run again whenever something happens to what it is about, under the scope of the
moment. What an event says never reaches a client; only what the plan answers does.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from graphql.execution.values import get_argument_values, get_variable_values

from domain.outbox.model import UpdateKind
from domain.outbox.stream import NOW
from domain.shared.database import Database
from domain.shared.problem import invalid
from resolvers.context import GraphQLRequest
from resolvers.engine.edges import Live
from resolvers.engine.inputs import Trace
from resolvers.engine.marks import unmarked
from resolvers.engine.parameters import Request
from resolvers.engine.plan import Plan
from resolvers.engine.roots import SUBSCRIPTION

if TYPE_CHECKING:
    from resolvers.engine.execute import Engine

EVENT_ID = re.compile(r"([0-9a-f]{1,16})-([0-9a-f]{16})")
STANDING = (
    sa.literal_column(NOW).label("position"),
    sa.literal_column("(SELECT transaction_id FROM ketu.outbox_horizon)").label("horizon"),
)
"""Beside the data: where the statement stood in the stream of events, and up to where events may be gone."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a client says that it has seen, in the form of the id of an event."""

    position: int
    digest: bytes

    def __str__(self) -> str:
        return f"{self.position:x}-{self.digest.hex()}"

    @classmethod
    def read(cls, event_id: str) -> "Seen":
        """Raises Problem."""
        found = EVENT_ID.fullmatch(event_id)
        if found is None:
            raise invalid("after is not the id of an event of this graph. Use it as it was received, or leave it out.")
        return cls(int(found[1], 16), bytes.fromhex(found[2]))


@dataclass(frozen=True, slots=True)
class Begun:
    """What a subscription is about."""

    audience: str
    after: Seen | None


@dataclass(frozen=True, slots=True)
class State:
    """The answer of the moment."""

    request: GraphQLRequest
    plan: Plan
    data: bytes
    customer_ids: tuple[int, ...]
    seen: Seen
    horizon: int

    def kind(self, before: Seen | None, *, is_first: bool) -> UpdateKind:
        """What the client is to make of it."""
        if before is not None and is_first and not self.horizon < before.position <= self.seen.position:
            return UpdateKind.GAP
        if before is None or before.digest == self.seen.digest:
            return UpdateKind.PRESENT
        return UpdateKind.CHANGED


class Subscriptions:
    """Answers the operations that are answered again and again."""

    def __init__(self, engine: "Engine", *, secret: bytes) -> None:
        """secret  makes digests of answers worthless to those who do not know it; one for all processes"""
        self._engine = engine
        self._secret = secret
        # They stand in the statement's answer for what differs between two answers that tell the same. Nobody can guess
        # them, to write them into a text, and a client that comes back to another process is compared by the same ones.
        self._outcome = {
            name: hashlib.blake2b(name.encode(), key=secret, digest_size=16).hexdigest() for name in ("eventId", "kind")
        }

    def begun(self, request: GraphQLRequest, *, after: str | None) -> Begun:
        """Read a subscription; nothing is asked of the database.

        after   the id of the last event that the client has seen, where that is not an argument

        raises  Problem, GraphQLError  what is wrong with it
        """
        engine = self._engine
        operation, variables, _ = engine.charged(request)
        compiler = engine.compiler(operation, Trace(variables), request.reader.shape)
        fields = compiler.fields([operation.node.selection_set], SUBSCRIPTION)
        if len(fields) != 1:
            raise invalid("A subscription selects one field.")
        ((node, *_),) = fields.values()
        declaration = engine.graph.plain[SUBSCRIPTION][node.name.value]
        assert isinstance(declaration, Live)
        supplied = get_variable_values(
            engine.schema, operation.node.variable_definitions or (), {**request.variables, **operation.literals}
        )
        root: Any = engine.schema.subscription_type
        arguments = get_argument_values(root.fields[node.name.value], node, supplied)  # pyright: ignore[reportArgumentType]
        seen = after or arguments.get("after")
        begun = Begun(
            declaration.audience(self._anchor(declaration, arguments, request)), Seen.read(seen) if seen else None
        )
        plan = engine.plan(operation, variables, request.reader.shape)
        if plan.needs_python:
            raise invalid("A field that is computed row by row, like Loan.schedule, cannot be subscribed to: query it.")
        if plan.look_ups:
            raise invalid("Look rows up by identifiers in a query; a subscription would go on counting.")
        plan.parameters(Request(variables, request.reader, self._outcome))
        return begun

    def _anchor(self, declaration: Live, arguments: Mapping[str, Any], request: GraphQLRequest) -> int:
        if declaration.argument is None:
            return request.reader.subject.staff_id
        assert declaration.table is not None
        named = self._engine.graph.by_table[declaration.table]
        return self._engine.graph.decode_as(named, arguments[declaration.argument], where=declaration.argument)

    async def state(self, database: Database, request: GraphQLRequest) -> State:
        """What it is answered with now. Raises as `Engine.execute` does."""
        return await self._engine.as_they_are_now(request, lambda asked: self._state(database, asked))

    async def _state(self, database: Database, request: GraphQLRequest) -> State:
        engine = self._engine
        operation, variables = engine.read(request)
        plan = engine.plan(operation, variables, request.reader.shape)
        parameters = plan.parameters(Request(variables, request.reader, self._outcome))
        row = await engine.fetched(database, plan, parameters)
        data, customer_ids = unmarked(row["data"]) if plan.has_marks else (row["data"], ())
        digest = hashlib.blake2b(data, key=self._secret, digest_size=8)
        digest.update(",".join(plan.withheld).encode())
        return State(request, plan, data, customer_ids, Seen(row["position"], digest.digest()), row["horizon"])

    async def shown(self, state: State, kind: UpdateKind) -> bytes:
        """The finished body, once the access log holds whom it tells about. Raises Problem."""
        from resolvers.engine.execute import Answer

        data = state.data
        for name, text in (("eventId", str(state.seen)), ("kind", kind.name)):
            data = data.replace(json.dumps(self._outcome[name]).encode(), json.dumps(text).encode())
        answer = Answer(data, state.plan.withheld, state.customer_ids)
        return (await self._engine.logged(state.request, state.plan, answer, {})).body
