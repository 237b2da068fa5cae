"""Choose how to answer an operation, run it, return bytes."""

import json
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import asyncpg
import orjson
import sqlalchemy as sa
from graphql import FieldNode, GraphQLSchema, OperationDefinitionNode, execute_sync
from prometheus_client import CollectorRegistry

from authz.reader import ReaderShape
from domain.audit.access_log import AccessLog
from domain.audit.log import Event, record
from domain.audit.model import EventKind
from domain.quota.model import QuotaKind, Quotas
from domain.quota.service import use
from domain.shared.database import Database
from domain.shared.keys import Keys
from domain.shared.problem import Problem, ProblemCode, forbidden, invalid, too_complex
from domain.shared.turns import Guest, Overloaded
from resolvers.context import GraphQLRequest, NeedsPost, StaleReader
from resolvers.engine import roots
from resolvers.engine.batch import Batch
from resolvers.engine.compiler import Compiler
from resolvers.engine.cost import value
from resolvers.engine.document import Documents, Operation, coerce
from resolvers.engine.graph import Graph
from resolvers.engine.inputs import Trace, Variables
from resolvers.engine.limits import Limits, refuse_cost, refuse_values
from resolvers.engine.live import STANDING
from resolvers.engine.marks import unmarked
from resolvers.engine.mutation import FieldError, Mutations, actor_of
from resolvers.engine.parameters import Request
from resolvers.engine.plan import Plan, PlanCache, render
from resolvers.engine.spans import UNMEASURED, Spans

T = TypeVar("T")
Searched = Mapping[str, Sequence[Sequence[str]]]
"""By field, of each identifier that was searched for the blind indexes under which it may stand, in hexadecimal."""
LONGEST_NAME = 100
"""Characters of an operation's name that the access log keeps."""
STALE_CURSOR = "KT001"
STALE_ACCESS = "KT003"
MOST_RENEWALS = 3
"""How often a reader is read anew because roles, branches, grants or policies changed meanwhile."""
# The driver's InternalClientError: a connection that is ended by the other side just as it is asked something.
LOST = (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)
DATABASE_ERRORS = (asyncpg.PostgresError, *LOST)
"""Whatever can go wrong between us and the database; `problem_of` says it in the client's words."""


@dataclass(frozen=True)
class Answer:
    """The finished body of a response."""

    data: bytes
    withheld: tuple[str, ...]
    customer_ids: tuple[int, ...] = ()
    """Whom it tells about."""
    failed: tuple[FieldError, ...] = ()
    """Root fields of a mutation that could not be carried out, among others that were."""
    position: int = 0
    """What later queries have to see, where they may be answered by replicas; 0 where nothing was written."""

    @property
    def body(self) -> bytes:
        """The envelope, spliced around the bytes that PostgreSQL made."""
        return self.enveloped()

    def enveloped(self, *extensions: bytes) -> bytes:
        """The same with more `extensions`, each a name and a value in JSON."""
        if self.withheld:
            extensions = (b'"withheld":' + orjson.dumps(self.withheld), *extensions)
        errors = b',"errors":' + orjson.dumps([_told(each) for each in self.failed]) if self.failed else b""
        told = b',"extensions":{' + b",".join(extensions) + b"}" if extensions else b""
        return b'{"data":' + self.data + errors + told + b"}"


def _told(failed: FieldError) -> dict[str, Any]:
    problem = failed.problem
    return {"message": problem.message, "path": [failed.key], "extensions": {"code": problem.code.name}}


