"""Leads: taken down with sealed numbers, given to somebody, made opportunities or dropped."""

from typing import Any

import pytest
from factories.bank import KEY_RING, SINCE, Bank

from domain.shared.identifier import IdentifierKind
from domain.shared.problem import ProblemCode
from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { message path } }"
CAPTURE = f"""mutation ($input: CaptureLeadInput!, $dry: Boolean, $key: String) {{
  captureLead(input: $input, dryRun: $dry, idempotencyKey: $key) {{
    lead {{ id origin channel state name phoneMasked interest customer {{ id }} product {{ id }} owner {{ id }}
      capturedBy {{ id }} branch {{ id }} }} isReplay {SHOWN} }} }}"""
ASSIGN = f"""mutation ($input: AssignLeadInput!) {{ assignLead(input: $input) {{
  lead {{ owner {{ id }} branch {{ id }} version }} {SHOWN} }} }}"""
QUALIFY = f"""mutation ($input: QualifyLeadInput!) {{ qualifyLead(input: $input) {{
  lead {{ state customer {{ id }} version }}
  opportunity {{ name kind stage amount {{ amount }} customer {{ id }} product {{ id }} owner {{ id }} branch {{ id }}
    lead {{ id }} stageChanges {{ nodes {{ fromStage toStage }} }} }} {SHOWN} }} }}"""
DROP = f"""mutation ($input: DropLeadInput!) {{ dropLead(input: $input) {{
  lead {{ state dropReason dropNote version }} {SHOWN} }} }}"""

GAO, LIST, WALK_IN, DROPPED = "lea_1", "lea_2", "lea_6", "lea_7"
TOLD = {"origin": "FORM", "channel": "WEB", "interest": "x", "name": "某某"}


def error(payload: dict[str, Any]) -> tuple[str, str]:
    """Type and last step of the path of the only error."""
    (only,) = payload["errors"]
    assert payload["lead"] is None
    return only["__typename"], only["path"][-1]


async def done(bank: Bank, mutation: str, user: str, **given: Any) -> Any:
    """The lead as the payload shows it."""
    payload = await carried_out(bank, mutation, user, input=given)
    assert payload["errors"] == []
    return payload["lead"]


async def test_a_teller_takes_down_somebody_who_is_no_customer(own_bank: Bank):
    shown = await done(
        own_bank, CAPTURE, "teller-wangjing", origin="WALK_IN", channel="COUNTER", interest="想买国债", name=" 单女士 ",
        phone="+86 139-0000-2201", productId="pro_5",
    )  # fmt: skip
    lead_id = int(shown.pop("id")[4:])
    assert shown == {
        "origin": "WALK_IN", "channel": "COUNTER", "state": "OPEN", "name": "单女士",
        "phoneMasked": shown["phoneMasked"], "interest": "想买国债", "customer": None, "product": {"id": "pro_5"},
        "owner": None, "capturedBy": {"id": "sta_15"}, "branch": {"id": "bra_4"},
    }  # fmt: skip
    assert shown["phoneMasked"].endswith("2201")
    assert "0000" not in shown["phoneMasked"]
    (stored,) = await rows(own_bank, f"SELECT * FROM ketu.lead WHERE id = {lead_id}")
    assert KEY_RING.open(IdentifierKind.PHONE, stored["phone_cipher"]) == "13900002201"
    assert stored["phone_blind_index"] == KEY_RING.blind_index(IdentifierKind.PHONE, "13900002201")
    (entry,) = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert (entry["concept"], entry["row_id"], entry["customer_ids"]) == ("lead", lead_id, [])
    # Neither name nor number is kept anywhere else.
    for table in ("audit.event", "ketu.outbox_event", "ketu.command"):
        assert not any(
            "2201" in str(row) or "单女士" in str(row) for row in await rows(own_bank, f"SELECT * FROM {table}")
        )


async def test_capturing_is_tried_and_repeated_without_a_second_lead(own_bank: Bank):
    before = await rows(own_bank, "SELECT count(*) AS n FROM ketu.lead")
    assert (await carried_out(own_bank, CAPTURE, "integrator", input=TOLD, dry=True))["errors"] == []
    assert await rows(own_bank, "SELECT count(*) AS n FROM ketu.lead") == before
    first = await carried_out(own_bank, CAPTURE, "integrator", input=TOLD, key="form-1")
    assert await carried_out(own_bank, CAPTURE, "integrator", input=TOLD, key="form-1") == first | {"isReplay": True}
    assert await rows(own_bank, "SELECT count(*) AS n FROM ketu.lead") == [{"n": before[0]["n"] + 1}]


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("integrator", {"name": None}, ("InvalidInput", "input")),
        ("integrator", {"name": " "}, ("InvalidInput", "name")),
        ("integrator", {"phone": "12"}, ("InvalidInput", "phone")),
        ("integrator", {"phone": "10000002201"}, ("InvalidInput", "phone")),
        ("integrator", {"phone": "call me"}, ("InvalidInput", "phone")),
        ("integrator", {"interest": ""}, ("InvalidInput", "interest")),
        ("integrator", {"productId": "pro_99"}, ("NotFound", "productId")),
        ("integrator", {"branchId": "bra_99"}, ("NotFound", "branchId")),
        ("integrator", {"customerId": "acc_1"}, ("NotFound", "customerId")),
        ("teller-wangjing", {"branchId": "bra_8"}, ("NotPermitted", "branchId")),
        ("teller-wangjing", {"customerId": "cus_1"}, ("NotFound", "customerId")),
        ("rm-chaoyang-1", {"ownerId": "sta_5"}, ("NotPermitted", "ownerId")),
    ],
)
async def test_nothing_is_captured_beyond_ones_reach_or_without_sense(
    own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]
):
    payload = await carried_out(own_bank, CAPTURE, user, input=TOLD | given)
    assert error(payload) == wanted
    assert "call me" not in payload["errors"][0]["message"]
    assert await rows(own_bank, "SELECT FROM ketu.lead WHERE interest = 'x'") == []


