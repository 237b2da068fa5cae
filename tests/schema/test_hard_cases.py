"""The hard cases of the design, one test or a few for each row of its table. Both executions answer every one."""

import base64
import json
from dataclasses import replace

import asyncpg
import pytest
from factories.bank import Bank, built_schema, change

from authz.permissions import Permission
from authz.policy_files import load_policy
from authz.reader import ARRAY, Reader, shape_of
from domain.shared.problem import ProblemCode
from domain.shared.scope import Scope

pytestmark = pytest.mark.anyio

INVALID, FORBIDDEN, TOO_COMPLEX = ProblemCode.INVALID_REQUEST, ProblemCode.FORBIDDEN, ProblemCode.TOO_COMPLEX


async def names(bank: Bank, arguments: str, user: str = "analyst", **options: object) -> list[str]:
    """Display names of the customers that the arguments select."""
    data = await bank.ask(f"{{ customers({arguments}) {{ nodes {{ displayName }} }} }}", user=user, **options)
    return [node["displayName"] for node in data["customers"]["nodes"]]


# Customer kinds


async def test_customer_kinds_are_types_of_one_interface(bank: Bank):
    data = await bank.ask(
        """{ customers(where: {customerNo: {in: ["100040", "900001", "900004"]}}) { nodes {
             __typename displayName state
             ... on Person { sex } ... on Organisation { registeredOn } } } }"""
    )
    assert data["customers"]["nodes"] == [
        {"__typename": "Person", "displayName": "邓朝阳", "state": "ACTIVE", "sex": "MALE"},
        {
            "__typename": "Organisation",
            "displayName": "北京晨曦科技有限公司",
            "state": "ACTIVE",
            "registeredOn": "2017-06-01",
        },
        {
            "__typename": "Organisation",
            "displayName": "上海徐航物流有限公司",
            "state": "PROSPECT",
            "registeredOn": "2026-07-07",
        },
    ]


async def test_customer_kinds_page_in_one_order(bank: Bank):
    query = """query ($after: String) {
               customers(first: 3, after: $after, orderBy: {field: CUSTOMER_NO, direction: DESC}) {
               nodes { __typename customerNo } pageInfo { endCursor hasNextPage } } }"""
    first = (await bank.ask(query))["customers"]
    second = (await bank.ask(query, after=first["pageInfo"]["endCursor"]))["customers"]
    assert [node["customerNo"] for node in first["nodes"]] == ["900004", "900003", "900002"]
    assert second["nodes"] == [
        {"__typename": "Organisation", "customerNo": "900001"},
        {"__typename": "Person", "customerNo": "100040"},
        {"__typename": "Person", "customerNo": "100039"},
    ]


# Unions


CONTRACTS = """{ __typename ... on Account { id openedOn product { name } }
               ... on Loan { id grantedOn amount { amount } } ... on Card { id issuedOn customer { displayName } } }"""
BY_TABLE = """SELECT type || '_' || id FROM (
              SELECT 'acc' AS type, id, opened_on AS day, 'Account' AS name FROM ketu.account UNION ALL
              SELECT 'loa', id, granted_on, 'Loan' FROM ketu.loan UNION ALL
              SELECT 'car', id, issued_on, 'Card' FROM ketu.card) AS contract ORDER BY day DESC, name DESC, id DESC"""


async def contract_ids(bank: Bank) -> list[str]:
    """All of them in order, by a statement of the test's own."""
    connection = await asyncpg.connect(bank.url)
    try:
        return [row[0] for row in await connection.fetch(BY_TABLE)]
    finally:
        await connection.close()


async def test_unions_are_one_list_in_one_order(bank: Bank):
    data = await bank.ask(f"{{ contracts(first: 100) {{ totalCount nodes {CONTRACTS} }} }}")
    expected = await contract_ids(bank)
    assert [node["id"] for node in data["contracts"]["nodes"]] == expected[:100]
    assert data["contracts"]["totalCount"] == str(len(expected))
    assert {node["__typename"] for node in data["contracts"]["nodes"]} == {"Account", "Loan", "Card"}


