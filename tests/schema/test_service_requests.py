"""Account service requests: taken down as tickets, sent to core banking, settled, withdrawn; no account is changed."""

from typing import Any

import pytest
from factories.bank import SINCE, Bank

from tests.schema.test_mutations import carried_out, refused, rows
from tests.schema.test_tickets import error

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { message path } }"
REQUEST_SHOWN = """serviceRequest { id version kind state amount { amount currency } coreReference reason
  customer { id } account { id } product { id } requestedBy { id } }"""
TICKET = "ticket { kind priority state subject resolution branch { id } events { nodes { kind note } } }"


def written(name: str) -> str:
    """A mutation with one input."""
    type_ = name[0].upper() + name[1:]
    return f"""mutation ($input: {type_}Input!, $key: String, $dry: Boolean) {{
      {name}(input: $input, idempotencyKey: $key, dryRun: $dry) {{ {REQUEST_SHOWN} {TICKET} {SHOWN} }} }}"""


ASK, SEND, SETTLE, WITHDRAW = map(
    written, ("requestAccountService", "sendServiceRequest", "settleServiceRequest", "withdrawServiceRequest")
)
FREEZE = {"kind": "FREEZE_ACCOUNT", "customerId": "cus_3", "accountId": "acc_4", "channel": "PHONE"}
LOAN = {"kind": "APPLY_FOR_LOAN", "customerId": "cus_3", "productId": "pro_9", "channel": "COUNTER", "amount": "80000"}
RM, CORE = "rm-chaoyang-1", "integrator"
NEW = "ketu.service_request WHERE source IS NULL"


async def test_a_request_waits_as_a_ticket_until_core_banking_has_done_it(own_bank: Bank):
    accounts = await rows(own_bank, "SELECT * FROM ketu.account ORDER BY id")
    asked = await carried_out(own_bank, ASK, RM, input=FREEZE | {"note": "手机丢失"})
    request = asked["serviceRequest"]
    number = int(request["id"][4:])
    assert request == {
        "id": f"srq_{number}", "version": 1, "kind": "FREEZE_ACCOUNT", "state": "SUBMITTED", "amount": None,
        "coreReference": None, "reason": None, "customer": {"id": "cus_3"}, "account": {"id": "acc_4"},
        "product": None, "requestedBy": {"id": "sta_9"},
    }  # fmt: skip
    assert asked["ticket"] | {"events": None} == {
        "kind": "REQUEST", "priority": "HIGH", "state": "OPEN", "resolution": None, "branch": {"id": "bra_3"},
        "subject": "block an account for withdrawals (冻结)", "events": None,
    }  # fmt: skip
    given = {"id": request["id"], "expectedVersion": 1, "coreReference": "CB-1"}
    sent = await carried_out(own_bank, SEND, CORE, input=given)
    assert (sent["serviceRequest"]["state"], sent["serviceRequest"]["coreReference"]) == ("SENT", "CB-1")
    done = await carried_out(own_bank, SETTLE, CORE, input={"id": request["id"], "expectedVersion": 2, "isDone": True})
    assert (done["serviceRequest"]["state"], done["errors"]) == ("DONE", [])
    query = f'{{ node(id: "{request["id"]}") {{ ... on ServiceRequest {{ {TICKET} sentAt settledAt }} }} }}'
    shown = (await own_bank.ask(query, user=RM))["node"]
    assert (shown["ticket"]["state"], shown["ticket"]["resolution"]) == (
        "CLOSED",
        "DONE: core banking has done it (已完成).",
    )
    assert [event["kind"] for event in shown["ticket"]["events"]["nodes"]] == ["OPENED", "COMMENTED", "CLOSED"]
    assert shown["ticket"]["events"]["nodes"][1]["note"] == "Core banking has it: CB-1."
    assert shown["sentAt"] <= shown["settledAt"]
    assert await rows(own_bank, "SELECT * FROM ketu.account ORDER BY id") == accounts
    entries = await rows(
        own_bank,
        f"SELECT action, concept, customer_ids FROM audit.event WHERE {SINCE} AND kind = 'CHANGE' ORDER BY id",
    )
    assert [(entry["action"], entry["concept"]) for entry in entries] == [
        (action, concept)
        for action in ("requestAccountService", "sendServiceRequest", "settleServiceRequest")
        for concept in ("service_request", "ticket")
    ]
    assert {tuple(entry["customer_ids"]) for entry in entries} == {(3,)}


async def test_a_loan_is_refused_with_a_reason(own_bank: Bank):
    asked = (await carried_out(own_bank, ASK, RM, input=LOAN))["serviceRequest"]
    assert (asked["amount"], asked["product"]) == ({"amount": "80000.00", "currency": "CNY"}, {"id": "pro_9"})
    sent = {"id": asked["id"], "expectedVersion": 1, "coreReference": "CB-2"}
    await carried_out(own_bank, SEND, CORE, input=sent)
    given = {"id": asked["id"], "expectedVersion": 2, "isDone": False}
    assert error(await carried_out(own_bank, SETTLE, CORE, input=given)) == ("InvalidInput", "reason")
    payload = await carried_out(own_bank, SETTLE, CORE, input=given | {"reason": "收入不足"})
    assert (payload["serviceRequest"]["state"], payload["serviceRequest"]["reason"]) == ("REFUSED", "收入不足")
    again = await carried_out(own_bank, SETTLE, CORE, input=given | {"expectedVersion": 3, "isDone": True})
    assert error(again) == ("InvalidInput", "id")


