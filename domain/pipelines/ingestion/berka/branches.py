"""Branches: head office, a branch for each region, a sub-branch for each district. Both trees are the same."""

from datetime import date

import asyncpg

from domain.branch.position import STEPS, TreeError, placed
from domain.branch.tree import BranchTree, change_tree, tree_of
from domain.pipelines.ingestion.berka.store import SOURCE, store
from domain.pipelines.ingestion.refusal import LoadRefused
from domain.shared.sort_key import sort_key
from domain.tables import branch

HEAD_OFFICE = "head-office"
STAGED = "berka_branch"
LEVELS = ("HEAD_OFFICE", "BRANCH", "SUB_BRANCH")

# A district in the file is a place and the branch that serves it; `district-1` is the key of the branch.
BRANCH_OF_DISTRICT = "SELECT id, position, split_part(source_key, '-', 2)::int AS district_id FROM ketu.branch"
BRANCH_OF_DISTRICT += f" WHERE source = '{SOURCE}' AND level = 'SUB_BRANCH'"


async def store_branches(connection: asyncpg.Connection, *, as_of: date) -> None:
    """reads berka_district; writes branch, and the position of staff whose branch has moved. Raises LoadRefused."""
    await change_tree(connection)
    districts = await connection.fetch("SELECT district_id, name, region FROM berka_district ORDER BY line_number")
    regions = dict.fromkeys(row["region"] for row in districts)
    parents: dict[str, str | None] = {HEAD_OFFICE: None}
    parents |= {_key_of(region): HEAD_OFFICE for region in regions}
    parents |= {f"district-{row['district_id']}": _key_of(row["region"]) for row in districts}
    try:
        places = placed(parents, await _known(connection), await _highest(connection))
    except TreeError as error:
        mend = "check the regions (A3) in district.asc"
        raise LoadRefused(f"the districts make no branch tree: {error}", mend=mend) from error
    # (key, number, name, level)
    tree = [(HEAD_OFFICE, "HQ", "Head office", "HEAD_OFFICE")]
    for region in regions:
        # Numbered by its place, which does not change when another delivery names the regions in another order.
        number = places[_key_of(region)][0] // STEPS[1]
        tree.append((_key_of(region), f"R{number:02}", region_name(region), "BRANCH"))
    for row in districts:
        tree.append((f"district-{row['district_id']}", f"{row['district_id']:03}", row["name"], "SUB_BRANCH"))
    await connection.execute(
        f"CREATE TEMP TABLE {STAGED} (ordinal int, source_key text, branch_no text, name text, name_sort_key text, "
        "level text, parent_key text, position int, position_end int) ON COMMIT DROP"
    )
    records = [
        (ordinal, key, number, name, sort_key(name), level, parents[key], *places[key])
        for ordinal, (key, number, name, level) in enumerate(tree)
    ]
    await connection.copy_records_to_table(STAGED, records=records)
    for level in LEVELS:
        await store(connection, branch, _delivered(level), columns=COLUMNS, as_of=as_of)
    await connection.execute(
        "UPDATE ketu.staff SET position = branch.position FROM ketu.branch "
        "WHERE branch.id = staff.branch_id AND staff.position <> branch.position"
    )


def region_name(region: str) -> str:
    """A region as a name: the file writes "central Bohemia"."""
    return region[:1].upper() + region[1:]


COLUMNS = (
    "branch_no",
    "name",
    "name_sort_key",
    "level",
    "state",
    "parent_id",
    "position",
    "position_end",
    "rollup_parent_id",
    "rollup_position",
    "rollup_position_end",
)


def _delivered(level: str) -> str:
    return f"""
        SELECT staged.*, 'OPEN' AS state, parent.id AS parent_id, parent.id AS rollup_parent_id,
               staged.position AS rollup_position, staged.position_end AS rollup_position_end
        FROM {STAGED} AS staged
        LEFT JOIN ketu.branch AS parent ON parent.source = '{SOURCE}' AND parent.source_key = staged.parent_key
        WHERE staged.level = '{level}'
    """


async def _known(connection: asyncpg.Connection) -> dict[str, tuple[str | None, int]]:
    stored = await connection.fetch(
        "SELECT branch.source_key AS key, parent.source_key AS parent_key, branch.position "
        "FROM ketu.branch LEFT JOIN ketu.branch AS parent ON parent.id = branch.parent_id WHERE branch.source = $1",
        SOURCE,
    )
    return {row["key"]: (row["parent_key"], row["position"]) for row in stored}


async def _highest(connection: asyncpg.Connection) -> dict[str, int]:
    keys = dict(await connection.fetch("SELECT id, source_key FROM ketu.branch WHERE source = $1", SOURCE))
    highest = (await tree_of(connection, BranchTree.COVERAGE)).highest
    return {keys[branch_id]: position for branch_id, position in highest.items() if branch_id in keys}


def _key_of(region: str) -> str:
    return f"region-{region}"
