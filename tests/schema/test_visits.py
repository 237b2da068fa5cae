"""Visits: planned, begun, completed as a contact, cancelled; and where somebody was."""

from typing import Any

import pytest
from factories.bank import SINCE, Bank, change

from tests.schema.test_mutations import carried_out, refused, rows
from tests.schema.test_tickets import SHOWN, error

pytestmark = pytest.mark.anyio

FIELDS = """id version state purpose place subject plannedAt plannedMinutes checkedInAt latitude longitude
  cancellationReason customer { id } staff { id } plannedBy { id } branch { id } contactPoint { id } task { id }"""
PLAN = f"""mutation ($input: PlanVisitInput!, $dry: Boolean, $key: String) {{
  planVisit(input: $input, dryRun: $dry, idempotencyKey: $key) {{ visit {{ {FIELDS} }} isReplay {SHOWN} }} }}"""
CHECK_IN = f"mutation ($input: CheckInVisitInput!) {{ checkInVisit(input: $input) {{ visit {{ {FIELDS} }} {SHOWN} }} }}"
COMPLETE = f"""mutation ($input: CompleteVisitInput!) {{ completeVisit(input: $input) {{
  visit {{ state version interaction {{ channel subject note outcome happenedAt staff {{ id }} task {{ id }} }} }}
  {SHOWN} }} }}"""
CANCEL = f"mutation ($input: CancelVisitInput!) {{ cancelVisit(input: $input) {{ visit {{ {FIELDS} }} {SHOWN} }} }}"

YEARLY, PAYROLL, ARREARS, TODAY, OFFER, FIRST, INVITED, COVER = (f"vis_{number}" for number in range(1, 9))
ASKED = {
    "customerId": "cus_3", "purpose": "CARE", "place": "HOME", "subject": "x", "plannedAt": "2099-01-01T02:00:00Z",
}  # fmt: skip


