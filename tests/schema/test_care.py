"""Care for customers: plans, each time it is done or left out."""

from typing import Any

import pytest
from factories.bank import SINCE, Bank

from tests.schema.test_mutations import carried_out, refused, rows
from tests.schema.test_tickets import SHOWN, error

pytestmark = pytest.mark.anyio

CREATE = f"""mutation ($input: CreateCarePlanInput!, $dry: Boolean, $key: String) {{
  createCarePlan(input: $input, dryRun: $dry, idempotencyKey: $key) {{
    carePlan {{ id title occasion channel state leadDays everyDays startsOn endsOn greeting customer {{ id }}
      tag {{ id }}
      staff {{ id }} branch {{ id }} cares {{ nodes {{ dueOn state customer {{ id }} }} }} }} isReplay {SHOWN} }} }}"""
END = f"""mutation ($input: EndCarePlanInput!) {{ endCarePlan(input: $input) {{
  carePlan {{ state endsOn version cares {{ nodes {{ id state closedBy {{ id }} }} }} }} {SHOWN} }} }}"""
COMPLETE = f"""mutation ($input: CompleteCareInput!) {{ completeCare(input: $input) {{
  care {{ state note version closedBy {{ id }} interaction {{ channel direction subject note outcome }} }}
  {SHOWN} }} }}"""
SKIP = f"""mutation ($input: SkipCareInput!) {{ skipCare(input: $input) {{
  care {{ state note version interaction {{ id }} }} {SHOWN} }} }}"""
BIRTHDAYS, RETIRED, MATURITY, ANNIVERSARY, ABROAD, MONTHLY, WEB, COVER = (f"cap_{number}" for number in range(1, 9))
DUE, NOVEMBER = "cre_3", "cre_7"
ASKED = {"title": "x", "occasion": "BIRTHDAY", "channel": "MESSAGE"}


