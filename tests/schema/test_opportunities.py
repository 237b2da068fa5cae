"""Opportunities: who may open, change, move, close and give them away; what each stage leaves behind."""

from typing import Any

import pytest
from factories.bank import SINCE, Bank

from domain.shared.problem import ProblemCode
from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { message path } }"
LAST = """stageChanges(last: 1) {
  nodes { fromStage toStage note probabilityRatio amount { amount currency } staff { id } } }"""
CREATE = f"""mutation ($input: CreateOpportunityInput!, $dry: Boolean, $key: String) {{
  createOpportunity(input: $input, dryRun: $dry, idempotencyKey: $key) {{
    opportunity {{ id name kind occasion stage amount {{ amount currency }} probabilityRatio expectedCloseOn closedAt
      customer {{ id }} product {{ id }} owner {{ id }} openedBy {{ id }} branch {{ id }} {LAST} }}
    isReplay {SHOWN} }} }}"""
CHANGE = f"""mutation ($input: ChangeOpportunityInput!) {{ changeOpportunity(input: $input) {{
  opportunity {{ name kind occasion amount {{ amount currency }} probabilityRatio expectedCloseOn product {{ id }}
    customer {{ id }} version }} {SHOWN} }} }}"""
MOVE = f"""mutation ($input: MoveOpportunityInput!) {{ moveOpportunity(input: $input) {{
  opportunity {{ stage version {LAST} }} {SHOWN} }} }}"""
CLOSE = f"""mutation ($input: CloseOpportunityInput!) {{ closeOpportunity(input: $input) {{
  opportunity {{ stage probabilityRatio closeReason closeNote version {LAST} }} {SHOWN} }} }}"""
ASSIGN = f"""mutation ($input: AssignOpportunityInput!) {{ assignOpportunity(input: $input) {{
  opportunity {{ owner {{ id }} branch {{ id }} version }} {SHOWN} }} }}"""

MATURITY, STRANGER, PENSION, WON = "opp_1", "opp_2", "opp_3", "opp_6"
NEW = {"customerId": "cus_1", "name": "x", "kind": "CROSS_SELL"}


def error(payload: dict[str, Any]) -> tuple[str, str]:
    """Type and last step of the path of the only error."""
    (only,) = payload["errors"]
    assert payload["opportunity"] is None
    return only["__typename"], only["path"][-1]


async def done(bank: Bank, mutation: str, user: str, **given: Any) -> Any:
    """The opportunity as the payload shows it, its last stage beside it."""
    payload = await carried_out(bank, mutation, user, input=given)
    assert payload["errors"] == []
    shown = payload["opportunity"]
    if shown and "stageChanges" in shown:
        (shown["step"],) = shown.pop("stageChanges")["nodes"]
    return shown


async def test_a_relationship_manager_keeps_that_a_customer_may_buy(own_bank: Bank):
    shown = await done(
        own_bank, CREATE, "rm-chaoyang-1", customerId="cus_1", name=" 购买养老理财 ", kind="UP_SELL",
        occasion="LARGE_INFLOW", productId="pro_5", amount="150000.00", expectedCloseOn="2026-12-01",
    )  # fmt: skip
    opportunity_id = shown.pop("id")
    money = {"amount": "150000.00", "currency": "CNY"}
    assert shown == {
        "name": "购买养老理财", "kind": "UP_SELL", "occasion": "LARGE_INFLOW", "stage": "IDENTIFIED", "amount": money,
        "probabilityRatio": "0.100000", "expectedCloseOn": "2026-12-01", "closedAt": None, "customer": {"id": "cus_1"},
        "product": {"id": "pro_5"}, "owner": {"id": "sta_9"}, "openedBy": {"id": "sta_9"}, "branch": {"id": "bra_3"},
        "step": {"fromStage": None, "toStage": "IDENTIFIED", "note": None, "probabilityRatio": "0.100000",
                 "amount": money, "staff": {"id": "sta_9"}},
    }  # fmt: skip
    (entry,) = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert (entry["concept"], entry["row_id"], entry["customer_ids"]) == ("opportunity", int(opportunity_id[4:]), [1])
    (event,) = await rows(own_bank, "SELECT topic, row_id FROM ketu.outbox_event")
    assert (event["topic"], event["row_id"]) == ("opportunity.created", int(opportunity_id[4:]))


