"""The access log: whom an answer tells about, and that it leaves only once that is committed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from factories.bank import Bank
from factories.journals import entries, logging

from api.authentication import utc_now
from domain.audit import access_log
from domain.audit.access_log import SECONDS_BETWEEN
from domain.audit.journal import ENDING, Journal
from domain.shared.database import Database
from domain.shared.problem import Problem, ProblemCode
from resolvers.context import GraphQLRequest

pytestmark = pytest.mark.anyio

TOLD = {
    # what is asked: whom the answer tells about
    '{ customer(id: "cus_1") { displayName } }': [1],
    '{ customer(id: "cus_1") { accounts { nodes { holders { nodes { customer { id } } } } } } }': [1, 2],
    '{ customer(id: "cus_1") { accounts { totalCount } } }': [1],
    '{ customer(id: "cus_1") { accounts { nodes { transactions { nodes { bookedOn } } } } } }': [1, 2],
    '{ customer(id: "cus_1") { loans { nodes { state } } household { id } } }': [1, 2, 3, 4, 5],
    '{ node(id: "acc_1") { id } }': [1, 2],
    '{ nodes(ids: ["cus_3", "acc_1", "bra_1", "cus_999"]) { id } }': [1, 2, 3],
    '{ customers(first: 3, orderBy: {field: CUSTOMER_NO}) { nodes { id } } }': [1, 2, 3],
    '{ customers(first: 3, orderBy: {field: CUSTOMER_NO}) { edges { node { id } } nodes { id } } }': [1, 2, 3],
    "{ customers { totalCount aggregates(groupBy: [{field: STATE}]) { count key { state } } } }": [],
    "{ customers(first: 2) { pageInfo { hasNextPage } } }": [],
    "{ customers(first: 2) { edges { cursor } } }": [],
    "{ branches { nodes { name } } viewer { username staff { name } } }": [],
    '{ node(id: "rel_1") { id } }': [1, 2],
    '{ node(id: "gua_1") { id } }': [11, 12, 13],
    '{ nodes(ids: ["col_1", "col_12", "cde_1"]) { id } }': [3, 4, 29, 30],
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
        self.statements += 1
        await self.is_open.wait()
        async with self.database.beside() as connection:
            yield connection


def asked(bank: Bank, reader: Any, number: int) -> Any:
    """One query about one customer."""
    query = f'query Look {{ customer(id: "cus_{number}") {{ displayName }} }}'
    request = GraphQLRequest(query, {}, None, reader, request_id=f"r{number}", purpose="a test")
    return bank.engine.execute(bank.database, request)


def gate(bank: Bank) -> Gate:
    """Before the bank's database, open at first."""
    before = Gate(bank.database, asyncio.Event())
    before.is_open.set()
    return before


async def test_an_answer_may_wait_for_the_database_and_many_are_committed_together(own_bank: Bank, tmp_path: Path):
    before = gate(own_bank)
    reader = await own_bank.reader("analyst")
    async with logging(own_bank, tmp_path, database=before, waits=True) as bank:
        before.is_open.clear()
        before.statements = 0
        answers = [asyncio.create_task(asked(bank, reader, number)) for number in range(1, 9)]
        await asyncio.sleep(0.5)
        assert not any(answer.done() for answer in answers), "an answer left before its entry was committed"
        before.is_open.set()
        await asyncio.gather(*answers)
        assert before.statements <= 2
        kept = await entries(own_bank)
    assert sorted(row["request_id"] for row in kept) == sorted(f"r{number}" for number in range(1, 9))
    assert {(row["kind"], row["action"], row["purpose"], row["staff_id"]) for row in kept} == {
        ("ACCESS", "Look", "a test", reader.subject.staff_id)
    }
    assert sorted(row["customer_ids"] for row in kept) == [[number] for number in range(1, 9)]


async def test_without_its_entry_no_answer_leaves(own_bank: Bank, tmp_path: Path):
    connection = await asyncpg.connect(own_bank.url)
    await connection.execute("ALTER TABLE audit.event ADD CONSTRAINT full_disk CHECK (purpose IS NULL) NOT VALID")
    await connection.close()
    reader = await own_bank.reader("analyst")
    async with logging(own_bank, tmp_path, waits=True) as bank:
        with pytest.raises(Problem) as caught:
            await asked(bank, reader, 1)
        assert caught.value.code in (ProblemCode.INTERNAL, ProblemCode.UNAVAILABLE)
        assert await entries(own_bank) == []


async def test_who_goes_away_takes_nobody_elses_entry_along(own_bank: Bank, tmp_path: Path):
    before = gate(own_bank)
    reader = await own_bank.reader("analyst")
    async with logging(own_bank, tmp_path, database=before, waits=True) as bank:
        before.is_open.clear()
        answers = [asyncio.create_task(asked(bank, reader, number)) for number in (1, 2, 3)]
        await asyncio.sleep(0.5)
        answers[0].cancel()
        before.is_open.set()
        await asyncio.gather(*answers[1:])
        assert {"r2", "r3"} <= {row["request_id"] for row in await entries(own_bank)}


