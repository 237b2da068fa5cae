"""The coverage and roll-up trees as they stand: read whole, kept from changing, placed anew.

Whoever copies a branch's position into a row holds the tree; whoever changes the tree waits for them. So once a move is
committed, every row with a former position is committed too, and a job finds them all.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.branch.position import placed

TREE = 0x54726565
"""Key of the advisory lock on the tree ("Tree" in ASCII)."""


class BranchTree(StrEnum):
    """The two hierarchies of branches (机构)."""

    COVERAGE = "who may see (查询范围)"
    ROLL_UP = "who reports to whom (汇总)"


NEW = "the new branch"
PREFIX = {BranchTree.COVERAGE: "", BranchTree.ROLL_UP: "rollup_"}
"""Of the columns of a tree."""

HIGHEST = """
    SELECT parent.id, max(taken.position) AS position FROM ketu.branch AS parent
    JOIN (SELECT {prefix}position AS position FROM ketu.branch
          UNION SELECT {prefix}position FROM ketu.branch_history) AS taken
      ON taken.position > parent.{prefix}position AND taken.position <= parent.{prefix}position_end
    GROUP BY parent.id
"""


async def hold_tree(connection: Any) -> None:
    """Keep the tree from changing until the transaction ends."""
    await connection.execute("SELECT pg_advisory_xact_lock_shared($1)", TREE)


async def change_tree(connection: Any) -> None:
    """Be the only one who changes the tree, or relies on it, until the transaction ends."""
    await connection.execute("SELECT pg_advisory_xact_lock($1)", TREE)


@dataclass(frozen=True, slots=True)
class Tree:
    """One hierarchy: every branch with its parent and position, parents before their children."""

    which: BranchTree
    parents: Mapping[int, int | None]
    positions: Mapping[int, int]
    highest: Mapping[int, int]

    def below(self, branch_id: int) -> list[int]:
        """The branch and all below it, parents first."""
        found = {branch_id: True}
        for one, parent in self.parents.items():
            if parent in found:
                found[one] = True
        return list(found)

    def moved(self, branch_ids: Iterable[int], parent_id: int) -> dict[int, tuple[int, int]]:
        """New (position, position_end) of these branches and of all below them, under another parent.

        raises  TreeError  where there is no room
        """
        roots = list(branch_ids)
        moving = {one for root in roots for one in self.below(root)}
        parents = {
            str(one): _key(parent_id if one in roots else self.parents[one])
            for root in roots
            for one in self.below(root)
        }
        places = self._placed(parents, without=moving)
        return {one: places[str(one)] for one in sorted(moving, key=lambda one: places[str(one)])}

    def added(self, parent_id: int) -> tuple[int, int]:
        """(position, position_end) of a new branch. Raises TreeError where there is no room."""
        return self._placed({NEW: _key(parent_id)}, without=set())[NEW]

    def _placed(self, parents: Mapping[str, str | None], *, without: Container[int]) -> dict[str, tuple[int, int]]:
        """The tree with these branches put where they have no place yet."""
        stay = {str(one): _key(parent) for one, parent in self.parents.items() if one not in without}
        known = {one: (parent, self.positions[int(one)]) for one, parent in stay.items()}
        return placed({**stay, **parents}, known, {str(one): position for one, position in self.highest.items()})


def _key(branch_id: int | None) -> str | None:
    return None if branch_id is None else str(branch_id)


async def tree_of(connection: Any, which: BranchTree) -> Tree:
    """The hierarchy as it is; the caller holds it."""
    prefix = PREFIX[which]
    rows = await connection.fetch(
        f"SELECT id, {prefix}parent_id AS parent_id, {prefix}position AS position "  # noqa: S608 (names of our own)
        f"FROM ketu.branch ORDER BY {prefix}position"
    )
    highest = await connection.fetch(HIGHEST.format(prefix=prefix))
    return Tree(
        which,
        {row["id"]: row["parent_id"] for row in rows},
        {row["id"]: row["position"] for row in rows},
        {row["id"]: row["position"] for row in highest},
    )
