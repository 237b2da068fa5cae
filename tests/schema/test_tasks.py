"""Tasks: who may give them to whom, how they are done and given back, and who sees them."""

from typing import Any

import pytest
from factories.bank import SINCE, Bank

from tests.schema.test_mutations import carried_out, rows

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { message path } }"
CREATE = f"""mutation ($input: CreateTaskInput!) {{ createTask(input: $input) {{
  task {{ id title purpose priority state dueAt customer {{ id }} assignedTo {{ id }} assignedBy {{ id }}
    branch {{ id }} parent {{ id }} ticket {{ id }} }} {SHOWN} }} }}"""
ASSIGN = f"""mutation ($input: AssignTaskInput!) {{ assignTask(input: $input) {{
  task {{ state assignedTo {{ id }} assignedBy {{ id }} branch {{ id }} dueAt version }} {SHOWN} }} }}"""
COMPLETE = f"""mutation ($input: CompleteTaskInput!) {{ completeTask(input: $input) {{
  task {{ state completedThrough result completedBy {{ id }} version }} {SHOWN} }} }}"""
HAND_BACK = f"""mutation ($input: HandBackTaskInput!) {{ handBackTask(input: $input) {{
  task {{ state assignedTo {{ id }} handBackReason }} {SHOWN} }} }}"""
CANCEL = f"mutation ($input: CancelTaskInput!) {{ cancelTask(input: $input) {{ task {{ state }} {SHOWN} }} }}"

MATURITY, REPLACE_CARD, ARREARS, VISIT, NAME, TRAINING, ROOM = (
    "tas_1",
    "tas_4",
    "tas_5",
    "tas_6",
    "tas_7",
    "tas_10",
    "tas_11",
)


def error(payload: dict[str, Any]) -> tuple[str, str]:
    """Type and last step of the path of the only error."""
    (only,) = payload["errors"]
    assert payload["task"] is None
    return only["__typename"], only["path"][-1]


async def done(bank: Bank, mutation: str, user: str, **given: Any) -> Any:
    """The task as the payload shows it."""
    payload = await carried_out(bank, mutation, user, input=given)
    assert payload["errors"] == []
    return payload["task"]


async def test_a_manager_gives_a_task_to_somebody_of_the_branch(own_bank: Bank):
    shown = await done(
        own_bank, CREATE, "manager-chaoyang", title=" Call about the maturity ", purpose="SALES", priority="HIGH",
        dueAt="2026-11-02T01:00:00Z", customerId="cus_2", assignedToId="sta_9", parentId=MATURITY, ticketId="tic_4",
    )  # fmt: skip
    task_id = shown.pop("id")
    assert shown == {
        "title": "Call about the maturity", "purpose": "SALES", "priority": "HIGH", "state": "OPEN",
        "dueAt": "2026-11-02T01:00:00.000000Z", "customer": {"id": "cus_2"}, "assignedTo": {"id": "sta_9"},
        "assignedBy": {"id": "sta_5"}, "branch": {"id": "bra_3"}, "parent": {"id": MATURITY}, "ticket": {"id": "tic_4"},
    }  # fmt: skip
    (entry,) = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert (entry["concept"], entry["row_id"], entry["customer_ids"]) == ("task", int(task_id[4:]), [2])
    (event,) = await rows(own_bank, "SELECT topic, row_id FROM ketu.outbox_event")
    assert (event["topic"], event["row_id"]) == ("task.created", int(task_id[4:]))
    # Whoever it was given to finds it with what they are to do.
    mine = '{ viewer { staff { tasks(where: {title: {startsWith: "Call"}}) { nodes { id } } } } }'
    (found,) = (await own_bank.ask(mine, user="rm-chaoyang-1"))["viewer"]["staff"]["tasks"]["nodes"]
    assert found == {"id": task_id}


async def test_a_task_that_is_nobodys_waits_in_ones_own_branch(own_bank: Bank):
    shown = await done(own_bank, CREATE, "manager-chaoyang", title="Water the plants", purpose="OTHER")
    assert (shown["assignedTo"], shown["branch"], shown["priority"]) == (None, {"id": "bra_3"}, "NORMAL")


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        # Another portfolio; a customer whom they do not see at all.
        ("rm-chaoyang-1", {"customerId": "cus_6"}, ("NotFound", "customerId")),
        ("manager-chaoyang", {"customerId": "cus_15"}, ("NotFound", "customerId")),
        # A service agent may give tasks, but not to others.
        ("service-agent", {"assignedToId": "sta_9"}, ("NotPermitted", "assignedToId")),
        ("manager-chaoyang", {"assignedToId": "sta_7"}, ("NotFound", "assignedToId")),
        ("manager-chaoyang", {"branchId": "bra_8"}, ("NotPermitted", "branchId")),
        ("regional-shanghai", {"assignedToId": "sta_17"}, ("InvalidInput", "assignedToId")),
        ("manager-chaoyang", {"parentId": TRAINING}, ("NotFound", "parentId")),
        # The visit of last year is done.
        ("manager-chaoyang", {"parentId": "tas_2"}, ("InvalidInput", "parentId")),
        ("manager-chaoyang", {"ticketId": "tic_6"}, ("NotFound", "ticketId")),
        ("manager-chaoyang", {"title": "  "}, ("InvalidInput", "title")),
        ("manager-chaoyang", {"title": "x" * 201}, ("InvalidInput", "title")),
        ("manager-chaoyang", {"customerId": "acc_1"}, ("NotFound", "customerId")),
    ],
)
async def test_nobody_gives_tasks_beyond_their_reach(
    own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]
):
    payload = await carried_out(own_bank, CREATE, user, input={"title": "x", "purpose": "OTHER", **given})
    assert error(payload) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.task WHERE title = 'x'") == []
    assert await rows(own_bank, "SELECT FROM ketu.outbox_event") == []


