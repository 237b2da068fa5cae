"""Documents by their ids: the manifest, the command that writes it, and an API that answers nothing else."""

import json
from collections.abc import AsyncIterator, Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from factories.api import OK, Api, error_of, serving, settings, signed_in
from starlette.applications import Starlette

from api.app import create_app
from api.cli import main
from api.failure import Failure
from api.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("one_schema_per_process")]

ONE = "query One($id: ID!) { customer(id: $id) { id ...Named } } fragment Named on Customer { version }"
TWO = "query A { __typename } query B { viewer { username } } mutation C { endAccess(input: {id: \"gra_9\", " \
      "expectedVersion: 1}) { isReplay } }"  # fmt: skip


def id_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def manifest(folder: Path, *texts: str, flat: bool = False) -> Path:
    """A file that names them."""
    listed: dict[str, Any] = {id_of(text): text for text in texts}
    file = folder / "manifest.json"
    file.write_text(json.dumps(listed if flat else {"documents": listed}))
    return file


@pytest.fixture
async def trusting(sample_url: str, tmp_path: Path) -> AsyncIterator[Api]:
    """Answers the two documents, and others."""
    async with serving(settings(sample_url, tmp_path, trusted_documents=manifest(tmp_path, ONE, TWO))) as api:
        yield api


@pytest.fixture
async def strict(sample_url: str, tmp_path: Path) -> AsyncIterator[Api]:
    """Answers nothing else."""
    chosen = {"trusted_documents": manifest(tmp_path, ONE, TWO), "trusted_documents_only": True}
    async with serving(settings(sample_url, tmp_path, **chosen)) as api:
        yield api


async def asked(api: Api, **body: Any) -> httpx.Response:
    return await api.client.post("/graphql", json=body, headers=signed_in("analyst"))


CUSTOMER = {"customer": {"id": "cus_1", "version": 1}}


async def test_a_document_by_its_id(trusting: Api):
    for given in (
        {"documentId": id_of(ONE)},
        {"documentId": f"sha256:{id_of(ONE)}"},
        {"documentId": id_of(ONE), "query": None},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": id_of(ONE)}}},
    ):
        answer = await asked(trusting, variables={"id": "cus_1"}, **given)
        assert answer.json()["data"] == CUSTOMER, given
    by_get = {"documentId": f"sha256:{id_of(ONE)}", "variables": '{"id": "cus_1"}'}
    answer = await trusting.client.get("/graphql", params=by_get, headers=signed_in("analyst"))
    assert answer.json()["data"] == CUSTOMER


async def test_which_of_its_operations(trusting: Api):
    answer = await asked(trusting, documentId=id_of(TWO), operationName="B")
    assert answer.json()["data"] == {"viewer": {"username": "analyst"}}
    message = "The document has 3 operations: say which by `operationName`."
    assert error_of(await asked(trusting, documentId=id_of(TWO))) == (400, "INVALID_REQUEST", message)
    by_get = {"documentId": id_of(TWO), "operationName": "C"}
    answer = await trusting.client.get("/graphql", params=by_get, headers=signed_in("analyst"))
    assert error_of(answer) == (405, "INVALID_REQUEST", "Send mutations by POST.")


async def test_it_is_read_at_the_start_alone(trusting: Api):
    answer = await asked(trusting, documentId=id_of(ONE), variables={"id": "cus_1"})
    assert answer.json()["extensions"]["cost"] == {"requested": 1, "limit": 100_000, "remaining": 499_999}


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"documentId": "0" * 64}, 404, "No trusted document has this id: its manifest has to be deployed first."),
        ({"documentId": ""}, 404, "No trusted document has this id: its manifest has to be deployed first."),
        ({"documentId": 7}, 400, "`documentId` must be text."),
        ({"documentId": id_of(ONE), "query": ONE}, 400, "Send either `query` or `documentId`."),
        ({"extensions": {"persistedQuery": {}}}, 400, "`query` must be the text of a GraphQL document."),
    ],
)
async def test_an_id_that_cannot_be(trusting: Api, body: dict[str, Any], status: int, message: str):
    assert error_of(await asked(trusting, **body)) == (status, "INVALID_REQUEST", message)


async def test_others_are_answered_unless_only_these_are(trusting: Api):
    assert (await asked(trusting, query=OK)).status_code == 200


