"""An attack on masks: whoever may not see a number in full learns nothing of its hidden part, whatever they ask.

One number of each kind is exchanged for another with the same mask. Every filter, order, cursor, page, count, group
and aggregate has to answer the same before and after; what asks for the whole number alone may tell them apart.
"""

import base64
import json
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
from factories.bank import KEY_RING, Bank, built_schema
from graphql import GraphQLInputObjectType, is_leaf_type

from domain.shared.identifier import IdentifierKind
from domain.shared.problem import Problem
from resolvers.engine.edges import Many
from resolvers.engine.grouping import groupable
from resolvers.engine.order import orderable

pytestmark = pytest.mark.anyio

SCHEMA, GRAPH = built_schema().schema, built_schema().graph
READERS = ("teller-wangjing", "service-agent", "regional-beijing")
"""Who looks up rows of one outlet, of the bank, and of a region, where they may reveal as well."""
SEARCHED_BY_LAST_FOUR: set[str] = set()
"""Types whose rows are declared to be found by the last four digits alone."""

EXCHANGED = {
    "IdentityDocument": ("identity_document", 6, "number", IdentifierKind.RESIDENT_ID, 5, 9),
    "ContactPoint": ("contact_point", 13, "value", IdentifierKind.PHONE, 4, 6),
    "Account": ("account", 7, "number", IdentifierKind.ACCOUNT_NUMBER, 3, 8),
    "Card": ("card", 6, "number", IdentifierKind.CARD_NUMBER, 6, 12),
    "Lead": ("lead", 10, "phone", IdentifierKind.PHONE, 4, 6),
}
"""By type: table, row, column, kind, and the hidden characters that are exchanged, from and to."""
ROOTS = {
    edge.table: name
    for name, edge in GRAPH.plain["Query"].items()
    if isinstance(edge, Many) and any(edge.table is GRAPH.types[type_].rows.table for type_ in EXCHANGED)
}


def scalars(type_name: str) -> str:
    """Every scalar field of a type."""
    type_: Any = SCHEMA.get_type(type_name)
    return " ".join(name for name, field in type_.fields.items() if is_leaf_type(_bare(field.type)))


def _bare(type_: Any) -> Any:
    return getattr(type_, "of_type", type_)


def test_nothing_but_the_whole_of_a_sealed_value_can_be_asked_about():
    """Masks, last four digits, blind indexes and cipher texts stand in no filter, order, group or figure."""
    for name in EXCHANGED:
        node = GRAPH.types[name]
        parts = {"Masked", "BlindIndex", "Cipher"} | (set() if name in SEARCHED_BY_LAST_FOUR else {"Last4"})
        derived = {
            kind: SCHEMA.get_type(f"{name}{kind}")
            for kind in ("Where", "Aggregate", "GroupKey", "OrderField", "GroupField")
        }
        for kind, type_ in derived.items():
            names = getattr(type_, "fields", None) or getattr(type_, "values", {})
            flat = {each.replace("_", "").lower() for each in names}
            for identifier in node.rows.identifiers:
                asked = {f"{identifier.name.replace('_', '')}{part}".lower() for part in parts}
                assert not flat & asked, f"{name}{kind}"
                if kind != "Where":
                    assert identifier.name not in flat
    filter_type = SCHEMA.get_type("IdentifierFilter")
    assert isinstance(filter_type, GraphQLInputObjectType)
    assert set(filter_type.fields) == {"is"}


def guesses(number: str, mask: str) -> Iterator[str]:
    """Parts, patterns and shapes of a number: everything but the whole of it."""
    for length in sorted({1, 3, 6, len(number) - 4, len(number) - 1}):
        yield number[:length]
        yield number[-length:]
    yield from ("%", "_" * len(number), f"{number[:6]}%", f"%{number[6:]}", f"^{number[:4]}.*", "*", mask)
    yield mask.replace("*", "_")
    yield mask.replace("*", "?")
    yield f"{number}' OR '1'='1"
    yield f"{number}\u0661"