async def test_answers_about_nobody_leave_no_entry(own_bank: Bank, tmp_path: Path):
    request = GraphQLRequest("{ branches { totalCount } }", {}, None, await own_bank.reader("analyst"))
    async with logging(own_bank, tmp_path) as bank:
        await bank.engine.execute(bank.database, request)
    assert await entries(own_bank) == []


# The journal


async def test_an_answer_leaves_once_its_entry_is_in_the_journal(own_bank: Bank, tmp_path: Path):
    before = gate(own_bank)
    reader = await own_bank.reader("analyst")
    async with logging(own_bank, tmp_path, database=before, waits=False) as bank:
        before.is_open.clear()
        began = utc_now()
        await asked(bank, reader, 7)
        ended = utc_now()
        (journal,) = tmp_path.iterdir()
        assert b"r7" in journal.read_bytes()
        await asyncio.sleep(2 * SECONDS_BETWEEN)
        assert await entries(own_bank) == []
        assert bank.engine._access_log is not None
        assert bank.engine._access_log.waiting == journal.stat().st_size
        before.is_open.set()
    (kept,) = await entries(own_bank)
    assert (kept["request_id"], kept["customer_ids"]) == ("r7", [7])
    assert began <= kept["recorded_at"] <= ended, "the time is that of the answer"
    assert list(tmp_path.iterdir()) == [], "nothing is left of a journal that was carried"


async def test_entries_are_carried_by_themselves_each_once(own_bank: Bank, tmp_path: Path):
    reader = await own_bank.reader("analyst")
    async with logging(own_bank, tmp_path, waits=False) as bank:
        for number in range(1, 6):
            await asked(bank, reader, number)
            await asyncio.sleep(SECONDS_BETWEEN / 2)
        async with asyncio.timeout(5):
            while len(await entries(own_bank)) < 5:
                await asyncio.sleep(0.05)
    assert [row["request_id"] for row in await entries(own_bank)] == [f"r{number}" for number in range(1, 6)]


async def test_a_commit_whose_answer_was_lost_is_not_repeated(own_bank: Bank, tmp_path: Path):
    """What a lost connection leaves open: the database went on, and this process does not know."""
    reader = await own_bank.reader("analyst")
    async with logging(own_bank, tmp_path, waits=True) as bank:
        await asked(bank, reader, 1)
        assert bank.engine._access_log is not None
        bank.engine._access_log._journal.carried = 0
        await asked(bank, reader, 2)
    assert [row["request_id"] for row in await entries(own_bank)] == ["r1", "r2"]


async def test_a_long_journal_is_followed_by_another(own_bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(access_log, "LONGEST", 1_000)
    reader = await own_bank.reader("analyst")
    names: set[str] = set()
    async with logging(own_bank, tmp_path, waits=True) as bank:
        for number in range(1, 30):
            await asked(bank, reader, number)
            names |= {path.name for path in tmp_path.iterdir()}
    assert len(names) > 2
    assert [row["request_id"] for row in await entries(own_bank)] == [f"r{number}" for number in range(1, 30)]
    assert list(tmp_path.iterdir()) == []


async def test_what_a_killed_process_left_behind_is_carried_from_where_it_was(own_bank: Bank, tmp_path: Path):
    reader = await own_bank.reader("analyst")
    async with logging(own_bank, tmp_path, waits=True) as bank:
        for number in (1, 2):
            await asked(bank, reader, number)
        (journal,) = tmp_path.iterdir()
        first, second = journal.read_bytes().splitlines(keepends=True)
        # As it would lie there: one line was carried, another not, a third was cut off.
        left = tmp_path / f"{'0' * 32}{ENDING}"
        left.write_bytes(first + second.replace(b"r2", b"r3") + b'{"recorded_at": "20')
        connection = await asyncpg.connect(own_bank.url)
        await connection.execute("INSERT INTO audit.journal VALUES ($1, $2)", left.stem, len(first))
        foreign = tmp_path / f"{'f' * 32}{ENDING}"
        foreign.write_bytes(first.replace(b"r1", b"r9"))
        async with logging(own_bank, tmp_path):
            assert not left.exists()
            assert journal.exists(), "one in use is left alone"
            assert foreign.exists(), "so is one of another database"
            (unheld,) = Journal.left_behind(tmp_path)
            assert unheld.id == foreign.stem, "for whoever has that database"
            unheld.close()
    assert [row["request_id"] for row in await entries(own_bank)] == ["r1", "r2", "r3"]
    assert await connection.fetchval("SELECT count(*) FROM audit.journal") == 0
    await connection.close()


async def test_without_a_place_for_the_journal_nothing_begins(own_bank: Bank, tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        async with logging(own_bank, tmp_path / "file"):
            pass
