"""What HTTP says around a query: methods, media types, statuses, ids of requests."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from factories.api import OK, Api, error_of, listening, settings, signed_in

from api.answers import request_id
from api.negotiation import answered_in

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("one_schema_per_process")]

MANAGER = "manager-chaoyang"
NEWER, OLDER = "application/graphql-response+json", "application/json"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, OLDER),
        ("", OLDER),
        ("*/*", OLDER),
        ("application/*", OLDER),
        ("text/html,application/xhtml+xml,*/*;q=0.8", OLDER),
        (OLDER, OLDER),
        (NEWER, NEWER),
        (f"{NEWER.upper()}", NEWER),
        (f"{OLDER}, {NEWER}", NEWER),
        (f"{NEWER}, {OLDER};q=0.9", NEWER),
        (f"{NEWER}; charset=utf-8, {OLDER}; charset=utf-8", NEWER),
        (f"{NEWER};q=0.5, {OLDER}", OLDER),
        (f"{NEWER};q=0.5, */*", OLDER),
        (f"{NEWER};q=0, */*;q=0.1", OLDER),
        (f"{OLDER};q=0, */*", NEWER),
        (f"{NEWER}; charset=gb18030, {OLDER}", OLDER),
        (f"{NEWER}; charset=gb18030", None),
        (f"{NEWER};q=nonsense", None),
        ("text/html", None),
        (f"{OLDER};q=0", None),
        ("*/*;q=0", None),
    ],
)
def test_the_media_type_of_an_answer(accept: str | None, media_type: str | None):
    assert answered_in(accept) == media_type


async def test_a_client_that_takes_neither(api: Api):
    answer = await api.client.post(
        "/graphql", json={"query": OK}, headers=signed_in("analyst") | {"accept": "text/html"}
    )
    assert error_of(answer)[:2] == (406, "INVALID_REQUEST")
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-type": "application/json"}, 200),
        ({"content-type": "application/json; charset=utf-8"}, 200),
        ({"content-type": 'Application/JSON ; charset="UTF-8"'}, 200),
        ({"content-type": "application/json", "content-encoding": "identity"}, 200),
        ({}, 415),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/graphql"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": "multipart/form-data; boundary=x"}, 415),
        ({"content-type": "application/json; charset=gb18030"}, 415),
        ({"content-type": "application/json", "content-encoding": "gzip"}, 415),
    ],
)
async def test_the_media_type_of_a_body(api: Api, headers: dict[str, str], status: int):
    body = json.dumps({"query": OK}).encode()
    answer = await api.client.post("/graphql", content=body, headers=signed_in("analyst") | headers)
    assert answer.status_code == status
    if status == 415:
        assert error_of(answer)[:2] == (415, "INVALID_REQUEST")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"])
async def test_other_methods(api: Api, method: str):
    answer = await api.client.request(method, "/graphql", json={"query": OK}, headers=signed_in("analyst"))
    assert error_of(answer) == (405, "INVALID_REQUEST", f"{method} is not a method of this address.")
    assert answer.headers["allow"] == "GET, POST"


@pytest.mark.parametrize("accept", [NEWER, OLDER])
async def test_mutations_do_not_come_by_get(api: Api, accept: str):
    answer = await api.client.get(
        "/graphql", params={"query": "mutation { __typename }"}, headers=signed_in("analyst") | {"accept": accept}
    )
    assert error_of(answer) == (405, "INVALID_REQUEST", "Send mutations by POST.")
    assert answer.headers["allow"] == "POST"


async def test_the_parameters_of_a_get(api: Api):
    query = "query A($id: ID!) { customer(id: $id) { id } } query B { __typename }"
    given = {"query": query, "operationName": "A", "variables": '{"id": "cus_1"}', "extensions": "{}"}
    answer = await api.client.get("/graphql", params=given, headers=signed_in("analyst"))
    assert answer.json()["data"] == {"customer": {"id": "cus_1"}}
    empty = {"query": OK, "operationName": "", "variables": "", "extensions": ""}
    assert (await api.client.get("/graphql", params=empty, headers=signed_in("analyst"))).status_code == 200


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "`query` must be the text of a GraphQL document."),
        ({"query": OK, "variables": "{"}, "`variables` is not JSON"),
        ({"query": OK, "variables": "[]"}, "`variables` must be an object."),
        ({"query": OK, "extensions": "7"}, "`extensions` must be an object."),
    ],
)
async def test_a_get_that_is_no_request(api: Api, given: dict[str, str], message: str):
    answer = await api.client.get("/graphql", params=given, headers=signed_in("analyst") | {"accept": OLDER})
    status, code, said = error_of(answer)
    assert (status, code) == (400, "INVALID_REQUEST")
    assert said.startswith(message)


async def test_older_clients_read_what_is_malformed_under_400(api: Api):
    headers = signed_in("analyst") | {"accept": OLDER}
    for body, status in (({"qeury": OK}, 400), ({"query": "{"}, 200), ({"query": "{ nothing }"}, 200)):
        assert error_of(await api.client.post("/graphql", json=body, headers=headers))[:2] == (
            status,
            "INVALID_REQUEST",
        )


HALF = """mutation { a: endAccess(input: {id: "nonsense", expectedVersion: 1}) { errors { __typename } }
                        b: endAccess(input: {id: "gra_999", expectedVersion: 1}) { errors { __typename } } }"""


@pytest.mark.parametrize(("accept", "status"), [(NEWER, 294), (OLDER, 200)])
async def test_data_and_errors_are_a_partial_success(api: Api, accept: str, status: int):
    answer = await api.client.post("/graphql", json={"query": HALF}, headers=signed_in(MANAGER) | {"accept": accept})
    assert answer.status_code == status
    assert answer.json()["data"] == {"a": None, "b": {"errors": [{"__typename": "NotFound"}]}}
    assert [error["path"] for error in answer.json()["errors"]] == [["a"]]


# Ids of requests


GIVEN = ["0123456789abcdef0123456789ABCDEF", "123e4567-e89b-12d3-a456-426614174000"]
REFUSED = ["", "1", "13800138000", "110101199003078515", "a" * 31, "a" * 33, "0123456789abcdef0123456789abcdeg"]


@pytest.mark.parametrize("given", GIVEN)
async def test_the_id_that_a_client_gives_is_kept(api: Api, given: str):
    headers = signed_in("analyst") | {"x-request-id": given}
    answer = await api.client.post("/graphql", json={"query": "{"}, headers=headers)
    assert answer.headers["x-request-id"] == given
    assert error_of(answer)[0] == 400


@pytest.mark.parametrize("given", [*REFUSED, "a" * 32 + "\n"])
def test_ids_in_which_something_else_could_stand_are_not_kept(given: str):
    made = request_id(given)
    assert made != given
    assert re.fullmatch(r"[0-9a-f]{32}", made)


# How long it took


@pytest.mark.parametrize("query", [OK, "{ noSuchField }"])
async def test_an_answer_says_how_long_the_server_took_for_it(api: Api, query: str):
    began = time.perf_counter()
    answer = await api.client.post("/graphql", json={"query": query}, headers=signed_in("analyst"))
    waited = (time.perf_counter() - began) * 1000
    told = re.fullmatch(r"total;dur=(\d+\.\d)", answer.headers["server-timing"])
    assert told is not None
    assert 0 < float(told[1]) < waited


# On the wire


@pytest.fixture
async def wire(sample_url: str, tmp_path: Path, one_schema_per_process: None) -> AsyncIterator[Api]:
    async with listening(settings(sample_url, tmp_path)) as api:
        yield api


async def said(api: Api, *parts: bytes) -> tuple[int, bytes]:
    """Status and body of the answer to a request that is sent in parts."""
    reader, writer = await asyncio.open_connection(api.client.base_url.host, api.client.base_url.port)
    for part in parts:
        writer.write(part)
        await writer.drain()
        await asyncio.sleep(0.02)
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head)
    assert length is not None
    body = await reader.readexactly(int(length[1]))
    writer.close()
    return int(head.split()[1]), body


def head(*lines: str) -> bytes:
    token = signed_in("analyst")["authorization"]
    fixed = ["POST /graphql HTTP/1.1", "Host: ketu", f"Authorization: {token}", "Content-Type: application/json"]
    return "\r\n".join([*fixed, *lines, "", ""]).encode()


async def test_a_body_without_a_length(wire: Api):
    body = json.dumps({"query": OK}).encode()
    chunks = [b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:])]
    status, answer = await said(wire, head("Transfer-Encoding: chunked"), *chunks, b"0\r\n\r\n")
    assert (status, json.loads(answer)["data"]) == (200, {"viewer": {"username": "analyst"}})


async def test_neither_a_length_nor_a_body(wire: Api):
    status, answer = await said(wire, head())
    assert (status, json.loads(answer)["errors"][0]["extensions"]["code"]) == (400, "INVALID_REQUEST")


async def test_too_much_without_a_length_is_refused_before_it_is_there(wire: Api):
    chunk = b"%x\r\n%s\r\n" % (600_000, b" " * 600_000)
    status, answer = await said(wire, head("Transfer-Encoding: chunked"), chunk, chunk)
    assert (status, json.loads(answer)["errors"][0]["extensions"]["code"]) == (413, "TOO_COMPLEX")
