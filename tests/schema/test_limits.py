"""What a request may ask for, at once and over time: each limit is told before anything is executed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from factories.api import OK, Api, error_of, serving, settings, signed_in
from graphql import get_introspection_query

from api.app import create_app, rate_limits
from api.failure import Failure
from api.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("one_schema_per_process")]

NESTED = """{ customers(first: 100) {
    nodes { accounts(first: 100) { nodes { transactions(first: 20) { nodes { id } } } } } } }"""
REFUSED = {
    "cost": (
        NESTED,
        "The query costs 220,201; at most 100,000 is taken. Ask for smaller pages (`first`), above all of lists within "
        "lists, or in several queries.",
    ),
    "depth": (
        "{ branches { nodes { " + "parent { " * 20 + "id" + " }" * 20 + " } } }",
        "The query is nested more than 15 fields deep; ask from further inside.",
    ),
    "aliases": (
        "{ viewer { " + " ".join(f"a{n}: username" for n in range(101)) + " } }",
        "The query has more than 100 aliases; ask for several rows by `nodes(ids:)`, and for other things in queries "
        "of their own.",
    ),
    "root fields": (
        "{ " + " ".join(f"a{n}: __typename" for n in range(51)) + " }",
        "The query has more than 50 root fields; ask in several queries.",
    ),
    "fields": (
        "{ " + " ".join(f"b{n}: viewer {{ {'roles { role } ' * 11}}}" for n in range(50)) + "}",
        "The query selects more than 1,000 fields; ask for fewer at once.",
    ),
    "merges": (
        "{ " + "viewer { username } " * 300 + "}",
        "The query selects the same fields again and again; select each of them once.",
    ),
    "tokens": (
        "{ " + "id " * 10_001 + "}",
        "The document has more than 10,000 tokens; ask for less, or in several documents.",
    ),
    "characters": (
        "{ __typename } #" + "#" * 100_000,
        "The document has 100,016 characters; at most 100,000 are read. Send values in variables, and several "
        "documents one after the other.",
    ),
    "selections within each other": ("{ a " * 300 + "}" * 300, "The document is nested too deeply to be read."),
    "fragments within each other": (
        "{ ... " * 300 + "{ __typename }" + "}" * 300,
        "The document is nested too deeply to be read.",
    ),
    "values within each other": (
        "{ customers(where: " + "{not: " * 300 + "{}" + "}" * 300 + ") { totalCount } }",
        "The document is nested too deeply to be read.",
    ),
    "lists within each other": (
        "{ nodes(ids: " + "[" * 1_000 + "]" * 1_000 + ") { id } }",
        "The document is nested too deeply to be read.",
    ),
    "types within each other": (
        "query ($a: " + "[" * 1_000 + "Int" + "]" * 1_000 + ") { __typename }",
        "The document is nested too deeply to be read.",
    ),
}


async def test_tools_read_the_schema(api: Api):
    asked = get_introspection_query(input_value_deprecation=True, schema_description=True, specified_by_url=True)
    answer = await api.post(asked, operationName="IntrospectionQuery")
    assert "errors" not in answer.json()
    again = await api.post("{ __schema { " + "types { name } " * 300 + "} }")
    assert error_of(again)[1] == "TOO_COMPLEX"


@pytest.mark.parametrize("limit", REFUSED)
async def test_a_document_beyond_a_limit(api: Api, limit: str):
    query, message = REFUSED[limit]
    assert error_of(await api.post(query)) == (400, "TOO_COMPLEX", message)


async def test_variables_within_each_other(api: Api):
    where: dict[str, Any] = {}
    for _ in range(500):
        where = {"not": where}
    query = "query ($where: CustomerWhere) { customers(where: $where) { totalCount } }"
    status, code, _ = error_of(await api.post(query, variables={"where": where}))
    assert (status, code) == (400, "TOO_COMPLEX")


async def test_many_values_in_variables(api: Api):
    query = "query ($where: CustomerWhere) { customers(where: $where) { totalCount } }"
    message = "The variables hold more than 40,000 values. Send shorter lists, in several requests."
    many: dict[str, Any] = {"or": [{"version": {"eq": 1}}] * 20_000}
    assert error_of(await api.post(query, variables={"where": many})) == (400, "TOO_COMPLEX", message)
    # What no variable of the operation is called is not read.
    assert (await api.post(OK, variables={"where": many})).status_code == 200


async def test_an_operation_that_is_not_asked_for_is_within_limits_too(api: Api):
    query = "query A { __typename } query B { " + "__typename " * 500 + "}"
    assert error_of(await api.post(query, operationName="A"))[1] == "TOO_COMPLEX"


async def test_fragments_that_nothing_spreads_are_not_compared(api: Api):
    query = "{ __typename } fragment f on Query { " + "viewer { username } " * 1_000 + "}"
    assert error_of(await api.post(query)) == (400, "INVALID_REQUEST", "Fragment 'f' is never used.")


async def test_sizes_in_variables_count(api: Api):
    query = NESTED.replace("{ customers(first: 100)", "query ($size: Int) { customers(first: $size)", 1)
    assert (await api.post(query, variables={"size": 1})).status_code == 200
    status, code, message = error_of(await api.post(query, variables={"size": 100}))
    assert (status, code) == (400, "TOO_COMPLEX")
    assert message.startswith("The query costs 220,201;")


async def test_limits_are_settings(sample_url: str, tmp_path: Path):
    chosen = settings(
        sample_url, tmp_path, limit_cost=20, rate_burst=10**6, limit_aliases=1, limit_depth=3, limit_body_bytes=200
    )
    async with serving(chosen) as api:
        for query, status in {
            "{ customers(first: 19) { nodes { id } } }": 200,
            "{ customers(first: 20) { nodes { id } } }": 400,
            "{ a: __typename b: __typename }": 400,
            "{ customers { nodes { branch { id } } } }": 400,
            "{ viewer { username } }" + " " * 200: 413,
        }.items():
            answer = await api.post(query)
            assert answer.status_code == status, query
            assert status == 200 or error_of(answer)[1] == "TOO_COMPLEX"


# What is told


async def test_the_cost_stands_beside_what_is_withheld(api: Api):
    told = (await api.post("{ customers(first: 1) { nodes { ... on Person { birthOn } } } }")).json()["extensions"]
    assert list(told) == ["withheld", "cost"]
    assert told["cost"]["requested"] == 2


async def test_refusals_tell_what_they_took(api: Api):
    refused = (await api.post("{ nothing }")).json()
    assert refused["extensions"]["cost"] == {"requested": None, "limit": 100_000, "remaining": 499_998}
    forbidden = await api.post('mutation { endAccess(input: {id: "gra_1", expectedVersion: 1}) { isReplay } }')
    assert forbidden.status_code == 403
    assert forbidden.json()["extensions"]["cost"]["requested"] == 10
    malformed = await api.client.post("/graphql", json=[], headers=signed_in("analyst"))
    assert "extensions" not in malformed.json()


# Over time


class Tick:
    """Seconds."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def tick() -> Tick:
    return Tick()


