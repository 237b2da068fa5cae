"""Tickets: opened, commented, transferred, escalated, closed, reopened; and contacts about them."""

from typing import Any

import pytest
from factories.bank import SINCE, Bank

from tests.schema.test_mutations import carried_out, rows

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { message path } }"
LAST = "events(last: 1) { nodes { kind note staff { id } toStaff { id } toBranch { id } } }"
OPEN = f"""mutation ($input: OpenTicketInput!, $dry: Boolean, $key: String) {{
  openTicket(input: $input, dryRun: $dry, idempotencyKey: $key) {{
    ticket {{ id ticketNo kind priority state channel subject customer {{ id }} account {{ id }} product {{ id }}
      branch {{ id }} assignedTo {{ id }} openedBy {{ id }} linkedTo {{ id }} level {LAST} }} isReplay {SHOWN} }} }}"""
COMMENT = f"""mutation ($input: CommentTicketInput!) {{ commentTicket(input: $input) {{
  ticket {{ state version {LAST} }} {SHOWN} }} }}"""
TRANSFER = f"""mutation ($input: TransferTicketInput!) {{ transferTicket(input: $input) {{
  ticket {{ assignedTo {{ id }} branch {{ id }} version {LAST} }} {SHOWN} }} }}"""
ESCALATE = f"""mutation ($input: EscalateTicketInput!) {{ escalateTicket(input: $input) {{
  ticket {{ assignedTo {{ id }} level version {LAST} }} {SHOWN} }} }}"""
CLOSE = f"""mutation ($input: CloseTicketInput!) {{ closeTicket(input: $input) {{
  ticket {{ state resolution satisfaction version {LAST} }} {SHOWN} }} }}"""
REOPEN = f"""mutation ($input: ReopenTicketInput!) {{ reopenTicket(input: $input) {{
  ticket {{ state closedAt version {LAST} }} {SHOWN} }} }}"""
LOG = f"""mutation ($input: LogInteractionInput!) {{ logInteraction(input: $input) {{
  interaction {{ channel direction subject note outcome durationMinutes customer {{ id }} staff {{ id }} task {{ id }}
    ticket {{ id }} }} {SHOWN} }} }}"""

FEE, LOST_CARD, WISH, LOAN, STRANGER, ARREARS = "tic_1", "tic_3", "tic_5", "tic_6", "tic_10", "tic_11"
ASKED = {"kind": "INQUIRY", "channel": "PHONE", "subject": "x"}


def error(payload: dict[str, Any]) -> tuple[str, str]:
    """Type and last step of the path of the only error."""
    (only,) = payload["errors"]
    return only["__typename"], only["path"][-1]


async def done(bank: Bank, mutation: str, user: str, **given: Any) -> dict[str, Any]:
    """The ticket as the payload shows it, its last event beside it."""
    payload = await carried_out(bank, mutation, user, input=given)
    assert payload["errors"] == []
    shown = payload["ticket"]
    (shown["event"],) = shown.pop("events")["nodes"]
    return shown


def event(kind: str, staff: str, *, note: str | None = None, to: str | None = None, at: str | None = None) -> Any:
    """An event as it is shown."""
    ends = {"toStaff": to and {"id": to}, "toBranch": at and {"id": at}}
    return {"kind": kind, "note": note, "staff": {"id": staff}, **ends}


