"""The built-in sample bank behind a real engine: ask as one of its users, by both executions at once."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest
from factories.computed import compute
from graphql import GraphQLError
from prometheus_client import CollectorRegistry

from api import scratch
from api.postgres import Server
from authz.policies import Policies
from authz.policy import Policy
from authz.reader import Reader, reader_of
from authz.subjects import reader_called
from domain.pipelines.ingestion.sample.run import load_sample
from domain.quota.model import Quotas
from domain.shared.cipher import KeyRing
from domain.shared.database import Database, connect
from domain.shared.keys import Keys
from domain.shared.problem import Problem, ProblemCode
from domain.shared.turns import Guest
from domain.user_account.signing_keys import SigningKey, add_key
from resolvers.context import GraphQLRequest
from resolvers.engine.document import GraphQLErrors
from resolvers.engine.execute import Engine
from resolvers.engine.limits import Limits
from schema.root import Built, build_schema

KEY_RING = KeyRing.fresh()
"""What the sample bank is sealed with."""
SIGNING_KEY = SigningKey.fresh()
"""Signs the tokens of its users."""


@cache
def built_schema() -> Built:
    """The schema, once per process."""
    return build_schema()


def an_engine(*, limits: Limits | None = None, plan_capacity: int = 1_000) -> Engine:
    """An engine with plans and counters of its own."""
    built = built_schema()
    return Engine(
        built.schema,
        built.graph,
        limits=limits or Limits(),
        plan_capacity=plan_capacity,
        registry=CollectorRegistry(),
        access_log=None,
        keys=Keys(KEY_RING),
        quotas=Quotas(),
    )


@dataclass
class Bank:
    """The sample bank, its engine, and the statements that were sent to it."""

    database: Database
    url: str
    engine: Engine = field(default_factory=an_engine)
    policies: Policies = field(default_factory=Policies)
    policy: Policy | None = None
    """In the place of the one in force."""
    statements: list[str] = field(default_factory=list)

    async def reader(self, user: str) -> Reader:
        """The user with the scopes of their roles."""
        async with self.database.read() as connection:
            reader = await reader_called(connection, user, self.policies)
        assert reader is not None, f"no active user {user}"
        return reader if self.policy is None else reader_of(reader.subject, self.policy)

    async def answer(
        self,
        query: str,
        *,
        user: str = "analyst",
        name: str | None = None,
        reader: Reader | None = None,
        **variables: Any,
    ) -> dict[str, Any]:
        """The whole body; compiled and batched execution must agree in keys, their order, and lexemes of numbers."""
        request = GraphQLRequest(query, variables, name, reader or await self.reader(user))
        with_log = Logged(self.database, self.statements)
        compiled = await self.engine.execute(with_log, request)
        batched = await self.engine.execute_batched(self.database, request)
        assert lexemes(batched.body) == lexemes(compiled.body)
        assert batched.customer_ids == compiled.customer_ids
        assert b'"~"' not in compiled.body
        return json.loads(compiled.body)

    async def ask(self, query: str, **options: Any) -> dict[str, Any]:
        """The data alone; nothing is withheld."""
        body = await self.answer(query, **options)
        assert set(body) == {"data"}, body
        return body["data"]

    async def refusal(
        self,
        query: str,
        *,
        user: str = "analyst",
        name: str | None = None,
        reader: Reader | None = None,
        **variables: Any,
    ) -> tuple[ProblemCode, str]:
        """Code and message of the one error, equal in both executions, and raised before any statement."""
        request = GraphQLRequest(query, variables, name, reader or await self.reader(user))
        said: list[tuple[ProblemCode, str]] = []
        sent: list[str] = []
        for execute in (self.engine.execute, self.engine.execute_batched):
            try:
                answered = await execute(Logged(self.database, sent), request)
            except Problem as problem:
                said.append((problem.code, problem.message))
            except GraphQLErrors as errors:
                said.append((ProblemCode.INVALID_REQUEST, "\n".join(error.message for error in errors.errors)))
            except GraphQLError as error:
                said.append((ProblemCode.INVALID_REQUEST, error.message))
            else:
                pytest.fail(f"{execute.__name__} answered {answered.body.decode()}")
        assert said[0] == said[1]
        assert sent == [], "refused only after a statement was sent"
        return said[0]


def lexemes(body: bytes) -> Any:
    """JSON with nothing lost but white space: objects as lists of pairs, numbers as they are written."""
    return json.loads(
        body, object_pairs_hook=list, parse_int=lambda text: ("number", text), parse_float=lambda text: ("number", text)
    )


class Logged(Database):
    """The same pools; every statement that goes over them is written down."""

    def __init__(self, database: Database, statements: list[str]) -> None:
        super().__init__(database._node, database._listing, database._beside)
        self.statements = statements

    def lent_to(self, guest: Guest) -> "Logged":
        return self

    @asynccontextmanager
    async def read(self, *, lists: bool = False) -> AsyncIterator[Any]:
        async with super().read(lists=lists) as connection:
            with connection.query_logger(lambda record: self.statements.append(record.query)):
                yield connection


class Watched(Database):
    """The same pools; every statement that goes over them is written down with its parameters."""

    def __init__(self, database: Database) -> None:
        super().__init__(database._node, database._listing, database._beside)
        self.sent: list[str] = []

    def lent_to(self, guest: Guest) -> "Watched":
        return self

    @asynccontextmanager
    async def read(self, *, lists: bool = False) -> AsyncIterator[Any]:
        async with super().read(lists=lists) as connection:
            with self._watching(connection):
                yield connection

    @asynccontextmanager
    async def write(self, *, by: int | None = None) -> AsyncIterator[Any]:
        async with super().write(by=by) as connection:
            with self._watching(connection):
                yield connection

    @asynccontextmanager
    async def beside(self) -> AsyncIterator[Any]:
        async with super().beside() as connection:
            with self._watching(connection):
                yield connection

    def _watching(self, connection: Any) -> Any:
        return connection.query_logger(lambda record: self.sent.append(f"{record.query} {record.args}"))


async def load_bank(url: str) -> None:
    """Load the sample, the key that signs the tokens of its users, entries of the access log, changes of the policy."""
    await load_sample(url, key_ring=KEY_RING)
    connection = await asyncpg.connect(url)
    try:
        await add_key(connection, SIGNING_KEY, KEY_RING, now=datetime.now(UTC))
        await connection.execute(LOOKED_BACK)
        await connection.execute(CHANGES_OF_POLICY)
        await connection.execute(LIFE_OF_THE_ORGANISATION)
        await compute(connection)
    finally:
        await connection.close()


LOOKED_BACK = """
    INSERT INTO audit.event (kind, action, staff_id, request_id, purpose, customer_ids)
    VALUES ('ACCESS', 'Customer360', 9, 'before 1', 'annual review', '{1,2}'),
           ('ACCESS', 'Customer360', 15, 'before 2', NULL, '{6}'),
           ('ACCESS', 'MyCustomers', 11, 'before 3', NULL, '{9,10,11}'),
           ('REVEAL', 'reveal', 6, 'before 4', 'complaint', '{13}'),
           ('DENIAL', 'grantAccess', 16, 'before 5', NULL, '{}'),
           ('SIGN_IN', 'signed in', NULL, 'before 6', NULL, '{}')
