"""What those who watch are told, and what not: each sees what they might have asked for themselves."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from factories.api import Api, listening, settings
from factories.bank import Bank, change
from factories.live import watching

from tests.schema.test_mutations import carried_out, rows
from tests.schema.test_tags_and_consents import GIVE, TAKE
from tests.schema.test_tasks import CREATE, HAND_BACK, MATURITY
from tests.schema.test_tickets import CLOSE, OPEN, TRANSFER

pytestmark = pytest.mark.anyio

TASKS = """subscription ($after: String, $where: TaskWhere) { myTasks(after: $after) {
    eventId kind tasks(where: $where) { totalCount nodes { id title state version } } } }"""
OPEN_TASKS = {"where": {"state": {"in": ["OPEN", "HANDED_BACK"]}}}
QUEUE = """subscription ($branch: ID!) { ticketQueue(branchId: $branch) {
    kind unassigned { nodes { id subject customer { id } } } assigned { nodes { id } } } }"""
CUSTOMER = """subscription ($id: ID!, $after: String) { customerChanges(id: $id, after: $after) {
    eventId kind customer { id displayName tags { nodes { tag { name } } } } } }"""
ALERTS = "subscription { accessAlertInbox { kind alerts { totalCount nodes { id } } } }"
CANCEL = """mutation ($input: CancelTaskInput!, $dry: Boolean, $key: String) {
    cancelTask(input: $input, dryRun: $dry, idempotencyKey: $key) { task { state } errors { __typename } } }"""
MATURITY_CANCELLED = {"id": MATURITY, "expectedVersion": 1}


def ids(update: dict[str, Any], connection: str = "tasks") -> list[str]:
    """Of the rows shown."""
    return [node["id"] for node in update[connection]["nodes"]]


async def done(bank: Bank, mutation: str, user: str, **variables: Any) -> Any:
    """A mutation that goes well."""
    payload = await carried_out(bank, mutation, user, **variables)
    assert payload["errors"] == []
    return payload


async def test_tasks_come_and_go(live: Api, own_bank: Bank):
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(TASKS, **OPEN_TASKS)
        first = await socket.update()
        assert (first["kind"], MATURITY in ids(first)) == ("PRESENT", True)

        given = {"title": "Call them", "purpose": "SALES", "assignedToId": "sta_9"}
        created = await done(own_bank, CREATE, "manager-chaoyang", input=given)
        second = await socket.update()
        assert second["kind"] == "CHANGED"
        assert set(ids(second)) - set(ids(first)) == {created["task"]["id"]}
        assert second["eventId"] != first["eventId"]

        await done(own_bank, CANCEL, "manager-chaoyang", input=MATURITY_CANCELLED)
        third = await socket.update()
        assert set(ids(second)) - set(ids(third)) == {MATURITY}
        assert third["tasks"]["totalCount"] == str(int(second["tasks"]["totalCount"]) - 1)
        assert await socket.is_quiet()


async def test_who_gave_a_task_and_who_had_it_are_told_what_becomes_of_it(live: Api, own_bank: Bank):
    async with watching(live, "rm-chaoyang-1") as does, watching(live, "manager-chaoyang") as gave:
        await does.subscribe(TASKS)
        of_theirs = ids(await does.update())
        await gave.subscribe(TASKS)
        given_before = ids(await gave.update())
        given = {"title": "x", "purpose": "OTHER", "assignedToId": "sta_9"}
        task = (await done(own_bank, CREATE, "manager-chaoyang", input=given))["task"]["id"]
        assert set(ids(await does.update())) == {*of_theirs, task}
        assert set(ids(await gave.update())) == {*given_before, task}
        await done(own_bank, HAND_BACK, "rm-chaoyang-1", input={"id": task, "expectedVersion": 1, "reason": "x"})
        # It is not theirs any more, but still of who gave it.
        assert ids(await does.update()) == of_theirs
        (state,) = [each["state"] for each in (await gave.update())["tasks"]["nodes"] if each["id"] == task]
        assert state == "HANDED_BACK"


async def test_what_is_tried_refused_or_repeated_is_not_told(live: Api, own_bank: Bank):
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(TASKS)
        await socket.update()
        await done(own_bank, CANCEL, "manager-chaoyang", input=MATURITY_CANCELLED, dry=True)
        refused = await carried_out(own_bank, CANCEL, "manager-chaoyang", input={"id": MATURITY, "expectedVersion": 9})
        assert [error["__typename"] for error in refused["errors"]] == ["Conflict"]
        assert await socket.is_quiet()
        await done(own_bank, CANCEL, "manager-chaoyang", input=MATURITY_CANCELLED, key="k")
        assert (await socket.update())["kind"] == "CHANGED"
        await done(own_bank, CANCEL, "manager-chaoyang", input=MATURITY_CANCELLED, key="k")
        assert await socket.is_quiet()


async def test_a_transaction_that_is_rolled_back_is_not_told(live: Api, own_bank: Bank):
    told = "INSERT INTO ketu.outbox_event (topic, concept, row_id, staff_ids) VALUES ('task.x', 'task', 1, '{9}')"
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(TASKS)
        await socket.update()
        await change(
            own_bank, f"BEGIN; UPDATE ketu.task SET title = 'x' WHERE id = 1; {told}; NOTIFY ketu_outbox; ROLLBACK"
        )
        assert await socket.is_quiet()
        await change(
            own_bank, f"BEGIN; UPDATE ketu.task SET title = 'y' WHERE id = 1; {told}; NOTIFY ketu_outbox; COMMIT"
        )
        assert "y" in [task["title"] for task in (await socket.update())["tasks"]["nodes"]]


async def test_a_change_is_told_once_its_transaction_commits_though_later_ones_did_so_before(live: Api, own_bank: Bank):
    told = "INSERT INTO ketu.outbox_event (topic, concept, row_id, staff_ids) VALUES ('task.x', 'task', 1, '{9}')"
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(TASKS)
        await socket.update()
        slow = await asyncpg.connect(own_bank.url)
        try:
            await slow.execute(f"BEGIN; UPDATE ketu.task SET title = 'slow' WHERE id = 1; {told}; NOTIFY ketu_outbox")
            given = {"title": "quick", "purpose": "SALES", "assignedToId": "sta_9"}
            await done(own_bank, CREATE, "manager-chaoyang", input=given)
            assert "quick" in [task["title"] for task in (await socket.update())["tasks"]["nodes"]]
            await slow.execute("COMMIT")
            assert "slow" in [task["title"] for task in (await socket.update())["tasks"]["nodes"]]
        finally:
            await slow.close()


async def test_what_is_not_selected_is_not_told(live: Api, own_bank: Bank):
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe("subscription { myTasks { tasks { totalCount } } }")
        await socket.update()
        await done(own_bank, CANCEL, "manager-chaoyang", input=MATURITY_CANCELLED)
        assert await socket.is_quiet()


async def test_anothers_task_is_nobodys_business(live: Api, own_bank: Bank):
    async with watching(live, "rm-pudong-1") as socket:
        await socket.subscribe(TASKS)
        assert MATURITY not in ids(await socket.update())
        await done(own_bank, CANCEL, "manager-chaoyang", input=MATURITY_CANCELLED)
        assert await socket.is_quiet()
        # Nor is one of theirs that somebody of another region sees.
        given = {"title": "Call them", "purpose": "SALES", "assignedToId": "sta_9"}
        await done(own_bank, CREATE, "manager-chaoyang", input=given)
        assert await socket.is_quiet()


async def test_tickets_wait_in_the_queue_of_their_branch(live: Api, own_bank: Bank):
    async with watching(live, "manager-chaoyang") as there, watching(live, "service-agent") as elsewhere:
        await there.subscribe(QUEUE, branch="bra_3")
        before = ids(await there.update(), "unassigned")
        await elsewhere.subscribe(QUEUE, branch="bra_5")
        at_haidian = ids(await elsewhere.update(), "unassigned")

        asked = {"kind": "INQUIRY", "channel": "PHONE", "subject": "Fees", "customerId": "cus_1", "branchId": "bra_3"}
        ticket = (await done(own_bank, OPEN, "service-agent", input=asked))["ticket"]["id"]
        assert ids(await there.update(), "unassigned") == [*before, ticket]
        assert await elsewhere.is_quiet()

        moved = {"id": ticket, "expectedVersion": 1, "toBranchId": "bra_5"}
        await done(own_bank, TRANSFER, "service-agent", input=moved)
        assert ids(await there.update(), "unassigned") == before
        assert set(ids(await elsewhere.update(), "unassigned")) == {*at_haidian, ticket}

        closed = {"id": ticket, "expectedVersion": 2, "resolution": "Told them."}
        await done(own_bank, CLOSE, "service-agent", input=closed)
        assert ids(await elsewhere.update(), "unassigned") == at_haidian
        assert await there.is_quiet()


async def test_a_queue_out_of_reach_is_empty_and_silent(live: Api, own_bank: Bank):
    async with watching(live, "manager-pudong") as socket:
        await socket.subscribe(QUEUE, branch="bra_3")
        assert ids(await socket.update(), "unassigned") == []
        asked = {"kind": "INQUIRY", "channel": "PHONE", "subject": "Fees", "customerId": "cus_1", "branchId": "bra_3"}
        await done(own_bank, OPEN, "service-agent", input=asked)
        assert await socket.is_quiet()


async def test_a_customers_tags_change(live: Api, own_bank: Bank):
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(CUSTOMER, id="cus_1")
        first = await socket.update()
        assert (first["kind"], first["customer"]["id"]) == ("PRESENT", "cus_1")
        given = {"customerId": "cus_1", "tagId": "tag_3"}
        await done(own_bank, GIVE, "rm-chaoyang-1", input=given)
        second = await socket.update()
        tags = [each["tag"]["name"] for each in second["customer"]["tags"]["nodes"]]
        assert (second["kind"], "有留学需求" in tags) == ("CHANGED", True)
        await done(own_bank, TAKE, "manager-chaoyang", input=given)
        assert (await socket.update())["customer"] == first["customer"]


async def test_a_customer_out_of_reach_is_absent_and_silent(live: Api, own_bank: Bank):
    async with watching(live, "rm-pudong-1") as socket:
        await socket.subscribe(CUSTOMER, id="cus_1")
        first = await socket.update()
        assert (first["kind"], first["customer"]) == ("PRESENT", None)
        await socket.subscribe(CUSTOMER, key="none", id="cus_999999")
        none = await socket.update(key="none")
        assert none | {"eventId": ""} == first | {"eventId": ""}
        await done(own_bank, GIVE, "rm-chaoyang-1", input={"customerId": "cus_1", "tagId": "tag_3"})
        assert await socket.is_quiet()


@pytest.mark.parametrize(
    "lost",
    [
        "DELETE FROM ketu.role_assignment WHERE user_account_id = 9",
        "UPDATE ketu.customer SET manager_id = 10, backup_manager_id = NULL, position = 1 WHERE id = 1; "
        "INSERT INTO ketu.outbox_event (topic, concept, row_id) VALUES ('customer.moved', 'customer', 1); "
        "NOTIFY ketu_outbox",
    ],
    ids=["role", "portfolio"],
)
async def test_who_loses_a_customer_sees_that_and_then_nothing(live: Api, own_bank: Bank, lost: str):
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(CUSTOMER, id="cus_1")
        assert (await socket.update())["customer"]
        await change(own_bank, lost)
        body = await socket.body()
        update = body["data"]["customerChanges"]
        assert (update["kind"], update["customer"]) == ("CHANGED", None)
        await done(own_bank, GIVE, "data-steward", input={"customerId": "cus_1", "tagId": "tag_3"})
        assert await socket.is_quiet()


async def test_who_is_given_a_customer_sees_them_at_once(live: Api, own_bank: Bank):
    async with watching(live, "rm-pudong-1") as socket:
        await socket.subscribe(CUSTOMER, id="cus_1")
        assert (await socket.update())["customer"] is None
        await change(
            own_bank,
            "INSERT INTO ketu.access_grant (customer_id, staff_id, reason, starts_on, ends_on, granted_by_id) "
            "SELECT 1, 12, 'COVER', business_date, business_date, 5 FROM ketu.bank",
        )
        assert (await socket.update())["customer"]["id"] == "cus_1"


async def test_what_nobody_may_read_is_withheld(live: Api, own_bank: Bank):
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(ALERTS)
        assert await socket.body() == {
            "data": {"accessAlertInbox": {"kind": "PRESENT", "alerts": None}},
            "extensions": {"withheld": ["AccessAlertInboxUpdate.alerts"]},
        }
    async with watching(live, "security-officer") as socket:
        await socket.subscribe(ALERTS)
        first = await socket.update()
        assert first["alerts"] == {"totalCount": "1", "nodes": [{"id": "ale_1"}]}
        close = """mutation ($input: CloseAccessAlertInput!) {
            closeAccessAlert(input: $input) { errors { __typename } } }"""
        given = {"id": "ale_1", "expectedVersion": 1, "finding": "JUSTIFIED", "note": "x"}
        await done(own_bank, close, "security-officer", input=given)
        assert (await socket.update())["alerts"] == {"totalCount": "0", "nodes": []}


PASSED = """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > horizon.transaction_id AS is_so
    FROM ketu.outbox_horizon AS horizon