async def test_a_service_agent_takes_down_what_a_customer_wants(own_bank: Bank):
    shown = await done(
        own_bank, OPEN, "service-agent", kind="COMPLAINT", channel="PHONE", subject="又收了手续费", priority="URGENT",
        customerId="cus_3", accountId="acc_4", productId="pro_1", branchId="bra_3", linkedToId=FEE,
    )  # fmt: skip
    ticket_id = shown.pop("id")
    number = int(ticket_id[4:])
    assert shown == {
        "ticketNo": f"T20261031{number:06}", "kind": "COMPLAINT", "priority": "URGENT", "state": "OPEN",
        "channel": "PHONE", "subject": "又收了手续费", "customer": {"id": "cus_3"}, "account": {"id": "acc_4"},
        "product": {"id": "pro_1"}, "branch": {"id": "bra_3"}, "assignedTo": None, "openedBy": {"id": "sta_18"},
        "linkedTo": {"id": FEE}, "level": 0, "event": event("OPENED", "sta_18"),
    }  # fmt: skip
    (due,) = await rows(own_bank, f"SELECT due_at - opened_at AS time FROM ketu.ticket WHERE id = {number}")
    assert due["time"].total_seconds() == 4 * 3600
    (entry,) = await rows(own_bank, f"SELECT * FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert (entry["concept"], entry["row_id"], entry["customer_ids"]) == ("ticket", number, [3])


async def test_opening_is_tried_and_repeated_without_a_second_ticket(own_bank: Bank):
    before = await rows(own_bank, "SELECT count(*) AS n FROM ketu.ticket")
    tried = await carried_out(own_bank, OPEN, "service-agent", input=ASKED, dry=True)
    assert tried["errors"] == []
    assert await rows(own_bank, "SELECT count(*) AS n FROM ketu.ticket") == before
    first = await carried_out(own_bank, OPEN, "service-agent", input=ASKED, key="call-1")
    again = await carried_out(own_bank, OPEN, "service-agent", input=ASKED, key="call-1")
    assert again == first | {"isReplay": True}
    assert await rows(own_bank, "SELECT count(*) AS n FROM ketu.ticket") == [{"n": before[0]["n"] + 1}]


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("rm-chaoyang-1", {"customerId": "cus_15"}, ("NotFound", "customerId")),
        # An account of somebody else; an account without its holder.
        ("service-agent", {"customerId": "cus_3", "accountId": "acc_1"}, ("NotFound", "accountId")),
        ("service-agent", {"accountId": "acc_4"}, ("NotFound", "accountId")),
        ("service-agent", {"productId": "pro_99"}, ("NotFound", "productId")),
        ("manager-chaoyang", {"branchId": "bra_8"}, ("NotPermitted", "branchId")),
        ("service-agent", {"branchId": "bra_99", "customerId": "cus_3"}, ("NotFound", "branchId")),
        ("manager-chaoyang", {"linkedToId": LOAN}, ("NotFound", "linkedToId")),
        ("service-agent", {"subject": ""}, ("InvalidInput", "subject")),
    ],
)
async def test_nothing_is_opened_beyond_ones_reach(
    own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]
):
    assert error(await carried_out(own_bank, OPEN, user, input=ASKED | given)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.ticket WHERE subject = 'x'") == []


async def test_a_comment_lets_the_ticket_wait_for_either_side(own_bank: Bank):
    plain = await done(own_bank, COMMENT, "manager-xuhui", id=LOAN, note="已电话提醒")
    assert plain == {"state": "WAITING", "version": 1, "event": event("COMMENTED", "sta_8", note="已电话提醒")}
    arrived = await done(own_bank, COMMENT, "rm-xuhui-1", id=LOAN, note="证明已收到", waitsForCustomer=False)
    assert arrived == {"state": "OPEN", "version": 2, "event": event("RESUMED", "sta_14", note="证明已收到")}
    waits = await done(own_bank, COMMENT, "rm-xuhui-1", id=LOAN, note="缺页", waitsForCustomer=True)
    assert (waits["state"], waits["event"]["kind"]) == ("WAITING", "WAITING")
    closed = {"id": FEE, "note": "x", "waitsForCustomer": True}
    assert error(await carried_out(own_bank, COMMENT, "manager-chaoyang", input=closed)) == ("InvalidInput", "id")
    hidden = await carried_out(own_bank, COMMENT, "rm-chaoyang-1", input={"id": LOAN, "note": "x"})
    assert error(hidden) == ("NotFound", "id")


async def test_a_ticket_goes_to_a_colleague_or_to_another_branch(own_bank: Bank):
    to_branch = await done(own_bank, TRANSFER, "service-agent", id=WISH, expectedVersion=1, toBranchId="bra_8")
    assert to_branch == {
        "assignedTo": None, "branch": {"id": "bra_8"}, "version": 2,
        "event": event("TRANSFERRED", "sta_18", at="bra_8"),
    }  # fmt: skip
    to_staff = await done(
        own_bank, TRANSFER, "manager-pudong", id=WISH, expectedVersion=2, toStaffId="sta_12", note="请跟进"
    )
    assert to_staff == {
        "assignedTo": {"id": "sta_12"}, "branch": {"id": "bra_8"}, "version": 3,
        "event": event("ASSIGNED", "sta_7", note="请跟进", to="sta_12"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, ("InvalidInput", "input")),
        ({"toStaffId": "sta_17"}, ("InvalidInput", "toStaffId")),
        ({"toStaffId": "sta_99"}, ("NotFound", "toStaffId")),
        ({"toBranchId": "bra_11"}, ("InvalidInput", "toBranchId")),
        ({"toStaffId": "sta_9", "toBranchId": "bra_8"}, ("InvalidInput", "toStaffId")),
        ({"toStaffId": "sta_9", "expectedVersion": 7}, ("Conflict", "expectedVersion")),
    ],
)
async def test_a_ticket_goes_nowhere_else(own_bank: Bank, given: dict[str, Any], wanted: tuple[str, str]):
    payload = await carried_out(own_bank, TRANSFER, "service-agent", input={"id": WISH, "expectedVersion": 1} | given)
    assert error(payload) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.ticket WHERE id = 5 AND version > 1") == []