async def test_a_manager_plans_a_visit(own_bank: Bank):
    (point,) = await rows(own_bank, "SELECT id FROM ketu.contact_point WHERE customer_id = 3 AND kind = 'ADDRESS'")
    given = ASKED | {"plannedMinutes": 30, "contactPointId": f"con_{point['id']}", "taskId": "tas_1"}
    tried = await carried_out(own_bank, PLAN, "rm-chaoyang-1", input=given, dry=True)
    assert tried["errors"] == []
    payload = await carried_out(own_bank, PLAN, "rm-chaoyang-1", input=given, key="plan")
    shown = dict(payload["visit"])
    visit_id = int(shown.pop("id")[4:])
    assert shown == {
        "version": 1, "state": "PLANNED", "purpose": "CARE", "place": "HOME", "subject": "x",
        "plannedAt": "2099-01-01T02:00:00.000000Z", "plannedMinutes": 30, "checkedInAt": None, "latitude": None,
        "longitude": None, "cancellationReason": None, "customer": {"id": "cus_3"}, "staff": {"id": "sta_9"},
        "plannedBy": {"id": "sta_9"}, "branch": {"id": "bra_3"}, "contactPoint": {"id": f"con_{point['id']}"},
        "task": {"id": "tas_1"},
    }  # fmt: skip
    assert await carried_out(own_bank, PLAN, "rm-chaoyang-1", input=given, key="plan") == payload | {"isReplay": True}
    (entry,) = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert (entry["concept"], entry["row_id"], entry["customer_ids"]) == ("visit", visit_id, [3])
    sent = await carried_out(own_bank, PLAN, input=ASKED | {"staffId": "sta_9"})
    assert (sent["visit"]["staff"], sent["visit"]["plannedBy"]) == ({"id": "sta_9"}, {"id": "sta_5"})


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("rm-chaoyang-1", {"customerId": "cus_15"}, ("NotFound", "customerId")),
        ("rm-chaoyang-1", {"plannedAt": "2026-01-01T00:00:00Z"}, ("InvalidInput", "plannedAt")),
        ("rm-chaoyang-1", {"plannedMinutes": 0}, ("InvalidInput", "plannedMinutes")),
        ("rm-chaoyang-1", {"subject": " "}, ("InvalidInput", "subject")),
        # A colleague whom one cannot send, and one out of sight.
        ("rm-chaoyang-1", {"staffId": "sta_5"}, ("NotPermitted", "staffId")),
        ("rm-chaoyang-1", {"staffId": "sta_12"}, ("NotFound", "staffId")),
        ("rm-chaoyang-1", {"contactPointId": "con_1"}, ("NotFound", "contactPointId")),
        ("rm-chaoyang-1", {"taskId": "tas_6"}, ("NotFound", "taskId")),
    ],
)
async def test_no_other_visit_is_planned(own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]):
    assert error(await carried_out(own_bank, PLAN, user, input=ASKED | given)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.visit WHERE id > 8") == []


async def test_tellers_do_not_visit(own_bank: Bank):
    assert (await refused(own_bank, PLAN, "teller-wangjing", input=ASKED)).code.name == "FORBIDDEN"


async def test_where_somebody_is_is_kept_to_a_hundred_metres(own_bank: Bank):
    given = {"id": ARREARS, "expectedVersion": 1, "latitude": "39.98765", "longitude": "116.30449"}
    payload = await carried_out(own_bank, CHECK_IN, "field-haidian", input=given)
    shown = payload["visit"]
    assert (payload["errors"], shown["state"], shown["version"]) == ([], "CHECKED_IN", 2)
    assert (shown["latitude"], shown["longitude"]) == ("39.988", "116.304")
    assert await rows(own_bank, "SELECT latitude::text FROM ketu.visit WHERE id = 3") == [{"latitude": "39.988"}]
    again = await carried_out(own_bank, CHECK_IN, "field-haidian", input=given | {"expectedVersion": 2})
    assert error(again) == ("InvalidInput", "id")


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("field-haidian", {"latitude": "39.9"}, ("InvalidInput", "longitude")),
        ("field-haidian", {"longitude": "0"}, ("InvalidInput", "latitude")),
        ("field-haidian", {"latitude": "90.1", "longitude": "0"}, ("InvalidInput", "latitude")),
        ("field-haidian", {"latitude": "0", "longitude": "-181"}, ("InvalidInput", "longitude")),
        ("field-haidian", {"expectedVersion": 2}, ("Conflict", "expectedVersion")),
        # Planned by them, and not theirs to make.
        ("manager-haidian", {}, ("InvalidInput", "id")),
        ("rm-chaoyang-1", {}, ("NotFound", "id")),
    ],
)
async def test_nobody_checks_in_otherwise(own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]):
    asked = {"id": ARREARS, "expectedVersion": 1} | given
    assert error(await carried_out(own_bank, CHECK_IN, user, input=asked)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.visit WHERE version > 1") == []


async def test_where_somebody_was_is_their_own_and_their_branch_managers_business(bank: Bank):
    query = f'{{ node(id: "{YEARLY}") {{ ... on Visit {{ latitude }} }} }}'
    for user in ("rm-chaoyang-1", "manager-chaoyang", "auditor"):
        assert await bank.ask(query, user=user) == {"node": {"latitude": "39.909"}}, user
    for user in ("regional-beijing", "service-agent"):
        answer = await bank.answer(query, user=user)
        assert answer["data"] == {"node": {"latitude": None}}, user
        assert answer["extensions"]["withheld"] == ["Visit.latitude"], user


async def test_a_visit_that_took_place_is_kept_as_a_contact(own_bank: Bank):
    given = {"id": TODAY, "expectedVersion": 1, "note": "已签收", "outcome": "DONE", "durationMinutes": 12}
    payload = await carried_out(own_bank, COMPLETE, "rm-wangjing-1", input=given)
    assert payload == {
        "visit": {
            "state": "DONE", "version": 2,
            "interaction": {
                "channel": "VISIT", "subject": "送达新卡", "note": "已签收", "outcome": "DONE",
                "happenedAt": "2026-10-31T02:04:00.000000Z", "staff": {"id": "sta_10"}, "task": None,
            },
        },
        "errors": [],
    }  # fmt: skip
    entries = await rows(own_bank, f"SELECT concept FROM audit.event WHERE {SINCE} AND kind = 'CHANGE' ORDER BY id")
    assert [entry["concept"] for entry in entries] == ["visit", "interaction"]
    again = {"id": TODAY, "expectedVersion": 2}
    assert error(await carried_out(own_bank, COMPLETE, "rm-wangjing-1", input=again)) == ("InvalidInput", "id")


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("rm-wangjing-1", {"durationMinutes": -1}, ("InvalidInput", "durationMinutes")),
        ("rm-wangjing-1", {"note": ""}, ("InvalidInput", "note")),
        ("manager-chaoyang", {}, ("NotFound", "id")),
        ("regional-beijing", {}, None),
    ],
)
async def test_no_other_visit_is_completed(own_bank: Bank, user: str, given: dict[str, Any], wanted: Any):
    asked = {"id": TODAY, "expectedVersion": 1} | given
    if wanted is None:
        assert (await refused(own_bank, COMPLETE, user, input=asked)).code.name == "FORBIDDEN"
    else:
        assert error(await carried_out(own_bank, COMPLETE, user, input=asked)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.visit WHERE version > 1") == []
    assert await rows(own_bank, "SELECT FROM ketu.interaction WHERE subject = '送达新卡'") == []


async def test_what_has_not_begun_is_not_completed(own_bank: Bank):
    await change(own_bank, "UPDATE ketu.visit SET planned_at = '2099-01-01Z' WHERE id = 3")
    payload = await carried_out(own_bank, COMPLETE, "field-haidian", input={"id": ARREARS, "expectedVersion": 2})
    assert error(payload) == ("InvalidInput", "id")


async def test_a_visit_is_cancelled_by_who_planned_it(own_bank: Bank):
    given = {"id": COVER, "expectedVersion": 1, "reason": "原客户经理已返岗"}
    payload = await carried_out(own_bank, CANCEL, "manager-haidian", input=given)
    shown = payload["visit"]
    assert (payload["errors"], shown["state"], shown["cancellationReason"]) == ([], "CANCELLED", "原客户经理已返岗")
    again = given | {"expectedVersion": 2}
    assert error(await carried_out(own_bank, CANCEL, "manager-haidian", input=again)) == ("InvalidInput", "id")


async def test_whoever_covers_sees_the_visit_and_not_the_customer(bank: Bank):
    query = f'{{ node(id: "{COVER}") {{ ... on Visit {{ subject customer {{ id }} }} }} }}'
    assert await bank.ask(query, user="rm-chaoyang-1") == {"node": {"subject": "代为走访赵敏", "customer": None}}
    assert await bank.ask(query, user="rm-haidian-1") == {
        "node": {"subject": "代为走访赵敏", "customer": {"id": "cus_9"}}
    }
    assert await bank.ask(query, user="rm-xuhui-1") == {"node": None}
