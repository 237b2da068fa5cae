"""The life of an application: one person applies, another approves, the training is confirmed, an account follows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from domain.branch.tree import hold_tree
from domain.command.model import Change, Outcome, invalid_input, not_permitted
from domain.user_account.administration import SET_ONE_TIME_PASSWORD, RoleInBranch
from domain.user_account.roles import assign_role, fault_of_roles
from domain.user_application.model import OPEN_STATES, UserApplicationKind, UserApplicationState, Wanted

STAFF = "SELECT state, position FROM ketu.staff WHERE id = $1 FOR UPDATE"
OPEN = "SELECT id FROM ketu.user_application WHERE staff_id = $1 AND state = ANY($2) AND id IS DISTINCT FROM $3"
ACCOUNTS = "SELECT id, username, is_active OR frozen_at IS NOT NULL AS is_kept, is_active FROM ketu.user_account "
OF_STAFF = ACCOUNTS + "WHERE staff_id = $1 AND kind = 'STAFF'"
TAKEN = "SELECT id FROM ketu.user_account WHERE username = $1"
HELD = """
    SELECT held.role, branch.branch_no FROM ketu.role_assignment AS held
    JOIN ketu.branch AS branch ON branch.id = held.branch_id WHERE held.user_account_id = $1
"""
CLOSED = "SELECT branch_no FROM ketu.branch WHERE branch_no = ANY($1) AND state = 'CLOSED'"
PROPOSE = """
    INSERT INTO ketu.user_application
        (kind, state, staff_id, branch_id, position, username, adds, removes, reason, applied_by_id)
    SELECT $1, 'PROPOSED', staff.id, staff.branch_id, staff.position, $3, $4, $5, $6, $7
    FROM ketu.staff AS staff WHERE staff.id = $2
    RETURNING id
"""
DECIDE = "UPDATE ketu.user_application SET state = $2, decided_by_id = $3, decided_at = $4 WHERE id = $1"
TRAIN = """
    UPDATE ketu.user_application SET state = 'TRAINED', trained_on = $2, training_confirmed_by_id = $3 WHERE id = $1
"""
ACTIVATE = """
    UPDATE ketu.user_application SET state = 'ACTIVE', activated_by_id = $2, activated_at = $3 WHERE id = $1
"""
WITHDRAW = "UPDATE ketu.user_application SET state = 'WITHDRAWN' WHERE id = $1"
WITHDRAW_ALL = """
    UPDATE ketu.user_application SET state = 'WITHDRAWN' WHERE staff_id = $1 AND state = ANY($2) RETURNING id
