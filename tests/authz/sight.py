"""Who may see which row and value of the sample bank, told a second time: the policy's words and plain SQL.

Nothing here is taken from the code that keeps rows from readers; `test_paths.py` compares the two.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from tests.authz.concepts import (
    annex,
    calendars,
    marketing,
    performance,
    portrait,
    sales,
    service,
    service_request,
    work,
)
from tests.authz.reached import ABOUT_STAFF, ACCOUNTS, CUSTOMERS, HOUSEHOLDS, STAFF

POLICY = Path(__file__).parents[2] / "authz" / "policy"

AREAS = (annex, calendars, marketing, performance, portrait, sales, service, service_request, work)
"""Concepts that have a file of their own."""

ROWS: dict[str, tuple[tuple[str, ...], str]] = {
    # table: what it takes to read its rows, and which of them are then in reach
    "event": (
        ("access_log:read",),
        f"""(SELECT {{reach}} FROM (SELECT -1 AS position, ARRAY[event.staff_id] AS managers) AS c)
            OR EXISTS (SELECT FROM unnest(customer_ids) AS told (id) WHERE told.id IN {CUSTOMERS})""",
    ),
    "access_alert": (("access_alert:read",), f"id IN {ABOUT_STAFF.format(table='access_alert')}"),
    "access_grant": (("access_grant:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "account": (("account:read",), f"id IN {ACCOUNTS}"),
    "account_holder": (("account:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "balance": (("account.balance:read",), f"account_id IN {ACCOUNTS}"),
    "branch": (("branch:read",), "true"),
    "card": (("card:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "contact_point": (("contact_point:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "customer": (("customer:read",), f"id IN {CUSTOMERS}"),
    "go_live": (("go_live:read",), "true"),
    "handover": (("handover:read",), f"id IN {ABOUT_STAFF.format(table='handover')}"),
    "household": (("household:read", "customer:read"), f"id IN {HOUSEHOLDS}"),
    "household_member": (("household:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "identity_document": (("identity_document:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "loan": (("loan:read",), f"account_id IN {ACCOUNTS}"),
    "policy_line": (("policy:read",), "true"),
    "policy_version": (("policy:read",), "true"),
    "product": (("product:read",), "true"),
    "relation": (
        ("relation:read", "customer:read"),
        f"from_customer_id IN {CUSTOMERS} AND to_customer_id IN {CUSTOMERS}",
    ),
    "staff": (("staff:read",), f"id IN {STAFF}"),
    "standing_order": (("standing_order:read",), f"account_id IN {ACCOUNTS}"),
    "transaction": (("transaction:read",), f"account_id IN {ACCOUNTS}"),
    "user_application": (("user_application:read",), f"id IN {ABOUT_STAFF.format(table='user_application')}"),
}
REFERENCE = {"branch", "go_live", "policy_line", "policy_version", "product"}
"""Tables of which whoever may read sees every row."""

LINKS: dict[str, str | tuple[str, ...]] = {
    # edge: the ids of both its ends; or the edges that it puts together
    "AccessAlert.closedBy": "id, closed_by_id FROM ketu.access_alert",
    "AccessAlert.staff": "id, staff_id FROM ketu.access_alert",
    "AccessEvent.customers": "id, unnest(customer_ids) FROM audit.event",
    "AccessEvent.staff": "id, staff_id FROM audit.event",
    "AccessGrant.customer": "id, customer_id FROM ketu.access_grant",
    "AccessGrant.grantedBy": "id, granted_by_id FROM ketu.access_grant",
    "AccessGrant.staff": "id, staff_id FROM ketu.access_grant",
    "Account.balances": "account_id, id FROM ketu.balance",
    "Account.branch": "id, branch_id FROM ketu.account",
    "Account.cards": "account_id, id FROM ketu.card",
    "Account.holders": "account_id, id FROM ketu.account_holder",
    "Account.loans": "account_id, id FROM ketu.loan",
    "Account.product": "id, product_id FROM ketu.account",
    "Account.standingOrders": "account_id, id FROM ketu.standing_order",
    "Account.transactions": "account_id, id FROM ketu.transaction",
    "AccountHolder.account": "id, account_id FROM ketu.account_holder",
    "AccountHolder.customer": "id, customer_id FROM ketu.account_holder",
    "Balance.account": "id, account_id FROM ketu.balance",
    "Branch.accounts": "branch_id, id FROM ketu.account",
    "Branch.cards": "branch_id, id FROM ketu.card",
    "Branch.children": "parent_id, id FROM ketu.branch",
    "Branch.customers": "branch_id, id FROM ketu.customer",
    "Branch.goLives": "branch_id, id FROM ketu.go_live",
    "Branch.handovers": "branch_id, id FROM ketu.handover",
    "Branch.loans": "branch_id, id FROM ketu.loan",
    "Branch.parent": "id, parent_id FROM ketu.branch",
    "Branch.rollupChildren": "rollup_parent_id, id FROM ketu.branch",
    "Branch.rollupParent": "id, rollup_parent_id FROM ketu.branch",
    "Branch.staff": "branch_id, id FROM ketu.staff",
    "Card.account": "id, account_id FROM ketu.card",
    "Card.branch": "id, branch_id FROM ketu.card",
    "Card.customer": "id, customer_id FROM ketu.card",
    "Card.product": "id, product_id FROM ketu.card",
    "ContactPoint.customer": "id, customer_id FROM ketu.contact_point",
    "Customer.accessGrants": "customer_id, id FROM ketu.access_grant",
    "Customer.accessLog": "unnest(customer_ids), id FROM audit.event",
    "Customer.accounts": "customer_id, account_id FROM ketu.account_holder",
    "Customer.backupHandovers": "unnest(backup_customer_ids), id FROM ketu.handover",
    "Customer.backupManager": "id, backup_manager_id FROM ketu.customer",
    "Customer.branch": "id, branch_id FROM ketu.customer",
    "Customer.cards": "customer_id, id FROM ketu.card",
    "Customer.contactPoints": "customer_id, id FROM ketu.contact_point",
    "Customer.contracts": ("Customer.accounts", "Customer.loans", "Customer.cards"),
    "Customer.handovers": "unnest(customer_ids), id FROM ketu.handover",
    "Customer.holdings": "customer_id, id FROM ketu.account_holder",
    "Customer.household": "customer_id, household_id FROM ketu.household_member",
    "Customer.identityDocuments": "customer_id, id FROM ketu.identity_document",
    "Customer.loans": "h.customer_id, l.id FROM ketu.account_holder AS h JOIN ketu.loan AS l USING (account_id)",
    "Customer.manager": "id, manager_id FROM ketu.customer",
    "Customer.relations": (
        "from_customer_id, id FROM ketu.relation UNION SELECT to_customer_id, id FROM ketu.relation"
    ),
    "GoLive.appliedBy": "id, applied_by_id FROM ketu.go_live",
    "GoLive.branch": "id, branch_id FROM ketu.go_live",
    "GoLive.decidedBy": "id, decided_by_id FROM ketu.go_live",
    "Handover.backupCustomers": "id, unnest(backup_customer_ids) FROM ketu.handover",
    "Handover.branch": "id, branch_id FROM ketu.handover",
    "Handover.completedBy": "id, completed_by_id FROM ketu.handover",
    "Handover.customers": "id, unnest(customer_ids) FROM ketu.handover",
    "Handover.staff": "id, staff_id FROM ketu.handover",
    "Household.members": "household_id, id FROM ketu.household_member",
    "HouseholdMember.customer": "id, customer_id FROM ketu.household_member",
    "HouseholdMember.household": "id, household_id FROM ketu.household_member",
    "IdentityDocument.customer": "id, customer_id FROM ketu.identity_document",
    "Loan.account": "id, account_id FROM ketu.loan",
    "Loan.branch": "id, branch_id FROM ketu.loan",
    "Loan.product": "id, product_id FROM ketu.loan",
    "PolicyLine.policyVersion": "id, policy_version_id FROM ketu.policy_line",
    "PolicyVersion.base": "id, base_id FROM ketu.policy_version",
    "PolicyVersion.decidedBy": "id, decided_by_id FROM ketu.policy_version",
    "PolicyVersion.lines": "policy_version_id, id FROM ketu.policy_line",
    "PolicyVersion.proposedBy": "id, proposed_by_id FROM ketu.policy_version",
    "PolicyVersion.successors": "base_id, id FROM ketu.policy_version",
    "Product.accounts": "product_id, id FROM ketu.account",
    "Product.cards": "product_id, id FROM ketu.card",
    "Product.loans": "product_id, id FROM ketu.loan",
    "Relation.fromCustomer": "id, from_customer_id FROM ketu.relation",
    "Relation.toCustomer": "id, to_customer_id FROM ketu.relation",
    "Staff.accessAlerts": "staff_id, id FROM ketu.access_alert",
    "Staff.accessAlertsClosed": "closed_by_id, id FROM ketu.access_alert",
    "Staff.accessGrants": "staff_id, id FROM ketu.access_grant",
    "Staff.accessGrantsGiven": "granted_by_id, id FROM ketu.access_grant",
    "Staff.accessLog": "staff_id, id FROM audit.event",
    "Staff.backupPortfolio": "backup_manager_id, id FROM ketu.customer",
    "Staff.branch": "id, branch_id FROM ketu.staff",
    "Staff.goLivesAppliedFor": "applied_by_id, id FROM ketu.go_live",
    "Staff.goLivesDecided": "decided_by_id, id FROM ketu.go_live",
    "Staff.handovers": "staff_id, id FROM ketu.handover",
    "Staff.handoversCompleted": "completed_by_id, id FROM ketu.handover",
    "Staff.policyVersionsDecided": "decided_by_id, id FROM ketu.policy_version",
    "Staff.policyVersionsProposed": "proposed_by_id, id FROM ketu.policy_version",
    "Staff.portfolio": "manager_id, id FROM ketu.customer",
    "Staff.userApplications": "staff_id, id FROM ketu.user_application",
    "Staff.userApplicationsActivated": "activated_by_id, id FROM ketu.user_application",
    "Staff.userApplicationsDecided": "decided_by_id, id FROM ketu.user_application",
    "Staff.userApplicationsMade": "applied_by_id, id FROM ketu.user_application",
    "Staff.userApplicationsTrained": "training_confirmed_by_id, id FROM ketu.user_application",
    "StandingOrder.account": "id, account_id FROM ketu.standing_order",
    "Transaction.account": "id, account_id FROM ketu.transaction",
    "UserApplication.activatedBy": "id, activated_by_id FROM ketu.user_application",
    "UserApplication.appliedBy": "id, applied_by_id FROM ketu.user_application",
    "UserApplication.decidedBy": "id, decided_by_id FROM ketu.user_application",
    "UserApplication.staff": "id, staff_id FROM ketu.user_application",
    "UserApplication.trainingConfirmedBy": "id, training_confirmed_by_id FROM ketu.user_application",
}  # fmt: skip

for area in AREAS:
    ROWS |= area.ROWS
    REFERENCE |= area.REFERENCE
    LINKS |= area.LINKS


def schema_of(table: str) -> str:
    """The schema that a table is in."""
    return {"event": "audit", "source_batch": "staging", "file_count": "staging"}.get(table, "ketu")


Reaches = dict[str, str]
"""By permission, how far it goes: own, branch, subtree, bank. Absent: not at all."""


def written_policy() -> dict[str, Reaches]:
    """By role, what the files of the policy grant it, with what it includes and without what it is denied."""
    granted: dict[str, Reaches] = {}
    text = "\n".join(file.read_text(encoding="utf-8") for file in POLICY.glob("*.csv"))
    for role, permission, reach in re.findall(r"^p, *(\w+), *([\w.:]+), *(\w+)$", text, re.MULTILINE):
        granted.setdefault(role, {})[permission] = reach
    for role, included in re.findall(r"^g, *(\w+), *(\w+)$", text, re.MULTILINE):
        # No role of the files includes one that includes another, or has lines for the same permissions.
        granted[role] = granted.get(role, {}) | granted[included]
    for role, permission in re.findall(r"^deny, *(\w+), *([\w.:]+)$", text, re.MULTILINE):
        granted[role].pop(permission)
    return granted


@dataclass(frozen=True)
class Sight:
    """What one reader may see."""

    connection: asyncpg.Connection
    staff_id: int
    held: list[tuple[Reaches, int, int]]
    """The reaches of each role, and first and last position of the branch that it is held in."""

    def reads(self, table: str) -> bool:
        """Whether the reader may read rows of the table at all."""
        return all(self.has(permission) for permission in ROWS[table][0])

    def has(self, permission: str) -> bool:
        """Whether the permission goes anywhere."""
        return any(permission in reaches for reaches, _, _ in self.held)

    async def ids(self, table: str, permissions: Iterable[str] = ()) -> set[int]:
        """The rows of the table in reach, of the permissions that it takes to read them or of others."""
        needed, rows = ROWS[table]
        return await self._of(table, rows, tuple(permissions) or needed)

    async def links(self, edge: str) -> set[tuple[int, int]]:
        """All pairs of ids at the two ends of an edge, seen or not."""
        found = await self.connection.fetch(f"SELECT {LINKS[edge]}")
        return {(parent, child) for parent, child in found if parent is not None and child is not None}

    async def _of(self, table: str, rows: str, permissions: tuple[str, ...]) -> set[int]:
        if not all(self.has(permission) for permission in permissions):
            return set()
        reach = " AND ".join(self._within(permission) for permission in permissions)
        found = await self.connection.fetch(
            f"SELECT id FROM {schema_of(table)}.{table} WHERE {rows.replace('{reach}', reach)}"
        )
        return {row["id"] for row in found}

    def _within(self, permission: str) -> str:
        """The rows `c`, which have a position and managers, that the permission reaches."""
        own = f"{self.staff_id} = ANY (c.managers)"
        ways: list[str] = []
        for reaches, first, last in self.held:
            match reaches.get(permission):
                case "own":
                    ways.append(own)
                case "branch":
                    ways.append(f"c.position = {first} OR {own}")
                case "subtree":
                    ways.append(f"c.position BETWEEN {first} AND {last} OR {own}")
                case "bank":
                    ways.append("true")
                case _:
                    pass
        return f"({' OR '.join(ways)})"
