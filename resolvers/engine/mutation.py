"""Mutations: each root field is one command in one transaction, answered by the same engine before it commits."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from graphql import FieldNode, OperationDefinitionNode, SelectionSetNode
from graphql.execution.values import get_argument_values, get_variable_values
from strawberry.utils.str_converters import to_snake_case

from authz.reader import Reader
from domain.audit.log import Actor, Event, record
from domain.audit.model import EventKind
from domain.command.ledger import LONGEST_KEY, carried_out
from domain.command.model import Outcome, Refusal, invalid_input, not_found
from domain.quota.model import QuotaKind, Quotas
from domain.quota.service import left, spend
from domain.shared.database import Database
from domain.shared.keys import Keys
from domain.shared.problem import Problem, forbidden, invalid
from resolvers.context import GraphQLRequest, StaleReader
from resolvers.engine import bulk
from resolvers.engine.batch import Batch
from resolvers.engine.bulk import NothingDone, Tally, too_many
from resolvers.engine.compiler import Fields
from resolvers.engine.document import Operation
from resolvers.engine.edges import Command
from resolvers.engine.graph import Graph
from resolvers.engine.inputs import Trace, Variables
from resolvers.engine.marks import unmarked
from resolvers.engine.parameters import Request
from resolvers.engine.roots import MUTATION
from resolvers.engine.secrets import concealed, told

if TYPE_CHECKING:
    from resolvers.engine.execute import Engine


ACCESS = "SELECT number FROM ketu.access_version"
STATE = "SELECT business_date, now() AS now, access.number AS access FROM ketu.bank, ketu.access_version AS access"


@dataclass(frozen=True)
class CommandContext:
    """What a command may use."""

    connection: Any
    """In the command's one transaction."""
    reader: Reader
    actor: Actor
    graph: Graph
    keys: Keys
    quotas: Quotas
    business_date: date
    now: datetime
    is_in_bulk: bool = False
    """What is wrong with the input is the fault of one member of a list."""

    @property
    def staff_id(self) -> int:
        """Who asks."""
        return self.reader.subject.staff_id

    def row_id(self, type_name: str, node_id: str, *path: str) -> int:
        """The row that an id in the input names; Refusal for the id of another type, Problem for none at all."""
        try:
            node, row_id = self.graph.decode(node_id, where=".".join(path))
        except Problem as problem:
            if self.is_in_bulk:
                raise invalid_input(problem.message, *path) from problem
            raise
        if node.name != type_name:
            raise not_found(*path)
        return row_id


@dataclass(frozen=True)
class FieldError:
    """A root field that could not be carried out, among others that were."""

    key: str
    problem: Problem


@dataclass(frozen=True)
class _Part:
    """One root field of the operation."""

    key: str
    name: str
    command: Command
    operation: Operation
    arguments: Mapping[str, Any]


