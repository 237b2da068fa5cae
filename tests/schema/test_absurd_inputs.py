"""Values that no row can have, by every way in: each is refused in words before it reaches the database."""

import base64
import json
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from factories.api import Api, error_of, signed_in
from factories.bank import built_schema
from graphql import GraphQLInputObjectType, get_named_type

from resolvers.engine.edges import Column, Many, One
from resolvers.engine.graph import NodeType
from resolvers.engine.order import orderable

pytestmark = pytest.mark.anyio

SCHEMA, GRAPH = built_schema().schema, built_schema().graph
ROOTS = {name: edge for name, edge in GRAPH.plain["Query"].items() if isinstance(edge, Many)}
READER = "regional-beijing"
READERS = {
    "accessAlerts": "security-officer",
    "policyVersions": "auditor",
    "policyLines": "auditor",
    "sourceBatches": "analyst",
    "sourceFiles": "analyst",
    "visits": "auditor",
}
"""Who reads what a region's manager may not."""
"""Sees some rows of every type."""

NOTHING_EVER = ["a\u0000b", 7, 7.5, True, ["1"], {"a": "1"}]
"""What no key of an order can be, whatever its type."""
MUCH = ["9223372036854775808", "9" * 5_000, "1e400", "NaN", "Infinity", "0000-01-01", "10000-01-01", "infinity", ""]
"""What some types could be, and others never."""


async def refused(api: Api, query: str, *, user: str = READER, **variables: Any) -> str:
    """The words of a refusal."""
    status, code, message = error_of(await api.post(query, user=user, variables=variables))
    assert (status, code) == (400, "INVALID_REQUEST"), (query, variables)
    return message


def kind_of(node: NodeType, path: tuple[str, ...]) -> str:
    """Of what type the values are that rows are ordered by."""
    declaration = GRAPH.all_fields[node.name][path[0]]
    if isinstance(declaration, One):
        return kind_of(GRAPH.by_table[declaration.table], path[1:])
    return repr(declaration.type) if isinstance(declaration, Column) else "money"


@pytest.mark.parametrize("root", [root for root in ROOTS if root not in {"sourceBatches", "sourceFiles"}])
async def test_a_forged_cursor(api: Api, root: str):
    """A cursor of each order, with each of its values replaced: by all values for one key of each type, by some for the
    others. The sample was not delivered, so has no batches.
    """
    edge = ROOTS[root]
    assert isinstance(edge, Many)
    node = GRAPH.by_table[edge.table]
    query = f"""query ($order: [{node.name}OrderBy!], $after: String, $before: String) {{
        {root}(first: 1, orderBy: $order, after: $after, before: $before) {{ edges {{ cursor }} }} }}"""
    types: set[str | None] = set()
    for number, key in enumerate([None, *orderable(GRAPH, node)]):
        order = [{"field": key}] if key else None
        answer = await api.post(query, user=READERS.get(root, READER), variables={"order": order})
        signature, *values = json.loads(base64.b64decode(answer.json()["data"][root]["edges"][0]["cursor"]))
        kind = key and kind_of(node, orderable(GRAPH, node)[key])
        forgeries = [*NOTHING_EVER, *MUCH]
        if kind in types:
            forgeries = forgeries[number % len(forgeries) :][:2]
        types.add(kind)
        for place in range(len(values)):
            for value, argument in zip(forgeries, cycle(["after", "before"]), strict=False):
                forged = [signature, *values[:place], value, *values[place + 1 :]]
                text = base64.b64encode(json.dumps(forged).encode()).decode()
                variables = {"order": order, argument: text}
                if place == len(values) - 1 or value in NOTHING_EVER:
                    message = await refused(api, query, user=READERS.get(root, READER), **variables)
                    assert message.startswith(f"{argument} is not a cursor of this graph"), (key, value)
                else:
                    answer = await api.post(query, user=READERS.get(root, READER), variables=variables)
                    assert answer.status_code == 200 or error_of(answer)[:2] == (400, "INVALID_REQUEST"), (key, value)


ABSURD: dict[str, list[Any]] = {
    "Boolean": ["true", 1, "\u0000"],
    "Date": [
        "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "1998-02-30", "-001-01-01", "infinity", "\u0000", "",
        19981231, 1e300, True,
    ],
    "DateTime": [
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "10000-01-01T00:00:00Z",
        "1998-12-31T08:30:00",
        "1998-12-31T24:30:00Z",
        "infinity",
        "\u0000",
        "",
        0,
        1e300,
        True,
    ],
    "Decimal": ["NaN", "sNaN", "Infinity", "1e400", "1e-400", "9" * 200, "." + "1" * 200, "\u0000", "", "１", 1e300],
    "ID": ["\u0000", "", "1", "xyz_1", "cus_01", "cus_-1", "cus_99999999999999999999", "acc_", 1.5, True],
    "Int": [2**31, -(2**31) - 1, 10**200, 1e300, 1.5, "1", True],
    "String": ["\u0000", "a\u0000b", 1, 1.5, True],
}  # fmt: skip
"""By type, values that are none of it."""
ACCEPTED_BY = {"eq", "ne", "gt", "startsWith", "contains", "in", "notIn"}