"""


async def older_transactions_ended(bank: Bank) -> None:
    """Wait until the stream is behind its horizon: transactions of the server's other databases hold it back too."""
    while not (await rows(bank, PASSED))[0]["is_so"]:
        await asyncio.sleep(0.1)


async def test_who_was_away_learns_whether_anything_has_changed(live: Api, own_bank: Bank):
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(TASKS)
        seen = await socket.update()
        await socket.subscribe(TASKS, key="again", after=seen["eventId"])
        assert (await socket.update(key="again"))["kind"] == "PRESENT"
    await done(own_bank, CANCEL, "manager-chaoyang", input=MATURITY_CANCELLED)
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(TASKS, after=seen["eventId"])
        missed = await socket.update()
        assert (missed["kind"], missed["tasks"] != seen["tasks"]) == ("CHANGED", True)
    # What the id was made of is not held any more; or it is of a database that this one does not know.
    await change(own_bank, "UPDATE ketu.outbox_horizon SET transaction_id = pg_current_xact_id()::text::bigint")
    await older_transactions_ended(own_bank)
    position, _, digest = seen["eventId"].partition("-")
    for after in (seen["eventId"], f"{int(position, 16) + 10**9:x}-{digest}"):
        async with watching(live, "rm-chaoyang-1") as socket:
            await socket.subscribe(TASKS, after=after)
            reloaded = await socket.update()
            assert (reloaded["kind"], reloaded["tasks"]) == ("GAP", missed["tasks"])
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(TASKS, after=reloaded["eventId"])
        assert (await socket.update())["kind"] == "PRESENT"