async def test_who_has_left_is_nobody_to_those_who_did_not_see_them(own_bank: Bank):
    await done(own_bank, TRANSFER, "service-agent", id=WISH, expectedVersion=1, toBranchId="bra_8")
    given = {"id": WISH, "expectedVersion": 2, "toStaffId": "sta_17"}
    payload = await carried_out(own_bank, TRANSFER, "manager-pudong", input=given)
    assert error(payload) == ("NotFound", "toStaffId")


async def test_escalation_goes_up_the_branches_three_times_at_most(own_bank: Bank):
    first = await done(own_bank, ESCALATE, "rm-xuhui-1", id=LOAN, expectedVersion=1, note="客户急")
    assert first == {
        "assignedTo": {"id": "sta_8"}, "level": 2, "version": 2,
        "event": event("ESCALATED", "sta_14", note="客户急", to="sta_8"),
    }  # fmt: skip
    second = await done(own_bank, ESCALATE, "manager-xuhui", id=LOAN, expectedVersion=2, note="需要分行")
    # Who leads the region is not among the staff that a branch's manager sees.
    assert (second["assignedTo"], second["level"]) == (None, 3)
    assert await rows(own_bank, "SELECT assigned_to_id FROM ketu.ticket WHERE id = 6") == [{"assigned_to_id": 4}]
    third = await carried_out(
        own_bank, ESCALATE, "regional-shanghai", input={"id": LOAN, "expectedVersion": 3, "note": "x"}
    )
    assert error(third) == ("InvalidInput", "id")
    nobody = {"id": STRANGER, "expectedVersion": 1, "note": "x"}
    for user, to in (("service-agent", 7), ("manager-pudong", 4)):
        await done(own_bank, ESCALATE, user, **nobody)
        assert await rows(own_bank, f"SELECT FROM ketu.ticket WHERE id = 10 AND assigned_to_id = {to}") == [{}]
        nobody["expectedVersion"] += 1
    top = await carried_out(own_bank, ESCALATE, "regional-shanghai", input=nobody)
    assert error(top) == ("InvalidInput", "toStaffId")


