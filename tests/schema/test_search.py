"""Search: what is found by what somebody types, in which order, counted and logged; nothing of the text is kept."""

import json
import random
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from factories.api import Api, error_of
from factories.bank import KEY_RING, Bank, change
from factories.journals import entries, watched

from domain.search.model import SearchKind, SearchMatch
from domain.search.text import folded
from domain.shared.identifier import IdentifierKind
from domain.shared.problem import Problem, ProblemCode
from resolvers.context import GraphQLRequest
from resolvers.engine.parameters import Request

pytestmark = pytest.mark.anyio

SEARCH = """query Find($text: SearchText!, $first: Int, $kinds: [SearchKind!]) {
  search(text: $text, first: $first, kinds: $kinds) { hasMore hits { matchedOn node { id } } } }"""
RESIDENT_ID = "110105196203140311"


async def found(bank: Bank, text: str, user: str = "service-agent", **options: Any) -> list[tuple[str, str]]:
    """How and what; both executions agree."""
    body = await bank.answer(SEARCH, user=user, text=text, **options)
    return [(hit["matchedOn"], hit["node"]["id"]) for hit in body["data"]["search"]["hits"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Names, from one character up.
        ("孙", [("NAME_START", "cus_11")]),
        ("王建国", [("NAME", "cus_1")]),
        (" 王 建·国 ", [("NAME", "cus_1")]),
        ("建国", [("NAME_PART", "cus_1")]),
        # Pinyin with and without spaces, initials, and anything between.
        ("wang jianguo", [("PINYIN", "cus_1")]),
        ("WangJianG", [("PINYIN", "cus_1")]),
        ("wjg", [("INITIALS", "cus_1")]),
        ("w jianguo", [("INITIALS", "cus_1")]),
        ("wangjguo", [("INITIALS", "cus_1")]),
        ("ｗｊｇ", [("INITIALS", "cus_1")]),
        # Surnames with a reading of their own: 单 is shan, 曾 zeng.
        ("shanzhi", [("PINYIN", "cus_29")]),
        ("zengyaqin", [("PINYIN", "cus_30")]),
        # Foreign names.
        ("david miller", [("NAME", "cus_31")]),
        ("MILLER", [("NAME_PART", "cus_31")]),
        # Numbers.
        ("100001", [("NUMBER", "cus_1")]),
        ("１０ ００-０１", [("NUMBER", "cus_1")]),
        (RESIDENT_ID, [("CERTIFICATE", "cus_1")]),
        ("110105 19620314 0311", [("CERTIFICATE", "cus_1")]),
        ("19900020260", [("PHONE", "cus_1")]),
        ("+86 199-0002-0260", [("PHONE", "cus_1")]),
        ("621000000031337", [("ACCOUNT_NUMBER", "cus_1"), ("ACCOUNT_NUMBER", "cus_2"), ("ACCOUNT_NUMBER", "acc_1")]),
        ("6229990001000042423", [("CARD_NUMBER", "cus_1"), ("CARD_NUMBER", "car_1")]),
        ("0311", [("CERTIFICATE_END", "cus_1")]),
        ("2423", [("CARD_NUMBER_END", "cus_1"), ("CARD_NUMBER_END", "car_1")]),
        # Nothing but the whole of it.
        (RESIDENT_ID[:-1], []),
        ("1101**********0311", []),
        # What means nothing finds nothing.
        ("", []),
        (" ", []),
        ("-", []),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("%_\\", []),
        ("🦊", []),
        ("x" * 100, []),
    ],
)
async def test_customers_and_what_they_hold(bank: Bank, text: str, expected: list[tuple[str, str]]):
    kinds = ["CUSTOMER", "ACCOUNT", "CARD"]
    assert await found(bank, text, kinds=kinds, first=50) == expected


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("BRANCH", "北京朝阳支行", [("NAME", "bra_3")]),
        ("BRANCH", "朝阳", [("NAME_PART", "bra_3")]),
        ("BRANCH", "bjcy", [("INITIALS", "bra_3")]),
        ("BRANCH", "beijingchao", [("PINYIN", "bra_3")]),
        ("STAFF", "钟毅", [("NAME", "sta_1")]),
        ("STAFF", "zhongyi", [("PINYIN", "sta_1")]),
        ("STAFF", "s0001", [("NUMBER", "sta_1")]),
        ("PRODUCT", "d001", [("NUMBER", "pro_1")]),
        ("PRODUCT", "存款", [("NAME_PART", "pro_2"), ("NAME_PART", "pro_1")]),
        ("TICKET", "t20260512001", [("NUMBER", "tic_1")]),
        ("HOUSEHOLD", "王子涵", [("MEMBER", "hou_1")]),
        ("HOUSEHOLD", "wangz", [("MEMBER", "hou_1")]),
    ],
)
async def test_everything_else(bank: Bank, kind: str, text: str, expected: list[tuple[str, str]]):
    assert await found(bank, text, "auditor" if kind == "STAFF" else "regional-beijing", kinds=[kind]) == expected


