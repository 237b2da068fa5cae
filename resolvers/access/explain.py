"""Explaining what somebody gets to see: which role, line, reach, branch or grant lets it through or stops it."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from authz.explanation import AccessReasonKind, AccessVerdict, Reason, reasons
from authz.permissions import Permission
from authz.policies import Policies
from authz.policy import Place, Policy
from authz.reader import Reader, reader_of
from authz.subjects import subject_called
from domain.alert.tables import alert, alert_badge, alert_preference
from domain.announcement.tables import announcement, announcement_audience, announcement_reader
from domain.audit.log import Event, record
from domain.audit.model import EventKind
from domain.audit.tables import event
from domain.command.model import Outcome, invalid_input, not_found
from domain.customer.tables import customer
from domain.indicator.tables import target
from domain.knowledge_article.tables import knowledge_article
from domain.lead.tables import lead
from domain.opportunity.tables import opportunity, opportunity_stage_change
from domain.quotation.tables import quotation
from domain.referral.tables import referral
from domain.shared.scope import Scope
from domain.staff.tables import staff
from domain.task.tables import task
from domain.ticket.tables import ticket, ticket_event
from domain.visit.tables import visit
from resolvers.access.sight import WrittenScope, customer_ids, is_reference, row_of, sees, text
from resolvers.alert.edges import OWNERS as ALERT_OWNERS
from resolvers.announcement.guards import addressed
from resolvers.engine.edges import Amount, Column, Command, Declaration, Many, One, Union
from resolvers.engine.graph import NodeType
from resolvers.engine.guards import Alias
from resolvers.engine.mutation import CommandContext
from resolvers.indicator.edges import OWNERS as TARGET_OWNERS
from resolvers.knowledge_article.edges import visible as an_article
from resolvers.lead.edges import OWNERS as LEAD_OWNERS
from resolvers.opportunity.guards import OWNERS as OPPORTUNITY_OWNERS
from resolvers.referral.edges import OWNERS as REFERRAL_OWNERS
from resolvers.task.edges import OWNERS as TASK_OWNERS
from resolvers.ticket.edges import OWNERS as TICKET_OWNERS
from resolvers.visit.edges import OWNERS as VISIT_OWNERS

ACCOUNT = "SELECT id, staff_id FROM ketu.user_account WHERE username = $1"
CUSTOMERS = "SELECT id, position, manager_id, backup_manager_id FROM ketu.customer WHERE id = ANY($1) ORDER BY id"
GRANTS = """
    SELECT access_grant.id, customer_id, starts_on, ends_on,
           ended_at IS NULL AND bank.business_date BETWEEN starts_on AND ends_on AS is_current
    FROM ketu.access_grant AS access_grant, ketu.bank AS bank
    WHERE staff_id = $1 AND customer_id = ANY($2)
    ORDER BY access_grant.id
"""
NOWHERE = -1
"""Position of what stands in no branch; no reach but the bank's comes there."""
Told = dict[str, Any]
"""A reason as the payload shows it."""
THEMSELVES: Told = {"kind": AccessReasonKind.THEMSELVES.name}
MANAGERS = (AccessReasonKind.PRIMARY_MANAGER.name, AccessReasonKind.BACKUP_MANAGER.name)
OWNERS = {
    staff: ("id",),
    task: TASK_OWNERS,
    ticket: TICKET_OWNERS,
    announcement: ("published_by_id",),
    lead: LEAD_OWNERS,
    opportunity: OPPORTUNITY_OWNERS,
    referral: REFERRAL_OWNERS,
    alert: ALERT_OWNERS,
    visit: VISIT_OWNERS,
    target: TARGET_OWNERS,
    knowledge_article: ("written_by_id",),
}
"""Columns that name whose own a row is, where it is not `staff_id`."""
ADDRESSED = {announcement: addressed, knowledge_article: an_article}
"""What else makes a row somebody's own."""
STANDS_NOWHERE = (event, knowledge_article)
"""What is somebody's own, or everybody's, and of no branch."""
SEEN_WITH = {
    ticket_event: ("ticket_id", ticket),
    opportunity_stage_change: ("opportunity_id", opportunity),
    quotation: ("opportunity_id", opportunity),
    announcement_audience: ("announcement_id", announcement),
    announcement_reader: ("staff_id", staff),
    alert_badge: ("staff_id", staff),
    alert_preference: ("staff_id", staff),
}
"""Rows that are seen where another one is, which a column names."""


