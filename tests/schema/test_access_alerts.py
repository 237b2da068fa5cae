"""Suspicious use: each rule over real entries of the access log, alerts and findings, honeytokens that tell nobody."""

import asyncio
import json
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import pytest
from factories.api import serving, settings
from factories.bank import Bank, change

from api import watching
from domain.access_alert.model import RULES, AccessAlertRule
from domain.access_alert.service import dig_up, plant, planted, set_threshold, thresholds
from domain.access_alert.watch import watch_pending
from domain.audit.log import Actor
from domain.user_account.administration import Unacceptable
from tests.schema.test_mutations import carried_out, rows

pytestmark = pytest.mark.anyio

BANK_TIME = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 10, 30, 9, 5, tzinfo=BANK_TIME)
INSERT = """
    INSERT INTO audit.event (recorded_at, kind, action, user_account_id, staff_id, customer_ids, details)
    SELECT $1, $2, 'Look', id, staff_id, $4, $5::jsonb FROM ketu.user_account WHERE username = $3
"""
LEFT = """
    SELECT count(*) FROM audit.event AS event, ketu.access_watch AS watch
    WHERE (event.transaction_id, event.id) > (watch.transaction_id, watch.event_id)
"""
RAISED = """
    SELECT rule, username, measured, access_alert.state, window_began_at, window_ended_at
    FROM ketu.access_alert JOIN ketu.user_account AS account ON account.id = user_account_id
    WHERE access_alert.id > 2 ORDER BY access_alert.id
"""
"""Those that the bank of the tests does not begin with."""
CLOSE = """mutation ($id: ID!, $version: Int!, $note: String!) {
  closeAccessAlert(input: {id: $id, expectedVersion: $version, finding: JUSTIFIED, note: $note}) {
    alert { state finding note version closedBy { name } }
    errors { __typename ... on MutationError { path } } } }"""


