"""What core banking is asked to do."""

from decimal import Decimal

from tests.judges.drawing import MOMENTS, Drawing, insert
from tests.judges.language import CUSTOMER, Kind, back, customers, root, to

REQUESTED = ("requested_at", True)

KINDS = {
    "ServiceRequest": Kind("service_request", "srq", ("service_request:read", CUSTOMER), customers("customer_id")),
}

PERSONAL = {"ServiceRequest": ("reason",)}

EDGES = {
    ("ServiceRequest", "customer"): to("Customer", "customer_id"),
    ("ServiceRequest", "account"): to("Account", "account_id"),
    ("ServiceRequest", "product"): to("Product", "product_id"),
    ("ServiceRequest", "ticket"): to("Ticket", "ticket_id"),
    ("ServiceRequest", "requestedBy"): to("Staff", "requested_by_id"),
    ("Customer", "serviceRequests"): back("ServiceRequest", "customer_id", REQUESTED),
    ("Account", "serviceRequests"): back("ServiceRequest", "account_id", REQUESTED),
    ("Product", "serviceRequests"): back("ServiceRequest", "product_id", REQUESTED),
    ("Ticket", "serviceRequests"): back("ServiceRequest", "ticket_id", REQUESTED),
    ("Staff", "serviceRequestsSubmitted"): back("ServiceRequest", "requested_by_id", REQUESTED),
}

ROOTS = {"serviceRequests": root("ServiceRequest", REQUESTED)}


async def add(drawing: Drawing) -> None:
    """Random rows."""
    connection, rng, maybe, text = drawing.connection, drawing.rng, drawing.maybe, drawing.text
    accounts = [row["id"] for row in await connection.fetch("SELECT id FROM ketu.account ORDER BY id")]
    tickets = [row["id"] for row in await connection.fetch("SELECT id FROM ketu.ticket ORDER BY id")]
    products, staff = drawing.ids("product"), drawing.ids("staff")
    for _ in range(25):
        is_settled, is_loan = rng.random() < 0.6, rng.random() < 0.5
        await insert(
            connection, "service_request", **drawing.common(), **drawing.of("service_request", "kind"),
            state=rng.choice(["DONE", "REFUSED", "WITHDRAWN"] if is_settled else ["SUBMITTED", "SENT"]),
            customer_id=rng.choice(drawing.everybody), account_id=maybe(rng.choice(accounts)),
            product_id=maybe(rng.choice(products)), amount=Decimal("10.00") * rng.randint(1, 3) if is_loan else None,
            currency=rng.choice(["CNY", "USD"]) if is_loan else None, ticket_id=maybe(rng.choice(tickets)),
            requested_by_id=maybe(rng.choice(staff)), requested_at=rng.choice(MOMENTS),
            sent_at=maybe(rng.choice(MOMENTS)), settled_at=rng.choice(MOMENTS) if is_settled else None,
            core_reference=maybe(text()), reason=maybe(text()), source=maybe("judge_%"),
        )  # fmt: skip
