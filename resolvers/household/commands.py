"""Making households, and changing who belongs to them. Members out of reach are neither touched nor told of."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current
from domain.command.model import Outcome, invalid_input, not_found, not_permitted
from domain.household import service
from domain.household.model import HouseholdRole
from resolvers.customer.reach import customers_to_change, includes, theirs_to_change
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

READ, CHANGE = Permission.HOUSEHOLD_READ, Permission.HOUSEHOLD_CHANGE
HOUSEHOLD = "SELECT id FROM ketu.household WHERE id = $1 FOR UPDATE"
MEMBERS = """
    SELECT member.id AS member_id, member.role, member.household_id, customer.*
    FROM ketu.household_member AS member JOIN ketu.customer AS customer ON customer.id = member.customer_id
    WHERE member.household_id = $1 ORDER BY member.id
"""
MOST_MEMBERS = 50


async def _create(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    members: dict[int, HouseholdRole] = {}
    named: dict[int, tuple[str, ...]] = {}
    if not 0 < len(given["members"]) <= MOST_MEMBERS:
        raise invalid_input(f"A household has 1 to {MOST_MEMBERS} members.", "input", "members")
    for place, each in enumerate(given["members"]):
        path = ("input", "members", str(place), "customerId")
        customer_id = context.row_id("Customer", each["customer_id"], *path)
        if customer_id in members:
            raise invalid_input("They are there twice.", *path)
        members[customer_id], named[customer_id] = HouseholdRole[each["role"].name], path
    rows = await customers_to_change(context, named, CHANGE)
    for customer_id, path in named.items():
        _must_be_a_person(rows[customer_id], *path)
    return await service.create(context.connection, members)


async def _add(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    household_id = context.row_id("Household", given["household_id"], "input", "householdId")
    customer_id = context.row_id("Customer", given["customer_id"], "input", "customerId")
    rows = await customers_to_change(context, {customer_id: ("input", "customerId")}, CHANGE)
    _must_be_a_person(rows[customer_id], "input", "customerId")
    members = await _members(context, household_id, "input", "householdId")
    if not any(includes(context, CHANGE, member) for member in members):
        raise not_permitted(f"{CHANGE} does not reach this household.", "input", "householdId")
    return await service.add(context.connection, household_id, customer_id, HouseholdRole[given["role"].name])


async def _remove(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    return await service.remove(context.connection, await _member(context, given))


async def _set_head(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    member = await _member(context, given)
    members = await _members(context, member["household_id"], "input", "id")
    heads = [
        each for each in members if each["role"] == HouseholdRole.HEAD.name and each["id"] != member["customer_id"]
    ]
    for head in heads:
        # That there is a head is no secret: every household has one.
        if not includes(context, CHANGE, head):
            raise not_permitted("Who is the head now is out of your reach.", "input", "id")
    former = {"id": heads[0]["member_id"], "customer_id": heads[0]["id"]} if heads else None
    role = HouseholdRole[given["former_head_role"].name] if given.get("former_head_role") else HouseholdRole.OTHER
    return await service.set_head(context.connection, member, former, role)


async def _dissolve(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    household_id = context.row_id("Household", given["id"], "input", "id")
    members = await _members(context, household_id, "input", "id")
    if not all(includes(context, CHANGE, each) for each in members if _is_seen(context, each)):
        raise not_permitted(f"{CHANGE} does not reach all of its members.", "input", "id")
    leaving = [
        {**each, "id": each["member_id"], "customer_id": each["id"]} for each in members if _is_seen(context, each)
    ]
    return await service.dissolve(context.connection, leaving)


async def _member(context: CommandContext, given: Mapping[str, Any]) -> Any:
    member_id = context.row_id("HouseholdMember", given["id"], "input", "id")
    household_id = await context.connection.fetchval(
        "SELECT household_id FROM ketu.household_member WHERE id = $1", member_id
    )
    await context.connection.execute(HOUSEHOLD, household_id)
    member, _ = await theirs_to_change(context, "household_member", member_id, READ, CHANGE, "input", "id")
    must_be_current(member, given["expected_version"])
    return member


async def _members(context: CommandContext, household_id: int, *path: str) -> list[Any]:
    """The members of a household that the reader sees one of; the household is held. Raises Refusal."""
    await context.connection.execute(HOUSEHOLD, household_id)
    members = await context.connection.fetch(MEMBERS, household_id)
    if not any(_is_seen(context, member) for member in members):
        raise not_found(*path)
    return members


def _is_seen(context: CommandContext, member: Any) -> bool:
    return includes(context, Permission.CUSTOMER_READ, member) and includes(context, READ, member)


def _must_be_a_person(customer: Any, *path: str) -> None:
    if customer["kind"] != "PERSON":
        raise invalid_input("People make a household.", *path)


create = Command("CreateHouseholdPayload", CHANGE, _create)
add = Command("AddHouseholdMemberPayload", CHANGE, _add)
remove = Command("RemoveHouseholdMemberPayload", CHANGE, _remove)
set_head = Command("SetHouseholdHeadPayload", CHANGE, _set_head)
dissolve = Command("DissolveHouseholdPayload", CHANGE, _dissolve)
