"""Runs: what is worked out of customers is seen whole, of one run at a time, and where the customer is."""

from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import pytest
from factories.bank import Bank

from domain.run import service
from domain.run.model import RunKind
from domain.run.service import NewRun, RunError
from tests.schema.test_mutations import rows

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 1, 2, tzinfo=UTC)
SCORES = """{ node(id: "cus_2") { ... on Customer {
  scores { totalCount nodes { predicts value percentileRatio reasons run { topic describesOn modelVersion { release } }
    } } } } }"""
ALL = "{ scores(where: {predicts: {eq: CHURN}}, first: 3) { totalCount nodes { value customer { id } } } }"
SCORE = """INSERT INTO ketu.score (run_id, customer_id, predicts, value, percentile_ratio, reasons, position)
           SELECT $1, id, 'CHURN', $2, 0.5, '{}', position FROM ketu.customer"""


async def run_of(connection: Any, topic: str = "CHURN") -> int:
    """A run that is under way."""
    return await service.begin(connection, NewRun(RunKind.SCORING, topic, date(2026, 10, 31)), now=NOW)


@pytest.fixture
async def connection(own_bank: Bank) -> Any:
    """To the bank of the test."""
    connection = await asyncpg.connect(own_bank.url)
    yield connection
    await connection.close()


async def test_a_score_says_what_it_is_of_and_why(own_bank: Bank):
    body = await own_bank.answer(SCORES, user="rm-chaoyang-1")
    assert body["extensions"] == {"withheld": ["Run.modelVersion"]}
    assert body["data"]["node"]["scores"] == {
        "totalCount": "1",
        "nodes": [{
            "predicts": "CHURN", "value": "0.350000", "percentileRatio": "0.350000", "reasons": ["余额连续下降"],
            "run": {"topic": "CHURN", "describesOn": "2026-10-31", "modelVersion": None},
        }],
    }  # fmt: skip
    # The register of models is for who manages and who checks.
    wide = await own_bank.ask(SCORES, user="manager-chaoyang")
    assert wide["node"]["scores"]["nodes"][0]["run"]["modelVersion"] == {"release": "2026.09"}


async def test_a_run_is_seen_once_it_is_published_and_the_one_before_no_more(own_bank: Bank, connection: Any):
    before = await own_bank.ask(ALL, user="auditor")
    assert before["scores"]["nodes"][0] == {"value": "0.950000", "customer": {"id": "cus_34"}}
    run = await run_of(connection)
    await connection.execute(SCORE, run, "0.125")
    assert await own_bank.ask(ALL, user="auditor") == before
    async with connection.transaction():
        await service.publish(connection, run, now=NOW)
        # Until it is committed, others see what they saw.
        assert await own_bank.ask(ALL, user="auditor") == before
    after = await own_bank.ask(ALL, user="auditor")
    assert {node["value"] for node in after["scores"]["nodes"]} == {"0.125000"}
    assert int(after["scores"]["totalCount"]) == len(await rows(own_bank, "SELECT FROM ketu.customer"))
    states = await rows(own_bank, "SELECT state, count(*) AS n FROM ketu.run WHERE topic = 'CHURN' GROUP BY state")
    assert {row["state"]: row["n"] for row in states} == {"PUBLISHED": 1, "SUPERSEDED": 2}
    (counted,) = await rows(own_bank, f"SELECT row_count FROM ketu.run WHERE id = {run}")
    assert str(counted["row_count"]) == after["scores"]["totalCount"]
    # An id of a row of the run before leads nowhere.
    (old,) = await rows(own_bank, f"SELECT id FROM ketu.score WHERE run_id < {run} ORDER BY id LIMIT 1")
    assert await own_bank.ask(f'{{ node(id: "sco_{old["id"]}") {{ id }} }}', user="auditor") == {"node": None}