@pytest.mark.parametrize("size", [1, 4, 20])
async def test_unions_page_forwards_and_backwards(bank: Bank, size: int):
    forward = f"query ($at: String) {{ contracts(first: {size}, after: $at) {{ ...page }} }}"
    backward = f"query ($at: String) {{ contracts(last: {size}, before: $at) {{ ...page }} }}"
    page = f""" fragment page on ContractConnection {{ edges {{ cursor node {CONTRACTS} }}
                pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }}"""
    expected = await contract_ids(bank)
    for query, more, end in ((forward, "hasNextPage", "endCursor"), (backward, "hasPreviousPage", "startCursor")):
        found: list[str] = []
        at = None
        while True:
            shown = (await bank.ask(query + page, at=at))["contracts"]
            ids = [edge["node"]["id"] for edge in shown["edges"]]
            found = found + ids if query is forward else ids + found
            at = shown["pageInfo"][end]
            assert at == shown["edges"][-1 if query is forward else 0]["cursor"]
            if not shown["pageInfo"][more]:
                break
        assert found == expected


async def test_unions_show_what_each_member_shows_under_the_same_scope(bank: Bank):
    query = """query ($id: ID!) { customer(id: $id) { contracts(first: 100) { totalCount nodes { ... on Node { id } } }
               accounts(first: 100) { nodes { id } } loans(first: 100) { nodes { id } } cards { nodes { id } } } }"""
    seen: set[int] = set()
    for user in ("regional-beijing", "rm-chaoyang-1", "manager-pudong"):
        for number in (1, 2, 6, 33):
            shown = (await bank.ask(query, user=user, id=f"cus_{number}"))["customer"]
            if shown is not None:
                apart = {node["id"] for name in ("accounts", "loans", "cards") for node in shown[name]["nodes"]}
                assert {node["id"] for node in shown["contracts"]["nodes"]} == apart
                assert shown["contracts"]["totalCount"] == str(len(apart))
                seen.add(len(apart))
    assert max(seen) >= 3


async def test_unions_leave_out_and_name_the_types_that_are_withheld(bank: Bank):
    body = await bank.answer("{ contracts { totalCount nodes { __typename } } }", user="teller-wangjing")
    assert {node["__typename"] for node in body["data"]["contracts"]["nodes"]} == {"Account", "Card"}
    assert body["data"]["contracts"]["totalCount"] == "5"
    assert body["extensions"] == {"withheld": ["Loan"]}
    body = await bank.answer("{ contracts { nodes { __typename } } }", user="administrator")
    assert body["data"] == {"contracts": None}
    assert body["extensions"]["withheld"] == ["Account", "Card", "Loan", "Query.contracts"]


async def test_unions_read_only_the_rows_of_the_page_whole(bank: Bank):
    await bank.ask(f"{{ contracts(first: 3) {{ nodes {CONTRACTS} }} }}")
    (statement,) = bank.statements
    assert statement.count("UNION ALL") == 2
    assert statement.count("LIMIT 3") == 4, "each member gives its first rows only, and so do all together"


async def test_unions_refuse_the_cursors_of_other_lists(bank: Bank):
    shown = await bank.ask("{ accounts(first: 1) { pageInfo { endCursor } } }")
    cursor = shown["accounts"]["pageInfo"]["endCursor"]
    code, message = await bank.refusal("query ($at: String) { contracts(after: $at) { totalCount } }", at=cursor)
    assert code is INVALID
    assert "another list" in message


# Nullability


async def test_nullability_an_edge_into_scoped_data_is_null_where_the_row_is_hidden(bank: Bank):
    # The manager of 孙浩 works in another branch than the reader may see.
    data = await bank.ask(
        '{ customer(id: "cus_33") { displayName manager { name } branch { name } } }', user="manager-haidian"
    )
    assert data["customer"] == {"displayName": "宋建平", "manager": None, "branch": {"name": "北京海淀支行"}}


async def test_nullability_every_to_one_edge_may_be_null():
    schema = built_schema()
    for node in schema.graph.types.values():
        for name, declaration in node.fields.items():
            if type(declaration).__name__ in ("One", "ReaderRow"):
                field = schema.schema.type_map[node.name].fields[name]  # pyright: ignore
                assert not str(field.type).endswith("!"), f"{node.name}.{name}"


