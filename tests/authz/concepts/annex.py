"""What hangs on customers: custom attributes, do-not-contacts, documents, life events, notes."""

from tests.authz.reached import CUSTOMERS

ROWS = {
    "attribute_definition": (("attribute_definition:read",), "true"),
    "customer_attribute": (("customer_attribute:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "do_not_contact": (("do_not_contact:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "document": (("document:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "life_event": (("life_event:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
    "note": (("note:read", "customer:read"), f"customer_id IN {CUSTOMERS}"),
}
REFERENCE = {"attribute_definition"}

LINKS = {
    "AttributeDefinition.definedBy": "id, defined_by_id FROM ketu.attribute_definition",
    "AttributeDefinition.values": "attribute_definition_id, id FROM ketu.customer_attribute",
    "Customer.attributes": "customer_id, id FROM ketu.customer_attribute",
    "Customer.doNotContacts": "customer_id, id FROM ketu.do_not_contact",
    "CustomerAttribute.customer": "id, customer_id FROM ketu.customer_attribute",
    "CustomerAttribute.definition": "id, attribute_definition_id FROM ketu.customer_attribute",
    "CustomerAttribute.setBy": "id, set_by_id FROM ketu.customer_attribute",
    "DoNotContact.customer": "id, customer_id FROM ketu.do_not_contact",
    "DoNotContact.liftedBy": "id, lifted_by_id FROM ketu.do_not_contact",
    "DoNotContact.setBy": "id, set_by_id FROM ketu.do_not_contact",
    "Staff.attributeDefinitions": "defined_by_id, id FROM ketu.attribute_definition",
    "Staff.customerAttributesSet": "set_by_id, id FROM ketu.customer_attribute",
    "Staff.doNotContactsLifted": "lifted_by_id, id FROM ketu.do_not_contact",
    "Staff.doNotContactsSet": "set_by_id, id FROM ketu.do_not_contact",
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
