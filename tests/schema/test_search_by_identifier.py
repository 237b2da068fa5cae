"""Looking rows up by whole numbers: within a reach of its own, counted, logged, and the number kept nowhere."""

import json
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from factories.api import Api, error_of
from factories.bank import KEY_RING, Bank
from factories.journals import entries, watched

from domain.shared.identifier import IdentifierKind
from domain.shared.problem import Problem, ProblemCode
from resolvers.context import GraphQLRequest
from resolvers.engine.parameters import Request

pytestmark = pytest.mark.anyio

BY_DOCUMENT = """query ByDocument($number: Identifier) {
  customers(where: {identityDocuments: {some: {number: {is: $number}}}}) { nodes { id } } }"""
BY_CONTACT = "query ($number: Identifier) { contactPoints(where: {value: {is: $number}}) { nodes { id } } }"
BY_ACCOUNT = "query ($number: Identifier) { accounts(where: {number: {is: $number}}) { nodes { id } totalCount } }"
BY_CARD = "query ($number: Identifier) { cards(where: {number: {is: $number}}) { nodes { id } } }"
RESIDENT_ID = "110105196203140311"


async def found(bank: Bank, query: str, number: str, user: str = "service-agent") -> list[str]:
    """The ids of what is found; both executions agree."""
    (rows,) = (await bank.ask(query, user=user, number=number)).values()
    return [row["id"] for row in rows["nodes"]]


@pytest.mark.parametrize(
    ("query", "number", "ids"),
    [
        (BY_DOCUMENT, RESIDENT_ID, ["cus_1"]),
        (BY_DOCUMENT, " 110105 19620314 0311 ", ["cus_1"]),
        (BY_CONTACT, "19900020260", ["con_2"]),
        (BY_CONTACT, "+86 199-0002-0260", ["con_2"]),
        (BY_CONTACT, "Wang.Jianguo@Example.CN", ["con_3"]),
        (BY_CONTACT, "建国路88号3单元501室", ["con_1", "con_4"]),
        (BY_ACCOUNT, "6210 0000 0031 337", ["acc_1"]),
        (BY_CARD, "6229990001000042423", ["car_1"]),
        # Nothing but the whole of it.
        (BY_DOCUMENT, RESIDENT_ID[:-1], []),
        (BY_DOCUMENT, "1101**********0311", []),
        (BY_DOCUMENT, "%", []),
        (BY_CARD, "2423", []),
        (BY_ACCOUNT, "6229990001000042423", []),
    ],
)
async def test_rows_are_found_by_the_whole_number_in_any_spelling(bank: Bank, query: str, number: str, ids: list[str]):
    assert sorted(await found(bank, query, number)) == ids


async def test_conditions_on_numbers_go_with_all_others(bank: Bank):
    query = """query ($one: Identifier, $other: Identifier) { customers(orderBy: {field: CUSTOMER_NO}, where: {
        or: [{identityDocuments: {some: {number: {is: $one}}}}, {cards: {some: {number: {is: $other}}}}]
        not: {contactPoints: {some: {value: {is: $one}}}} }) { totalCount nodes { id } } }"""
    data = await bank.ask(query, user="service-agent", one=RESIDENT_ID, other="6229990008000697791")
    assert data["customers"] == {"totalCount": "2", "nodes": [{"id": "cus_1"}, {"id": "cus_2"}]}


async def test_what_is_out_of_sight_is_not_found(bank: Bank):
    assert await found(bank, BY_DOCUMENT, RESIDENT_ID, "rm-pudong-1") == []
    assert await found(bank, BY_DOCUMENT, RESIDENT_ID, "rm-chaoyang-1") == ["cus_1"]


@pytest.mark.parametrize(("user", "query"), [("integrator", BY_ACCOUNT), ("analyst", BY_CARD)])
async def test_it_takes_a_permission_of_its_own(bank: Bank, user: str, query: str):
    code, message = await bank.refusal(query, user=user, number="621000000031337")
    assert code is ProblemCode.FORBIDDEN
    assert ":search" in message
    assert "621000" not in message