async def test_what_core_banking_does_not_have_yet_is_withdrawn(own_bank: Bank):
    asked = (await carried_out(own_bank, ASK, RM, input=FREEZE))["serviceRequest"]
    given = {"id": asked["id"], "expectedVersion": 1, "reason": "找到了"}
    assert error(await carried_out(own_bank, WITHDRAW, RM, input=given | {"expectedVersion": 2}))[0] == "Conflict"
    payload = await carried_out(own_bank, WITHDRAW, RM, input=given)
    assert (payload["serviceRequest"]["state"], payload["ticket"]["state"]) == ("WITHDRAWN", "CLOSED")
    sent = {"id": asked["id"], "expectedVersion": 2, "coreReference": "CB-3"}
    assert error(await carried_out(own_bank, SEND, CORE, input=sent)) == ("InvalidInput", "id")
    # 徐文博's loan is with core banking already.
    late = {"id": "srq_5", "expectedVersion": 1, "reason": "x"}
    assert error(await carried_out(own_bank, WITHDRAW, "rm-xuhui-1", input=late)) == ("InvalidInput", "id")


NOTHING = [
    (RM, FREEZE | {"accountId": None}, ("InvalidInput", "accountId")),
    (RM, FREEZE | {"accountId": "acc_1"}, ("NotFound", "accountId")),
    (RM, FREEZE | {"customerId": "cus_4"}, ("NotFound", "accountId")),
    (RM, FREEZE | {"kind": "UNFREEZE_ACCOUNT"}, ("InvalidInput", "accountId")),
    (RM, FREEZE | {"amount": "1"}, ("InvalidInput", "amount")),
    (RM, FREEZE | {"customerId": "cus_16"}, ("NotFound", "customerId")),
    (RM, LOAN | {"amount": None}, ("InvalidInput", "amount")),
    (RM, LOAN | {"amount": "-1"}, ("InvalidInput", "amount")),
    (RM, LOAN | {"productId": "pro_1"}, ("InvalidInput", "productId")),
    (RM, LOAN | {"productId": "pro_99"}, ("NotFound", "productId")),
    (RM, LOAN | {"kind": "OPEN_ACCOUNT", "amount": None}, ("InvalidInput", "productId")),
    (RM, LOAN | {"kind": "OPEN_ACCOUNT", "amount": None, "productId": "pro_4"}, ("InvalidInput", "productId")),
    ("rm-wangjing-1", LOAN | {"customerId": "cus_34"}, ("InvalidInput", "customerId")),
]


async def test_nothing_else_is_asked_for(own_bank: Bank):
    for user, given, wanted in NOTHING:
        assert error(await carried_out(own_bank, ASK, user, input=given)) == wanted, given
    assert await rows(own_bank, f"SELECT FROM {NEW}") == []
    assert "service_request:submit" in (await refused(own_bank, ASK, "auditor", input=FREEZE)).message
    assert (
        "service_request:process"
        in (
            await refused(own_bank, SEND, RM, input={"id": "srq_7", "expectedVersion": 1, "coreReference": "x"})
        ).message
    )


async def test_the_same_is_asked_for_once(own_bank: Bank):
    tried = await carried_out(own_bank, ASK, RM, input=FREEZE, dry=True)
    assert (tried["serviceRequest"]["state"], await rows(own_bank, f"SELECT FROM {NEW}")) == ("SUBMITTED", [])
    first = await carried_out(own_bank, ASK, RM, input=FREEZE, key="k")
    again = await carried_out(own_bank, ASK, RM, input=FREEZE, key="k")
    assert again["serviceRequest"] == first["serviceRequest"]
    assert error(await carried_out(own_bank, ASK, RM, input=FREEZE)) == ("InvalidInput", "kind")
    assert len(await rows(own_bank, f"SELECT FROM {NEW}")) == 1


async def test_requests_are_seen_where_their_customer_is(bank: Bank):
    query = "{ serviceRequests { nodes { id } } }"
    seen: dict[str, Any] = {}
    for user in ("rm-xuhui-1", "teller-wangjing", "auditor", "manager-chaoyang", "integrator"):
        seen[user] = [each["id"] for each in (await bank.ask(query, user=user))["serviceRequests"]["nodes"]]
    assert seen == {
        "rm-xuhui-1": ["srq_5", "srq_4", "srq_3"], "teller-wangjing": ["srq_7"],
        "auditor": ["srq_7", "srq_5", "srq_4", "srq_3", "srq_1", "srq_6", "srq_2"],
        "manager-chaoyang": [], "integrator": ["srq_7", "srq_5", "srq_4", "srq_3", "srq_1", "srq_6", "srq_2"],
    }  # fmt: skip
