"""One statement whatever the size, and the SQL of the main queries beside them, so that a change of it is read.

`KETU_UPDATE_SNAPSHOTS=1 ./ketu test schema -k statement` rewrites tests/schema/snapshots/*.sql; read the difference.
"""

import os
from pathlib import Path

import asyncpg
import pytest
from factories.bank import Bank, change

from resolvers.context import GraphQLRequest

pytestmark = pytest.mark.anyio

SNAPSHOTS = Path(__file__).parent / "snapshots"
QUERIES = sorted(path.stem for path in SNAPSHOTS.glob("*.graphql"))
VARIABLES = {
    "customer_360": {"id": "cus_1"},
    "household": {"id": "cus_1"},
    "list_page": {"size": 50},
    "search": {"text": "wang"},
}


def test_there_are_seven_main_queries():
    assert QUERIES == [
        "branch_aggregates",
        "contracts",
        "customer_360",
        "household",
        "list_page",
        "nested_filter",
        "search",
    ]


@pytest.mark.parametrize("name", QUERIES)
async def test_the_sql_is_the_one_that_was_read(bank: Bank, name: str):
    query = (SNAPSHOTS / f"{name}.graphql").read_text(encoding="utf-8")
    request = GraphQLRequest(query, VARIABLES.get(name, {}), None, await bank.reader("regional-beijing"))
    operation, variables = bank.engine.read(request)
    statement = bank.engine.plan(operation, variables, request.reader.shape).statement
    assert statement is not None, "the batched execution answers it"
    kept = SNAPSHOTS / f"{name}.sql"
    text = "\n".join(line.rstrip() for line in statement.splitlines()) + "\n"
    if os.environ.get("KETU_UPDATE_SNAPSHOTS"):
        kept.write_text(text, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == text, f"KETU_UPDATE_SNAPSHOTS=1 rewrites {kept.name}, if it is meant"


@pytest.mark.parametrize("size", [3, 30])
@pytest.mark.parametrize("name", QUERIES)
async def test_a_main_query_costs_one_statement_at_any_size(own_bank: Bank, name: str, size: int):
    await grow(own_bank, size)
    query = (SNAPSHOTS / f"{name}.graphql").read_text(encoding="utf-8")
    data = await own_bank.ask(query, user="regional-beijing", **VARIABLES.get(name, {}))
    assert len(own_bank.statements) == 1, own_bank.statements
    if name == "customer_360":
        assert len(data["customer"]["accounts"]["nodes"]) == min(size + 2, 20)
    if name == "list_page":
        assert len(data["customers"]["nodes"]) == min(23 + size, 50)


async def grow(bank: Bank, size: int) -> None:
    """Give the first customer `size` more accounts, with as many co-holders, loans and cards."""
    await change(
        bank,
        f"""INSERT INTO ketu.customer (kind, state, customer_no, name, branch_id, position, manager_id)
            SELECT kind, state, 'grown' || n, name, branch_id, position, manager_id
            FROM ketu.customer, generate_series(1, {size}) AS n WHERE id = 1""",
        f"""INSERT INTO ketu.account (state, currency, opened_on, product_id, branch_id)
            SELECT state, currency, opened_on + n, product_id, branch_id
            FROM ketu.account, generate_series(1, {size}) AS n WHERE id = 1""",
        """INSERT INTO ketu.account_holder (account_id, customer_id, role)
           SELECT id, 1, 'OWNER' FROM ketu.account WHERE source IS NULL""",
        """INSERT INTO ketu.household_member (household_id, customer_id, role)
           SELECT 1, id, 'OTHER' FROM ketu.customer WHERE customer_no LIKE 'grown%'""",
    )
    connection = await asyncpg.connect(bank.url)
    try:
        assert await connection.fetchval("SELECT count(*) FROM ketu.account WHERE source IS NULL") == size
    finally:
        await connection.close()