async def test_its_reach_may_be_less_than_that_of_the_rows(own_bank: Bank):
    connection = await asyncpg.connect(own_bank.url)
    # Sees the bank's accounts as an analyst, and looks up those of one outlet as a teller.
    await connection.execute(
        "INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) "
        "SELECT account.id, 'head_office_analyst', 1 FROM ketu.user_account AS account "
        "WHERE username = 'teller-wangjing'"
    )
    await connection.close()
    numbers = {"acc_1": "621000000031337"}
    sees = "{ accounts(first: 100) { nodes { id } } }"
    seen = {row["id"] for row in (await own_bank.ask(sees, user="teller-wangjing"))["accounts"]["nodes"]}
    assert set(numbers) <= seen
    assert await found(own_bank, BY_ACCOUNT, numbers["acc_1"], "teller-wangjing") == []
    negated = BY_ACCOUNT.replace("{number: {is: $number}}", "{not: {number: {is: $number}}}").replace(
        "(where", "(first: 100, where"
    )
    assert set(await found(own_bank, negated, numbers["acc_1"], "teller-wangjing")) == seen


# Where the number must not stand


@pytest.mark.parametrize(
    "query",
    [
        '{ accounts(where: {number: {is: "621000000031337"}}) { totalCount } }',
        'query ($n: Identifier = "621000000031337") { accounts(where: {number: {is: $n}}) { totalCount } }',
        'query ($n: AccountWhere = {number: {is: "621000000031337"}}) { accounts(where: $n) { totalCount } }',
        "{ accounts(where: {number: {is: 621000000031337}}) { totalCount } }",
        '{ accounts(where: {number: "621000000031337"}) { totalCount } }',
    ],
)
async def test_numbers_do_not_stand_in_documents(bank: Bank, query: str):
    code, message = await bank.refusal(query, user="service-agent")
    assert code is ProblemCode.INVALID_REQUEST
    assert "621000" not in message


@pytest.mark.parametrize(
    "variables",
    [{"number": 621000000031337}, {"number": ["621000000031337"]}, {"number": "6210000000" * 21}, {"number": " "},
     {"number": None}],
)  # fmt: skip
async def test_what_cannot_be_a_number_is_refused_without_repeating_it(bank: Bank, variables: dict[str, Any]):
    code, message = await bank.refusal(BY_ACCOUNT, user="service-agent", **variables)
    assert code is ProblemCode.INVALID_REQUEST
    assert "621000" not in message


async def test_a_condition_that_is_null_is_none(bank: Bank):
    query = "query ($where: AccountWhere) { accounts(where: $where) { totalCount } }"
    for where in ({"number": None}, {"number": {"is": None}}):
        code, _ = await bank.refusal(query, user="service-agent", where=where)
        assert code is ProblemCode.INVALID_REQUEST


async def test_a_payload_looks_nothing_up(bank: Bank):
    query = """mutation ($number: Identifier) {
      endAccess(input: {id: "gra_1", expectedVersion: 1}) {
        grant { customer { accounts(where: {number: {is: $number}}) { totalCount } } } } }"""
    request = GraphQLRequest(query, {"number": "621000000031337"}, None, await bank.reader("manager-chaoyang"))
    with pytest.raises(Problem, match="in a query"):
        await bank.engine.execute(bank.database, request)


async def asked(bank: Bank, number: str, query: str = BY_DOCUMENT, **variables: Any) -> dict[str, Any]:
    """One execution by the auditor."""
    reader = await bank.reader("service-agent")
    request = GraphQLRequest(query, {"number": number, **variables}, None, reader, request_id="r1")
    return json.loads((await bank.engine.execute(bank.database, request)).body)["data"]


async def test_only_its_blind_index_leaves_the_process(own_bank: Bank, tmp_path: Path):
    async with watched(own_bank, tmp_path) as (bank, database):
        for number in (RESIDENT_ID, "110105 19620314 0312"):
            await asked(bank, number)
        assert any("number_blind_index" in text for text in database.sent)
        index = KEY_RING.blind_index(IdentifierKind.RESIDENT_ID, RESIDENT_ID)
        assert any(repr(index) in text for text in database.sent), "parameters are not looked at"
        kept = [*database.sent, repr(bank.engine.plans._trees), repr(bank.engine.documents._known.keys())]
        kept += [str(entry) for entry in await entries(bank)]
        assert not any(number in text for text in kept for number in (RESIDENT_ID, "19620314 0312"))
        # One plan serves every number.
        assert bank.engine.plans._count == 1


