"""Mutations: one transaction each, typed errors, replays, dry runs, the access log and the outbox."""

import asyncio
import json
from typing import Any

import asyncpg
import pytest
from factories.bank import SINCE, Bank

from domain.shared.problem import Problem, ProblemCode
from resolvers.context import GraphQLRequest

pytestmark = pytest.mark.anyio

GRANT = """mutation ($customer: ID!, $staff: ID!, $until: Date!, $from: Date, $key: String, $dry: Boolean) {
  grantAccess(input: {customerId: $customer, staffId: $staff, reason: COVER, endsOn: $until, startsOn: $from},
              idempotencyKey: $key, dryRun: $dry) {
    grant { id version reason startsOn endsOn endedAt customer { id } staff { name } grantedBy { name } }
    errors { __typename ... on MutationError { message path } }
    isReplay
  } }"""
END = """mutation ($id: ID!, $version: Int!) { endAccess(input: {id: $id, expectedVersion: $version}) {
  grant { id version endedAt }
  errors { __typename ... on MutationError { path } ... on Conflict { currentVersion } } } }"""
ASKED = {"customer": "cus_1", "staff": "sta_2", "until": "2026-11-20"}


async def carried_out(bank: Bank, query: str, user: str = "manager-chaoyang", **variables: Any) -> dict[str, Any]:
    """The payload of the one mutation in `query`."""
    (payload,) = (await body(bank, query, user, **variables))["data"].values()
    return payload


async def body(bank: Bank, query: str, user: str = "manager-chaoyang", **variables: Any) -> dict[str, Any]:
    """The whole answer."""
    reader = await bank.reader(user)
    request = GraphQLRequest(
        query, variables, None, reader, request_id="r1", purpose="test", renew=lambda: bank.reader(user)
    )
    return json.loads((await bank.engine.execute(bank.database, request)).body)


async def refused(bank: Bank, query: str, user: str = "manager-chaoyang", **variables: Any) -> Problem:
    """The problem that the whole request comes to."""
    with pytest.raises(Problem) as caught:
        await body(bank, query, user, **variables)
    return caught.value


async def rows(bank: Bank, statement: str) -> list[dict[str, Any]]:
    """What the database holds."""
    connection = await asyncpg.connect(bank.url)
    try:
        return [dict(row) for row in await connection.fetch(statement)]
    finally:
        await connection.close()


GRANTS = "ketu.access_grant WHERE id > 4"
"""Those that the sample does not begin with."""
CHANGES = f"audit.event WHERE {SINCE} AND kind = 'CHANGE'"
EVENTS = f"audit.event WHERE {SINCE}"


async def count(bank: Bank, table: str) -> int:
    """How many rows a table has."""
    return (await rows(bank, f"SELECT count(*) AS number FROM {table}"))[0]["number"]


async def test_the_name_of_the_root_is_answered_in_its_place(own_bank: Bank):
    query = GRANT.replace("{\n  grantAccess", "{ a: __typename\n  grantAccess", 1).replace(
        "isReplay\n  } }", "isReplay } b: __typename }"
    )
    answer = await body(own_bank, query, **ASKED)
    assert list(answer["data"]) == ["a", "grantAccess", "b"]
    assert (answer["data"]["a"], answer["data"]["b"]) == ("Mutation", "Mutation")
    assert answer["data"]["grantAccess"]["errors"] == []


async def test_a_mutation_is_answered_by_the_graph_after_the_change(own_bank: Bank):
    payload = await carried_out(own_bank, GRANT, **ASKED)
    assert payload == {
        "grant": {
            "id": "gra_5",
            "version": 1,
            "reason": "COVER",
            "startsOn": "2026-10-31",
            "endsOn": "2026-11-20",
            "endedAt": None,
            "customer": {"id": "cus_1"},
            "staff": None,
            "grantedBy": {"name": "方志强"},
        },
        "errors": [],
        "isReplay": False,
    }


async def test_it_leaves_an_entry_in_the_log_and_an_event_in_the_outbox(own_bank: Bank):
    await carried_out(own_bank, GRANT, **ASKED)
    (event,) = await rows(own_bank, f"SELECT * FROM {CHANGES}")
    assert (event["kind"], event["action"], event["concept"], event["row_id"]) == (
        "CHANGE", "grantAccess", "access_grant", 5,
    )  # fmt: skip
    assert (event["customer_ids"], event["request_id"], event["purpose"]) == ([1], "r1", "test")
    (sent,) = await rows(own_bank, "SELECT topic, row_id, sent_at FROM ketu.outbox_event")
    assert sent == {"topic": "access_grant.created", "row_id": 5, "sent_at": None}


@pytest.mark.parametrize(
    ("changed", "error", "path"),
    [
        ({"customer": "cus_33"}, "NotFound", ["input", "customerId"]),
        ({"customer": "cus_999"}, "NotFound", ["input", "customerId"]),
        ({"customer": "acc_1"}, "NotFound", ["input", "customerId"]),
        ({"staff": "sta_999"}, "NotFound", ["input", "staffId"]),
        ({"until": "2026-10-30"}, "InvalidInput", ["input", "endsOn"]),
        ({"until": "2027-10-30"}, "InvalidInput", ["input", "endsOn"]),
        ({"from": "2026-10-01"}, "InvalidInput", ["input", "startsOn"]),
    ],
)
async def test_a_typed_error_leaves_everything_as_it_was(
    own_bank: Bank, changed: dict[str, str], error: str, path: list[str]
):
    payload = await carried_out(own_bank, GRANT, **(ASKED | changed))
    assert payload["grant"] is None
    ((name, where),) = [(each["__typename"], each["path"]) for each in payload["errors"]]
    assert (name, where) == (error, path)
    assert [await count(own_bank, table) for table in (GRANTS, EVENTS, "ketu.outbox_event")] == [
        0, 0, 0,
    ]  # fmt: skip


