"""`/graphql` and its neighbours as a client meets them: stable codes, right status, nothing leaked."""

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import jwt
import pytest
import structlog
from factories.api import OK, Api, error_of, listening, serving, settings, signed_in
from factories.bank import RUNNING, SIGNING_KEY, SLOW, Bank, change, slow_down, until

from domain.user_account.signing_keys import SigningKey

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("one_schema_per_process")]


def bearer(claims: dict[str, Any]) -> str:
    """A header of any claims, signed by us."""
    named = {"kid": SIGNING_KEY.key_id, "typ": "at+jwt"}
    return f"Bearer {jwt.encode({'iss': 'ketu', **claims}, SIGNING_KEY.private, algorithm='EdDSA', headers=named)}"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> pytest.CaptureFixture[bytes]:
    """What is logged during the test: the logger keeps the standard output that it first met."""
    monkeypatch.setattr("api.graphql.log", structlog.get_logger())
    return capfdbinary


# What clients send


async def test_an_answer(api: Api):
    answer = await api.post()
    assert answer.status_code == 200
    assert answer.json()["data"] == {"viewer": {"username": "analyst"}}
    assert answer.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


REFUSED = {
    "{": ("INVALID_REQUEST", "Syntax Error: Expected Name, found <EOF>."),
    "{ customers { nodes { salary } } }": ("INVALID_REQUEST", "Cannot query field 'salary' on type 'Customer'."),
    '{ node(id: "nonsense") { id } }': (
        "INVALID_REQUEST",
        "id is not an id of this graph. Ids are opaque: use them as they were received.",
    ),
    '{ customers(after: "nonsense") { nodes { id } } }': (
        "INVALID_REQUEST",
        "after is not a cursor of this graph; take it from an answer to this query.",
    ),
    "subscription { myTasks { kind } }": (
        "INVALID_REQUEST",
        "A subscription is answered over a WebSocket (graphql-transport-ws), or as events where the request accepts "
        "text/event-stream; this way of asking is for queries and mutations.",
    ),
}


@pytest.mark.parametrize("query", REFUSED, ids=lambda query: query[:20])
async def test_a_query_that_cannot_be_answered(api: Api, query: str):
    assert error_of(await api.post(query)) == (400, *REFUSED[query])


async def test_too_many_filters(api: Api):
    where = {"or": [{"customerNo": {"eq": "1"}}] * 101}
    answer = await api.post("query ($w: CustomerWhere) { customers(where: $w) { totalCount } }", variables={"w": where})
    assert error_of(answer) == (400, "TOO_COMPLEX", "The filters hold more than 100 conditions.")


async def test_fragments_that_spread_each_other_many_times_are_refused_at_once(api: Api):
    parts = [f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(40)]
    bomb = "{ ...f0 } " + " ".join(parts) + " fragment f40 on Query { __typename }"
    started = time.perf_counter()
    assert error_of(await api.post(bomb))[1] == "TOO_COMPLEX"
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "The body is not JSON"),
        (b"7", "The body must be an object"),
        (b"[]", "The body must be one request; lists of requests are not taken."),
        (b'[{"query": "{ __typename }"}]', "The body must be one request; lists of requests are not taken."),
        (b"", "The body is not JSON"),
        (b"{}", "`query` must be the text of a GraphQL document."),
        (b'{"query": 1}', "`query` must be the text of a GraphQL document."),
        (b'{"query": "{__typename}", "variables": []}', "`variables` must be an object."),
        (b'{"query": "{__typename}", "operationName": 1}', "`operationName` must be text."),
        (b'{"query": "{__typename}", "extensions": []}', "`extensions` must be an object."),
        (b"\xff", "The body is not JSON"),
    ],
)
async def test_a_body_that_is_no_request(api: Api, content: bytes, message: str):
    headers = signed_in("analyst") | {"content-type": "application/json"}
    status, code, said = error_of(await api.client.post("/graphql", content=content, headers=headers))
    assert (status, code) == (400, "INVALID_REQUEST")
    assert said.startswith(message)


async def test_a_body_that_is_too_large(api: Api):
    large = await api.post(OK + " " * 1_000_000)
    assert error_of(large) == (413, "TOO_COMPLEX", "The body is larger than 1,000,000 bytes.")


