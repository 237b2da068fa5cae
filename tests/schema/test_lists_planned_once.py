"""Which way a list is found, and whether PostgreSQL plans it once or for each reader."""

import asyncpg
import pytest
from factories.bank import Bank, change

from authz.policies import Policies
from authz.subjects import reader_called
from resolvers.context import GraphQLRequest
from resolvers.engine.plan import Plan

pytestmark = pytest.mark.anyio

LIST = "{ customers(first: 50, orderBy: {field: NAME}) { nodes { id } } }"
WALKED, GATHERED = "ELSE false END ORDER BY", "LIMIT ALL OFFSET 0"
MORE = """
    INSERT INTO ketu.customer (kind, state, customer_no, name, name_sort_key, branch_id, position)
    SELECT 'PERSON', 'ACTIVE', 'more' || number, 'More', 'more', branch.id, branch.position
    FROM generate_series(1, 500) AS number, ketu.branch AS branch WHERE branch.id = 4
"""


async def planned(bank: Bank, username: str, query: str) -> Plan:
    """What the engine makes of a query that this user asks, as they are read now."""
    connection = await asyncpg.connect(bank.url)
    reader = await reader_called(connection, username, Policies())
    await connection.close()
    assert reader is not None
    operation, variables = bank.engine.read(GraphQLRequest(query, {}, None, reader))
    return bank.engine.plan(operation, variables, reader.shape)


async def test_who_sees_much_walks_the_order_and_who_sees_little_gathers_their_rows(own_bank: Bank):
    await change(own_bank, MORE, "ANALYZE ketu.customer")
    for username, way in [("regional-beijing", WALKED), ("rm-chaoyang-1", GATHERED), ("manager-pudong", GATHERED)]:
        plan = await planned(own_bank, username, LIST)
        assert not plan.plans_anew
        assert [each for each in (WALKED, GATHERED) if each in plan.statement] == [way], username
    plan = await planned(own_bank, "auditor", LIST)
    assert not plan.plans_anew
    assert "WHERE customer_1" not in plan.statement


async def test_an_order_without_an_index_is_walked_by_nobody(own_bank: Bank):
    await change(own_bank, MORE, "ANALYZE ketu.customer")
    plan = await planned(own_bank, "regional-beijing", LIST.replace("NAME", "SEX"))
    assert (GATHERED in plan.statement, plan.plans_anew) == (True, False)
    for direction, way in [("DESC", WALKED), ("ASC", GATHERED)]:
        query = f"{{ customers(orderBy: {{field: JOINED_ON, direction: {direction}}}) {{ nodes {{ id }} }} }}"
        assert way in (await planned(own_bank, "regional-beijing", query)).statement


async def test_rows_that_are_ones_own_for_several_reasons_are_found_by_each(own_bank: Bank):
    await change(own_bank, MORE, "ANALYZE ketu.customer")
    plan = await planned(own_bank, "rm-chaoyang-1", "{ tasks { nodes { id } } }")
    assert (GATHERED in plan.statement, " UNION " in plan.statement, plan.plans_anew) == (True, True, False)
    plan = await planned(own_bank, "regional-beijing", "{ tasks { nodes { id } } }")
    assert ("ELSE false END" in plan.statement, " UNION " in plan.statement, plan.plans_anew) == (True, False, False)
    plan = await planned(own_bank, "rm-chaoyang-1", "{ accounts { nodes { id } } }")
    assert (GATHERED in plan.statement, plan.plans_anew) == (False, True)


async def test_in_a_small_bank_everybody_gathers(own_bank: Bank):
    await change(own_bank, "ANALYZE ketu.customer")
    assert GATHERED in (await planned(own_bank, "regional-beijing", LIST)).statement


@pytest.mark.parametrize(
    ("username", "query", "is_anew"),
    [
        ("regional-beijing", "{ customers(where: {state: {eq: ACTIVE}}) { nodes { id } } }", True),
        ("auditor", "{ customers(where: {state: {eq: ACTIVE}}) { nodes { id } } }", True),
        ("regional-beijing", "{ accounts { nodes { id } } }", True),
        ("regional-beijing", "{ tasks { nodes { id } } }", False),
        ("auditor", "{ accounts { nodes { id } } }", False),
        ("regional-beijing", "{ customers { totalCount } }", True),
        ("auditor", "{ customers { totalCount } }", False),
        ("regional-beijing", '{ node(id: "bra_4") { ... on Branch { customers { totalCount } } } }', True),
        ("regional-beijing", '{ customer(id: "cus_1") { accounts { totalCount nodes { id } } } }', False),
    ],
)
async def test_what_is_planned_for_each_reader(bank: Bank, username: str, query: str, is_anew: bool):
    assert (await planned(bank, username, query)).plans_anew is is_anew