async def test_a_lead_goes_to_who_follows_it_up(own_bank: Bank):
    shown = await done(own_bank, ASSIGN, "regional-beijing", id=LIST, expectedVersion=1, ownerId="sta_10")
    assert shown == {"owner": {"id": "sta_10"}, "branch": {"id": "bra_4"}, "version": 2}
    stale = {"id": LIST, "expectedVersion": 1, "ownerId": "sta_11"}
    assert error(await carried_out(own_bank, ASSIGN, "regional-beijing", input=stale)) == (
        "Conflict",
        "expectedVersion",
    )
    hidden = {"id": LIST, "expectedVersion": 2, "ownerId": "sta_10"}
    assert error(await carried_out(own_bank, ASSIGN, "manager-pudong", input=hidden)) == ("NotFound", "id")
    problem = await refused(own_bank, ASSIGN, "teller-wangjing", input=hidden)
    assert problem.code is ProblemCode.FORBIDDEN


async def test_an_opportunity_comes_of_a_lead(own_bank: Bank):
    payload = await carried_out(
        own_bank, QUALIFY, "rm-chaoyang-1",
        input={"id": GAO, "expectedVersion": 1, "customerId": "cus_29", "amount": "800000", "name": "二手房按揭"},
    )  # fmt: skip
    assert payload == {
        "lead": {"state": "QUALIFIED", "customer": {"id": "cus_29"}, "version": 2},
        "opportunity": {
            "name": "二手房按揭", "kind": "NEW_SALE", "stage": "CONTACTED", "amount": {"amount": "800000.00"},
            "customer": {"id": "cus_29"}, "product": {"id": "pro_8"}, "owner": {"id": "sta_9"},
            "branch": {"id": "bra_3"}, "lead": {"id": GAO},
            "stageChanges": {"nodes": [{"fromStage": None, "toStage": "CONTACTED"}]},
        },
        "errors": [],
    }  # fmt: skip
    told = await rows(
        own_bank, f"SELECT concept, action FROM audit.event WHERE {SINCE} AND kind = 'CHANGE' ORDER BY id"
    )
    assert len(told) == 2
    again = {"id": GAO, "expectedVersion": 2}
    assert error(await carried_out(own_bank, QUALIFY, "rm-chaoyang-1", input=again)) == ("InvalidInput", "id")


async def test_whose_customer_is_unknown_may_be_an_opportunity_too(own_bank: Bank):
    payload = await carried_out(own_bank, QUALIFY, "rm-chaoyang-1", input={"id": GAO, "expectedVersion": 1})
    assert payload["errors"] == []
    shown = payload["opportunity"]
    assert (shown["customer"], shown["name"]) == (None, "想了解二手房按揭利率。")


async def test_a_lead_of_one_customer_is_no_opportunity_of_another(own_bank: Bank):
    given = {"id": WALK_IN, "expectedVersion": 1, "customerId": "cus_6"}
    assert error(await carried_out(own_bank, QUALIFY, "rm-wangjing-1", input=given)) == ("InvalidInput", "customerId")
    hidden = {"id": GAO, "expectedVersion": 1, "customerId": "cus_15"}
    assert error(await carried_out(own_bank, QUALIFY, "rm-chaoyang-1", input=hidden)) == ("NotFound", "customerId")
    assert await rows(own_bank, "SELECT FROM ketu.opportunity WHERE id > 12") == []


async def test_nothing_comes_of_a_lead_that_is_dropped(own_bank: Bank):
    given = {"id": GAO, "expectedVersion": 1, "reason": "NOT_INTERESTED", "note": "已在他行办理"}
    shown = await done(own_bank, DROP, "rm-chaoyang-1", **given)
    assert shown == {"state": "DROPPED", "dropReason": "NOT_INTERESTED", "dropNote": "已在他行办理", "version": 2}
    again = given | {"expectedVersion": 2}
    assert error(await carried_out(own_bank, DROP, "rm-chaoyang-1", input=again)) == ("InvalidInput", "id")
    assert error(await carried_out(own_bank, DROP, "rm-xuhui-1", input=again)) == ("NotFound", "id")
    problem = await refused(own_bank, DROP, "service-agent", input=again)
    assert problem.code is ProblemCode.FORBIDDEN


async def test_who_captured_a_lead_sees_what_becomes_of_it(bank: Bank):
    query = "{ leads(first: 100) { nodes { id } } }"
    seen = (await bank.ask(query, user="teller-wangjing"))["leads"]["nodes"]
    assert seen == [{"id": WALK_IN}]


async def test_a_lead_is_found_and_shown_by_its_whole_number(own_bank: Bank):
    query = "query ($n: Identifier) { leads(where: {phone: {is: $n}}) { nodes { id } } }"
    assert await own_bank.ask(query, user="manager-chaoyang", n="139 0000 1101") == {"leads": {"nodes": [{"id": GAO}]}}
    assert await own_bank.ask(query, user="manager-chaoyang", n="1390000110") == {"leads": {"nodes": []}}
    reveal = f"""mutation {{
      reveal(input: {{id: "{GAO}", field: LEAD_PHONE, reason: CUSTOMER_CONTACT, reference: "r"}}) {{
        value errors {{ __typename }} }} }}"""
    assert await carried_out(own_bank, reveal, "rm-chaoyang-1") == {"value": "13900001101", "errors": []}
    assert (await carried_out(own_bank, reveal, "auditor"))["errors"] == [{"__typename": "NotPermitted"}]
