"""Keeping what customers said to what they were asked for."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import written
from domain.command.model import Outcome
from domain.consent.model import LONGEST_EVIDENCE, ConsentDecision, ConsentPurpose
from domain.consent.service import record_consent
from domain.shared.channel import Channel
from resolvers.customer.reach import customer_named
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext


async def _record(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    customer_id = await customer_named(context, given, Permission.CONSENT_RECORD)
    channel = given.get("channel")
    return await record_consent(
        context.connection,
        customer_id=customer_id,
        purpose=ConsentPurpose[given["purpose"].name],
        channel=Channel[channel.name] if channel else None,
        decision=ConsentDecision[given["decision"].name],
        decided_at=given.get("decided_at") or context.now,
        evidence=written(given["evidence"], LONGEST_EVIDENCE, "input", "evidence"),
        staff_id=context.staff_id,
        now=context.now,
    )


record = Command("RecordConsentPayload", Permission.CONSENT_RECORD, _record)