async def test_the_best_come_first_and_of_equals_the_readers_own(own_bank: Bank):
    await change(own_bank, *(f"""
        INSERT INTO ketu.customer (kind, state, customer_no, name, name_sort_key, name_initials, branch_id, position,
            manager_id)
        SELECT 'PERSON', 'ACTIVE', '{number}', '{name}', '{pinyin}', '{initials}', branch_id, position, {manager}
        FROM ketu.customer WHERE id = 1""" for number, name, pinyin, initials, manager in (
            ("7800001", "安平", "an ping", "ap", "manager_id"),
            ("7800002", "安平", "an ping", "ap", "NULL"),
            ("7800003", "安平一", "an ping yi", "apy", "NULL"),
            ("7800004", "安平丁", "an ping ding", "apd", "manager_id"),
            ("7800005", "长安平", "chang an ping", "cap", "manager_id"),
            ("7800006", "啊平", "a ping", "ap", "manager_id"),
        )))  # fmt: skip
    data = await own_bank.ask(
        """query ($text: SearchText!) { search(text: $text, kinds: [CUSTOMER]) { hits { matchedOn
             node { ... on Customer { customerNo } } } } }""",
        user="rm-chaoyang-1", text="安平",
    )  # fmt: skip
    shown = [(hit["matchedOn"], hit["node"]["customerNo"]) for hit in data["search"]["hits"]]
    assert shown == [("NAME", "7800001"), ("NAME_START", "7800004"), ("NAME_PART", "7800005")]
    everything = await own_bank.ask(
        """query ($text: SearchText!) { search(text: $text, kinds: [CUSTOMER]) { hits { matchedOn
             node { ... on Customer { customerNo } } } } }""",
        user="manager-chaoyang", text="安平",
    )  # fmt: skip
    shown = [(hit["matchedOn"], hit["node"]["customerNo"]) for hit in everything["search"]["hits"]]
    assert shown == [
        ("NAME", "7800001"), ("NAME", "7800002"), ("NAME_START", "7800003"), ("NAME_START", "7800004"),
        ("NAME_PART", "7800005"),
    ]  # fmt: skip


async def test_names_are_found_as_they_are_now(own_bank: Bank):
    await change(own_bank, "UPDATE ketu.customer SET name = '欧阳建国' WHERE id = 1")
    assert ("NAME_START", "cus_1") in await found(own_bank, "欧阳", kinds=["CUSTOMER"])
    assert ("NAME_PART", "cus_1") in await found(own_bank, "阳建", kinds=["CUSTOMER"])
    await change(own_bank, "UPDATE ketu.customer SET name = NULL WHERE id = 1")
    assert await found(own_bank, "阳建", kinds=["CUSTOMER"]) == []


async def test_every_kind_and_every_match_is_there(bank: Bank):
    shown = await bank.ask('{ __type(name: "SearchMatch") { enumValues { name } } }')
    assert [value["name"] for value in shown["__type"]["enumValues"]] == [match.name for match in SearchMatch]
    shown = await bank.ask('{ __type(name: "SearchKind") { enumValues { name } } }')
    assert [value["name"] for value in shown["__type"]["enumValues"]] == [kind.name for kind in SearchKind]


# How much


async def test_a_page_says_whether_there_is_more(bank: Bank):
    for first, count, more in ((0, 0, True), (1, 1, True), (2, 2, True), (3, 3, False), (50, 3, False)):
        body = await bank.answer(SEARCH, user="service-agent", text="王", kinds=["CUSTOMER"], first=first)
        search = body["data"]["search"]
        assert (len(search["hits"]), search["hasMore"]) == (count, more)
    assert await found(bank, "王", kinds=[]) == []


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"text": "王" * 101}, "text has 101 characters"),
        ({"text": "王" * 300_000}, "text has 300000 characters"),
        ({"text": "王", "first": 51}, "first is 51"),
        ({"text": "王", "first": -1}, "first is -1"),
        ({"text": None}, "$text"),
        ({"text": 110105196203140311}, "SearchText is written as text"),
        ({"text": ["王建国"]}, "SearchText is written as text"),
        ({"text": "王\0"}, "text"),
    ],
)
async def test_what_cannot_be_searched_for_is_refused(bank: Bank, variables: dict[str, Any], named: str):
    code, message = await bank.refusal(SEARCH, **variables)
    assert code is ProblemCode.INVALID_REQUEST
    assert named in message
    assert "王" not in message
    assert "1101051962" not in message