async def test_what_is_under_way_or_failed_can_be_published_only_once(own_bank: Bank, connection: Any):
    run = await run_of(connection, "VALUE")
    await service.publish(connection, run, now=NOW)
    failed = await run_of(connection, "VALUE")
    await connection.execute(SCORE, failed, "0.5")
    await service.fail(connection, failed, failure="no data")
    for one in (run, failed, 10_000):
        with pytest.raises(RunError, match="is not under way"):
            await service.publish(connection, one, now=NOW)
        with pytest.raises(RunError, match="is not under way"):
            await service.fail(connection, one, failure="again")
    assert await connection.fetchval("SELECT count(*) FROM ketu.score WHERE run_id = $1", failed) == 0
    assert await connection.fetchval("SELECT state FROM ketu.run WHERE id = $1", run) == "PUBLISHED"


async def test_rows_of_runs_long_superseded_are_forgotten(own_bank: Bank, connection: Any):
    runs = []
    for _ in range(4):
        runs.append(await run_of(connection, "LOAN_DEFAULT"))
        await connection.execute(SCORE.replace("CHURN", "LOAN_DEFAULT"), runs[-1], "0.5")
        await service.publish(connection, runs[-1], now=NOW)
    assert await service.forget(connection, "LOAN_DEFAULT", kept=1) == [runs[1], runs[0]]
    left = await connection.fetch("SELECT DISTINCT run_id FROM ketu.score WHERE predicts = 'LOAN_DEFAULT' ORDER BY 1")
    assert [row["run_id"] for row in left] == runs[2:]
    shown = await own_bank.ask("{ scores(where: {predicts: {eq: LOAN_DEFAULT}}) { totalCount } }", user="auditor")
    assert int(shown["scores"]["totalCount"]) > 30


async def test_customers_are_listed_by_a_named_score_within_ones_reach(own_bank: Bank):
    own_bank.statements.clear()
    shown = await own_bank.ask(ALL, user="manager-chaoyang")
    found = [(node["value"], node["customer"]["id"]) for node in shown["scores"]["nodes"]]
    expected = await rows(
        own_bank,
        """SELECT score.value, customer.id FROM ketu.score AS score JOIN ketu.customer AS customer
           ON customer.id = score.customer_id JOIN ketu.run AS run ON run.id = score.run_id
           WHERE run.state = 'PUBLISHED' AND predicts = 'CHURN' AND customer.branch_id = 3
           ORDER BY score.value DESC, score.id DESC""",
    )
    assert found == [(str(row["value"]), f"cus_{row['id']}") for row in expected[:3]]
    assert shown["scores"]["totalCount"] == str(len(expected))


async def test_a_customers_portrait_is_one_statement(own_bank: Bank):
    query = """{ node(id: "cus_6") { ... on Customer {
      tier { change startsOn tier { name rank rules { nodes { measure threshold } } } } tiers { totalCount }
      segments { nodes { sinceOn segment { name kind } run { state } } }
      recommendations { nodes { rank kind action product { name } expiresOn } } } } }"""
    shown = (await own_bank.ask(query, user="rm-wangjing-1"))["node"]
    assert shown["tier"] is None
    assert [advice["rank"] for advice in shown["recommendations"]["nodes"]] == [1, 2]
    reader = await own_bank.reader("rm-wangjing-1")
    await own_bank.answer(query, reader=reader)
    own_bank.statements.clear()
    await own_bank.answer(query, reader=reader)
    assert len(own_bank.statements) == 1
    tiers = (
        '{ node(id: "cus_2") { ... on Customer { tier { change tier { name } } tiers { nodes { change endsOn } } } } }'
    )
    assert (await own_bank.ask(tiers, user="rm-chaoyang-1"))["node"] == {
        "tier": {"change": "UPGRADE", "tier": {"name": "金卡客户"}},
        "tiers": {"nodes": [{"change": "UPGRADE", "endsOn": None}, {"change": "FIRST", "endsOn": "2026-09-30"}]},
    }
