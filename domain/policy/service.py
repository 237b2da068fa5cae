"""The life of a version of the policy: proposed by one person, approved or refused by another."""

from collections.abc import Collection
from typing import Any

from domain.audit.model import EventKind
from domain.command.checks import must_be_current
from domain.command.model import Change, Outcome, conflict, invalid_input, not_found, not_permitted
from domain.policy.model import PolicyLine, PolicyState
from domain.policy.repository import add_lines

FIRST_REASON = "The policy that came with the software."

FIRST = """
    INSERT INTO ketu.policy_version (policy_number, state, reason) VALUES (1, 'ACTIVE', $1)
    ON CONFLICT (policy_number) DO NOTHING RETURNING id
"""
IN_FORCE = "SELECT id, version FROM ketu.policy_version WHERE state = 'ACTIVE' FOR UPDATE"
PROPOSE = """
    INSERT INTO ketu.policy_version (policy_number, state, reason, base_id, proposed_by_id)
    SELECT max(policy_number) + 1, 'PROPOSED', $1, $2, $3 FROM ketu.policy_version
    RETURNING id
"""
SUPERSEDE = """
    UPDATE ketu.policy_version SET state = 'SUPERSEDED'
    WHERE id <> $1 AND (state = 'ACTIVE' OR state = 'PROPOSED') RETURNING id
"""
DECIDE = "UPDATE ketu.policy_version SET state = $2, decided_by_id = $3, decided_at = now() WHERE id = $1"


async def begin(connection: Any, lines: Collection[PolicyLine]) -> bool:
    """Put `lines` into force as version 1, unless the database has a policy; whether it had none."""
    async with connection.transaction():
        version_id = await connection.fetchval(FIRST, FIRST_REASON)
        if version_id is not None:
            await add_lines(connection, version_id, lines)
    return version_id is not None


async def propose(
    connection: Any, *, lines: Collection[PolicyLine], base_id: int, reason: str, staff_id: int
) -> Outcome:
    """A new version that waits for a second person.

    lines    all of its lines; the caller has made sure that they make sense together
    base_id  the version in force that they were made from; Conflict where another is
    """
    in_force = await connection.fetchrow(IN_FORCE)
    if in_force["id"] != base_id:
        raise conflict(in_force["version"], "input", "baseId")
    version_id = await connection.fetchval(PROPOSE, reason, base_id, staff_id)
    await add_lines(connection, version_id, lines)
    return Outcome({"policyVersion": version_id}, [_change(version_id, "PROPOSED")])


async def decidable(connection: Any, version_id: int, *, expected_version: int, staff_id: int) -> Any:
    """The row of a proposed version on which `staff_id` may decide, locked until the transaction ends.

    raises  Refusal  NotFound, Conflict, NotPermitted to who proposed it, InvalidInput where it is decided on
    """
    # Decisions come one after the other: each holds the version that is in force.
    await connection.execute(IN_FORCE)
    version = await connection.fetchrow("SELECT * FROM ketu.policy_version WHERE id = $1 FOR UPDATE", version_id)
    if version is None:
        raise not_found("input", "id")
    must_be_current(version, expected_version)
    if version["state"] != PolicyState.PROPOSED.name:
        raise invalid_input("The version has been decided on already.", "input", "id")
    if version["proposed_by_id"] == staff_id:
        raise not_permitted("Who proposes a change does not decide on it: a second person does.", "input", "id")
    return version


async def approve(connection: Any, version: Any, *, staff_id: int) -> Outcome:
    """Put a decidable version into force, in the place of the present one; other proposals were made from that one."""
    superseded = await connection.fetch(SUPERSEDE, version["id"])
    await connection.execute(DECIDE, version["id"], PolicyState.ACTIVE.name, staff_id)
    changes = [_change(version["id"], "APPROVED"), *(_change(row["id"], "SUPERSEDED") for row in superseded)]
    return Outcome({"policyVersion": version["id"]}, changes)


async def refuse(connection: Any, version: Any, *, staff_id: int) -> Outcome:
    """Decide against a decidable version."""
    await connection.execute(DECIDE, version["id"], PolicyState.REFUSED.name, staff_id)
    return Outcome({"policyVersion": version["id"]}, [_change(version["id"], "REFUSED")])


def _change(version_id: int, action: str) -> Change:
    return Change("policy_version", version_id, action, fields=["state"], kind=EventKind.POLICY)
