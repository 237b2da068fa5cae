"""The graph in the naive evaluator's own words: which rows a type has, whom they belong to, where its edges lead."""

from collections.abc import Callable
from decimal import Decimal

from tests.judges.concepts import (
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
from tests.judges.language import (
    BEGUN,
    BOOKED,
    CLOSED,
    CREATED,
    CUSTOMER,
    ENTERED,
    GRANTED,
    ISSUED,
    KINDS,
    NAME,
    OPENED,
    PLACE,
    RECORDED,
    Edge,
    Kind,
    Row,
    World,
    about_staff,
    among,
    among_held,
    as_staff,
    back,
    customers,
    holders,
    itself,
    log_owners,
    members,
    root,
    to,
)

AREAS = (annex, calendars, marketing, performance, portrait, sales, service, service_request, work)
"""Concepts that have a file of their own."""

KINDS |= {
    "Customer": Kind("customer", "cus", (CUSTOMER,), itself),
    "Staff": Kind("staff", "sta", ("staff:read",), as_staff),
    "Account": Kind("account", "acc", ("account:read",), holders("id")),
    "Transaction": Kind("transaction", "txn", ("transaction:read",), holders("account_id")),
    "Loan": Kind("loan", "loa", ("loan:read",), holders("account_id")),
    "StandingOrder": Kind("standing_order", "sto", ("standing_order:read",), holders("account_id")),
    "Balance": Kind("balance", "bal", ("account.balance:read",), holders("account_id")),
    "AccountHolder": Kind("account_holder", "hol", ("account:read", CUSTOMER), customers("customer_id")),
    "Card": Kind("card", "car", ("card:read", CUSTOMER), customers("customer_id")),
    "IdentityDocument": Kind(
        "identity_document", "idd", ("identity_document:read", CUSTOMER), customers("customer_id")
    ),
    "ContactPoint": Kind("contact_point", "con", ("contact_point:read", CUSTOMER), customers("customer_id")),
    "Relation": Kind(
        "relation", "rel", ("relation:read", CUSTOMER), customers("from_customer_id", "to_customer_id"), all
    ),
    "Household": Kind("household", "hou", ("household:read", CUSTOMER), members),
    "HouseholdMember": Kind("household_member", "mem", ("household:read", CUSTOMER), customers("customer_id")),
    "AccessEvent": Kind("event", "evt", ("access_log:read",), log_owners),
    "AccessAlert": Kind("access_alert", "ale", ("access_alert:read",), about_staff),
    "AccessGrant": Kind("access_grant", "gra", ("access_grant:read", CUSTOMER), customers("customer_id")),
    "PolicyVersion": Kind("policy_version", "pol", ("policy:read",)),
    "PolicyLine": Kind("policy_line", "pln", ("policy:read",)),
    "GoLive": Kind("go_live", "gol", ("go_live:read",)),
    "Handover": Kind("handover", "han", ("handover:read",), about_staff),
    "UserApplication": Kind("user_application", "uap", ("user_application:read",), about_staff),
    "Branch": Kind("branch", "bra", ("branch:read",)),
    "Product": Kind("product", "pro", ("product:read",)),
}

for area in AREAS:
    KINDS |= area.KINDS


def told_of(world: World, type_name: str, row: Row) -> set[int]:
    """The customers whom a row tells about."""
    if type_name == "AccessEvent":
        return set(row["customer_ids"])
    owners = KINDS[type_name].owners
    return set() if owners is None else {owner["id"] for owner in owners(world, row) if owner["id"] is not None}


UNIONS = {"Contract": {"Account": "opened_on", "Loan": "granted_on", "Card": "issued_on"}}
"""By member, the column of the common order: newest first, then by the type's name and by the id, each descending."""

WIDEST = {name: name for name in KINDS} | {"Person": "Customer", "Organisation": "Customer"}
CONCRETE = {name: (name,) for name in KINDS} | {"Customer": ("Person", "Organisation")}
CONCRETE |= {name: tuple(members) for name, members in UNIONS.items()}
OF_PREFIX = {kind.prefix: name for name, kind in KINDS.items()}

GUARDED = {
    ("Account", "balance"): "account.balance:read",
    ("Transaction", "amount"): "transaction.amount:read",
    ("Transaction", "balanceAfter"): "transaction.amount:read",
    ("Customer", "aum"): "customer.aum:read",
    ("Customer", "birthOn"): "customer.birth_on:read",
    ("Customer", "age"): "customer.birth_on:read",
    ("Campaign", "budget"): "campaign.budget:read",
    ("Campaign", "spent"): "campaign.budget:read",
}

for area in AREAS:
    GUARDED |= getattr(area, "GUARDED", {})

SEALED = {
    # field: what it takes to look rows up by it, and the column that says what the value is
    ("IdentityDocument", "number"): ("identity_document:search", "type"),
    ("ContactPoint", "value"): ("contact_point:search", "kind"),
    ("Account", "number"): ("account:search", None),
    ("Card", "number"): ("card:search", None),
    ("Lead", "phone"): ("lead:search", None),
}

PERSONAL = {
    "Customer": ("name", "displayName", "nameSortKey", "nameInitials", "sex", "birthOn", "age"),
    "ContactPoint": ("district", "region", "country"),
    "HouseholdMember": ("role",),
    "Relation": ("type",),
}
for area in AREAS:
    PERSONAL |= area.PERSONAL
"""With every amount of money, what no cursor may carry."""


TYPE, PLACE_IN_UNION = "__type", "__place"
"""What rows of a union carry besides their columns."""


def union(name: str, **members: Edge) -> Edge:
    """To the rows of several types, each marked with its type."""

    def rows(world: World, row: Row) -> list[Row]:
        return [
            other | {TYPE: kind, PLACE_IN_UNION: other[column]}
            for kind, column in UNIONS[name].items()
            for other in members[kind].rows(world, row)
        ]

    return Edge(name, rows, ((PLACE_IN_UNION, True), (TYPE, True)))


def _told_of(world: World, row: Row) -> list[Row]:
    return [event for event in world.tables["event"] if row["id"] in event["customer_ids"]]


def _relations(world: World, row: Row) -> list[Row]:
    return [tie for tie in world.tables["relation"] if row["id"] in (tie["from_customer_id"], tie["to_customer_id"])]


def _household(world: World, row: Row) -> list[Row]:
    joined = world.where("household_member", "customer_id", row["id"])
    return [household for member in joined for household in world.where("household", "id", member["household_id"])]


def _in(column: str) -> Callable[[World, Row], list[Row]]:
    """The hand-overs that hold a customer in a column."""
    return lambda world, row: [handover for handover in world.tables["handover"] if row["id"] in handover[column]]


EDGES = {
    ("Customer", "branch"): to("Branch", "branch_id"),
    ("Customer", "manager"): to("Staff", "manager_id"),
    ("Customer", "backupManager"): to("Staff", "backup_manager_id"),
    ("Customer", "holdings"): back("AccountHolder", "customer_id", ENTERED),
    ("Customer", "accounts"): among_held("Account", "id", OPENED),
    ("Customer", "loans"): among_held("Loan", "account_id", GRANTED),
    ("Customer", "cards"): back("Card", "customer_id", ISSUED),
    ("Customer", "contracts"): union(
        "Contract",
        Account=among_held("Account", "id"),
        Loan=among_held("Loan", "account_id"),
        Card=back("Card", "customer_id"),
    ),
    ("Customer", "relations"): Edge("Relation", _relations),
    ("Customer", "household"): Edge("Household", _household),
    ("Customer", "identityDocuments"): back("IdentityDocument", "customer_id"),
    ("Customer", "contactPoints"): back("ContactPoint", "customer_id"),
    ("Customer", "accessLog"): Edge("AccessEvent", _told_of, (RECORDED,)),
    ("Customer", "handovers"): Edge("Handover", _in("customer_ids"), (CREATED,)),
    ("Customer", "backupHandovers"): Edge("Handover", _in("backup_customer_ids"), (CREATED,)),
    ("Customer", "accessGrants"): back("AccessGrant", "customer_id", BEGUN),
    ("AccessGrant", "customer"): to("Customer", "customer_id"),
    ("AccessGrant", "staff"): to("Staff", "staff_id"),
    ("AccessGrant", "grantedBy"): to("Staff", "granted_by_id"),
    ("IdentityDocument", "customer"): to("Customer", "customer_id"),
    ("ContactPoint", "customer"): to("Customer", "customer_id"),
    ("Account", "product"): to("Product", "product_id"),
    ("Account", "branch"): to("Branch", "branch_id"),
    ("Account", "holders"): back("AccountHolder", "account_id", ENTERED),
    ("Account", "balances"): back("Balance", "account_id", CLOSED),
    ("Account", "transactions"): back("Transaction", "account_id", BOOKED),
    ("Account", "loans"): back("Loan", "account_id", GRANTED),
    ("Account", "cards"): back("Card", "account_id", ISSUED),
    ("Account", "standingOrders"): back("StandingOrder", "account_id"),
    ("AccountHolder", "account"): to("Account", "account_id"),
    ("AccountHolder", "customer"): to("Customer", "customer_id"),
    ("Balance", "account"): to("Account", "account_id"),
    ("Transaction", "account"): to("Account", "account_id"),
    ("StandingOrder", "account"): to("Account", "account_id"),
    ("Loan", "account"): to("Account", "account_id"),
    ("Loan", "product"): to("Product", "product_id"),
    ("Loan", "branch"): to("Branch", "branch_id"),
    ("Card", "product"): to("Product", "product_id"),
    ("Card", "branch"): to("Branch", "branch_id"),
    ("Card", "customer"): to("Customer", "customer_id"),
    ("Card", "account"): to("Account", "account_id"),
    ("Relation", "fromCustomer"): to("Customer", "from_customer_id"),
    ("Relation", "toCustomer"): to("Customer", "to_customer_id"),
    ("Household", "members"): back("HouseholdMember", "household_id", ENTERED),
    ("HouseholdMember", "household"): to("Household", "household_id"),
    ("HouseholdMember", "customer"): to("Customer", "customer_id"),
    ("PolicyVersion", "base"): to("PolicyVersion", "base_id"),
    ("PolicyVersion", "successors"): back("PolicyVersion", "base_id", ("policy_number", True)),
    ("PolicyVersion", "proposedBy"): to("Staff", "proposed_by_id"),
    ("PolicyVersion", "decidedBy"): to("Staff", "decided_by_id"),
    ("PolicyVersion", "lines"): back("PolicyLine", "policy_version_id", ("role", False)),
    ("PolicyLine", "policyVersion"): to("PolicyVersion", "policy_version_id"),
    ("AccessAlert", "staff"): to("Staff", "staff_id"),
    ("AccessAlert", "closedBy"): to("Staff", "closed_by_id"),
    ("GoLive", "branch"): to("Branch", "branch_id"),
    ("GoLive", "appliedBy"): to("Staff", "applied_by_id"),
    ("GoLive", "decidedBy"): to("Staff", "decided_by_id"),
    ("Handover", "staff"): to("Staff", "staff_id"),
    ("Handover", "branch"): to("Branch", "branch_id"),
    ("Handover", "completedBy"): to("Staff", "completed_by_id"),
    ("Handover", "customers"): among("customer_ids"),
    ("Handover", "backupCustomers"): among("backup_customer_ids"),
    ("UserApplication", "staff"): to("Staff", "staff_id"),
    ("UserApplication", "appliedBy"): to("Staff", "applied_by_id"),
    ("UserApplication", "decidedBy"): to("Staff", "decided_by_id"),
    ("UserApplication", "trainingConfirmedBy"): to("Staff", "training_confirmed_by_id"),
    ("UserApplication", "activatedBy"): to("Staff", "activated_by_id"),
    ("Branch", "parent"): to("Branch", "parent_id"),
    ("Branch", "children"): back("Branch", "parent_id", PLACE),
    ("Branch", "rollupParent"): to("Branch", "rollup_parent_id"),
    ("Branch", "rollupChildren"): back("Branch", "rollup_parent_id", ("rollup_position", False)),
    ("Branch", "staff"): back("Staff", "branch_id", NAME),
    ("Branch", "customers"): back("Customer", "branch_id"),
    ("Branch", "accounts"): back("Account", "branch_id", OPENED),
    ("Branch", "loans"): back("Loan", "branch_id", GRANTED),
    ("Branch", "cards"): back("Card", "branch_id", ISSUED),
    ("Branch", "goLives"): back("GoLive", "branch_id", CREATED),
    ("Branch", "handovers"): back("Handover", "branch_id", CREATED),
    ("Product", "accounts"): back("Account", "product_id", OPENED),
    ("Product", "loans"): back("Loan", "product_id", GRANTED),
    ("Product", "cards"): back("Card", "product_id", ISSUED),
    ("Staff", "branch"): to("Branch", "branch_id"),
    ("Staff", "portfolio"): back("Customer", "manager_id"),
    ("Staff", "backupPortfolio"): back("Customer", "backup_manager_id"),
    ("Staff", "accessLog"): back("AccessEvent", "staff_id", RECORDED),
    ("AccessEvent", "staff"): to("Staff", "staff_id"),
    ("AccessEvent", "customers"): among("customer_ids"),
    ("Staff", "accessGrants"): back("AccessGrant", "staff_id", BEGUN),
    ("Staff", "accessAlerts"): back("AccessAlert", "staff_id", CREATED),
    ("Staff", "handovers"): back("Handover", "staff_id", CREATED),
    ("Staff", "userApplications"): back("UserApplication", "staff_id", CREATED),
    ("Staff", "accessGrantsGiven"): back("AccessGrant", "granted_by_id", CREATED),
    ("Staff", "accessAlertsClosed"): back("AccessAlert", "closed_by_id", CREATED),
    ("Staff", "goLivesAppliedFor"): back("GoLive", "applied_by_id", CREATED),
    ("Staff", "goLivesDecided"): back("GoLive", "decided_by_id", CREATED),
    ("Staff", "handoversCompleted"): back("Handover", "completed_by_id", CREATED),
    ("Staff", "policyVersionsProposed"): back("PolicyVersion", "proposed_by_id", CREATED),
    ("Staff", "policyVersionsDecided"): back("PolicyVersion", "decided_by_id", CREATED),
    ("Staff", "userApplicationsMade"): back("UserApplication", "applied_by_id", CREATED),
    ("Staff", "userApplicationsDecided"): back("UserApplication", "decided_by_id", CREATED),
    ("Staff", "userApplicationsTrained"): back("UserApplication", "training_confirmed_by_id", CREATED),
    ("Staff", "userApplicationsActivated"): back("UserApplication", "activated_by_id", CREATED),
}
for area in AREAS:
    EDGES |= area.EDGES


ROOTS = {
    "customers": root("Customer"),
    "identityDocuments": root("IdentityDocument"),
    "contactPoints": root("ContactPoint"),
    "accounts": root("Account", OPENED),
    "accountHolders": root("AccountHolder"),
    "balances": root("Balance", CLOSED),
    "transactions": root("Transaction", BOOKED),
    "loans": root("Loan", GRANTED),
    "cards": root("Card", ISSUED),
    "contracts": union("Contract", Account=root("Account"), Loan=root("Loan"), Card=root("Card")),
    "standingOrders": root("StandingOrder"),
    "relations": root("Relation"),
    "households": root("Household"),
    "householdMembers": root("HouseholdMember"),
    "accessLog": root("AccessEvent", RECORDED),
    "accessGrants": root("AccessGrant", BEGUN),
    "policyVersions": root("PolicyVersion", ("policy_number", True)),
    "policyLines": root("PolicyLine", ("role", False)),
    "accessAlerts": root("AccessAlert", CREATED),
    "goLives": root("GoLive", CREATED),
    "handovers": root("Handover", CREATED),
    "userApplications": root("UserApplication", CREATED),
    "branches": root("Branch", PLACE),
    "staff": root("Staff", NAME),
    "products": root("Product", NAME),
}
for area in AREAS:
    ROOTS |= area.ROOTS


def _aum(world: World, row: Row) -> Decimal | None:
    """What lies on the accounts that they own, in the bank's own currency, unless they are closed."""
    held = world.where("account_holder", "customer_id", row["id"])
    accounts = [world.where("account", "id", each["account_id"])[0] for each in held if each["role"] == "OWNER"]
    counted = [each for each in accounts if each["currency"] == world.bank["base_currency"]]
    found = [each["balance"] for each in counted if each["state"] != "CLOSED" and each["balance"] is not None]
    return sum(found, Decimal(0)) if found else None


WORKED_OUT: dict[tuple[str, str], Callable[[World, Row], object]] = {("Customer", "aum"): _aum}
"""Values that no column holds, or that a column holds which nobody writes."""
IN_BASE_CURRENCY = {("Customer", "aum")}
"""Money of rows that say no currency: it is the bank's own."""
for area in AREAS:
    WORKED_OUT |= getattr(area, "WORKED_OUT", {})

OF_READER = {"staff": "Staff", "alertBadge": "AlertBadge"}
"""Fields of the viewer that lead to the row with the id of their own record as staff."""

ORDERED_FAR_BEYOND = {("Customer", "TIER_RANK"): (("tier", "tier"), "rank")}
"""Orders by a field beyond two edges: the edges, and the field."""

SORTED_BY = {"name": "name_sort_key", "displayName": "name_sort_key", "title": "title_sort_key"}
"""What names are ordered by, where rows have such a column."""