def filtered(root: str) -> Iterator[tuple[str, str, list[str]]]:
    """Filter, type, and where in the filter the operators of each field stand."""
    where = SCHEMA.query_type.fields[root].args["where"].type  # pyright: ignore[reportOptionalMemberAccess]
    assert isinstance(where, GraphQLInputObjectType)
    for name, field in where.fields.items():
        filter_type = get_named_type(field.type)
        path = [name]
        if filter_type.name == "MoneyFilter":
            filter_type, path = SCHEMA.type_map["DecimalFilter"], [name, "amount"]
        if isinstance(filter_type, GraphQLInputObjectType) and "eq" in filter_type.fields:
            yield where.name, get_named_type(filter_type.fields["eq"].type).name, path


@pytest.mark.parametrize("root", ROOTS)
async def test_an_absurd_value_in_a_filter(api: Api, root: str):
    """Every value for one field of each type, some value for each field."""
    types: set[str] = set()
    for number, (where, type_name, path) in enumerate(filtered(root)):
        operators = sorted(ACCEPTED_BY & {*SCHEMA.type_map[f"{type_name}Filter"].fields})  # pyright: ignore
        values = ABSURD.get(type_name, ["NOT_A_WORD", "\u0000", "", 1, True])
        if type_name in types:
            operators, values = [operators[number % len(operators)]], [values[number % len(values)]]
        types.add(type_name)
        for operator in operators:
            for value in values:
                condition: Any = [value] if operator in ("in", "notIn") else value
                for step in [operator, *reversed(path)]:
                    condition = {step: condition}
                query = f"query ($where: {where}) {{ {root}(where: $where) {{ totalCount }} }}"
                await refused(api, query, user=READERS.get(root, READER), where=condition)
    assert "ID" in types


LITERALS = [
    "customers(first: 99999999999999999999) { totalCount }",
    "customers(first: 1e400) { totalCount }",
    "customers(first: -1) { nodes { id } }",
    "customers(last: 2147483648) { nodes { id } }",
    "customers(where: {version: {eq: 1e400}}) { totalCount }",
    'customers(where: {version: {in: [1, 2147483648]}}) { totalCount }',
    "loans(where: {amount: {amount: {eq: 1e400}}}) { totalCount }",
    f"loans(where: {{amount: {{amount: {{lt: {'9' * 10_000}}}}}}}) {{ totalCount }}",
    'loans(where: {amount: {amount: {in: ["1", "NaN"]}}}) { totalCount }',
    'loans(where: {grantedOn: {gt: "0000-01-01"}}) { totalCount }',
    'loans(where: {grantedOn: {in: ["1998-12-31", "10000-01-01"]}}) { totalCount }',
    'customers(where: {name: {contains: "a\\u0000b"}}) { totalCount }',
    'customers(where: {name: {in: ["a", "\\u0000"]}}) { totalCount }',
    'customer(id: "cus_9223372036854775808") { id }',
    'node(id: "cus_\\u0000") { id }',
    'nodes(ids: ["cus_1", "cus_99999999999999999999"]) { id }',
    "customers { aggregates(groupBy: {field: STATE}, first: 2147483648) { count } }",
    "customers { aggregates(groupBy: {field: STATE}, first: -1) { count } }",
]  # fmt: skip


@pytest.mark.parametrize("query", LITERALS, ids=lambda query: query[:60])
async def test_an_absurd_value_in_the_document(api: Api, query: str):
    await refused(api, f"{{ {query} }}")


@pytest.mark.parametrize("body", [b'{"query": "\xed\xa0\x80"}', b'{"query": "{a}", "variables": {"a": "\\ud800"}}'])
async def test_half_a_character(api: Api, body: bytes):
    """A lone surrogate is no text that could be stored or sent."""
    headers = signed_in(READER) | {"content-type": "application/json"}
    answer = await api.client.post("/graphql", content=body, headers=headers)
    assert error_of(answer)[:2] == (400, "INVALID_REQUEST")


@pytest.mark.parametrize("value", ["1e400", "-1e400", "1" * 5_000, "NaN", "Infinity"])
async def test_a_number_in_the_body_that_is_none(api: Api, value: str):
    query = "query ($first: Int) { customers(first: $first) { totalCount } }"
    body = f'{{"query": "{query}", "variables": {{"first": {value}}}}}'
    headers = signed_in(READER) | {"content-type": "application/json"}
    answer = await api.client.post("/graphql", content=body.encode(), headers=headers)
    assert error_of(answer)[:2] == (400, "INVALID_REQUEST")


async def test_long_text_is_text(api: Api):
    query = "query ($name: String) { customers(where: {name: {eq: $name}}) { totalCount } }"
    answer = await api.post(query, user=READER, variables={"name": "王" * 200_000})
    assert answer.json()["data"] == {"customers": {"totalCount": "0"}}