async def test_creating_is_tried_and_repeated_without_a_second_one(own_bank: Bank):
    count = (
        "SELECT (SELECT count(*) FROM ketu.opportunity) AS all, count(*) AS steps FROM ketu.opportunity_stage_change"
    )
    (before,) = await rows(own_bank, count)
    assert (await carried_out(own_bank, CREATE, "rm-chaoyang-1", input=NEW, dry=True))["errors"] == []
    assert await rows(own_bank, count) == [before]
    first = await carried_out(own_bank, CREATE, "rm-chaoyang-1", input=NEW, key="o-1")
    assert await carried_out(own_bank, CREATE, "rm-chaoyang-1", input=NEW, key="o-1") == first | {"isReplay": True}
    assert await rows(own_bank, count) == [{"all": before["all"] + 1, "steps": before["steps"] + 1}]


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("rm-chaoyang-1", {"customerId": "cus_6"}, ("NotFound", "customerId")),
        ("rm-chaoyang-1", {"customerId": "acc_1"}, ("NotFound", "customerId")),
        ("rm-chaoyang-1", {"ownerId": "sta_5"}, ("NotPermitted", "ownerId")),
        ("rm-chaoyang-1", {"ownerId": "sta_14"}, ("NotFound", "ownerId")),
        ("rm-chaoyang-1", {"ownerId": None, "branchId": "bra_8"}, ("NotPermitted", "branchId")),
        ("manager-chaoyang", {"ownerId": "sta_10"}, ("NotFound", "ownerId")),
        ("regional-shanghai", {"customerId": "cus_23", "ownerId": "sta_17"}, ("InvalidInput", "ownerId")),
        ("rm-chaoyang-1", {"productId": "pro_99"}, ("NotFound", "productId")),
        ("rm-chaoyang-1", {"name": " "}, ("InvalidInput", "name")),
        ("rm-chaoyang-1", {"name": "x" * 201}, ("InvalidInput", "name")),
        ("rm-chaoyang-1", {"amount": "0"}, ("InvalidInput", "amount")),
        ("rm-chaoyang-1", {"amount": "0.001"}, ("InvalidInput", "amount")),
        ("rm-chaoyang-1", {"amount": "10000000000000000"}, ("InvalidInput", "amount")),
        ("rm-chaoyang-1", {"currency": "yuan"}, ("InvalidInput", "currency")),
        ("rm-chaoyang-1", {"probabilityRatio": "1.2"}, ("InvalidInput", "probabilityRatio")),
        ("rm-chaoyang-1", {"expectedCloseOn": "2026-10-30"}, ("InvalidInput", "expectedCloseOn")),
        ("rm-chaoyang-1", {"stage": "WON"}, ("InvalidInput", "stage")),
    ],
)
async def test_nothing_is_opened_beyond_ones_reach_or_without_sense(
    own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]
):
    assert error(await carried_out(own_bank, CREATE, user, input=NEW | given)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.opportunity WHERE name = 'x'") == []
    assert await rows(own_bank, "SELECT FROM ketu.outbox_event") == []


async def test_it_may_be_anybodys_in_a_branch(own_bank: Bank):
    shown = await done(own_bank, CREATE, "regional-beijing", **NEW, ownerId=None, branchId="bra_4")
    assert (shown["owner"], shown["branch"], shown["openedBy"]) == (None, {"id": "bra_4"}, {"id": "sta_3"})
    # Without a word about the branch it waits in the reader's own.
    shown = await done(own_bank, CREATE, "rm-chaoyang-1", **NEW, ownerId=None)
    assert (shown["owner"], shown["branch"]) == (None, {"id": "bra_3"})
    shown = await done(own_bank, CREATE, "manager-chaoyang", **NEW, ownerId="sta_9", currency="USD", amount="1.5")
    assert (shown["owner"], shown["amount"]) == ({"id": "sta_9"}, {"amount": "1.50", "currency": "USD"})


async def test_only_what_is_mentioned_changes(own_bank: Bank):
    shown = await done(
        own_bank, CHANGE, "rm-chaoyang-1", id=PENSION, expectedVersion=1, amount=None, occasion=None, productId=None,
        probabilityRatio="0.5",
    )  # fmt: skip
    assert shown == {
        "name": "王建国养老理财", "kind": "UP_SELL", "occasion": None, "amount": None, "probabilityRatio": "0.500000",
        "expectedCloseOn": "2026-11-30", "product": None, "customer": {"id": "cus_1"}, "version": 2,
    }  # fmt: skip
    entry = f"SELECT details FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'"
    assert "probabilityRatio" in str(await rows(own_bank, entry))
    # What is as it was is no change.
    assert (await done(own_bank, CHANGE, "rm-chaoyang-1", id=PENSION, expectedVersion=2, kind="UP_SELL"))[
        "version"
    ] == 2
    assert len(await rows(own_bank, entry)) == 1


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("rm-chaoyang-1", {"expectedVersion": 7}, ("Conflict", "expectedVersion")),
        ("rm-chaoyang-1", {"name": None}, ("InvalidInput", "name")),
        ("rm-chaoyang-1", {"currency": None}, ("InvalidInput", "currency")),
        ("rm-chaoyang-1", {"customerId": None}, ("InvalidInput", "customerId")),
        ("rm-chaoyang-1", {"customerId": "cus_15"}, ("NotFound", "customerId")),
        ("rm-wangjing-1", {"name": "y"}, ("NotFound", "id")),
        ("rm-chaoyang-1", {"id": "opp_99"}, ("NotFound", "id")),
        ("rm-chaoyang-1", {"id": "cus_1"}, ("NotFound", "id")),
        ("rm-xuhui-1", {"id": WON, "name": "y"}, ("InvalidInput", "id")),
    ],
)
async def test_changes_that_are_refused_change_nothing(
    own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]
):
    before = await rows(own_bank, "SELECT * FROM ketu.opportunity ORDER BY id")
    payload = await carried_out(own_bank, CHANGE, user, input={"id": PENSION, "expectedVersion": 1} | given)
    assert error(payload) == wanted
    assert await rows(own_bank, "SELECT * FROM ketu.opportunity ORDER BY id") == before


