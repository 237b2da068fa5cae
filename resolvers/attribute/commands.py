"""Saying which custom attributes there are, and giving customers values of them."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.attribute.definitions import NewAttribute, change_attribute, define_attribute, retire_attribute
from domain.attribute.model import LONGEST_MEANING, LONGEST_NAME, LONGEST_UNIT, AttributeType
from domain.attribute.service import COLUMNS, clear_attribute, set_attribute
from domain.command.checks import written, written_if_given
from domain.command.model import Outcome, not_found
from domain.customer.model import CustomerKind
from resolvers.customer.reach import customer_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

DEFINITION = "SELECT * FROM ketu.attribute_definition WHERE id = $1 FOR UPDATE"


async def _define(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    kind = given.get("customer_kind")
    new = NewAttribute(
        name=written(given["name"], LONGEST_NAME, "input", "name"),
        meaning=written(given["meaning"], LONGEST_MEANING, "input", "meaning"),
        type=AttributeType[given["type"].name],
        unit=written_if_given(given.get("unit"), LONGEST_UNIT, "input", "unit"),
        choices=given.get("choices") or (),
        customer_kind=CustomerKind[kind.name] if kind else None,
    )
    return await define_attribute(context.connection, new, staff_id=context.staff_id)


async def _change(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    return await change_attribute(
        context.connection,
        await _definition(context, given),
        meaning=written_if_given(given.get("meaning"), LONGEST_MEANING, "input", "meaning"),
        choices=given.get("choices"),
        expected_version=given["expected_version"],
    )


async def _retire(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    definition = await _definition(context, given)
    return await retire_attribute(context.connection, definition, expected_version=given["expected_version"])


async def _definition(context: CommandContext, given: Mapping[str, Any]) -> Any:
    definition_id = context.row_id("AttributeDefinition", given["id"], "input", "id")
    definition = await context.connection.fetchrow(DEFINITION, definition_id)
    if definition is None:
        raise not_found("input", "id")
    return definition


async def _set(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer, definition_id = await _named(context, given)
    values = {name: given[name] for name in COLUMNS if given.get(name) is not None}
    return await set_attribute(
        context.connection,
        customer=customer,
        definition_id=definition_id,
        given=values,
        expected_version=given.get("expected_version"),
        staff_id=context.staff_id,
    )


async def _clear(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer, definition_id = await _named(context, given)
    return await clear_attribute(context.connection, customer_id=customer["id"], definition_id=definition_id)


async def _named(context: CommandContext, given: Mapping[str, Any]) -> tuple[Any, int]:
    customer_id = context.row_id("Customer", given["customer_id"], "input", "customerId")
    customer = await customer_in_reach(context, customer_id, Permission.CUSTOMER_ATTRIBUTE_SET, "input", "customerId")
    path = ("input", "attributeDefinitionId")
    return customer, context.row_id("AttributeDefinition", given["attribute_definition_id"], *path)


define = Command("DefineAttributePayload", Permission.ATTRIBUTE_DEFINITION_DEFINE, _define)
change = Command("ChangeAttributePayload", Permission.ATTRIBUTE_DEFINITION_DEFINE, _change)
retire = Command("RetireAttributePayload", Permission.ATTRIBUTE_DEFINITION_DEFINE, _retire)
set_value = Command("SetCustomerAttributePayload", Permission.CUSTOMER_ATTRIBUTE_SET, _set)
clear = Command("ClearCustomerAttributePayload", Permission.CUSTOMER_ATTRIBUTE_SET, _clear)
