"""Closing alerts on suspicious use."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.access_alert import service
from domain.access_alert.model import LONGEST_NOTE, AccessAlertFinding
from domain.command.checks import must_be_current, written
from domain.command.model import Outcome
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext
from resolvers.staff.reach import record_in_reach

ALERT = "SELECT * FROM ketu.access_alert WHERE id = $1 FOR UPDATE"


async def _close(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    alert_id = context.row_id("AccessAlert", given["id"], "input", "id")
    alert = await record_in_reach(context, ALERT, alert_id, Permission.ACCESS_ALERT_READ, Permission.ACCESS_ALERT_CLOSE)
    must_be_current(alert, given["expected_version"])
    return await service.close(
        context.connection,
        alert,
        finding=AccessAlertFinding[given["finding"].name],
        note=written(given["note"], LONGEST_NOTE, "input", "note"),
        staff_id=context.staff_id,
        now=context.now,
    )


close = Command("CloseAccessAlertPayload", Permission.ACCESS_ALERT_CLOSE, _close)
