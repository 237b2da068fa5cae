"""The declaration behind every path to rows, and a few figures known by heart; `test_paths.py` has the whole table."""

from typing import Any

import pytest
from factories.bank import Bank, built_schema

from authz.permissions import Permission
from resolvers.engine.edges import Search

pytestmark = pytest.mark.anyio

PUBLIC = {"viewer", "bank", "node", "nodes"}
"""Roots without a permission of their own: the reader themselves, the bank that they work for, and rows by id under
their own types' permissions."""


def test_all_rows_declare_a_permission():
    for node in built_schema().graph.types.values():
        assert node.rows.reads, f"no permission guards the rows of {node.name}"
        assert set(node.rows.reads) <= set(Permission), node.name


def test_every_root_leads_to_such_rows_or_is_public():
    graph = built_schema().graph
    for name, declaration in graph.plain["Query"].items():
        found = declaration.kinds.values() if isinstance(declaration, Search) else [declaration]
        members: list[Any] = getattr(declaration, "members", found)
        guarded = all(getattr(member, "table", None) in graph.by_table for member in members)
        assert guarded is not (name in PUBLIC), f"{name} declares no permission and is not listed as public"


COUNTS = {
    # user: customers, accounts, loans, cards
    "manager-chaoyang": ("9", "10", "3", "6"),
    "rm-chaoyang-1": ("7", "8", "2", "6"),
    "teller-wangjing": ("4", "3", None, "2"),
    "administrator": (None, None, None, None),
}


@pytest.mark.parametrize("user", COUNTS)
async def test_counts_are_of_visible_rows(bank: Bank, user: str):
    roots = ("customers", "accounts", "loans", "cards")
    body = await bank.answer("{ " + " ".join(f"{root} {{ totalCount }}" for root in roots) + " }", user=user)
    expected = dict(zip(roots, COUNTS[user], strict=True))
    assert body["data"] == {root: None if count is None else {"totalCount": count} for root, count in expected.items()}
    withheld = [f"Query.{root}" for root, count in sorted(expected.items()) if count is None]
    assert body.get("extensions", {"withheld": []})["withheld"] == withheld


async def test_a_field_with_a_reach_of_its_own_is_null_and_named(bank: Bank):
    body = await bank.answer('{ customer(id: "cus_6") { ... on Person { sex birthOn age } } }', user="teller-wangjing")
    assert body == {
        "data": {"customer": {"sex": "MALE", "birthOn": None, "age": None}},
        "extensions": {"withheld": ["Person.age", "Person.birthOn"]},
    }
