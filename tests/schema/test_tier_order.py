"""Customers in the order of their tiers, which lie two edges away."""

import pytest
from factories.bank import Bank

from domain.shared.problem import ProblemCode
from tests.schema.test_mutations import rows

pytestmark = pytest.mark.anyio

PAGE = """query ($after: String, $direction: OrderDirection!) {
  customers(first: 4, after: $after, orderBy: [{field: TIER_RANK, direction: $direction}]) {
    pageInfo { hasNextPage endCursor } nodes { id tier { tier { rank } } } } }"""
RANKS = """SELECT customer.id, tier.rank FROM ketu.customer AS customer LEFT JOIN (ketu.customer_tier AS given
           JOIN ketu.tier AS tier ON tier.id = given.tier_id) ON given.customer_id = customer.id AND ends_on IS NULL"""


@pytest.mark.parametrize("user", ["auditor", "regional-beijing", "rm-chaoyang-1"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_by_rank_page_by_page_and_those_without_a_tier_last(bank: Bank, user: str, direction: str):
    ranks = {f"cus_{row['id']}": row["rank"] for row in await rows(bank, RANKS)}
    found, cursor = [], None
    while True:
        page = (await bank.ask(PAGE, user=user, after=cursor, direction=direction))["customers"]
        for node in page["nodes"]:
            assert (node["tier"] and node["tier"]["tier"]["rank"]) == ranks[node["id"]]
            found.append(node["id"])
        cursor = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    sign = 1 if direction == "ASC" else -1

    def place(customer: str) -> tuple[bool, int, int]:
        return ranks[customer] is None, sign * (ranks[customer] or 0), sign * int(customer.removeprefix("cus_"))

    assert found == sorted(set(found), key=place)
    assert len({ranks[customer] for customer in found}) > 2


async def test_who_may_not_see_tiers_of_customers_orders_by_none(bank: Bank):
    query = "{ customers(orderBy: {field: TIER_RANK}) { nodes { id } } }"
    code, message = await bank.refusal(query, user="security-officer")
    assert code is ProblemCode.FORBIDDEN
    assert "Customer.tier is withheld from you" in message
