"""Holding roles: only those that the policy in force knows, and never two that exclude each other."""

from collections.abc import Collection
from typing import Any

from domain.policy.model import PolicyLine, exclusion_broken_by, known_roles
from domain.policy.repository import lines_in_force

# Somebody with two accounts is still one person; their record holds other assignments off meanwhile.
PERSON = """
    SELECT staff.id FROM ketu.staff AS staff JOIN ketu.user_account AS account ON account.staff_id = staff.id
    WHERE account.id = $1 FOR UPDATE OF staff
"""
HELD_BY_PERSON = """
    SELECT held.role, branch.branch_no FROM ketu.role_assignment AS held
    JOIN ketu.user_account AS account ON account.id = held.user_account_id
    JOIN ketu.branch AS branch ON branch.id = held.branch_id WHERE account.staff_id = $1
"""
ASSIGN = """
    INSERT INTO ketu.role_assignment (user_account_id, role, branch_id) VALUES ($1, $2, $3)
    ON CONFLICT (user_account_id, role, branch_id) DO NOTHING
"""
HOLDERS = """
    SELECT staff.staff_no, array_agg(DISTINCT held.role) AS roles
    FROM ketu.role_assignment AS held
    JOIN ketu.user_account AS account ON account.id = held.user_account_id
    JOIN ketu.staff AS staff ON staff.id = account.staff_id
    GROUP BY staff.staff_no ORDER BY staff.staff_no
"""
ACTIVE_HOLDERS = """
    SELECT account.staff_id, array_agg(DISTINCT held.role) AS roles
    FROM ketu.user_account AS account
    JOIN ketu.staff AS staff ON staff.id = account.staff_id
    JOIN ketu.role_assignment AS held ON held.user_account_id = account.id
    JOIN ketu.branch AS branch ON branch.id = held.branch_id
    WHERE account.is_active AND staff.state = 'ACTIVE' AND branch.state NOT IN ('PREPARING', 'APPLIED')
    GROUP BY account.id, account.staff_id
"""


class RoleRefused(Exception):
    """A role that nobody can hold, or not this person beside what they hold."""


async def fault_of_roles(
    connection: Any, staff_id: int, adds: Collection[str], *, without: Collection[tuple[str, str]] = ()
) -> str | None:
    """Why somebody cannot hold roles beside those that they hold; None where nothing is in the way.

    without  role and branch number of those that they are to hold no more
    """
    lines = await lines_in_force(connection)
    if unknown := set(adds) - known_roles(lines):
        return f"the policy knows no role {min(unknown)}; it knows {', '.join(sorted(known_roles(lines)))}"
    held = {row["role"] for row in await connection.fetch(HELD_BY_PERSON, staff_id) if tuple(row) not in without}
    if (line := exclusion_broken_by({*held, *adds}, lines)) is not None:
        return f"nobody may be both {line.role} and {line.other_role}"
    return None


async def assign_role(connection: Any, *, user_account_id: int, role: str, branch_id: int) -> None:
    """Let an account hold a role in a branch, within the caller's transaction. Raises RoleRefused."""
    staff_id = await connection.fetchval(PERSON, user_account_id)
    if (fault := await fault_of_roles(connection, staff_id, [role])) is not None:
        raise RoleRefused(fault)
    await connection.execute(ASSIGN, user_account_id, role, branch_id)


async def who_breaks_an_exclusion(connection: Any, lines: Collection[PolicyLine]) -> tuple[str, PolicyLine] | None:
    """The first member of staff, by number, who holds roles that these lines keep apart, and the line."""
    for row in await connection.fetch(HOLDERS):
        if (line := exclusion_broken_by(row["roles"], lines)) is not None:
            return row["staff_no"], line
    return None


async def roles_of_active_accounts(connection: Any) -> list[tuple[int, list[str]]]:
    """Of every account that somebody may sign in by, whose it is and the roles that it holds."""
    return [(row["staff_id"], row["roles"]) for row in await connection.fetch(ACTIVE_HOLDERS)]
