"""Everybody who has signed in is told which bank they work for, and nobody else is."""

import json
from typing import Any

import pytest
from factories.api import Api, error_of
from factories.bank import Bank, built_schema, change

from domain.bank.tables import bank as bank_table
from domain.shared.columns import DataClass
from resolvers.engine.edges import Column
from tests.schema.test_explain import USERS

pytestmark = pytest.mark.anyio

BANK = "{ bank { name businessDate timeZone baseCurrency isSample } }"
SAMPLE = {
    "name": "客图示例银行",
    "businessDate": "2026-10-31",
    "timeZone": "Asia/Shanghai",
    "baseCurrency": "CNY",
    "isSample": True,
}


@pytest.mark.parametrize("user", USERS)
async def test_every_reader_sees_the_whole_of_it(bank: Bank, user: str):
    assert await bank.answer(BANK, user=user) == {"data": {"bank": SAMPLE}}


async def test_over_http_also_for_somebody_who_sees_no_customer(api: Api):
    answer = await api.post("{ bank { businessDate } customers { totalCount } }", user="administrator")
    assert answer.status_code == 200
    body = answer.json()
    assert body["data"] == {"bank": {"businessDate": SAMPLE["businessDate"]}, "customers": None}
    assert body["extensions"]["withheld"] == ["Query.customers"]


async def test_not_for_anybody_without_a_token(api: Api):
    answer = await api.client.post(
        "/graphql", json={"query": BANK}, headers={"accept": "application/graphql-response+json"}
    )
    status, code, _ = error_of(answer)
    assert (status, code) == (401, "UNAUTHENTICATED")
    assert not any(str(value) in answer.text for value in SAMPLE.values() if value is not True)


async def test_one_statement_together_with_others(bank: Bank):
    query = """{ bank { name businessDate timeZone baseCurrency isSample }
                 viewer { username staff { name } } customers(first: 3) { totalCount nodes { displayName } } }"""
    data = await bank.ask(query, user="regional-beijing")
    assert data["bank"] == SAMPLE
    assert data["viewer"]["username"] == "regional-beijing"
    assert len(data["customers"]["nodes"]) == 3
    assert len(bank.statements) == 1, bank.statements


async def test_aliases_fragments_directives_and_type_names(bank: Bank):
    query = """query ($also: Boolean!) {
      bank { __typename day: businessDate ...Money ... @include(if: $also) { name } }
      bank { timeZone @skip(if: $also) }
      theirs: bank { name }
    }
    fragment Money on Bank { baseCurrency }"""
    common: dict[str, Any] = {"__typename": "Bank", "day": "2026-10-31", "baseCurrency": "CNY"}
    for also, more in ((True, {"name": SAMPLE["name"]}), (False, {"timeZone": "Asia/Shanghai"})):
        data = await bank.ask(query, also=also)
        assert data == {"bank": common | more, "theirs": {"name": SAMPLE["name"]}}


async def test_what_the_row_says_is_what_is_answered(own_bank: Bank):
    await own_bank.ask(BANK)
    await change(
        own_bank,
        "UPDATE ketu.bank SET name = 'Banka', business_date = '1998-12-31', time_zone = 'Europe/Prague', "
        "base_currency = 'CZK', is_sample = false",
    )
    changed = {"name": "Banka", "businessDate": "1998-12-31", "timeZone": "Europe/Prague", "baseCurrency": "CZK"}
    assert await own_bank.ask(BANK) == {"bank": {**changed, "isSample": False}}


async def test_it_tells_about_nobody_and_costs_as_little_as_the_viewer(api: Api, bank: Bank):
    answer = await api.post(BANK)
    assert json.loads(answer.text)["extensions"]["cost"]["requested"] == 1
    fields = built_schema().graph.plain["Bank"]
    assert all(isinstance(field, Column) and field.requires is None and not field.personal for field in fields.values())
    assert {column.info["class"] for column in bank_table.c} == {DataClass.C1}
