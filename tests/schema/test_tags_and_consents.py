"""Tags given and taken, and the ledger of what customers said."""

from typing import Any

import asyncpg
import pytest
from factories.bank import SINCE, Bank

from tests.schema.test_mutations import carried_out, rows

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { path } }"
TAGS = "customer { tags { nodes { tag { name } taggedBy { id } } } }"
GIVE = f"""mutation ($input: CustomerTagInput!) {{ tagCustomer(input: $input) {{
  customerTag {{ tag {{ id }} }} {TAGS} {SHOWN} }} }}"""
TAKE = f"mutation ($input: CustomerTagInput!) {{ untagCustomer(input: $input) {{ {TAGS} {SHOWN} }} }}"
RECORD = f"""mutation ($input: RecordConsentInput!) {{ recordConsent(input: $input) {{
  consent {{ purpose channel decision evidence customer {{ id }} recordedBy {{ id }} }} {SHOWN} }} }}"""
SAID = {"customerId": "cus_1", "purpose": "MARKETING", "decision": "GIVEN", "evidence": "表 1"}


def error(payload: dict[str, Any]) -> tuple[str, str]:
    """Type and last step of the path of the only error."""
    (only,) = payload["errors"]
    return only["__typename"], only["path"][-1]


async def test_a_tag_is_given_once_and_taken_away(own_bank: Bank):
    given = {"customerId": "cus_1", "tagId": "tag_3"}
    payload = await carried_out(own_bank, GIVE, "rm-chaoyang-1", input=given)
    assert payload["errors"] == []
    assert payload["customerTag"] == {"tag": {"id": "tag_3"}}
    has = [
        {"tag": {"name": "有留学需求"}, "taggedBy": {"id": "sta_9"}},
        {"tag": {"name": "退休客户"}, "taggedBy": {"id": "sta_9"}},
    ]
    assert payload["customer"]["tags"]["nodes"] == has
    assert await carried_out(own_bank, GIVE, "rm-chaoyang-1", input=given) == payload
    entries = await rows(own_bank, f"SELECT concept, customer_ids FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'")
    assert entries == [{"concept": "customer_tag", "customer_ids": [1]}]
    taken = await carried_out(own_bank, TAKE, "manager-chaoyang", input=given)
    assert taken["customer"]["tags"]["nodes"] == has[1:]
    assert error(await carried_out(own_bank, TAKE, "manager-chaoyang", input=given)) == ("NotFound", "tagId")


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("rm-chaoyang-1", {"customerId": "cus_6"}, ("NotFound", "customerId")),
        ("data-steward", {"tagId": "tag_99"}, ("NotFound", "tagId")),
        ("data-steward", {"tagId": "tag_5"}, ("InvalidInput", "tagId")),
    ],
)
async def test_no_other_tag_is_given(own_bank: Bank, user: str, given: dict[str, str], wanted: tuple[str, str]):
    asked = {"customerId": "cus_1", "tagId": "tag_3"} | given
    assert error(await carried_out(own_bank, GIVE, user, input=asked)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.customer_tag WHERE id > 10") == []


async def test_what_a_customer_said_is_added_to_the_ledger(own_bank: Bank):
    payload = await carried_out(own_bank, RECORD, "rm-chaoyang-1", input=SAID | {"channel": "PHONE"})
    assert payload == {
        "consent": {
            "purpose": "MARKETING", "channel": "PHONE", "decision": "GIVEN", "evidence": "表 1",
            "customer": {"id": "cus_1"}, "recordedBy": {"id": "sta_9"},
        },
        "errors": [],
    }  # fmt: skip
    withdrawn = await carried_out(
        own_bank, RECORD, "rm-chaoyang-1", input=SAID | {"channel": "PHONE", "decision": "WITHDRAWN"}
    )
    assert withdrawn["errors"] == []
    query = '{ customer(id: "cus_1") { consents { nodes { channel decision } } } }'
    assert (await own_bank.ask(query, user="rm-chaoyang-1"))["customer"]["consents"]["nodes"] == [
        {"channel": "PHONE", "decision": "WITHDRAWN"},
        {"channel": "PHONE", "decision": "GIVEN"},
        {"channel": None, "decision": "GIVEN"},
    ]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"customerId": "cus_6"}, ("NotFound", "customerId")),
        ({"decidedAt": "2099-01-01T00:00:00Z"}, ("InvalidInput", "decidedAt")),
        ({"decision": "WITHDRAWN", "channel": "MAIL"}, ("InvalidInput", "decision")),
        ({"evidence": " "}, ("InvalidInput", "evidence")),
    ],
)
async def test_nothing_else_is_kept(own_bank: Bank, given: dict[str, str], wanted: tuple[str, str]):
    assert error(await carried_out(own_bank, RECORD, "rm-chaoyang-1", input=SAID | given)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.consent WHERE id > 11") == []


@pytest.mark.parametrize(
    "statement", ["UPDATE ketu.consent SET decision = 'GIVEN'", "DELETE FROM ketu.consent", "TRUNCATE ketu.consent"]
)
async def test_what_was_said_stays_said(own_bank: Bank, statement: str):
    with pytest.raises(asyncpg.PostgresError, match="only ever added to"):
        await rows(own_bank, statement)
