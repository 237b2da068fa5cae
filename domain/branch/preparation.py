"""Adding a branch to both trees, before it is live."""

from typing import Any

from domain.branch.model import BranchLevel
from domain.branch.position import NO_ROOM, TreeError
from domain.branch.tree import BranchTree, change_tree, tree_of
from domain.command.model import Change, Outcome, invalid_input
from domain.shared.sort_key import sort_key

TAKEN = "SELECT id FROM ketu.branch WHERE branch_no = $1"
ABOVE = "SELECT level, state FROM ketu.branch WHERE id = $1"
ADD = """
    INSERT INTO ketu.branch (branch_no, name, name_sort_key, level, state, parent_id, position, position_end,
                             rollup_parent_id, rollup_position, rollup_position_end)
    VALUES ($1, $2, $3, $4, 'PREPARING', $5, $6, $7, $8, $9, $10) RETURNING id
"""


async def prepare(
    connection: Any, *, branch_no: str, name: str, level: BranchLevel, parent_id: int, rollup_parent_id: int
) -> Outcome:
    """A branch that is not live yet, below one in each tree."""
    await change_tree(connection)
    if await connection.fetchval(TAKEN, branch_no) is not None:
        raise invalid_input(f"There is a branch {branch_no} already.", "input", "branchNo")
    coverage = await _place(connection, BranchTree.COVERAGE, parent_id, level, "parentId")
    rollup = await _place(connection, BranchTree.ROLL_UP, rollup_parent_id, level, "rollupParentId")
    branch_id = await connection.fetchval(
        ADD, branch_no, name, sort_key(name), level.name, parent_id, *coverage, rollup_parent_id, *rollup
    )
    return Outcome({"branch": branch_id}, [Change("branch", branch_id, "CREATED")])


async def _place(connection: Any, which: BranchTree, parent_id: int, level: BranchLevel, field: str) -> tuple[int, int]:
    """First and last position of a new branch in one of the trees."""
    above = await connection.fetchrow(ABOVE, parent_id)
    if above is None or above["state"] == "CLOSED":
        raise invalid_input("A branch lies below one that is not closed.", "input", field)
    if not BranchLevel[above["level"]].is_above(level):
        raise invalid_input(f"{level.name} does not lie below {above['level']}.", "input", field)
    try:
        return (await tree_of(connection, which)).added(parent_id)
    except TreeError as full:
        raise invalid_input(NO_ROOM, "input", field) from full
