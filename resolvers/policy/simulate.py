"""Who would gain or lose which customers by a change of the policy, before anybody approves it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by

from authz.permissions import Permission
from authz.policies import Policies
from authz.policy import WIDTH, Policy, policy_of
from authz.subject import Subject
from authz.subjects import subjects_with_roles
from domain.audit.log import Event, record
from domain.audit.model import EventKind
from domain.command.model import Outcome, invalid_input, not_found
from domain.customer.tables import customer
from domain.policy.repository import IN_FORCE
from domain.shared.scope import Scope
from resolvers.access.sight import WrittenScope, text, written
from resolvers.customer.guards import a_customer
from resolvers.engine.edges import Amount, Clause, Column, Command
from resolvers.engine.graph import Graph
from resolvers.engine.guards import Alias
from resolvers.engine.mutation import CommandContext
from resolvers.policy.commands import changed_lines

MOST_SHOWN = 100
SAMPLE = 5
NO_CUSTOMERS: dict[str, Any] = {"gainedCount": None, "lostCount": None, "gainedIds": [], "lostIds": []}
"""Of a permission for what is about no customer."""

STAFF = "SELECT id, position FROM ketu.staff WHERE id = ANY($1)"


@dataclass(frozen=True)
class _Difference:
    """One permission of one user, whose rows a change makes more or fewer."""

    subject: Subject
    permission: Permission
    before: Scope
    after: Scope


async def _simulate(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    first = given["first"]
    if not 0 <= first <= MOST_SHOWN:
        raise invalid_input(f"first is {first}; differences go from 0 to {MOST_SHOWN}.", "input", "first")
    before, after = await _policies(context, given)
    roles = [role for role in {*before.reaches, *after.reaches} if _differs(role, before, after)]
    subjects = await subjects_with_roles(context.connection, roles)
    visible = await _visible(context, subjects)
    found = [each for subject in visible for each in _differences(subject, before, after)]
    of_customers = _permissions_about_customers(context.graph)
    shown: list[dict[str, Any]] = []
    for each in found[:first]:
        told = {
            "username": each.subject.username,
            "permission": each.permission.value,
            "reachBefore": _reach(before, each),
            "reachAfter": _reach(after, each),
        }
        customers = each.permission in of_customers
        shown.append(told | (await _customers(context, each) if customers else NO_CUSTOMERS))
    ids = sorted({int(one[4:]) for each in shown for one in (*each["gainedIds"], *each["lostIds"])})
    # Samples name customers, whether the change comes or not.
    await record(context.connection, context.actor, Event(EventKind.ACCESS, "simulatePolicyChange", customer_ids=ids))
    return Outcome(
        {
            "userCount": str(len({each.subject.username for each in found})),
            "differenceCount": str(len(found)),
            "differences": shown,
        }
    )


async def _policies(context: CommandContext, given: Mapping[str, Any]) -> tuple[Policy, Policy]:
    """The policy in force, and that after the change: a proposed version, or lines that come and go."""
    policies, connection = Policies(), context.connection
    base_id = await connection.fetchval(IN_FORCE)
    before = await policies.of_version(connection, base_id)
    version_id = given.get("version_id")
    if version_id is None:
        return before, policy_of(await changed_lines(context, base_id, given))
    if given["add"] or given["remove"]:
        raise invalid_input("Name a version, or lines that come and go; not both.", "input", "versionId")
    after = await policies.of_version(connection, context.row_id("PolicyVersion", version_id, "input", "versionId"))
    if not after.lines:
        raise not_found("input", "versionId")
    return before, after


def _differs(role: str, before: Policy, after: Policy) -> bool:
    """Whether a role allows or denies something else than before."""
    reaches = before.reaches.get(role, {}) != after.reaches.get(role, {})
    return reaches or set(before.denied.get(role, ())) != set(after.denied.get(role, ()))


async def _visible(context: CommandContext, subjects: Sequence[Subject]) -> list[Subject]:
    """Those whom the asker may see as staff."""
    scope = context.reader.scope_of[Permission.STAFF_READ]
    rows = await context.connection.fetch(STAFF, [subject.staff_id for subject in subjects])
    visible = {row["id"] for row in rows if scope.includes(position=row["position"], manager_ids=(row["id"],))}
    return [subject for subject in subjects if subject.staff_id in visible]


def _differences(subject: Subject, before: Policy, after: Policy) -> Iterator[_Difference]:
    for permission in Permission:
        scopes = before.scope(subject, permission), after.scope(subject, permission)
        if scopes[0] != scopes[1]:
            yield _Difference(subject, permission, *scopes)


def _reach(policy: Policy, difference: _Difference) -> str | None:
    """The widest reach that any role of theirs gives; None without the permission."""
    roles = [held.role for held in difference.subject.roles]
    if not policy.allows(roles, difference.permission):
        return None
    given = [policy.reaches.get(role, {}).get(difference.permission) for role in roles]
    return max((reach for reach in given if reach is not None), key=lambda reach: WIDTH[reach]).name


def _permissions_about_customers(graph: Graph) -> set[Permission]:
    """Those that it takes to see rows about customers, or fields of such rows."""
    found: set[Permission] = set()
    for node in graph.types.values():
        if node.rows.about is not None:
            found.update(node.rows.reads)
            values = [each for each in node.fields.values() if isinstance(each, Column | Amount)]
            found.update(each.requires for each in values if each.requires is not None)
    return found


async def _customers(context: CommandContext, difference: _Difference) -> dict[str, Any]:
    """How many customers come and go for that permission, and a few of them: all within the asker's own scope."""
    row = Alias(customer, "changed")
    asker = a_customer(row, written(context.reader, Permission.CUSTOMER_READ))
    granted = difference.subject.granted_customer_ids
    before, after = (_within(row, scope, granted) for scope in (difference.before, difference.after))
    told: dict[str, Any] = {}
    for name, clause in (("gained", after & ~before), ("lost", before & ~after)):
        counted = sa.select(
            sa.func.count().label("number"),
            sa.func.array_agg(aggregate_order_by(row.c.id, row.c.id)).label("ids"),
        ).select_from(row.source).where(clause)  # fmt: skip
        found = await context.connection.fetchrow(text(counted if asker is None else counted.where(asker)))
        told[f"{name}Count"] = str(found["number"])
        told[f"{name}Ids"] = [f"cus_{one}" for one in (found["ids"] or [])[:SAMPLE]]
    return told


def _within(row: Alias, scope: Scope, granted: Collection[int]) -> Clause:
    """Whether a customer is in a scope: never null, so that it can be negated."""
    clause = a_customer(row, [WrittenScope(scope, granted)])
    return sa.true() if clause is None else sa.func.coalesce(clause, sa.false())


simulate = Command("SimulatePolicyChangePayload", Permission.POLICY_READ, _simulate)
