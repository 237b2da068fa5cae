"""All of GraphQL that the schema allows, with exact answers from the sample bank; both executions give each."""

import pytest
from factories.bank import Bank

from domain.shared.problem import ProblemCode

pytestmark = pytest.mark.anyio

WANG = {"displayName": "王建国"}


async def test_fragments_may_be_named_nested_and_repeated(bank: Bank):
    data = await bank.ask(
        """
        query { customer(id: "cus_1") { ...whole ...whole ...number } }
        fragment whole on Customer { ...named ... { state } }
        fragment named on Customer { displayName }
        fragment number on Node { id }
        """
    )
    assert list(data["customer"].items()) == [("displayName", "王建国"), ("state", "ACTIVE"), ("id", "cus_1")]


async def test_inline_fragments_on_interfaces_pick_by_type(bank: Bank):
    data = await bank.ask(
        """
        { nodes(ids: ["cus_41", "cus_1", "bra_1"]) {
            ... on Customer { displayName ... on Person { sex } }
            ... on Organisation { registeredOn ... on Node { ... on Person { never: id } } }
            ... on Branch { level }
            ... on Node { id } } }
        """
    )
    assert data["nodes"] == [
        {"displayName": "北京晨曦科技有限公司", "registeredOn": "2017-06-01", "id": "cus_41"},
        {"displayName": "王建国", "sex": "MALE", "id": "cus_1"},
        {"level": "HEAD_OFFICE", "id": "bra_1"},
    ]


async def test_aliases_select_one_field_with_several_arguments(bank: Bank):
    data = await bank.ask(
        """
        { customer(id: "cus_3") {
            active: cards(where: {state: {eq: ACTIVE}}) { nodes { id } }
            blocked: cards(where: {state: {eq: BLOCKED}}) { nodes { id } }
            cards { totalCount nodes { state: issuedOn } } } }
        """,
        user="manager-chaoyang",
    )
    assert data["customer"] == {
        "active": {"nodes": [{"id": "car_4"}]},
        "blocked": {"nodes": [{"id": "car_3"}]},
        "cards": {"totalCount": "2", "nodes": [{"state": "2026-03-02"}, {"state": "2020-08-10"}]},
    }


async def test_selections_of_one_key_are_merged_in_order(bank: Bank):
    data = await bank.ask(
        """
        query ($size: Int = 1) {
          customers(first: $size) { nodes { displayName branch { name } } }
          viewer { username }
          customers(first: $size) { nodes { branch { level name } state } pageInfo { hasNextPage } }
        }
        """
    )
    assert list(data) == ["customers", "viewer"]
    assert list(data["customers"]) == ["nodes", "pageInfo"]
    (node,) = data["customers"]["nodes"]
    assert list(node.items()) == [
        ("displayName", "王建国"),
        ("branch", {"name": "北京朝阳支行", "level": "SUB_BRANCH"}),
        ("state", "ACTIVE"),
    ]


async def test_selections_of_one_key_with_other_arguments_are_refused(bank: Bank):
    code, message = await bank.refusal("{ customers(first: 1) { totalCount } customers(first: 2) { totalCount } }")
    assert code is ProblemCode.INVALID_REQUEST
    assert "they have differing arguments" in message


VARIABLES = """query ($size: Int = 2, $where: CustomerWhere, $number: StringFilter = {startsWith: "9"}, $no: String) {
  one: customers(first: $size, where: $where) { nodes { id } }
  other: customers(first: $size, where: {customerNo: $number, name: {eq: $no}}) { nodes { id } } }"""


@pytest.mark.parametrize(
    ("variables", "one", "other"),
    [
        ({}, ["cus_1", "cus_2"], ["cus_41", "cus_42"]),
        ({"size": 1}, ["cus_1"], ["cus_41"]),
        ({"size": None, "where": {"id": {"in": ["cus_7"]}}}, ["cus_7"], ["cus_41", "cus_42", "cus_43", "cus_44"]),
        ({"where": None}, ["cus_1", "cus_2"], ["cus_41", "cus_42"]),
        ({"where": {"not": {"id": {"lt": None}}}}, None, None),
        ({"where": {"or": [{"name": {"eq": "王磊"}}, {"name": None}]}}, ["cus_3", "cus_37"], ["cus_41", "cus_42"]),
        ({"number": None}, ["cus_1", "cus_2"], []),
        ({"no": None}, ["cus_1", "cus_2"], []),
        ({"number": {}, "no": "王磊"}, ["cus_1", "cus_2"], ["cus_3"]),
    ],
)
async def test_variables_with_defaults_nulls_and_input_objects(
    bank: Bank, variables: dict[str, object], one: list[str] | None, other: list[str] | None
):
    if one is None:
        code, message = await bank.refusal(VARIABLES, **variables)
        assert code is ProblemCode.INVALID_REQUEST
        assert "lt" in message
        return
    data = await bank.ask(VARIABLES, **variables)
    assert [node["id"] for node in data["one"]["nodes"]] == one
    assert [node["id"] for node in data["other"]["nodes"]] == other


