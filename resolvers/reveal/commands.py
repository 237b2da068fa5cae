"""Showing one sealed value in full: to whom policy allows it, for a purpose, so often a day, never unseen."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from domain.audit.log import Event, record
from domain.audit.model import EventKind
from domain.command.model import Outcome, Refusal, Secret, invalid_input, not_found, not_permitted
from domain.quota.model import QuotaKind
from domain.quota.service import use
from domain.reveal.model import VISIBLE, RevealPurpose, RevealReason
from domain.shared.identifier import IdentifierKind
from resolvers.access.sight import customer_ids, row_of, sees, text, written
from resolvers.engine.edges import Command, Identifier
from resolvers.engine.graph import NodeType
from resolvers.engine.mutation import CommandContext
from resolvers.reveal.fields import FIELDS

ACTION = "reveal"


async def _reveal(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    purpose = RevealPurpose(RevealReason[given["reason"].name], given["reference"])
    if fault := purpose.fault:
        raise invalid_input(fault, "input", "reference")
    rows, identifier = FIELDS[given["field"].name]
    node, row_id = context.graph.decode(given["id"], where="input.id")
    if node.rows is not rows:
        raise invalid_input(f"{given['field'].name} is no field of that id's type.", "input", "field")
    kind, cipher = await _sealed(context, node, row_id, identifier)
    remaining = await _counted(context)
    value = context.keys.ring.open(kind, cipher)
    entry = Event(
        EventKind.REVEAL,
        ACTION,
        node.rows.table.name,
        row_id,
        await customer_ids(context.connection, node, row_id),
        {"field": identifier.name, "requestPurpose": context.actor.purpose},
    )
    await record(context.connection, replace(context.actor, purpose=str(purpose)), entry)
    visible_until = (context.now + VISIBLE).astimezone(UTC)
    return Outcome(
        {
            "value": Secret(value),
            "visibleUntil": visible_until.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "remainingCount": remaining,
        }
    )


async def _sealed(
    context: CommandContext, node: NodeType, row_id: int, identifier: Identifier
) -> tuple[IdentifierKind, bytes]:
    """What the value was sealed as, and its cipher text, read under the scope of the permission to reveal it.

    raises  Refusal  NotFound where the reader may not see the row, NotPermitted where the mask is all they may see
    """
    reader, permission = context.reader, identifier.reveal
    refused = not_permitted(f"{permission} does not reach this row.", "input", "id")
    if reader.scope_of[permission].is_nothing:
        raise refused
    row = row_of(node)
    visible = node.rows.visible(row, written(reader, *node.rows.reads, permission))
    wanted = [row.c[f"{identifier.name}_cipher"]]
    wanted += [row.c[identifier.kind_column]] if identifier.kind_column else []
    found = sa.select(*wanted).select_from(row.source).where(row.c.id == row_id)
    sealed = await context.connection.fetchrow(text(found if visible is None else found.where(visible)))
    if sealed is None:
        is_seen = await sees(context.connection, reader, node, row_id, *node.rows.reads)
        # Ids that lead nowhere are tried by who looks for some that do.
        raise refused if is_seen else replace(not_found("input", "id"), is_denial=True)
    cipher, *kind = sealed
    if cipher is None:
        raise invalid_input("The field holds no value in this row.", "input", "field")
    return IdentifierKind[kind[0]] if kind else identifier.kinds[0], cipher


async def _counted(context: CommandContext) -> int:
    """How many more the reader may reveal today, this one counted. Raises Refusal."""
    quota = context.quotas.reveals
    left = await use(
        context.connection,
        QuotaKind.REVEAL,
        user_account_id=context.reader.subject.user_account_id,
        quota=quota,
    )
    if left is None:
        message = f"You may reveal {quota} values on a business date, and have done so; go on with the next one."
        today = {"quota": quota, "businessDate": context.business_date.isoformat()}
        raise Refusal("QuotaExceeded", message, (), today, is_denial=True)
    return left


reveal = Command("RevealPayload", None, _reveal)
