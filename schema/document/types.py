"""Documents as clients see them."""

from datetime import date

from domain.document.model import DocumentKind, DocumentState
from resolvers.document import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(DocumentKind)
described(DocumentState)


@node(edges.rows, prefix="doc", description="A document of a customer's (资料): what it is, not what it says.")
class Document(Node):
    """A contract, a form, a copy."""

    kind: DocumentKind = field(description="What it shows.")
    state: DocumentState = field(description="Whether it still says how things are.")
    title: str = field(description="What it is called.")
    media_type: str = field(description="Format of its content: application/pdf, image/jpeg, image/png or text/plain.")
    size_bytes: int = field(description="Size of its content, bytes.")
    sha256: str = field(description="SHA-256 of its content, hexadecimal: tells whether a file is this one.")
    keep_until: date | None = field(description="Last day on which it has to be kept; null: not settled.")
    customer: ToOne = field(edges.customer, description="Whose document it is.")
    identity_document: ToOne = field(edges.identity_document, description="The identity document that it copies.")
    loan: ToOne = field(edges.loan, description="The loan that it belongs to.")
    ticket: ToOne = field(edges.ticket, description="The ticket that it came with.")
    added_by: ToOne = field(edges.added_by, description="Who put it here; null where a source did.")
    life_events: ToMany = field(edges.life_events, description="Life events that it shows, newest first.")
