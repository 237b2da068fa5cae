"""Looking into alerts; and what raises them: thresholds and honeytokens."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.access_alert.model import RULES, AccessAlertFinding, AccessAlertRule
from domain.audit.log import Actor, Event, record
from domain.audit.model import EventKind
from domain.command.model import Change, Outcome, invalid_input, not_permitted
from domain.user_account.administration import Unacceptable

CLOSE = """
    UPDATE ketu.access_alert SET state = 'CLOSED', finding = $2, note = $3, closed_by_id = $4, closed_at = $5
    WHERE id = $1
"""
THRESHOLDS = "SELECT rule, threshold FROM ketu.access_alert_threshold"
SET_THRESHOLD = """
    INSERT INTO ketu.access_alert_threshold (rule, threshold) VALUES ($1, $2)
    ON CONFLICT (rule) DO UPDATE SET threshold = $2
"""
PLANT = """
    INSERT INTO ketu.honeytoken (customer_id) SELECT id FROM ketu.customer WHERE customer_no = $1
    ON CONFLICT DO NOTHING RETURNING customer_id
"""
DIG_UP = """
    DELETE FROM ketu.honeytoken USING ketu.customer AS customer
    WHERE customer.id = customer_id AND customer_no = $1 RETURNING customer_id
"""
PLANTED = """
    SELECT customer_no FROM ketu.honeytoken JOIN ketu.customer AS customer ON customer.id = customer_id
    ORDER BY customer_no
"""


async def close(
    connection: Any, alert: Any, *, finding: AccessAlertFinding, note: str, staff_id: int, now: datetime
) -> Outcome:
    """Say what was found.

    alert  its row, held by the caller
    """
    if alert["staff_id"] == staff_id:
        raise not_permitted("Nobody closes an alert about themselves: another security officer does.", "input", "id")
    if alert["state"] != "OPEN":
        raise invalid_input("The alert was closed already.", "input", "id")
    await connection.execute(CLOSE, alert["id"], finding.name, note, staff_id, now)
    closed = Change("access_alert", alert["id"], "CLOSED", fields=["state", "finding", "note"])
    return Outcome({"alert": alert["id"]}, [closed])


async def thresholds(connection: Any) -> Mapping[AccessAlertRule, int]:
    """How much each rule takes, now."""
    set_by_bank = {row["rule"]: row["threshold"] for row in await connection.fetch(THRESHOLDS)}
    return {rule: set_by_bank.get(rule.name, RULES[rule].threshold) for rule in RULES}


async def set_threshold(connection: Any, rule: AccessAlertRule, threshold: int, *, actor: Actor) -> None:
    """How much a rule takes, from the next look at the log on."""
    await connection.execute(SET_THRESHOLD, rule.name, threshold)
    details = {"rule": rule.name, "threshold": threshold}
    await record(connection, actor, Event(EventKind.POLICY, "access_alert.set_threshold", details=details))


async def plant(connection: Any, customer_no: str, *, actor: Actor) -> None:
    """Make a customer a honeytoken: whoever is shown them raises an alert. Raises Unacceptable.

    The log says that it was done, and not of whom: those who answer for the customer read it, too.
    """
    if await connection.fetchval(PLANT, customer_no) is None:
        raise Unacceptable("no such customer, or a honeytoken already", mend="see the customer number")
    await record(connection, actor, Event(EventKind.CHANGE, "honeytoken.plant", "honeytoken"))


async def dig_up(connection: Any, customer_no: str, *, actor: Actor) -> None:
    """Make a honeytoken an ordinary customer again. Raises Unacceptable."""
    if await connection.fetchval(DIG_UP, customer_no) is None:
        raise Unacceptable("no such honeytoken", mend="see the customer number")
    await record(connection, actor, Event(EventKind.CHANGE, "honeytoken.dig_up", "honeytoken"))


async def planted(connection: Any) -> list[str]:
    """The customer numbers of all honeytokens."""
    return [row["customer_no"] for row in await connection.fetch(PLANTED)]