@pytest.fixture
async def limited(sample_url: str, tmp_path: Path, tick: Tick) -> AsyncIterator[Api]:
    """Lets a user ask for 1,000 at once and 100 a second."""
    chosen = settings(sample_url, tmp_path, limit_cost=1_000, rate_burst=1_000, rate_per_second=100)
    async with serving(chosen, make=partial(create_app, tick=tick)) as api:
        yield api


PAGE = "{ customers(first: 99) { nodes { id } } }"
"""Costs 100, and 5 to be read once."""


async def test_every_answer_tells_its_cost(limited: Api):
    query = "{ customers(first: 3) { nodes { id } } }"
    told = [(await limited.post(query)).json()["extensions"]["cost"] for _ in range(2)]
    # The document is known after the first time.
    left = 1_000 - 1 - len(query) // 10 - 4
    assert told == [{"requested": 4, "limit": 1_000, "remaining": left - n * 4} for n in range(2)]


async def test_who_asks_for_too_much_waits(limited: Api, tick: Tick):
    for _ in range(9):
        assert (await limited.post(PAGE)).status_code == 200
    answer = await limited.post(PAGE)
    assert error_of(answer) == (
        429,
        "RATE_LIMITED",
        "Your requests have cost too much for the moment: 1,000 may be asked for at once, and 100 come back each "
        "second. Try again in 1 s, or ask for less.",
    )
    assert answer.headers["retry-after"] == "1"
    assert answer.json()["extensions"]["cost"] == {"requested": 100, "limit": 1_000, "remaining": 95}
    # Less is still there, and so is everything for others.
    assert (await limited.post(OK)).status_code == 200
    assert (await limited.post(PAGE, user="regional-beijing")).status_code == 200
    tick.now += 1
    assert (await limited.post(PAGE)).status_code == 200


async def test_older_clients_are_told_by_status_as_well(limited: Api):
    headers = signed_in("analyst") | {"accept": "application/json"}
    statuses = [
        (await limited.client.post("/graphql", json={"query": PAGE}, headers=headers)).status_code for _ in range(10)
    ]
    assert statuses == [200] * 9 + [429]


async def test_documents_that_are_refused_are_not_free(limited: Api):
    answers = [await limited.post("{ nothing" + "g" * 2_000 + str(n) + " }") for n in range(6)]
    assert [answer.status_code for answer in answers] == [400] * 5 + [429]


async def test_a_flood_without_a_token_takes_nothing_from_anybody(limited: Api):
    for n in range(300):
        headers = {"authorization": f"Bearer {n}"}
        assert (await limited.client.post("/graphql", json={"query": PAGE}, headers=headers)).status_code == 401
    answer = await limited.post(PAGE)
    assert answer.json()["extensions"]["cost"]["remaining"] == 1_000 - 105
    metrics = (await limited.client.get("/metrics")).text
    assert 'ketu_graphql_answers_total{code="UNAUTHENTICATED"} 300.0' in metrics.splitlines()


async def test_no_limit_over_time(sample_url: str, tmp_path: Path):
    chosen = settings(sample_url, tmp_path, limit_cost=1_000, rate_burst=1, rate_per_second=0)
    async with serving(chosen) as api:
        for _ in range(20):
            assert (await api.post(PAGE)).status_code == 200


def test_processes_share_what_a_client_may_have():
    chosen = Settings(database_url="postgresql://x/y", workers=4)
    shared = rate_limits(chosen, Tick())
    assert (shared.burst, shared._per_second) == (125_000, 5_000)
    with pytest.raises(Failure, match="shared by 6 API processes"):
        rate_limits(replace(chosen, workers=6), Tick())