class Engine:
    """Answers operations on a graph."""

    def __init__(
        self,
        schema: GraphQLSchema,
        graph: Graph,
        *,
        limits: Limits,
        plan_capacity: int,
        registry: CollectorRegistry,
        access_log: AccessLog | None,
        keys: Keys,
        quotas: Quotas,
        documents: Documents | None = None,
        spans: Spans = UNMEASURED,
    ) -> None:
        """access_log  where it is kept whom answers tell about; None for engines that nobody's data leaves
        documents   those that are known already
        spans       told what takes how long
        """
        self.keys = keys
        self.quotas = quotas
        self.schema = schema
        self.graph = graph
        self.limits = limits
        self.documents = documents or Documents(schema, limits=limits)
        self.plans = PlanCache(plan_capacity, registry)
        self.spans = spans
        self._mutations = Mutations(self)
        self._access_log = access_log

    async def execute(self, database: Database, request: GraphQLRequest) -> Answer:
        """Answer one query.

        raises  Problem       the request cannot or may not be answered
                GraphQLError  the document or its variables are not valid (alone or as GraphQLErrors)
        """
        operation, variables, cost = self.charged(request)
        _must_be_answered_once(operation)
        guest = Guest(request.reader.subject.user_account_id, is_heavy=cost > self.limits.heavy)
        lent = database.lent_to(guest)
        return await self.as_they_are_now(
            request, lambda asked: self._executed(lent, guest, asked, operation, variables)
        )

    async def as_they_are_now(self, request: GraphQLRequest, run: Callable[[GraphQLRequest], Awaitable[T]]) -> T:
        """What `run` makes of the request, asked again by the reader as they are now where they have changed."""
        for _ in range(MOST_RENEWALS):
            try:
                return await run(request)
            except StaleReader:
                request = await request.renewed()
        return await run(request)

    async def fetched(self, database: Database, plan: Plan, parameters: Sequence[Any]) -> Any:
        """The one row that a plan's statement makes. Raises Problem."""
        try:
            with self.spans.begun("statement"):
                async with database.read(lists=plan.plans_anew) as connection:
                    begun = time.perf_counter()
                    try:
                        return await connection.fetchrow(plan.statement, *parameters)
                    finally:
                        plan.pace.took(time.perf_counter() - begun)
        except DATABASE_ERRORS as error:
            raise problem_of(error) from error

    async def _fetched_near(
        self, database: Database, request: GraphQLRequest, plan: Plan, parameters: Sequence[Any]
    ) -> Any:
        """The same from a replica, where there are any and one will do."""
        if (replicas := database.replicas) is not None and request.position is not None and not plan.look_ups:
            subject = request.reader.subject
            try:
                with self.spans.begun("statement"):
                    row = await replicas.fetchrow(
                        plan.statement,
                        parameters,
                        lists=plan.plans_anew,
                        position=max(request.position, replicas.written_by(subject.user_account_id)),
                        access=subject.access_version,
                        guest=database.guest,
                    )
            except DATABASE_ERRORS as error:
                raise problem_of(error) from error
            if row is not None:
                return row
        return await self.fetched(database, plan, parameters)

    async def _executed(
        self, database: Database, guest: Guest, request: GraphQLRequest, operation: Operation, variables: Variables
    ) -> Answer:
        if operation.is_mutation:
            if not request.may_change:
                raise NeedsPost("Send mutations by POST.")
            return await self._mutate(database, request, operation, variables)
        plan = self.plan(operation, variables, request.reader.shape)
        parameters = plan.parameters(Request(variables, request.reader))
        if plan.needs_python:
            return await self._batched(database, request, operation, variables)
        if plan.pace.is_slow:
            guest.is_heavy = True
        searched = await self._counted(database, request, plan, variables)
        data = (await self._fetched_near(database, request, plan, parameters))["data"]
        customer_ids: tuple[int, ...] = ()
        if plan.has_marks:
            data, customer_ids = unmarked(data)
        return await self.logged(request, plan, Answer(data, plan.withheld, customer_ids), searched)

    async def _counted(self, database: Database, request: GraphQLRequest, plan: Plan, variables: Variables) -> Searched:
        """What is searched for, once it is counted. Raises Problem where the quota does not allow it."""
        if (plan.look_ups or plan.takes_texts) and not request.may_change:
            raise NeedsPost("Look rows up by POST: addresses are kept in logs.")
        if not plan.look_ups:
            return {}
        searched: dict[str, list[list[str]]] = {}
        for look_up in plan.look_ups:
            indexes = look_up.blind_indexes(Request(variables, request.reader))
            searched.setdefault(look_up.coordinate, []).append([index.hex() for index in indexes])
        if self._access_log is None:
            return searched
        try:
            async with database.read() as connection:
                left = await use(
                    connection,
                    QuotaKind.SEARCH,
                    user_account_id=request.reader.subject.user_account_id,
                    count=sum(look_up.is_counted for look_up in plan.look_ups),
                    quota=self.quotas.searches,
                )
                if left is None:
                    denial = Event(EventKind.DENIAL, plan.action, details={"searched": searched})
                    await record(connection, actor_of(request), denial)
        except DATABASE_ERRORS as error:
            raise problem_of(error) from error
        if left is None:
            raise forbidden(
                f"You may look rows up by {self.quotas.searches} identifiers on a business date, and have done so; "
                "go on with the next one, or ask for a greater quota."
            )
        return searched

    async def logged(self, request: GraphQLRequest, plan: Plan, answer: Answer, searched: Searched) -> Answer:
        """The answer, once the access log holds whom it tells about."""
        if (answer.customer_ids or plan.is_logged or searched) and self._access_log is not None:
            event = Event(
                EventKind.ACCESS,
                plan.action,
                customer_ids=answer.customer_ids,
                details={"searched": searched} if searched else {},
            )
            try:
                await self._access_log.record(actor_of(request), event)
            except DATABASE_ERRORS as error:
                raise problem_of(error) from error
        return answer

    async def _mutate(
        self, database: Database, request: GraphQLRequest, operation: Operation, variables: Variables
    ) -> Answer:
        try:
            data, withheld, failed = await self._mutations.execute(database, request, operation, variables)
        except DATABASE_ERRORS as error:
            raise problem_of(error) from error
        if (replicas := database.replicas) is None:
            return Answer(data, withheld, failed=failed)
        position = max(request.position or 0, replicas.written_by(request.reader.subject.user_account_id))
        return Answer(data, withheld, failed=failed, position=position)

    async def execute_batched(self, database: Database, request: GraphQLRequest) -> Answer:
        """The same by the batched execution. Raises what `execute` does."""
        operation, variables, _ = self.charged(request)
        _must_be_answered_once(operation)
        return await self._batched(database, request, operation, variables)

    async def _batched(
        self, database: Database, request: GraphQLRequest, operation: Operation, variables: Variables
    ) -> Answer:
        # The plan says what is withheld and refuses bad input, both before anything is read.
        plan = self.plan(operation, variables, request.reader.shape)
        plan.parameters(Request(variables, request.reader))
        searched = await self._counted(database, request, plan, variables)
        try:
            batch = Batch(self, operation, variables, request.reader, database)
            data = await batch.run({**request.variables, **operation.literals})
        except DATABASE_ERRORS as error:
            raise problem_of(error) from error
        return await self.logged(request, plan, Answer(data, plan.withheld, batch.customer_ids), searched)

    def charged(self, request: GraphQLRequest) -> tuple[Operation, Variables, int]:
        """What `read` finds, and its cost, once that is known to be no more than it may."""
        operation, variables = self.read(request)
        cost = value(operation.cost, variables)
        refuse_cost(cost, self.limits)
        if request.charge is not None:
            request.charge(cost)
        return operation, variables, cost

    def read(self, request: GraphQLRequest) -> tuple[Operation, Variables]:
        """The operation asked for and its coerced variables, lifted literals among them."""
        operation = self.documents.operation(request.query, request.operation_name)
        if given := request.variables:
            names = {node.variable.name.value for node in operation.variable_definitions}
            for name in given.keys() - names:
                # Nobody counts or reads it: it shall not be kept while the request waits.
                del given[name]
            refuse_values(list(given.values()), self.limits)
        supplied = coerce(self.schema, operation.variable_definitions, request.variables)
        return operation, {**supplied, **operation.coerced_literals}

    def plan(self, operation: Operation, variables: Variables, shape: ReaderShape) -> Plan:
        """The kept plan, or a new one."""
        key = (operation.key, shape)
        with self.spans.begun("plan") as span:
            plan = self.plans.find(key, variables, operation.answered)
            span.tell("plan.hit", plan is not None)
            if plan is None:
                trace = Trace(variables)
                plan = self.compile(operation, trace, shape)
                self.plans.keep(key, trace, plan)
                # The plan's questions and parameters are asked of each request anew; this one's values are not kept.
                trace.variables = {}
        return plan

    def compile(self, operation: Operation, trace: Trace, shape: ReaderShape) -> Plan:
        """From the operation to one statement."""
        compiler = self.compiler(operation, trace, shape)
        root = roots.ROOTS[operation.node.operation]
        try:
            data = roots.operation(
                compiler, root, operation.node.selection_set, lambda nodes: self._introspected(operation, nodes, trace)
            )
        except RecursionError as error:
            raise too_complex("The query is nested too deeply.") from error
        standing = STANDING if operation.is_subscription else ()
        whole = sa.select(data.label("data"), *standing).where(compiler.parameters.is_current())
        statement, extracts = render(whole, compiler.parameters.extracts)
        checks = tuple(extract for extract in compiler.parameters.extracts.values() if extract not in extracts)
        withheld = tuple(sorted(compiler.withheld))
        name = operation.node.name
        return Plan(
            operation.node.operation.value if name is None else name.value[:LONGEST_NAME],
            statement,
            extracts,
            compiler.plans_anew,
            compiler.needs_python,
            compiler.has_marks,
            compiler.is_logged,
            withheld,
            checks,
            tuple(compiler.look_ups.values()),
            compiler.takes_texts,
        )

    def compiler(self, operation: Operation, trace: Trace, shape: ReaderShape) -> Compiler:
        """A compiler for one operation."""
        return Compiler(self.graph, self.schema, operation.fragments, trace, shape, self.limits, self.keys)

    def _introspected(self, operation: Operation, nodes: list[FieldNode], trace: Trace) -> str:
        """The JSON text of `__schema` or `__type`, answered by the library; only its own fields are executed."""
        # The text becomes part of the plan, so whatever it may depend on becomes part of what the plan is kept by.
        trace.ask(("introspected",), lambda variables: orjson.dumps(_plain(variables), option=orjson.OPT_SORT_KEYS))
        node = operation.node
        selection = OperationDefinitionNode(
            operation=node.operation,
            variable_definitions=node.variable_definitions,
            directives=(),
            selection_set=type(node.selection_set)(selections=tuple(nodes)),
        )
        document = type(operation.document)(definitions=(selection, *operation.fragments.values()))
        result = execute_sync(self.schema, document, variable_values=dict(_plain(trace.variables)))
        if result.errors:
            raise result.errors[0]
        (value,) = (result.data or {}).values()
        return json.dumps(value, ensure_ascii=False)


