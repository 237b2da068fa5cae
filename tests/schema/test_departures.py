"""Leavers and movers: what they had goes in one transaction, and their customers find somebody else."""

import json
from typing import Any

import asyncpg
import pytest
from factories.api import Api, serving, settings, signed_in
from factories.bank import SINCE, Bank, change

from domain.branch.rewriting import rewrite_some
from domain.shared.problem import ProblemCode
from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { message path } ... on Conflict { currentVersion } }"
LEAVE = f"""mutation ($id: ID!, $version: Int!, $note: String) {{
  recordDeparture(input: {{staffId: $id, expectedVersion: $version, note: $note}}) {{
    staff {{ state version handovers {{ nodes {{ cause branch {{ name }} customerCount backupCustomerCount note
      customers {{ totalCount }} }} }} }} {SHOWN} }} }}"""
MOVE = f"""mutation ($id: ID!, $version: Int!, $branch: ID!, $post: StaffPost) {{
  transferStaff(input: {{staffId: $id, expectedVersion: $version, branchId: $branch, post: $post}}) {{
    staff {{ state post branch {{ name }} }} {SHOWN} }} }}"""
COMPLETE = f"""mutation ($id: ID!, $version: Int!, $managers: [NewManagerInput!]!, $backups: [NewManagerInput!]!) {{
  completeHandover(input: {{id: $id, expectedVersion: $version, managers: $managers, backupManagers: $backups}}) {{
    handover {{ state version completedBy {{ name }}
      customers {{ nodes {{ id manager {{ name }} backupManager {{ name }} }} }} }} {SHOWN} }} }}"""
MERGE = """mutation ($id: ID!, $version: Int!, $into: ID!) {
  mergeBranch(input: {branchId: $id, expectedVersion: $version, intoId: $into}) {
    errors { __typename ... on MutationError { message path } } } }"""
COUNT = "{ customers { totalCount } }"


def error(payload: dict[str, Any]) -> tuple[str, str]:
    """Type and last step of the path of the only error."""
    (only,) = payload["errors"]
    return only["__typename"], only["path"][-1]


async def test_a_leaver_loses_everything_at_once(own_bank: Bank):
    await change(
        own_bank,
        "UPDATE ketu.customer SET backup_manager_id = 11 WHERE id IN (1, 6)",
        "INSERT INTO ketu.access_grant (customer_id, staff_id, reason, starts_on, ends_on, granted_by_id) "
        "VALUES (33, 11, 'COVER', '2026-10-01', '2026-11-30', 5)",
    )
    payload = await carried_out(own_bank, LEAVE, "administrator", id="sta_11", version=1, note="Call Mrs Zhao.")
    assert payload["errors"] == []
    assert payload["staff"]["state"] == "LEFT"
    opened = sorted(payload["staff"]["handovers"]["nodes"], key=lambda each: each["branch"]["name"])
    assert [(each["branch"]["name"], each["customerCount"], each["backupCustomerCount"]) for each in opened] == [
        ("中关村网点", 4, 0),
        ("北京朝阳支行", 0, 1),
        ("北京海淀支行", 2, 0),
        ("望京网点", 0, 1),
        ("望京网点", 2, 1),
    ]
    assert {each["note"] for each in opened} == {"Call Mrs Zhao.", None}
    account = "SELECT is_active FROM ketu.user_account WHERE username = 'rm-haidian-1'"
    assert await rows(own_bank, account) == [{"is_active": False}]
    for left in (
        "SELECT id FROM ketu.customer WHERE 11 IN (manager_id, backup_manager_id)",
        "SELECT held.id FROM ketu.role_assignment AS held JOIN ketu.user_account AS account "
        "ON account.id = user_account_id WHERE staff_id = 11",
        "SELECT id FROM ketu.access_grant WHERE staff_id = 11 AND ended_at IS NULL",
        "SELECT id FROM ketu.user_application WHERE staff_id = 11 AND state = 'PROPOSED'",
    ):
        assert await rows(own_bank, left) == [], left
    # What they held and whom they managed is still known.
    held = await rows(own_bank, "SELECT role FROM ketu.role_assignment_history WHERE operation = 'DELETE'")
    assert [row["role"] for row in held] == ["relationship_manager", "relationship_manager"]
    entries = await rows(own_bank, f"SELECT concept, customer_ids, details FROM audit.event WHERE {SINCE}")
    actions = {(each["concept"], json.loads(each["details"]).get("action")) for each in entries if each["concept"]}
    assert actions == {
        ("staff", "DEPARTED"),
        ("user_account", "DISABLED"),
        ("user_account", "CHANGED"),
        ("access_grant", "ENDED"),
        ("task", "ASSIGNED"),
        ("ticket", "ASSIGNED"),
        ("user_application", "WITHDRAWN"),
        ("handover", "OPENED"),
        ("customer", "CHANGED"),
    }


