"""The graph in the naive evaluator's own words: which rows a type has, whom they belong to, where its edges lead."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


class World:
    """Every row of a small bank in memory, found by the value of any column."""

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self.tables = tables
        self.bank = tables["bank"][0]
        self._indexes: dict[tuple[str, str], dict[Any, list[Row]]] = {}

    def where(self, table: str, column: str, value: Any) -> list[Row]:
        """Rows of `table` whose `column` is `value`; none where it is None."""
        index = self._indexes.get((table, column))
        if index is None:
            index = self._indexes[table, column] = {}
            for row in self.tables[table]:
                index.setdefault(row[column], []).append(row)
        return [] if value is None else index.get(value, [])

    def holders(self, account_id: int) -> list[Row]:
        """The customers who hold an account."""
        return [
            self.where("customer", "id", holder["customer_id"])[0]
            for holder in self.where("account_holder", "account_id", account_id)
        ]

    @property
    def access_version(self) -> int:
        """The state of access that all this was read in."""
        return self.tables["access_version"][0]["number"]

    def granted_to(self, staff_id: int) -> frozenset[int]:
        """The customers that grants add to somebody's portfolio today."""
        today = self.bank["business_date"]
        return frozenset(
            grant["customer_id"]
            for grant in self.where("access_grant", "staff_id", staff_id)
            if grant["ended_at"] is None and grant["starts_on"] <= today <= grant["ends_on"]
        )

    def accounts_of(self, customer_id: int) -> set[int]:
        """The ids of the accounts that a customer holds."""
        return {holder["account_id"] for holder in self.where("account_holder", "customer_id", customer_id)}


Owners = Callable[[World, Row], list[Row]]


def itself(_world: World, row: Row) -> list[Row]:
    """A customer."""
    return [row]


def as_staff(_world: World, row: Row) -> list[Row]:
    """Staff are in the portfolio of themselves, and no grant names them."""
    return [row | {"manager_id": row["id"], "backup_manager_id": None, "id": None}]


def about_staff(_world: World, row: Row) -> list[Row]:
    """What is about a member of staff stands where they worked, is in their own portfolio, and no grant names it."""
    return [{"position": row["position"], "manager_id": row["staff_id"], "backup_manager_id": None, "id": None}]


def work(*columns: str) -> Owners:
    """Work stands where it is done, is the own of those whom two columns name, and belongs to its customer, if any."""

    def owners(world: World, row: Row) -> list[Row]:
        one, other = (row[column] for column in columns)
        place = {"position": row["position"], "manager_id": one, "backup_manager_id": other, "id": None}
        return [place, *world.where("customer", "id", row["customer_id"])]

    return owners


def of_ticket(world: World, row: Row) -> list[Row]:
    """What happens to a ticket belongs to whom the ticket belongs to."""
    (ticket,) = world.where("ticket", "id", row["ticket_id"])
    return A_TICKET(world, ticket)


A_TICKET = work("assigned_to_id", "opened_by_id")


def customers(*columns: str) -> Owners:
    """The customers that the columns name."""
    return lambda world, row: [world.where("customer", "id", row[column])[0] for column in columns]


def holders(column: str) -> Owners:
    """The holders of the account that the column names."""
    return lambda world, row: world.holders(row[column])


def log_owners(world: World, row: Row) -> list[Row]:
    """An entry of the access log is in the portfolio of its actor, stands nowhere, and belongs to whom it tells of."""
    actor = {"position": -1, "manager_id": row["staff_id"], "backup_manager_id": None, "id": None}
    return [actor, *(found for each in row["customer_ids"] for found in world.where("customer", "id", each))]


def _told_of(world: World, row: Row) -> list[Row]:
    return [event for event in world.tables["event"] if row["id"] in event["customer_ids"]]


def members(world: World, row: Row) -> list[Row]:
    """The members of a household."""
    joined = world.where("household_member", "household_id", row["id"])
    return [world.where("customer", "id", member["customer_id"])[0] for member in joined]


