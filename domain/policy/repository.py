"""Reading and storing the lines of versions of the policy."""

from collections.abc import Iterable
from typing import Any

from domain.policy.model import PolicyLine, PolicyLineKind, Reach

LINES = """
    SELECT kind, role, permission, reach, other_role, smallest_cell FROM ketu.policy_line
    WHERE policy_version_id = $1 ORDER BY id
"""
IN_FORCE = "SELECT id FROM ketu.policy_version WHERE state = 'ACTIVE'"
INSERT = """
    INSERT INTO ketu.policy_line (policy_version_id, kind, role, permission, reach, other_role, smallest_cell)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


async def lines_of(connection: Any, version_id: int) -> list[PolicyLine]:
    """The lines of a version, in their order."""
    return [
        PolicyLine(
            PolicyLineKind[row["kind"]],
            row["role"],
            row["permission"],
            None if row["reach"] is None else Reach[row["reach"]],
            row["other_role"],
            row["smallest_cell"],
        )
        for row in await connection.fetch(LINES, version_id)
    ]


async def lines_in_force(connection: Any) -> list[PolicyLine]:
    """The lines of the version in force; none where none is."""
    return await lines_of(connection, await connection.fetchval(IN_FORCE))


async def add_lines(connection: Any, version_id: int, lines: Iterable[PolicyLine]) -> None:
    """Store the lines of a new version."""
    await connection.executemany(
        INSERT,
        [
            (version_id, line.kind.name, line.role, line.permission, line.reach and line.reach.name, line.other_role,
             line.smallest_cell)
            for line in lines
        ],
    )  # fmt: skip