class Pinned(Database):
    """A database of one connection: what is read sees what the connection's own transaction wrote."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._free = asyncio.Lock()

    @asynccontextmanager
    async def read(self, *, lists: bool = False) -> AsyncIterator[Any]:
        async with self._free:
            yield self._connection


class Mutations:
    """Carries out the root fields of a mutation one after the other."""

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine

    async def execute(
        self, database: Database, request: GraphQLRequest, operation: Operation, variables: Variables
    ) -> tuple[bytes, tuple[str, ...], tuple[FieldError, ...]]:
        """Data, withheld fields, and the fields that failed; one field alone raises instead.

        What cannot be compiled or may not be asked for is refused before anything is carried out.
        """
        withheld: set[str] = set()
        keys = self._keys(request, operation, variables)
        parts = list(self._parts(request, operation, variables, keys, withheld))
        for part in parts:
            required = part.command.requires
            if required is not None and request.reader.scope_of[required].is_nothing:
                await self._denied(database, request, part)
                raise forbidden(f"{part.name} needs the permission {required}, which you do not hold.")
        # Clients with a cache ask for the name of the root as they do everywhere.
        answers = {key: b'%b : "Mutation"' % json.dumps(key).encode() for key in keys}
        failed: list[FieldError] = []
        for number, part in enumerate(parts):
            try:
                if number > 0:
                    # What went before may have changed who sees what.
                    request = await request.renewed()
                with self._engine.spans.begun("command") as span:
                    span.tell("command", part.name)
                    answers[part.key] = (await self._carried_out(database, request, part, variables))[1:-1]
            except Problem as problem:
                if len(parts) == 1 or (isinstance(problem, StaleReader) and number == 0):
                    raise
                failed.append(FieldError(part.key, problem))
                answers[part.key] = f"{json.dumps(part.key)}: null".encode()
        return b"{" + b", ".join(answers.values()) + b"}", tuple(sorted(withheld)), tuple(failed)

    def _keys(self, request: GraphQLRequest, operation: Operation, variables: Variables) -> Fields:
        """The fields of the root by their keys, in the order of the answer."""
        compiler = self._engine.compiler(operation, Trace(variables), request.reader.shape)
        return compiler.fields([operation.node.selection_set], MUTATION)

    def _parts(
        self,
        request: GraphQLRequest,
        operation: Operation,
        variables: Variables,
        keys: Fields,
        withheld: set[str],
    ) -> Iterator[_Part]:
        engine = self._engine
        supplied = get_variable_values(
            engine.schema, operation.node.variable_definitions or (), {**request.variables, **operation.literals}
        )
        root: Any = engine.schema.mutation_type
        for key, nodes in keys.items():
            name = nodes[0].name.value
            if name == "__typename":
                continue
            part = _of_field(operation, key, nodes)
            plan = engine.plan(part, variables, request.reader.shape)
            if plan.look_ups:
                raise invalid("Look rows up by identifiers in a query; a payload shows what was done.")
            plan.parameters(Request(variables, request.reader))
            withheld.update(plan.withheld)
            arguments = get_argument_values(root.fields[name], nodes[0], supplied)  # pyright: ignore[reportArgumentType]
            command = engine.graph.plain[MUTATION][name]
            assert isinstance(command, Command)
            yield _Part(key, name, command, part, arguments)

    async def _carried_out(
        self, database: Database, request: GraphQLRequest, part: _Part, variables: Variables
    ) -> bytes:
        actor = actor_of(request)
        key = part.arguments.get("idempotencyKey")
        if key is not None and not 0 < len(key) <= LONGEST_KEY:
            raise invalid(f"idempotencyKey is a text of 1 to {LONGEST_KEY} characters.")
        is_dry = bool(part.arguments.get("dryRun"))
        members = _members(part)
        lookups = 0 if part.command.looks_up is None else sum(map(part.command.looks_up, members))
        tally = Tally()
        try:
            async with _transaction(database, by=actor.user_account_id, dry=is_dry) as connection:
                context = await self._context(connection, request, actor)
                await self._may_look_up(connection, request, lookups, context.business_date)
                outcome = await carried_out(
                    connection,
                    actor,
                    name=part.name,
                    given=_asked(part),
                    key=key,
                    secret=self._engine.keys.ring.command_secret,
                    run=lambda: self._run(context, part, members, tally),
                )
                # The command itself may have changed who sees what: it is answered as it was allowed.
                access = await connection.fetchval(ACCESS)
                subject = replace(request.reader.subject, access_version=access)
                as_allowed = replace(request, reader=replace(request.reader, subject=subject))
                answer, shown_ids = await self._payload(Pinned(connection), as_allowed, part, variables, outcome)
                events = [Event(EventKind.ACCESS, part.name, customer_ids=shown_ids)] if shown_ids else []
                events += [Event(EventKind.DENIAL, part.name)] * tally.denials
                if not is_dry:
                    await self._leave(connection, request, events, tally.unstored)
            if is_dry:
                # What was tried is taken back; what was shown was shown, and what was asked was asked.
                await self._leave_apart(database, request, events, lookups)
            return answer
        except NothingDone as undone:
            denials = [Event(EventKind.DENIAL, part.name)] * tally.denials
            await self._leave_apart(database, request, denials, lookups)
            refused = Outcome(undone.values)
        except Refusal as refusal:
            denials = [Event(EventKind.DENIAL, part.name)] * refusal.is_denial
            await self._leave_apart(database, request, denials, lookups)
            refused = Outcome({"errors": [refusal.shown], **(NO_RESULTS if part.command.each else {})})
        answer, _ = await self._payload(database, request, part, variables, refused)
        return answer

    async def _context(self, connection: Any, request: GraphQLRequest, actor: Actor) -> CommandContext:
        bank = await connection.fetchrow(STATE)
        if bank["access"] != request.reader.subject.access_version:
            raise StaleReader
        engine = self._engine
        return CommandContext(
            connection,
            request.reader,
            actor,
            engine.graph,
            engine.keys,
            engine.quotas,
            bank["business_date"],
            bank["now"],
        )

    async def _run(
        self, context: CommandContext, part: _Part, members: Sequence[Mapping[str, Any]], tally: Tally
    ) -> Outcome:
        if part.command.each is None:
            (only,) = members
            return await part.command.run(context, only)
        if (refusal := too_many(members, self._engine.limits.members)) is not None:
            raise refusal
        is_atomic = bool(part.arguments.get("atomic"))
        return await bulk.run(context, part.command.each, members, atomic=is_atomic, tally=tally)

    async def _leave_apart(
        self, database: Database, request: GraphQLRequest, events: Sequence[Event], lookups: int
    ) -> None:
        """The same in a transaction of its own, where there is anything."""
        if events or lookups:
            async with database.write() as connection:
                await self._leave(connection, request, events, lookups)

    async def _leave(self, connection: Any, request: GraphQLRequest, events: Sequence[Event], lookups: int) -> None:
        """Entries of the log, and identifiers that were asked about and not stored."""
        if events:
            await record(connection, actor_of(request), *events)
        if lookups:
            user, quota = request.reader.subject.user_account_id, self._engine.quotas.searches
            await spend(connection, QuotaKind.SEARCH, user_account_id=user, count=lookups, quota=quota)

    async def _payload(
        self, database: Database, request: GraphQLRequest, part: _Part, variables: Variables, outcome: Outcome
    ) -> tuple[bytes, Sequence[int]]:
        """The JSON of the payload, and the customers that it tells about."""
        values, secrets = concealed({"errors": [], "isReplay": outcome.is_replay, **outcome.values})
        plan = self._engine.plan(part.operation, variables, request.reader.shape)
        if plan.needs_python:
            batch = Batch(self._engine, part.operation, variables, request.reader, database, values)
            answer = await batch.run({**request.variables, **part.operation.literals})
            return told(answer, secrets), batch.customer_ids
        parameters = plan.parameters(Request(variables, request.reader, values))
        with self._engine.spans.begun("statement"):
            async with database.read() as connection:
                data = await connection.fetchval(plan.statement, *parameters)
        answer, customer_ids = unmarked(data)
        return told(answer, secrets), customer_ids

    async def _may_look_up(self, connection: Any, request: GraphQLRequest, count: int, today: date) -> None:
        """Whether the quota of searches is not used up. Raises Refusal."""
        quota = self._engine.quotas.searches
        user = request.reader.subject.user_account_id
        if count and await left(connection, QuotaKind.SEARCH, user_account_id=user, quota=quota) <= 0:
            message = f"You may ask about {quota} identifiers on a business date, and have done so."
            values = {"quota": quota, "businessDate": today.isoformat()}
            raise Refusal("QuotaExceeded", message, (), values, is_denial=True)

    async def _denied(self, database: Database, request: GraphQLRequest, part: _Part) -> None:
        async with database.write() as connection:
            await record(connection, actor_of(request), Event(EventKind.DENIAL, part.name))


class _DryRun(Exception):
    """Takes a transaction back that went well."""


@asynccontextmanager
async def _transaction(database: Database, *, by: int | None, dry: bool) -> AsyncIterator[Any]:
    try:
        async with database.write(by=by) as connection:
            yield connection
            if dry:
                raise _DryRun
    except _DryRun:
        pass


def actor_of(request: GraphQLRequest) -> Actor:
    """Who acts, for the access log."""
    subject = request.reader.subject
    purpose = request.purpose or subject.purpose
    return Actor(subject.user_account_id, subject.staff_id, request.request_id, purpose)


def _of_field(operation: Operation, key: str, nodes: list[FieldNode]) -> Operation:
    """The operation with one root field alone."""
    node = replace(operation.node, selection_set=SelectionSetNode(selections=tuple(nodes)))
    definitions = tuple(
        node if each is operation.node else each
        for each in operation.document.definitions
        if each is operation.node or not isinstance(each, OperationDefinitionNode)
    )
    document = replace(operation.document, definitions=definitions)
    return replace(operation, key=f"{operation.key} {key}", node=node, document=document)


NO_RESULTS = {"results": [], "succeededCount": 0, "failedCount": 0}


def _members(part: _Part) -> list[Mapping[str, Any]]:
    """What the command is done with, by Python names: the input, or each member of it."""
    given = part.arguments["input"]
    return [_python_names(each) for each in (given if part.command.each else [given])]


def _asked(part: _Part) -> Mapping[str, Any]:
    """What an idempotency key stands for."""
    if part.command.each is None:
        return part.arguments["input"]
    return {"input": part.arguments["input"], "atomic": bool(part.arguments.get("atomic"))}


def _python_names(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {to_snake_case(key): _python_names(member) for key, member in value.items()}
    return [_python_names(member) for member in value] if isinstance(value, list) else value