@dataclass(frozen=True)
class Kind:
    """A node type: a row is visible when `needs` (any, all) of its owners is in reach of every permission at once; and
    where each permission reaches the whole bank."""

    table: str
    prefix: str
    reads: tuple[str, ...]
    owners: Owners | None = None
    """None: the row belongs to nobody, and whoever has any reach sees it."""
    needs: Callable[..., bool] = any


CUSTOMER = "customer:read"
KINDS = {
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
    "Tag": Kind("tag", "tag", ("tag:read",)),
    "CustomerTag": Kind("customer_tag", "cta", ("customer_tag:read", CUSTOMER), customers("customer_id")),
    "Consent": Kind("consent", "cst", ("consent:read", CUSTOMER), customers("customer_id")),
    "Interaction": Kind("interaction", "int", ("interaction:read", CUSTOMER), customers("customer_id")),
    "Task": Kind("task", "tas", ("task:read",), work("assigned_to_id", "assigned_by_id")),
    "Ticket": Kind("ticket", "tic", ("ticket:read",), A_TICKET),
    "TicketEvent": Kind("ticket_event", "tev", ("ticket:read",), of_ticket),
    "PolicyVersion": Kind("policy_version", "pol", ("policy:read",)),
    "PolicyLine": Kind("policy_line", "pln", ("policy:read",)),
    "GoLive": Kind("go_live", "gol", ("go_live:read",)),
    "Handover": Kind("handover", "han", ("handover:read",), about_staff),
    "UserApplication": Kind("user_application", "uap", ("user_application:read",), about_staff),
    "Branch": Kind("branch", "bra", ("branch:read",)),
    "Product": Kind("product", "pro", ("product:read",)),
}


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
    ("Customer", "birthOn"): "customer.birth_on:read",
    ("Customer", "age"): "customer.birth_on:read",
}

SEALED = {
    # field: what it takes to look rows up by it, and the column that says what the value is
    ("IdentityDocument", "number"): ("identity_document:search", "type"),
    ("ContactPoint", "value"): ("contact_point:search", "kind"),
    ("Account", "number"): ("account:search", None),
    ("Card", "number"): ("card:search", None),
}

PERSONAL = {
    "Customer": ("name", "displayName", "nameSortKey", "nameInitials", "sex", "birthOn", "age"),
    "ContactPoint": ("district", "region", "country"),
    "HouseholdMember": ("role",),
    "Relation": ("type",),
    "Interaction": ("subject", "note"),
    "Task": ("title", "description", "result", "handBackReason"),
    "Ticket": ("subject", "description", "resolution", "satisfaction"),
    "TicketEvent": ("note",),
}
"""With every amount of money, what no cursor may carry."""


@dataclass(frozen=True)
class Edge:
    """Where a field leads: to rows of `target`, in an order of their own."""

    target: str
    rows: Callable[[World, Row], list[Row]]
    order: tuple[tuple[str, bool], ...] = ()
    """Columns, each with whether it descends."""


def to(target: str, via: str) -> Edge:
    """To the row that a column names."""
    return Edge(target, lambda world, row: world.where(KINDS[target].table, "id", row[via]))


def back(target: str, column: str, *order: tuple[str, bool]) -> Edge:
    """To the rows whose column names this one."""
    return Edge(target, lambda world, row: world.where(KINDS[target].table, column, row["id"]), order)


def among(column: str) -> Edge:
    """To the customers whose ids a column lists."""
    return Edge("Customer", lambda world, row: [c for c in world.tables["customer"] if c["id"] in row[column]])


def among_held(target: str, column: str, *order: tuple[str, bool]) -> Edge:
    """To the rows whose column names an account that this customer holds."""
    table = KINDS[target].table

    def rows(world: World, row: Row) -> list[Row]:
        held = world.accounts_of(row["id"])
        return [other for other in world.tables[table] if other[column] in held]

    return Edge(target, rows, order)


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