async def test_who_holds_no_such_permission_is_refused_and_logged(own_bank: Bank):
    problem = await refused(own_bank, GRANT, "teller-wangjing", **ASKED)
    assert problem.code is ProblemCode.FORBIDDEN
    assert "access_grant:create" in problem.message
    (event,) = await rows(own_bank, f"SELECT kind, action FROM {EVENTS}")
    assert event == {"kind": "DENIAL", "action": "grantAccess"}


async def test_an_expected_version_that_has_passed_is_a_conflict(own_bank: Bank):
    await carried_out(own_bank, GRANT, **ASKED)
    payload = await carried_out(own_bank, END, id="gra_5", version=7)
    assert payload["errors"] == [{"__typename": "Conflict", "path": ["input", "expectedVersion"], "currentVersion": 1}]
    payload = await carried_out(own_bank, END, id="gra_5", version=1)
    assert payload["grant"]["version"] == 2
    assert payload["grant"]["endedAt"]
    payload = await carried_out(own_bank, END, id="gra_5", version=2)
    assert payload["errors"] == [{"__typename": "InvalidInput", "path": ["input", "id"]}]


async def test_a_key_sent_again_finds_the_first_outcome(own_bank: Bank):
    first = await carried_out(own_bank, GRANT, **ASKED, key="once")
    again = await carried_out(own_bank, GRANT, **ASKED, key="once")
    assert again == first | {"isReplay": True}
    assert await count(own_bank, GRANTS) == 1
    assert await count(own_bank, CHANGES) == 1
    # Another user's key is another key.
    await carried_out(own_bank, GRANT, "regional-beijing", **ASKED, key="once")
    assert await count(own_bank, GRANTS) == 2


async def test_a_key_stands_for_one_command(own_bank: Bank):
    await carried_out(own_bank, GRANT, **ASKED, key="once")
    payload = await carried_out(own_bank, GRANT, **(ASKED | {"until": "2026-11-21"}), key="once")
    assert payload["errors"][0]["__typename"] == "KeyReused"


async def test_a_key_of_a_refused_command_is_free_again(own_bank: Bank):
    await carried_out(own_bank, GRANT, **(ASKED | {"until": "2026-01-01"}), key="once")
    payload = await carried_out(own_bank, GRANT, **ASKED, key="once")
    assert (payload["errors"], payload["isReplay"]) == ([], False)


async def test_one_key_sent_many_times_at_once_is_carried_out_once(own_bank: Bank):
    payloads = await asyncio.gather(*(carried_out(own_bank, GRANT, **ASKED, key="once") for _ in range(6)))
    assert {payload["grant"]["id"] for payload in payloads} == {"gra_5"}
    assert sorted(payload["isReplay"] for payload in payloads) == [False, *[True] * 5]
    assert await count(own_bank, GRANTS) == 1


async def test_a_dry_run_answers_and_leaves_everything_as_it_was(own_bank: Bank):
    payload = await carried_out(own_bank, GRANT, **ASKED, dry=True, key="once")
    assert payload["grant"]["endsOn"] == "2026-11-20"
    for table in (GRANTS, CHANGES, "ketu.outbox_event", "ketu.command"):
        assert await count(own_bank, table) == 0
    (shown,) = await rows(own_bank, f"SELECT kind, customer_ids FROM {EVENTS}")
    assert shown == {"kind": "ACCESS", "customer_ids": [1]}


async def test_root_fields_are_transactions_of_their_own_in_order(own_bank: Bank):
    query = """mutation { one: grantAccess(input: {customerId: "cus_1", staffId: "sta_2", reason: COVER,
        endsOn: "2026-11-20"}) { grant { id } }
        two: endAccess(input: {id: "nonsense", expectedVersion: 1}) { grant { id } }
        three: endAccess(input: {id: "gra_5", expectedVersion: 1}) { grant { version } } }"""
    answer = await body(own_bank, query)
    assert answer["data"] == {"one": {"grant": {"id": "gra_5"}}, "two": None, "three": {"grant": {"version": 2}}}
    (error,) = answer["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["two"], "INVALID_REQUEST")


async def test_a_selection_that_needs_python_is_answered_within_the_transaction(own_bank: Bank):
    query = GRANT.replace("customer { id }", "customer { id loans { nodes { schedule { number } } } }")
    payload = await carried_out(own_bank, query, **(ASKED | {"customer": "cus_5"}))
    assert payload["errors"] == []
    assert payload["grant"]["customer"]["id"] == "cus_5"
    assert await count(own_bank, GRANTS) == 1


async def test_what_cannot_be_answered_is_not_carried_out(own_bank: Bank):
    query = GRANT.replace("customer { id }", 'customer { accounts(where: {id: {eq: "nonsense"}}) { totalCount } }')
    assert (await refused(own_bank, query, **ASKED)).code is ProblemCode.INVALID_REQUEST
    assert await count(own_bank, GRANTS) == 0


async def test_mutations_are_not_sent_by_get(bank: Bank):
    request = GraphQLRequest(GRANT, ASKED, None, await bank.reader("manager-chaoyang"), may_change=False)
    with pytest.raises(Problem, match="by POST"):
        await bank.engine.execute(bank.database, request)


async def test_the_log_is_only_ever_added_to(own_bank: Bank):
    await carried_out(own_bank, GRANT, **ASKED)
    for statement in ("UPDATE audit.event SET purpose = ''", "DELETE FROM audit.event", "TRUNCATE audit.event"):
        with pytest.raises(asyncpg.PostgresError, match="only ever added"):
            await rows(own_bank, statement)
