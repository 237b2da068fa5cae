"""What becomes of announcements, each within the caller's transaction. The caller has made sure that who asks may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.announcement.model import AnnouncementState
from domain.branch.tree import hold_tree
from domain.command.model import Change, Outcome, invalid_input
from domain.shared.priority import Priority
from domain.staff.model import StaffPost

PUBLISH = """
    INSERT INTO ketu.announcement (title, text, priority, state, published_at, published_by_id, branch_id, position,
                                   expires_on)
    SELECT $1, $2, $3, 'PUBLISHED', $4, staff.id, branch.id, branch.position, $6
    FROM ketu.staff AS staff JOIN ketu.branch AS branch ON branch.id = staff.branch_id WHERE staff.id = $5
    RETURNING id
"""
ADDRESS = """
    INSERT INTO ketu.announcement_audience (announcement_id, branch_id, includes_below, role, post, staff_id)
    VALUES ($1, $2, $3, $4, $5, $6)
"""
FORGET_AUDIENCES = "DELETE FROM ketu.announcement_audience WHERE announcement_id = $1"
EDIT = """
    UPDATE ketu.announcement SET title = $2, text = $3, priority = $4, expires_on = $5, edited_at = $6 WHERE id = $1
"""
WITHDRAW = """
    UPDATE ketu.announcement
    SET state = 'WITHDRAWN', withdrawn_at = $2, withdrawn_by_id = $3, withdrawal_reason = $4 WHERE id = $1
"""
READ = """
    INSERT INTO ketu.announcement_reader (announcement_id, staff_id, read_at, read_version) VALUES ($1, $2, $3, $4)
    ON CONFLICT (announcement_id, staff_id)
    DO UPDATE SET read_at = excluded.read_at, read_version = excluded.read_version
    WHERE announcement_reader.read_version < excluded.read_version
    RETURNING id
"""
RECEIPT = "SELECT id FROM ketu.announcement_reader WHERE announcement_id = $1 AND staff_id = $2"


@dataclass(frozen=True, slots=True)
class Audience:
    """Staff who fulfil all of it."""

    branch_id: int | None = None
    includes_below: bool = True
    role: str | None = None
    post: StaffPost | None = None
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class Announced:
    """What an announcement says."""

    title: str
    text: str
    priority: Priority
    expires_on: date | None


async def publish(
    connection: Any, said: Announced, audiences: Sequence[Audience], *, staff_id: int, now: datetime, today: date
) -> Outcome:
    """Tell others something."""
    _must_not_be_over(said, today)
    await hold_tree(connection)
    announcement_id = await connection.fetchval(
        PUBLISH, said.title, said.text, said.priority.name, now, staff_id, said.expires_on
    )
    await _address(connection, announcement_id, audiences)
    return Outcome({"announcement": announcement_id}, [Change("announcement", announcement_id, "PUBLISHED")])


async def edit(
    connection: Any,
    announcement: Any,
    said: Announced,
    audiences: Sequence[Audience] | None,
    *,
    now: datetime,
    today: date,
) -> Outcome:
    """Say it otherwise; to others where `audiences` says to whom. Who has read it has read what it said before."""
    _must_stand(announcement)
    if said.expires_on != announcement["expires_on"]:
        _must_not_be_over(said, today)
    told = {
        "title": said.title,
        "text": said.text,
        "priority": said.priority.name,
        "expiresOn": said.expires_on,
    }
    was = {"expiresOn": announcement["expires_on"]} | {name: announcement[name] for name in told if name != "expiresOn"}
    fields = [name for name in told if told[name] != was[name]]
    await connection.execute(EDIT, announcement["id"], said.title, said.text, said.priority.name, said.expires_on, now)
    if audiences is not None:
        await connection.execute(FORGET_AUDIENCES, announcement["id"])
        await _address(connection, announcement["id"], audiences)
        fields.append("audiences")
    return _changed(announcement, "EDITED", fields)


async def withdraw(connection: Any, announcement: Any, *, reason: str | None, staff_id: int, now: datetime) -> Outcome:
    """Take it back: those it was addressed to see it no more."""
    _must_stand(announcement)
    await connection.execute(WITHDRAW, announcement["id"], now, staff_id, reason)
    return _changed(announcement, "WITHDRAWN", ["state", "withdrawnAt", "withdrawnBy", "withdrawalReason"])


async def read(connection: Any, announcement: Any, *, staff_id: int, now: datetime) -> Outcome:
    """Somebody has read it, as it is now. Nothing changes where they had."""
    announcement_id = announcement["id"]
    made = await connection.fetchval(READ, announcement_id, staff_id, now, announcement["version"])
    receipt_id = made or await connection.fetchval(RECEIPT, announcement_id, staff_id)
    changes = [Change("announcement_reader", made, "READ")] if made else []
    return Outcome({"announcement": announcement_id, "announcementReader": receipt_id}, changes)


async def _address(connection: Any, announcement_id: int, audiences: Sequence[Audience]) -> None:
    await connection.executemany(
        ADDRESS,
        [
            (
                announcement_id,
                each.branch_id,
                each.includes_below,
                each.role,
                each.post and each.post.name,
                each.staff_id,
            )
            for each in audiences
        ],
    )


def _must_stand(announcement: Any) -> None:
    if announcement["state"] != AnnouncementState.PUBLISHED.name:
        raise invalid_input("It is withdrawn: publish another one.", "input", "id")


def _must_not_be_over(said: Announced, today: date) -> None:
    if said.expires_on is not None and said.expires_on < today:
        raise invalid_input(f"Its last day cannot be before the business date, {today}.", "input", "expiresOn")


def _changed(announcement: Any, action: str, fields: list[str]) -> Outcome:
    return Outcome(
        {"announcement": announcement["id"]}, [Change("announcement", announcement["id"], action, [], fields)]
    )