async def test_nullability_a_customer_without_a_name_still_has_a_display_name(bank: Bank):
    data = await bank.ask('{ customer(id: "cus_37") { name displayName } }')
    assert data == {"customer": {"name": None, "displayName": "100037"}}


# Household


async def test_household_shows_visible_members_only(bank: Bank):
    query = (
        '{ node(id: "hou_5") { ... on Household { members { totalCount nodes { role customer { displayName } } } } } }'
    )
    pudong = await bank.ask(query, user="manager-pudong")
    assert pudong["node"]["members"] == {
        "totalCount": "1",
        "nodes": [{"role": "CHILD", "customer": {"displayName": "吴俊杰"}}],
    }
    haidian = await bank.ask(query, user="manager-haidian")
    assert [node["customer"]["displayName"] for node in haidian["node"]["members"]["nodes"]] == ["吴国强", "郑玉兰"]


async def test_household_is_absent_where_no_member_is_visible(bank: Bank):
    assert await bank.ask('{ node(id: "hou_5") { id } }', user="manager-xuhui") == {"node": None}


# Tasks, tickets, opportunities; idempotent replay; subscriptions


@pytest.mark.parametrize(
    ("user", "sees", "customer"),
    [
        # Where it is done; who gave it; who is to do it; whose customer it is about; and nobody else.
        ("manager-chaoyang", True, {"id": "cus_2"}),
        ("regional-beijing", True, {"id": "cus_2"}),
        ("rm-pudong-1", True, None),
        ("rm-chaoyang-1", True, {"id": "cus_2"}),
        ("rm-wangjing-1", False, None),
        ("manager-pudong", False, None),
    ],
)
async def test_work_has_a_place_and_owners_of_its_own(
    own_bank: Bank, user: str, sees: bool, customer: dict[str, str] | None
):
    await change(
        own_bank,
        "UPDATE ketu.task SET assigned_to_id = 12, assigned_by_id = 3 WHERE id = 1",
        "UPDATE ketu.ticket SET assigned_to_id = 12, opened_by_id = 3 WHERE id = 4",
        "UPDATE ketu.opportunity SET owner_id = 12, opened_by_id = 3 WHERE id = 1",
    )
    for node, type_name in (("tas_1", "Task"), ("tic_4", "Ticket"), ("opp_1", "Opportunity")):
        query = f'{{ node(id: "{node}") {{ ... on {type_name} {{ customer {{ id }} }} }} }}'
        assert await own_bank.ask(query, user=user) == {"node": {"customer": customer} if sees else None}, node


TELLING = {"explainAccess", "reveal", "simulatePolicyChange"}
"""Mutations that only tell, and are logged: there is nothing to try out, and a repeat is one more entry."""


def test_idempotent_replay_is_shown_with_the_mutations():
    """The stored outcome, answered under the scope of now: `test_mutations.py`."""
    mutation = built_schema().schema.mutation_type
    assert mutation is not None
    changing = {name: set(field.args) for name, field in mutation.fields.items() if name not in TELLING}
    assert changing.keys() >= {"grantAccess", "proposePolicyChange"}
    assert all(arguments - {"atomic"} == {"input", "idempotencyKey", "dryRun"} for arguments in changing.values())


async def test_a_subscription_is_not_answered_once_for_all(bank: Bank):
    code, message = await bank.refusal("subscription { myTasks { eventId } }")
    assert code is INVALID
    assert message.startswith("A subscription is answered over a WebSocket (graphql-transport-ws)")


# Filters over related rows


LOANS = "loans: {%s: {state: {eq: IN_ARREARS}}}"


async def test_filters_some_none_and_every_range_over_related_rows(bank: Bank):
    page = "first: 100, where: {%s}"
    # A loan is on an account, so its joint holders have it too.
    assert await names(bank, page % (LOANS % "some")) == ["孙浩", "周婷", "徐文博", "马晓雪"]
    none = await names(bank, page % (LOANS % "none"))
    assert len(none) == 40
    assert "孙浩" not in none
    every = await names(bank, page % f"and: [{{{LOANS % 'every'}}}, {{loans: {{some: {{}}}}}}]")
    assert every == ["孙浩", "周婷", "徐文博", "马晓雪"]


