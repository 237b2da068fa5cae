"""AUM of customers as readers see it: whose it is, in order page by page, and added up."""

from decimal import Decimal
from typing import Any

import asyncpg
import pytest
from factories.bank import Bank, change

from domain.shared.problem import ProblemCode
from tests.schema.test_lists_planned_once import GATHERED, MORE, WALKED, planned
from tests.schema.test_mutations import rows

pytestmark = pytest.mark.anyio

ONE = "query ($id: ID!) { customer(id: $id) { aum { amount currency } } }"
PAGE = """query ($first: Int, $after: String, $direction: OrderDirection!) {
  customers(first: $first, after: $after, orderBy: [{field: AUM, direction: $direction}]) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id aum { amount } } } }"""
SUM = "{ customers { aggregates { count aum { currency count sum } } } }"


async def known(bank: Bank) -> dict[str, Decimal | None]:
    """What everybody has, by id."""
    return {f"cus_{row['id']}": row["aum"] for row in await rows(bank, "SELECT id, aum FROM ketu.customer")}


def amount(node: dict[str, Any]) -> Decimal | None:
    """As a number."""
    return node["aum"] and Decimal(node["aum"]["amount"])


async def test_it_is_money_in_the_currency_of_the_bank(bank: Bank):
    amounts = await known(bank)
    assert (await bank.ask(ONE, id="cus_1"))["customer"]["aum"] == {"amount": str(amounts["cus_1"]), "currency": "CNY"}
    (nobody, *_) = [customer for customer, found in amounts.items() if found is None]
    assert (await bank.ask(ONE, id=nobody))["customer"]["aum"] is None


async def test_without_the_permission_it_is_withheld_and_tells_nothing_by_other_ways(bank: Bank):
    for user in ("teller-wangjing", "service-agent", "data-steward"):
        body = await bank.answer("{ customers(first: 1) { nodes { aum { amount } } } }", user=user)
        assert body["data"]["customers"]["nodes"] == [{"aum": None}]
        assert body["extensions"] == {"withheld": ["Customer.aum"]}
        for use in (
            "orderBy: {field: AUM}",
            "where: {aum: {amount: {gt: 0}}}",
            "where: {aum: null}",
        ):
            code, message = await bank.refusal(f"{{ customers({use}) {{ nodes {{ id }} }} }}", user=user)
            assert code is ProblemCode.FORBIDDEN, use
            assert "Customer.aum is withheld from you" in message


@pytest.mark.parametrize("user", ["auditor", "regional-beijing", "manager-pudong", "rm-chaoyang-1"])
async def test_each_reader_knows_what_those_have_whom_they_see(bank: Bank, user: str):
    amounts = await known(bank)
    page = (await bank.ask(PAGE, user=user, first=100, direction="DESC"))["customers"]
    shown = {node["id"]: amount(node) for node in page["nodes"]}
    assert shown == {customer: amounts[customer] for customer in shown}
    assert (len(shown) < len(amounts)) is (user != "auditor")
    figures = [each for each in shown.values() if each is not None]
    assert figures
    assert (await bank.ask(SUM, user=user))["customers"]["aggregates"] == [
        {
            "count": str(len(shown)),
            "aum": [{"currency": "CNY", "count": str(len(figures)), "sum": str(sum(figures))}],
        }
    ]


async def test_a_customer_of_another_branch_is_absent(bank: Bank):
    reader = await bank.ask("{ customers(first: 100) { nodes { id } } }", user="manager-pudong")
    seen = {node["id"] for node in reader["customers"]["nodes"]}
    for customer in (await known(bank)).keys() - seen:
        assert await bank.ask(ONE, user="manager-pudong", id=customer) == {"customer": None}


@pytest.mark.parametrize("user", ["auditor", "regional-beijing"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_pages_follow_each_other_through_equal_amounts_and_none(own_bank: Bank, user: str, direction: str):
    await change(own_bank, "UPDATE ketu.account SET balance = 7 WHERE id % 3 = 0 AND currency = 'CNY'")
    amounts, found, cursor = await known(own_bank), [], None
    while True:
        page = (await own_bank.ask(PAGE, user=user, first=3, after=cursor, direction=direction))["customers"]
        found += [node["id"] for node in page["nodes"]]
        cursor = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(found) == int(page["totalCount"]) == len(set(found))
    sign = 1 if direction == "ASC" else -1

    def place(customer: str) -> tuple[bool, Decimal, int]:
        one = amounts[customer]
        return one is None, sign * (one or Decimal(0)), sign * int(customer.removeprefix("cus_"))

    assert found == sorted(found, key=place)
    alike = [amounts[customer] for customer in found]
    assert None in alike
    assert len(set(alike)) < len(alike) - alike.count(None)


async def test_who_sees_much_walks_the_largest_and_who_sees_little_gathers_them(own_bank: Bank):
    await change(own_bank, MORE, "ANALYZE ketu.customer")
    query = "{ customers(orderBy: {field: AUM, direction: DESC}) { nodes { id aum { amount currency } } } }"
    for username, way in [("regional-beijing", WALKED), ("rm-chaoyang-1", GATHERED), ("manager-pudong", GATHERED)]:
        plan = await planned(own_bank, username, query)
        assert (way in plan.statement, plan.plans_anew) == (True, False), username
    plan = await planned(own_bank, "auditor", query)
    connection = await asyncpg.connect(own_bank.url)
    try:
        await connection.execute("SET enable_seqscan = off")
        # The one parameter is the state of access.
        told = "\n".join(row[0] for row in await connection.fetch(f"EXPLAIN {plan.statement}", 1))
    finally:
        await connection.close()
    assert "Scan using customer_aum_id_idx" in told
    assert "Sort" not in told
