"""Custom attributes: made, changed and retired by administrators; set and cleared for customers."""

from typing import Any

import asyncpg
import pytest
from factories.bank import SINCE, Bank

from tests.schema.test_mutations import carried_out, refused, rows

pytestmark = pytest.mark.anyio

SHOWN = "errors { __typename ... on MutationError { path } } isReplay"
DEFINITION = "attributeDefinition { id version name type state unit choices customerKind definedBy { id } }"
DEFINE = f"""mutation ($input: DefineAttributeInput!, $key: String, $dry: Boolean) {{
  defineAttribute(input: $input, idempotencyKey: $key, dryRun: $dry) {{ {DEFINITION} {SHOWN} }} }}"""
CHANGE = f"mutation ($input: ChangeAttributeInput!) {{ changeAttribute(input: $input) {{ {DEFINITION} {SHOWN} }} }}"
RETIRE = f"mutation ($input: RetireAttributeInput!) {{ retireAttribute(input: $input) {{ {DEFINITION} {SHOWN} }} }}"
VALUE = """customerAttribute { version type textValue numberValue dateValue booleanValue choiceValue
  definition { id } setBy { id } }"""
SET = f"""mutation ($input: SetCustomerAttributeInput!, $key: String, $dry: Boolean) {{
  setCustomerAttribute(input: $input, idempotencyKey: $key, dryRun: $dry) {{ {VALUE} {SHOWN} }} }}"""
CLEAR = f"""mutation ($input: ClearCustomerAttributeInput!) {{ clearCustomerAttribute(input: $input) {{
  customer {{ attributes {{ totalCount }} }} {SHOWN} }} }}"""
NEW = {"name": "爱车", "meaning": "开什么车", "type": "TEXT"}
NOTHING = {
    "textValue": None, "numberValue": None, "dateValue": None, "booleanValue": None, "choiceValue": None,
}  # fmt: skip
CHANGES = (
    f"SELECT concept, customer_ids, details->>'action' AS action FROM audit.event WHERE {SINCE} AND kind = 'CHANGE'"
)


def error(payload: dict[str, Any]) -> tuple[str, str]:
    """Type and last step of the path of the only error."""
    (only,) = payload["errors"]
    return only["__typename"], only["path"][-1]


async def test_an_attribute_is_made_changed_and_retired(own_bank: Bank):
    given = NEW | {"name": " 车型 ", "type": "CHOICE", "choices": ["轿车", " 越野车 "], "customerKind": "PERSON"}
    payload = await carried_out(own_bank, DEFINE, "administrator", input=given, key="k")
    made = {
        "id": "atd_7", "version": 1, "name": "车型", "type": "CHOICE", "state": "ACTIVE", "unit": None,
        "choices": ["轿车", "越野车"], "customerKind": "PERSON", "definedBy": {"id": "sta_2"},
    }  # fmt: skip
    assert payload == {"attributeDefinition": made, "errors": [], "isReplay": False}
    assert (await carried_out(own_bank, DEFINE, "administrator", input=given, key="k"))["isReplay"]
    assert error(await carried_out(own_bank, DEFINE, "administrator", input=given)) == ("InvalidInput", "name")
    more = {"id": "atd_7", "expectedVersion": 1, "choices": ["轿车", "越野车", "皮卡"]}
    changed = await carried_out(own_bank, CHANGE, "administrator", input=more)
    assert changed["attributeDefinition"] == made | {"version": 2, "choices": ["轿车", "越野车", "皮卡"]}
    assert error(await carried_out(own_bank, CHANGE, "administrator", input=more)) == ("Conflict", "expectedVersion")
    gone = {"id": "atd_7", "expectedVersion": 2}
    retired = await carried_out(own_bank, RETIRE, "administrator", input=gone)
    assert retired["attributeDefinition"]["state"] == "RETIRED"
    twice = await carried_out(own_bank, RETIRE, "administrator", input=gone | {"expectedVersion": 3})
    assert error(twice) == ("InvalidInput", "id")
    assert [row["action"] for row in await rows(own_bank, CHANGES)] == ["CREATED", "CHANGED", "RETIRED"]


