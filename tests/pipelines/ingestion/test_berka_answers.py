"""What the graph answers about the real delivery is what its files say, for a region's and for a branch's manager."""

import json
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest

from authz.policy_files import load_policy
from authz.reader import Reader, reader_of
from authz.subject import HeldRole, Subject
from domain.pipelines.ingestion.berka.run import Report
from domain.shared.database import Database, connect
from resolvers.context import GraphQLRequest
from tests.factories.bank import an_engine
from tests.pipelines.berka_oracle import Oracle

pytestmark = pytest.mark.anyio

REGION, BRANCH = "central Bohemia", "Benesov"
STATES = {"A": "REPAID", "B": "DEFAULTED", "C": "RUNNING", "D": "IN_ARREARS"}
NOBODY = -1


@pytest.fixture
async def database(berka: tuple[str, Report]) -> AsyncIterator[Database]:
    database = await connect(berka[0], pool_size=2, statement_timeout_ms=10_000)
    yield database
    await database.close()


async def manager_of(database: Database, name: str, role: str) -> Reader:
    async with database.read() as connection:
        row = await connection.fetchrow(
            """SELECT branch.id, position, position_end, number FROM ketu.branch, ketu.access_version
               WHERE lower(name) = lower($1)""",
            name,
        )
    held = HeldRole(role, row["id"], row["position"], row["position_end"])
    return reader_of(Subject(NOBODY, "manager", NOBODY, (held,), access_version=row["number"]), load_policy())


async def ask(database: Database, reader: Reader, query: str, **variables: Any) -> dict[str, Any]:
    answer = await an_engine().execute(database, GraphQLRequest(query, variables, None, reader))
    return json.loads(answer.data)


def branches_of(oracle: Oracle, region: str) -> set[str]:
    return {row["A2"] for row in oracle.tables["district"] if row["A3"] == region}


async def test_a_region_sees_its_clients_and_accounts(database: Database, oracle: Oracle):
    reader = await manager_of(database, REGION, "regional_manager")
    answer = await ask(
        database,
        reader,
        """{ customers { totalCount }
             accounts { aggregates(groupBy: [{field: BRANCH}]) { key { branch { name } } count } } }""",
    )
    ours = branches_of(oracle, REGION)
    assert int(answer["customers"]["totalCount"]) == sum(b in ours for b in oracle.branch_of_clients().values())
    groups = answer["accounts"]["aggregates"]
    counted = {group["key"]["branch"]["name"]: int(group["count"]) for group in groups}
    assert counted == {name: count for name, count in oracle.accounts_by_branch().items() if name in ours}


async def test_loans_per_branch_and_state(database: Database, oracle: Oracle):
    reader = await manager_of(database, REGION, "regional_manager")
    answer = await ask(
        database,
        reader,
        """{ loans { aggregates(groupBy: [{field: BRANCH}, {field: STATE}]) {
             key { branch { name } state } count amount { sum } } } }""",
    )
    found = {
        (group["key"]["branch"]["name"], group["key"]["state"]): (
            int(group["count"]),
            Decimal(group["amount"][0]["sum"]),
        )
        for group in answer["loans"]["aggregates"]
    }
    ours = branches_of(oracle, REGION)
    assert found == {
        (branch, STATES[status]): figures for (branch, status), figures in oracle.loans().items() if branch in ours
    }


@pytest.mark.parametrize("status", "ABCD")
async def test_owners_with_a_loan_and_a_co_user(status: str, database: Database, oracle: Oracle):
    """For D, clients in arrears with a co-user, there is nobody in the whole data set: an empty answer is right."""
    reader = await manager_of(database, REGION, "regional_manager")
    answer = await ask(
        database,
        reader,
        """query ($state: LoanState!) {
          customers(first: 100, where: {holdings: {some: {
            role: {eq: OWNER}
            account: {
              loans: {some: {state: {eq: $state}}}
              holders: {some: {role: {eq: AUTHORISED_USER}}}
            }
          }}}) { totalCount nodes { customerNo } }
        }""",
        state=STATES[status],
    )
    ours = branches_of(oracle, REGION)
    branch_of = oracle.branch_of_clients()
    expected = {client for client in oracle.owners_with_loan_and_co_user(status) if branch_of[client] in ours}
    assert {int(node["customerNo"]) for node in answer["customers"]["nodes"]} == expected
    assert int(answer["customers"]["totalCount"]) == len(expected)


async def test_a_branch_sees_its_own_clients_with_households_and_last_transactions(database: Database, oracle: Oracle):
    reader = await manager_of(database, BRANCH, "branch_manager")
    query = """query ($after: String) { customers(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        customerNo
        household { members { nodes { customer { customerNo } } } }
        accounts { nodes { sourceKey balance { amount } transactions(first: 3) {
          nodes { sourceKey bookedOn direction amount { amount } } } } }
      }
    } }"""
    nodes: list[dict[str, Any]] = []
    after = None
    while True:
        page = (await ask(database, reader, query, after=after))["customers"]
        nodes += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    expected = {client for client, branch in oracle.branch_of_clients().items() if branch == BRANCH}
    assert {int(node["customerNo"]) for node in nodes} == expected
    together = {
        tuple(sorted(int(member["customer"]["customerNo"]) for member in node["household"]["members"]["nodes"]))
        for node in nodes
        if node["household"]
    }
    assert together == {tuple(sorted(pair)) for pair in oracle.couples() if pair[0] in expected}
    for account in {a["sourceKey"]: a for node in nodes for a in node["accounts"]["nodes"]}.values():
        number = int(account["sourceKey"])
        shown = [
            (
                int(moved["sourceKey"]),
                moved["bookedOn"],
                Decimal(moved["amount"]["amount"]) * (1 if moved["direction"] == "CREDIT" else -1),
            )
            for moved in account["transactions"]["nodes"]
        ]
        assert shown == [(key, on.isoformat(), sum_) for key, on, sum_ in oracle.last_transactions(number, 3)]
        balance = oracle.balances().get(number)
        assert (account["balance"] and Decimal(account["balance"]["amount"])) == (balance and balance[1])


async def test_two_managers_share_no_client(database: Database):
    seen: list[set[str]] = []
    for branch in (BRANCH, "Beroun"):
        reader = await manager_of(database, branch, "branch_manager")
        answer = await ask(database, reader, "{ customers(first: 100) { nodes { id } } }")
        seen.append({node["id"] for node in answer["customers"]["nodes"]})
    assert seen[0]
    assert seen[1]
    assert not seen[0] & seen[1]