async def test_clients_of_the_older_media_type_read_errors_under_200(api: Api):
    answer = await api.client.post(
        "/graphql", json={"query": "{"}, headers=signed_in("analyst") | {"accept": "application/json"}
    )
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert error_of(answer)[:2] == (200, "INVALID_REQUEST")


async def test_get_is_a_setting(sample_url: str, tmp_path: Path):
    for allowed, status in ((None, 200), (True, 200), (False, 405)):
        async with serving(settings(sample_url, tmp_path, graphql_get=allowed)) as api:
            answer = await api.client.get("/graphql", params={"query": OK}, headers=signed_in("analyst"))
            assert answer.status_code == status
            if status == 405:
                assert error_of(answer)[1:] == ("INVALID_REQUEST", "Send queries by POST; GET is switched off here.")
                assert answer.headers["allow"] == "POST"


# Who asks


MISSING, FOREIGN, EXPIRED, GONE = (
    "Send a token: `Authorization: Bearer …`.",
    "The token is not valid here; sign in again.",
    "The token has expired; sign in again.",
    "The user of this token cannot sign in any more.",
)
WHO = {"sub": "analyst", "sid": "1"}
OTHER_KEY = replace(SigningKey.fresh(), key_id=SIGNING_KEY.key_id)
HEADERS = {
    "none": ({}, MISSING),
    "basic": ({"authorization": "Basic YTpi"}, MISSING),
    "nonsense": ({"authorization": "Bearer nonsense"}, FOREIGN),
    "unknown-key": (signed_in("analyst", key=SigningKey.fresh()), FOREIGN),
    "other-key": (signed_in("analyst", key=OTHER_KEY), FOREIGN),
    "other-audience": (
        {"authorization": bearer({"sub": "analyst", "sid": "1", "aud": "other", "exp": 4 * 10**9})},
        FOREIGN,
    ),
    "endless": ({"authorization": bearer({"sub": "analyst", "sid": "1", "aud": "ketu"})}, FOREIGN),
    "expired": (signed_in("analyst", lifetime=timedelta(minutes=-1)), EXPIRED),
    "nobody": (signed_in("nobody", lifetime=timedelta(hours=2)), GONE),
    "inactive": (signed_in("rm-caohejing-1", lifetime=timedelta(hours=2)), GONE),
}


@pytest.mark.parametrize("case", HEADERS)
async def test_a_reader_who_is_not_signed_in(api: Api, case: str):
    headers, message = HEADERS[case]
    accepted = {"accept": "application/graphql-response+json"}
    answer = await api.client.post("/graphql", json={"query": OK}, headers=accepted | headers)
    assert error_of(answer) == (401, "UNAUTHENTICATED", message)
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_deactivated_user_is_out_within_two_seconds(own_bank: Bank, tmp_path: Path):
    async with serving(settings(own_bank.url, tmp_path)) as api:
        assert (await api.post()).status_code == 200
        await change(own_bank, "UPDATE ketu.user_account SET is_active = false WHERE username = 'analyst'")
        await asyncio.sleep(1.1)
        assert error_of(await api.post())[:2] == (401, "UNAUTHENTICATED")


# When the database is slow or away


async def test_a_statement_that_takes_too_long(own_bank: Bank, tmp_path: Path):
    await slow_down(own_bank)
    async with serving(settings(own_bank.url, tmp_path, statement_timeout_seconds=1)) as api:
        status, code, message = error_of(await api.post(SLOW))
        assert (status, code) == (400, "TOO_COMPLEX")
        assert message == "The query took longer than is allowed; ask for less, or page through it."
        assert (await api.post()).status_code == 200


async def test_a_client_that_is_gone_takes_its_statement_along(own_bank: Bank, tmp_path: Path):
    await slow_down(own_bank)
    watcher = await asyncpg.connect(own_bank.url)
    try:
        async with listening(settings(own_bank.url, tmp_path)) as api:
            asking = asyncio.create_task(api.post(SLOW))
            await until(lambda: watcher.fetchval(RUNNING), 1)
            asking.cancel()
            await until(lambda: watcher.fetchval(RUNNING), 0)
            assert (await api.post()).status_code == 200
            await until(lambda: metric(api, 'ketu_graphql_answers_total{code="CLIENT_GONE"}'), "1.0")
    finally:
        await watcher.close()


