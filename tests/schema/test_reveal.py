"""`reveal`: one sealed value, for a purpose, so often a day, logged, and never where it could be kept."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from factories.bank import KEY_RING, Bank, Watched, an_engine, built_schema
from factories.journals import entries

from domain.quota.model import Quotas
from domain.shared.cipher import KeyRing
from domain.shared.keys import Keys
from resolvers.context import GraphQLRequest
from resolvers.reveal.fields import SEALED

pytestmark = pytest.mark.anyio

REVEAL = """mutation ($id: ID!, $field: RevealField!, $reference: String!) {
  reveal(input: {id: $id, field: $field, reason: CUSTOMER_REQUEST, reference: $reference}) {
    value visibleUntil remainingCount
    errors { __typename ... on MutationError { message path } ... on QuotaExceeded { quota businessDate } } } }"""
PHONE = "19900020260"
"""Of cus_1, as con_2; idd_1, acc_1 and car_1 are theirs too. Their branch is Chaoyang."""


async def revealed(
    bank: Bank, node_id: str, field: str, user: str = "rm-chaoyang-1", *, reference: str = "ticket 4711"
) -> dict[str, Any]:
    """The payload."""
    request = GraphQLRequest(
        REVEAL,
        {"id": node_id, "field": field, "reference": reference},
        None,
        await bank.reader(user),
        request_id="r1",
        purpose="header",
        renew=lambda: bank.reader(user),
    )
    return json.loads((await bank.engine.execute(bank.database, request)).body)["data"]["reveal"]


@pytest.mark.parametrize(
    ("node_id", "field", "value"),
    [
        ("idd_1", "IDENTITY_DOCUMENT_NUMBER", "110105196203140311"),
        ("con_1", "CONTACT_POINT_VALUE", "建国路88号3单元501室"),
        ("con_2", "CONTACT_POINT_VALUE", PHONE),
        ("acc_1", "ACCOUNT_NUMBER", "621000000031337"),
        ("car_1", "CARD_NUMBER", "6229990001000042423"),
        ("col_1", "COLLATERAL_ADDRESS", "花园路 12 号院 3 号楼 502"),
        ("sto_1", "STANDING_ORDER_COUNTERPARTY_ACCOUNT", "6100200300400001"),
    ],
)
async def test_the_whole_value_is_shown_for_a_minute(own_bank: Bank, node_id: str, field: str, value: str):
    payload = await revealed(own_bank, node_id, field)
    assert (payload["value"], payload["errors"], payload["remainingCount"]) == (value, [], 29)
    until = datetime.fromisoformat(payload["visibleUntil"])
    assert timedelta(seconds=40) < until - datetime.now(UTC) <= timedelta(seconds=61)


async def test_each_time_is_an_entry_that_says_what_for_and_not_what(own_bank: Bank):
    await revealed(own_bank, "con_2", "CONTACT_POINT_VALUE")
    (event,) = await entries(own_bank)
    assert (event["kind"], event["action"], event["concept"], event["row_id"]) == (
        "REVEAL", "reveal", "contact_point", 2,
    )  # fmt: skip
    assert (event["customer_ids"], event["purpose"]) == ([1], "CUSTOMER_REQUEST: ticket 4711")
    assert json.loads(event["details"]) == {"field": "value", "requestPurpose": "header"}
    assert PHONE not in str(event)


async def test_a_joint_account_tells_of_all_its_holders(own_bank: Bank):
    await revealed(own_bank, "acc_1", "ACCOUNT_NUMBER")
    assert (await entries(own_bank))[0]["customer_ids"] == [1, 2]


@pytest.mark.parametrize(
    ("node_id", "field", "user", "error", "path"),
    [
        # Another branch; nobody; a type that has no such field; a field without a value; a mask that is all they see.
        ("con_2", "CONTACT_POINT_VALUE", "rm-pudong-1", "NotFound", ["input", "id"]),
        ("con_9999", "CONTACT_POINT_VALUE", "rm-chaoyang-1", "NotFound", ["input", "id"]),
        ("idd_1", "CONTACT_POINT_VALUE", "rm-chaoyang-1", "InvalidInput", ["input", "field"]),
        ("sto_2", "STANDING_ORDER_COUNTERPARTY_ACCOUNT", "rm-chaoyang-1", "InvalidInput", ["input", "field"]),
        ("idd_6", "IDENTITY_DOCUMENT_NUMBER", "teller-wangjing", "NotPermitted", ["input", "id"]),
        ("con_2", "CONTACT_POINT_VALUE", "auditor", "NotPermitted", ["input", "id"]),
        ("con_2", "CONTACT_POINT_VALUE", "administrator", "NotPermitted", ["input", "id"]),
        ("idd_9", "IDENTITY_DOCUMENT_NUMBER", "field-haidian", "NotPermitted", ["input", "id"]),
    ],
)
async def test_what_is_refused_shows_nothing_counts_nothing_and_is_logged_where_it_is_a_denial(
    own_bank: Bank, node_id: str, field: str, user: str, error: str, path: list[str]
):
    payload = await revealed(own_bank, node_id, field, user)
    assert (payload["value"], payload["visibleUntil"], payload["remainingCount"]) == (None, None, None)
    assert [(each["__typename"], each["path"]) for each in payload["errors"]] == [(error, path)]
    logged = [(event["kind"], event["action"]) for event in await entries(own_bank)]
    assert logged == ([] if error == "InvalidInput" else [("DENIAL", "reveal")])
    connection = await asyncpg.connect(own_bank.url)
    assert await connection.fetchval("SELECT count(*) FROM ketu.quota_use") == 0
    await connection.close()


@pytest.mark.parametrize("reference", ["", "  ", "x" * 201])
async def test_a_purpose_says_what_it_is_about(bank: Bank, reference: str):
    payload = await revealed(bank, "con_2", "CONTACT_POINT_VALUE", reference=reference)
    assert payload["errors"][0]["path"] == ["input", "reference"]


async def test_seeing_the_mask_is_not_enough_where_revealing_reaches_less_far(own_bank: Bank):
    connection = await asyncpg.connect(own_bank.url)
    await connection.execute(
        "INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) "
        "SELECT account.id, 'auditor', 1 FROM ketu.user_account AS account WHERE username = 'rm-pudong-1'"
    )
    await connection.close()
    payload = await revealed(own_bank, "con_2", "CONTACT_POINT_VALUE", "rm-pudong-1")
    assert payload["errors"][0]["__typename"] == "NotPermitted"


async def test_of_many_at_once_no_more_than_the_quota_are_shown(own_bank: Bank):
    own_bank.engine.quotas = Quotas(reveals=3)
    payloads = await asyncio.gather(*(revealed(own_bank, "con_2", "CONTACT_POINT_VALUE") for _ in range(8)))
    shown = [payload for payload in payloads if payload["value"]]
    assert sorted(payload["remainingCount"] for payload in shown) == [0, 1, 2]
    refused = [payload["errors"][0] for payload in payloads if not payload["value"]]
    assert {(each["__typename"], each["quota"], each["businessDate"]) for each in refused} == {
        ("QuotaExceeded", 3, "2026-10-31")
    }
    assert len(refused) == 5
    kinds = [event["kind"] for event in await entries(own_bank)]
    assert (kinds.count("REVEAL"), kinds.count("DENIAL")) == (3, 5)
    # Somebody else has a quota of their own, and the next business date begins a new one.
    assert (await revealed(own_bank, "con_2", "CONTACT_POINT_VALUE", "manager-chaoyang"))["remainingCount"] == 2
    connection = await asyncpg.connect(own_bank.url)
    await connection.execute("UPDATE ketu.bank SET business_date = business_date + 1")
    await connection.close()
    assert (await revealed(own_bank, "con_2", "CONTACT_POINT_VALUE"))["remainingCount"] == 2


async def test_the_value_goes_into_no_statement(own_bank: Bank):
    watched = Watched(own_bank.database)
    payload = await revealed(replace(own_bank, database=watched), "con_2", "CONTACT_POINT_VALUE")
    assert payload["value"] == PHONE
    assert any("contact_point" in text for text in watched.sent)
    assert any("ticket 4711" in text for text in watched.sent), "parameters are not looked at"
    assert not any(PHONE in text for text in watched.sent)


async def test_several_values_are_several_fields_each_counted(own_bank: Bank):
    one = 'reveal(input: {id: "%s", field: %s, reason: COMPLAINT, reference: "c"}) { value remainingCount }'
    query = "mutation { a: %s b: %s }" % (  # noqa: UP031 (braces)
        one % ("con_2", "CONTACT_POINT_VALUE"), one % ("acc_1", "ACCOUNT_NUMBER"),
    )  # fmt: skip
    reader = await own_bank.reader("rm-chaoyang-1")
    request = GraphQLRequest(query, {}, None, reader, renew=lambda: own_bank.reader("rm-chaoyang-1"))
    answer = json.loads((await own_bank.engine.execute(own_bank.database, request)).body)
    assert answer["data"] == {
        "a": {"value": PHONE, "remainingCount": 29},
        "b": {"value": "621000000031337", "remainingCount": 28},
    }


async def test_a_value_that_no_key_opens_is_a_fault_of_ours_and_counts_nothing(own_bank: Bank):
    own_bank.engine = an_engine()
    own_bank.engine.keys = Keys(KeyRing(KEY_RING.current, KeyRing.fresh().keys, KEY_RING.index_secret))
    with pytest.raises(Exception, match="sealed with the key"):
        await revealed(own_bank, "con_2", "CONTACT_POINT_VALUE")
    connection = await asyncpg.connect(own_bank.url)
    assert await connection.fetchval("SELECT count(*) FROM ketu.quota_use") == 0
    await connection.close()


def test_every_sealed_value_of_the_graph_can_be_revealed():
    declared = {node.rows.table for node in built_schema().graph.types.values() if node.rows.identifiers}
    assert declared == {rows.table for rows in SEALED}
    for node in built_schema().graph.types.values():
        ciphers = {each.name for each in node.rows.table.columns if each.name.endswith("_cipher")}
        assert ciphers == {f"{each.name}_cipher" for each in node.rows.identifiers}, node.name
