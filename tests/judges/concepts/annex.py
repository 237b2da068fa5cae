"""What hangs on customers and their contracts: documents, life events, notes."""

from decimal import Decimal

from tests.judges.drawing import DAYS, MOMENTS, Drawing, insert, insert_once
from tests.judges.language import CREATED, CUSTOMER, Edge, Kind, back, customers, root, to

HAPPENS = ("happens_on", True)

KINDS = {
    "Document": Kind("document", "doc", ("document:read", CUSTOMER), customers("customer_id")),
    "LifeEvent": Kind("life_event", "lev", ("life_event:read", CUSTOMER), customers("customer_id")),
    "Note": Kind("note", "not", ("note:read", CUSTOMER), customers("customer_id")),
}

PERSONAL = {
    "Document": ("title", "sha256"),
    "LifeEvent": ("kind", "happensOn", "note"),
    "Note": ("text",),
}

EDGES: dict[tuple[str, str], Edge] = {
    ("Customer", "documents"): back("Document", "customer_id", CREATED),
    ("Customer", "lifeEvents"): back("LifeEvent", "customer_id", HAPPENS),
    ("Customer", "notes"): back("Note", "customer_id", CREATED),
    ("Document", "customer"): to("Customer", "customer_id"),
    ("Document", "identityDocument"): to("IdentityDocument", "identity_document_id"),
    ("Document", "loan"): to("Loan", "loan_id"),
    ("Document", "ticket"): to("Ticket", "ticket_id"),
    ("Document", "addedBy"): to("Staff", "added_by_id"),
    ("Document", "lifeEvents"): back("LifeEvent", "document_id", HAPPENS),
    ("IdentityDocument", "copies"): back("Document", "identity_document_id", CREATED),
    ("Loan", "documents"): back("Document", "loan_id", CREATED),
    ("Ticket", "documents"): back("Document", "ticket_id", CREATED),
    ("LifeEvent", "customer"): to("Customer", "customer_id"),
    ("LifeEvent", "document"): to("Document", "document_id"),
    ("LifeEvent", "recordedBy"): to("Staff", "recorded_by_id"),
    ("Note", "customer"): to("Customer", "customer_id"),
    ("Note", "writtenBy"): to("Staff", "written_by_id"),
    ("Note", "removedBy"): to("Staff", "removed_by_id"),
    ("Staff", "documentsAdded"): back("Document", "added_by_id", CREATED),
    ("Staff", "lifeEventsRecorded"): back("LifeEvent", "recorded_by_id", CREATED),
    ("Staff", "notesWritten"): back("Note", "written_by_id", CREATED),
    ("Staff", "notesRemoved"): back("Note", "removed_by_id", CREATED),
}

ROOTS = {
    "documents": root("Document", CREATED),
    "lifeEvents": root("LifeEvent", HAPPENS),
    "notes": root("Note", CREATED),
}


async def add(drawing: Drawing) -> None:
    """Random rows."""
    connection, rng, everybody = drawing.connection, drawing.rng, drawing.everybody
    maybe, common, of, text = drawing.maybe, drawing.common, drawing.of, drawing.text
    staff, identity = drawing.ids("staff"), drawing.ids("identity_document")
    loans, tickets = (
        [row["id"] for row in await connection.fetch(f"SELECT id FROM ketu.{table} ORDER BY id")]
        for table in ("loan", "ticket")
    )
    documents: list[int] = []
    for _ in range(30):
        documents.append(await insert(
            connection, "document", **common(), **of("document", "kind", "state"), customer_id=rng.choice(everybody),
            title=text(), media_type=rng.choice(["application/pdf", "text/plain"]), size_bytes=rng.randint(1, 9),
            sha256=rng.choice("abc") * 64, storage_key=maybe("a_b"), keep_until=maybe(rng.choice(DAYS)),
            identity_document_id=maybe(rng.choice(identity)), loan_id=maybe(rng.choice(loans)),
            ticket_id=maybe(rng.choice(tickets)), added_by_id=maybe(rng.choice(staff)),
        ))  # fmt: skip
        await insert_once(
            connection, "life_event", **common(), **of("life_event", "kind", "state", "evidence"),
            customer_id=rng.choice(everybody), happens_on=rng.choice(DAYS),
            confidence_ratio=Decimal(rng.randint(0, 3)) / 3, note=maybe(text()),
            document_id=maybe(rng.choice(documents)), recorded_by_id=maybe(rng.choice(staff)),
        )  # fmt: skip
        is_removed = rng.random() < 0.3
        await insert(
            connection, "note", **common(), state="REMOVED" if is_removed else "KEPT",
            customer_id=rng.choice(everybody), text=None if is_removed else text(),
            written_by_id=maybe(rng.choice(staff)), removed_by_id=maybe(rng.choice(staff)) if is_removed else None,
            removed_at=rng.choice(MOMENTS) if is_removed else None,
        )  # fmt: skip
