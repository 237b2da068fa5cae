"""The bulk form of mutations: one member's fault is its own, unless all or nothing was asked for."""

from typing import Any

import pytest
from factories.bank import SINCE, Bank, Watched, change

from resolvers.context import GraphQLRequest
from resolvers.engine.limits import Limits
from tests.schema.test_customers_written import with_check
from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio

MANY = """mutation ($input: [CreateCustomerInput!]!, $atomic: Boolean, $key: String, $dry: Boolean) {
  createCustomers(input: $input, atomic: $atomic, idempotencyKey: $key, dryRun: $dry) {
    results { index isDone customer { id name version contactPoints { nodes { valueMasked } } }
      errors { __typename ... on MutationError { message path } ... on DuplicateCustomer { existingId } } }
    succeededCount failedCount isReplay errors { __typename ... on MutationError { message path } } } }"""
TAG = """mutation ($input: [CustomerTagInput!]!) { tagCustomers(input: $input) {
  succeededCount all: results { at: index t: __typename customer { id tags { totalCount } }
    errors { __typename ... on MutationError { path } } } errors { __typename } } }"""
LOG = """mutation ($input: [LogInteractionInput!]!) { logInteractions(input: $input) { succeededCount
  results { interaction { id customer { id loans { nodes { schedule { number } } } } } errors { __typename } } } }"""


def people(count: int) -> list[dict[str, Any]]:
    """That many prospects."""
    return [
        {"kind": "PERSON", "state": "PROSPECT", "name": f"张三{n}", "birthOn": "1990-01-01",
         "contactPoints": [{"kind": "PHONE", "value": f"1390000{n:04}"}]}
        for n in range(count)
    ]  # fmt: skip


async def numbers(bank: Bank) -> dict[str, int]:
    """Of what a bulk form leaves behind."""
    (row,) = await rows(
        bank,
        "SELECT (SELECT count(*) FROM ketu.customer) AS customers, (SELECT count(*) FROM ketu.outbox_event) AS events, "
        f"(SELECT count(*) FROM audit.event WHERE {SINCE} AND kind = 'CHANGE') AS changes",
    )
    return row


async def test_one_bad_member_of_a_thousand_fails_alone(own_bank: Bank):
    before = await numbers(own_bank)
    given = people(1_000)
    given[417]["name"] = " "
    payload = await carried_out(own_bank, MANY, "manager-chaoyang", input=given)
    assert (payload["succeededCount"], payload["failedCount"], payload["errors"]) == (999, 1, [])
    results = payload["results"]
    assert [each["index"] for each in results] == list(range(1_000))
    assert [each["index"] for each in results if each["errors"] or not each["isDone"]] == [417]
    assert results[417] == {
        "index": 417, "isDone": False, "customer": None,
        "errors": [{"__typename": "InvalidInput", "message": "Write 1 to 200 characters.",
                    "path": ["input", "417", "name"]}],
    }  # fmt: skip
    assert results[999]["customer"]["name"] == "张三999"
    after = await numbers(own_bank)
    assert {name: after[name] - before[name] for name in after} == {"customers": 999, "events": 999, "changes": 999}
    (shown,) = await rows(own_bank, f"SELECT customer_ids FROM audit.event WHERE {SINCE} AND kind = 'ACCESS'")
    assert len(shown["customer_ids"]) == 999


async def test_all_or_nothing_is_nothing_and_names_every_fault(own_bank: Bank):
    before = await numbers(own_bank)
    given = people(5)
    given[1]["birthOn"] = "2099-01-01"
    given[3]["branchId"] = "nonsense"
    payload = await carried_out(own_bank, MANY, "manager-chaoyang", input=given, atomic=True, key="all")
    assert (payload["succeededCount"], payload["failedCount"]) == (0, 2)
    assert [(each["isDone"], each["customer"]) for each in payload["results"]] == [(False, None)] * 5
    assert [error["path"] for each in payload["results"] for error in each["errors"]] == [
        ["input", "1", "birthOn"], ["input", "3", "branchId"],
    ]  # fmt: skip
    assert await numbers(own_bank) == before
    # The key is free again, and all of it is done once all of it can be.
    payload = await carried_out(own_bank, MANY, "manager-chaoyang", input=people(5), atomic=True, key="all")
    assert (payload["succeededCount"], payload["isReplay"]) == (5, False)


async def test_a_repetition_finds_the_results_of_the_first(own_bank: Bank):
    given = people(4)
    given[2]["contactPoints"][0]["value"] = "1"
    first = await carried_out(own_bank, MANY, "manager-chaoyang", input=given, key="once")
    before = await numbers(own_bank)
    again = await carried_out(own_bank, MANY, "manager-chaoyang", input=given, key="once")
    assert again == first | {"isReplay": True}
    assert await numbers(own_bank) == before
    other = await carried_out(own_bank, MANY, "manager-chaoyang", input=given[:3], key="once")
    assert (other["errors"][0]["__typename"], other["results"]) == ("KeyReused", [])
    atomic = await carried_out(own_bank, MANY, "manager-chaoyang", input=given, key="once", atomic=True)
    assert atomic["errors"][0]["__typename"] == "KeyReused"
    # What is shown again is shown under the scope of then.
    await change(own_bank, "UPDATE ketu.customer SET branch_id = 8, position = branch.position "
                           "FROM ketu.branch AS branch WHERE branch.id = 8 AND customer.name = '张三0'")  # fmt: skip
    hidden = await carried_out(own_bank, MANY, "manager-chaoyang", input=given, key="once")
    assert [each["customer"] and each["customer"]["name"] for each in hidden["results"]] == [
        None,
        "张三1",
        None,
        "张三3",
    ]


