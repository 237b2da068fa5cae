"""The access log: whom an answer tells about, and that it leaves only once that is committed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import asyncpg
import pytest
from factories.bank import SINCE, Bank, an_engine

from domain.audit.access_log import AccessLog
from domain.shared.database import Database
from domain.shared.problem import Problem, ProblemCode
from resolvers.context import GraphQLRequest

pytestmark = pytest.mark.anyio

TOLD = {
    # what is asked: whom the answer tells about
    '{ customer(id: "cus_1") { displayName } }': [1],
    '{ customer(id: "cus_1") { accounts { nodes { holders { nodes { customer { id } } } } } } }': [1, 2],
    '{ customer(id: "cus_1") { accounts { totalCount } } }': [1],
    '{ customer(id: "cus_1") { accounts { nodes { transactions { nodes { bookedOn } } } } } }': [1],
    '{ node(id: "acc_1") { id } }': [1, 2],
    '{ nodes(ids: ["cus_3", "acc_1", "bra_1", "cus_999"]) { id } }': [1, 2, 3],
    '{ customers(first: 3, orderBy: {field: CUSTOMER_NO}) { nodes { id } } }': [1, 2, 3],
    '{ customers(first: 3, orderBy: {field: CUSTOMER_NO}) { edges { node { id } } nodes { id } } }': [1, 2, 3],
    "{ customers { totalCount aggregates(groupBy: [STATE]) { count key { state } } } }": [],
    "{ customers(first: 2) { pageInfo { hasNextPage } } }": [],
    "{ customers(first: 2) { edges { cursor } } }": [],
    "{ branches { nodes { name } } viewer { username staff { name } } }": [],
    '{ node(id: "rel_1") { id } }': [1, 2],
    '{ node(id: "hou_1") { ... on Household { members { nodes { role } } } } }': [1, 2, 3, 4, 5],
    '{ customer(id: "cus_33") { displayName contracts { nodes { __typename } } } }': [33],
    '{ a: customer(id: "cus_1") { ... on Person { sex } } b: customer(id: "cus_42") { ... on Organisation { id } } }': [
        1, 42,
    ],
    "{ transactions(first: 1, orderBy: {field: CREATED_AT}) { nodes { id } } }": None,
}  # fmt: skip
"""None: whoever holds the account."""


@pytest.mark.parametrize("query", TOLD)
async def test_an_answer_says_whom_it_tells_about(bank: Bank, query: str):
    request = GraphQLRequest(query, {}, None, await bank.reader("analyst"))
    compiled = await bank.engine.execute(bank.database, request)
    batched = await bank.engine.execute_batched(bank.database, request)
    assert compiled.customer_ids == batched.customer_ids
    assert b"~" not in compiled.body
    if (expected := TOLD[query]) is None:
        assert compiled.customer_ids
    else:
        assert list(compiled.customer_ids) == expected


async def test_a_text_that_looks_like_a_mark_is_none(own_bank: Bank):
    name = '"~" : 7, "~" : [1], ~'
    connection = await asyncpg.connect(own_bank.url)
    await connection.execute("UPDATE ketu.customer SET name = $1 WHERE id = 1", name)
    await connection.close()
    request = GraphQLRequest('{ customer(id: "cus_1") { name } }', {}, None, await own_bank.reader("analyst"))
    answer = await own_bank.engine.execute(own_bank.database, request)
    assert answer.customer_ids == (1,)
    assert (await own_bank.ask(request.query))["customer"]["name"] == name


# Writing


@dataclass
class Gate:
    """A database that commits entries only while it is open."""

    database: Database
    is_open: asyncio.Event
    statements: int = 0

    @asynccontextmanager
    async def beside(self) -> AsyncIterator[Any]:
        await self.is_open.wait()
        self.statements += 1
        async with self.database.beside() as connection:
            yield connection


async def entries(bank: Bank) -> list[dict[str, Any]]:
    """The log, in order."""
    connection = await asyncpg.connect(bank.url)
    try:
        return [dict(row) for row in await connection.fetch(f"SELECT * FROM audit.event WHERE {SINCE} ORDER BY id")]
    finally:
        await connection.close()


def logging(bank: Bank, database: Any) -> Bank:
    """The bank with an engine that logs."""
    engine = an_engine()
    engine._access_log = AccessLog(database)
    return replace(bank, engine=engine)


def asked(bank: Bank, reader: Any, number: int) -> Any:
    """One query about one customer."""
    query = f'query Look {{ customer(id: "cus_{number}") {{ displayName }} }}'
    request = GraphQLRequest(query, {}, "Look", reader, request_id=f"r{number}", purpose="a test")
    return bank.engine.execute(bank.database, request)


async def test_an_answer_leaves_after_its_entry_and_many_are_committed_together(own_bank: Bank):
    gate = Gate(own_bank.database, asyncio.Event())
    bank, reader = logging(own_bank, gate), await own_bank.reader("analyst")
    answers = [asyncio.create_task(asked(bank, reader, number)) for number in range(1, 9)]
    await asyncio.sleep(0.5)
    assert not any(answer.done() for answer in answers), "an answer left before its entry was committed"
    gate.is_open.set()
    await asyncio.gather(*answers)
    assert gate.statements <= 2
    kept = await entries(own_bank)
    assert sorted(row["request_id"] for row in kept) == sorted(f"r{number}" for number in range(1, 9))
    assert {(row["kind"], row["action"], row["purpose"], row["staff_id"]) for row in kept} == {
        ("ACCESS", "Look", "a test", reader.subject.staff_id)
    }
    assert sorted(row["customer_ids"] for row in kept) == [[number] for number in range(1, 9)]


async def test_without_its_entry_no_answer_leaves(own_bank: Bank):
    connection = await asyncpg.connect(own_bank.url)
    await connection.execute("ALTER TABLE audit.event ADD CONSTRAINT full_disk CHECK (purpose IS NULL) NOT VALID")
    await connection.close()
    bank, reader = logging(own_bank, own_bank.database), await own_bank.reader("analyst")
    with pytest.raises(Problem) as caught:
        await asked(bank, reader, 1)
    assert caught.value.code in (ProblemCode.INTERNAL, ProblemCode.UNAVAILABLE)
    assert await entries(own_bank) == []


async def test_who_goes_away_takes_nobody_elses_entry_along(own_bank: Bank):
    gate = Gate(own_bank.database, asyncio.Event())
    bank, reader = logging(own_bank, gate), await own_bank.reader("analyst")
    answers = [asyncio.create_task(asked(bank, reader, number)) for number in (1, 2, 3)]
    await asyncio.sleep(0.5)
    answers[0].cancel()
    gate.is_open.set()
    await asyncio.gather(*answers[1:])
    assert {"r2", "r3"} <= {row["request_id"] for row in await entries(own_bank)}


async def test_answers_about_nobody_leave_no_entry(own_bank: Bank):
    bank = logging(own_bank, own_bank.database)
    request = GraphQLRequest("{ branches { totalCount } }", {}, None, await own_bank.reader("analyst"))
    await bank.engine.execute(bank.database, request)
    assert await entries(own_bank) == []