"""
SINCE = "id > (SELECT max(before.id) FROM audit.event AS before WHERE before.request_id = 'before 6')"
"""Entries of the access log that the bank of the tests does not begin with."""

CHANGES_OF_POLICY = """
    INSERT INTO ketu.policy_version (policy_number, state, reason, base_id, proposed_by_id, decided_by_id, decided_at)
    SELECT wanted.number, wanted.state, 'Tellers see loans.', 1, administrator.id, officer.id, wanted.decided_at
    FROM ketu.staff AS administrator
    CROSS JOIN (VALUES (2, 'REFUSED', '2026-10-30 09:00Z'::timestamptz), (3, 'SUPERSEDED', NULL))
        AS wanted (number, state, decided_at)
    LEFT JOIN ketu.staff AS officer ON officer.post = 'SECURITY_OFFICER' AND wanted.state = 'REFUSED'
    WHERE administrator.post = 'ADMINISTRATOR'
"""

LIFE_OF_THE_ORGANISATION = """
    INSERT INTO ketu.user_application (kind, state, staff_id, branch_id, position, username, adds, removes, reason,
        applied_by_id, decided_by_id, decided_at, trained_on, training_confirmed_by_id, activated_by_id, activated_at)
    SELECT 'NEW_USER', 'ACTIVE', member.id, member.branch_id, member.position, 'rm-wangjing-1',
           '{relationship_manager@1111}', '{}', 'Manages customers.', 5, 20,
           '2026-09-01 09:00Z', '2026-09-02', 5, 2, '2026-09-03 09:00Z'
    FROM ketu.staff AS member WHERE member.staff_no = 'S1105';
    INSERT INTO ketu.user_application
        (kind, state, staff_id, branch_id, position, username, adds, removes, reason, applied_by_id)
    SELECT 'ROLE_CHANGE', wanted.state, member.id, member.branch_id, member.position, wanted.username,
           '{teller@1121}', '{}', 'Helps out.', 3
    FROM (VALUES ('S1106', 'PROPOSED', 'rm-haidian-1'), ('S1107', 'WITHDRAWN', 'teller-wangjing'))
        AS wanted (staff_no, state, username)
    JOIN ketu.staff AS member ON member.staff_no = wanted.staff_no;
    INSERT INTO ketu.go_live (branch_id, state, reason, applied_by_id, decided_by_id, decided_at)
    VALUES (9, 'REFUSED', 'The doors are painted.', 4, 2, '2026-09-01 09:00Z'),
           (9, 'APPROVED', 'They are dry.', 4, 2, '2026-09-03 09:00Z'),
           (4, 'PROPOSED', 'All is ready.', 3, NULL, NULL);
    INSERT INTO ketu.access_alert (rule, state, user_account_id, staff_id, branch_id, position, window_began_at,
        window_ended_at, measured, threshold, finding, note, closed_by_id, closed_at)
    SELECT wanted.rule, wanted.state, account.id, account.staff_id, staff.branch_id, staff.position, wanted.began,
           wanted.began + interval '1 day', wanted.measured, 5, wanted.finding, wanted.note, wanted.closed_by_id,
           wanted.closed_at
    FROM (VALUES ('ODD_HOURS', 'OPEN', 'rm-haidian-1', '2026-10-30 14:00Z'::timestamptz, 9, NULL, NULL, NULL, NULL),
                 ('VOLUME_DAY', 'CLOSED', 'teller-wangjing', '2026-10-20 16:00Z', 7, 'JUSTIFIED', 'A busy day.', 20,
                  '2026-10-22 02:00Z'::timestamptz))
        AS wanted (rule, state, username, began, measured, finding, note, closed_by_id, closed_at)
    JOIN ketu.user_account AS account ON account.username = wanted.username
    JOIN ketu.staff AS staff ON staff.id = account.staff_id;
    INSERT INTO ketu.handover (cause, state, staff_id, branch_id, position, opened_on, customer_ids,
        backup_customer_ids, customer_count, backup_customer_count, note, completed_by_id, completed_at)
    SELECT wanted.cause, wanted.state, wanted.staff_id, branch.id, branch.position, '2026-10-01', wanted.customer_ids,
           '{6}', cardinality(wanted.customer_ids), 1, wanted.note, wanted.completed_by_id, wanted.completed_at
    FROM (VALUES ('DEPARTURE', 'OPEN', 17, '1102', '{13,14}'::bigint[], 'They like to be called.', NULL, NULL),
                 ('TRANSFER', 'DONE', 11, '1111', '{6,33}', NULL, 16, '2026-10-02 09:00Z'::timestamptz))
        AS wanted (cause, state, staff_id, branch_no, customer_ids, note, completed_by_id, completed_at)
    JOIN ketu.branch AS branch ON branch.branch_no = wanted.branch_no;
