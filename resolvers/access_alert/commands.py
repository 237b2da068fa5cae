"""Closing alerts on suspicious use."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.access_alert import service
from domain.access_alert.model import LONGEST_NOTE, AccessAlertFinding
from domain.command.model import Outcome, conflict, invalid_input, not_found, not_permitted
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.staff.reach import reaches

ALERT = "SELECT * FROM ketu.access_alert WHERE id = $1 FOR UPDATE"


async def _close(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    alert_id = context.row_id("AccessAlert", given["id"], "input", "id")
    alert = await context.connection.fetchrow(ALERT, alert_id)
    if alert is None or not reaches(context, Permission.ACCESS_ALERT_READ, alert["position"], alert["staff_id"]):
        raise not_found("input", "id")
    if not reaches(context, Permission.ACCESS_ALERT_CLOSE, alert["position"], alert["staff_id"]):
        raise not_permitted(f"{Permission.ACCESS_ALERT_CLOSE} does not reach it.", "input", "id")
    if alert["version"] != given["expected_version"]:
        raise conflict(alert["version"], "input", "expectedVersion")
    note = given["note"].strip()
    if not 0 < len(note) <= LONGEST_NOTE:
        raise invalid_input(f"A note has 1 to {LONGEST_NOTE} characters.", "input", "note")
    return await service.close(
        context.connection,
        alert,
        finding=AccessAlertFinding[given["finding"].name],
        note=note,
        staff_id=context.reader.subject.staff_id,
        now=context.now,
    )


close = Command("CloseAccessAlertPayload", Permission.ACCESS_ALERT_CLOSE, _close)