def battery(type_name: str, number: str, mask: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Questions about the rows of a type, without the whole number."""
    root, node = ROOTS[GRAPH.types[type_name].rows.table], GRAPH.types[type_name]
    column = EXCHANGED[type_name][2]
    shown = f"totalCount edges {{ cursor node {{ {scalars(type_name)} }} }} pageInfo {{ startCursor endCursor }}"
    for key in orderable(GRAPH, node):
        for direction in ("ASC", "DESC"):
            yield f"{{ {root}(first: 100, orderBy: {{field: {key}, direction: {direction}}}) {{ {shown} }} }}", {}
    measured: Any = SCHEMA.get_type(f"{type_name}Aggregate")
    fitting = {"per": ", per: YEAR", "bands": ', bands: ["1", "5"]', None: ""}
    for key, grouping in groupable(GRAPH, node).items():
        yield f"{{ {root} {{ aggregates(groupBy: {{field: {key}{fitting[grouping.needs]}}}) {{ count }} }} }}", {}
    assert "count" in measured.fields
    looked_up = f"""query ($n: Identifier) {{
        is: {root}(first: 100, where: {{{column}: {{is: $n}}}}) {{ {shown} aggregates {{ count }} }}
        isnt: {root}(first: 100, where: {{not: {{{column}: {{is: $n}}}}}}) {{ {shown} aggregates {{ count }} }} }}"""
    for guess in guesses(number, mask):
        yield looked_up, {"n": guess}


async def stored(bank: Bank, type_name: str) -> tuple[str, str]:
    """The number that the bank holds, and its mask."""
    table, row_id, column, kind, *_ = EXCHANGED[type_name]
    connection = await asyncpg.connect(bank.url)
    row = await connection.fetchrow(
        f"SELECT {column}_cipher AS cipher, {column}_masked AS mask FROM ketu.{table} WHERE id = $1", row_id
    )
    await connection.close()
    return KEY_RING.open(kind, row["cipher"]), row["mask"]


async def told(bank: Bank, query: str, user: str, **given: Any) -> dict[str, Any]:
    """What somebody gets to read; a refusal, where they may not order by a field, for one."""
    try:
        return await bank.answer(query, user=user, **given)
    except Problem as problem:
        return {"refused": f"{problem.code} {problem.message}"}


async def exchange(bank: Bank, type_name: str) -> None:
    """Give the row another number with the same mask, as if it had always been its own."""
    number, _ = await stored(bank, type_name)
    table, row_id, column, kind, first, last = EXCHANGED[type_name]
    digits = "".join(str((int(digit) + 3) % 10) for digit in number[first:last])
    columns = KEY_RING.sealed(column, kind, number[:first] + digits + number[last:])
    connection = await asyncpg.connect(bank.url)
    await connection.execute("SET ketu.resealing = 'on'")
    listed = ", ".join(f"{name} = ${n}" for n, name in enumerate(columns, start=2))
    await connection.execute(f"UPDATE ketu.{table} SET {listed} WHERE id = $1", row_id, *columns.values())
    await connection.close()


@pytest.mark.parametrize("type_name", EXCHANGED)
async def test_no_question_tells_numbers_of_one_mask_apart(own_bank: Bank, type_name: str):
    number, mask = await stored(own_bank, type_name)
    asked = [(user, query, given) for query, given in battery(type_name, number, mask) for user in READERS]

    async def answers() -> list[dict[str, Any]]:
        return [await told(own_bank, query, user, **given) for user, query, given in asked]

    before = await answers()
    assert any(mask in json.dumps(answer, ensure_ascii=False) for answer in before), "nobody saw the row"
    await exchange(own_bank, type_name)
    other, same_mask = await stored(own_bank, type_name)
    assert (same_mask, other != number) == (mask, True)
    for question, was, now in zip(asked, before, await answers(), strict=True):
        assert was == now, question
    # The whole number alone tells them apart: the attack looks where there is something to see.
    root, column = ROOTS[GRAPH.types[type_name].rows.table], EXCHANGED[type_name][2]
    whole = f"query ($n: Identifier) {{ {root}(where: {{{column}: {{is: $n}}}}) {{ totalCount }} }}"
    counts = [(await own_bank.ask(whole, user="service-agent", n=each))[root]["totalCount"] for each in (number, other)]
    assert counts == ["0", "1"]


async def test_no_answer_or_cursor_holds_a_number_or_its_index(bank: Bank):
    for type_name in EXCHANGED:
        number, mask = await stored(bank, type_name)
        kind = EXCHANGED[type_name][3]
        index = KEY_RING.blind_index(kind, number)
        forms = {number, index.hex(), base64.b64encode(index).decode()}
        for query, given in battery(type_name, number, mask):
            if given:
                continue
            for user in READERS:
                body = json.dumps(await told(bank, query, user), ensure_ascii=False)
                assert not any(form in body for form in forms), query
                for cursor in _cursors(json.loads(body)):
                    assert not any(form in base64.b64decode(cursor).decode() for form in forms), query


def _cursors(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, member in value.items():
            if key in ("cursor", "startCursor", "endCursor") and member is not None:
                yield member
            else:
                yield from _cursors(member)
    elif isinstance(value, list):
        for member in value:
            yield from _cursors(member)