def _relations(world: World, row: Row) -> list[Row]:
    return [tie for tie in world.tables["relation"] if row["id"] in (tie["from_customer_id"], tie["to_customer_id"])]


def _household(world: World, row: Row) -> list[Row]:
    joined = world.where("household_member", "customer_id", row["id"])
    return [household for member in joined for household in world.where("household", "id", member["household_id"])]


def _in(column: str) -> Callable[[World, Row], list[Row]]:
    """The hand-overs that hold a customer in a column."""
    return lambda world, row: [handover for handover in world.tables["handover"] if row["id"] in handover[column]]


OPENED, GRANTED, ISSUED = ("opened_on", True), ("granted_on", True), ("issued_on", True)
BOOKED, CLOSED, ENTERED = ("booked_on", True), ("closed_on", True), ("created_at", False)
RECORDED, CREATED = ("recorded_at", True), ("created_at", True)
BEGUN, DECIDED = ("starts_on", True), ("decided_at", True)
NAME, PLACE = ("name_sort_key", False), ("position", False)
DUE, TAKEN_DOWN, HAPPENED, IN_ORDER = (
    ("due_at", False),
    ("opened_at", True),
    ("happened_at", True),
    ("happened_at", False),
)

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
    ("Customer", "tags"): back("CustomerTag", "customer_id", CREATED),
    ("Customer", "consents"): back("Consent", "customer_id", DECIDED),
    ("Tag", "customerTags"): back("CustomerTag", "tag_id", CREATED),
    ("CustomerTag", "tag"): to("Tag", "tag_id"),
    ("CustomerTag", "customer"): to("Customer", "customer_id"),
    ("CustomerTag", "taggedBy"): to("Staff", "tagged_by_id"),
    ("Consent", "customer"): to("Customer", "customer_id"),
    ("Consent", "recordedBy"): to("Staff", "recorded_by_id"),
    ("Staff", "customerTagsGiven"): back("CustomerTag", "tagged_by_id", CREATED),
    ("Staff", "consentsRecorded"): back("Consent", "recorded_by_id", CREATED),
    ("Customer", "interactions"): back("Interaction", "customer_id", HAPPENED),
    ("Customer", "tasks"): back("Task", "customer_id", DUE),
    ("Customer", "tickets"): back("Ticket", "customer_id", TAKEN_DOWN),
    ("Interaction", "customer"): to("Customer", "customer_id"),
    ("Interaction", "staff"): to("Staff", "staff_id"),
    ("Interaction", "task"): to("Task", "task_id"),
    ("Interaction", "ticket"): to("Ticket", "ticket_id"),
    ("Task", "customer"): to("Customer", "customer_id"),
    ("Task", "assignedTo"): to("Staff", "assigned_to_id"),
    ("Task", "assignedBy"): to("Staff", "assigned_by_id"),
    ("Task", "completedBy"): to("Staff", "completed_by_id"),
    ("Task", "branch"): to("Branch", "branch_id"),
    ("Task", "parent"): to("Task", "parent_id"),
    ("Task", "subtasks"): back("Task", "parent_id", DUE),
    ("Task", "ticket"): to("Ticket", "ticket_id"),
    ("Task", "interactions"): back("Interaction", "task_id", HAPPENED),
    ("Ticket", "customer"): to("Customer", "customer_id"),
    ("Ticket", "account"): to("Account", "account_id"),
    ("Ticket", "product"): to("Product", "product_id"),
    ("Ticket", "assignedTo"): to("Staff", "assigned_to_id"),
    ("Ticket", "openedBy"): to("Staff", "opened_by_id"),
    ("Ticket", "branch"): to("Branch", "branch_id"),
    ("Ticket", "linkedTo"): to("Ticket", "linked_to_id"),
    ("Ticket", "linkedTickets"): back("Ticket", "linked_to_id", TAKEN_DOWN),
    ("Ticket", "events"): back("TicketEvent", "ticket_id", IN_ORDER),
    ("Ticket", "tasks"): back("Task", "ticket_id", DUE),
    ("Ticket", "interactions"): back("Interaction", "ticket_id", HAPPENED),
    ("TicketEvent", "ticket"): to("Ticket", "ticket_id"),
    ("TicketEvent", "staff"): to("Staff", "staff_id"),
    ("TicketEvent", "toStaff"): to("Staff", "to_staff_id"),
    ("TicketEvent", "toBranch"): to("Branch", "to_branch_id"),
    ("Account", "tickets"): back("Ticket", "account_id", TAKEN_DOWN),
    ("Product", "tickets"): back("Ticket", "product_id", TAKEN_DOWN),
    ("Branch", "tasks"): back("Task", "branch_id", DUE),
    ("Branch", "tickets"): back("Ticket", "branch_id", TAKEN_DOWN),
    ("Branch", "ticketEventsReceived"): back("TicketEvent", "to_branch_id", HAPPENED),
    ("Staff", "tasks"): back("Task", "assigned_to_id", DUE),
    ("Staff", "tasksAssigned"): back("Task", "assigned_by_id", DUE),
    ("Staff", "tasksCompleted"): back("Task", "completed_by_id", CREATED),
    ("Staff", "tickets"): back("Ticket", "assigned_to_id", TAKEN_DOWN),
    ("Staff", "ticketsOpened"): back("Ticket", "opened_by_id", TAKEN_DOWN),
    ("Staff", "ticketEvents"): back("TicketEvent", "staff_id", HAPPENED),
    ("Staff", "ticketEventsReceived"): back("TicketEvent", "to_staff_id", HAPPENED),
    ("Staff", "interactions"): back("Interaction", "staff_id", HAPPENED),
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


