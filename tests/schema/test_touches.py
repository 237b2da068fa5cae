"""Touches and responses of campaigns: who is reached, who is left alone, and what is kept of the answers."""

from typing import Any

import pytest
from factories.bank import SINCE, Bank

from domain.shared.problem import ProblemCode
from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { message path } }"
TOUCH = f"""mutation ($input: RecordTouchInput!, $dry: Boolean, $key: String) {{
  recordTouch(input: $input, dryRun: $dry, idempotencyKey: $key) {{
    touch {{ id channel state happenedAt content campaign {{ id }} event {{ id }} customer {{ id }} staff {{ id }} }}
    isReplay {SHOWN} }} }}"""
RESPONSE = f"""mutation ($input: RecordResponseInput!, $dry: Boolean) {{ recordResponse(input: $input, dryRun: $dry) {{
  response {{ kind respondedAt amount {{ amount currency }} satisfaction note campaign {{ id }} event {{ id }}
    customer {{ id }} touch {{ id }} product {{ id }} recordedBy {{ id }} }} {SHOWN} }} }}"""

WEALTH, CHAOYANG, XUHUI, SALON = "cam_1", "cam_2", "cam_3", "cam_4"
WANG = {"campaignId": CHAOYANG, "customerId": "cus_1", "channel": "PHONE"}
TODAY = "2026-10-30T02:00:00Z"
ANSWER = {"campaignId": CHAOYANG, "customerId": "cus_1", "kind": "INTERESTED", "respondedAt": TODAY}


def error(payload: dict[str, Any], name: str = "touch") -> tuple[str, str]:
    """Type and last step of the path of the only error."""
    (only,) = payload["errors"]
    assert payload[name] is None
    return only["__typename"], only["path"][-1]


async def consents(bank: Bank, customer: int, *words: tuple[str, str | None, str]) -> None:
    """What a customer has said, one word after the other."""
    for minute, (purpose, channel, decision) in enumerate(words):
        named = f"'{channel}'" if channel else "NULL"
        await rows(
            bank,
            f"""INSERT INTO ketu.consent (customer_id, purpose, channel, decision, decided_at, evidence)
                VALUES ({customer}, '{purpose}', {named}, '{decision}', '2026-10-01T00:{minute:02}:00Z', 'x')""",
        )


async def test_a_manager_keeps_that_a_customer_was_reached(own_bank: Bank):
    payload = await carried_out(
        own_bank, TOUCH, "rm-chaoyang-1",
        input=WANG | {"happenedAt": TODAY, "content": " 讲了利率 ", "eventId": "cev_3", "channel": "VISIT"},
    )  # fmt: skip
    touch_id = payload["touch"].pop("id")
    assert payload == {
        "touch": {
            "channel": "VISIT", "state": "REACHED", "happenedAt": "2026-10-30T02:00:00.000000Z", "content": "讲了利率",
            "campaign": {"id": CHAOYANG}, "event": {"id": "cev_3"}, "customer": {"id": "cus_1"},
            "staff": {"id": "sta_9"},
        },
        "isReplay": False,
        "errors": [],
    }  # fmt: skip
    (entry,) = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert (entry["concept"], entry["row_id"], entry["customer_ids"]) == ("touch", int(touch_id[4:]), [1])
    (event,) = await rows(own_bank, "SELECT topic FROM ketu.outbox_event")
    assert event["topic"] == "touch.recorded"


