"""Proposing a change of the policy, approving and refusing it."""

from collections.abc import Mapping, Sequence
from typing import Any

from authz.permissions import Permission
from authz.policy import policy_of
from authz.policy_check import fault_of_line, fault_of_lines
from domain.command.checks import written
from domain.command.model import Outcome, invalid_input, not_found
from domain.policy import service
from domain.policy.model import LONGEST_REASON, PolicyLine, PolicyLineKind, Reach, known_roles
from domain.policy.repository import lines_in_force, lines_of
from domain.user_account.roles import roles_of_active_accounts, who_breaks_an_exclusion
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext


async def _propose(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    base_id = context.row_id("PolicyVersion", given["base_id"], "input", "baseId")
    reason = written(given["reason"], LONGEST_REASON, "input", "reason")
    lines = await changed_lines(context, base_id, given)
    await _must_work(context, lines, "input", "add")
    return await service.propose(
        context.connection,
        lines=lines,
        base_id=base_id,
        reason=reason,
        staff_id=context.staff_id,
    )


async def _approve(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    version = await _decidable(context, given)
    # Who holds which role may have changed since the proposal.
    await _must_work(context, await lines_of(context.connection, version["id"]), "input", "id")
    return await service.approve(context.connection, version, staff_id=context.staff_id)


async def _refuse(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    version = await _decidable(context, given)
    return await service.refuse(context.connection, version, staff_id=context.staff_id)


async def _decidable(context: CommandContext, given: Mapping[str, Any]) -> Any:
    return await service.decidable(
        context.connection,
        context.row_id("PolicyVersion", given["id"], "input", "id"),
        expected_version=given["expected_version"],
        staff_id=context.staff_id,
    )


async def changed_lines(context: CommandContext, base_id: int, given: Mapping[str, Any]) -> Sequence[PolicyLine]:
    """The lines of a version after a change; InvalidInput where they make no sense."""
    base = await lines_of(context.connection, base_id)
    if not base:
        raise not_found("input", "baseId")
    add, remove = (_lines(given[name], name) for name in ("add", "remove"))
    for number, line in enumerate(remove):
        if line not in base:
            raise invalid_input(f"The version has no line “{line}”.", "input", "remove", str(number))
    lines = [*(line for line in base if line not in remove), *add]
    if unknown := known_roles(lines) - known_roles(base) - set(given["new_roles"]):
        message = f"The policy knows no role {min(unknown)} yet; name new ones in newRoles, too."
        raise invalid_input(message, "input", "newRoles")
    if (fault := fault_of_lines(lines)) is not None:
        raise invalid_input(fault, "input", "add" if add else "remove")
    return lines


def _lines(given: Sequence[Mapping[str, Any]], name: str) -> list[PolicyLine]:
    lines = [
        PolicyLine(
            PolicyLineKind[each["kind"].name],
            each["role"],
            each.get("permission"),
            Reach[each["reach"].name] if each.get("reach") else None,
            each.get("other_role"),
            each.get("smallest_cell"),
        )
        for each in given
    ]
    for number, line in enumerate(lines):
        if (fault := fault_of_line(line)) is not None:
            raise invalid_input(fault, "input", name, str(number))
    return lines


async def must_stay_changeable(context: CommandContext, *path: str) -> None:
    """InvalidInput where, with the roles held now, nobody could change the policy in force any more."""
    lines = await lines_in_force(context.connection)
    _must_be_changeable(lines, await roles_of_active_accounts(context.connection), *path)


async def _must_work(context: CommandContext, lines: Sequence[PolicyLine], *path: str) -> None:
    """InvalidInput where nobody could change the policy any more, or somebody holds what excludes each other."""
    _must_be_changeable(lines, await roles_of_active_accounts(context.connection), *path)
    if (broken := await who_breaks_an_exclusion(context.connection, lines)) is not None:
        staff_no, line = broken
        message = f"Staff {staff_no} would be both {line.role} and {line.other_role}; take one role away first."
        raise invalid_input(message, *path)


def _must_be_changeable(lines: Sequence[PolicyLine], accounts: Sequence[tuple[int, list[str]]], *path: str) -> None:
    policy = policy_of(lines)
    proposing, approving = (
        {staff_id for staff_id, roles in accounts if policy.allows(roles, permission)}
        for permission in (Permission.POLICY_PROPOSE, Permission.POLICY_APPROVE)
    )
    if not proposing or not approving or len(proposing | approving) < 2:
        message = "Nobody could change the policy any more: somebody must propose, and somebody else approve."
        raise invalid_input(message, *path)


propose = Command("ProposePolicyChangePayload", Permission.POLICY_PROPOSE, _propose)
approve = Command("ApprovePolicyChangePayload", Permission.POLICY_APPROVE, _approve)
refuse = Command("RefusePolicyChangePayload", Permission.POLICY_APPROVE, _refuse)