@dataclass(frozen=True)
class _Somebody:
    """Who is explained, and who asks."""

    connection: Any
    asker: Reader
    reader: Reader
    policy: Policy

    async def about(self, node: NodeType, row_id: int, permission: Permission) -> list[Told]:
        """Why the permission comes to the row or does not, customer by customer where the row is about customers."""
        subject = self.reader.subject
        if is_reference(node):
            return [_told(reason, permission) for reason in reasons(self.policy, subject, permission, None)]
        of_itself = await self._of_itself(node, row_id, permission)
        through = [told async for told in self._through_customers(node, row_id, permission)]
        # What does not come to the row by itself is of interest only where nothing else could.
        return [each for each in of_itself if each["letsThrough"] or not through] + through

    async def _of_itself(self, node: NodeType, row_id: int, permission: Permission) -> list[Told]:
        """The reasons of a row that is somebody's own: staff, what they did, what is about them, work of theirs. Others
        are about customers alone."""
        table = node.rows.table
        if table in SEEN_WITH:
            row, (column, table) = row_of(node), SEEN_WITH[table]
            row_id = await self.connection.fetchval(text(sa.select(row.c[column]).where(row.c.id == row_id)))
        owners = OWNERS.get(table, ("staff_id",))
        if table not in STANDS_NOWHERE and not {"position", *owners} <= {*table.columns.keys()}:
            return []
        row = Alias(table, "asked")
        position = sa.literal(NOWHERE) if table in STANDS_NOWHERE else row.c.position
        listed = sa.func.json_build_array(*(row.c[owner] for owner in owners))
        found = sa.select(position.label("position"), listed.label("owners")).where(row.c.id == row_id)
        stands = await self.connection.fetchrow(text(found))
        place = Place(stands["position"], [*json.loads(stands["owners"]), *await self._addressed(table, row_id)])
        told = [_told(reason, permission) for reason in reasons(self.policy, self.reader.subject, permission, place)]
        return [each | THEMSELVES if each["kind"] in MANAGERS else each for each in told]

    async def _addressed(self, table: sa.Table, row_id: int) -> list[int]:
        """The reader, where a row that is addressed to staff is addressed to them."""
        staff_id = self.reader.subject.staff_id
        row = Alias(table, "asked")
        meant = ADDRESSED[table](row, [WrittenScope(Scope(manager_id=staff_id), ())]) if table in ADDRESSED else None
        if meant is None:
            return []
        found = sa.select(sa.literal_column("1")).select_from(row.source).where(row.c.id == row_id, meant)
        return [staff_id] if await self.connection.fetchval(text(found)) else []

    def lacks(self, *targets: NodeType) -> list[Told]:
        """Why no row of these types can be read."""
        missing = dict.fromkeys(
            permission
            for target in targets
            for permission in target.rows.reads
            if self.reader.scope_of[permission].is_nothing
        )
        return [
            _told(reason, permission)
            for permission in missing
            for reason in reasons(self.policy, self.reader.subject, permission, None)
        ]

    async def _through_customers(self, node: NodeType, row_id: int, permission: Permission) -> AsyncIterator[Told]:
        subject = self.reader.subject
        ids = await customer_ids(self.connection, node, row_id)
        grants = await self.connection.fetch(GRANTS, subject.staff_id, ids)
        beyond: list[Told] = []
        for row in await self.connection.fetch(CUSTOMERS, ids):
            place = Place(
                row["position"],
                (row["manager_id"], row["backup_manager_id"]),
                row["id"] in subject.granted_customer_ids,
            )
            found = [_told(each, permission) for each in reasons(self.policy, subject, permission, place)]
            if not self._asker_reaches(row, Permission.CUSTOMER_READ):
                if any(each["letsThrough"] for each in found):
                    beyond.append(_told(Reason(AccessReasonKind.BEYOND_YOU), permission))
                continue
            through = {"customerId": f"cus_{row['id']}", "tie": tie(node)}
            for each in found:
                yield each | through | self._dates(each, row, grants, is_current=True)
            if any(each["customer_id"] == row["id"] and not each["is_current"] for each in grants):
                told = _told(Reason(AccessReasonKind.PAST_OR_FUTURE_GRANT), permission)
                yield told | through | self._dates(told, row, grants, is_current=False)
        for told in beyond[:1]:
            yield told

    def _asker_reaches(self, row: Any, permission: Permission) -> bool:
        return self.asker.scope_of[permission].includes(
            position=row["position"],
            manager_ids=(row["manager_id"], row["backup_manager_id"]),
            is_granted=row["id"] in self.asker.subject.granted_customer_ids,
        )

    def _dates(self, told: Told, row: Any, grants: Sequence[Any], *, is_current: bool) -> Told:
        """Of the grant that a reason rests on, if the asker may see it."""
        if told["kind"] not in ("ACCESS_GRANT", "PAST_OR_FUTURE_GRANT"):
            return {}
        if not self._asker_reaches(row, Permission.ACCESS_GRANT_READ):
            return {}
        grant = next(each for each in grants if each["customer_id"] == row["id"] and each["is_current"] is is_current)
        return {
            "grantId": f"gra_{grant['id']}",
            "startsOn": grant["starts_on"].isoformat(),
            "endsOn": grant["ends_on"].isoformat(),
        }


def _told(reason: Reason, permission: Permission) -> Told:
    held, line = reason.held, reason.line
    return {
        "permission": permission.value,
        "kind": reason.kind.name,
        "letsThrough": reason.kind.lets_through,
        "role": held and held.role,
        "branchId": held and f"bra_{held.branch_id}",
        "line": line and str(line),
        "reach": line and line.reach and line.reach.name,
        "customerId": None,
        "tie": None,
        "grantId": None,
        "startsOn": None,
        "endsOn": None,
    }


