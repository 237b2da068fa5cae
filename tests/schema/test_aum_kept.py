"""AUM stands in the customer, whatever becomes of accounts and their holders: triggers add it up, and change nobody."""

import asyncio
from decimal import Decimal
from typing import Any

import asyncpg
import pytest
from factories.aum import ADDED_UP_OTHERWISE
from factories.bank import Bank, change

from tests.schema.test_mutations import rows

pytestmark = pytest.mark.anyio

HELD = """SELECT DISTINCT ON (holder.customer_id) holder.account_id AS account, holder.customer_id AS customer
          FROM ketu.account_holder AS holder JOIN ketu.account AS account ON account.id = holder.account_id
          WHERE holder.role = 'OWNER' AND account.currency = 'CNY' AND account.state = 'OPEN'
          ORDER BY holder.customer_id, account.id LIMIT 2"""
SAME = """SELECT md5(string_agg(state::text, '' ORDER BY state)) FROM (
    SELECT id, version, updated_at, name, position, manager_id FROM ketu.customer) AS state"""
KEPT = """SELECT (SELECT count(*) FROM ketu.customer_history), (SELECT count(*) FROM ketu.portfolio_term),
                 (SELECT count(*) FROM ketu.customer_name_part), (SELECT md5(string_agg(xmin::text, '' ORDER BY id))
                 FROM ketu.portfolio_term)"""


async def aum(bank: Bank, customer: int) -> Decimal | None:
    """What one customer has, and everybody has what their accounts say."""
    assert await rows(bank, ADDED_UP_OTHERWISE) == []
    ((found,),) = [row.values() for row in await rows(bank, f"SELECT aum FROM ketu.customer WHERE id = {customer}")]
    return found


async def two_accounts(bank: Bank) -> tuple[int, int, int, int]:
    """Two accounts of two customers, each with its only owner: account, customer, account, customer."""
    one, other = await rows(bank, HELD)
    return one["account"], one["customer"], other["account"], other["customer"]


async def test_everybody_has_what_their_accounts_say(bank: Bank):
    assert await rows(bank, ADDED_UP_OTHERWISE) == []
    (found,) = await rows(
        bank, "SELECT count(aum) AS known, count(*) AS all, count(DISTINCT aum) AS various FROM ketu.customer"
    )
    assert 10 < found["various"] <= found["known"] < found["all"]
    # A dollar account alone, and one that is closed, are nothing to add up.
    nothing = await rows(
        bank,
        "SELECT name, aum FROM ketu.customer WHERE source_key IN ('david-miller', 'song-jianping') ORDER BY source_key",
    )
    assert [row["aum"] for row in nothing] == [None, None]


@pytest.mark.parametrize(
    "what",
    [
        "balance = balance + 100",
        "balance = -3.21",
        "balance = NULL",
        "state = 'FROZEN'",
        "state = 'CLOSED', closed_on = '2026-10-31'",
        "currency = 'USD'",
        "currency = 'USD', balance = 5",
    ],
)
async def test_an_account_changes_and_is_as_before(own_bank: Bank, what: str):
    account, customer, *_ = await two_accounts(own_bank)
    before = await aum(own_bank, customer)
    columns = "balance, state, currency, closed_on"
    await change(
        own_bank,
        f"CREATE TABLE public.before AS SELECT id, {columns} FROM ketu.account",
        f"UPDATE ketu.account SET {what} WHERE id = {account}",
    )
    assert (await aum(own_bank, customer) == before) is ("FROZEN" in what)
    await change(
        own_bank,
        f"UPDATE ketu.account SET ({columns}) = (SELECT {columns} FROM public.before WHERE before.id = account.id)",
    )
    assert await aum(own_bank, customer) == before


async def test_holders_come_and_go_and_are_others(own_bank: Bank):
    account, customer, other_account, other = await two_accounts(own_bank)
    assert customer != other
    (own,) = [row["balance"] for row in await rows(own_bank, f"SELECT balance FROM ketu.account WHERE id = {account}")]
    before, others = await aum(own_bank, customer), await aum(own_bank, other)
    assert None not in (before, others)
    add = "INSERT INTO ketu.account_holder (account_id, customer_id, role) VALUES"
    turn = "UPDATE ketu.account_holder SET {} WHERE account_id = {} AND customer_id = {}"
    await change(
        own_bank,
        "DELETE FROM ketu.card",
        f"DELETE FROM ketu.account_holder WHERE account_id = {account} AND customer_id <> {customer}",
    )
    await change(own_bank, f"{add} ({account}, {other}, 'AUTHORISED_USER')")
    assert await aum(own_bank, other) == others
    # Each owner of a joint account has all of it.
    await change(own_bank, turn.format("role = 'OWNER'", account, other))
    assert (await aum(own_bank, other), await aum(own_bank, customer)) == (others + own, before)
    await change(own_bank, turn.format("customer_id = 22", account, other))
    assert await aum(own_bank, other) == others
    await change(
        own_bank,
        f"DELETE FROM ketu.account_holder WHERE account_id = {other_account} AND customer_id = 22",
        turn.format(f"account_id = {other_account}", account, 22),
    )
    assert await aum(own_bank, 22) is not None
    await change(own_bank, "DELETE FROM ketu.account_holder WHERE role = 'OWNER'")
    assert await rows(own_bank, "SELECT id FROM ketu.customer WHERE aum IS NOT NULL") == []
    assert await rows(own_bank, ADDED_UP_OTHERWISE) == []