@pytest.mark.parametrize(
    "query",
    ['{ search(text: "王建国") { hasMore } }', 'query ($t: SearchText! = "王建国") { search(text: $t) { hasMore } }'],
)
async def test_texts_do_not_stand_in_documents(bank: Bank, query: str):
    code, message = await bank.refusal(query)
    assert code is ProblemCode.INVALID_REQUEST
    assert "variables" in message
    assert "王" not in message


async def test_addresses_hold_no_texts(api: Api):
    headers = (await api.post()).request.headers
    variables = json.dumps({"text": "王建国"})
    answer = await api.client.get("/graphql", params={"query": SEARCH, "variables": variables}, headers=headers)
    _, code, message = error_of(answer)
    assert code == "INVALID_REQUEST"
    assert "POST" in message


# Who may


async def test_a_kind_out_of_reach_is_named_and_a_number_that_may_not_be_looked_up_is_not_found(bank: Bank):
    body = await bank.answer(SEARCH, user="analyst", text="T2026")
    assert body["extensions"] == {"withheld": ["Ticket"]}
    assert await found(bank, "621000000031337", "analyst", kinds=["ACCOUNT", "CUSTOMER"]) == []
    # What the masks show may be looked for without it.
    ends = await found(bank, "1337", "analyst", kinds=["ACCOUNT"])
    assert ends == [("ACCOUNT_NUMBER_END", "acc_1")]


async def test_what_is_out_of_sight_is_not_found(bank: Bank):
    for text in ("王建国", "wangjianguo", "wjg", "建国", "100001", RESIDENT_ID, "19900020260", "0311"):
        assert await found(bank, text, "rm-pudong-1") == [], text
        assert ("cus_1") in [row for _, row in await found(bank, text, "rm-chaoyang-1")], text


async def test_only_visible_members_lead_to_a_household(own_bank: Bank):
    # One of a family of Chaoyang moves to Pudong.
    await change(
        own_bank,
        "UPDATE ketu.customer SET (branch_id, position, manager_id) = "
        "(SELECT branch_id, position, manager_id FROM ketu.customer WHERE name = '陈志明') WHERE id = 5",
    )
    assert await found(own_bank, "王子涵", "rm-chaoyang-1") == []
    assert await found(own_bank, "王建国", "rm-chaoyang-1") == [("NAME", "cus_1"), ("MEMBER", "hou_1")]


# What is kept


async def test_a_whole_number_counts_once_and_is_logged_wherever_it_is_looked_for(own_bank: Bank, tmp_path: Path):
    async with watched(own_bank, tmp_path, searches=2) as (bank, database):
        for text in ("王建国", "wjg", "0311", "100001", "621000"):
            await asked(bank, text)
        for text in (RESIDENT_ID, "621000000031337"):
            await asked(bank, text)
        with pytest.raises(Problem, match="2 identifiers on a business date") as caught:
            await asked(bank, "19900020260")
        assert caught.value.code is ProblemCode.FORBIDDEN
        await asked(bank, "王建国")
        logged = await entries(bank)
        searched = [json.loads(entry["details"]).get("searched", {}) for entry in logged if entry["details"]]
        index = KEY_RING.blind_index(IdentifierKind.RESIDENT_ID, RESIDENT_ID).hex()
        assert [sorted(each) for each in searched if each] == [
            ["Account.number", "Card.number", "IdentityDocument.number"],
            ["Account.number", "Card.number"],
            ["ContactPoint.value"],
        ]
        by_certificate = next(each for each in searched if "IdentityDocument.number" in each)
        assert index in by_certificate["IdentityDocument.number"][0]
        assert next(entry["customer_ids"] for entry in logged if entry["kind"] == "ACCESS") == [1]
        kept = [repr(bank.engine.plans._trees), repr(bank.engine.documents._known.keys())]
        kept += [str(entry) for entry in logged]
        # The text goes to the database as a parameter: where it may be a number, as a blind index besides.
        for text in ("王建国", "wjg", RESIDENT_ID, "621000000031337", "19900020260"):
            assert not any(text in each for each in kept)
        assert database.sent


async def asked(bank: Bank, text: str) -> dict[str, Any]:
    """One execution."""
    reader = await bank.reader("service-agent")
    request = GraphQLRequest(SEARCH, {"text": text}, None, reader, request_id="r1")
    return json.loads((await bank.engine.execute(bank.database, request)).body)["data"]


