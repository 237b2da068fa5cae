"""Reading the access log: who saw this customer and why, what I did myself; and reading it is logged."""

import json
from pathlib import Path
from typing import Any

import pytest
from factories.bank import SINCE, Bank
from factories.journals import entries, logging

from resolvers.context import GraphQLRequest

pytestmark = pytest.mark.anyio

WHO = '{ customer(id: "cus_1") { accessLog { nodes { kind action purpose customers { nodes { id } } } } } }'
ALL = "{ accessLog { totalCount nodes { action } } }"


async def test_who_answers_for_a_customer_sees_who_saw_them_and_why(own_bank: Bank):
    shown = (await own_bank.ask(WHO, user="rm-chaoyang-1"))["customer"]["accessLog"]["nodes"]
    assert shown == [
        {
            "kind": "ACCESS",
            "action": "Customer360",
            "purpose": "annual review",
            "customers": {"nodes": [{"id": "cus_1"}, {"id": "cus_2"}]},
        }
    ]


@pytest.mark.parametrize(
    ("user", "count"),
    [
        ("rm-chaoyang-1", 1),
        ("teller-wangjing", 1),
        ("teller-xuhui", 1),
        ("regional-beijing", 4),
        ("regional-shanghai", 0),
    ],
)
async def test_entries_are_seen_by_their_actor_and_by_who_answers_for_the_customers(
    own_bank: Bank, user: str, count: int
):
    assert (await own_bank.ask(ALL, user=user))["accessLog"]["totalCount"] == str(count)


async def test_without_the_permission_there_is_no_log(bank: Bank):
    body = await bank.answer(ALL, user="analyst")
    assert (body["data"], body["extensions"]) == ({"accessLog": None}, {"withheld": ["Query.accessLog"]})


async def read(bank: Bank, query: str, user: str, folder: Path) -> Any:
    """The data, by an engine that logs."""
    request = GraphQLRequest(query, {}, None, await bank.reader(user))
    async with logging(bank, folder) as logged:
        return json.loads((await logged.engine.execute(bank.database, request)).data)


async def test_reading_the_log_is_logged(own_bank: Bank, tmp_path: Path):
    before = len(await entries(own_bank))
    await read(own_bank, "{ accessLog { totalCount } }", "teller-xuhui", tmp_path)
    await read(own_bank, WHO, "rm-chaoyang-1", tmp_path)
    connection_entries = (await entries_with_ids(own_bank))[before:]
    assert connection_entries == [("ACCESS", 16, []), ("ACCESS", 9, [1, 2])]


async def entries_with_ids(bank: Bank) -> list[tuple[str, int, list[int]]]:
    """Kind, actor and customers of every entry since."""
    import asyncpg

    connection = await asyncpg.connect(bank.url)
    try:
        found = await connection.fetch(
            f"SELECT kind, staff_id, customer_ids FROM audit.event WHERE {SINCE} ORDER BY id"
        )
        return [tuple(row) for row in found]
    finally:
        await connection.close()
