"""The bench compares like with like: its two pages, ours and those written by hand, say the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from factories.api import serving, settings, signed_in
from factories.bank import lexemes

from bench import handwritten
from bench.run import PAGES, ROLES, operations, readers

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("one_schema_per_process")]


def data(body: bytes) -> Any:
    """What an answer says, keys in their order and numbers as they are written."""
    return dict(lexemes(body))["data"]


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_by_the_engine_and_by_hand(sample_url: str, tmp_path: Path, page: str):
    chosen = settings(sample_url, tmp_path)
    asking = await readers(sample_url)
    assert [reader.role for reader in asking] == list(ROLES)
    async with serving(chosen) as ours, serving(chosen, make=handwritten.create_app) as theirs:
        for reader in asking:
            assert len(reader.customer_ids) > 10
            headers = signed_in(reader.username) | {"content-type": "application/json"}
            bodies = operations(page, reader)
            for body, customer_id in zip(bodies, reader.customer_ids, strict=len(bodies) > 1):
                one = await ours.client.post("/graphql", content=body, headers=headers)
                asked = json.dumps({"id": customer_id})
                for below in handwritten.BELOW:
                    other = await theirs.client.post(f"{below}/{page}", content=asked, headers=headers)
                    assert one.status_code == other.status_code == 200
                    assert data(one.content) == data(other.content), (reader.username, customer_id)
                assert None not in one.json()["data"].values()