async def metric(api: Api, name: str) -> str | None:
    """What the metrics say of one of them."""
    lines = (await api.client.get("/metrics")).text.splitlines()
    return next((line.split()[-1] for line in lines if line.startswith(f"{name} ")), None)


class Wire:
    """The only way to the database, which can be cut and mended: TCP in, the server's own socket out."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        (folder,), (port,) = parse_qs(parts.query)["host"], parse_qs(parts.query).get("port", ["5432"])
        self._target = f"{folder}/.s.PGSQL.{port}"
        self._parts = parts
        self._port = 0
        self._server: asyncio.Server | None = None
        self._writers: list[asyncio.StreamWriter] = []

    @property
    def url(self) -> str:
        """The database's address at this end."""
        return f"postgresql://{self._parts.username}@127.0.0.1:{self._port}{self._parts.path}?sslmode=disable"

    async def mend(self) -> None:
        """Let connections through."""
        self._server = await asyncio.start_server(self._forward, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """End all connections and refuse new ones."""
        assert self._server is not None
        self._server.close()
        for writer in self._writers:
            writer.close()
        self._writers.clear()
        await asyncio.sleep(0.05)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind_reader, behind_writer = await asyncio.open_unix_connection(self._target)
        self._writers += [writer, behind_writer]
        await asyncio.gather(_pump(reader, behind_writer), _pump(behind_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
    writer.close()


async def test_a_database_that_is_lost_and_comes_back(sample_url: str, tmp_path: Path):
    wire = Wire(sample_url)
    await wire.mend()
    async with serving(settings(wire.url, tmp_path)) as api:
        # The first one takes long. Who asks is remembered for a second from the last time that they were looked up.
        assert (await api.post("{ branches { totalCount } }")).status_code == 200
        await asyncio.sleep(1.1)
        assert (await api.post("{ branches { totalCount } }")).status_code == 200
        await wire.cut()
        lost = await api.post("{ branches { totalCount } }")
        assert error_of(lost) == (503, "UNAVAILABLE", "The database cannot be reached just now; try again.")
        assert lost.headers["retry-after"] == "1"
        # Forgotten, they cannot be looked up either.
        await asyncio.sleep(1.1)
        assert error_of(await api.post())[:2] == (503, "UNAVAILABLE")
        assert (await api.client.get("/readyz")).status_code == 503
        assert (await api.client.get("/healthz")).status_code == 200
        await wire.mend()
        assert (await api.post()).status_code == 200
        assert (await api.client.get("/readyz")).text == "ready\n"
    await wire.cut()


async def test_connections_that_were_cut_are_replaced(own_bank: Bank, tmp_path: Path):
    async with serving(settings(own_bank.url, tmp_path)) as api:
        assert (await api.post("{ branches { totalCount } }")).status_code == 200
        await change(
            own_bank,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'ketu'",
        )
        await asyncio.sleep(0.1)
        assert (await api.post("{ branches { totalCount } }")).status_code == 200


LOOKED_UP_BADLY = {
    "slowly": (
        "CREATE VIEW ketu.role_assignment AS SELECT behind.* FROM ketu.role_assignment_behind AS behind, "
        "(SELECT pg_sleep(CASE WHEN current_setting('application_name') = 'ketu' THEN 30 ELSE 0 END)) AS nap"
    ),
    "not at all": "SELECT 'there is no such table any more'",
    "not by us": (
        "CREATE VIEW ketu.role_assignment AS SELECT id, user_account_id, branch_id, role || 1 / (id - id) AS role "
        "FROM ketu.role_assignment_behind"
    ),
}


@pytest.mark.parametrize("case", LOOKED_UP_BADLY)
async def test_a_reader_who_cannot_be_looked_up(
    own_bank: Bank, tmp_path: Path, log: pytest.CaptureFixture[bytes], case: str
):
    await change(own_bank, "ALTER TABLE ketu.role_assignment RENAME TO role_assignment_behind", LOOKED_UP_BADLY[case])
    async with serving(settings(own_bank.url, tmp_path, statement_timeout_seconds=1)) as api:
        answer = await api.post()
        assert error_of(answer) == (503, "UNAVAILABLE", "Who is asking cannot be looked up just now; try again.")
        assert answer.headers["retry-after"] == "1"
    logged = log.readouterr().out
    assert b'"event":"graphql.unavailable"' in logged
    assert b"Traceback" not in logged


# What may not come out


async def test_a_fault_of_ours_tells_nothing_of_the_inside(
    own_bank: Bank, tmp_path: Path, log: pytest.CaptureFixture[bytes]
):
    await change(own_bank, "ALTER TABLE ketu.loan RENAME COLUMN amount TO elsewhere")
    async with serving(settings(own_bank.url, tmp_path)) as api:
        answer = await api.post("{ loans { nodes { amount { amount } } } }")
    assert error_of(answer) == (500, "INTERNAL", "Something went wrong on our side.")
    for word in ("loan", "SELECT", "column", "asyncpg"):
        assert word not in answer.text
    assert b"UndefinedColumnError" in log.readouterr().out


async def test_logs_and_errors_hold_no_personal_data(own_bank: Bank, tmp_path: Path, log: pytest.CaptureFixture[bytes]):
    """A marked customer goes through the API, well and badly; the marks are looked for in all that was written."""
    await change(
        own_bank,
        "UPDATE ketu.customer SET name = '马克标记', name_sort_key = 'make biaoji' WHERE id = 1",
        "UPDATE ketu.customer SET birth_on = '1911-01-23' WHERE id = 1",
        "UPDATE ketu.account SET balance = 77123.45, number_masked = '***marked***' WHERE id = 1",
    )
    query = """query Marked($name: String, $born: Date, $id: ID!) {
      customers(where: {name: {eq: $name}, birthOn: {eq: $born}}, orderBy: {field: NAME}) { edges { cursor node {
        displayName ... on Person { birthOn } accounts { nodes { numberMasked balance { amount } } } } } }
      node(id: $id) { id } }"""
    marks = ("马克标记", "make biaoji", "1911-01-23", "77123.45", "***marked***")
    good = {"name": "马克标记", "born": "1911-01-23", "id": "cus_1"}
    async with serving(settings(own_bank.url, tmp_path)) as api:
        answer = await api.post(query, user="manager-chaoyang", variables=good, operationName="Marked")
        for mark in marks[:1] + marks[2:]:
            assert mark in answer.text
        bad = await api.post(
            query, user="manager-chaoyang", variables=good | {"id": "马克标记"}, operationName="Marked"
        )
        assert error_of(bad)[1] == "INVALID_REQUEST"
        await api.post(query, user="manager-chaoyang", variables=good, operationName="马克标记")
        await change(own_bank, "ALTER TABLE ketu.account RENAME COLUMN balance TO elsewhere")
        broken = await api.post(query, user="manager-chaoyang", variables=good, operationName="Marked")
        assert error_of(broken)[1] == "INTERNAL"
    written = log.readouterr()
    logged = (written.out + written.err).decode()
    assert '"operation":"Marked"' in logged
    for mark in marks:
        assert mark not in logged
        assert mark not in bad.text + broken.text
    for line in written.out.splitlines():
        assert json.loads(line)["event"].startswith("graphql.")


# Its neighbours


async def test_health_readiness_and_metrics(api: Api):
    assert (await api.client.get("/healthz")).text == "ok\n"
    assert (await api.client.get("/readyz")).text == "ready\n"
    await api.post()
    await api.post()
    await api.post("{")
    metrics = (await api.client.get("/metrics")).text
    for line in (
        'ketu_graphql_answers_total{code="OK"} 2.0',
        'ketu_graphql_answers_total{code="INVALID_REQUEST"} 1.0',
        "ketu_plan_cache_hits_total 1.0",
        "ketu_plan_cache_misses_total 1.0",
        "ketu_plan_cache_plans 1.0",
    ):
        assert line in metrics.splitlines()