@pytest.mark.parametrize(
    ("words", "channel", "wanted"),
    [
        ((("MARKETING", None, "GIVEN"),), "PHONE", None),
        ((("MARKETING", "PHONE", "GIVEN"),), "PHONE", None),
        # The last word that says anything of the channel holds.
        ((("MARKETING", None, "REFUSED"), ("MARKETING", "PHONE", "GIVEN")), "PHONE", None),
        ((("MARKETING", "PHONE", "GIVEN"), ("MARKETING", None, "WITHDRAWN")), "PHONE", "channel"),
        ((("MARKETING", None, "GIVEN"), ("MARKETING", "PHONE", "REFUSED")), "PHONE", "channel"),
        ((("MARKETING", None, "GIVEN"), ("MARKETING", "PHONE", "REFUSED")), "MAIL", None),
        # Nothing was said of it; something else was agreed to.
        ((), "PHONE", "channel"),
        ((("SURVEY", None, "GIVEN"),), "PHONE", "channel"),
        # They want to be left alone, whatever they agreed to.
        ((("CONTACT", None, "REFUSED"), ("MARKETING", None, "GIVEN")), "PHONE", "channel"),
        ((("MARKETING", None, "GIVEN"), ("CONTACT", "PHONE", "WITHDRAWN")), "PHONE", "channel"),
        ((("MARKETING", None, "GIVEN"), ("CONTACT", "VISIT", "REFUSED")), "PHONE", None),
    ],
)
async def test_nobody_is_offered_what_they_have_not_agreed_to(
    own_bank: Bank, words: tuple[tuple[str, str | None, str], ...], channel: str, wanted: str | None
):
    # cus_29 is in the audience and has said nothing so far.
    await consents(own_bank, 29, *words)
    given = {"campaignId": CHAOYANG, "customerId": "cus_29", "channel": channel, "happenedAt": TODAY}
    payload = await carried_out(own_bank, TOUCH, "rm-chaoyang-1", input=given)
    kept = await rows(own_bank, "SELECT FROM ketu.touch WHERE customer_id = 29")
    if wanted is None:
        assert payload["errors"] == []
        assert len(kept) == 1
    else:
        assert error(payload) == ("InvalidInput", wanted)
        assert kept == []
        # That it was left undone may be kept.
        left = await carried_out(own_bank, TOUCH, "rm-chaoyang-1", input=given | {"state": "SUPPRESSED"})
        assert left["touch"]["state"] == "SUPPRESSED"


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        # The control group; somebody outside the audience.
        ("rm-chaoyang-1", {"customerId": "cus_4"}, ("InvalidInput", "customerId")),
        ("rm-chaoyang-1", {"customerId": "cus_5"}, ("InvalidInput", "customerId")),
        ("rm-chaoyang-1", {"customerId": "cus_6"}, ("NotFound", "customerId")),
        ("rm-chaoyang-1", {"customerId": "acc_1"}, ("NotFound", "customerId")),
        ("rm-chaoyang-1", {"campaignId": "cam_99"}, ("NotFound", "campaignId")),
        # Not yet begun; over.
        ("rm-chaoyang-1", {"campaignId": "cam_5"}, ("InvalidInput", "campaignId")),
        ("rm-chaoyang-1", {"campaignId": SALON}, ("InvalidInput", "campaignId")),
        ("rm-chaoyang-1", {"eventId": "cev_1"}, ("InvalidInput", "eventId")),
        ("rm-chaoyang-1", {"eventId": "cev_9"}, ("NotFound", "eventId")),
        ("rm-chaoyang-1", {"happenedAt": "2100-01-01T00:00:00Z"}, ("InvalidInput", "happenedAt")),
        ("rm-chaoyang-1", {"content": " "}, ("InvalidInput", "content")),
    ],
)
async def test_what_is_refused_leaves_nothing(
    own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]
):
    before = await rows(own_bank, "SELECT count(*) AS n FROM ketu.touch")
    assert error(await carried_out(own_bank, TOUCH, user, input=WANG | {"happenedAt": TODAY} | given)) == wanted
    assert await rows(own_bank, "SELECT count(*) AS n FROM ketu.touch") == before
    assert await rows(own_bank, "SELECT FROM ketu.outbox_event") == []


async def test_a_customer_is_spared_after_so_many_attempts(own_bank: Bank):
    given = WANG | {"happenedAt": TODAY}
    # One of the last 30 days is there already; one of long before, and one that failed, do not count.
    for number in range(3):
        assert (await carried_out(own_bank, TOUCH, "rm-chaoyang-1", input=given))["errors"] == [], number
        await carried_out(own_bank, TOUCH, "rm-chaoyang-1", input=given | {"state": "FAILED"})
    payload = await carried_out(own_bank, TOUCH, "rm-chaoyang-1", input=given)
    assert error(payload) == ("InvalidInput", "customerId")
    assert "4 times within 30 days" in payload["errors"][0]["message"]
    planned = given | {"state": "PLANNED", "happenedAt": "2100-01-01T00:00:00Z"}
    assert (await carried_out(own_bank, TOUCH, "rm-chaoyang-1", input=planned))["errors"] == []


async def test_a_touch_is_tried_and_repeated_without_a_second_one(own_bank: Bank):
    given = WANG | {"happenedAt": TODAY}
    before = await rows(own_bank, "SELECT count(*) AS n FROM ketu.touch")
    assert (await carried_out(own_bank, TOUCH, "rm-chaoyang-1", input=given, dry=True))["errors"] == []
    assert await rows(own_bank, "SELECT count(*) AS n FROM ketu.touch") == before
    first = await carried_out(own_bank, TOUCH, "rm-chaoyang-1", input=given, key="t-1")
    assert await carried_out(own_bank, TOUCH, "rm-chaoyang-1", input=given, key="t-1") == first | {"isReplay": True}
    problem = await refused(own_bank, TOUCH, "auditor", input=given)
    assert problem.code is ProblemCode.FORBIDDEN