async def test_the_very_next_request_of_a_leaver_is_refused(own_sample_url: str, tmp_path: Any):
    async with serving(settings(own_sample_url, tmp_path)) as api:
        assert (await api.post(COUNT, user="rm-haidian-1")).status_code == 200
        refresh = await _signed_in(api)
        answer = await api.post(LEAVE, user="administrator", variables={"id": "sta_11", "version": 1})
        assert answer.json()["data"]["recordDeparture"]["errors"] == []
        assert (await api.post(COUNT, user="rm-haidian-1")).status_code == 401
        assert (await api.client.post("/auth/refresh", json={"refreshToken": refresh})).status_code == 401
        attempt = {"username": "rm-haidian-1", "password": "a password of these tests"}
        assert (await api.client.post("/auth/sign-in", json=attempt)).json()["code"] == "INVALID_CREDENTIALS"


async def _signed_in(api: Api) -> str:
    from argon2 import PasswordHasher

    password = "a password of these tests"
    async with api.app.state.database.write() as connection:
        await connection.execute(
            "INSERT INTO ketu.credential (user_account_id, password_hash) "
            "SELECT id, $1 FROM ketu.user_account WHERE username = 'rm-haidian-1'",
            PasswordHasher().hash(password),
        )
    answer = await api.client.post("/auth/sign-in", json={"username": "rm-haidian-1", "password": password})
    return answer.json()["refreshToken"]


async def test_programs_of_a_leaver_end_too(own_bank: Bank, own_sample_url: str, tmp_path: Any):
    await change(own_bank, "UPDATE ketu.user_account SET kind = 'SERVICE' WHERE username = 'integrator'")
    async with serving(settings(own_sample_url, tmp_path)) as api:
        assert (await api.post(COUNT, user="integrator")).status_code == 200
        await api.post(LEAVE, user="administrator", variables={"id": "sta_19", "version": 1})
        assert (
            await api.client.post("/graphql", json={"query": COUNT}, headers=signed_in("integrator"))
        ).status_code == 401


async def test_a_mover_keeps_nothing_of_the_old_branch(own_bank: Bank):
    before = await own_bank.ask(COUNT, user="rm-haidian-1")
    assert int(before["customers"]["totalCount"]) > 0
    payload = await carried_out(own_bank, MOVE, "administrator", id="sta_11", version=1, branch="bra_8", post="TELLER")
    assert payload == {
        "staff": {"state": "ACTIVE", "post": "TELLER", "branch": {"name": "上海浦东支行"}},
        "errors": [],
    }
    body = await own_bank.answer(COUNT + " ", user="rm-haidian-1")
    assert (body["data"], body["extensions"]["withheld"]) == ({"customers": None}, ["Query.customers"])
    assert (await own_bank.reader("rm-haidian-1")).subject.roles == ()
    assert await rows(own_bank, "SELECT id FROM ketu.customer WHERE 11 IN (manager_id, backup_manager_id)") == []
    state = await rows(own_bank, "SELECT is_active FROM ketu.user_account WHERE staff_id = 11")
    assert state == [{"is_active": True}]


@pytest.mark.parametrize(
    ("query", "given", "expected"),
    [
        (LEAVE, {"id": "sta_2", "version": 1}, ("NotPermitted", "staffId")),
        (LEAVE, {"id": "sta_17", "version": 1}, ("InvalidInput", "staffId")),
        (LEAVE, {"id": "sta_11", "version": 9}, ("Conflict", "expectedVersion")),
        (LEAVE, {"id": "sta_999", "version": 1}, ("NotFound", "staffId")),
        (LEAVE, {"id": "sta_11", "version": 1, "note": "x" * 2_001}, ("InvalidInput", "note")),
        (MOVE, {"id": "sta_11", "version": 1, "branch": "bra_11"}, ("InvalidInput", "branchId")),
        (MOVE, {"id": "sta_11", "version": 1, "branch": "bra_5"}, ("InvalidInput", "branchId")),
        (MOVE, {"id": "sta_11", "version": 1, "branch": "bra_999"}, ("NotFound", "branchId")),
    ],
)
async def test_what_is_not_recorded(own_bank: Bank, query: str, given: Any, expected: tuple[str, str]):
    payload = await carried_out(own_bank, query, "administrator", **given)
    assert (payload["staff"], error(payload)) == (None, expected)
    assert await rows(own_bank, "SELECT id FROM ketu.staff WHERE version > 1") == []


async def test_only_who_may_says_who_leaves(own_bank: Bank):
    problem = await refused(own_bank, LEAVE, "manager-haidian", id="sta_11", version=1)
    assert problem.code is ProblemCode.FORBIDDEN