async def test_the_log_says_that_a_number_was_searched_and_whom_it_found(own_bank: Bank, tmp_path: Path):
    async with watched(own_bank, tmp_path) as (bank, _):
        await asked(bank, RESIDENT_ID)
        await asked(bank, "000000000000000000")
        await asked(bank, " 110105196203140311")
        one, nobody, again = await entries(bank)
        assert [entry["customer_ids"] for entry in (one, nobody, again)] == [[1], [], [1]]
        assert {entry["kind"] for entry in (one, nobody, again)} == {"ACCESS"}
        told = json.loads(one["details"])["searched"]
        index = KEY_RING.blind_index(IdentifierKind.RESIDENT_ID, RESIDENT_ID).hex()
        assert list(told) == ["IdentityDocument.number"]
        assert index in told["IdentityDocument.number"][0]
        assert told == json.loads(again["details"])["searched"] != json.loads(nobody["details"])["searched"]


async def test_numbers_are_counted_against_a_quota_each(own_bank: Bank, tmp_path: Path):
    async with watched(own_bank, tmp_path, searches=3) as (bank, _):
        two = """query ($number: Identifier, $other: Identifier) {
          accounts(where: {or: [{number: {is: $number}}, {number: {is: $other}}]}) { totalCount nodes { id } }
          cards { totalCount } }"""
        assert (await asked(bank, "621000000031337", two, other="621001000136066"))["accounts"]["totalCount"] == "2"
        with pytest.raises(Problem, match="3 identifiers on a business date") as caught:
            await asked(bank, RESIDENT_ID, two, other="1")
        assert caught.value.code is ProblemCode.FORBIDDEN
        await asked(bank, RESIDENT_ID)
        with pytest.raises(Problem, match="3 identifiers"):
            await asked(bank, RESIDENT_ID)
        kinds = [entry["kind"] for entry in await entries(bank)]
        assert kinds == ["ACCESS", "DENIAL", "ACCESS", "DENIAL"]
        # What looks nothing up goes on.
        assert (await asked(bank, "", "{ customers { totalCount } }"))["customers"]


async def test_addresses_hold_no_numbers(api: Api):
    variables = json.dumps({"number": RESIDENT_ID})
    headers = (await api.post()).request.headers
    answer = await api.client.get("/graphql", params={"query": BY_DOCUMENT, "variables": variables}, headers=headers)
    _, code, message = error_of(answer)
    assert code in ("INVALID_REQUEST", "FORBIDDEN")
    assert RESIDENT_ID not in message


# How it is found


@pytest.mark.parametrize(
    ("table", "column", "query"),
    [
        ("identity_document", "number", BY_DOCUMENT),
        ("contact_point", "value", BY_CONTACT),
        ("account", "number", BY_ACCOUNT),
        ("card", "number", BY_CARD),
    ],
)
async def test_among_many_rows_the_index_finds_it(own_bank: Bank, table: str, column: str, query: str):
    connection = await asyncpg.connect(own_bank.url)
    try:
        copied = await connection.fetch(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'ketu' AND table_name = $1 "
            "AND column_name NOT IN ('id', 'source_key', $2)",
            table, f"{column}_blind_index",
        )  # fmt: skip
        names = ", ".join(row["column_name"] for row in copied)
        await connection.execute(
            f"INSERT INTO ketu.{table} ({names}, {column}_blind_index) SELECT {names}, sha256(n::text::bytea) "
            f"FROM (SELECT * FROM ketu.{table} LIMIT 1) AS one, generate_series(1, 20000) AS n"
        )
        await connection.execute(f"ANALYZE ketu.{table}")
        reader = await own_bank.reader("service-agent")
        request = GraphQLRequest(query, {"number": RESIDENT_ID}, None, reader)
        operation, variables = own_bank.engine.read(request)
        plan = own_bank.engine.plan(operation, variables, reader.shape)
        parameters = plan.parameters(Request(variables, reader))
        explained = "\n".join(row[0] for row in await connection.fetch(f"EXPLAIN {plan.statement}", *parameters))
    finally:
        await connection.close()
    assert f"{table}_{column}_blind_index_idx" in explained, explained
