"""Creating and changing customers, their certificates, how to reach them, and who manages them."""

from domain.customer.tables import contact_point, customer, identity_document
from resolvers.customer import commands, managers, papers, points
from resolvers.engine.edges import OutcomeRow
from schema.customer import inputs
from schema.errors import (
    Conflict,
    DuplicateCustomer,
    InvalidInput,
    NotFound,
    NotPermitted,
    QuotaExceeded,
    StillOpen,
)
from schema.mutation import mutation

NOW = "{} as they are now; null where there are errors, or they are out of the reader's sight now."
CUSTOMER = {"customer": (OutcomeRow(customer, "customer"), NOW.format("The customer"))}
CONTACT_POINT = {
    "contactPoint": (OutcomeRow(contact_point, "contactPoint"), "The contact point as it is now."),
    **CUSTOMER,
}
IDENTITY_DOCUMENT = {
    "identityDocument": (OutcomeRow(identity_document, "identityDocument"), "The document as it is now."),
    **CUSTOMER,
}
ANY = (NotFound, NotPermitted, InvalidInput)
CERTIFICATES = (DuplicateCustomer, QuotaExceeded)

mutation(
    "create_customer",
    commands.create,
    input=inputs.CreateCustomerInput,
    shows=CUSTOMER,
    errors=(*ANY, *CERTIFICATES),
    description="Take somebody on: a person or an organisation, as a customer or a prospect.",
    bulk="create_customers",
)
mutation(
    "change_customer",
    commands.change,
    input=inputs.ChangeCustomerInput,
    shows=CUSTOMER,
    errors=(*ANY, Conflict),
    description="Change what the bank knows of a customer.",
    bulk="change_customers",
)
mutation(
    "convert_prospect",
    commands.convert,
    input=inputs.ConvertProspectInput,
    shows=CUSTOMER,
    errors=(*ANY, Conflict, *CERTIFICATES),
    description="Make a customer of a prospect: with a name, and a certificate that is valid.",
)
mutation(
    "deregister_customer",
    commands.deregister,
    input=inputs.DeregisterCustomerInput,
    shows=CUSTOMER,
    errors=(*ANY, Conflict, StillOpen),
    description="Let a customer go (销户) of whom nothing is open; what the bank knows of them stays.",
)
mutation(
    "assign_manager",
    managers.assign,
    input=inputs.AssignManagerInput,
    shows=CUSTOMER,
    errors=(*ANY, Conflict),
    description="Give a customer to other managers (A角/B角), or to the pool of their branch.",
    bulk="assign_managers",
)
mutation(
    "add_contact_point",
    points.add,
    input=inputs.AddContactPointInput,
    shows=CONTACT_POINT,
    errors=ANY,
    description="Add a way to reach a customer.",
    bulk="add_contact_points",
)
mutation(
    "change_contact_point",
    points.change,
    input=inputs.ChangeContactPointInput,
    shows=CONTACT_POINT,
    errors=(*ANY, Conflict),
    description="Change a way to reach a customer.",
    bulk="change_contact_points",
)
mutation(
    "remove_contact_point",
    points.remove,
    input=inputs.RemoveContactPointInput,
    shows=CONTACT_POINT,
    errors=(*ANY, Conflict),
    description="End the use of a contact point; where it was primary, the oldest one of its kind is from then on.",
)
mutation(
    "add_identity_document",
    papers.add,
    input=inputs.AddIdentityDocumentInput,
    shows=IDENTITY_DOCUMENT,
    errors=(*ANY, *CERTIFICATES),
    description="Add a certificate of a customer.",
)
mutation(
    "replace_identity_document",
    papers.replace,
    input=inputs.ReplaceIdentityDocumentInput,
    shows=IDENTITY_DOCUMENT,
    errors=(*ANY, Conflict, *CERTIFICATES),
    description="Put a new document in the place of one; the payload shows the new one.",
)
mutation(
    "end_identity_document",
    papers.end,
    input=inputs.EndIdentityDocumentInput,
    shows=IDENTITY_DOCUMENT,
    errors=(*ANY, Conflict),
    description="End a document that counts no more; the last valid one of a customer stays until it is replaced.",
)