async def test_who_only_reads_is_refused_and_that_is_kept(own_bank: Bank):
    problem = await refused(own_bank, CHANGE, "auditor", input={"id": PENSION, "expectedVersion": 1, "name": "y"})
    assert problem.code is ProblemCode.FORBIDDEN
    denied = await rows(own_bank, f"SELECT action FROM audit.event WHERE {SINCE} AND kind = 'DENIAL'")
    assert denied == [{"action": "changeOpportunity"}]


async def test_it_goes_from_stage_to_stage_until_it_is_won(own_bank: Bank):
    moved = await done(
        own_bank, MOVE, "rm-chaoyang-1", id=PENSION, expectedVersion=1, stage="PROPOSED", note="已报方案"
    )
    assert moved == {
        "stage": "PROPOSED", "version": 2,
        "step": {"fromStage": "QUALIFIED", "toStage": "PROPOSED", "note": "已报方案", "probabilityRatio": "0.600000",
                 "amount": {"amount": "150000.00", "currency": "CNY"}, "staff": {"id": "sta_9"}},
    }  # fmt: skip
    back = await done(
        own_bank, MOVE, "manager-chaoyang", id=PENSION, expectedVersion=2, stage="CONTACTED", probabilityRatio="0.25"
    )
    assert (back["step"]["fromStage"], back["step"]["probabilityRatio"]) == ("PROPOSED", "0.250000")
    for stage in ("CONTACTED", "WON", "LOST"):
        refused = await carried_out(
            own_bank, MOVE, "rm-chaoyang-1", input={"id": PENSION, "expectedVersion": 3, "stage": stage}
        )
        assert error(refused) == ("InvalidInput", "stage")
    ended = {"id": PENSION, "expectedVersion": 3, "isWon": True, "reason": "SERVICE", "note": "签约"}
    won = await done(own_bank, CLOSE, "rm-chaoyang-1", **ended)
    step = won.pop("step")
    assert won == {
        "stage": "WON", "probabilityRatio": "1.000000", "closeReason": "SERVICE", "closeNote": "签约", "version": 4
    }  # fmt: skip
    assert (step["fromStage"], step["toStage"], step["note"]) == ("CONTACTED", "WON", "签约")
    # What is closed stays so.
    for mutation, more in ((CLOSE, ended), (MOVE, {"stage": "PROPOSED"}), (ASSIGN, {"ownerId": "sta_9"})):
        again = await carried_out(
            own_bank, mutation, "manager-chaoyang", input={**more, "id": PENSION, "expectedVersion": 4}
        )
        assert error(again) == ("InvalidInput", "id")