async def test_nothing_else_is_answered(strict: Api):
    answer = await asked(strict, documentId=id_of(ONE), variables={"id": "cus_1"})
    assert answer.json()["data"] == CUSTOMER
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": id_of(OK)}}
    for body in ({"query": OK}, {"query": ONE}, {"query": "{"}, {"query": OK, "extensions": persisted}):
        status, code, message = error_of(await asked(strict, **body))
        assert (status, code) == (403, "FORBIDDEN")
        assert message.startswith("Only trusted documents are answered here")
    answer = await strict.client.get("/graphql", params={"query": OK}, headers=signed_in("analyst"))
    assert error_of(answer)[:2] == (403, "FORBIDDEN")


# A manifest that cannot be trusted stops the start


BROKEN = {
    "{": "cannot be read",
    "[]": 'is not {"documents": {id: text}}',
    '{"documents": []}': 'is not {"documents": {id: text}}',
    '{"documents": {"one": "{ __typename }"}}': "'one' is not the SHA-256 of a text",
    json.dumps({"documents": {id_of(OK): 7}}): "is not the SHA-256 of a text",
    json.dumps({"documents": {id_of(OK): ONE}}): "is another one",
    json.dumps({id_of("{ nothing }"): "{ nothing }"}): "Cannot query field 'nothing' on type 'Query'.",
    json.dumps({id_of("{"): "{"}): "Syntax Error",
    json.dumps({id_of("{ a: __typename " * 1 + "}" * 2): "{ a: __typename }}"}): "Syntax Error",
}


@pytest.mark.parametrize("content", BROKEN)
async def test_a_broken_manifest(sample_url: str, tmp_path: Path, content: str):
    file = tmp_path / "manifest.json"
    file.write_text(content)
    with pytest.raises(Failure) as refused:
        async with serving(settings(sample_url, tmp_path, trusted_documents=file)):
            pass
    assert BROKEN[content] in str(refused.value)


async def test_a_document_that_is_too_dear(sample_url: str, tmp_path: Path):
    file = manifest(tmp_path, "{ customers(first: 100) { nodes { accounts(first: 100) { nodes { id } } } } }")
    with pytest.raises(Failure, match="The query costs 10,201; at most 1,000 is taken"):
        async with serving(settings(sample_url, tmp_path, trusted_documents=file, limit_cost=1_000)):
            pass


@pytest.mark.parametrize("place", ["nowhere.json", "empty"])
async def test_no_manifest_where_one_is_named(sample_url: str, tmp_path: Path, place: str):
    (tmp_path / "empty").mkdir()
    with pytest.raises(Failure):
        async with serving(settings(sample_url, tmp_path, trusted_documents=tmp_path / place)):
            pass


async def test_only_trusted_documents_without_any(sample_url: str, tmp_path: Path):
    with pytest.raises(Failure, match="there are no trusted documents"):
        async with serving(settings(sample_url, tmp_path, trusted_documents_only=True)):
            pass


# The command


async def test_the_command_writes_a_manifest_that_is_answered(
    sample_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    sources, written = tmp_path / "sources" / "inner", tmp_path / "trusted" / "client.json"
    sources.mkdir(parents=True)
    (sources / "a.graphql").write_text("query Mine { viewer { ...Viewer } } query Other { __typename }")
    (sources / "b.graphql").write_text("fragment Viewer on Viewer { username } fragment Unused on Viewer { username }")
    assert main(["documents", str(tmp_path / "sources"), "--manifest", str(written)]) == 0
    named = json.loads(written.read_text())["operations"]
    assert set(named) == {"Mine", "Other"}
    assert f"{named['Mine']}  Mine" in capsys.readouterr().out
    async with serving(settings(sample_url, tmp_path, trusted_documents=written.parent)) as api:
        answer = await asked(api, documentId=named["Mine"])
        assert answer.json()["data"] == {"viewer": {"username": "analyst"}}


WRONG = {
    "query A { nothing }": "A: Cannot query field 'nothing' on type 'Query'.",
    "{ __typename }": "an operation has no name",
    "query A { __typename } query A { __typename }": "two operations are called A",
    "query A {": "Syntax Error",
    'query A { customers(where: { identityDocuments: { some: { number: { is: "11010119900307851X" } } } }) '
    "{ totalCount } }": "A: Send identifiers and texts to search for in variables",
}


@pytest.mark.parametrize("text", WRONG)
def test_the_command_refuses_what_could_not_be_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str):
    source, written = tmp_path / "a.graphql", tmp_path / "manifest.json"
    source.write_text(text)
    assert main(["documents", str(source), "--manifest", str(written)]) == 1
    assert WRONG[text] in capsys.readouterr().err
    assert not written.exists()


