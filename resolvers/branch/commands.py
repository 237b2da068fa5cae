"""Moving, merging and closing branches."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.branch.service import close_branch, merge_branch, move_branch
from domain.branch.tree import BranchTree
from domain.command.model import Outcome, not_permitted
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext


def _must_reach_the_bank(context: CommandContext) -> None:
    """Whoever moves branches moves what others see, so no smaller reach will do."""
    if not context.reader.scope_of[Permission.BRANCH_REORGANISE].is_everything:
        raise not_permitted("Reorganising takes branch:reorganise over the whole bank.", "input")


async def _move(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    _must_reach_the_bank(context)
    return await move_branch(
        context.connection,
        branch_id=context.row_id("Branch", given["branch_id"], "input", "branchId"),
        parent_id=context.row_id("Branch", given["parent_id"], "input", "parentId"),
        trees=[BranchTree[tree.name] for tree in given["trees"]],
        expected_version=given["expected_version"],
    )


async def _merge(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    _must_reach_the_bank(context)
    return await merge_branch(
        context.connection,
        branch_id=context.row_id("Branch", given["branch_id"], "input", "branchId"),
        into_id=context.row_id("Branch", given["into_id"], "input", "intoId"),
        expected_version=given["expected_version"],
    )


async def _close(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    _must_reach_the_bank(context)
    return await close_branch(
        context.connection,
        branch_id=context.row_id("Branch", given["branch_id"], "input", "branchId"),
        expected_version=given["expected_version"],
    )


move = Command("MoveBranchPayload", Permission.BRANCH_REORGANISE, _move)
merge = Command("MergeBranchPayload", Permission.BRANCH_REORGANISE, _merge)
close = Command("CloseBranchPayload", Permission.BRANCH_REORGANISE, _close)