def _must_be_answered_once(operation: Operation) -> None:
    if operation.is_subscription:
        raise invalid(
            "A subscription is answered over a WebSocket (graphql-transport-ws), or as events where the request "
            "accepts text/event-stream; this way of asking is for queries and mutations."
        )


def _plain(variables: Variables) -> dict[str, Any]:
    return {name: value for name, value in variables.items() if isinstance(value, str | bool | int | type(None))}


def problem_of(error: Exception) -> Problem:
    """What the client is told when a statement failed; the cause stays in our log."""
    if isinstance(error, Overloaded):
        return Problem(ProblemCode.UNAVAILABLE, str(error), retry_after=error.seconds)
    if isinstance(error, asyncpg.QueryCanceledError):
        return too_complex("The query took longer than is allowed; ask for less, or page through it.")
    if getattr(error, "sqlstate", None) == STALE_CURSOR:
        return invalid("The row that the cursor stands on is gone; start again from the first page.")
    if getattr(error, "sqlstate", None) == STALE_ACCESS:
        return StaleReader()
    if isinstance(error, asyncpg.TransactionRollbackError):
        return Problem(ProblemCode.UNAVAILABLE, "Others changed the same rows at the same time; nothing was done.")
    starting = (asyncpg.OperatorInterventionError, asyncpg.ObjectNotInPrerequisiteStateError)
    if isinstance(error, (*LOST, *starting, asyncpg.TooManyConnectionsError)):
        return Problem(ProblemCode.UNAVAILABLE, "The database cannot be reached just now; try again.")
    return Problem(ProblemCode.INTERNAL, "Something went wrong on our side.")
