"""Permissions as a table: role × path × row, and the declaration behind every path."""

from typing import Any

import pytest
from factories.bank import Bank, built_schema

from authz.permissions import Permission
from schema.root import ROOT_CONNECTIONS

pytestmark = pytest.mark.anyio

PUBLIC = {"viewer", "node", "nodes"}
"""Roots without a permission of their own: the reader themselves, and rows by id under their own types' permissions."""


def test_every_root_and_edge_leads_to_rows_that_declare_a_permission():
    graph = built_schema().graph
    paths: dict[str, Any] = dict(graph.plain["Query"])
    for node in graph.types.values():
        paths |= {f"{node.name}.{name}": declaration for name, declaration in node.fields.items()}
    walked = 0
    for path, declaration in paths.items():
        table = getattr(declaration, "table", None)
        if table is not None:
            reads = graph.by_table[table].rows.reads
            assert reads, f"{path} leads to rows that no permission guards"
            assert set(reads) <= set(Permission), path
            walked += 1
        elif "." not in path:
            assert path in PUBLIC, f"{path} declares no permission and is not listed as public"
    assert walked > 60


# Per reader: is the row of 王建国 (cus_1, at 朝阳, managed by rm-chaoyang-1) reached by each path?
READERS = {
    "rm-chaoyang-1": "allowed",
    "manager-chaoyang": "allowed",
    "regional-beijing": "allowed",
    "analyst": "allowed",
    "teller-wangjing": "other branch",
    "manager-pudong": "other branch",
    "rm-haidian-1": "other branch",
    "administrator": "without the permission",
}
PATHS = {
    "node": ('{ node(id: "cus_1") { id } }', "cus_1"),
    "nodes": ('{ nodes(ids: ["cus_1"]) { id } }', "cus_1"),
    "customer": ('{ customer(id: "cus_1") { id } }', "cus_1"),
    "customers": ('{ customers(where: {id: {eq: "cus_1"}}) { nodes { id } } }', "cus_1"),
    "branch": ('{ branches(first: 100) { nodes { customers(first: 100) { nodes { no: customerNo } } } } }', '"100001"'),
    "account": ('{ node(id: "acc_1") { ... on Account { number: id } } }', "acc_1"),
    "accounts": ('{ accounts(where: {holders: {some: {customer: {id: {eq: "cus_1"}}}}}) { nodes { id } } }', "acc_1"),
    "holder": ('{ node(id: "acc_1") { ... on Account { holders { nodes { customer { id } } } } } }', "cus_1"),
    "card": ('{ node(id: "car_1") { ... on Card { id customer { id } } } }', "cus_1"),
    "household": ('{ node(id: "hou_1") { ... on Household { members { nodes { customer { id } } } } } }', "cus_1"),
    "relation": ('{ node(id: "rel_1") { ... on Relation { fromCustomer { id } } } }', "cus_1"),
    "order": ("{ customers(first: 1, orderBy: {field: CUSTOMER_NO}) { nodes { no: customerNo } } }", '"100001"'),
}  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("user", READERS)
async def test_a_row_is_reached_by_every_path_or_by_none(bank: Bank, user: str, path: str):
    query, mark = PATHS[path]
    body = await bank.answer(query, user=user)
    shown = mark in str(body["data"]).replace("'", '"')
    assert shown == (READERS[user] == "allowed"), body


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


@pytest.mark.parametrize("root", sorted(ROOT_CONNECTIONS))
async def test_a_reader_without_permissions_gets_no_rows_from_any_root(bank: Bank, root: str):
    name = root.split("_")[0] + "".join(word.capitalize() for word in root.split("_")[1:])
    body = await bank.answer(f"{{ {name} {{ totalCount nodes {{ id }} }} }}", user="administrator")
    assert body == {"data": {name: None}, "extensions": {"withheld": [f"Query.{name}"]}}


async def test_a_field_with_a_reach_of_its_own_is_null_and_named(bank: Bank):
    body = await bank.answer('{ customer(id: "cus_6") { ... on Person { sex birthOn age } } }', user="teller-wangjing")
    assert body == {
        "data": {"customer": {"sex": "MALE", "birthOn": None, "age": None}},
        "extensions": {"withheld": ["Person.age", "Person.birthOn"]},
    }