"""
ADD_ACCOUNT = "INSERT INTO ketu.user_account (username, kind, staff_id) VALUES ($1, 'STAFF', $2) RETURNING id"
BRANCH = "SELECT id FROM ketu.branch WHERE branch_no = $1"
REMOVE_ROLE = "DELETE FROM ketu.role_assignment WHERE user_account_id = $1 AND role = $2 AND branch_id = $3"

OPEN_NAMES = [state.name for state in OPEN_STATES]


async def fault(connection: Any, wanted: Wanted, *, application_id: int | None = None) -> tuple[str, str] | None:
    """The field of an application that makes no sense by what holds now, and why; None where all do.

    application_id  where it has been made already. Holds the record of the member of staff until the transaction ends
    """
    is_new = wanted.kind is UserApplicationKind.NEW_USER
    staff = await connection.fetchrow(STAFF, wanted.staff_id)
    accounts = await connection.fetch(OF_STAFF, wanted.staff_id)
    if staff["state"] != "ACTIVE":
        return "staffId" if is_new else "username", "They do not work here any more."
    if await connection.fetchrow(OPEN, wanted.staff_id, OPEN_NAMES, application_id):
        return "staffId" if is_new else "username", "Another application for them is under way: end that one first."
    if not wanted.adds and not wanted.removes:
        return "add", "Name a role."
    if is_new:
        if await connection.fetchrow(TAKEN, wanted.username):
            return "username", f"There is an account called {wanted.username} already."
        if any(account["is_kept"] for account in accounts):
            return "staffId", "They have an account already: apply for a change of its roles."
    elif (found := await _fault_of_change(connection, wanted, accounts)) is not None:
        return found
    closed = await connection.fetchval(CLOSED, [role.branch_no for role in wanted.adds])
    if closed is not None:
        return "add", f"Branch {closed} is closed."
    without = {(role.role, role.branch_no) for role in wanted.removes}
    roles = {role.role for role in wanted.adds}
    message = await fault_of_roles(connection, wanted.staff_id, roles, without=without)
    return None if message is None else ("add", f"{message[0].upper()}{message[1:]}.")


async def _fault_of_change(connection: Any, wanted: Wanted, accounts: Sequence[Any]) -> tuple[str, str] | None:
    account = next((each for each in accounts if each["username"] == wanted.username), None)
    if account is None or not account["is_active"]:
        return "username", "Nobody can sign in by this account; mend that first."
    held = {RoleInBranch(*row) for row in await connection.fetch(HELD, account["id"])}
    for role in wanted.adds:
        if role in held:
            return "add", f"They hold {role} already."
    for role in wanted.removes:
        if role not in held:
            return "remove", f"They do not hold {role}."
    return None


async def propose(connection: Any, wanted: Wanted, *, reason: str, staff_id: int) -> Outcome:
    """An application that waits for a second person. The caller has made sure that `staff_id` may apply for it."""
    await hold_tree(connection)
    if (found := await fault(connection, wanted)) is not None:
        field, message = found
        raise invalid_input(message, "input", field)
    application_id = await connection.fetchval(
        PROPOSE, wanted.kind.name, wanted.staff_id, wanted.username, [*map(str, wanted.adds)],
        [*map(str, wanted.removes)], reason, staff_id,
    )  # fmt: skip
    return _outcome(application_id, "PROPOSED")


async def decide(
    connection: Any, application: Any, state: UserApplicationState, *, staff_id: int, now: datetime
) -> Outcome:
    """Approve or refuse.

    application  its row, held by the caller
    raises       Refusal  NotPermitted to who applied, and to whom it is for
    """
    _must_be(application, UserApplicationState.PROPOSED)
    if staff_id in (application["applied_by_id"], application["staff_id"]):
        raise not_permitted("A second person decides: neither who applied nor whom it is for.", "input", "id")
    if state is UserApplicationState.APPROVED:
        await _must_still_make_sense(connection, application)
    await connection.execute(DECIDE, application["id"], state.name, staff_id, now)
    return _outcome(application["id"], state.name)


async def confirm_training(
    connection: Any, application: Any, *, trained_on: date, today: date, staff_id: int
) -> Outcome:
    """Somebody else than the one who was trained says that they were."""
    _must_be(application, UserApplicationState.APPROVED)
    if staff_id == application["staff_id"]:
        raise not_permitted("Nobody confirms their own training.", "input", "id")
    if trained_on > today:
        raise invalid_input(f"Training that was done lies before today's business date, {today}.", "input", "trainedOn")
    await connection.execute(TRAIN, application["id"], trained_on, staff_id)
    return _outcome(application["id"], UserApplicationState.TRAINED.name, "trainedOn")


async def activate(
    connection: Any,
    application: Any,
    *,
    password_hash: str,
    password_expires_at: datetime,
    staff_id: int,
    now: datetime,
) -> Outcome:
    """Make the account, or change its roles.

    password_hash  of a new user's one-time password
    """
    wanted = wanted_of(application)
    ready = UserApplicationState.TRAINED if wanted.needs_training else UserApplicationState.APPROVED
    _must_be(application, ready)
    if staff_id == application["staff_id"]:
        raise not_permitted("Nobody puts an application for themselves into effect.", "input", "id")
    await _must_still_make_sense(connection, application)
    is_new = wanted.kind is UserApplicationKind.NEW_USER
    if is_new:
        account_id = await connection.fetchval(ADD_ACCOUNT, wanted.username, wanted.staff_id)
        await connection.execute(SET_ONE_TIME_PASSWORD, account_id, password_hash, password_expires_at, now)
    else:
        account_id = next(
            row["id"] for row in await connection.fetch(OF_STAFF, wanted.staff_id) if row["username"] == wanted.username
        )
    for role in wanted.removes:
        branch_id = await connection.fetchval(BRANCH, role.branch_no)
        await connection.execute(REMOVE_ROLE, account_id, role.role, branch_id)
    for role in wanted.adds:
        branch_id = await connection.fetchval(BRANCH, role.branch_no)
        await assign_role(connection, user_account_id=account_id, role=role.role, branch_id=branch_id)
    await connection.execute(ACTIVATE, application["id"], staff_id, now)
    changed = Change("user_account", account_id, "CREATED" if is_new else "CHANGED", fields=["roles"])
    outcome = _outcome(application["id"], UserApplicationState.ACTIVE.name)
    return Outcome(outcome.values, [*outcome.changes, changed])


async def withdraw(connection: Any, application: Any) -> Outcome:
    """End an application that is not in effect yet."""
    _must_be(application, *OPEN_STATES)
    await connection.execute(WITHDRAW, application["id"])
    return _outcome(application["id"], UserApplicationState.WITHDRAWN.name)


async def withdraw_all(connection: Any, staff_id: int) -> list[Change]:
    """End the applications for somebody who leaves or moves."""
    ended = await connection.fetch(WITHDRAW_ALL, staff_id, OPEN_NAMES)
    return [_change(row["id"], UserApplicationState.WITHDRAWN.name) for row in ended]


def wanted_of(application: Any) -> Wanted:
    """What a row asks for."""
    return Wanted(
        UserApplicationKind[application["kind"]],
        application["staff_id"],
        application["username"],
        [RoleInBranch.read(text) for text in application["adds"]],
        [RoleInBranch.read(text) for text in application["removes"]],
    )


def _must_be(application: Any, *states: UserApplicationState) -> None:
    if application["state"] not in [state.name for state in states]:
        wanted = " or ".join(state.name for state in states)
        raise invalid_input(f"The application is {application['state']}; this takes {wanted}.", "input", "id")


async def _must_still_make_sense(connection: Any, application: Any) -> None:
    found = await fault(connection, wanted_of(application), application_id=application["id"])
    if found is not None:
        raise invalid_input(f"It does not fit any more. {found[1]}", "input", "id")


def _outcome(application_id: int, action: str, *fields: str) -> Outcome:
    return Outcome({"application": application_id}, [_change(application_id, action, *fields)])


def _change(application_id: int, action: str, *fields: str) -> Change:
    return Change("user_application", application_id, action, fields=["state", *fields])