async def test_a_task_goes_to_where_its_new_assignee_works(own_bank: Bank):
    shown = await done(
        own_bank, ASSIGN, "regional-beijing", id=ARREARS, expectedVersion=1, assignedToId="sta_22",
        dueAt="2026-11-09T09:00:00Z",
    )  # fmt: skip
    assert shown == {
        "state": "OPEN", "assignedTo": {"id": "sta_22"}, "assignedBy": {"id": "sta_3"}, "branch": {"id": "bra_5"},
        "dueAt": "2026-11-09T09:00:00.000000Z", "version": 2,
    }  # fmt: skip
    stale = await carried_out(
        own_bank, ASSIGN, "regional-beijing", input={"id": ARREARS, "expectedVersion": 1, "assignedToId": "sta_11"}
    )
    assert error(stale) == ("Conflict", "expectedVersion")


async def test_a_task_is_done_once_its_parts_are(own_bank: Bank):
    parts = await carried_out(own_bank, COMPLETE, "regional-beijing", input={"id": ARREARS, "expectedVersion": 1})
    assert error(parts) == ("InvalidInput", "id")
    part = await done(
        own_bank,
        COMPLETE,
        "field-haidian",
        id=VISIT,
        expectedVersion=1,
        completedThrough="VISIT",
        result="会在月底还清",
    )
    assert part == {
        "state": "COMPLETED", "completedThrough": "VISIT", "result": "会在月底还清", "completedBy": {"id": "sta_22"},
        "version": 2,
    }  # fmt: skip
    assert (await done(own_bank, COMPLETE, "regional-beijing", id=ARREARS, expectedVersion=1))["state"] == "COMPLETED"
    again = await carried_out(own_bank, COMPLETE, "regional-beijing", input={"id": ARREARS, "expectedVersion": 2})
    assert error(again) == ("InvalidInput", "id")


async def test_who_cannot_do_a_task_gives_it_back(own_bank: Bank):
    given = {"id": REPLACE_CARD, "expectedVersion": 1, "reason": "缺少制卡材料"}
    # Their customer's manager sees it, and is not who is to do it.
    assert error(await carried_out(own_bank, HAND_BACK, "rm-wangjing-1", input=given)) == ("InvalidInput", "id")
    # Then it is theirs no more, and out of their sight.
    assert await done(own_bank, HAND_BACK, "teller-wangjing", **given) is None
    query = f'{{ node(id: "{REPLACE_CARD}") {{ ... on Task {{ state assignedTo {{ id }} handBackReason }} }} }}'
    wanted = {"state": "HANDED_BACK", "assignedTo": None, "handBackReason": "缺少制卡材料"}
    assert await own_bank.ask(query, user="rm-wangjing-1") == {"node": wanted}


async def test_only_who_may_assign_a_task_cancels_it(own_bank: Bank):
    given = {"id": MATURITY, "expectedVersion": 1}
    assert error(await carried_out(own_bank, CANCEL, "rm-pudong-1", input=given)) == ("NotFound", "id")
    assert await done(own_bank, CANCEL, "manager-chaoyang", **given) == {"state": "CANCELLED"}


async def test_a_teller_sees_a_task_of_theirs_and_not_its_customers_other_tasks(bank: Bank):
    query = "{ tasks(first: 100) { nodes { id customer { id } } } }"
    seen = (await bank.ask(query, user="teller-wangjing"))["tasks"]["nodes"]
    assert seen == [{"id": REPLACE_CARD, "customer": {"id": "cus_6"}}]


async def test_a_task_is_seen_without_its_customer(own_bank: Bank):
    """The data steward gave it; the customer is in nobody's portfolio, and the steward may see everybody."""
    query = '{ node(id: "tas_12") { ... on Task { title customer { id } } } }'
    assert await own_bank.ask(query, user="manager-pudong") == {"node": None}
    shown = await done(own_bank, ASSIGN, "regional-shanghai", id="tas_12", expectedVersion=1, assignedToId="sta_12")
    assert shown["branch"] == {"id": "bra_8"}
    assert await own_bank.ask(query, user="manager-pudong") == {
        "node": {"title": "向黄海涛介绍家庭保障", "customer": None}
    }


async def test_what_a_leaver_had_to_do_waits_for_somebody_else(own_bank: Bank):
    leave = 'mutation { recordDeparture(input: {staffId: "sta_9", expectedVersion: 1}) { errors { __typename } } }'
    assert (await carried_out(own_bank, leave, "administrator"))["errors"] == []
    left = await rows(own_bank, "SELECT id, state FROM ketu.task WHERE assigned_to_id = 9 ORDER BY id")
    assert [(row["id"], row["state"]) for row in left] == [(2, "COMPLETED"), (3, "COMPLETED")]
    assert await rows(own_bank, "SELECT FROM ketu.ticket WHERE assigned_to_id = 9 AND state <> 'CLOSED'") == []
    told = await rows(own_bank, f"SELECT row_id FROM audit.event WHERE {SINCE} AND concept = 'task'")
    assert [row["row_id"] for row in told] == [1]
