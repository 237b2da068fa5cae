"""What becomes of referrals, within the caller's transaction."""

from typing import Any

from domain.command.model import Change

LEAVE = """
    UPDATE ketu.referral SET to_staff_id = NULL WHERE to_staff_id = $1 AND state = 'OPEN' RETURNING id, customer_id
"""


async def leave_to_others(connection: Any, staff_id: int) -> list[Change]:
    """What was sent on to somebody who leaves waits in its branch for somebody else."""
    left = await connection.fetch(LEAVE, staff_id)
    return [Change("referral", row["id"], "ASSIGNED", [row["customer_id"]], ["toStaff"]) for row in left]
