"""A branch goes live: one person applies, another gives the final approval."""

from datetime import datetime
from typing import Any

from domain.branch.model import BranchState
from domain.command.model import Change, Outcome, invalid_input, not_permitted
from domain.go_live.model import GoLiveState

APPLY = (
    "INSERT INTO ketu.go_live (branch_id, state, reason, applied_by_id) VALUES ($1, 'PROPOSED', $2, $3) RETURNING id"
)
DECIDE = "UPDATE ketu.go_live SET state = $2, decided_by_id = $3, decided_at = $4 WHERE id = $1"
SET_STATE = "UPDATE ketu.branch SET state = $2 WHERE id = $1"


async def apply(connection: Any, branch: Any, *, reason: str, staff_id: int) -> Outcome:
    """Ask that a branch that was set up goes live.

    branch  its row, held by the caller
    """
    if branch["state"] != BranchState.PREPARING.name:
        message = f"The branch is {branch['state']}; only one that is being set up can go live."
        raise invalid_input(message, "input", "branchId")
    application_id = await connection.fetchval(APPLY, branch["id"], reason, staff_id)
    return await _outcome(connection, application_id, branch["id"], "PROPOSED", BranchState.APPLIED)


async def decide(connection: Any, application: Any, state: GoLiveState, *, staff_id: int, now: datetime) -> Outcome:
    """Approve or refuse.

    application  its row, held by the caller
    """
    if application["state"] != GoLiveState.PROPOSED.name:
        raise invalid_input("The application has been decided on already.", "input", "id")
    if application["applied_by_id"] == staff_id:
        raise not_permitted("Who applies does not decide: a second person does.", "input", "id")
    await connection.execute(DECIDE, application["id"], state.name, staff_id, now)
    then = BranchState.OPEN if state is GoLiveState.APPROVED else BranchState.PREPARING
    return await _outcome(connection, application["id"], application["branch_id"], state.name, then)


async def _outcome(connection: Any, application_id: int, branch_id: int, action: str, state: BranchState) -> Outcome:
    await connection.execute(SET_STATE, branch_id, state.name)
    changes = [
        Change("go_live", application_id, action, fields=["state"]),
        Change("branch", branch_id, "CHANGED", fields=["state"]),
    ]
    return Outcome({"application": application_id}, changes)
