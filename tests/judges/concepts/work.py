"""Work and what customers allow: tags, consents, interactions, tasks, tickets."""

from tests.judges.drawing import MOMENTS, Drawing, insert, insert_once, one_of
from tests.judges.language import (
    CREATED,
    CUSTOMER,
    DECIDED,
    DUE,
    HAPPENED,
    IN_ORDER,
    NAME,
    TAKEN_DOWN,
    Kind,
    Row,
    World,
    back,
    customers,
    of_work,
    root,
    to,
)


def of_ticket(world: World, row: Row) -> list[Row]:
    """What happens to a ticket belongs to whom the ticket belongs to."""
    (ticket,) = world.where("ticket", "id", row["ticket_id"])
    return A_TICKET(world, ticket)


A_TICKET = of_work("assigned_to_id", "opened_by_id")

KINDS = {
    "Tag": Kind("tag", "tag", ("tag:read",)),
    "CustomerTag": Kind("customer_tag", "cta", ("customer_tag:read", CUSTOMER), customers("customer_id")),
    "Consent": Kind("consent", "cst", ("consent:read", CUSTOMER), customers("customer_id")),
    "Interaction": Kind("interaction", "int", ("interaction:read", CUSTOMER), customers("customer_id")),
    "Task": Kind("task", "tas", ("task:read",), of_work("assigned_to_id", "assigned_by_id")),
    "Ticket": Kind("ticket", "tic", ("ticket:read",), A_TICKET),
    "TicketEvent": Kind("ticket_event", "tev", ("ticket:read",), of_ticket),
}

PERSONAL = {
    "Interaction": ("subject", "note"),
    "Task": ("title", "description", "result", "handBackReason"),
    "Ticket": ("subject", "description", "resolution", "satisfaction"),
    "TicketEvent": ("note",),
}

EDGES = {
    ("Tag", "customerTags"): back("CustomerTag", "tag_id", CREATED),
    ("CustomerTag", "tag"): to("Tag", "tag_id"),
    ("CustomerTag", "customer"): to("Customer", "customer_id"),
    ("CustomerTag", "taggedBy"): to("Staff", "tagged_by_id"),
    ("Consent", "customer"): to("Customer", "customer_id"),
    ("Consent", "recordedBy"): to("Staff", "recorded_by_id"),
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
    ("Customer", "tags"): back("CustomerTag", "customer_id", CREATED),
    ("Customer", "consents"): back("Consent", "customer_id", DECIDED),
    ("Staff", "customerTagsGiven"): back("CustomerTag", "tagged_by_id", CREATED),
    ("Staff", "consentsRecorded"): back("Consent", "recorded_by_id", CREATED),
    ("Customer", "interactions"): back("Interaction", "customer_id", HAPPENED),
    ("Customer", "tasks"): back("Task", "customer_id", DUE),
    ("Customer", "tickets"): back("Ticket", "customer_id", TAKEN_DOWN),
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
}

ROOTS = {
    "tags": root("Tag", NAME),
    "customerTags": root("CustomerTag", CREATED),
    "consents": root("Consent", DECIDED),
    "tasks": root("Task", DUE),
    "tickets": root("Ticket", TAKEN_DOWN),
    "ticketEvents": root("TicketEvent", HAPPENED),
    "interactions": root("Interaction", HAPPENED),
}


async def add(drawing: Drawing) -> None:
    """Random rows."""
    connection, rng, world, everybody = drawing.connection, drawing.rng, drawing.world, drawing.everybody
    maybe, common, of, text, place = drawing.maybe, drawing.common, drawing.of, drawing.text, drawing.place
    accounts = [row["id"] for row in await connection.fetch("SELECT id FROM ketu.account ORDER BY id")]
    products, staff = drawing.ids("product"), drawing.ids("staff")
    tags = [
        await insert(
            connection, "tag", **common(), name=f"{name}{number}", name_sort_key=text(), meaning=text(),
            is_active=rng.random() < 0.5,
        )
        for number, name in enumerate(("axb", "a_b", "50%"))
    ]  # fmt: skip
    for _ in range(30):
        await insert_once(
            connection, "customer_tag", **common(), customer_id=rng.choice(everybody), tag_id=rng.choice(tags),
            tagged_by_id=maybe(rng.choice(staff)),
        )  # fmt: skip
        await insert(
            connection, "consent", **common(), **of("consent", "purpose", "decision"),
            channel=maybe(one_of(rng, "consent", "channel")), customer_id=rng.choice(everybody),
            decided_at=rng.choice(MOMENTS), evidence=text(), recorded_by_id=maybe(rng.choice(staff)),
        )  # fmt: skip
    tickets: list[int] = []
    tasks: list[int] = []
    for number in range(30):
        is_closed, is_completed = rng.random() < 0.4, rng.random() < 0.4
        tickets.append(await insert(
            connection, "ticket", **common(), **place(), **of("ticket", "kind", "priority", "channel"),
            ticket_no=f"J_{number}%", state="CLOSED" if is_closed else rng.choice(["OPEN", "WAITING"]),
            subject=text(), description=maybe("50%"), account_id=maybe(rng.choice(accounts)),
            product_id=maybe(rng.choice(products)), assigned_to_id=maybe(rng.choice(staff)),
            opened_by_id=maybe(rng.choice(staff)), linked_to_id=maybe(rng.choice(tickets)) if tickets else None,
            opened_at=rng.choice(MOMENTS), due_at=rng.choice(MOMENTS), level=rng.randint(0, 3),
            closed_at=rng.choice(MOMENTS) if is_closed else None, resolution=maybe("o/x"),
            satisfaction=maybe(rng.randint(1, 5)), source=maybe("judge_%"),
        ))  # fmt: skip
        for _ in range(rng.randint(0, 2)):
            await insert(
                connection, "ticket_event", **common(), **of("ticket_event", "kind"), ticket_id=tickets[-1],
                happened_at=rng.choice(MOMENTS), staff_id=maybe(rng.choice(staff)), note=maybe(text()),
                to_staff_id=maybe(rng.choice(staff)), to_branch_id=maybe(rng.choice(world.tables["branch"])["id"]),
            )  # fmt: skip
        tasks.append(await insert(
            connection, "task", **common(), **place(), **of("task", "purpose", "priority"),
            state="COMPLETED" if is_completed else rng.choice(["OPEN", "HANDED_BACK", "CANCELLED"]),
            title=text(), description=maybe("a_b"), due_at=maybe(rng.choice(MOMENTS)),
            assigned_to_id=maybe(rng.choice(staff)), assigned_by_id=maybe(rng.choice(staff)),
            parent_id=maybe(rng.choice(tasks)) if tasks else None, ticket_id=maybe(rng.choice(tickets)),
            completed_at=rng.choice(MOMENTS) if is_completed else None, completed_by_id=maybe(rng.choice(staff)),
            completed_through=maybe(one_of(rng, "task", "completed_through")), result=maybe("axb"),
            hand_back_reason=maybe("50 of"), source=maybe("judge_%"),
        ))  # fmt: skip
        await insert(
            connection, "interaction", **common(), **of("interaction", "channel", "direction"), subject=text(),
            customer_id=rng.choice(everybody), staff_id=maybe(rng.choice(staff)), happened_at=rng.choice(MOMENTS),
            duration_minutes=maybe(rng.randint(0, 90)), note=maybe(text()),
            outcome=maybe(one_of(rng, "interaction", "outcome")), task_id=maybe(rng.choice(tasks)),
            ticket_id=maybe(rng.choice(tickets)),
        )  # fmt: skip
