"""What becomes of care, each within the caller's transaction. The caller has made sure that who asks may."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from domain.branch.tree import hold_tree
from domain.care_plan.model import MOST_DAYS, CareOccasion, CarePlanState, CareState
from domain.command.model import Change, Outcome, invalid_input, known
from domain.interaction.model import Direction, InteractionOutcome
from domain.interaction.service import Contact, log_interaction
from domain.shared.channel import Channel

PLAN = """
    INSERT INTO ketu.care_plan (title, occasion, channel, state, customer_id, tag_id, staff_id, branch_id, position,
                                lead_days, every_days, starts_on, ends_on, greeting)
    SELECT $1, $2, $3, 'ACTIVE', $4, $5, staff.id, branch.id, branch.position, $7, $8, $9, $10, $11
    FROM ketu.staff AS staff JOIN ketu.branch AS branch ON branch.id = staff.branch_id WHERE staff.id = $6
    RETURNING id
"""
FIRST = """
    INSERT INTO ketu.care (care_plan_id, customer_id, staff_id, branch_id, position, occasion, channel, state, due_on)
    SELECT id, customer_id, staff_id, branch_id, position, occasion, channel, 'PLANNED', $2
    FROM ketu.care_plan WHERE id = $1 RETURNING id
"""
END = "UPDATE ketu.care_plan SET state = 'ENDED', ends_on = least(ends_on, greatest(starts_on, $2)) WHERE id = $1"
DROP = """
    UPDATE ketu.care SET state = 'SKIPPED', closed_at = $2, closed_by_id = $3
    WHERE care_plan_id = $1 AND state = 'PLANNED' RETURNING id, customer_id
"""
CLOSE = """
    UPDATE ketu.care SET state = $2, closed_at = $3, closed_by_id = $4, note = $5, interaction_id = $6 WHERE id = $1
"""


@dataclass(frozen=True, slots=True)
class NewPlan:
    """Whom somebody cares for, when and how."""

    title: str
    occasion: CareOccasion
    channel: Channel
    starts_on: date
    ends_on: date | None = None
    customer_id: int | None = None
    tag_id: int | None = None
    lead_days: int = 0
    every_days: int | None = None
    greeting: str | None = None


async def create_plan(connection: Any, new: NewPlan, *, staff_id: int, today: date) -> Outcome:
    """Somebody is to care for customers. Of regular care for one, the first time is planned at once."""
    _must_make_sense(new, today)
    await hold_tree(connection)
    plan_id = await connection.fetchval(
        PLAN, new.title, new.occasion.name, new.channel.name, new.customer_id, new.tag_id, staff_id, new.lead_days,
        new.every_days, new.starts_on, new.ends_on, new.greeting,
    )  # fmt: skip
    about = known(new.customer_id)
    changes = [Change("care_plan", plan_id, "CREATED", about, staff_ids=[staff_id])]
    if new.customer_id and new.occasion is CareOccasion.REGULAR:
        care_id = await connection.fetchval(FIRST, plan_id, new.starts_on)
        changes.append(Change("care", care_id, "PLANNED", about, staff_ids=[staff_id]))
    return Outcome({"carePlan": plan_id}, changes)


async def end_plan(connection: Any, plan: Any, *, staff_id: int, today: date, now: datetime) -> Outcome:
    """It does not go on; what was still to be done by it is left out."""
    if plan["state"] != CarePlanState.ACTIVE.name:
        raise invalid_input("It has ended already.", "input", "id")
    await connection.execute(END, plan["id"], today)
    dropped = await connection.fetch(DROP, plan["id"], now, staff_id)
    about = known(plan["customer_id"])
    owner = [plan["staff_id"]]
    changes = [Change("care_plan", plan["id"], "ENDED", about, ["state", "endsOn"], staff_ids=owner)]
    changes += [
        Change("care", row["id"], "SKIPPED", [row["customer_id"]], ["state"], staff_ids=owner) for row in dropped
    ]
    return Outcome({"carePlan": plan["id"]}, changes)


async def complete(
    connection: Any, care: Any, *, subject: str, note: str | None, outcome: InteractionOutcome | None, staff_id: int,
    now: datetime,
) -> Outcome:  # fmt: skip
    """It was done: a contact with the customer, which is kept as one."""
    _must_be_planned(care)
    contact = Contact(
        care["customer_id"], Channel[care["channel"]], Direction.OUTBOUND, now, subject, note=note, outcome=outcome
    )
    kept = await log_interaction(connection, contact, staff_id=staff_id, now=now)
    interaction_id = kept.values["interaction"]
    await connection.execute(CLOSE, care["id"], CareState.DONE.name, now, staff_id, note, interaction_id)
    changed = _changed(care, "DONE", ["state", "closedAt", "closedBy", "note", "interaction"])
    return replace(changed, changes=[*changed.changes, *kept.changes])


async def skip(connection: Any, care: Any, *, note: str | None, staff_id: int, now: datetime) -> Outcome:
    """It is left out this time."""
    _must_be_planned(care)
    await connection.execute(CLOSE, care["id"], CareState.SKIPPED.name, now, staff_id, note, None)
    return _changed(care, "SKIPPED", ["state", "closedAt", "closedBy", "note"])


def _must_make_sense(new: NewPlan, today: date) -> None:
    if new.customer_id and new.tag_id:
        raise invalid_input("Care for one customer, or for those with a tag.", "input", "tagId")
    if new.starts_on < today:
        raise invalid_input(f"It cannot begin before the business date, {today}.", "input", "startsOn")
    if new.ends_on is not None and new.ends_on < new.starts_on:
        raise invalid_input("It cannot end before it begins.", "input", "endsOn")
    if (new.occasion is CareOccasion.REGULAR) is not (new.every_days is not None):
        raise invalid_input("Say every how many days for what is REGULAR, and for nothing else.", "input", "everyDays")
    for days, least, name in ((new.lead_days, 0, "leadDays"), (new.every_days, 1, "everyDays")):
        if days is not None and not least <= days <= MOST_DAYS:
            raise invalid_input(f"Say {least} to {MOST_DAYS} days.", "input", name)


def _must_be_planned(care: Any) -> None:
    if care["state"] != CareState.PLANNED.name:
        raise invalid_input("It is done or left out already.", "input", "id")


def _changed(care: Any, action: str, fields: list[str]) -> Outcome:
    change = Change("care", care["id"], action, [care["customer_id"]], fields, staff_ids=[care["staff_id"]])
    return Outcome({"care": care["id"]}, [change])
