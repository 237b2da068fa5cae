"""Looking at alerts, seeing to them, wanting no more of them."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.alert import service
from domain.alert.model import LONGEST_TEXT
from domain.alert.service import Preference
from domain.command.checks import must_be_current, written_if_given
from domain.command.model import Outcome, not_found
from resolvers.alert.edges import OWNERS
from resolvers.customer.reach import work_in_reach
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

ALERT = "SELECT * FROM ketu.alert WHERE id = $1 FOR UPDATE"
IS_RULE = "SELECT EXISTS (SELECT FROM ketu.alert_rule WHERE id = $1)"


async def _acknowledge(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    alert = await _alert(context, given)
    return await service.acknowledge(context.connection, alert, staff_id=context.staff_id, now=context.now)


async def _complete(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    alert = await _alert(context, given)
    must_be_current(alert, given["expected_version"])
    result = written_if_given(given.get("result"), LONGEST_TEXT, "input", "result")
    return await service.complete(context.connection, alert, result=result, staff_id=context.staff_id, now=context.now)


async def _stop(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    alert = await _alert(context, given)
    must_be_current(alert, given["expected_version"])
    with_rule = given["stops_rule"]
    return await service.stop(
        context.connection, alert, with_rule=with_rule, staff_id=context.staff_id, now=context.now
    )


async def _prefer(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    rule_id = context.row_id("AlertRule", given["rule_id"], "input", "ruleId")
    is_readable = not context.reader.scope_of[Permission.ALERT_RULE_READ].is_nothing
    if not (is_readable and await context.connection.fetchval(IS_RULE, rule_id)):
        raise not_found("input", "ruleId")
    wanted = Preference(given["is_stopped"], given.get("lead_days"), given.get("repeat_days"))
    return await service.prefer(context.connection, rule_id, wanted, staff_id=context.staff_id)


async def _alert(context: CommandContext, given: Mapping[str, Any]) -> Any:
    """The alert's row, held until the transaction ends."""
    alert_id = context.row_id("Alert", given["id"], "input", "id")
    found = await context.connection.fetchrow(ALERT, alert_id)
    return await work_in_reach(context, found, OWNERS, Permission.ALERT_READ, Permission.ALERT_HANDLE, "input", "id")


acknowledge = Command("AcknowledgeAlertPayload", Permission.ALERT_HANDLE, _acknowledge)
complete = Command("CompleteAlertPayload", Permission.ALERT_HANDLE, _complete)
stop = Command("StopAlertPayload", Permission.ALERT_HANDLE, _stop)
prefer = Command("SetAlertPreferencePayload", Permission.ALERT_HANDLE, _prefer)
