"""Spans that a collector gets: what they tell, what they do not, and that nobody waits for them."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from factories.api import OK, Api, serving, settings, signed_in
from factories.collector import Collector, Exported, collecting, nowhere, silent
from factories.served import served

from api.app import telemetry_of
from api.settings import ROOT, Settings
from resolvers.engine.spans import UNMEASURED

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("one_schema_per_process")]

QUERY = "query Named($where: CustomerWhere) { customers(where: $where, first: 3) { nodes { displayName } } }"
CREATE = """mutation Give($input: CreateTaskInput!) {
  createTask(input: $input) { task { title } errors { __typename } } }"""
TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
REQUEST_ID = "0123456789abcdef0123456789abcdef"
SERVER, CLIENT = 2, 3
"""Kinds of spans in the protocol."""
OTHERS_THREAD = "OtelBatch"


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with collecting() as collector:
        yield collector


async def asked(
    api: Api, query: str, *, user: str = "analyst", headers: dict[str, str] | None = None, **body: Any
) -> int:
    """The status of the answer."""
    answer = await api.client.post("/graphql", json={"query": query, **body}, headers=signed_in(user) | (headers or {}))
    return answer.status_code


def within(spans: list[Exported], whole: Exported) -> list[tuple[str, dict[str, Any]]]:
    """Names and attributes of its parts."""
    return [(span.name, span.attributes) for span in spans if span.parent_id == whole.span_id]


async def test_a_query_is_a_request_with_a_plan_and_a_statement(sample_url: str, tmp_path: Path, collector: Collector):
    async with serving(settings(sample_url, tmp_path, otlp_endpoint=collector.address)) as api:
        headers = {"x-request-id": REQUEST_ID, "traceparent": f"00-{TRACE}-{PARENT}-01"}
        assert await asked(api, QUERY, headers=headers) == 200
        assert await asked(api, QUERY) == 200

    # Those that were left were sent as the API ended.
    spans = collector.spans
    first, second = [span for span in spans if span.kind == SERVER]
    assert (first.name, first.trace_id, first.parent_id, first.failed) == ("POST /graphql", TRACE, PARENT, False)
    assert first.attributes == {
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "graphql.operation.name": "Named",
        "graphql.operation.type": "query",
        "ketu.request_id": REQUEST_ID,
        "ketu.staff_id": first.attributes["ketu.staff_id"],
        "ketu.code": "OK",
        "ketu.cost": 4,
    }
    assert first.attributes["ketu.staff_id"] > 0
    assert within(spans, first) == [("plan", {"ketu.plan.hit": False}), ("statement", {})]
    assert within(spans, second) == [("plan", {"ketu.plan.hit": True}), ("statement", {})]
    assert second.parent_id == ""
    assert second.trace_id != TRACE
    assert len(spans) == 6
    assert {span.kind for span in spans if span.name == "statement"} == {CLIENT}
    assert collector.services == {"ketu"}


async def test_a_trace_that_its_sender_does_not_sample_is_not_sent(
    sample_url: str, tmp_path: Path, collector: Collector
):
    async with serving(settings(sample_url, tmp_path, otlp_endpoint=collector.address)) as api:
        assert await asked(api, QUERY, headers={"traceparent": f"00-{TRACE}-{PARENT}-00"}) == 200
        assert await asked(api, OK, headers={"traceparent": "nonsense"}) == 200
    (request,) = [span for span in collector.spans if span.kind == SERVER]
    assert "graphql.operation.name" not in request.attributes


async def test_a_mutation_is_a_request_with_commands(own_sample_url: str, tmp_path: Path, collector: Collector):
    async with serving(settings(own_sample_url, tmp_path, otlp_endpoint=collector.address)) as api:
        given = {"input": {"title": "Call", "purpose": "SALES", "customerId": "cus_2"}}
        assert await asked(api, CREATE, user="manager-chaoyang", variables=given) == 200

    spans = collector.spans
    (request,) = [span for span in spans if span.kind == SERVER]
    assert request.attributes["graphql.operation.type"] == "mutation"
    assert within(spans, request) == [
        ("plan", {"ketu.plan.hit": False}),
        ("command", {"ketu.command": "createTask"}),
    ]
    (command,) = [span for span in spans if span.name == "command"]
    assert within(spans, command) == [("plan", {"ketu.plan.hit": True}), ("statement", {})]
    assert {span.trace_id for span in spans} == {request.trace_id}


async def test_a_batched_query_has_a_statement_for_each_edge(sample_url: str, tmp_path: Path, collector: Collector):
    query = "{ loans(first: 2) { nodes { id schedule { number } } } }"
    async with serving(settings(sample_url, tmp_path, otlp_endpoint=collector.address)) as api:
        assert await asked(api, query) == 200
    spans = collector.spans
    (request,) = [span for span in spans if span.kind == SERVER]
    names = [name for name, _ in within(spans, request)]
    assert "plan" in names
    assert "statement" in names


async def test_nothing_that_could_be_somebodys_leaves(own_sample_url: str, tmp_path: Path, collector: Collector):
    marks = ["王磊标记", "13912345678", "MarkedName", "marked-agent", "markedvendor", "regional-beijing", "孙浩"]
    name, number, operation, agent, vendor, user, shown = marks
    async with serving(settings(own_sample_url, tmp_path, otlp_endpoint=collector.address)) as api:
        headers = {
            "user-agent": agent,
            "traceparent": f"00-{TRACE}-{PARENT}-01",
            "tracestate": f"{vendor}=1",
            "baggage": f"name={agent}",
            "x-request-id": number,
        }
        by_name = {"where": {"name": {"in": [name, shown]}}}

        async def ask(query: str, **body: Any) -> int:
            return await asked(api, query, user=user, headers=headers, **body)

        assert await ask(QUERY, variables=by_name) == 200
        assert await ask(f'{{ customers(where: {{ name: {{ eq: "{name}" }} }}) {{ totalCount }} }}') == 200
        assert await ask(QUERY, operationName=operation) == 400
        assert await ask(f"{{ {operation} }}") == 400
        assert await ask(QUERY, variables={"where": {"name": {"eq": [number]}}}) == 400
        assert await ask("query($id: ID!) { customer(id: $id) { id } }", variables={"id": name}) == 400
        given = {"input": {"title": name, "purpose": "SALES", "description": number, "customerId": "cus_2"}}
        assert await ask(CREATE, variables=given) in (200, 294)

    assert len([span for span in collector.spans if span.kind == SERVER]) == 7
    sent = b"".join(collector.bodies)
    assert [mark for mark in marks if mark.encode() in sent] == []
    assert b"SELECT" not in sent
    assert b"customers" not in sent


async def test_a_failure_tells_its_type_alone(own_sample_url: str, tmp_path: Path, collector: Collector):
    async with serving(settings(own_sample_url, tmp_path, otlp_endpoint=collector.address)) as api:
        async with api.app.state.database.write() as connection:
            await connection.execute("ALTER TABLE ketu.product RENAME TO product_marked")
        assert await asked(api, "query Products { products { totalCount } }") == 500
    spans = collector.spans
    (request,) = [span for span in spans if span.kind == SERVER]
    assert (request.failed, request.attributes["ketu.code"]) == (True, "INTERNAL")
    (statement,) = [span for span in spans if span.name == "statement"]
    assert (statement.failed, statement.attributes) == (True, {"error.type": "UndefinedTableError"})
    assert b"product_marked" not in b"".join(collector.bodies)
    assert b"does not exist" not in b"".join(collector.bodies)


async def test_unasked_nothing_is_measured(sample_url: str, tmp_path: Path):
    assert telemetry_of(Settings()) is None
    async with serving(settings(sample_url, tmp_path)) as api:
        assert await asked(api, QUERY) == 200
        assert api.app.state.graphql._engine.spans is UNMEASURED
        assert [each for each in threading.enumerate() if each.name.startswith(OTHERS_THREAD)] == []
    with UNMEASURED.begun("plan") as span:
        assert span is UNMEASURED


async def test_asked_it_has_a_thread_that_ends_with_it(sample_url: str, tmp_path: Path, collector: Collector):
    def threads() -> int:
        return sum(each.name.startswith(OTHERS_THREAD) for each in threading.enumerate())

    async with serving(settings(sample_url, tmp_path, otlp_endpoint=collector.address)):
        assert threads() == 1
    assert threads() == 0


def test_unasked_the_library_is_not_loaded():
    program = """