@pytest.mark.parametrize(
    ("query", "given", "wanted"),
    [
        (DEFINE, NEW | {"name": " "}, ("InvalidInput", "name")),
        (DEFINE, NEW | {"name": "x" * 41}, ("InvalidInput", "name")),
        (DEFINE, NEW | {"meaning": ""}, ("InvalidInput", "meaning")),
        (DEFINE, NEW | {"unit": "人"}, ("InvalidInput", "unit")),
        (DEFINE, NEW | {"choices": ["a"]}, ("InvalidInput", "choices")),
        (DEFINE, NEW | {"type": "CHOICE"}, ("InvalidInput", "choices")),
        (DEFINE, NEW | {"type": "CHOICE", "choices": ["a", " a"]}, ("InvalidInput", "choices")),
        (DEFINE, NEW | {"type": "CHOICE", "choices": [f"{n}" for n in range(201)]}, ("InvalidInput", "choices")),
        (CHANGE, {"id": "atd_99", "expectedVersion": 1}, ("NotFound", "id")),
        (CHANGE, {"id": "atd_5", "expectedVersion": 1, "choices": ["稳健", "进取"]}, ("InvalidInput", "choices")),
        (CHANGE, {"id": "atd_5", "expectedVersion": 1, "choices": []}, ("InvalidInput", "choices")),
        (CHANGE, {"id": "atd_1", "expectedVersion": 1, "choices": ["a"]}, ("InvalidInput", "choices")),
        (CHANGE, {"id": "atd_6", "expectedVersion": 1, "meaning": "x"}, ("InvalidInput", "id")),
        (RETIRE, {"id": "atd_99", "expectedVersion": 1}, ("NotFound", "id")),
    ],
)
async def test_nothing_else_becomes_of_attributes(
    own_bank: Bank, query: str, given: dict[str, Any], wanted: tuple[str, str]
):
    assert error(await carried_out(own_bank, query, "administrator", input=given)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.attribute_definition WHERE id > 6 OR version > 1") == []


@pytest.mark.parametrize(
    ("definition", "given", "shown"),
    [
        ("atd_1", {"text": " 钓鱼 "}, {"type": "TEXT", "textValue": "钓鱼"}),
        ("atd_4", {"boolean": False}, {"type": "BOOLEAN", "booleanValue": False}),
        ("atd_5", {"choice": "稳健"}, {"type": "CHOICE", "choiceValue": "稳健"}),
    ],
)
async def test_a_value_is_set_changed_and_cleared(
    own_bank: Bank, definition: str, given: dict[str, Any], shown: dict[str, Any]
):
    asked = {"customerId": "cus_4", "attributeDefinitionId": definition}
    payload = await carried_out(own_bank, SET, "rm-chaoyang-1", input=asked | given, key="k")
    value = NOTHING | shown | {"version": 1, "definition": {"id": definition}, "setBy": {"id": "sta_9"}}
    assert payload == {"customerAttribute": value, "errors": [], "isReplay": False}
    again = await carried_out(own_bank, SET, "manager-chaoyang", input=asked | given | {"expectedVersion": 1})
    assert again["customerAttribute"] == value | {"version": 2, "setBy": {"id": "sta_5"}}
    late = await carried_out(own_bank, SET, "rm-chaoyang-1", input=asked | given | {"expectedVersion": 1})
    assert error(late) == ("Conflict", "expectedVersion")
    cleared = await carried_out(own_bank, CLEAR, "rm-chaoyang-1", input=asked)
    assert cleared == {"customer": {"attributes": {"totalCount": "0"}}, "errors": [], "isReplay": False}
    gone = await carried_out(own_bank, CLEAR, "rm-chaoyang-1", input=asked)
    assert error(gone) == ("NotFound", "attributeDefinitionId")
    assert await rows(own_bank, CHANGES) == [
        {"concept": "customer_attribute", "customer_ids": [4], "action": action}
        for action in ("CREATED", "CHANGED", "DELETED")
    ]


async def test_numbers_and_days_of_an_organisation(own_bank: Bank):
    asked = {"customerId": "cus_43"}
    number = asked | {"attributeDefinitionId": "atd_2", "number": "12.5", "expectedVersion": 0}
    payload = await carried_out(own_bank, SET, "manager-chaoyang", input=number)
    assert payload["customerAttribute"]["numberValue"] == "12.500000"
    day = asked | {"attributeDefinitionId": "atd_3", "date": "2027-01-31"}
    payload = await carried_out(own_bank, SET, "manager-chaoyang", input=day, dry=True)
    assert payload["customerAttribute"]["dateValue"] == "2027-01-31"
    query = '{ customers(where: {attributes: {some: {numberValue: {gt: "12"}}}}) { nodes { id } } }'
    found = (await own_bank.ask(query, user="manager-chaoyang"))["customers"]["nodes"]
    assert found == [{"id": "cus_43"}]
    assert await rows(own_bank, "SELECT FROM ketu.customer_attribute WHERE id > 11") == []


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("rm-chaoyang-1", {"customerId": "cus_6", "text": "x"}, ("NotFound", "customerId")),
        ("rm-chaoyang-1", {"attributeDefinitionId": "atd_99", "text": "x"}, ("NotFound", "attributeDefinitionId")),
        ("rm-chaoyang-1", {"attributeDefinitionId": "atd_6", "text": "x"}, ("InvalidInput", "attributeDefinitionId")),
        ("rm-chaoyang-1", {"attributeDefinitionId": "atd_2", "number": 1}, ("InvalidInput", "attributeDefinitionId")),
        ("rm-chaoyang-1", {"text": " "}, ("InvalidInput", "text")),
        ("rm-chaoyang-1", {"number": 1}, ("InvalidInput", "number")),
        ("rm-chaoyang-1", {"text": "x", "number": 1}, ("InvalidInput", "number")),
        ("rm-chaoyang-1", {}, ("InvalidInput", "input")),
        ("data-steward", {"attributeDefinitionId": "atd_5", "choice": "激进"}, ("InvalidInput", "choice")),
        (
            "data-steward",
            {"customerId": "cus_41", "attributeDefinitionId": "atd_2", "number": "0.0000001"},
            ("InvalidInput", "number"),
        ),
        (
            "data-steward",
            {"customerId": "cus_41", "attributeDefinitionId": "atd_2", "number": "1000000000000000000"},
            ("InvalidInput", "number"),
        ),
        (
            "data-steward",
            {"customerId": "cus_41", "attributeDefinitionId": "atd_3", "date": "0001-01-02"},
            ("InvalidInput", "date"),
        ),
        ("service-agent", {"text": "x"}, ("FORBIDDEN", "")),
    ],
)
async def test_no_other_value_is_set(own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]):
    asked = {"customerId": "cus_1", "attributeDefinitionId": "atd_1"} | given
    if wanted[0] == "FORBIDDEN":
        assert "customer_attribute:set" in (await refused(own_bank, SET, user, input=asked)).message
    else:
        assert error(await carried_out(own_bank, SET, user, input=asked)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.customer_attribute WHERE id > 10 OR version > 1") == []


@pytest.mark.parametrize("user", ["data-steward", "manager-chaoyang", "security-officer"])
async def test_nobody_but_administrators_makes_attributes(own_bank: Bank, user: str):
    assert "attribute_definition:define" in (await refused(own_bank, DEFINE, user, input=NEW)).message


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ketu.customer_attribute SET text_value = NULL WHERE id = 1",
        "UPDATE ketu.customer_attribute SET number_value = 1 WHERE id = 1",
        "UPDATE ketu.customer_attribute SET type = 'NUMBER', text_value = NULL, number_value = 1 WHERE id = 1",
        "UPDATE ketu.attribute_definition SET type = 'DATE' WHERE id = 1",
    ],
)
async def test_the_database_keeps_a_value_in_the_column_of_its_type(own_bank: Bank, statement: str):
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await rows(own_bank, statement)
