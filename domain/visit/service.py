"""What becomes of visits, each within the caller's transaction. The caller has made sure that who asks may."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from domain.branch.tree import hold_tree
from domain.command.model import Change, Outcome, invalid_input, known
from domain.interaction.model import Direction, InteractionOutcome
from domain.interaction.service import Contact, log_interaction
from domain.shared.channel import Channel
from domain.visit.model import DEGREES, OPEN_STATES, VisitPlace, VisitPurpose, VisitState

PLAN = """
    INSERT INTO ketu.visit (customer_id, staff_id, planned_by_id, branch_id, position, purpose, state, place,
                            contact_point_id, subject, planned_at, planned_minutes, task_id)
    SELECT $1, staff.id, $3, branch.id, branch.position, $4, 'PLANNED', $5, $6, $7, $8, $9, $10
    FROM ketu.staff AS staff JOIN ketu.branch AS branch ON branch.id = staff.branch_id WHERE staff.id = $2
    RETURNING id
"""
CHECK_IN = """
    UPDATE ketu.visit SET state = 'CHECKED_IN', checked_in_at = $2, latitude = $3, longitude = $4 WHERE id = $1
"""
COMPLETE = "UPDATE ketu.visit SET state = 'DONE', completed_at = $2, interaction_id = $3 WHERE id = $1"
CANCEL = "UPDATE ketu.visit SET state = 'CANCELLED', cancelled_at = $2, cancellation_reason = $3 WHERE id = $1"
OPEN_NAMES = [state.name for state in OPEN_STATES]


@dataclass(frozen=True, slots=True)
class NewVisit:
    """What a visit is planned to be."""

    customer_id: int
    staff_id: int
    purpose: VisitPurpose
    place: VisitPlace
    subject: str
    planned_at: datetime
    planned_minutes: int | None = None
    contact_point_id: int | None = None
    task_id: int | None = None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where somebody is, degrees."""

    latitude: Decimal
    longitude: Decimal

    def coarse(self) -> "Whereabouts":
        """As it is kept."""
        step = Decimal(1).scaleb(-DEGREES)
        return Whereabouts(self.latitude.quantize(step), self.longitude.quantize(step))


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a visit."""

    note: str | None
    outcome: InteractionOutcome | None
    duration_minutes: int | None


async def plan(connection: Any, new: NewVisit, *, planned_by_id: int, now: datetime) -> Outcome:
    """Somebody is to visit a customer."""
    if new.planned_at < now:
        raise invalid_input("A visit that is over is no plan: log it as an interaction.", "input", "plannedAt")
    if new.planned_minutes is not None and new.planned_minutes < 1:
        raise invalid_input("It takes at least a minute.", "input", "plannedMinutes")
    await hold_tree(connection)
    visit_id = await connection.fetchval(
        PLAN, new.customer_id, new.staff_id, planned_by_id, new.purpose.name, new.place.name, new.contact_point_id,
        new.subject, new.planned_at, new.planned_minutes, new.task_id,
    )  # fmt: skip
    return Outcome({"visit": visit_id}, [_change(visit_id, "PLANNED", new.customer_id, new.staff_id, planned_by_id)])


async def check_in(connection: Any, visit: Any, where: Whereabouts | None, *, staff_id: int, now: datetime) -> Outcome:
    """Who visits is there. Where that is, is kept to about a hundred metres."""
    _must_be_ones_own(visit, staff_id)
    if visit["state"] != VisitState.PLANNED.name:
        raise invalid_input("It has begun, or does not take place.", "input", "id")
    if where is not None:
        where = _on_earth(where).coarse()
    await connection.execute(CHECK_IN, visit["id"], now, where and where.latitude, where and where.longitude)
    return _changed(visit, "CHECKED_IN", ["state", "checkedInAt", "latitude", "longitude"])


async def complete(connection: Any, visit: Any, result: Result, *, staff_id: int, now: datetime) -> Outcome:
    """It has taken place: a contact with the customer, which is kept as one."""
    _must_be_ones_own(visit, staff_id)
    _must_be_open(visit)
    began_at = visit["checked_in_at"] or visit["planned_at"]
    if began_at > now:
        raise invalid_input("It has not begun yet: check in, or cancel it.", "input", "id")
    contact = Contact(
        visit["customer_id"], Channel.VISIT, Direction.OUTBOUND, began_at, visit["subject"], note=result.note,
        duration_minutes=result.duration_minutes, outcome=result.outcome, task_id=visit["task_id"],
    )  # fmt: skip
    kept = await log_interaction(connection, contact, staff_id=staff_id, now=now)
    await connection.execute(COMPLETE, visit["id"], now, kept.values["interaction"])
    changed = _changed(visit, "DONE", ["state", "completedAt", "interaction"])
    return replace(changed, changes=[*changed.changes, *kept.changes])


async def cancel(connection: Any, visit: Any, *, reason: str | None, now: datetime) -> Outcome:
    """It does not take place."""
    _must_be_open(visit)
    await connection.execute(CANCEL, visit["id"], now, reason)
    return _changed(visit, "CANCELLED", ["state", "cancelledAt", "cancellationReason"])


def _on_earth(where: Whereabouts) -> Whereabouts:
    for value, most, name in ((where.latitude, 90, "latitude"), (where.longitude, 180, "longitude")):
        if not -most <= value <= most:
            raise invalid_input(f"Say -{most} to {most} degrees.", "input", name)
    return where


def _must_be_ones_own(visit: Any, staff_id: int) -> None:
    if visit["staff_id"] != staff_id:
        raise invalid_input("It is not you who visits.", "input", "id")


def _must_be_open(visit: Any) -> None:
    if visit["state"] not in OPEN_NAMES:
        raise invalid_input("It is done or cancelled already.", "input", "id")


def _changed(visit: Any, action: str, fields: list[str]) -> Outcome:
    change = _change(
        visit["id"], action, visit["customer_id"], visit["staff_id"], visit["planned_by_id"], fields=fields
    )
    return Outcome({"visit": visit["id"]}, [change])


def _change(visit_id: int, action: str, customer_id: int, *staff_ids: int | None, fields: Sequence[str] = ()) -> Change:
    return Change("visit", visit_id, action, [customer_id], fields, staff_ids=known(*staff_ids))
