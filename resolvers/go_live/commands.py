"""Setting a branch up, applying for it to go live, deciding on that."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.branch.model import BranchLevel
from domain.branch.preparation import prepare as prepare_branch
from domain.command.checks import must_be_current, written
from domain.command.model import Outcome, not_found
from domain.go_live import service
from domain.go_live.model import LONGEST_REASON, GoLiveState
from resolvers.branch.reach import branch_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

APPLICATION = "SELECT * FROM ketu.go_live WHERE id = $1 FOR UPDATE"
LONGEST_NAME = 200


async def _prepare(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    branch_no = written(given["branch_no"], LONGEST_NAME, "input", "branchNo")
    name = written(given["name"], LONGEST_NAME, "input", "name")
    parent_id = await _branch_id(context, given["parent_id"], "parentId")
    rollup_parent_id = (
        await _branch_id(context, given["rollup_parent_id"], "rollupParentId")
        if given.get("rollup_parent_id")
        else parent_id
    )
    return await prepare_branch(
        context.connection,
        branch_no=branch_no,
        name=name,
        level=BranchLevel[given["level"].name],
        parent_id=parent_id,
        rollup_parent_id=rollup_parent_id,
    )


async def _branch_id(context: CommandContext, node_id: str, field: str) -> int:
    path = ("input", field)
    branch_id = context.row_id("Branch", node_id, *path)
    return (await branch_in_reach(context, branch_id, Permission.BRANCH_PREPARE, *path))["id"]


async def _apply(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    branch_id = context.row_id("Branch", given["branch_id"], "input", "branchId")
    branch = await branch_in_reach(context, branch_id, Permission.GO_LIVE_APPLY, "input", "branchId")
    must_be_current(branch, given["expected_version"])
    reason = written(given["reason"], LONGEST_REASON, "input", "reason")
    return await service.apply(context.connection, branch, reason=reason, staff_id=context.staff_id)


async def _approve(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    return await _decide(context, given, GoLiveState.APPROVED)


async def _refuse(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    return await _decide(context, given, GoLiveState.REFUSED)


async def _decide(context: CommandContext, given: Mapping[str, Any], state: GoLiveState) -> Outcome:
    application_id = context.row_id("GoLive", given["id"], "input", "id")
    row = await context.connection.fetchrow(APPLICATION, application_id)
    if row is None or context.reader.scope_of[Permission.GO_LIVE_READ].is_nothing:
        raise not_found("input", "id")
    await branch_in_reach(context, row["branch_id"], Permission.GO_LIVE_APPROVE, "input", "id")
    must_be_current(row, given["expected_version"])
    return await service.decide(context.connection, row, state, staff_id=context.staff_id, now=context.now)


prepare = Command("PrepareBranchPayload", Permission.BRANCH_PREPARE, _prepare)
apply = Command("ApplyForGoLivePayload", Permission.GO_LIVE_APPLY, _apply)
approve = Command("ApproveGoLivePayload", Permission.GO_LIVE_APPROVE, _approve)
refuse = Command("RefuseGoLivePayload", Permission.GO_LIVE_APPROVE, _refuse)
