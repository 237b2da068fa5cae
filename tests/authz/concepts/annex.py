"""What hangs on customers and their contracts: documents, life events, notes."""

from tests.authz.reached import CUSTOMERS

ROWS = {
    "document": (("document:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "life_event": (("life_event:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "note": (("note:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
}
REFERENCE: set[str] = set()

LINKS = {
    "Customer.documents": "customer_id, id FROM ketu.document",
    "Customer.lifeEvents": "customer_id, id FROM ketu.life_event",
    "Customer.notes": "customer_id, id FROM ketu.note",
    "Document.addedBy": "id, added_by_id FROM ketu.document",
    "Document.customer": "id, customer_id FROM ketu.document",
    "Document.identityDocument": "id, identity_document_id FROM ketu.document",
    "Document.lifeEvents": "document_id, id FROM ketu.life_event",
    "Document.loan": "id, loan_id FROM ketu.document",
    "Document.ticket": "id, ticket_id FROM ketu.document",
    "IdentityDocument.copies": "identity_document_id, id FROM ketu.document",
    "LifeEvent.customer": "id, customer_id FROM ketu.life_event",
    "LifeEvent.document": "id, document_id FROM ketu.life_event",
    "LifeEvent.recordedBy": "id, recorded_by_id FROM ketu.life_event",
    "Loan.documents": "loan_id, id FROM ketu.document",
    "Note.customer": "id, customer_id FROM ketu.note",
    "Note.removedBy": "id, removed_by_id FROM ketu.note",
    "Note.writtenBy": "id, written_by_id FROM ketu.note",
    "Staff.documentsAdded": "added_by_id, id FROM ketu.document",
    "Staff.lifeEventsRecorded": "recorded_by_id, id FROM ketu.life_event",
    "Staff.notesRemoved": "removed_by_id, id FROM ketu.note",
    "Staff.notesWritten": "written_by_id, id FROM ketu.note",
    "Ticket.documents": "ticket_id, id FROM ketu.document",
}
