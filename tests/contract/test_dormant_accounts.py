"""Accounts that nobody uses: frozen, told apart from nothing by who tries them, put back into use."""

import json
from datetime import UTC, datetime

import pytest
from factories.door import PASSWORD, USER, Door, refusal

from domain.audit.log import Actor
from domain.user_account.administration import Unacceptable
from domain.user_account.dormancy import freeze_dormant, unfreeze

pytestmark = pytest.mark.anyio

MADE = "UPDATE ketu.user_account SET created_at = $1"
LONG_AGO = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""104 working days before the sample's business date: 109 weekdays, 7 of them holidays, and two days of weekends."""


async def frozen(door: Door, after: int = 90) -> list[str]:
    """Who is frozen."""
    async with door.connection.transaction():
        return await freeze_dormant(door.connection, after=after, actor=Actor(), now=door.clock.now)


async def test_what_nobody_used_is_frozen_and_what_somebody_used_is_not(door: Door):
    await door.connection.execute(MADE, LONG_AGO)
    tokens = await door.signed_in()
    names = await frozen(door)
    assert USER not in names
    assert "teller-wangjing" in names
    assert await door.sees(tokens["accessToken"]) == 200
    assert await frozen(door) == []
    # Who has left stays out of use by themselves, programs have their own end.
    assert "rm-caohejing-1" not in names
    details = await door.value("SELECT details FROM audit.event WHERE action = 'user_account.freeze' LIMIT 1")
    assert json.loads(details) == {"lastUsedOn": "2026-06-01"}


async def test_days_count_from_the_last_of_signing_in_making_and_putting_back(door: Door):
    await door.connection.execute(MADE, LONG_AGO)
    assert await frozen(door, after=105) == []
    assert USER in await frozen(door, after=104)


async def test_who_tries_a_frozen_account_learns_nothing_and_the_log_does(door: Door):
    await door.connection.execute(MADE, LONG_AGO)
    await frozen(door)
    nobody, right, wrong = [
        await door.sign_in(name, password) for name, password in (("nobody", "x"), (USER, PASSWORD), (USER, "x"))
    ]
    assert refusal(nobody) == refusal(right) == refusal(wrong) == (401, "INVALID_CREDENTIALS")
    assert nobody.json() == right.json()
    tried = await door.connection.fetch(
        "SELECT action, account.username FROM audit.event LEFT JOIN ketu.user_account AS account "
        "ON account.id = user_account_id WHERE action LIKE 'sign_in.%' ORDER BY event.id"
    )
    assert [tuple(row) for row in tried] == [
        ("sign_in.wrong_password", None),
        ("sign_in.while_frozen", USER),
        ("sign_in.while_frozen", USER),
    ]


async def test_an_administrator_puts_it_back_into_use(door: Door):
    await door.connection.execute(MADE, LONG_AGO)
    await frozen(door)
    now = datetime(2026, 10, 31, 9, tzinfo=UTC)
    await unfreeze(door.connection, USER, actor=Actor(), now=now)
    assert (await door.sign_in()).status_code == 200
    assert await frozen(door) == []
    assert "user_account.unfreeze" in await door.logged()
    with pytest.raises(Unacceptable, match="no account called rm-chaoyang-1 is frozen"):
        await unfreeze(door.connection, USER, actor=Actor(), now=now)