import sys
from api.app import create_app
from api.settings import Settings
create_app(Settings())
sys.exit(any(name.split(".")[0] in ("opentelemetry", "requests") for name in sys.modules))
"""
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("kind", ["silent", "nowhere"])
def test_nobody_waits_for_a_collector_that_is_not_there(own_sample_url: str, tmp_path: Path, kind: str):
    with silent() as held:
        variables = {
            "OTEL_EXPORTER_OTLP_ENDPOINT": held if kind == "silent" else nowhere(),
            # Sooner than that the process could not end, if anybody waited for it.
            "OTEL_EXPORTER_OTLP_TIMEOUT": "600",
            "OTEL_BSP_MAX_QUEUE_SIZE": "8",
            "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "4",
            "NO_PROXY": "127.0.0.1",
        }
        with served(own_sample_url, tmp_path, **variables) as server:
            with server.client() as client:
                for _ in range(20):
                    answer = client.post("/graphql", json={"query": OK}, headers=signed_in("analyst"))
                    assert (answer.status_code, answer.json()["data"]) == (200, {"viewer": {"username": "analyst"}})
            assert server.stop() == 0
        said = [json.loads(line) for line in server.said.splitlines() if line.startswith("{")]
        assert sum(line["event"] == "graphql.answered" for line in said) == 20
        # What did not fit was dropped, in a word.
        assert "Queue full, dropping Span." in [line.get("said") for line in said]
