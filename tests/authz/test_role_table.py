"""Role × operation × row, tried out; the table in docs/security.md says what comes of it."""

import os

import pytest
from factories.api import Api
from factories.bank import Bank

from tests.authz.role_table import BEGINNING, DOCUMENT, END, GRANTING, LOOK, REVEAL, SEARCH, table

pytestmark = pytest.mark.anyio

WRITE = "KETU_WRITE_TABLES"


async def test_the_table_says_what_each_role_can_do(own_bank: Bank):
    tried = await table(own_bank)
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGINNING)
    _, _, after = rest.partition(END)
    if os.environ.get(WRITE):
        DOCUMENT.write_text(f"{before}{BEGINNING}{tried}{END}{after}", encoding="utf-8")
    assert rest.startswith(tried), f"write it anew: {WRITE}=1 ./ketu test tests/authz/test_role_table.py"


@pytest.mark.parametrize("query", [LOOK, REVEAL, SEARCH, GRANTING])
async def test_who_is_not_signed_in_is_refused_everything(api: Api, query: str):
    answer = await api.client.post("/graphql", json={"query": query, "variables": {"id": "cus_1"}})
    assert answer.status_code == 401
    assert "data" not in answer.json()
