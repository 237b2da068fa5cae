"""Giving customers values of custom attributes and taking them away, within the caller's transaction."""

from collections.abc import Mapping
from typing import Any

from domain.attribute.model import LONGEST_VALUE, AttributeState, AttributeType, fault_of_value
from domain.command.checks import must_be_current, written
from domain.command.model import Change, Outcome, invalid_input, not_found

DEFINITION = "SELECT * FROM ketu.attribute_definition WHERE id = $1 FOR SHARE"
HELD = """
    SELECT id, version FROM ketu.customer_attribute
    WHERE customer_id = $1 AND attribute_definition_id = $2 FOR UPDATE
"""
SET = """
    INSERT INTO ketu.customer_attribute (customer_id, attribute_definition_id, type, text_value, number_value,
                                         date_value, boolean_value, choice_value, set_by_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (customer_id, attribute_definition_id) DO UPDATE SET
        text_value = $4, number_value = $5, date_value = $6, boolean_value = $7, choice_value = $8, set_by_id = $9
    RETURNING id, (xmax = 0) AS is_new
"""
CLEAR = "DELETE FROM ketu.customer_attribute WHERE id = $1"
COLUMNS = ("text", "number", "date", "boolean", "choice")


async def set_attribute(
    connection: Any,
    *,
    customer: Any,
    definition_id: int,
    given: Mapping[str, Any],
    expected_version: int | None,
    staff_id: int,
) -> Outcome:
    """A customer has this value from here on, in the place of any other.

    customer  their row, held by the caller
    given     by the type's name in small letters, the values that there are
    """
    definition = await connection.fetchrow(DEFINITION, definition_id)
    if definition is None:
        raise not_found("input", "attributeDefinitionId")
    if definition["state"] != AttributeState.ACTIVE.name:
        raise invalid_input("The attribute is retired.", "input", "attributeDefinitionId")
    if definition["customer_kind"] not in (None, customer["kind"]):
        raise invalid_input("The attribute is not for this kind of customer.", "input", "attributeDefinitionId")
    type_ = AttributeType[definition["type"]]
    if fault := fault_of_value(type_, given):
        raise invalid_input(fault, "input", *given)
    given = {name: written(value, LONGEST_VALUE, "input", name) if name == "text" else value
             for name, value in given.items()}  # fmt: skip
    if type_ is AttributeType.CHOICE and given["choice"] not in definition["choices"]:
        raise invalid_input("It is none of the attribute's choices.", "input", "choice")
    if expected_version is not None:
        held = await connection.fetchrow(HELD, customer["id"], definition_id)
        must_be_current(held or {"version": 0}, expected_version)
    values = [given.get(name) for name in COLUMNS]
    row = await connection.fetchrow(SET, customer["id"], definition_id, type_.name, *values, staff_id)
    action, fields = ("CREATED", ()) if row["is_new"] else ("CHANGED", (f"{type_.name.lower()}Value",))
    change = Change("customer_attribute", row["id"], action, [customer["id"]], fields)
    return Outcome({"customerAttribute": row["id"], "customer": customer["id"]}, [change])


async def clear_attribute(connection: Any, *, customer_id: int, definition_id: int) -> Outcome:
    """A customer has no value of it any more."""
    held = await connection.fetchrow(HELD, customer_id, definition_id)
    if held is None:
        raise not_found("input", "attributeDefinitionId")
    await connection.execute(CLEAR, held["id"])
    return Outcome({"customer": customer_id}, [Change("customer_attribute", held["id"], "DELETED", [customer_id])])