"""
"""Its staff count from 1: 2 is the administrator, 3 the manager of the region, 5 and 20 lead and watch over it."""


@pytest.fixture(scope="session")
def sample_template(postgres_server: Server, migrated_template: str) -> Iterator[str]:
    """The name of a database with the sample bank that nobody opens: it is only copied."""
    with scratch.database(postgres_server, template=migrated_template) as url:
        asyncio.run(load_bank(url))
        yield urlsplit(url).path.strip("/")


@pytest.fixture(scope="session")
def sample_url(postgres_server: Server, sample_template: str) -> Iterator[str]:
    """A database with the sample bank, which no test changes; the access log alone grows by what the tests read."""
    with scratch.database(postgres_server, template=sample_template) as url:
        yield url


@pytest.fixture
def own_sample_url(postgres_server: Server, sample_template: str) -> Iterator[str]:
    """A copy of it that the test may change."""
    with scratch.database(postgres_server, template=sample_template) as url:
        yield url


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Bank]:
    """The bank in a database."""
    database = await connect(url, pool_size=2, statement_timeout_ms=10_000)
    try:
        yield Bank(database, url)
    finally:
        await database.close()


@pytest.fixture
async def bank(anyio_backend: str, sample_url: str) -> AsyncIterator[Bank]:
    """The sample bank, to be read."""
    async with opened(sample_url) as opened_bank:
        yield opened_bank


@pytest.fixture
async def own_bank(anyio_backend: str, own_sample_url: str) -> AsyncIterator[Bank]:
    """A sample bank of this test alone."""
    async with opened(own_sample_url) as opened_bank:
        yield opened_bank


async def change(bank: Bank, *statements: str) -> None:
    """Change rows of a bank that is the test's own."""
    connection = await asyncpg.connect(bank.url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


SLOW = "{ branches { totalCount } }"
"""The query that `slow_down` makes take its time."""


async def slow_down(bank: Bank) -> None:
    """Put a view in the place of the branches that sleeps while it is counted."""
    await change(
        bank,
        "ALTER TABLE ketu.branch RENAME TO branch_behind",
        "CREATE VIEW ketu.branch AS SELECT behind.* FROM ketu.branch_behind AS behind, "
        "(SELECT pg_sleep(CASE WHEN current_setting('application_name') = 'ketu' "
        "AND current_query() LIKE '%count(*)%' THEN 30 ELSE 0 END)) AS nap",
    )


RUNNING = """SELECT count(*) FROM pg_stat_activity
             WHERE application_name = 'ketu' AND state = 'active' AND datname = current_database()"""
"""How many statements of the product's are under way."""


async def until(read: Any, wanted: object, *, seconds: float = 30) -> None:
    """Wait for a number to arrive."""
    deadline = time.monotonic() + seconds
    while await read() != wanted:
        assert time.monotonic() < deadline, f"never {wanted}"
        await asyncio.sleep(0.02)