async def test_a_ticket_is_closed_and_taken_up_again(own_bank: Bank):
    for satisfaction in (0, 6):
        given = {"id": ARREARS, "expectedVersion": 1, "resolution": "x", "satisfaction": satisfaction}
        payload = await carried_out(own_bank, CLOSE, "regional-beijing", input=given)
        assert error(payload) == ("InvalidInput", "satisfaction")
    shown = await done(
        own_bank, CLOSE, "regional-beijing", id=ARREARS, expectedVersion=1, resolution="记录已更正", satisfaction=3
    )
    assert shown == {
        "state": "CLOSED", "resolution": "记录已更正", "satisfaction": 3, "version": 2,
        "event": event("CLOSED", "sta_3"),
    }  # fmt: skip
    again = await carried_out(
        own_bank, CLOSE, "regional-beijing", input={"id": ARREARS, "expectedVersion": 2, "resolution": "x"}
    )
    assert error(again) == ("InvalidInput", "id")
    reopened = await done(own_bank, REOPEN, "regional-beijing", id=ARREARS, expectedVersion=2, note="客户不认可")
    assert reopened == {
        "state": "OPEN", "closedAt": None, "version": 3, "event": event("REOPENED", "sta_3", note="客户不认可"),
    }  # fmt: skip
    opened = await carried_out(
        own_bank, REOPEN, "regional-beijing", input={"id": ARREARS, "expectedVersion": 3, "note": "x"}
    )
    assert error(opened) == ("InvalidInput", "id")


async def test_a_manager_sees_what_their_customer_wants_wherever_it_is_handled(bank: Bank):
    query = f'{{ node(id: "{LOST_CARD}") {{ ... on Ticket {{ subject events {{ totalCount }} }} }} }}'
    wanted = {"node": {"subject": "银行卡遗失挂失", "events": {"totalCount": "2"}}}
    for user in ("rm-wangjing-1", "teller-wangjing", "service-agent", "regional-beijing", "auditor"):
        assert await bank.ask(query, user=user) == wanted, user
    for user in ("rm-chaoyang-1", "manager-pudong"):
        assert await bank.ask(query, user=user) == {"node": None}, user


async def test_a_contact_is_kept_with_what_it_was_about(own_bank: Bank):
    given = {
        "customerId": "cus_6", "channel": "PHONE", "direction": "OUTBOUND", "subject": "补卡进度", "note": "周五可取",
        "outcome": "DONE", "durationMinutes": 3, "taskId": "tas_4", "ticketId": LOST_CARD,
    }  # fmt: skip
    payload = await carried_out(own_bank, LOG, "rm-wangjing-1", input=given)
    assert payload == {
        "interaction": {
            "channel": "PHONE", "direction": "OUTBOUND", "subject": "补卡进度", "note": "周五可取", "outcome": "DONE",
            "durationMinutes": 3, "customer": {"id": "cus_6"}, "staff": {"id": "sta_10"}, "task": {"id": "tas_4"},
            "ticket": {"id": LOST_CARD},
        },
        "errors": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"customerId": "cus_15"}, ("NotFound", "customerId")),
        ({"happenedAt": "2099-01-01T00:00:00Z"}, ("InvalidInput", "happenedAt")),
        ({"durationMinutes": -1}, ("InvalidInput", "durationMinutes")),
        ({"taskId": "tas_1"}, ("NotFound", "taskId")),
        ({"ticketId": LOAN}, ("NotFound", "ticketId")),
        ({"subject": " "}, ("InvalidInput", "subject")),
    ],
)
async def test_no_other_contact_is_kept(own_bank: Bank, given: dict[str, Any], wanted: tuple[str, str]):
    asked = {"customerId": "cus_6", "channel": "PHONE", "direction": "OUTBOUND", "subject": "x"} | given
    assert error(await carried_out(own_bank, LOG, "rm-wangjing-1", input=asked)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.interaction WHERE subject = 'x'") == []