async def test_nothing_is_sold_to_nobody(own_bank: Bank):
    won = {"id": STRANGER, "expectedVersion": 1, "isWon": True, "reason": "NEED"}
    assert error(await carried_out(own_bank, CLOSE, "rm-chaoyang-1", input=won)) == ("InvalidInput", "isWon")
    named = await done(own_bank, CHANGE, "rm-chaoyang-1", id=STRANGER, expectedVersion=1, customerId="cus_29")
    assert named["customer"] == {"id": "cus_29"}
    assert (await done(own_bank, CLOSE, "rm-chaoyang-1", **won | {"expectedVersion": 2}))["stage"] == "WON"


async def test_it_goes_to_where_its_new_owner_works(own_bank: Bank):
    given = {"id": PENSION, "expectedVersion": 1, "ownerId": "sta_10"}
    refused = await carried_out(own_bank, ASSIGN, "manager-chaoyang", input=given)
    assert error(refused) == ("NotFound", "ownerId")
    shown = await done(own_bank, ASSIGN, "regional-beijing", **given)
    assert shown == {"owner": {"id": "sta_10"}, "branch": {"id": "bra_4"}, "version": 2}
    shown = await done(own_bank, ASSIGN, "rm-wangjing-1", id=PENSION, expectedVersion=2)
    # Anybody's in the branch now, and of a customer whom they do not see.
    assert shown is None
    query = f'{{ node(id: "{PENSION}") {{ ... on Opportunity {{ owner {{ id }} branch {{ id }} }} }} }}'
    assert await own_bank.ask(query, user="regional-beijing") == {"node": {"owner": None, "branch": {"id": "bra_4"}}}


async def test_what_a_leaver_had_open_waits_for_somebody_else(own_bank: Bank):
    leave = 'mutation { recordDeparture(input: {staffId: "sta_9", expectedVersion: 1}) { errors { __typename } } }'
    assert (await carried_out(own_bank, leave, "administrator"))["errors"] == []
    owned = "SELECT stage FROM ketu.opportunity WHERE owner_id = 9"
    assert {row["stage"] for row in await rows(own_bank, owned)} == {"WON"}
    assert await rows(own_bank, "SELECT FROM ketu.lead WHERE owner_id = 9 AND state = 'OPEN'") == []
    told = await rows(own_bank, f"SELECT row_id FROM audit.event WHERE {SINCE} AND concept = 'opportunity'")
    assert sorted(row["row_id"] for row in told) == [1, 2, 3]


async def test_the_funnel_is_one_question(bank: Bank):
    query = """{ opportunities(where: {closedAt: {isNull: true}}) {
      aggregates(groupBy: [{field: STAGE}, {field: CURRENCY}]) { key { stage } count amount { sum } } } }"""
    found = await bank.ask(query, user="auditor")
    assert sum(int(group["count"]) for group in found["opportunities"]["aggregates"]) == 6
