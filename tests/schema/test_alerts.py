"""Alerts on business: the inbox, its badge, looking at alerts, seeing to them, wanting no more of them."""

from typing import Any

import pytest
from factories.bank import SINCE, Bank, change

from tests.schema.test_mutations import carried_out, refused, rows
from tests.schema.test_tickets import SHOWN, error

pytestmark = pytest.mark.anyio

FIELDS = "id version state seenAt closedAt result staff { id } closedBy { id }"
ACKNOWLEDGE = f"""mutation ($input: AcknowledgeAlertInput!) {{ acknowledgeAlert(input: $input) {{
  alert {{ {FIELDS} }} {SHOWN} }} }}"""
COMPLETE = f"""mutation ($input: CompleteAlertInput!, $dry: Boolean, $key: String) {{
  completeAlert(input: $input, dryRun: $dry, idempotencyKey: $key) {{ alert {{ {FIELDS} }} isReplay {SHOWN} }} }}"""
STOP = f"""mutation ($input: StopAlertInput!) {{ stopAlert(input: $input) {{ alert {{ {FIELDS} }} {SHOWN} }} }}"""
PREFER = f"""mutation ($input: SetAlertPreferenceInput!) {{ setAlertPreference(input: $input) {{
  alertPreference {{ isStopped leadDays repeatDays rule {{ id }} staff {{ id }} }} {SHOWN} }} }}"""
BADGE = "{ viewer { alertBadge { unread } } }"
OUT, MATURITY, STOPPED, SMALL, CARD, CARD_UP, ARREARS, VISIT, TIER, DORMANT, CHURN, OVERDUE, TRAINING, NOBODYS = (
    f"alr_{number}" for number in range(1, 15)
)


async def unread(bank: Bank, user: str) -> int:
    """What the badge of somebody says, which is what is in their inbox."""
    shown = await bank.ask(
        f"{BADGE[:-1]} alerts(where: {{ state: {{ eq: NEW }} }}) {{ nodes {{ staff {{ id }} }} }} }}", user=user
    )
    own = f"sta_{(await bank.reader(user)).subject.staff_id}"
    said = shown["viewer"]["alertBadge"]["unread"]
    assert said == sum(node["staff"] == {"id": own} for node in shown["alerts"]["nodes"])
    return said


@pytest.mark.parametrize(
    ("user", "seen"),
    [
        # One's own, and those about one's customers.
        ("rm-chaoyang-1", {OUT, MATURITY, STOPPED}),
        ("rm-wangjing-1", {SMALL, CARD, CARD_UP, STOPPED}),
        ("rm-xuhui-1", {TIER, DORMANT, OVERDUE}),
        ("teller-wangjing", {CARD}),
        ("manager-chaoyang", {OUT, MATURITY, STOPPED, CARD_UP, NOBODYS}),
        ("manager-pudong", {TRAINING}),
        ("regional-beijing", {OUT, MATURITY, STOPPED, SMALL, CARD, CARD_UP, ARREARS, VISIT, NOBODYS}),
        ("auditor", {f"alr_{number}" for number in range(1, 16)}),
    ],
)
async def test_an_alert_is_seen_in_its_inbox_its_branch_and_with_its_customer(bank: Bank, user: str, seen: set[str]):
    shown = await bank.ask("{ alerts(first: 100) { nodes { id } } }", user=user)
    assert {node["id"] for node in shown["alerts"]["nodes"]} == seen


async def test_alerts_are_no_business_of_those_who_run_the_system(bank: Bank):
    for user in ("administrator", "security-officer", "analyst", "integrator"):
        answer = await bank.answer(f"{BADGE[:-1]} alerts {{ nodes {{ id }} }} }}", user=user)
        assert answer["extensions"]["withheld"] == ["Query.alerts", "Viewer.alertBadge"], user


async def test_a_badge_counts_what_one_has_not_looked_at(own_bank: Bank):
    assert [await unread(own_bank, user) for user in ("rm-chaoyang-1", "manager-chaoyang", "rm-lujiazui-1")] == [
        1,
        1,
        0,
    ]
    raised = """INSERT INTO ketu.alert (kind, priority, state, staff_id, branch_id, position, title, raised_at)
                SELECT 'MODEL', 'LOW', state, staff_id, 3, 1, 'x', now() FROM (VALUES {}) AS new (state, staff_id)"""
    await change(own_bank, raised.format("('NEW', 9), ('NEW', 9), ('SEEN', 9), ('NEW', 5), ('NEW', NULL)"))
    assert [await unread(own_bank, user) for user in ("rm-chaoyang-1", "manager-chaoyang")] == [3, 2]
    await change(own_bank, "UPDATE ketu.alert SET staff_id = 5 WHERE title = 'x' AND staff_id = 9")
    assert [await unread(own_bank, user) for user in ("rm-chaoyang-1", "manager-chaoyang")] == [1, 4]
    await change(own_bank, "DELETE FROM ketu.alert WHERE title = 'x' OR id = 1")
    assert [await unread(own_bank, user) for user in ("rm-chaoyang-1", "manager-chaoyang")] == [0, 1]