async def test_what_came_back_is_kept(own_bank: Bank):
    payload = await carried_out(
        own_bank, RESPONSE, "rm-chaoyang-1",
        input=ANSWER | {"kind": "CONVERTED", "touchId": "tou_2", "productId": "pro_5", "amount": "50000",
                        "satisfaction": 5, "note": " 当场购买 "},
    )  # fmt: skip
    assert payload == {
        "response": {
            "kind": "CONVERTED", "respondedAt": "2026-10-30T02:00:00.000000Z",
            "amount": {"amount": "50000.00", "currency": "CNY"}, "satisfaction": 5, "note": "当场购买",
            "campaign": {"id": CHAOYANG}, "event": None, "customer": {"id": "cus_1"}, "touch": {"id": "tou_2"},
            "product": {"id": "pro_5"}, "recordedBy": {"id": "sta_9"},
        },
        "errors": [],
    }  # fmt: skip
    # Whoever was left alone may take the offer as well: that is what shows what the campaign did.
    control = ANSWER | {"customerId": "cus_4", "kind": "CONVERTED"}
    assert (await carried_out(own_bank, RESPONSE, "rm-chaoyang-1", input=control))["errors"] == []


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("rm-chaoyang-1", {"customerId": "cus_6"}, ("NotFound", "customerId")),
        ("rm-chaoyang-1", {"customerId": "cus_5"}, ("InvalidInput", "customerId")),
        ("rm-chaoyang-1", {"campaignId": "cam_99"}, ("NotFound", "campaignId")),
        # A touch of another customer; of another campaign; of nobody.
        ("rm-chaoyang-1", {"touchId": "tou_4"}, ("NotFound", "touchId")),
        ("rm-chaoyang-1", {"touchId": "tou_6"}, ("NotFound", "touchId")),
        ("rm-chaoyang-1", {"touchId": "tou_99"}, ("NotFound", "touchId")),
        ("rm-chaoyang-1", {"kind": "ATTENDED"}, ("InvalidInput", "eventId")),
        ("rm-chaoyang-1", {"kind": "ATTENDED", "eventId": "cev_1"}, ("InvalidInput", "eventId")),
        ("rm-chaoyang-1", {"amount": "5"}, ("InvalidInput", "kind")),
        ("rm-chaoyang-1", {"kind": "CONVERTED", "amount": "-5"}, ("InvalidInput", "amount")),
        ("rm-chaoyang-1", {"kind": "CONVERTED", "productId": "pro_99"}, ("NotFound", "productId")),
        ("rm-chaoyang-1", {"satisfaction": 6}, ("InvalidInput", "satisfaction")),
        ("rm-chaoyang-1", {"respondedAt": "2100-01-01T00:00:00Z"}, ("InvalidInput", "respondedAt")),
    ],
)
async def test_no_answer_is_kept_that_cannot_be(
    own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]
):
    before = await rows(own_bank, "SELECT count(*) AS n FROM ketu.response")
    assert error(await carried_out(own_bank, RESPONSE, user, input=ANSWER | given), "response") == wanted
    assert await rows(own_bank, "SELECT count(*) AS n FROM ketu.response") == before


async def test_what_a_campaign_came_to_is_one_question(bank: Bank):
    query = f"""{{ node(id: "{CHAOYANG}") {{ ... on Campaign {{
      parent {{ id }} budget {{ amount }}
      members {{ aggregates(groupBy: [{{field: ARM}}]) {{ key {{ arm }} count }} }}
      responses {{ aggregates(groupBy: [{{field: KIND}}]) {{ key {{ kind }} count }} }} }} }} }}"""
    shown = (await bank.ask(query, user="manager-chaoyang"))["node"]
    assert (shown["parent"], shown["budget"]) == ({"id": WEALTH}, {"amount": "20000.00"})
    arms = {group["key"]["arm"]: group["count"] for group in shown["members"]["aggregates"]}
    assert arms == {"TARGET": "4", "CONTROL": "1"}
    kinds = {group["key"]["kind"]: group["count"] for group in shown["responses"]["aggregates"]}
    assert kinds == {"CONVERTED": "1", "DECLINED": "1", "INTERESTED": "1"}
    # A manager of another branch knows the campaign, and nobody in it.
    elsewhere = (await bank.answer(query, user="rm-pudong-1"))["data"]["node"]
    assert (elsewhere["budget"], elsewhere["members"]["aggregates"]) == (None, [])
