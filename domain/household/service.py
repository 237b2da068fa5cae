"""Making households and changing who belongs to them, within the caller's transaction.

A household has one head as long as it has members; what was is kept by the history table of its members.
"""

from collections.abc import Mapping
from typing import Any

from domain.command.model import Change, Outcome, invalid_input
from domain.household.model import HouseholdRole

CREATE = "INSERT INTO ketu.household (evidence, confidence_ratio) VALUES ('{DECLARED}', 1) RETURNING id"
BELONGS = "SELECT household_id FROM ketu.household_member WHERE customer_id = $1"
ADD = "INSERT INTO ketu.household_member (household_id, customer_id, role) VALUES ($1, $2, $3) RETURNING id"
SET_ROLE = "UPDATE ketu.household_member SET role = $2 WHERE id = $1"
REMOVE = "DELETE FROM ketu.household_member WHERE id = $1"
NEXT_HEAD = """
    SELECT id, customer_id FROM ketu.household_member WHERE household_id = $1
    ORDER BY array_position(ARRAY['HEAD', 'PARTNER', 'OTHER', 'CHILD'], role), id LIMIT 1
"""
HEAD = HouseholdRole.HEAD.name


async def create(connection: Any, members: Mapping[int, HouseholdRole]) -> Outcome:
    """A household of customers who belong to none; one of them is its head.

    members  by customer, in the order of the input
    """
    heads = [customer_id for customer_id, role in members.items() if role is HouseholdRole.HEAD]
    if len(heads) != 1:
        raise invalid_input("A household has one head.", "input", "members")
    for place, customer_id in enumerate(members):
        await _must_be_free(connection, customer_id, "input", "members", str(place), "customerId")
    household_id = await connection.fetchval(CREATE)
    for customer_id, role in members.items():
        await connection.execute(ADD, household_id, customer_id, role.name)
    change = Change("household", household_id, "CREATED", list(members), ["members"])
    return Outcome({"household": household_id}, [change])


async def add(connection: Any, household_id: int, customer_id: int, role: HouseholdRole) -> Outcome:
    """One more member."""
    if role is HouseholdRole.HEAD:
        raise invalid_input("A household has one head: add them, then make them the head.", "input", "role")
    await _must_be_free(connection, customer_id, "input", "customerId")
    member_id = await connection.fetchval(ADD, household_id, customer_id, role.name)
    change = Change("household_member", member_id, "CREATED", [customer_id])
    return Outcome({"householdMember": member_id, "household": household_id}, [change])


async def remove(connection: Any, member: Any) -> Outcome:
    """A member less. Where it was the head, another is: a partner, who entered first, a child; nobody is told who."""
    changes = [await _leave(connection, member)]
    return Outcome({"household": member["household_id"], "customer": member["customer_id"]}, changes)


async def set_head(connection: Any, member: Any, former: Any, role: HouseholdRole) -> Outcome:
    """Another member is the head.

    former  the member who was; None where there was none
    role    what they are from here on
    """
    if member["role"] == HEAD:
        raise invalid_input("They are the head already.", "input", "id")
    if role is HouseholdRole.HEAD:
        raise invalid_input("A household has one head.", "input", "formerHeadRole")
    changes = [Change("household_member", member["id"], "CHANGED", [member["customer_id"]], ["role"])]
    if former is not None:
        await connection.execute(SET_ROLE, former["id"], role.name)
        changes.append(Change("household_member", former["id"], "CHANGED", [former["customer_id"]], ["role"]))
    await connection.execute(SET_ROLE, member["id"], HEAD)
    return Outcome({"household": member["household_id"]}, changes)


async def dissolve(connection: Any, members: list[Any]) -> Outcome:
    """All of these members leave their household, the head last."""
    ordered = sorted(members, key=lambda member: (member["role"] == HEAD, member["id"]))
    return Outcome({}, [await _leave(connection, member) for member in ordered])


async def _leave(connection: Any, member: Any) -> Change:
    await connection.execute(REMOVE, member["id"])
    if member["role"] == HEAD:
        following = await connection.fetchrow(NEXT_HEAD, member["household_id"])
        if following is not None:
            await connection.execute(SET_ROLE, following["id"], HEAD)
    return Change("household_member", member["id"], "ENDED", [member["customer_id"]])


async def _must_be_free(connection: Any, customer_id: int, *path: str) -> None:
    if await connection.fetchval(BELONGS, customer_id) is not None:
        raise invalid_input("They belong to a household already: let them leave it first.", *path)