async def test_regular_care_for_a_customer_begins_with_its_first_time(own_bank: Bank):
    given = {
        "title": "每季电话", "occasion": "REGULAR", "channel": "PHONE", "customerId": "cus_3", "everyDays": 90,
        "startsOn": "2026-11-09", "endsOn": "2027-11-09", "greeting": "您好",
    }  # fmt: skip
    tried = await carried_out(own_bank, CREATE, "rm-chaoyang-1", input=given, dry=True)
    assert tried["errors"] == []
    payload = await carried_out(own_bank, CREATE, "rm-chaoyang-1", input=given, key="plan")
    shown = {**payload["carePlan"]}
    del shown["id"]
    assert shown == {
        "title": "每季电话", "occasion": "REGULAR", "channel": "PHONE", "state": "ACTIVE", "leadDays": 0,
        "everyDays": 90, "startsOn": "2026-11-09", "endsOn": "2027-11-09", "greeting": "您好",
        "customer": {"id": "cus_3"}, "tag": None, "staff": {"id": "sta_9"}, "branch": {"id": "bra_3"},
        "cares": {"nodes": [{"dueOn": "2026-11-09", "state": "PLANNED", "customer": {"id": "cus_3"}}]},
    }  # fmt: skip
    again = await carried_out(own_bank, CREATE, "rm-chaoyang-1", input=given, key="plan")
    assert again == payload | {"isReplay": True}
    entries = await rows(own_bank, f"SELECT concept FROM audit.event WHERE {SINCE} AND kind = 'CHANGE' ORDER BY id")
    assert [entry["concept"] for entry in entries] == ["care_plan", "care"]
    portfolio = await carried_out(own_bank, CREATE, "rm-chaoyang-1", input=ASKED | {"tagId": "tag_1"})
    assert (portfolio["carePlan"]["tag"], portfolio["carePlan"]["cares"]) == ({"id": "tag_1"}, {"nodes": []})
    assert portfolio["carePlan"]["startsOn"] == "2026-10-31"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"title": ""}, ("InvalidInput", "title")),
        ({"customerId": "cus_15"}, ("NotFound", "customerId")),
        ({"tagId": "tag_99"}, ("NotFound", "tagId")),
        # A word that is given no more.
        ({"tagId": "tag_5"}, ("NotFound", "tagId")),
        ({"customerId": "cus_3", "tagId": "tag_1"}, ("InvalidInput", "tagId")),
        ({"startsOn": "2026-10-30"}, ("InvalidInput", "startsOn")),
        ({"startsOn": "2026-11-02", "endsOn": "2026-11-01"}, ("InvalidInput", "endsOn")),
        ({"everyDays": 7}, ("InvalidInput", "everyDays")),
        ({"occasion": "REGULAR"}, ("InvalidInput", "everyDays")),
        ({"occasion": "REGULAR", "everyDays": 0}, ("InvalidInput", "everyDays")),
        ({"leadDays": -1}, ("InvalidInput", "leadDays")),
    ],
)
async def test_no_other_plan_is_made(own_bank: Bank, given: dict[str, Any], wanted: tuple[str, str]):
    assert error(await carried_out(own_bank, CREATE, "rm-chaoyang-1", input=ASKED | given)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.care_plan WHERE id > 8") == []


async def test_who_does_not_care_for_customers_is_refused(own_bank: Bank):
    assert (await refused(own_bank, CREATE, "regional-beijing", input=ASKED)).code.name == "FORBIDDEN"


async def test_what_was_to_be_done_by_a_plan_that_ends_is_left_out(own_bank: Bank):
    payload = await carried_out(own_bank, END, "rm-haidian-1", input={"id": MONTHLY, "expectedVersion": 1})
    assert payload == {
        "carePlan": {
            "state": "ENDED", "endsOn": "2026-10-31", "version": 2,
            "cares": {"nodes": [
                {"id": "cre_6", "state": "DONE", "closedBy": {"id": "sta_11"}},
                {"id": NOVEMBER, "state": "SKIPPED", "closedBy": {"id": "sta_11"}},
            ]},
        },
        "errors": [],
    }  # fmt: skip
    again = {"id": MONTHLY, "expectedVersion": 2}
    assert error(await carried_out(own_bank, END, "rm-haidian-1", input=again)) == ("InvalidInput", "id")
    stale = {"id": WEB, "expectedVersion": 7}
    assert error(await carried_out(own_bank, END, "rm-xuhui-1", input=stale)) == ("Conflict", "expectedVersion")
    assert error(await carried_out(own_bank, END, "rm-haidian-1", input=stale)) == ("NotFound", "id")


async def test_care_that_was_done_is_kept_as_a_contact(own_bank: Bank):
    given = {"id": DUE, "expectedVersion": 1, "subject": "到期提醒", "note": "转存三年", "outcome": "INTERESTED"}
    payload = await carried_out(own_bank, COMPLETE, "rm-chaoyang-1", input=given)
    assert payload == {
        "care": {
            "state": "DONE", "note": "转存三年", "version": 2, "closedBy": {"id": "sta_9"},
            "interaction": {
                "channel": "COUNTER", "direction": "OUTBOUND", "subject": "到期提醒", "note": "转存三年",
                "outcome": "INTERESTED",
            },
        },
        "errors": [],
    }  # fmt: skip
    again = given | {"expectedVersion": 2}
    assert error(await carried_out(own_bank, COMPLETE, "rm-chaoyang-1", input=again)) == ("InvalidInput", "id")
    assert len(await rows(own_bank, "SELECT FROM ketu.interaction WHERE subject = '到期提醒'")) == 1


async def test_care_is_left_out(own_bank: Bank):
    given = {"id": DUE, "expectedVersion": 1, "note": "客户出国"}
    payload = await carried_out(own_bank, SKIP, "manager-chaoyang", input=given)
    assert payload["care"] == {"state": "SKIPPED", "note": "客户出国", "version": 2, "interaction": None}
    stale = {"id": NOVEMBER, "expectedVersion": 3}
    assert error(await carried_out(own_bank, SKIP, "rm-haidian-1", input=stale)) == ("Conflict", "expectedVersion")
    assert error(await carried_out(own_bank, SKIP, "rm-xuhui-1", input=stale)) == ("NotFound", "id")
    empty = {"id": NOVEMBER, "expectedVersion": 1, "note": " "}
    assert error(await carried_out(own_bank, SKIP, "rm-haidian-1", input=empty)) == ("InvalidInput", "note")


async def test_whoever_covers_sees_the_plan_and_not_the_customer(bank: Bank):
    query = f'{{ node(id: "{COVER}") {{ ... on CarePlan {{ title customer {{ id }} cares {{ totalCount }} }} }} }}'
    shown = {"title": "代管周婷关怀", "cares": {"totalCount": "1"}}
    assert await bank.ask(query, user="rm-chaoyang-1") == {"node": shown | {"customer": None}}
    assert await bank.ask(query, user="rm-haidian-1") == {"node": shown | {"customer": {"id": "cus_12"}}}
    assert await bank.ask(query, user="rm-xuhui-1") == {"node": None}
