"""Leaving the bank, and moving to another branch: what somebody had goes in the transaction that says so."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from domain.alert import service as alert
from domain.branch.tree import hold_tree
from domain.command.model import Change, Outcome
from domain.handover.model import HandoverCause
from domain.lead import service as lead
from domain.opportunity import service as opportunity
from domain.referral import service as referral
from domain.task import service as task
from domain.ticket import service as ticket
from domain.user_account import sessions
from domain.user_account.model import AccountKind, SessionEnd
from domain.user_account.sessions import Account, Origin
from domain.user_application.service import withdraw_all

LEAVE = "UPDATE ketu.staff SET state = 'LEFT' WHERE id = $1"
MOVE = """
    UPDATE ketu.staff SET branch_id = branch.id, position = branch.position, post = coalesce($3, post)
    FROM ketu.branch AS branch WHERE staff.id = $1 AND branch.id = $2
"""
ACCOUNTS = "SELECT id, staff_id, username, kind FROM ketu.user_account WHERE staff_id = $1 ORDER BY id FOR UPDATE"
REMOVE_ROLES = "DELETE FROM ketu.role_assignment WHERE user_account_id = ANY($1) RETURNING user_account_id"
DISABLE = """
    UPDATE ketu.user_account SET is_active = false, frozen_at = NULL
    WHERE id = ANY($1) AND (is_active OR frozen_at IS NOT NULL) RETURNING id
"""
END_GRANTS = """
    UPDATE ketu.access_grant SET ended_at = $3 WHERE staff_id = $1 AND ended_at IS NULL AND ends_on >= $2
    RETURNING id, customer_id
"""
TO_POOL = """
    UPDATE ketu.customer SET {column} = NULL WHERE {column} = $1 RETURNING id, branch_id
"""
OPEN = """
    INSERT INTO ketu.handover (cause, state, staff_id, branch_id, position, opened_on, customer_ids,
        backup_customer_ids, customer_count, backup_customer_count, note)
    SELECT $1, 'OPEN', $2, branch.id, branch.position, $4, $5, $6, cardinality($5::bigint[]), cardinality($6::bigint[]),
           $7
    FROM ketu.branch AS branch WHERE branch.id = $3
    RETURNING id
"""


async def depart(
    connection: Any, staff_id: int, *, note: str | None, today: date, now: datetime, origin: Origin
) -> Outcome:
    """Somebody leaves. Their next statement is refused, and so is every program for which they answer.

    staff_id  of a row held by the caller
    """
    await hold_tree(connection)
    await connection.execute(LEAVE, staff_id)
    accounts = await _accounts(connection, staff_id)
    disabled = await connection.fetch(DISABLE, [account.id for account, _ in accounts])
    for account, _ in accounts:
        await sessions.end_all(connection, account, why=SessionEnd.WITHDRAWN, origin=origin, now=now)
    changes = [
        Change("staff", staff_id, "DEPARTED", fields=["state"]),
        *(Change("user_account", row["id"], "DISABLED", fields=["isActive"]) for row in disabled),
        *await _take_away(connection, staff_id, (account for account, _ in accounts), today=today, now=now),
        *await _to_pool(connection, staff_id, HandoverCause.DEPARTURE, note=note, today=today),
        *await _leave_work(connection, staff_id),
    ]
    return Outcome({"staff": staff_id}, changes)


async def transfer(
    connection: Any,
    staff_id: int,
    *,
    branch_id: int,
    post: str | None,
    note: str | None,
    today: date,
    now: datetime,
) -> Outcome:
    """Somebody works in another branch from now on. They sign in as before, and hold no role until one is approved.

    Programs for which they answer go on: what those reach has nothing to do with where somebody works.
    """
    await hold_tree(connection)
    await connection.execute(MOVE, staff_id, branch_id, post)
    own = [account for account, kind in await _accounts(connection, staff_id) if kind == AccountKind.STAFF.name]
    changes = [
        Change("staff", staff_id, "TRANSFERRED", fields=["branch", *(["post"] if post else [])]),
        *await _take_away(connection, staff_id, own, today=today, now=now),
        *await _to_pool(connection, staff_id, HandoverCause.TRANSFER, note=note, today=today),
        *await _leave_work(connection, staff_id),
    ]
    return Outcome({"staff": staff_id}, changes)


async def _accounts(connection: Any, staff_id: int) -> list[tuple[Account, str]]:
    rows = await connection.fetch(ACCOUNTS, staff_id)
    return [(Account(row["id"], row["staff_id"], row["username"]), row["kind"]) for row in rows]


async def _take_away(
    connection: Any, staff_id: int, accounts: Iterable[Account], *, today: date, now: datetime
) -> list[Change]:
    """End roles, grants, and applications for more."""
    lost = await connection.fetch(REMOVE_ROLES, [account.id for account in accounts])
    ended = await connection.fetch(END_GRANTS, staff_id, today, now)
    return [
        *(Change("user_account", row_id, "CHANGED", fields=["roles"]) for row_id in sorted({row[0] for row in lost})),
        *(Change("access_grant", row["id"], "ENDED", [row["customer_id"]], ["endedAt"]) for row in ended),
        *await withdraw_all(connection, staff_id),
    ]


async def _leave_work(connection: Any, staff_id: int) -> list[Change]:
    """What they still had to do waits in its branch for somebody else."""
    kinds = (task, ticket, alert, lead, opportunity, referral)
    return [change for kind in kinds for change in await kind.leave_to_others(connection, staff_id)]


async def _to_pool(
    connection: Any, staff_id: int, cause: HandoverCause, *, note: str | None, today: date
) -> list[Change]:
    """Leave the customers without a manager, or backup manager, and open a hand-over in each of their branches."""
    taken: list[tuple[int, str, int]] = []
    for column in ("manager_id", "backup_manager_id"):
        rows = await connection.fetch(TO_POOL.format(column=column), staff_id)
        taken += [(row["branch_id"], column, row["id"]) for row in rows]
    changes: list[Change] = []
    for branch_id, of_branch in groupby(sorted(taken), key=itemgetter(0)):
        lost = list(of_branch)
        own, backup = (
            [customer_id for _, of, customer_id in lost if of == column]
            for column in ("manager_id", "backup_manager_id")
        )
        handover_id = await connection.fetchval(OPEN, cause.name, staff_id, branch_id, today, own, backup, note)
        changes.append(Change("handover", handover_id, "OPENED", sorted({*own, *backup})))
        changes += [Change("customer", row_id, "CHANGED", [row_id], ["manager"]) for row_id in own]
        changes += [Change("customer", row_id, "CHANGED", [row_id], ["backupManager"]) for row_id in backup]
    return changes
