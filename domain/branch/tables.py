"""Branches in two trees kept apart: coverage (who may see) and roll-up (who reports).

A position is a preorder number with gaps; a branch and everything under it lie in [position, position_end]. Scoped
rows carry the position of their branch. A branch that moves or is merged into another leaves its coverage position
behind as a former one of the branch that its rows belong to now, until a job has rewritten them.
"""

import sqlalchemy as sa

from domain.branch.model import BranchLevel, BranchState
from domain.shared.columns import SortKey, c1, choice, from_source, metadata, node, reference, searched

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
    # None: that of the nearest branch above in the coverage tree with one, else the bank's.
    reference("working_calendar_id", "working_calendar", nullable=True),
    from_source(),
    sa.Index(None, "parent_id"),
    sa.Index(None, "rollup_parent_id"),
    sa.Index(None, "working_calendar_id"),
    sa.Index(None, "name_sort_key", "id"),
    searched("branch", "name"),
    searched("branch", "name_sort_key"),
    searched("branch", "branch_no"),
)

former_position = sa.Table(
    "former_position",
    metadata,
    c1("position", sa.Integer, primary_key=True, autoincrement=False),
    reference("branch_id", "branch"),
    c1("left_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()")),
    sa.Index(None, "branch_id"),
)