async def test_whoever_joins_has_a_badge(own_bank: Bank):
    await change(
        own_bank,
        """INSERT INTO ketu.staff (staff_no, name, name_sort_key, post, state, branch_id, position)
           VALUES ('N1', '新人', 'xin ren', 'TELLER', 'ACTIVE', 1, 1)""",
    )
    badges = "SELECT unread FROM ketu.alert_badge AS b JOIN ketu.staff AS s ON s.id = b.staff_id AND b.id = s.id"
    assert await rows(own_bank, f"{badges} WHERE staff_no = 'N1'") == [{"unread": 0}]
    assert len(await rows(own_bank, badges)) == 23


async def test_a_badge_costs_one_statement(bank: Bank):
    bank.statements.clear()
    assert await bank.ask(BADGE, user="rm-chaoyang-1") == {"viewer": {"alertBadge": {"unread": 1}}}
    (statement,) = bank.statements
    assert "ketu.alert " not in statement


async def test_looking_at_an_alert_is_kept_once(own_bank: Bank):
    payload = await carried_out(own_bank, ACKNOWLEDGE, "rm-chaoyang-1", input={"id": OUT})
    shown = payload["alert"]
    assert (payload["errors"], shown["state"], shown["version"], shown["closedAt"]) == ([], "SEEN", 2, None)
    assert shown["seenAt"] is not None
    assert await unread(own_bank, "rm-chaoyang-1") == 0
    again = await carried_out(own_bank, ACKNOWLEDGE, "rm-chaoyang-1", input={"id": OUT})
    assert again["alert"] == shown
    (entry,) = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert (entry["concept"], entry["row_id"], entry["customer_ids"]) == ("alert", 1, [1])
    told = await rows(own_bank, "SELECT topic, row_id, customer_ids, staff_ids FROM ketu.outbox_event")
    assert told == [{"topic": "alert.seen", "row_id": 1, "customer_ids": [1], "staff_ids": [9]}]


@pytest.mark.parametrize(
    ("user", "alert", "wanted"),
    [
        # In sight, and not in one's own inbox.
        ("manager-chaoyang", OUT, ("InvalidInput", "id")),
        ("rm-wangjing-1", CARD, ("InvalidInput", "id")),
        ("manager-chaoyang", NOBODYS, ("InvalidInput", "id")),
        ("rm-xuhui-1", OUT, ("NotFound", "id")),
        ("rm-xuhui-1", "alr_99", ("NotFound", "id")),
    ],
)
async def test_nobody_looks_into_the_inbox_of_others(own_bank: Bank, user: str, alert: str, wanted: tuple[str, str]):
    assert error(await carried_out(own_bank, ACKNOWLEDGE, user, input={"id": alert})) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.alert WHERE version > 1") == []