async def test_filters_range_over_visible_rows(bank: Bank):
    # 孙浩 stands surety for 吴国强: a manager who may see only one of them sees neither tie nor match.
    where = "where: {relations: {some: {type: {eq: GUARANTOR}}}}"
    assert await names(bank, where, user="regional-beijing") == ["孙浩", "吴国强", "单志远", "北京家兴餐饮管理有限公司"]
    assert await names(bank, where, user="manager-haidian") == []


async def test_filters_not_is_two_valued(bank: Bank):
    # 100037 has no name: a name that is not "王磊" is not unknown, it is different.
    assert await names(bank, 'where: {name: {startsWith: "王"}}') == ["王建国", "王磊", "王子涵"]
    others = await names(bank, 'first: 100, where: {not: {name: {startsWith: "王"}}}')
    assert len(others) == 41
    assert "100037" in others


async def test_filters_tell_absent_from_null(bank: Bank):
    assert await names(bank, "where: {name: null}") == ["100037"]
    assert await names(bank, "where: {name: {isNull: true}}") == ["100037"]
    assert len(await names(bank, "first: 100, where: {name: {}}")) == 44
    assert len(await names(bank, "first: 100, where: {}")) == 44


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ("{customerNo: {in: []}}", 0),
        ("{customerNo: {notIn: []}}", 44),
        ("{or: []}", 0),
        ("{and: []}", 44),
        ("{not: {or: []}}", 44),
        ("{not: {and: []}}", 0),
    ],
)
async def test_filters_over_nothing(bank: Bank, where: str, count: int):
    assert len(await names(bank, f"first: 100, where: {where}")) == count


async def test_filters_are_capped(bank: Bank):
    many = ", ".join('{customerNo: {eq: "1"}}' for _ in range(101))
    code, message = await bank.refusal(f"{{ customers(where: {{or: [{many}]}}) {{ totalCount }} }}")
    assert (code, message) == (TOO_COMPLEX, "The filters hold more than 100 conditions.")


async def test_filters_by_a_withheld_field_are_forbidden(bank: Bank):
    code, message = await bank.refusal(
        '{ customers(where: {birthOn: {lt: "1990-01-01"}}) { totalCount } }', user="teller-wangjing"
    )
    assert (code, message) == (FORBIDDEN, "where.birthOn: Person.birthOn is withheld from you.")


# Order


async def test_order_of_chinese_names_is_by_pinyin_and_nulls_come_last(bank: Bank):
    ordered = await names(bank, "first: 100, orderBy: {field: NAME}", user="manager-haidian")
    assert ordered == ["宋建平", "吴国强", "赵敏", "赵欣怡", "郑玉兰"]
    assert (await names(bank, "last: 1, orderBy: {field: NAME}")) == ["100037"]
    assert (await names(bank, "last: 1, orderBy: {field: NAME, direction: DESC}")) == ["100037"]


