"""Who holds an account stands in the account, whatever becomes of its holders: a trigger writes it."""

import asyncio

import asyncpg
import pytest
from factories.bank import Bank

from tests.schema.test_mutations import rows

pytestmark = pytest.mark.anyio

TOLD = "SELECT id, holder_ids, version FROM ketu.account WHERE id = ANY('{1, 2}') ORDER BY id"
OTHERWISE = """
    SELECT id, holder_ids FROM ketu.account WHERE holder_ids <> ARRAY(
        SELECT customer_id FROM ketu.account_holder WHERE account_id = account.id ORDER BY customer_id)
"""


async def told(bank: Bank) -> dict[int, list[int]]:
    """Holders by account; no account counts a version for them."""
    found = await rows(bank, TOLD)
    assert {row["version"] for row in found} == {1}
    assert await rows(bank, OTHERWISE) == []
    return {row["id"]: row["holder_ids"] for row in found}


async def test_every_account_of_the_bank_knows_its_holders(bank: Bank):
    assert await rows(bank, OTHERWISE) == []
    assert await rows(bank, "SELECT count(*) FROM ketu.account WHERE cardinality(holder_ids) > 1") != [{"count": 0}]


async def test_holders_come_and_go_and_are_others(own_bank: Bank):
    await rows(own_bank, "DELETE FROM ketu.card WHERE account_id IN (1, 2)")
    await rows(own_bank, "DELETE FROM ketu.account_holder WHERE account_id IN (1, 2)")
    assert await told(own_bank) == {1: [], 2: []}
    await rows(
        own_bank,
        "INSERT INTO ketu.account_holder (account_id, customer_id, role) "
        "VALUES (1, 9, 'OWNER'), (1, 3, 'AUTHORISED_USER'), (2, 1, 'OWNER')",
    )
    assert await told(own_bank) == {1: [3, 9], 2: [1]}
    await rows(own_bank, "UPDATE ketu.account_holder SET customer_id = 4 WHERE account_id = 1 AND customer_id = 3")
    assert await told(own_bank) == {1: [4, 9], 2: [1]}
    await rows(own_bank, "UPDATE ketu.account_holder SET account_id = 2 WHERE account_id = 1 AND customer_id = 9")
    assert await told(own_bank) == {1: [4], 2: [1, 9]}


async def test_of_two_who_add_holders_at_the_same_time_none_is_forgotten(own_bank: Bank):
    add = "INSERT INTO ketu.account_holder (account_id, customer_id, role) VALUES (2, $1, 'AUTHORISED_USER')"
    before = (await told(own_bank))[2]
    first, second = [await asyncpg.connect(own_bank.url) for _ in range(2)]
    try:
        transaction = first.transaction()
        await transaction.start()
        await first.execute(add, 20)
        waiting = asyncio.create_task(second.execute(add, 21))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        await transaction.commit()
        await waiting
    finally:
        await asyncio.gather(first.close(), second.close())
    assert (await told(own_bank))[2] == sorted({*before, 20, 21})


async def test_a_change_of_the_account_itself_is_a_version(own_bank: Bank):
    await rows(own_bank, "UPDATE ketu.account SET state = 'FROZEN' WHERE id = 1")
    assert [row["version"] for row in await rows(own_bank, TOLD)] == [2, 1]
