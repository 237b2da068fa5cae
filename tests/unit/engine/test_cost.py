"""What operations cost, by the rule of docs/decisions/0040-cost-before-execution.md."""

from typing import Any

import pytest
from factories.bank import built_schema

from api.settings import ROOT
from resolvers.engine.cost import value
from resolvers.engine.document import Documents, coerce
from resolvers.engine.limits import Limits


def cost(text: str, **variables: Any) -> int:
    """Of the only operation, for these variables."""
    schema = built_schema().schema
    operation = Documents(schema, limits=Limits(cost=10**9)).operation(text, None)
    return value(operation.cost, coerce(schema, operation.variable_definitions, variables))


COSTS = {
    # Nothing is free, and what comes with a row costs nothing more.
    "{ __typename }": 1,
    "{ viewer { username withheldFields roles { role } } }": 1,
    'query { customer(id: "cus_1") { id displayName } }': 1,
    'query { customer(id: "cus_1") { branch { name } accounts(first: 1) { nodes { id } } } }': 1 + 1 + 1 + 1,
    # A page costs its size, 20 unless said, and one for itself.
    "{ customers { nodes { id } } }": 1 + 20,
    "{ customers(first: 7) { nodes { id } } }": 1 + 7,
    "{ customers(last: 7) { edges { cursor node { id } } pageInfo { endCursor } } }": 1 + 7,
    "{ customers(first: null) { nodes { id } } }": 1 + 20,
    "{ customers(first: 0) { nodes { id } } }": 1,
    # Pages within pages multiply.
    "{ customers(first: 5) { nodes { branch { id } accounts(first: 3) { nodes { id } } } } }": 1 + 5 * (1 + 1 + 1 + 3),
    "{ customers(first: 5) { nodes { accounts { totalCount } } } }": 1 + 5 * (1 + 1 + 10),
    # Counts and figures read all rows.
    "{ customers { totalCount } }": 1 + 10,
    "{ loans { aggregates { count } } }": 1 + 10 + 1,
    "{ loans { aggregates(groupBy: [{field: STATE}]) { count } } }": 1 + 10 + 100,
    "{ loans { aggregates(groupBy: [{field: STATE}], first: 7) { count } } }": 1 + 10 + 7,
    # A group may show a row, and what hangs on it.
    """{ loans { aggregates(groupBy: [{field: BRANCH, level: BRANCH}, {field: AMOUNT, bands: ["1"]}], first: 7) {
         count key { amount { from } branch { name accounts(first: 2) { nodes { id } } } } amount { sum } } } }""": (
        1 + 10 + 7 * (1 + 1 + 1 + 2)
    ),
    # Rows by ids.
    '{ nodes(ids: ["cus_1", "cus_2", "cus_3"]) { id } }': 3,
    '{ nodes(ids: ["cus_1", "cus_2"]) { ... on Customer { accounts(first: 4) { nodes { id } } } } }': 2 * (1 + 1 + 4),
    '{ node(id: "cus_1") { id } }': 1,
    # Each row is of one type: the dearest counts, with what all of them show.
    """{ contracts(first: 2) { nodes { __typename ... on Node { id }
         ... on Account { branch { id } transactions(first: 3) { nodes { id } } }
         ... on Loan { branch { id } } } } }""": 1 + 2 * (1 + 1 + 1 + 3),
    # What is asked for twice under one name is one; under two names it is two.
    "{ customers(first: 5) { nodes { id } } customers(first: 5) { nodes { state } } }": 1 + 5,
    "{ a: customers(first: 5) { nodes { id } } b: customers(first: 5) { nodes { id } } }": 2 * (1 + 5),
    "{ ...A ...B } fragment A on Query { customers(first: 5) { ...C } } fragment B on Query { customers(first: 5) "
    "{ nodes { accounts(first: 2) { nodes { id } } } } } fragment C on CustomerConnection { nodes { id } }": (
        1 + 5 * (1 + 1 + 2)
    ),
    # Conditions are taken to hold.
    "query ($no: Boolean = false) { customers(first: 5) @include(if: $no) { nodes { id } } }": 1 + 5,
    # Commands.
    'mutation { endAccess(input: {id: "gra_1", expectedVersion: 1}) { grant { customer { id } } } }': 10 + 1 + 1,
    "{ __schema { types { fields { name } } } }": 1,
}


@pytest.mark.parametrize("text", COSTS)
def test_the_cost_of_an_operation(text: str):
    assert cost(text) == COSTS[text]


def test_sizes_in_variables():
    text = """query ($many: Int, $few: Int = 3, $groups: Int, $ids: [ID!]!) {
        customers(first: $many) { nodes { accounts(last: $few) { nodes { id } } } }
        loans { aggregates(groupBy: [{field: STATE}], first: $groups) { count } } nodes(ids: $ids) { id } }"""
    assert cost(text, ids=[]) == (1 + 20 * (1 + 1 + 3)) + (1 + 10 + 100)
    assert cost(text, many=2, few=5, groups=1, ids=["cus_1", "cus_2"]) == (1 + 2 * (1 + 1 + 5)) + (1 + 10 + 1) + 2
    # Sizes that cannot be are refused elsewhere; until then they are the nearest that can.
    assert cost(text, many=10**6, few=-1, groups=10**6, ids=[]) == (1 + 100 * (1 + 1)) + (1 + 10 + 1_000)


def test_every_example_of_the_explorer_is_below_the_limit():
    examples = sorted((ROOT / "frontend" / "explorer" / "src" / "examples").glob("*.graphql"))
    assert len(examples) > 5
    for example in examples:
        operation = Documents(built_schema().schema, limits=Limits()).operation(example.read_text(), None)
        variables = {definition.variable.name.value: None for definition in operation.variable_definitions}
        assert value(operation.cost, variables) < Limits().cost / 2, example.name