async def test_a_dry_run_of_many_leaves_nothing(own_bank: Bank):
    before = await numbers(own_bank)
    payload = await carried_out(own_bank, MANY, "manager-chaoyang", input=people(3), dry=True)
    assert [each["customer"]["name"] for each in payload["results"]] == ["张三0", "张三1", "张三2"]
    assert await numbers(own_bank) == before


async def test_lists_have_a_greatest_and_no_least_length(own_bank: Bank):
    payload = await carried_out(own_bank, MANY, "manager-chaoyang", input=[])
    assert (payload["results"], payload["succeededCount"], payload["errors"]) == ([], 0, [])
    own_bank.engine.limits = Limits(members=3)
    payload = await carried_out(own_bank, MANY, "manager-chaoyang", input=people(4))
    assert (payload["results"], payload["errors"][0]["path"]) == ([], ["input"])
    assert "send 3 at most" in payload["errors"][0]["message"]
    assert "customer:create" in (await refused(own_bank, MANY, "auditor", input=people(1))).message


async def test_members_of_one_list_meet_each_other(own_bank: Bank):
    """The second of two with one certificate is a duplicate; what they asked counts, and so does who is hidden."""
    document = [{"type": "RESIDENT_ID", "number": with_check("11010519920115033")}]
    hidden = [{"type": "RESIDENT_ID", "number": "310115198012010353"}]
    given = [person | {"state": "ACTIVE"} for person in people(3)]
    for person, of in zip(given, (document, document, hidden), strict=True):
        person |= {"identityDocuments": of}
        person.pop("birthOn")
    payload = await carried_out(own_bank, MANY, "manager-chaoyang", input=given)
    errors = [error for each in payload["results"] for error in each["errors"]]
    assert [(each["__typename"], each["path"][:2]) for each in errors] == [
        ("DuplicateCustomer", ["input", "1"]), ("DuplicateCustomer", ["input", "2"]),
    ]  # fmt: skip
    assert [each["existingId"] for each in errors] == [payload["results"][0]["customer"]["id"], None]
    assert await rows(own_bank, "SELECT used_count FROM ketu.quota_use") == [{"used_count": 2}]
    denials = await rows(own_bank, f"SELECT action FROM audit.event WHERE {SINCE} AND kind = 'DENIAL'")
    assert denials == [{"action": "createCustomers"}]


async def test_every_member_is_done_within_reach(own_bank: Bank):
    given = [{"customerId": customer, "tagId": "tag_1"} for customer in ("cus_40", "cus_16", "acc_1", "cus_39")]
    payload = await carried_out(own_bank, TAG, "manager-chaoyang", input=given)
    assert [each["errors"] for each in payload["all"]] == [
        [], *([{"__typename": "NotFound", "path": ["input", str(n), "customerId"]}] for n in (1, 2, 3)),
    ]  # fmt: skip
    assert (payload["succeededCount"], payload["all"][0]["at"], payload["all"][0]["t"]) == (1, 0, "TagCustomersResult")
    assert payload["all"][0]["customer"]["id"] == "cus_40"


async def test_a_selection_that_needs_python_is_answered_for_every_member(own_bank: Bank):
    contact = {"channel": "PHONE", "direction": "OUTBOUND", "subject": "x"}
    given = [contact | {"customerId": customer} for customer in ("cus_5", "cus_16", "cus_3")]
    payload = await carried_out(own_bank, LOG, "rm-chaoyang-1", input=given)
    shown = [each["interaction"] and each["interaction"]["customer"]["id"] for each in payload["results"]]
    assert shown == ["cus_5", None, "cus_3"]
    assert [len(each["errors"]) for each in payload["results"]] == [0, 1, 0]


async def test_statements_beside_those_of_the_members_are_few(own_bank: Bank):
    """However many members there are: what is asked once for all of them, logged and answered together."""
    sent: dict[int, int] = {}
    for count in (2, 12):
        watched = Watched(own_bank.database)
        given = [{"customerId": "cus_40", "tagId": "tag_1"}] * count
        request = GraphQLRequest(TAG, {"input": given}, None, await own_bank.reader("manager-chaoyang"))
        await own_bank.engine.execute(watched, request)
        sent[count] = len(watched.sent)
    each = (sent[12] - sent[2]) / 10
    # Of each: a savepoint taken and released, the customer, the tag, the link and, once it is there, its id.
    assert each <= 6, sent
    assert sent[2] - 2 * each <= 10, sent
