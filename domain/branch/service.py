"""Reorganising while the bank is open: moving, merging and closing branches, each within the caller's transaction.

Who sees what follows at once: rows keep the position that they carry, and it is told to belong elsewhere
(`former_position`) until a job has rewritten them (`rewriting.py`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.branch.model import BranchLevel
from domain.branch.position import NO_ROOM, TreeError
from domain.branch.tree import PREFIX, BranchTree, Tree, change_tree, tree_of
from domain.command.checks import must_be_current
from domain.command.model import Change, Outcome, invalid_input, not_found

# A closed branch among them may have left its position to the one that it was merged into.
LEAVE = """
    INSERT INTO ketu.former_position (position, branch_id) SELECT position, id FROM ketu.branch WHERE id = ANY($1)
    ON CONFLICT DO NOTHING
"""
FOLLOW = "UPDATE ketu.former_position SET branch_id = $2 WHERE branch_id = $1"
OCCUPIED = """
    SELECT (SELECT count(*) FROM ketu.customer WHERE branch_id = $1) AS customers,
           (SELECT count(*) FROM ketu.staff WHERE branch_id = $1 AND state = 'ACTIVE') AS staff,
           (SELECT count(*) FROM ketu.role_assignment WHERE branch_id = $1) AS roles,
           (SELECT count(*) FROM ketu.branch WHERE (parent_id = $1 OR rollup_parent_id = $1) AND state <> 'CLOSED')
               AS branches
"""
ROLES_FOLLOW = """
    INSERT INTO ketu.role_assignment (user_account_id, role, branch_id)
    SELECT user_account_id, role, $2 FROM ketu.role_assignment WHERE branch_id = $1
    ON CONFLICT DO NOTHING
"""


async def move_branch(
    connection: Any, *, branch_id: int, parent_id: int, trees: Sequence[BranchTree], expected_version: int
) -> Outcome:
    """Put a branch with all below it under another one."""
    await change_tree(connection)
    branch, parent = await _open(connection, branch_id, "branchId"), await _open(connection, parent_id, "parentId")
    must_be_current(branch, expected_version)
    if not BranchLevel[parent["level"]].is_above(BranchLevel[branch["level"]]):
        raise invalid_input("A branch stands under one of a higher level.", "input", "parentId")
    for which in trees:
        tree = await tree_of(connection, which)
        if parent_id in tree.below(branch_id):
            raise invalid_input("A branch cannot stand under one below itself.", "input", "parentId")
        await _move(connection, tree, [branch_id], parent_id)
    moved = Change("branch", branch_id, "MOVED", fields=[f"{PREFIX[which]}parent_id" for which in trees])
    return Outcome({"branch": branch_id}, [moved])


async def merge_branch(connection: Any, *, branch_id: int, into_id: int, expected_version: int) -> Outcome:
    """Close a branch; its customers, staff, roles and the branches below it belong to another one from now on."""
    await change_tree(connection)
    branch, into = await _open(connection, branch_id, "branchId"), await _open(connection, into_id, "intoId")
    must_be_current(branch, expected_version)
    if into["state"] != "OPEN":
        raise invalid_input("The branch that stays has to be live.", "input", "intoId")
    for which in BranchTree:
        tree = await tree_of(connection, which)
        if into_id in tree.below(branch_id):
            raise invalid_input("A branch cannot be merged into itself or one below it.", "input", "intoId")
        children = [one for one, parent in tree.parents.items() if parent == branch_id]
        levels = await connection.fetch("SELECT level FROM ketu.branch WHERE id = ANY($1)", children)
        if not all(BranchLevel[into["level"]].is_above(BranchLevel[row["level"]]) for row in levels):
            message = "Branches below it are of no lower level than the other one: move them first."
            raise invalid_input(message, "input", "intoId")
        await _move(connection, tree, children, into_id)
    await connection.execute(FOLLOW, branch_id, into_id)
    await connection.execute(
        "INSERT INTO ketu.former_position (position, branch_id) VALUES ($1, $2)", branch["position"], into_id
    )
    await connection.execute(ROLES_FOLLOW, branch_id, into_id)
    await connection.execute("DELETE FROM ketu.role_assignment WHERE branch_id = $1", branch_id)
    await connection.execute("UPDATE ketu.branch SET state = 'CLOSED' WHERE id = $1", branch_id)
    merged = Change("branch", branch_id, "MERGED", fields=["state"])
    return Outcome({"branch": branch_id, "into": into_id}, [merged, Change("branch", into_id, "CHANGED")])


async def close_branch(connection: Any, *, branch_id: int, expected_version: int) -> Outcome:
    """Close a branch that nobody belongs to any more."""
    await change_tree(connection)
    branch = await _open(connection, branch_id, "branchId")
    must_be_current(branch, expected_version)
    occupied = {name: count for name, count in (await connection.fetchrow(OCCUPIED, branch_id)).items() if count}
    if occupied:
        counts = ", ".join(f"{count} {name}" for name, count in occupied.items())
        raise invalid_input(f"It still has {counts}: merge it into another branch instead.", "input", "branchId")
    await connection.execute("UPDATE ketu.branch SET state = 'CLOSED' WHERE id = $1", branch_id)
    return Outcome({"branch": branch_id}, [Change("branch", branch_id, "CLOSED", fields=["state"])])


async def _open(connection: Any, branch_id: int, name: str) -> Mapping[str, Any]:
    branch = await connection.fetchrow("SELECT * FROM ketu.branch WHERE id = $1 FOR UPDATE", branch_id)
    if branch is None:
        raise not_found("input", name)
    if branch["state"] == "CLOSED":
        raise invalid_input("The branch is closed.", "input", name)
    return branch


async def _move(connection: Any, tree: Tree, branch_ids: Sequence[int], parent_id: int) -> None:
    if not branch_ids:
        return
    try:
        places = tree.moved(branch_ids, parent_id)
    except TreeError as error:
        raise invalid_input(NO_ROOM, "input", "parentId") from error
    if tree.which is BranchTree.COVERAGE:
        await connection.execute(LEAVE, list(places))
    prefix = PREFIX[tree.which]
    await connection.execute(
        f"UPDATE ketu.branch SET {prefix}position = place.low, {prefix}position_end = place.high, "  # noqa: S608
        f"{prefix}parent_id = CASE WHEN branch.id = ANY($4) THEN $5 ELSE branch.{prefix}parent_id END "
        "FROM unnest($1::bigint[], $2::int[], $3::int[]) AS place (id, low, high) WHERE branch.id = place.id",
        list(places), [low for low, _ in places.values()], [high for _, high in places.values()],
        list(branch_ids), parent_id,
    )  # fmt: skip
