"""Which custom attributes there are, within the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.attribute.model import LONGEST_VALUE, MOST_CHOICES, AttributeType
from domain.command.checks import must_be_current, written
from domain.command.model import Change, Outcome, invalid_input
from domain.customer.model import CustomerKind
from domain.shared.sort_key import sort_key

DEFINE = """
    INSERT INTO ketu.attribute_definition (name, name_sort_key, meaning, type, state, unit, choices, customer_kind,
                                           defined_by_id)
    VALUES ($1, $2, $3, $4, 'ACTIVE', $5, $6, $7, $8) ON CONFLICT (name) DO NOTHING RETURNING id
"""
CHANGE = "UPDATE ketu.attribute_definition SET meaning = $2, choices = $3 WHERE id = $1"
USED = """
    SELECT choice_value FROM ketu.customer_attribute
    WHERE attribute_definition_id = $1 AND choice_value <> ALL($2) LIMIT 1
"""
RETIRE = "UPDATE ketu.attribute_definition SET state = 'RETIRED' WHERE id = $1"


@dataclass(frozen=True, slots=True)
class NewAttribute:
    """What an attribute is made of."""

    name: str
    meaning: str
    type: AttributeType
    unit: str | None
    choices: Sequence[str]
    customer_kind: CustomerKind | None


async def define_attribute(connection: Any, new: NewAttribute, *, staff_id: int) -> Outcome:
    """There is an attribute of that name from here on. The caller has made sure that who asks may."""
    if new.unit is not None and new.type is not AttributeType.NUMBER:
        raise invalid_input("Only numbers have a unit.", "input", "unit")
    if (new.type is AttributeType.CHOICE) != bool(new.choices):
        raise invalid_input("An attribute of type CHOICE has choices, and no other has.", "input", "choices")
    kind = new.customer_kind and new.customer_kind.name
    definition_id = await connection.fetchval(
        DEFINE, new.name, sort_key(new.name, is_person=False), new.meaning, new.type.name, new.unit,
        _choices(new.choices), kind, staff_id,
    )  # fmt: skip
    if definition_id is None:
        raise invalid_input("There is an attribute of that name.", "input", "name")
    return _told(definition_id, "CREATED")


async def change_attribute(
    connection: Any, definition: Any, *, meaning: str | None, choices: Sequence[str] | None, expected_version: int
) -> Outcome:
    """It means something else, or has other choices; none that a customer has goes.

    definition  its row, locked by the caller
    """
    _must_be_active(definition, expected_version)
    listed = definition["choices"] if choices is None else _choices(choices)
    if choices is not None:
        if bool(listed) != (definition["type"] == AttributeType.CHOICE.name):
            raise invalid_input("An attribute of type CHOICE has choices, and no other has.", "input", "choices")
        if await connection.fetchval(USED, definition["id"], listed) is not None:
            raise invalid_input("Customers have a choice that would be gone; give them another.", "input", "choices")
    await connection.execute(CHANGE, definition["id"], meaning or definition["meaning"], listed)
    changed = [name for name, value in (("meaning", meaning), ("choices", choices)) if value is not None]
    return _told(definition["id"], "CHANGED", *changed)


async def retire_attribute(connection: Any, definition: Any, *, expected_version: int) -> Outcome:
    """No more values of it are taken.

    definition  its row, locked by the caller
    """
    _must_be_active(definition, expected_version)
    await connection.execute(RETIRE, definition["id"])
    return _told(definition["id"], "RETIRED", "state")


def _must_be_active(definition: Any, expected_version: int) -> None:
    must_be_current(definition, expected_version)
    if definition["state"] != "ACTIVE":
        raise invalid_input("The attribute is retired already.", "input", "id")


def _choices(given: Sequence[str]) -> list[str]:
    choices = [written(choice, LONGEST_VALUE, "input", "choices") for choice in given]
    if len(choices) > MOST_CHOICES or len(set(choices)) < len(choices):
        raise invalid_input(f"Give at most {MOST_CHOICES} choices, each once.", "input", "choices")
    return choices


def _told(definition_id: int, action: str, *fields: str) -> Outcome:
    change = Change("attribute_definition", definition_id, action, fields=fields)
    return Outcome({"attributeDefinition": definition_id}, [change])
