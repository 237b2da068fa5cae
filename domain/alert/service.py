"""What becomes of alerts, each within the caller's transaction. The caller has made sure that who asks may."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.alert.model import LONGEST_LEAD_DAYS, OPEN_STATES, AlertState
from domain.command.model import Change, Outcome, invalid_input, known

ACKNOWLEDGE = "UPDATE ketu.alert SET state = 'SEEN', seen_at = $2 WHERE id = $1"
CLOSE = """
    UPDATE ketu.alert SET state = $2, closed_at = $3, closed_by_id = $4, result = $5, seen_at = coalesce(seen_at, $6)
    WHERE id = $1
"""
PREFER = """
    INSERT INTO ketu.alert_preference (staff_id, alert_rule_id, is_stopped, lead_days, repeat_days)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (staff_id, alert_rule_id)
    DO UPDATE SET is_stopped = excluded.is_stopped, lead_days = excluded.lead_days, repeat_days = excluded.repeat_days
    RETURNING id
"""
STOP_RULE = """
    INSERT INTO ketu.alert_preference (staff_id, alert_rule_id, is_stopped) VALUES ($1, $2, true)
    ON CONFLICT (staff_id, alert_rule_id) DO UPDATE SET is_stopped = true RETURNING id
"""
LEAVE = """
    UPDATE ketu.alert SET staff_id = NULL WHERE staff_id = $1 AND state = ANY($2) RETURNING id, customer_id
"""
OPEN_NAMES = [state.name for state in OPEN_STATES]


@dataclass(frozen=True, slots=True)
class Preference:
    """How somebody wants the alerts of a rule; None: as the rule says."""

    is_stopped: bool
    lead_days: int | None
    repeat_days: int | None


async def acknowledge(connection: Any, alert: Any, *, staff_id: int, now: datetime) -> Outcome:
    """Whose inbox it is in has looked at it. Nothing changes where they had."""
    _must_be_ones_own(alert, staff_id)
    if alert["state"] != AlertState.NEW.name:
        return Outcome({"alert": alert["id"]})
    await connection.execute(ACKNOWLEDGE, alert["id"], now)
    return Outcome({"alert": alert["id"]}, [_change(alert, "SEEN", ["state", "seenAt"])])


async def complete(connection: Any, alert: Any, *, result: str | None, staff_id: int, now: datetime) -> Outcome:
    """Somebody has seen to it."""
    _must_be_open(alert)
    seen_at = now if alert["staff_id"] == staff_id else None
    await connection.execute(CLOSE, alert["id"], AlertState.DONE.name, now, staff_id, result, seen_at)
    return Outcome({"alert": alert["id"]}, [_change(alert, "DONE", ["state", "closedAt", "closedBy", "result"])])


async def stop(connection: Any, alert: Any, *, with_rule: bool, staff_id: int, now: datetime) -> Outcome:
    """Whose inbox it is in wants no more of it; nor of any other alert of its rule, if they say so."""
    _must_be_ones_own(alert, staff_id)
    _must_be_open(alert)
    await connection.execute(CLOSE, alert["id"], AlertState.STOPPED.name, now, staff_id, None, now)
    changes = [_change(alert, "STOPPED", ["state", "closedAt", "closedBy"])]
    if with_rule:
        if alert["alert_rule_id"] is None:
            raise invalid_input("No rule raised it, so there is none to stop.", "input", "stopsRule")
        preference_id = await connection.fetchval(STOP_RULE, staff_id, alert["alert_rule_id"])
        changes.append(Change("alert_preference", preference_id, "CHANGED", fields=["isStopped"], staff_ids=[staff_id]))
    return Outcome({"alert": alert["id"]}, changes)


async def prefer(connection: Any, rule_id: int, wanted: Preference, *, staff_id: int) -> Outcome:
    """Somebody wants the alerts of a rule so from here on."""
    for days, least, name in ((wanted.lead_days, 0, "leadDays"), (wanted.repeat_days, 1, "repeatDays")):
        if days is not None and not least <= days <= LONGEST_LEAD_DAYS:
            raise invalid_input(f"Say {least} to {LONGEST_LEAD_DAYS} days.", "input", name)
    preference_id = await connection.fetchval(
        PREFER, staff_id, rule_id, wanted.is_stopped, wanted.lead_days, wanted.repeat_days
    )
    fields = ["isStopped", "leadDays", "repeatDays"]
    change = Change("alert_preference", preference_id, "CHANGED", fields=fields, staff_ids=[staff_id])
    return Outcome({"alertPreference": preference_id}, [change])


async def leave_to_others(connection: Any, staff_id: int) -> list[Change]:
    """What still waits in somebody's inbox is for whoever has the branch or the customer."""
    left = await connection.fetch(LEAVE, staff_id, OPEN_NAMES)
    return [_change({**row, "staff_id": staff_id}, "LEFT", ["staff"]) for row in left]


def _must_be_ones_own(alert: Any, staff_id: int) -> None:
    if alert["staff_id"] != staff_id:
        raise invalid_input("It is not in your inbox.", "input", "id")


def _must_be_open(alert: Any) -> None:
    if alert["state"] not in OPEN_NAMES:
        raise invalid_input("It is done or stopped already.", "input", "id")


def _change(alert: Any, action: str, fields: list[str]) -> Change:
    about, owners = (known(alert[name]) for name in ("customer_id", "staff_id"))
    return Change("alert", alert["id"], action, about, fields, staff_ids=owners)
