"""Applying for users and roles, deciding on it, confirming the training, putting it into effect."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from argon2 import PasswordHasher

from authz.permissions import Permission
from domain.command.checks import must_be_current, written
from domain.command.model import Outcome, Secret, invalid_input, not_found, not_permitted
from domain.user_account.administration import RoleInBranch, one_time_password
from domain.user_account.model import SignInRules
from domain.user_application import service
from domain.user_application.model import (
    LONGEST_REASON,
    USERNAME,
    UserApplicationKind,
    UserApplicationState,
    Wanted,
)
from resolvers.branch.reach import branch_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.policy.commands import must_stay_changeable
from resolvers.staff.reach import reaches, record_in_reach, staff_in_reach

ACCOUNT = "SELECT staff_id FROM ketu.user_account WHERE username = $1 AND kind = 'STAFF'"
APPLICATION = "SELECT * FROM ketu.user_application WHERE id = $1 FOR UPDATE"
POSITIONS = "SELECT branch_no, position FROM ketu.branch WHERE branch_no = ANY($1)"
PASSWORD_LIFETIME: timedelta = SignInRules().one_time_password_lifetime


async def _apply_for_user(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    staff_id = context.row_id("Staff", given["staff_id"], "input", "staffId")
    await staff_in_reach(context, staff_id, Permission.USER_APPLICATION_CREATE, "input", "staffId")
    if not re.fullmatch(USERNAME, given["username"]):
        message = "A user name has 2 to 64 small letters, digits, dots, dashes; the first is a letter or digit."
        raise invalid_input(message, "input", "username")
    adds = await _roles(context, given["add"], "add")
    wanted = Wanted(UserApplicationKind.NEW_USER, staff_id, given["username"], adds)
    return await _propose(context, wanted, given)


async def _apply_for_role_change(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    staff_id = await context.connection.fetchval(ACCOUNT, given["username"])
    if staff_id is None:
        raise not_found("input", "username")
    await staff_in_reach(context, staff_id, Permission.USER_APPLICATION_CREATE, "input", "username")
    adds, removes = [await _roles(context, given[name], name) for name in ("add", "remove")]
    wanted = Wanted(UserApplicationKind.ROLE_CHANGE, staff_id, given["username"], adds, removes)
    return await _propose(context, wanted, given)


async def _propose(context: CommandContext, wanted: Wanted, given: Mapping[str, Any]) -> Outcome:
    reason = written(given["reason"], LONGEST_REASON, "input", "reason")
    return await service.propose(context.connection, wanted, reason=reason, staff_id=context.staff_id)


async def _roles(context: CommandContext, given: Sequence[Mapping[str, Any]], name: str) -> list[RoleInBranch]:
    """Roles in branches that the reader may apply for, each once."""
    found: dict[RoleInBranch, None] = {}
    for number, each in enumerate(given):
        path = ("input", name, str(number), "branchId")
        branch_id = context.row_id("Branch", each["branch_id"], *path)
        branch = await branch_in_reach(context, branch_id, Permission.USER_APPLICATION_CREATE, *path)
        found[RoleInBranch(each["role"], branch["branch_no"])] = None
    return list(found)


async def _application(context: CommandContext, given: Mapping[str, Any], permission: Permission) -> Any:
    """The row, held until the transaction ends, that the permission reaches: the person and the branches of new roles.

    raises  Refusal  NotFound, NotPermitted, Conflict
    """
    application_id = context.row_id("UserApplication", given["id"], "input", "id")
    row = await record_in_reach(context, APPLICATION, application_id, Permission.USER_APPLICATION_READ, permission)
    numbers = [role.branch_no for role in service.wanted_of(row).adds]
    for branch in await context.connection.fetch(POSITIONS, numbers):
        if not reaches(context, permission, branch["position"]):
            raise not_permitted(f"{permission} does not reach branch {branch['branch_no']}.", "input", "id")
    must_be_current(row, given["expected_version"])
    return row


async def _approve(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    return await _decide(context, given, UserApplicationState.APPROVED)


async def _refuse(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    return await _decide(context, given, UserApplicationState.REFUSED)


async def _decide(context: CommandContext, given: Mapping[str, Any], state: UserApplicationState) -> Outcome:
    application = await _application(context, given, Permission.USER_APPLICATION_APPROVE)
    staff_id = context.staff_id
    return await service.decide(context.connection, application, state, staff_id=staff_id, now=context.now)


async def _confirm_training(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    return await service.confirm_training(
        context.connection,
        await _application(context, given, Permission.USER_APPLICATION_CONFIRM_TRAINING),
        trained_on=given.get("trained_on") or context.business_date,
        today=context.business_date,
        staff_id=context.staff_id,
    )


async def _activate(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    application = await _application(context, given, Permission.USER_APPLICATION_ACTIVATE)
    password = one_time_password()
    outcome = await service.activate(
        context.connection,
        application,
        # A hash takes a tenth of a second on purpose; nobody waits for it but who asked.
        password_hash=await asyncio.to_thread(PasswordHasher().hash, password),
        password_expires_at=context.now + PASSWORD_LIFETIME,
        staff_id=context.staff_id,
        now=context.now,
    )
    await must_stay_changeable(context, "input", "id")
    if application["kind"] != UserApplicationKind.NEW_USER.name:
        return outcome
    return replace(outcome, values={**outcome.values, "oneTimePassword": Secret(password)})


async def _withdraw(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    application = await _application(context, given, Permission.USER_APPLICATION_CREATE)
    return await service.withdraw(context.connection, application)


apply_for_user = Command("ApplyForUserPayload", Permission.USER_APPLICATION_CREATE, _apply_for_user)
apply_for_role_change = Command("ApplyForRoleChangePayload", Permission.USER_APPLICATION_CREATE, _apply_for_role_change)
approve = Command("ApproveUserApplicationPayload", Permission.USER_APPLICATION_APPROVE, _approve)
refuse = Command("RefuseUserApplicationPayload", Permission.USER_APPLICATION_APPROVE, _refuse)
confirm_training = Command("ConfirmTrainingPayload", Permission.USER_APPLICATION_CONFIRM_TRAINING, _confirm_training)
activate = Command("ActivateUserApplicationPayload", Permission.USER_APPLICATION_ACTIVATE, _activate)
withdraw = Command("WithdrawUserApplicationPayload", Permission.USER_APPLICATION_CREATE, _withdraw)
