"""GraphQL over HTTP to the letter: the audits of npm `graphql-http` against a started server."""

import json
from collections.abc import Iterator

import pytest
from factories.api import signed_in
from factories.served import Served, served

from api import node
from api.progress import Step
from api.settings import ROOT

AUDIT = ROOT / "frontend" / "http-audit"


@pytest.fixture(scope="module")
def server(sample_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(sample_url, tmp_path_factory.mktemp("served")) as running:
        yield running


def test_every_audit_is_passed(server: Served):
    node.install(AUDIT, Step("audit"))
    token = signed_in("analyst")["authorization"].removeprefix("Bearer ")
    done = node.run(AUDIT, "audit.js", f"{server.address}/graphql", KETU_TOKEN=token, NO_PROXY="127.0.0.1")
    audits = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(audits) >= 61, done.stderr
    assert [audit for audit in audits if audit["status"] != "ok"] == []
