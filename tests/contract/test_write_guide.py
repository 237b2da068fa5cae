"""The examples of docs/guides/write.md, sent in their order."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from factories.bank import Bank, own_bank, own_sample_url, sample_template

from tests.schema.test_mutations import body

__all__ = ["own_bank", "own_sample_url", "sample_template"]

pytestmark = pytest.mark.anyio

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "write.md"
BLOCK = re.compile(r"\bAs `([\w-]+)`|```graphql\n(.*?)```|```json\n(.*?)```", re.DOTALL | re.MULTILINE)


def examples() -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """User, document, variables and data of each."""
    found: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = []
    user, document, given = "", "", {}
    for named, query, answer in BLOCK.findall(GUIDE.read_text(encoding="utf-8")):
        if named:
            user = named
        elif query:
            document, given = query, {}
        elif "$" in document and not given:
            given = json.loads(answer)
        else:
            found.append((user, document, given, json.loads(answer)))
    return found


async def test_the_guide_says_what_is_answered(own_bank: Bank):
    told = examples()
    assert len(told) >= 3
    for user, document, given, answer in told:
        assert (await body(own_bank, document, user, **given))["data"] == answer, document