async def test_order_is_total(bank: Bank):
    query = """query ($after: String) { customers(first: 7, after: $after, orderBy: {field: STATE}) {
               nodes { id state } pageInfo { endCursor hasNextPage } } }"""
    seen: list[tuple[str, int]] = []
    after, more = None, True
    while more:
        page = (await bank.ask(query, after=after))["customers"]
        seen += [(node["state"], int(node["id"].removeprefix("cus_"))) for node in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert len(seen) == 44
    assert seen == sorted(seen)


async def test_order_by_related_rows_goes_through_edges_to_one(bank: Bank):
    ordered = await names(bank, "first: 3, orderBy: [{field: BRANCH_BRANCH_NO}, {field: CUSTOMER_NO, direction: DESC}]")
    assert ordered == ["北京家兴餐饮管理有限公司", "邓朝阳", "曾雅琴"]
    values = built_schema().schema.type_map["CustomerOrderField"].values  # pyright: ignore
    assert not [value for value in values if value.startswith(("LOANS", "ACCOUNTS", "CARDS"))]


async def test_order_by_a_withheld_field_is_forbidden(bank: Bank):
    code, _ = await bank.refusal(
        "{ customers(orderBy: {field: BIRTH_ON}) { totalCount nodes { id } } }", user="teller-wangjing"
    )
    assert code is FORBIDDEN
    code, _ = await bank.refusal("{ customers(orderBy: {field: BIRTH_ON}) { totalCount } }", user="teller-wangjing")
    assert code is FORBIDDEN


# Cursors


CURSORS = """query ($order: [CustomerOrderBy!], $after: String) {
    customers(first: 2, orderBy: $order, after: $after) { edges { cursor node { displayName } } } }"""


def inside(cursor: str) -> list[str]:
    """What a cursor holds; clients need not know."""
    return json.loads(base64.b64decode(cursor))


async def test_cursors_over_a_personal_column_hold_the_id_alone(bank: Bank):
    by_name = [{"field": "NAME"}]
    edges = (await bank.ask(CURSORS, order=by_name))["customers"]["edges"]
    assert len(inside(edges[0]["cursor"])) == 2
    assert edges[0]["node"]["displayName"] not in base64.b64decode(edges[0]["cursor"]).decode()
    following = (await bank.ask(CURSORS, order=by_name, after=edges[0]["cursor"]))["customers"]["edges"]
    assert following[0] == edges[1]


async def test_cursors_of_other_orders_are_refused_before_sql(bank: Bank):
    edges = (await bank.ask(CURSORS, order=[{"field": "CUSTOMER_NO"}]))["customers"]["edges"]
    code, message = await bank.refusal(CURSORS, order=[{"field": "NAME"}], after=edges[0]["cursor"])
    assert code is INVALID
    assert message == "after is a cursor of another list or order; take it from an answer to this query."


@pytest.mark.parametrize("cursor", ["", "nonsense", "W10=", "bnVsbA==", "WyJhIiwgW11d", "…"])
async def test_cursors_that_are_none_are_refused_before_sql(bank: Bank, cursor: str):
    code, message = await bank.refusal(CURSORS, after=cursor)
    assert code is INVALID
    assert message.startswith("after is ")


async def test_cursors_of_a_hidden_row_tell_nothing(bank: Bank):
    """Whether the row is outside the reader's scope or gone, the refusal is the same."""
    edges = (await bank.ask(CURSORS, order=[{"field": "NAME"}]))["customers"]["edges"]
    signature = inside(edges[0]["cursor"])[0]
    said = set()
    for row_id in ("1", "999999"):
        cursor = base64.b64encode(json.dumps([signature, row_id]).encode()).decode()
        said.add(await stale(bank, cursor))
    assert said == {(INVALID, "The row that the cursor stands on is gone; start again from the first page.")}


async def stale(bank: Bank, cursor: str) -> tuple[ProblemCode, str]:
    """The refusal of a cursor that only the database can judge."""
    from domain.shared.problem import Problem
    from resolvers.context import GraphQLRequest

    variables = {"order": [{"field": "NAME"}], "after": cursor}
    request = GraphQLRequest(CURSORS, variables, None, await bank.reader("manager-xuhui"))
    said = set()
    for execute in (bank.engine.execute, bank.engine.execute_batched):
        with pytest.raises(Problem) as refused:
            await execute(bank.database, request)
        said.add((refused.value.code, refused.value.message))
    (one,) = said
    return one


# Scope intervals


@pytest.mark.parametrize(("branches", "padded"), [(1, 1), (2, 2), (3, 4), (4, 4), (5, ARRAY)])
async def test_scope_intervals_are_padded_and_beyond_four_an_array(bank: Bank, branches: int, padded: int):
    reader = await bank.reader("analyst")
    # Outlets and sub-branches that lie apart in the tree, so that their positions never merge.
    known = await bank.ask("{ branches(first: 100, where: {level: {in: [SUB_BRANCH, OUTLET]}}) { nodes { id } } }")
    rows = known["branches"]["nodes"][:branches]
    async with bank.database.read() as connection:
        ids = [int(row["id"].removeprefix("bra_")) for row in rows]
        positions = await connection.fetch("SELECT position FROM ketu.branch WHERE id = ANY($1) ORDER BY position", ids)
    scope = Scope(intervals=tuple((row["position"], row["position"]) for row in positions))
    assert shape_of(scope).interval_count == padded
    narrow = Reader(reader.subject, dict.fromkeys(reader.scope_of, scope), smallest_cell=1)
    data = await bank.ask("{ customers { totalCount } }", reader=narrow)
    async with bank.database.read() as connection:
        count = await connection.fetchval("SELECT count(*) FROM ketu.customer WHERE branch_id = ANY($1)", ids)
    assert count > 0
    assert data["customers"]["totalCount"] == str(count)


@pytest.mark.parametrize("branches", [1, 5])
async def test_scope_intervals_guard_a_field_of_one_type_beside_an_edge_of_all(bank: Bank, branches: int):
    reader = await bank.reader("analyst")
    known = await bank.ask("{ branches(first: 100, where: {level: {in: [SUB_BRANCH, OUTLET]}}) { nodes { id } } }")
    ids = [row["id"] for row in known["branches"]["nodes"]][:branches]
    async with bank.database.read() as connection:
        numbers = [int(each.removeprefix("bra_")) for each in ids]
        positions = await connection.fetch("SELECT position FROM ketu.branch WHERE id = ANY($1)", numbers)
    scope = Scope(intervals=tuple((row["position"], row["position"]) for row in positions))
    scopes = dict.fromkeys(reader.scope_of, Scope(is_everything=True)) | {Permission.CUSTOMER_BIRTH_ON_READ: scope}
    data = await bank.ask(
        """{ customers(first: 100, where: {kind: {eq: PERSON}}) { nodes {
             branch { id } contactPoints { totalCount } ... on Person { birthOn } } } }""",
        reader=Reader(reader.subject, scopes, smallest_cell=1),
    )
    shown = {node["branch"]["id"] for node in data["customers"]["nodes"] if node["birthOn"] is not None}
    assert shown
    assert shown <= set(ids)


# Errors before SQL, whatever the statement needs


@pytest.mark.parametrize(
    ("where", "part"),
    [
        ('{id: {eq: "cus_"}}', "__typename"),
        ('{id: {eq: "cus_", isNull: null}}', "totalCount"),
        ('{name: {contains: "x"}, or: []}', "nodes { id }"),
    ],
)
async def test_bad_input_is_refused_where_the_statement_does_without_it(bank: Bank, where: str, part: str):
    code, _ = await bank.refusal(f"{{ customers(where: {where}) {{ {part} }} }}")
    assert code is INVALID


# Lists as parameters


async def test_lists_are_one_typed_array_parameter(bank: Bank):
    query = "query ($numbers: [String!]) { customers(where: {customerNo: {in: $numbers}}) { totalCount } }"
    for numbers, count in (([], "0"), (["100001"], "1"), (["100001", "100002", "no such"], "2")):
        data = await bank.ask(query, user="manager-chaoyang", numbers=numbers)
        assert data["customers"]["totalCount"] == count
    assert len(set(bank.statements)) == 1
    assert "= ANY" in bank.statements[0]


async def test_lists_are_capped_and_refuse_nulls(bank: Bank):
    query = "query ($numbers: [String!]) { customers(where: {customerNo: {in: $numbers}}) { totalCount } }"
    code, message = await bank.refusal(query, numbers=["1"] * 1_001)
    assert (code, message) == (INVALID, "where.customerNo.in has 1001 members; at most 1000 are taken.")
    code, message = await bank.refusal(query, numbers=["1", None])
    assert code is INVALID
    assert "$numbers" in message


# Limits


async def test_limits_of_one_bucket_share_a_plan(bank: Bank):
    query = "query ($size: Int) { customers(first: $size) { nodes { id } } }"
    for size in (11, 15, 19):
        assert len((await bank.ask(query, size=size))["customers"]["nodes"]) == size
    assert len(set(bank.statements)) == 1
    assert len((await bank.ask(query, size=50))["customers"]["nodes"]) == 44
    assert len(set(bank.statements)) == 2


@pytest.mark.parametrize("size", [-1, 101])
async def test_limits_out_of_bounds_are_refused(bank: Bank, size: int):
    code, message = await bank.refusal("query ($size: Int) { customers(first: $size) { nodes { id } } }", size=size)
    assert (code, message) == (INVALID, f"first is {size}; it goes from 0 to 100.")


# Aggregates


async def test_aggregates_are_per_currency(bank: Bank):
    data = await bank.ask(
        "{ loans { aggregates { count amount { currency count sum avg min max } } } }", user="regional-shanghai"
    )
    assert data["loans"]["aggregates"] == [
        {
            "count": "5",
            "amount": [
                {
                    "currency": "CNY",
                    "count": "4",
                    "sum": "3540000.00",
                    "avg": "885000.00",
                    "min": "60000.00",
                    "max": "3200000.00",
                },
                {
                    "currency": "USD",
                    "count": "1",
                    "sum": "500000.00",
                    "avg": "500000.00",
                    "min": "500000.00",
                    "max": "500000.00",
                },
            ],
        }
    ]


async def test_aggregates_keep_the_null_group(bank: Bank):
    data = await bank.ask(
        "{ customers { aggregates(groupBy: [{field: MANAGER}]) { key { manager { name } } count } } }",
        user="regional-shanghai",
    )
    groups = data["customers"]["aggregates"]
    assert groups[-1] == {"key": {"manager": None}, "count": "2"}
    assert sum(int(group["count"]) for group in groups) == 21


async def test_aggregates_are_guarded(bank: Bank):
    body = await bank.answer("{ accounts { aggregates { count balance { sum } } } }", user="teller-wangjing")
    assert body == {
        "data": {"accounts": {"aggregates": [{"count": "3", "balance": []}]}},
        "extensions": {"withheld": ["Account.balance"]},
    }


async def test_aggregates_cap_their_groups(bank: Bank):
    query = "query ($n: Int) { products { aggregates(groupBy: [{field: CATEGORY}], first: $n) { count } } }"
    assert len((await bank.ask(query, user="teller-xuhui", n=2))["products"]["aggregates"]) == 2
    code, message = await bank.refusal(query, n=1_001)
    assert (code, message) == (INVALID, "first is 1001; groups go from 0 to 1000.")
    code, message = await bank.refusal("{ loans { aggregates(first: -1) { count } } }")
    assert (code, message) == (INVALID, "first is -1; groups go from 0 to 1000.")


async def test_aggregates_suppress_small_cells_where_policy_asks(bank: Bank):
    bank.policy = replace(load_policy(), smallest_cells={"head_office_analyst": 5})
    query = "{ customers { totalCount aggregates(groupBy: [{field: STATE}]) { key { state } count } } }"
    data = await bank.ask(query)
    assert data["customers"] == {
        "totalCount": "44",
        "aggregates": [{"key": {"state": "ACTIVE"}, "count": "38"}],
    }
    few = await bank.ask('{ customers(where: {customerNo: {startsWith: "9"}}) { totalCount aggregates { count } } }')
    assert few["customers"] == {"totalCount": None, "aggregates": []}
    bank.policy = replace(load_policy(), smallest_cells={})
    groups = (await bank.ask(query))["customers"]["aggregates"]
    assert {"key": {"state": "DEREGISTERED"}, "count": "1"} in groups


# Numbers, money, time


async def test_numbers_money_and_time_keep_their_digits(own_bank: Bank):
    await change(
        own_bank,
        "ALTER TABLE ketu.loan DISABLE TRIGGER USER",
        "UPDATE ketu.loan SET amount = 9999999999999999.90, created_at = '2026-01-02 03:04:05.6+08' WHERE id = 1",
    )
    data = await own_bank.ask(
        '{ node(id: "loa_1") { ... on Loan { termMonths createdAt grantedOn amount { amount currency } } } }'
    )
    assert data["node"] == {
        "termMonths": 240,
        "createdAt": "2026-01-01T19:04:05.600000Z",
        "grantedOn": "2019-09-20",
        "amount": {"amount": "9999999999999999.90", "currency": "CNY"},
    }


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e3", True])
async def test_numbers_are_digits(bank: Bank, value: object):
    code, message = await bank.refusal(
        "query ($least: Decimal) { loans(where: {amount: {amount: {gte: $least}}}) { totalCount } }", least=value
    )
    assert code is INVALID
    assert "Decimal is written in digits" in message


# Enums


async def test_enums_are_their_stored_names(bank: Bank):
    query = "query ($states: [LoanState!]) { loans(first: 100, where: {state: {in: $states}}) { nodes { state } } }"
    data = await bank.ask(query, states=["DEFAULTED", "REPAID"])
    assert sorted(node["state"] for node in data["loans"]["nodes"]) == ["DEFAULTED", "REPAID", "REPAID"]
    code, message = await bank.refusal(query, states=["defaulted"])
    assert code is INVALID
    assert "'defaulted' does not exist" in message


# Search from one character up


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ('name: {startsWith: "单"}', ["单志远"]),
        ('nameInitials: {startsWith: "z"}', ["张伟", "张雨桐", "赵敏", "赵欣怡", "周婷", "郑玉兰", "朱德胜", "曾雅琴"]),
        ('nameSortKey: {startsWith: "zhang w"}', ["张伟"]),
        ('name: {contains: "志远"}', ["单志远"]),
        ('name: {startsWith: "%"}', []),
        ('name: {startsWith: "_"}', []),
        (r'name: {startsWith: "\\"}', []),
    ],
)
async def test_search_from_one_character_up(bank: Bank, where: str, found: list[str]):
    assert await names(bank, f"where: {{{where}}}") == found


