"""Groups of customers with members out of sight; the register of sources."""

import pytest
from factories.bank import Bank

from domain.source.service import prohibition_of
from tests.schema.test_mutations import rows

pytestmark = pytest.mark.anyio

GROUP = """{ node(id: "grp_1") { ... on CustomerGroup {
  name head { id } members { totalCount nodes { role customer { id } } } } } }"""


async def test_a_group_shows_those_of_its_members_whom_the_reader_sees(bank: Bank):
    """The software firm of another city once belonged to it."""
    shown = (await bank.ask(GROUP, user="rm-haidian-1"))["node"]
    assert shown == {
        "name": "浦江贸易集团",
        "head": None,
        "members": {"totalCount": "1", "nodes": [{"role": "AFFILIATE", "customer": {"id": "cus_41"}}]},
    }
    shown = (await bank.ask(GROUP, user="auditor"))["node"]
    assert (shown["head"], shown["members"]["totalCount"]) == ({"id": "cus_42"}, "4")
    assert (await bank.ask(GROUP, user="rm-chaoyang-1"))["node"] is None


async def test_members_who_left_lead_nothing(own_bank: Bank):
    await rows(own_bank, "UPDATE ketu.customer_group_member SET left_on = '2026-10-30' WHERE id = 1")
    assert (await own_bank.ask(GROUP, user="auditor"))["node"]["head"] is None


async def test_who_stands_for_an_organisation(bank: Bank):
    query = """{ customer(id: "cus_41") { relations(where: {type: {in: [LEGAL_REPRESENTATIVE, BENEFICIAL_OWNER]}}) {
      nodes { type toCustomer { displayName } } } } }"""
    assert (await bank.ask(query, user="rm-haidian-1"))["customer"]["relations"]["nodes"] == [
        {"type": "LEGAL_REPRESENTATIVE", "toCustomer": {"displayName": "韩雪梅"}},
        {"type": "BENEFICIAL_OWNER", "toCustomer": {"displayName": "韩雪梅"}},
    ]


async def test_the_register_says_what_must_not_be_used(bank: Bank):
    query = "{ sources(where: {isProhibited: {eq: true}}) { nodes { code legalBasis prohibitedBecause } } }"
    prohibited = {"code": "bought-leads", "legalBasis": "NONE", "prohibitedBecause": "来源不明，未经客户同意"}
    assert (await bank.ask(query, user="data-steward"))["sources"]["nodes"] == [prohibited]
    async with bank.database.read() as connection:
        assert await prohibition_of(connection, "bought-leads") == prohibited["prohibitedBecause"]
        assert await prohibition_of(connection, "core") is None
        assert await prohibition_of(connection, "nobody knows") is None


async def test_deliveries_are_told_with_their_source_and_files(own_bank: Bank):
    await rows(
        own_bank,
        """WITH batch AS (
             INSERT INTO staging.source_batch (source, content_hash, as_of_date) VALUES ('core', 'ab', '2026-10-30')
             RETURNING id)
           INSERT INTO staging.file_count (source_batch_id, file, read_count, stored_count, rejected_count,
                                           control_count)
           SELECT id, 'accounts.csv', 12, 11, 1, 12 FROM batch""",
    )
    query = """{ sourceBatches { nodes { state isCurrent asOfDate origin { name batches { totalCount } }
      files { nodes { file readCount storedCount rejectedCount controlCount controlTotal } } } } }"""
    assert (await own_bank.ask(query, user="data-steward"))["sourceBatches"]["nodes"] == [
        {
            "state": "COMMITTED",
            "isCurrent": True,
            "asOfDate": "2026-10-30",
            "origin": {"name": "核心存款系统", "batches": {"totalCount": "1"}},
            "files": {
                "nodes": [
                    {
                        "file": "accounts.csv",
                        "readCount": 12,
                        "storedCount": 11,
                        "rejectedCount": 1,
                        "controlCount": 12,
                        "controlTotal": None,
                    }
                ]
            },
        }
    ]
