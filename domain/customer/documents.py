"""Identity documents of customers: stored sealed, found by their blind index, replaced and given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.command.model import Change, Outcome, invalid_input
from domain.customer.certificate import Bearer, CertificateError, bearer
from domain.customer.model import CustomerState, IdentityDocumentType
from domain.shared.cipher import KeyRing
from domain.shared.identifier import IdentifierKind, normalised

STORE = """
    INSERT INTO ketu.identity_document (customer_id, type, number_masked, number_blind_index, number_last4,
                                        number_cipher, issued_on, expires_on)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
"""
WAIT = "SELECT pg_advisory_xact_lock($1)"
HOLDER = """
    SELECT customer.* FROM ketu.identity_document AS document
    JOIN ketu.customer AS customer ON customer.id = document.customer_id
    WHERE document.number_blind_index = $1 AND document.ended_at IS NULL ORDER BY customer.id LIMIT 1
"""
VALID = """
    SELECT EXISTS (SELECT FROM ketu.identity_document WHERE customer_id = $1 AND ended_at IS NULL
                   AND number_cipher IS NOT NULL AND coalesce(expires_on, 'infinity') >= $2 AND id <> $3)
"""
CURRENT = "SELECT * FROM ketu.identity_document WHERE customer_id = $1 AND type = $2 AND ended_at IS NULL"
END = "UPDATE ketu.identity_document SET ended_at = $2 WHERE id = $1"
NO_DOCUMENT = 0


@dataclass(frozen=True, slots=True)
class Certificate:
    """A document whose number can be one of its kind."""

    type: IdentityDocumentType
    number: str
    """In its one spelling."""
    issued_on: date | None
    expires_on: date | None
    path: tuple[str, ...]
    """Where in the input its number stands."""

    def blind_index(self, ring: KeyRing) -> bytes:
        """What it is found by."""
        return ring.blind_index(IdentifierKind[self.type.name], self.number)


def told(type_: IdentityDocumentType, number: str, *, today: date) -> Bearer:
    """What a number that is kept says; nothing where it is not of its kind, as old deliveries may be."""
    try:
        return bearer(type_, normalised(IdentifierKind[type_.name], number), today=today)
    except CertificateError:
        return Bearer()


async def holder(connection: Any, index: bytes) -> Any:
    """The customer who holds a number; None where nobody does, and nobody else will before the transaction ends."""
    await connection.execute(WAIT, int.from_bytes(index[:8], signed=True))
    return await connection.fetchrow(HOLDER, index)


async def has_valid(connection: Any, customer_id: int, *, on: date, other_than: int = NO_DOCUMENT) -> bool:
    """Whether a customer has a document that counts and has not run out."""
    return await connection.fetchval(VALID, customer_id, on, other_than)


async def current(connection: Any, customer_id: int, type_: IdentityDocumentType) -> Sequence[Any]:
    """Their documents of a type that count."""
    return await connection.fetch(CURRENT, customer_id, type_.name)


async def store(connection: Any, customer_id: int, certificates: Sequence[Certificate], ring: KeyRing) -> list[int]:
    """Keep documents; their ids."""
    stored: list[int] = []
    for each in certificates:
        sealed = ring.sealed("number", IdentifierKind[each.type.name], each.number)
        row = (customer_id, each.type.name, *sealed.values(), each.issued_on, each.expires_on)
        stored.append(await connection.fetchval(STORE, *row))
    return stored


async def add(connection: Any, customer: Any, certificate: Certificate, ring: KeyRing) -> Outcome:
    """One more document."""
    if await current(connection, customer["id"], certificate.type) and certificate.type in ONE_OF_A_KIND:
        raise invalid_input("They have one of this type: replace it instead.", "input", "type")
    (document_id,) = await store(connection, customer["id"], [certificate], ring)
    return _done(document_id, customer["id"], Change("identity_document", document_id, "CREATED", [customer["id"]]))


async def replace(connection: Any, document: Any, certificate: Certificate, ring: KeyRing, *, now: datetime) -> Outcome:
    """A new document in the place of one that ran out or was lost."""
    _must_count(document)
    customer_id = document["customer_id"]
    await connection.execute(END, document["id"], now)
    (document_id,) = await store(connection, customer_id, [certificate], ring)
    return _done(
        document_id, customer_id,
        Change("identity_document", document["id"], "ENDED", [customer_id], ["endedAt"]),
        Change("identity_document", document_id, "CREATED", [customer_id]),
    )  # fmt: skip


async def end(connection: Any, document: Any, customer: Any, *, today: date, now: datetime) -> Outcome:
    """A document does not count any more."""
    _must_count(document)
    others = await has_valid(connection, customer["id"], on=today, other_than=document["id"])
    if customer["state"] == CustomerState.ACTIVE.name and not others:
        raise invalid_input("A customer has a certificate that is valid: replace this one instead.", "input", "id")
    await connection.execute(END, document["id"], now)
    change = Change("identity_document", document["id"], "ENDED", [customer["id"]], ["endedAt"])
    return _done(document["id"], customer["id"], change)


ONE_OF_A_KIND = (IdentityDocumentType.RESIDENT_ID, IdentityDocumentType.BIRTH_NUMBER, IdentityDocumentType.CREDIT_CODE)


def _must_count(document: Any) -> None:
    if document["ended_at"] is not None:
        raise invalid_input("It counts no more already.", "input", "id")


def _done(document_id: int, customer_id: int, *changes: Change) -> Outcome:
    return Outcome({"identityDocument": document_id, "customer": customer_id}, changes)