CONDITIONS = """query ($with: Boolean!, $without: Boolean = false) {
  customer(id: "cus_1") {
    state @include(if: $with)
    customerNo @skip(if: $without)
    branch @include(if: $with) @skip(if: $without) { name }
    ... on Person @include(if: $with) { sex }
    ...named @skip(if: $with)
    kind @include(if: true) @skip(if: true) } }
fragment named on Customer { displayName }"""


@pytest.mark.parametrize(
    ("with_", "without", "expected"),
    [
        (True, False, {"state": "ACTIVE", "customerNo": "100001", "branch": {"name": "北京朝阳支行"}, "sex": "MALE"}),
        (True, True, {"state": "ACTIVE", "sex": "MALE"}),
        (False, False, {"customerNo": "100001", "displayName": "王建国"}),
        (False, True, {"displayName": "王建国"}),
    ],
)
async def test_include_and_skip(bank: Bank, with_: bool, without: bool, expected: dict[str, object]):
    assert await bank.ask(CONDITIONS, **{"with": with_, "without": without}) == {"customer": expected}


async def test_typename_anywhere(bank: Bank):
    data = await bank.ask(
        """
        { __typename viewer { __typename roles { __typename role } }
          customers(first: 1) { __typename pageInfo { __typename } 
            edges { __typename node { __typename branch { __typename } } }
            aggregates(groupBy: [{field: STATE}]) { __typename key { __typename } } }
          loans(first: 1) { nodes { kind: __typename amount { __typename } } } }
        """
    )
    assert data == {
        "__typename": "Query",
        "viewer": {"__typename": "Viewer", "roles": [{"__typename": "HeldRole", "role": "head_office_analyst"}]},
        "customers": {
            "__typename": "CustomerConnection",
            "pageInfo": {"__typename": "PageInfo"},
            "edges": [
                {"__typename": "CustomerEdge", "node": {"__typename": "Person", "branch": {"__typename": "Branch"}}}
            ],
            "aggregates": [{"__typename": "CustomerAggregate", "key": {"__typename": "CustomerGroupKey"}}],
        },
        "loans": {"nodes": [{"kind": "Loan", "amount": {"__typename": "Money"}}]},
    }


async def test_several_roots_and_introspection_stand_beside_data_in_one_statement(bank: Bank):
    data = await bank.ask(
        """
        query ($type: String = "Sex") {
          __type(name: $type) { enumValues { name } }
          nobody: customer(id: "cus_999") { id }
          somebody: customer(id: "cus_1") { displayName }
          __schema { queryType { name } }
        }
        """
    )
    assert list(data.items()) == [
        ("__type", {"enumValues": [{"name": "FEMALE"}, {"name": "MALE"}]}),
        ("nobody", None),
        ("somebody", WANG),
        ("__schema", {"queryType": {"name": "Query"}}),
    ]
    assert len(bank.statements) == 1


async def test_nodes_come_in_the_order_of_their_ids_with_nulls(bank: Bank):
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    data = await bank.ask(query, user="manager-chaoyang", ids=["bra_3", "cus_1", "cus_20", "cus_1", "loa_999", "acc_1"])
    assert data["nodes"] == [
        {"__typename": "Branch", "id": "bra_3"},
        {"__typename": "Person", "id": "cus_1"},
        None,
        {"__typename": "Person", "id": "cus_1"},
        None,
        {"__typename": "Account", "id": "acc_1"},
    ]
    assert await bank.ask(query, ids=[]) == {"nodes": []}
    code, _ = await bank.refusal(query, ids=["cus_1"] * 101)
    assert code is ProblemCode.INVALID_REQUEST


async def test_of_several_operations_the_one_named_is_answered(bank: Bank):
    text = 'query A { viewer { username } } query B { customer(id: "cus_1") { displayName } }'
    assert await bank.ask(text, name="B") == {"customer": WANG}
    assert await bank.refusal(text) == (
        ProblemCode.INVALID_REQUEST,
        "The document has 2 operations: say which by `operationName`.",
    )
    assert await bank.refusal(text, name="C") == (
        ProblemCode.INVALID_REQUEST,
        "The document has no operation called 'C'.",
    )


async def test_a_field_computed_in_python_is_answered_by_the_batched_execution(bank: Bank):
    data = await bank.ask('{ node(id: "loa_8") { ... on Loan { schedule { number dueOn amount { amount } } } } }')
    schedule = data["node"]["schedule"]
    assert len(schedule) == 12
    assert schedule[0] == {"number": 1, "dueOn": "2021-02-05", "amount": {"amount": "2620.00"}}


async def test_a_decimal_in_a_filter_is_not_cut_to_the_digits_of_its_column(bank: Bank):
    query = "query ($most: Decimal!) { relations(where: {confidenceRatio: {lt: $most}}) { totalCount } }"
    everything = (await bank.answer("{ relations { totalCount } }"))["data"]["relations"]["totalCount"]
    answer = await bank.answer(query, most="123456.1234567")
    assert answer["data"]["relations"]["totalCount"] == everything