# What else can be switched off


async def test_introspection_can_be_switched_off(sample_url: str, tmp_path: Path):
    async with serving(settings(sample_url, tmp_path, introspection=False)) as api:
        for query in ("{ __schema { types { name } } }", '{ __type(name: "Customer") { name } }'):
            answer = await api.post(query)
            assert answer.status_code == 400
            assert "introspection has been disabled" in answer.json()["errors"][0]["message"]
        assert (await api.post("{ __typename viewer { __typename } }")).status_code == 200
        assert error_of(await api.post("{ custmers { totalCount } }"))[2] == (
            "Cannot query field 'custmers' on type 'Query'."
        )


async def test_the_explorer_can_be_switched_off(sample_url: str, tmp_path: Path):
    for chosen, status in ((True, {200, 503}), (False, {404})):
        async with serving(settings(sample_url, tmp_path, explorer=chosen)) as api:
            assert (await api.client.get("/explorer", follow_redirects=True)).status_code in status


# The web application brings its own


def built(folder: Path, *texts: str) -> Callable[[Settings], Starlette]:
    """The API with a page that asks for these."""
    dist = folder / "dist"
    dist.mkdir()
    (dist / "index.html").write_text("<!doctype html>")
    manifest(folder, *texts, flat=True).rename(dist / "documents.json")
    return partial(create_app, web_dist=dist)


async def test_what_the_page_asks_for_is_trusted_without_another_manifest(sample_url: str, tmp_path: Path):
    chosen = settings(sample_url, tmp_path, web=True, trusted_documents_only=True)
    async with serving(chosen, make=built(tmp_path, ONE)) as api:
        answer = await asked(api, documentId=id_of(ONE), variables={"id": "cus_1"})
        assert answer.json()["data"] == CUSTOMER
        assert error_of(await asked(api, query=OK))[:2] == (403, "FORBIDDEN")


async def test_the_page_comes_beside_other_clients(sample_url: str, tmp_path: Path):
    named = manifest(tmp_path, TWO).rename(tmp_path / "client.json")
    chosen = settings(sample_url, tmp_path, web=True, trusted_documents=named, trusted_documents_only=True)
    async with serving(chosen, make=built(tmp_path, ONE)) as api:
        assert (await asked(api, documentId=id_of(ONE), variables={"id": "cus_1"})).json()["data"] == CUSTOMER
        answer = await asked(api, documentId=id_of(TWO), operationName="B")
        assert answer.json()["data"] == {"viewer": {"username": "analyst"}}


@pytest.mark.parametrize("text", ["{ nothing }", "{"])
async def test_a_page_that_could_not_be_answered_stops_the_start(sample_url: str, tmp_path: Path, text: str):
    make = built(tmp_path, ONE, text)
    with pytest.raises(Failure, match=f"{id_of(text)} cannot be answered: .*\n.*\\./ketu frontend"):
        async with serving(settings(sample_url, tmp_path, web=True), make=make):
            pass


async def test_a_manifest_of_the_page_that_is_broken_stops_the_start(sample_url: str, tmp_path: Path):
    make = built(tmp_path, ONE)
    (tmp_path / "dist" / "documents.json").write_text("{")
    with pytest.raises(Failure, match=r"cannot be read: .*\n.*\./ketu frontend"):
        async with serving(settings(sample_url, tmp_path, web=True), make=make):
            pass


async def test_a_page_that_is_not_served_is_not_trusted(sample_url: str, tmp_path: Path):
    make = built(tmp_path, ONE, "{ nothing }")
    async with serving(settings(sample_url, tmp_path, web=False), make=make) as api:
        assert error_of(await asked(api, documentId=id_of(ONE)))[0] == 404
        assert (await api.client.get("/")).status_code == 404
