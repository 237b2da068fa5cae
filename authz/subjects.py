"""Who a signed-in name is, read from the bank's own records and kept for a moment."""

import time
from collections.abc import Callable

from authz.policy import Policy
from authz.reader import Reader, reader_of
from authz.subject import HeldRole, Subject
from domain.shared.database import Database

SECONDS_KEPT = 1.0
"""A change of roles, branches or state is seen by every process within this time."""

HELD_ROLES = """
    SELECT account.id, account.staff_id, held.role, held.branch_id, branch.position, branch.position_end
    FROM ketu.user_account AS account
    JOIN ketu.staff AS staff ON staff.id = account.staff_id
    LEFT JOIN ketu.role_assignment AS held ON held.user_account_id = account.id
    LEFT JOIN ketu.branch AS branch ON branch.id = held.branch_id
    WHERE account.username = $1 AND account.is_active AND staff.state = 'ACTIVE'
    ORDER BY held.role, held.branch_id
"""


async def subject_called(database: Database, username: str) -> Subject | None:
    """The active user of that name with their roles; None without one."""
    async with database.read() as connection:
        rows = await connection.fetch(HELD_ROLES, username)
    if not rows:
        return None
    roles = tuple(
        HeldRole(row["role"], row["branch_id"], row["position"], row["position_end"]) for row in rows if row["role"]
    )
    return Subject(rows[0]["id"], username, rows[0]["staff_id"], roles)


class Readers:
    """Readers by name, each with the scopes of their roles."""

    def __init__(self, database: Database, policy: Policy, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._policy = policy
        self._clock = clock
        self._known: dict[str, tuple[float, Reader | None]] = {}

    async def called(self, username: str) -> Reader | None:
        """The reader of that name; None when there is no such active user."""
        now = self._clock()
        read_at, reader = self._known.get(username, (float("-inf"), None))
        if now - read_at <= SECONDS_KEPT:
            return reader
        subject = await subject_called(self._database, username)
        reader = None if subject is None else reader_of(subject, self._policy)
        self._known = {name: kept for name, kept in self._known.items() if now - kept[0] <= SECONDS_KEPT}
        self._known[username] = (now, reader)
        return reader
