"""Branches in two trees kept apart: coverage (who may see) and roll-up (who reports).

A position is a preorder number with gaps; a branch and everything under it lie in [position, position_end].
"""

import sqlalchemy as sa

from domain.branch.model import BranchLevel, BranchState
from domain.shared.columns import SortKey, c1, choice, from_source, metadata, node, reference

branch = sa.Table(
    "branch",
    metadata,
    *node(),
    c1("branch_no", sa.Text, unique=True),
    c1("name", sa.Text),
    c1("name_sort_key", SortKey),
    choice("level", BranchLevel),
    choice("state", BranchState),
    reference("parent_id", "branch", nullable=True),
    c1("position", sa.Integer, unique=True),
    c1("position_end", sa.Integer),
    reference("rollup_parent_id", "branch", nullable=True),
    c1("rollup_position", sa.Integer, unique=True),
    c1("rollup_position_end", sa.Integer),
    from_source(),
    sa.Index(None, "parent_id"),
    sa.Index(None, "rollup_parent_id"),
    sa.Index(None, "name_sort_key", "id"),
)