async def test_who_comes_back_to_another_process_learns_it_too(live: Api, own_sample_url: str, tmp_path: Path):
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(TASKS)
        seen = await socket.update()
    async with (
        listening(settings(own_sample_url, tmp_path)) as other,
        watching(other, "rm-chaoyang-1") as socket,
    ):
        await socket.subscribe(TASKS, after=seen["eventId"])
        assert (await socket.update())["kind"] == "PRESENT"


async def test_many_changes_at_once_come_to_few_answers(live: Api, own_bank: Bank):
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(TASKS)
        before = int((await socket.update())["tasks"]["totalCount"])
        given = {"title": "x", "purpose": "OTHER", "assignedToId": "sta_9"}
        await asyncio.gather(*(done(own_bank, CREATE, "manager-chaoyang", input=given) for _ in range(20)))
        answers = 0
        count = before
        while count < before + 20:
            count = int((await socket.update())["tasks"]["totalCount"])
            answers += 1
        assert answers < 10
        assert await socket.is_quiet()


async def test_the_access_log_says_who_was_shown_whom(live: Api, own_bank: Bank):
    async with watching(live, "rm-chaoyang-1") as socket:
        query = f"subscription Watched{CUSTOMER.removeprefix('subscription ')}"
        await socket.subscribe(query, name="Watched", id="cus_1")
        await socket.update()
        await done(own_bank, GIVE, "rm-chaoyang-1", input={"customerId": "cus_1", "tagId": "tag_3"})
        await socket.update()
        # Somebody else's change of something else is no disclosure.
        await done(own_bank, GIVE, "data-steward", input={"customerId": "cus_6", "tagId": "tag_3"})
        assert await socket.is_quiet()
    shown = await rows(
        own_bank, "SELECT customer_ids, kind, staff_id FROM audit.event WHERE action = 'Watched' ORDER BY id"
    )
    assert shown == [{"customer_ids": [1], "kind": "ACCESS", "staff_id": 9}] * 2
