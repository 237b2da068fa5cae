"""Adding a branch to both trees, before it is live."""

from typing import Any

from domain.branch.model import BranchLevel
from domain.branch.position import TreeError, placed
from domain.command.model import Change, Outcome, invalid_input
from domain.shared.sort_key import sort_key

ALONE = "LOCK TABLE ketu.branch IN SHARE ROW EXCLUSIVE MODE"
"""Of two who add branches, the second sees the place that the first took."""
TREE = """
    SELECT id, level, state, parent_id, position, rollup_parent_id, rollup_position FROM ketu.branch
    ORDER BY {position}
"""
TAKEN = "SELECT id FROM ketu.branch WHERE branch_no = $1"
ADD = """
    INSERT INTO ketu.branch (branch_no, name, name_sort_key, level, state, parent_id, position, position_end,
                             rollup_parent_id, rollup_position, rollup_position_end)
    VALUES ($1, $2, $3, $4, 'PREPARING', $5, $6, $7, $8, $9, $10) RETURNING id
"""
NEW = "the new branch"


async def prepare(
    connection: Any, *, branch_no: str, name: str, level: BranchLevel, parent_id: int, rollup_parent_id: int
) -> Outcome:
    """A branch that is not live yet, below one in each tree."""
    await connection.execute(ALONE)
    if await connection.fetchval(TAKEN, branch_no) is not None:
        raise invalid_input(f"There is a branch {branch_no} already.", "input", "branchNo")
    first, last = await _place(connection, "position", "parent_id", parent_id, level, "parentId")
    rollup = await _place(connection, "rollup_position", "rollup_parent_id", rollup_parent_id, level, "rollupParentId")
    branch_id = await connection.fetchval(
        ADD, branch_no, name, sort_key(name), level.name, parent_id, first, last, rollup_parent_id, *rollup
    )
    return Outcome({"branch": branch_id}, [Change("branch", branch_id, "CREATED")])


async def _place(
    connection: Any, position: str, parent: str, parent_id: int, level: BranchLevel, field: str
) -> tuple[int, int]:
    """First and last position of a new branch in one of the trees."""
    rows = await connection.fetch(TREE.format(position=position))
    above = next((row for row in rows if row["id"] == parent_id), None)
    if above is None or above["state"] == "CLOSED":
        raise invalid_input("A branch lies below one that is not closed.", "input", field)
    levels = list(BranchLevel)
    if levels.index(BranchLevel[above["level"]]) >= levels.index(level):
        raise invalid_input(f"{level.name} does not lie below {above['level']}.", "input", field)
    parents = {str(row["id"]): row[parent] and str(row[parent]) for row in rows}
    known = {str(row["id"]): (parents[str(row["id"])], row[position]) for row in rows}
    try:
        return placed(parents | {NEW: str(parent_id)}, known)[NEW]
    except TreeError as full:
        raise invalid_input(f"{full}.", "input", field) from full