async def test_an_alert_is_seen_to_by_who_has_its_customer(own_bank: Bank):
    given = {"id": CARD, "expectedVersion": 1, "result": "已补卡"}
    tried = await carried_out(own_bank, COMPLETE, "rm-wangjing-1", input=given, dry=True)
    assert tried["alert"]["state"] == "DONE"
    assert await unread(own_bank, "teller-wangjing") == 1
    payload = await carried_out(own_bank, COMPLETE, "rm-wangjing-1", input=given, key="done")
    shown = payload["alert"]
    assert (payload["errors"], shown["state"], shown["result"], shown["seenAt"]) == ([], "DONE", "已补卡", None)
    assert shown["closedBy"] == {"id": "sta_10"}
    assert await unread(own_bank, "teller-wangjing") == 0
    again = await carried_out(own_bank, COMPLETE, "rm-wangjing-1", input=given, key="done")
    assert again == payload | {"isReplay": True}
    done = {"id": CARD, "expectedVersion": 2}
    assert error(await carried_out(own_bank, COMPLETE, "rm-wangjing-1", input=done)) == ("InvalidInput", "id")


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("rm-chaoyang-1", {"expectedVersion": 7}, ("Conflict", "expectedVersion")),
        ("rm-chaoyang-1", {"result": " "}, ("InvalidInput", "result")),
        ("rm-xuhui-1", {}, ("NotFound", "id")),
    ],
)
async def test_nothing_else_is_seen_to(own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]):
    asked = {"id": OUT, "expectedVersion": 1} | given
    assert error(await carried_out(own_bank, COMPLETE, user, input=asked)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.alert WHERE version > 1") == []


async def test_who_may_not_see_to_alerts_is_refused(own_bank: Bank):
    problem = await refused(own_bank, COMPLETE, "auditor", input={"id": OUT, "expectedVersion": 1})
    assert problem.code.name == "FORBIDDEN"


async def test_one_wants_no_more_of_an_alert_or_of_its_rule(own_bank: Bank):
    payload = await carried_out(own_bank, STOP, "rm-chaoyang-1", input={"id": MATURITY, "expectedVersion": 1})
    shown = payload["alert"]
    assert (payload["errors"], shown["state"], shown["closedBy"]) == ([], "STOPPED", {"id": "sta_9"})
    wanted = "SELECT is_stopped, lead_days FROM ketu.alert_preference WHERE staff_id = 9 AND alert_rule_id = {}"
    assert await rows(own_bank, wanted.format(4)) == []
    given = {"id": OUT, "expectedVersion": 1, "stopsRule": True}
    assert (await carried_out(own_bank, STOP, "rm-chaoyang-1", input=given))["errors"] == []
    assert await rows(own_bank, wanted.format(1)) == [{"is_stopped": True, "lead_days": None}]
    # What they wanted of the rule before stays with it.
    entries = await rows(own_bank, f"SELECT concept FROM audit.event WHERE {SINCE} AND kind = 'CHANGE' ORDER BY id")
    assert [entry["concept"] for entry in entries] == ["alert", "alert", "alert_preference"]


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("rm-chaoyang-1", {"id": STOPPED}, ("InvalidInput", "id")),
        ("manager-chaoyang", {"id": OUT}, ("InvalidInput", "id")),
        ("manager-pudong", {"id": TRAINING, "stopsRule": True}, ("InvalidInput", "stopsRule")),
        ("rm-chaoyang-1", {"id": OUT, "expectedVersion": 2}, ("Conflict", "expectedVersion")),
        ("rm-xuhui-1", {"id": OUT}, ("NotFound", "id")),
    ],
)
async def test_nothing_else_is_stopped(own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]):
    assert error(await carried_out(own_bank, STOP, user, input={"expectedVersion": 1} | given)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.alert WHERE version > 1") == []


async def test_everybody_says_how_they_want_the_alerts_of_a_rule(own_bank: Bank):
    given = {"ruleId": "aru_8", "leadDays": 14, "repeatDays": 7}
    payload = await carried_out(own_bank, PREFER, "rm-chaoyang-1", input=given)
    own = {"rule": {"id": "aru_8"}, "staff": {"id": "sta_9"}}
    assert payload == {
        "alertPreference": {"isStopped": False, "leadDays": 14, "repeatDays": 7, **own}, "errors": []
    }  # fmt: skip
    payload = await carried_out(own_bank, PREFER, "rm-chaoyang-1", input={"ruleId": "aru_8", "isStopped": True})
    assert payload["alertPreference"] == {"isStopped": True, "leadDays": None, "repeatDays": None, **own}
    for wrong, path in (
        ({"leadDays": -1}, "leadDays"),
        ({"repeatDays": 0}, "repeatDays"),
        ({"leadDays": 367}, "leadDays"),
    ):
        refusal = await carried_out(own_bank, PREFER, "rm-chaoyang-1", input={"ruleId": "aru_8"} | wrong)
        assert error(refusal) == ("InvalidInput", path)
    assert error(await carried_out(own_bank, PREFER, "rm-chaoyang-1", input={"ruleId": "aru_99"})) == (
        "NotFound",
        "ruleId",
    )
    assert len(await rows(own_bank, "SELECT FROM ketu.alert_preference WHERE staff_id = 9")) == 2


async def test_rules_are_readable(bank: Bank):
    query = """{ alertRules(where: { kind: { eq: LARGE_WITHDRAWAL } }) {
      nodes { ruleNo endsOn threshold { amount currency } } } }"""
    assert await bank.ask(query, user="teller-wangjing") == {"alertRules": {"nodes": [
        {"ruleNo": "AR01", "endsOn": None, "threshold": {"amount": "100000.00", "currency": "CNY"}},
        {"ruleNo": "AR02", "endsOn": "2024-12-31", "threshold": {"amount": "200000.00", "currency": "CNY"}},
    ]}}  # fmt: skip