async def test_accounts_come_and_go(own_bank: Bank):
    before = await aum(own_bank, 3)
    await change(
        own_bank,
        """WITH opened AS (INSERT INTO ketu.account (state, currency, balance, opened_on, product_id, branch_id)
                           SELECT 'OPEN', 'CNY', 10.5, '2026-10-31', product_id, branch_id FROM ketu.account
                           WHERE id IN (1, 2) RETURNING id)
           SELECT * FROM opened""",
        """INSERT INTO ketu.account_holder (account_id, customer_id, role)
           SELECT id, 3, 'OWNER' FROM ketu.account WHERE balance = 10.5""",
    )
    assert await aum(own_bank, 3) == (before or 0) + 21
    await change(
        own_bank,
        "DELETE FROM ketu.account_holder USING ketu.account WHERE account_id = account.id AND balance = 10.5",
        "DELETE FROM ketu.account WHERE balance = 10.5",
    )
    assert await aum(own_bank, 3) == before


async def test_the_bank_counts_in_another_currency(own_bank: Bank):
    of_dollars = "SELECT count(*) AS found FROM ketu.customer WHERE aum IS NOT NULL"
    yuan = await rows(own_bank, of_dollars)
    await change(own_bank, "UPDATE ketu.bank SET base_currency = 'USD'")
    assert await rows(own_bank, ADDED_UP_OTHERWISE) == []
    assert 0 < (await rows(own_bank, of_dollars))[0]["found"] < yuan[0]["found"]
    await change(own_bank, "UPDATE ketu.bank SET base_currency = 'CNY'")
    assert await rows(own_bank, of_dollars) == yuan
    assert await rows(own_bank, ADDED_UP_OTHERWISE) == []


async def test_of_two_who_change_accounts_of_one_customer_none_is_forgotten(own_bank: Bank):
    account, customer, other_account, _ = await two_accounts(own_bank)
    await change(
        own_bank,
        f"DELETE FROM ketu.account_holder WHERE account_id = {other_account} AND customer_id = {customer}",
        "INSERT INTO ketu.account_holder (account_id, customer_id, role) "
        f"VALUES ({other_account}, {customer}, 'OWNER')",
        f"UPDATE ketu.account SET balance = 0 WHERE id IN ({account}, {other_account})",
    )
    before = await aum(own_bank, customer)
    assert before is not None
    # By the same amount: what the second saw before it waited is what the first has left.
    more = "UPDATE ketu.account SET balance = 100 WHERE id = $1"
    first, second = [await asyncpg.connect(own_bank.url) for _ in range(2)]
    try:
        transaction = first.transaction()
        await transaction.start()
        await first.execute(more, account)
        waiting = asyncio.create_task(second.execute(more, other_account))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        await transaction.commit()
        await waiting
    finally:
        await asyncio.gather(first.close(), second.close())
    assert await aum(own_bank, customer) == before + 200


async def test_who_has_more_is_who_they_were(own_bank: Bank):
    async def state() -> Any:
        return [await rows(own_bank, statement) for statement in (SAME, KEPT)]

    before = await state()
    await change(own_bank, "UPDATE ketu.account SET balance = balance + 1")
    await change(own_bank, "UPDATE ketu.bank SET base_currency = 'USD'")
    assert await state() == before


async def test_history_is_kept_of_the_rest_in_the_same_transaction(own_bank: Bank):
    account, customer, *_ = await two_accounts(own_bank)
    kept = f"SELECT operation, name, version FROM ketu.customer_history WHERE id = {customer} ORDER BY history_id"
    before = await rows(own_bank, kept)
    connection = await asyncpg.connect(own_bank.url)
    try:
        async with connection.transaction():
            await connection.execute("UPDATE ketu.account SET balance = 1 WHERE id = $1", account)
            await connection.execute("UPDATE ketu.customer SET name = 'another' WHERE id = $1", customer)
            await connection.execute("UPDATE ketu.account SET balance = 2 WHERE id = $1", account)
    finally:
        await connection.close()
    version = before[-1]["version"] + 1
    assert await rows(own_bank, kept) == [*before, {"operation": "UPDATE", "name": "another", "version": version}]
    assert await aum(own_bank, customer) is not None
    columns = await rows(
        own_bank, "SELECT attname FROM pg_attribute WHERE attrelid = 'ketu.customer_history'::regclass"
    )
    assert "aum" not in {row["attname"] for row in columns}