def tie(node: NodeType) -> str:
    """What a row is to the customers whom it tells about."""
    columns = node.rows.table.columns
    if node.rows.table is customer:
        return "CUSTOMER"
    if "customer_id" in columns:
        return "OWNER"
    if "from_customer_id" in columns:
        return "PARTY"
    if node.rows.table is event:
        return "TOLD_OF"
    return "HOLDER" if node.name == "Account" or "account_id" in columns else "MEMBER"


async def _explain(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    node, row_id = context.graph.decode(given["node_id"], where="input.nodeId")
    asker, connection = context.reader, context.connection
    account = await connection.fetchrow(ACCOUNT, given["username"])
    staff_node = context.graph.by_table[staff]
    if account is None or not await sees(connection, asker, staff_node, account["staff_id"], *staff_node.rows.reads):
        raise not_found("input", "username")
    for permissions in (node.rows.reads, (Permission.ACCESS_EXPLAIN,)):
        if not await sees(connection, asker, node, row_id, *permissions):
            raise not_found("input", "nodeId")
    field = given.get("field")
    declaration = await _declaration(context, node, row_id, field) if field else None
    subject = await subject_called(connection, given["username"])
    if subject is None:
        verdict, told = AccessVerdict.NO_SIGN_IN, []
        told_of: list[int] = []
    else:
        policy = await Policies().of_version(connection, subject.policy_version_id)
        somebody = _Somebody(connection, asker, reader_of(subject, policy), policy)
        verdict, told = await _judged(context, somebody, node, row_id, declaration)
        told_of = await customer_ids(connection, node, row_id)
    details = {"userAccountId": account["id"], "field": field, "verdict": verdict.name}
    concept = node.rows.table.name
    entry = Event(EventKind.ACCESS, "explainAccess", concept, row_id, told_of, details)
    await record(connection, context.actor, entry)
    return Outcome({"verdict": verdict.name, "reasons": told})


async def _declaration(context: CommandContext, node: NodeType, row_id: int, field: str) -> Declaration:
    """Where the field's value lives; Refusal where the row's type has none of that name."""
    type_ = node
    if node.kinds:
        row = row_of(node)
        kind = await context.connection.fetchval(
            text(sa.select(row.c.kind).select_from(row.source).where(row.c.id == row_id))
        )
        type_ = context.graph.types[node.kinds[kind]]
    if field not in type_.fields:
        raise invalid_input(f"{type_.name} has no field of that name.", "input", "field")
    return type_.fields[field]


async def _judged(
    context: CommandContext, somebody: _Somebody, node: NodeType, row_id: int, declaration: Declaration | None
) -> tuple[AccessVerdict, list[Told]]:
    told = [each for permission in node.rows.reads for each in await somebody.about(node, row_id, permission)]
    if not await sees(somebody.connection, somebody.reader, node, row_id, *node.rows.reads):
        return AccessVerdict.ABSENT, told
    match declaration:
        case Column(requires=Permission() as required) | Amount(requires=Permission() as required):
            told += await somebody.about(node, row_id, required)
            if somebody.reader.scope_of[required].is_nothing:
                return AccessVerdict.WITHHELD, told
            if not await sees(somebody.connection, somebody.reader, node, row_id, required):
                return AccessVerdict.GUARDED, told
        case One():
            return await _at_the_end(context, somebody, node, row_id, declaration)
        case Many() | Union():
            edges = declaration.members if isinstance(declaration, Union) else (declaration,)
            targets = [context.graph.by_table[edge.table] for edge in edges]
            if not any(_reads(somebody.reader, target) for target in targets):
                return AccessVerdict.WITHHELD, somebody.lacks(*targets)
        case _:
            pass
    return AccessVerdict.VISIBLE, told


async def _at_the_end(
    context: CommandContext, somebody: _Somebody, node: NodeType, row_id: int, edge: One
) -> tuple[AccessVerdict, list[Told]]:
    """The verdict about the row that an edge leads to."""
    target = context.graph.by_table[edge.table]
    parent, child = row_of(node), Alias(target.rows.table, "at_end")
    found = sa.select(child.c.id).select_from(parent.source.join(child.source, edge.on(parent, child)))
    found_id = await context.connection.fetchval(text(found.where(parent.c.id == row_id)))
    if not _reads(somebody.reader, target):
        return AccessVerdict.WITHHELD, somebody.lacks(target)
    if found_id is None or not await sees(context.connection, somebody.asker, target, found_id, *target.rows.reads):
        return AccessVerdict.EMPTY, []
    told = [each for permission in target.rows.reads for each in await somebody.about(target, found_id, permission)]
    if await sees(context.connection, somebody.reader, target, found_id, *target.rows.reads):
        return AccessVerdict.VISIBLE, told
    return AccessVerdict.ABSENT, told


def _reads(reader: Reader, node: NodeType) -> bool:
    return not any(reader.scope_of[permission].is_nothing for permission in node.rows.reads)


explain = Command("ExplainAccessPayload", Permission.ACCESS_EXPLAIN, _explain)