async def test_search_reads_surnames_as_surnames(bank: Bank):
    assert await names(bank, 'where: {nameInitials: {startsWith: "zyq"}}') == ["曾雅琴"]
    assert await names(bank, 'where: {nameSortKey: {startsWith: "shan "}}') == ["单志远"]


async def test_search_within_a_name_needs_two_characters(bank: Bank):
    code, message = await bank.refusal('{ customers(where: {name: {contains: "远"}}) { totalCount } }')
    assert code is INVALID
    assert message == "where.name.contains needs at least 2 characters; use startsWith for fewer."


# Errors


async def test_errors_a_failing_statement_fails_the_operation_in_both_executions(own_bank: Bank):
    from domain.shared.problem import Problem
    from resolvers.context import GraphQLRequest

    await change(own_bank, "ALTER TABLE ketu.loan RENAME TO elsewhere")
    request = GraphQLRequest("{ viewer { username } loans { totalCount } }", {}, None, await own_bank.reader("analyst"))
    for execute in (own_bank.engine.execute, own_bank.engine.execute_batched):
        with pytest.raises(Problem) as failed:
            await execute(own_bank.database, request)
        assert failed.value.code is ProblemCode.INTERNAL
        assert failed.value.message == "Something went wrong on our side."


@pytest.mark.parametrize(
    "node_id", ["", "cus", "cus_", "cus_01", "cus_-1", "cus_1 ", "xxx_1", "cus_１", "1", "cus_9999999999999999999"]
)
async def test_errors_bad_ids_fail_before_sql(bank: Bank, node_id: str):
    code, message = await bank.refusal("query ($id: ID!) { node(id: $id) { id } }", id=node_id)
    assert (code, message) == (
        INVALID,
        "id is not an id of this graph. Ids are opaque: use them as they were received.",
    )


async def test_errors_an_id_of_another_type_fails_before_sql(bank: Bank):
    code, message = await bank.refusal('{ customer(id: "acc_1") { id } }')
    assert (code, message) == (INVALID, "id is the id of another type; an id of Customer is expected.")


# Envelope


async def test_envelope_splices_data_introspection_and_extensions(bank: Bank):
    body = await bank.answer(
        '{ __type(name: "Money") { kind } customer(id: "cus_6") { age: __typename ... on Person { birthOn } } }',
        user="teller-wangjing",
    )
    assert body == {
        "data": {"__type": {"kind": "OBJECT"}, "customer": {"age": "Person", "birthOn": None}},
        "extensions": {"withheld": ["Person.birthOn"]},
    }
    assert list(body["data"]) == ["__type", "customer"]


# Timeouts and GET are shown at the endpoint: tests/schema/test_endpoint.py. Staging a slow page:


async def test_staging_a_slow_page_is_not_done_by_defer(bank: Bank):
    code, message = await bank.refusal("{ viewer { username } ... @defer { customers { totalCount } } }")
    assert code is INVALID
    assert message == "Unknown directive '@defer'."
