"""Documents of customers, and their contents, which no part of the graph reads."""

import sqlalchemy as sa

from domain.document.model import LARGEST, MEDIA_TYPES, DocumentKind, DocumentState
from domain.shared.columns import c1, c2, choice, from_source, metadata, node, reference, sealed
from domain.shared.identifier import IdentifierKind

MEDIA_TYPE = ", ".join(f"'{name}'" for name in MEDIA_TYPES)
SEALED_LARGEST = LARGEST + 64
"""The largest document with what sealing adds: the key's id, a nonce, a tag."""

document = sa.Table(
    "document",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    choice("kind", DocumentKind),
    choice("state", DocumentState),
    c2("title", sa.Text),
    c1("media_type", sa.Text),
    c1("size_bytes", sa.Integer),
    # Of the content in the clear, hexadecimal: whoever has a document can tell whether it is this one.
    c2("sha256", sa.Text),
    # Where the bank's own archive keeps the content; null where `document_content` does.
    c1("storage_key", sa.Text, nullable=True),
    c1("keep_until", sa.Date, nullable=True),
    reference("identity_document_id", "identity_document", nullable=True),
    reference("loan_id", "loan", nullable=True),
    reference("ticket_id", "ticket", nullable=True),
    # Nobody: it came from a source.
    reference("added_by_id", "staff", nullable=True),
    from_source(),
    sa.CheckConstraint(f"media_type IN ({MEDIA_TYPE})", name="media_type"),
    sa.CheckConstraint("size_bytes > 0", name="size_bytes"),
    sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
    sa.Index(None, "customer_id", "created_at"),
    sa.Index(None, "created_at", "id"),
    sa.Index(None, "identity_document_id"),
    sa.Index(None, "loan_id"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "added_by_id"),
)

document_content = sa.Table(
    "document_content",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    reference("document_id", "document", unique=True),
    sealed("content_cipher", IdentifierKind.DOCUMENT, batch=16),
    sa.CheckConstraint(f"octet_length(content_cipher) <= {SEALED_LARGEST}", name="size"),
)
