"""Permissions of subscriptions: whatever one hangs on, it shows just the rows that its reader may see."""

import json
from typing import Any

import pytest
from factories.bank import Bank, built_schema

from resolvers.context import GraphQLRequest
from resolvers.engine.edges import Live, Many, OfOutcome, One
from resolvers.engine.live import Subscriptions
from tests.authz.readers import Asker
from tests.authz.test_paths import PAGE, PREFIX, asking, assert_listed, node_ids, selected

pytestmark = pytest.mark.anyio

GRAPH = built_schema().graph
FEEDS = {name: declared for name, declared in GRAPH.plain["Subscription"].items() if isinstance(declared, Live)}
SHOWN = {
    f"{name}.{field}": edge
    for name, feed in FEEDS.items()
    for field, edge in GRAPH.plain[feed.type_name].items()
    if not isinstance(edge, OfOutcome)
}
HANGING = {
    "accessAlertInbox.alerts": "SELECT $1::bigint AS hook, id FROM ketu.access_alert WHERE state = 'OPEN'",
    "customerChanges.customer": "SELECT id AS hook, id FROM ketu.customer",
    "myAlerts.alerts": "SELECT $1::bigint AS hook, id FROM ketu.alert WHERE staff_id = $1",
    "myAlerts.badge": "SELECT $1::bigint AS hook, id FROM ketu.alert_badge WHERE staff_id = $1",
    "myTasks.tasks": "SELECT $1::bigint AS hook, id FROM ketu.task WHERE $1 IN (assigned_to_id, assigned_by_id)",
    "ticketQueue.assigned": "SELECT branch_id AS hook, id FROM ketu.ticket "
    "WHERE state <> 'CLOSED' AND assigned_to_id IS NOT NULL",
    "ticketQueue.unassigned": "SELECT branch_id AS hook, id FROM ketu.ticket "
    "WHERE state <> 'CLOSED' AND assigned_to_id IS NULL",
}
"""What hangs on which id, seen or not; $1 is the reader as staff."""


async def state(bank: Bank, asker: Asker, query: str) -> tuple[Any, list[str], tuple[int, ...]]:
    """What it is answered with, what is withheld, whom it tells about."""
    subscriptions = Subscriptions(bank.engine, secret=b"secret")
    request = GraphQLRequest(query, {}, None, asker.reader)
    subscriptions.begun(request, after=None)
    found = await subscriptions.state(bank.database, request)
    (shown,) = json.loads(found.data).values()
    assert b'"~"' not in found.data
    return shown, list(found.plan.withheld), found.customer_ids


def test_every_subscription_has_a_case():
    assert set(HANGING) == set(SHOWN), "say which rows hang on which id"


@pytest.mark.parametrize("path", SHOWN)
async def test_a_subscription_shows_the_visible_rows(bank: Bank, path: str):
    edge, (name, field) = SHOWN[path], path.split(".")
    feed = FEEDS[name]
    assert isinstance(edge, One | Many)
    table = edge.table.name
    page = "" if isinstance(edge, One) else f"(first: {PAGE})"
    kinds: set[str] = set()
    # Two more readers, who may see everything but close alerts.
    async with asking(bank, about=["access_alert:close"]) as everybody:
        async with bank.database.read() as connection:
            named = [] if feed.table is None else await connection.fetch(f"SELECT id FROM ketu.{feed.table.name}")
        for asker in everybody:
            own = asker.sight.staff_id
            async with bank.database.read() as connection:
                arguments = [own] if "$1" in HANGING[path] else []
                rows = await connection.fetch(HANGING[path], *arguments)
            visible = await asker.sight.ids(table)
            for hook in [own] if feed.table is None else [row["id"] for row in named]:
                told = f'({feed.argument}: "{PREFIX[feed.table.name]}_{hook}")' if feed.table is not None else ""
                query = f"subscription {{ {name}{told} {{ {field}{page} {selected(edge)} }} }}"
                shown, withheld, _ = await state(bank, asker, query)
                if not asker.sight.reads(table):
                    assert (shown, withheld) == ({field: None}, [f"{feed.type_name}.{field}"]), asker.name
                    kinds.add("without the permission")
                    continue
                assert withheld == [], asker.name
                hanging = {row["id"] for row in rows if row["hook"] == hook}
                expected = node_ids(table, hanging & visible)
                if isinstance(edge, One):
                    assert shown[field] == next(({"id": one} for one in expected), None), asker.name
                else:
                    assert_listed(shown[field], expected, asker)
                kinds.add("allowed" if expected else "nothing")
                if hanging - visible:
                    kinds.add("out of reach")
    assert kinds >= {"allowed", "without the permission"}


async def test_an_answer_says_whom_it_tells_about(bank: Bank):
    async with asking(bank) as everybody:
        (asker,) = [each for each in everybody if each.name == "rm-chaoyang-1"]
        query = 'subscription { customerChanges(id: "cus_1") { customer { accounts { nodes { id } } } } }'
        assert (await state(bank, asker, query))[2] == (1, 2)
        hidden = 'subscription { customerChanges(id: "cus_6") { customer { accounts { nodes { id } } } } }'
        assert (await state(bank, asker, hidden))[2] == ()


async def test_nothing_of_an_answer_tells_that_something_hidden_changed(own_bank: Bank):
    """The digest, which clients are given, is of what they see."""
    async with asking(own_bank) as everybody:
        (asker,) = [each for each in everybody if each.name == "rm-chaoyang-1"]
    subscriptions = Subscriptions(own_bank.engine, secret=b"secret")
    query = 'subscription { customerChanges(id: "cus_6") { eventId customer { id version } } }'
    request = GraphQLRequest(query, {}, None, asker.reader)
    before = await subscriptions.state(own_bank.database, request)
    async with own_bank.database.write() as connection:
        await connection.execute("UPDATE ketu.customer SET joined_on = joined_on - 1 WHERE id = 6")
    after = await subscriptions.state(own_bank.database, request)
    assert before.seen.digest == after.seen.digest
    other = Subscriptions(own_bank.engine, secret=b"another")
    assert (await other.state(own_bank.database, request)).seen.digest != after.seen.digest