class Log:
    """The access log of a bank, to be added to and looked through."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection

    async def add(
        self,
        *customer_ids: int,
        user: str = "rm-chaoyang-1",
        at: datetime = MORNING,
        kind: str = "ACCESS",
        searched: list[list[str]] | None = None,
    ) -> None:
        """An entry."""
        details = json.dumps({} if searched is None else {"searched": {"IdentityDocument.number": searched}})
        await self.connection.execute(INSERT, at, kind, user, list(customer_ids), details)

    async def raised(self) -> list[tuple[str, str, int]]:
        """Rule, user and measure of every alert, once all entries were looked at: after those of other tests."""
        deadline = time.monotonic() + 60
        while await self.connection.fetchval(LEFT):
            await watch_pending(self.connection)
            assert time.monotonic() < deadline, "some transaction stays open"
            await asyncio.sleep(0.02)
        return [(row["rule"], row["username"], row["measured"]) for row in await self.connection.fetch(RAISED)]


@pytest.fixture
async def log(own_bank: Bank):
    """Of a bank of this test alone, in which each rule takes 10, a share 80, a honeytoken 1."""
    connection = await asyncpg.connect(own_bank.url)
    for rule in AccessAlertRule:
        if rule not in (AccessAlertRule.OUT_OF_PORTFOLIO, AccessAlertRule.HONEYTOKEN):
            await set_threshold(connection, rule, 10, actor=Actor())
    yield Log(connection)
    await connection.close()


def minutes(count: float, since: datetime = MORNING) -> datetime:
    """So many later."""
    return since + timedelta(minutes=count)


async def test_many_customers_within_an_hour(log: Log):
    for number in range(9):
        await log.add(number * 2 + 1, at=minutes(number))
    # Whom they saw before counts once; another hour and another user count for themselves.
    await log.add(1, 3, 5, at=minutes(20))
    await log.add(40, at=minutes(60))
    await log.add(41, user="teller-wangjing")
    await log.add(42, kind="CHANGE")
    assert [rule for rule, _, _ in await log.raised()] == ["VOLUME_DAY"]
    await log.add(20, 22, at=minutes(30))
    assert ("VOLUME_HOUR", "rm-chaoyang-1", 11) in await log.raised()


async def test_many_customers_within_a_day(log: Log):
    await log.connection.execute("DELETE FROM ketu.access_alert_threshold WHERE rule <> 'VOLUME_DAY'")
    for number in range(5):
        await log.add(number * 2 + 1, number * 2 + 20, at=minutes(60 * number))
    assert await log.raised() == [("VOLUME_DAY", "rm-chaoyang-1", 10)]
    (alert,) = await log.connection.fetch(RAISED)
    assert alert["window_began_at"] == datetime(2026, 10, 30, tzinfo=BANK_TIME)
    assert alert["window_ended_at"] == datetime(2026, 10, 31, tzinfo=BANK_TIME)


async def test_odd_hours_are_those_of_the_banks_night(log: Log):
    await log.connection.execute("DELETE FROM ketu.access_alert_threshold WHERE rule <> 'ODD_HOURS'")
    late = datetime(2026, 10, 30, 22, 1, tzinfo=BANK_TIME)
    await log.add(*range(1, 20, 2), at=late - timedelta(minutes=2))
    assert await log.raised() == []
    # One night over two dates.
    await log.add(*range(1, 12, 2), at=late)
    await log.add(*range(21, 28, 2), at=late + timedelta(hours=7, minutes=58))
    await log.add(*range(31, 40, 2), at=late + timedelta(hours=8))
    assert await log.raised() == [("ODD_HOURS", "rm-chaoyang-1", 10)]


async def test_customers_of_others(log: Log):
    await log.connection.execute("DELETE FROM ketu.access_alert_threshold")
    own = [row["id"] for row in await log.connection.fetch("SELECT id FROM ketu.customer WHERE manager_id = 9")]
    others = [
        row["id"]
        for row in await log.connection.fetch(
            "SELECT id FROM ketu.customer WHERE manager_id IS DISTINCT FROM 9 AND backup_manager_id IS DISTINCT FROM 9 "
            "AND id NOT IN (SELECT customer_id FROM ketu.access_grant WHERE staff_id = 9 AND ended_at IS NULL)"
        )
    ]
    assert len(own) >= 5
    await log.add(*own[:5], *others[:14])
    # Too few to say anything, and a teller has no portfolio.
    await log.add(*others[:25], user="teller-wangjing")
    assert await log.raised() == []
    await log.add(*others[:20])
    assert await log.raised() == [("OUT_OF_PORTFOLIO", "rm-chaoyang-1", 80)]


async def test_customers_one_by_one_in_a_row(log: Log):
    await log.connection.execute("DELETE FROM ketu.access_alert_threshold WHERE rule <> 'SEQUENTIAL'")
    # A list shows many in a row, and is no sign.
    await log.add(*range(1, 30))
    for customer_id in (5, 3, 4, 9, 8, 7, 6, 1, 2, 2):
        await log.add(customer_id, at=minutes(customer_id))
    assert await log.raised() == []
    await log.add(11, at=minutes(11))
    await log.add(12, at=minutes(12))
    assert await log.raised() == []
    await log.add(10, at=minutes(13))
    assert await log.raised() == [("SEQUENTIAL", "rm-chaoyang-1", 12)]


async def test_one_number_searched_again_and_again(log: Log):
    await log.connection.execute("UPDATE ketu.access_alert_threshold SET threshold = 3 WHERE rule = 'REPEATED_SEARCH'")
    for searched in ([["aa"]], [["aa"]], [["bb", "cc"]], [["bb", "cc"], ["dd"]], [["cc"]]):
        await log.add(searched=searched)
    assert await log.raised() == []
    await log.add(searched=[["dd"], ["aa"]], at=minutes(400))
    assert await log.raised() == [("REPEATED_SEARCH", "rm-chaoyang-1", 3)]


async def test_a_honeytoken_is_tripped_by_people_and_programs(log: Log):
    await plant(log.connection, "100013", actor=Actor())
    await log.connection.execute("UPDATE ketu.user_account SET kind = 'SERVICE' WHERE username = 'integrator'")
    await log.connection.execute("UPDATE ketu.honeytoken SET planted_at = $1", MORNING)
    await log.add(12, 14)
    await log.add(13, at=minutes(-1))
    await log.add(12, 13, 14)
    await log.add(13, user="integrator")
    assert sorted(await log.raised()) == [("HONEYTOKEN", "integrator", 1), ("HONEYTOKEN", "rm-chaoyang-1", 1)]


async def test_programs_may_see_many_by_night(log: Log):
    await log.connection.execute("UPDATE ketu.user_account SET kind = 'SERVICE' WHERE username = 'integrator'")
    await log.add(*range(1, 40), user="integrator", at=MORNING.replace(hour=2))
    assert await log.raised() == []


async def test_an_alert_grows_while_it_is_open_and_comes_again_only_for_as_much_more(log: Log, own_bank: Bank):
    await log.connection.execute("DELETE FROM ketu.access_alert_threshold WHERE rule <> 'VOLUME_HOUR'")
    await log.add(*range(1, 21, 2))
    assert await log.raised() == [("VOLUME_HOUR", "rm-chaoyang-1", 10)]
    await log.add(21, 23)
    assert await log.raised() == [("VOLUME_HOUR", "rm-chaoyang-1", 12)]
    data = await own_bank.ask("{ accessAlerts(first: 1) { nodes { id version } } }", user="security-officer")
    (alert,) = data["accessAlerts"]["nodes"]
    payload = await carried_out(own_bank, CLOSE, "security-officer", **alert, note="Month's end.")
    assert payload["alert"] == {
        "state": "CLOSED",
        "finding": "JUSTIFIED",
        "note": "Month's end.",
        "version": 3,
        "closedBy": {"name": "严正"},
    }
    await log.add(*range(25, 43, 2))
    assert [measured for _, _, measured in await log.raised()] == [12]
    await log.add(2)
    assert [measured for _, _, measured in await log.raised()] == [12, 22]
    sent = await rows(own_bank, "SELECT topic FROM ketu.outbox_event WHERE concept = 'access_alert'")
    assert [each["topic"] for each in sent] == ["access_alert.raised", "access_alert.closed", "access_alert.raised"]


async def test_each_entry_is_looked_at_once_in_their_order_by_one_process(log: Log, own_bank: Bank):
    await log.add(*range(1, 21, 2))
    await log.raised()
    position = await log.connection.fetchrow("SELECT * FROM ketu.access_watch")
    await log.connection.execute("TRUNCATE ketu.access_alert")
    assert await log.raised() == []
    assert await log.connection.fetchrow("SELECT * FROM ketu.access_watch") == position
    # While another process holds the lock, this one does nothing.
    other = await asyncpg.connect(own_bank.url)
    async with other.transaction():
        await other.execute("SELECT pg_advisory_xact_lock(hashtext('ketu.access_alert.watch'))")
        await log.add(22, 24)
        assert await watch_pending(log.connection) == 0
        assert await log.connection.fetchval(LEFT) > 0
    await other.close()
    assert {rule for rule, _, _ in await log.raised()} == {"VOLUME_HOUR", "VOLUME_DAY"}


async def test_no_entry_is_read_twice(log: Log):
    await log.add(*range(1, 17, 2))
    assert await log.raised() == []
    await log.connection.execute("ALTER TABLE audit.event DISABLE TRIGGER refuse_change")
    await log.connection.execute("DELETE FROM audit.event WHERE kind = 'ACCESS'")
    await log.add(17, 19, at=minutes(10))
    assert {(rule, measured) for rule, _, measured in await log.raised()} == {("VOLUME_HOUR", 10), ("VOLUME_DAY", 10)}


async def test_windows_are_forgotten_once_nothing_can_fall_into_them(log: Log):
    await log.add(1, 3, searched=[["00"]])
    await log.raised()
    for table in ("access_seen", "access_tally"):
        await log.connection.execute(f"UPDATE ketu.{table} SET seen_at = now() - interval '73 hours'")
    await log.add(5, user="teller-wangjing")
    await log.raised()
    kept = await log.connection.fetch("SELECT DISTINCT customer_id FROM ketu.access_seen WHERE customer_id < 6")
    assert [row["customer_id"] for row in kept] == [5]
    assert await log.connection.fetchval("SELECT count(*) FROM ketu.access_tally") == 0


async def test_thresholds_are_the_defaults_unless_the_bank_sets_others(log: Log):
    set_to = await thresholds(log.connection)
    assert set_to[AccessAlertRule.VOLUME_DAY] == 10
    assert set_to[AccessAlertRule.HONEYTOKEN] == RULES[AccessAlertRule.HONEYTOKEN].threshold == 1
    kept = await log.connection.fetchval("SELECT count(*) FROM audit.event WHERE action = 'access_alert.set_threshold'")
    assert kept == 5


@pytest.mark.parametrize(
    ("user", "changed", "expected"),
    [
        ("security-officer", {"id": "ale_2"}, ("InvalidInput", ["input", "id"])),
        ("security-officer", {"version": 9}, ("Conflict", ["input", "expectedVersion"])),
        ("security-officer", {"note": ""}, ("InvalidInput", ["input", "note"])),
        ("security-officer", {"id": "ale_99"}, ("NotFound", ["input", "id"])),
        ("own", {}, ("NotPermitted", ["input", "id"])),
    ],
)
async def test_what_is_not_closed(own_bank: Bank, user: str, changed: Any, expected: Any):
    await change(
        own_bank,
        "INSERT INTO ketu.user_account (id, username, staff_id) VALUES (91, 'own', 11)",
        "INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) VALUES (91, 'security_officer', 1)",
    )
    payload = await carried_out(own_bank, CLOSE, user, **{"id": "ale_1", "version": 1, "note": "Seen."} | changed)
    assert payload["alert"] is None
    assert [(each["__typename"], each["path"]) for each in payload["errors"]] == [expected]


async def test_security_officers_alone_see_alerts(bank: Bank):
    query = "{ accessAlerts { nodes { rule staff { name } } } }"
    seen = await bank.ask(query, user="security-officer")
    assert {each["rule"] for each in seen["accessAlerts"]["nodes"]} >= {"ODD_HOURS", "VOLUME_DAY"}
    for user in ("auditor", "administrator", "regional-beijing", "rm-haidian-1"):
        body = await bank.answer(query, user=user)
        assert (body["data"], body["extensions"]["withheld"]) == ({"accessAlerts": None}, ["Query.accessAlerts"]), user


async def test_a_honeytoken_looks_like_anybody_else(own_bank: Bank):
    """Whatever is asked, by whomever: planting one changes no answer but alerts, and the log names nobody."""
    query = """{ customers(first: 100) { totalCount nodes { id displayName version updatedAt
        accessLog { nodes { action } } relations { totalCount } } } customer(id: "cus_13") { version } }"""
    users = ("manager-haidian", "auditor", "security-officer")
    before = [(await own_bank.answer(query, user=user))["data"] for user in users]
    connection = await asyncpg.connect(own_bank.url)
    await plant(connection, "100013", actor=Actor())
    assert [(await own_bank.answer(query, user=user))["data"] for user in users] == before
    logged = await connection.fetch(
        "SELECT row_id, customer_ids, details FROM audit.event WHERE concept = 'honeytoken'"
    )
    assert [tuple(row) for row in logged] == [(None, [], "{}")]
    assert await planted(connection) == ["100013"]
    with pytest.raises(Unacceptable):
        await plant(connection, "100013", actor=Actor())
    await dig_up(connection, "100013", actor=Actor())
    with pytest.raises(Unacceptable):
        await dig_up(connection, "100013", actor=Actor())
    await connection.close()


async def test_the_api_raises_it_while_it_runs(
    own_sample_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_schema_per_process: None
):
    monkeypatch.setattr(watching, "SECONDS_BETWEEN", 0.1)
    connection = await asyncpg.connect(own_sample_url)
    await plant(connection, "100013", actor=Actor())
    async with serving(settings(own_sample_url, tmp_path)) as api:
        await api.post('{ customer(id: "cus_13") { displayName } }', user="manager-haidian")
        query = """{ accessAlerts(where: {rule: {eq: HONEYTOKEN}}) { nodes { state measured staff { name } } } }"""
        deadline = time.monotonic() + 60
        while not (found := (await api.post(query, user="security-officer")).json()["data"]["accessAlerts"]["nodes"]):
            assert time.monotonic() < deadline, "never raised"
            await asyncio.sleep(0.05)
        assert found == [{"state": "OPEN", "measured": 1, "staff": {"name": "白洁"}}]
    await connection.close()