def _root(target: str, *order: tuple[str, bool]) -> Edge:
    return Edge(target, lambda world, _row: world.tables[KINDS[target].table], order)


ROOTS = {
    "customers": _root("Customer"),
    "identityDocuments": _root("IdentityDocument"),
    "contactPoints": _root("ContactPoint"),
    "accounts": _root("Account", OPENED),
    "accountHolders": _root("AccountHolder"),
    "balances": _root("Balance", CLOSED),
    "transactions": _root("Transaction", BOOKED),
    "loans": _root("Loan", GRANTED),
    "cards": _root("Card", ISSUED),
    "contracts": union("Contract", Account=_root("Account"), Loan=_root("Loan"), Card=_root("Card")),
    "standingOrders": _root("StandingOrder"),
    "relations": _root("Relation"),
    "households": _root("Household"),
    "householdMembers": _root("HouseholdMember"),
    "accessLog": _root("AccessEvent", RECORDED),
    "accessGrants": _root("AccessGrant", BEGUN),
    "policyVersions": _root("PolicyVersion", ("policy_number", True)),
    "policyLines": _root("PolicyLine", ("role", False)),
    "accessAlerts": _root("AccessAlert", CREATED),
    "goLives": _root("GoLive", CREATED),
    "handovers": _root("Handover", CREATED),
    "userApplications": _root("UserApplication", CREATED),
    "tags": _root("Tag", NAME),
    "customerTags": _root("CustomerTag", CREATED),
    "consents": _root("Consent", DECIDED),
    "tasks": _root("Task", DUE),
    "tickets": _root("Ticket", TAKEN_DOWN),
    "ticketEvents": _root("TicketEvent", HAPPENED),
    "interactions": _root("Interaction", HAPPENED),
    "branches": _root("Branch", PLACE),
    "staff": _root("Staff", NAME),
    "products": _root("Product", NAME),
}

SORTED_BY = {"name": "name_sort_key", "displayName": "name_sort_key"}
"""What names are ordered by."""