async def test_a_search_costs_one_statement(bank: Bank):
    bank.statements.clear()
    await found(bank, "wang")
    assert len(bank.statements) == 1, bank.statements


# How it is found


@pytest.mark.parametrize("user", ["service-agent", "rm-chaoyang-1"])
@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("王", "customer_name_search_idx"),
        ("王一百二十", "customer_name_search_idx"),
        ("wang", "customer_name_sort_key_search_idx"),
        ("wjg", "customer_name_initials_id_idx"),
        ("wjiang", "customer_name_initials_id_idx"),
        ("公司", "customer_name_part_part_customer_id_idx"),
        ("780", "customer_customer_no_search_idx"),
        ("0311", "identity_document_number_last4_customer_id_idx"),
    ],
)
async def test_among_many_customers_an_index_finds_them(grown_bank: Bank, user: str, text: str, index: str):
    reader = await grown_bank.reader(user)
    request = GraphQLRequest(SEARCH, {"text": text}, None, reader)
    operation, variables = grown_bank.engine.read(request)
    plan = grown_bank.engine.plan(operation, variables, reader.shape)
    parameters = plan.parameters(Request(variables, reader))
    connection = await asyncpg.connect(grown_bank.url)
    try:
        (text_,) = (await connection.fetchrow(f"EXPLAIN (ANALYZE, FORMAT JSON) {plan.statement}", *parameters)) or ()
    finally:
        await connection.close()
    nodes = list(_nodes(json.loads(text_)[0]["Plan"]))
    steps = {
        f"{node['Node Type']} {node.get('Index Name', node.get('Relation Name', ''))}": _rows(node) for node in nodes
    }
    assert not {f"Seq Scan {table}" for table in LARGE} & steps.keys()
    assert max(steps.values()) <= 700, steps
    if user == "service-agent":
        assert any(step.endswith(index) for step in steps), steps


LARGE = {"customer", "customer_name_part", "identity_document"}


def _nodes(node: dict[str, Any]) -> Any:
    yield node
    for each in node.get("Plans", []):
        yield from _nodes(each)


def _rows(node: dict[str, Any]) -> float:
    """Rows that a step looked at."""
    return (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]


@pytest.fixture
async def grown_bank(own_bank: Bank) -> Bank:
    """The sample bank with 20,000 customers more, many of whom are called alike."""
    await change(
        own_bank,
        """INSERT INTO ketu.customer (kind, state, customer_no, name, name_sort_key, name_initials, branch_id, position,
               manager_id)
           SELECT 'PERSON', 'ACTIVE', (7800000 + n)::text,
               CASE n % 4 WHEN 0 THEN '王' || n || '公司' WHEN 1 THEN '王' || n
                    WHEN 2 THEN '李建' || n ELSE '张' || n END,
               CASE n % 4 WHEN 0 THEN 'wang ' || n || ' gong si' WHEN 1 THEN 'wang jian' || n || ' g'
                    WHEN 2 THEN 'li jian ' || n ELSE 'zhang ' || n END,
               CASE n % 4 WHEN 0 THEN 'w' || left(n::text, 1) || 'gs' WHEN 1 THEN 'wjg'
                    WHEN 2 THEN 'lj' ELSE 'z' || left(n::text, 1) END,
               branch.id, branch.position, staff.id
           FROM generate_series(1, 20000) AS n
           JOIN ketu.branch ON branch.id = 2 + n % 8
           LEFT JOIN ketu.staff ON staff.id = 1 + n % 300""",
        """INSERT INTO ketu.identity_document (customer_id, type, number_last4)
           SELECT id, 'RESIDENT_ID', CASE WHEN id % 5 = 0 THEN '0311' ELSE lpad((id % 10000)::text, 4, '0') END
           FROM ketu.customer WHERE customer_no LIKE '78_____'""",
        "ANALYZE ketu.customer, ketu.customer_name_part, ketu.identity_document",
    )
    return own_bank


async def test_a_text_has_the_same_key_in_the_database_as_here(bank: Bank):
    chance = random.Random(7)
    letters = "abzAZ09王单é-'’·.,()/‐\t \nＡ１Ⅷ"
    texts = ["", " ", "wang xiao ming", "100001", "a-1", "A1", *letters]
    texts += ["".join(chance.choices(letters, k=chance.randint(1, 8))) for _ in range(500)]
    connection = await asyncpg.connect(bank.url)
    found = await connection.fetch("SELECT ketu.search_key(text) AS key FROM unnest($1::text[]) AS text", texts)
    await connection.close()
    assert [row["key"] for row in found] == [folded(text) for text in texts]