async def left(bank: Bank) -> dict[str, Any]:
    """The hand-over at 北京海淀支行 after their manager has left: customers 9 and 10."""
    await carried_out(bank, LEAVE, "administrator", id="sta_11", version=1)
    where = '{staff: {name: {eq: "任静怡"}}, branch: {branchNo: {eq: "1102"}}}'
    query = f"{{ handovers(where: {where}) {{ nodes {{ id version }} }} }}"
    (handover,) = (await bank.ask(query, user="regional-beijing"))["handovers"]["nodes"]
    return {"id": handover["id"], "version": handover["version"], "backups": []}


def to(staff_id: int, *customer_ids: int) -> dict[str, Any]:
    """Customers for somebody."""
    return {"staffId": f"sta_{staff_id}", "customerIds": [f"cus_{each}" for each in customer_ids]}


async def test_a_handover_gives_its_customers_to_others(own_bank: Bank):
    handover = await left(own_bank)
    payload = await carried_out(own_bank, COMPLETE, "regional-beijing", **handover, managers=[to(9, 9), to(10, 10)])
    assert payload == {
        "handover": {
            "state": "DONE",
            "version": 2,
            "completedBy": {"name": "秦岚"},
            "customers": {
                "nodes": [
                    {"id": "cus_9", "manager": {"name": "姜楠"}, "backupManager": {"name": "路远"}},
                    {"id": "cus_10", "manager": {"name": "邱实"}, "backupManager": {"name": "路远"}},
                ]
            },
        },
        "errors": [],
    }
    assert (await own_bank.ask('{ customer(id: "cus_9") { id } }', user="rm-chaoyang-1"))["customer"] == {"id": "cus_9"}
    again = handover | {"version": 2}
    assert error(await carried_out(own_bank, COMPLETE, "regional-beijing", **again, managers=[])) == (
        "InvalidInput",
        "id",
    )


@pytest.mark.parametrize(
    ("managers", "backups", "expected", "said"),
    [
        ([to(9, 9)], [], ("InvalidInput", "managers"), "1 customers of the hand-over"),
        ([to(9, 9, 10, 11)], [], ("InvalidInput", "managers"), "cus_11 does not wait"),
        ([to(9, 9, 10), to(10, 10)], [], ("InvalidInput", "0"), "named twice"),
        ([to(17, 9, 10)], [], ("NotFound", "staffId"), ""),
        ([to(9, 9, 10, 15)], [], ("NotFound", "2"), ""),
        ([to(22, 9, 10)], [], ("InvalidInput", "managers"), "would be their own backup"),
        ([to(9, 9, 10)], [to(10, 9)], ("InvalidInput", "backupManagers"), "cus_9 does not wait"),
    ],
)
async def test_a_handover_that_does_not_work_out(
    own_bank: Bank, managers: Any, backups: Any, expected: tuple[str, str], said: str
):
    handover = await left(own_bank) | {"backups": backups}
    payload = await carried_out(own_bank, COMPLETE, "regional-beijing", **handover, managers=managers)
    assert (payload["handover"], error(payload)) == (None, expected)
    assert said in payload["errors"][0]["message"]
    assert await rows(own_bank, "SELECT id FROM ketu.customer WHERE id IN (9, 10) AND manager_id IS NOT NULL") == []


async def test_a_handover_follows_its_branch_into_another(own_bank: Bank):
    handover = await left(own_bank)
    merged = await carried_out(own_bank, MERGE, "administrator", id="bra_5", version=1, into="bra_3")
    assert merged["errors"] == []
    # No row has followed yet.
    (row,) = await rows(own_bank, f"SELECT branch_id FROM ketu.handover WHERE id = {handover['id'][4:]}")
    assert row == {"branch_id": 5}
    # Whoever lets some wait is told so, as before.
    payload = await carried_out(own_bank, COMPLETE, "manager-chaoyang", **handover, managers=[])
    assert error(payload) == ("InvalidInput", "managers")
    connection = await asyncpg.connect(own_bank.url)
    while await rewrite_some(connection, rows_at_once=1):
        pass
    await connection.close()
    # It belongs to another branch now, and that is a change.
    handover |= {"version": 2}
    payload = await carried_out(own_bank, COMPLETE, "manager-chaoyang", **handover, managers=[to(9, 9, 10)])
    assert (payload["errors"], payload["handover"]["state"]) == ([], "DONE")
    (row,) = await rows(own_bank, f"SELECT branch_id, position FROM ketu.handover WHERE id = {handover['id'][4:]}")
    assert [row] == await rows(own_bank, "SELECT id AS branch_id, position FROM ketu.branch WHERE id = 3")


async def test_each_completes_the_handovers_of_their_own_branches(own_bank: Bank):
    handover = await left(own_bank)
    payload = await carried_out(own_bank, COMPLETE, "manager-chaoyang", **handover, managers=[to(9, 9, 10)])
    assert error(payload) == ("NotFound", "id")
    problem = await refused(own_bank, COMPLETE, "administrator", **handover, managers=[])
    assert problem.code is ProblemCode.FORBIDDEN
