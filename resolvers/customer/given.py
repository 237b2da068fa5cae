"""What inputs say of customers, checked as far as that goes without the database."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.command.checks import written_if_given
from domain.command.model import Refusal, invalid_input
from domain.customer.certificate import KIND_OF, Bearer, CertificateError, bearer
from domain.customer.contact import COUNTRY, LONGEST_PLACE, ContactError, reachable
from domain.customer.contact_points import Contact
from domain.customer.documents import Certificate
from domain.customer.model import MOST_AT_ONCE, ContactPointKind, CustomerKind, IdentityDocumentType
from domain.shared.identifier import IdentifierKind, normalised

EARLIEST = date(1800, 1, 1)


def certificate(
    given: Mapping[str, Any],
    kind: CustomerKind,
    *path: str,
    today: date,
    type_: IdentityDocumentType | None = None,
    may_have_run_out: bool = False,
) -> tuple[Certificate, Bearer]:
    """A document with a number, and what the number says. Raises Refusal.

    type_  where the input does not name it
    """
    type_ = type_ or IdentityDocumentType[given["type"].name]
    if KIND_OF[type_] is not kind:
        raise invalid_input(f"{type_.name} is no certificate of {kind.value}.", *path, "type")
    number = normalised(IdentifierKind[type_.name], given["number"])
    try:
        says = bearer(type_, number, today=today)
    except CertificateError as error:
        raise invalid_input(str(error), *path, "number") from error
    issued_on, expires_on = given.get("issued_on"), given.get("expires_on")
    if issued_on is not None and not (says.born_on or EARLIEST) <= issued_on <= today:
        raise invalid_input("It was issued on a day that has been, in the life of who bears it.", *path, "issuedOn")
    if expires_on is not None and expires_on < max(issued_on or EARLIEST, EARLIEST if may_have_run_out else today):
        raise invalid_input("It has run out.", *path, "expiresOn")
    return Certificate(type_, number, issued_on, expires_on, (*path, "number")), says


def certificates(
    given: Sequence[Mapping[str, Any]], kind: CustomerKind, *path: str, today: date, may_have_run_out: bool = False
) -> tuple[list[Certificate], Bearer]:
    """Documents of one customer, and what their numbers say together. Raises Refusal."""
    _must_be_few(given, *path)
    found: list[Certificate] = []
    together = Bearer()
    for number, each in enumerate(given):
        at = (*path, str(number))
        one, says = certificate(each, kind, *at, today=today, may_have_run_out=may_have_run_out)
        if any(other.type is one.type for other in found):
            raise invalid_input("There are two of this type.", *at, "type")
        if _differ(together, says):
            raise invalid_input("The numbers are those of two people.", *at, "number")
        together = Bearer(together.born_on or says.born_on, together.sex or says.sex)
        found.append(one)
    return found, together


def contact(given: Mapping[str, Any], *path: str) -> Contact:
    """A way to reach somebody. Raises Refusal."""
    kind = ContactPointKind[given["kind"].name]
    return Contact(kind, value_of(kind, given["value"], *path), given.get("is_primary"), **places(given, kind, *path))


def contacts(given: Sequence[Mapping[str, Any]], *path: str) -> list[Contact]:
    """Ways to reach one customer. Raises Refusal."""
    _must_be_few(given, *path)
    found: list[Contact] = []
    for number, each in enumerate(given):
        one = contact(each, *path, str(number))
        if any((other.kind, other.value) == (one.kind, one.value) for other in found):
            raise invalid_input("It is there twice.", *path, str(number), "value")
        if one.is_primary and any(other.kind is one.kind and other.is_primary for other in found):
            raise invalid_input("One of each kind is primary.", *path, str(number), "isPrimary")
        found.append(one)
    return found


def value_of(kind: ContactPointKind, value: str, *path: str) -> str:
    """The value as it is kept. Raises Refusal."""
    try:
        return reachable(kind, value)
    except ContactError as error:
        raise invalid_input(str(error), *path, "value") from error


def places(given: Mapping[str, Any], kind: ContactPointKind, *path: str) -> dict[str, str | None]:
    """What is given of district, region and country. Raises Refusal."""
    found = {
        name: written_if_given(given[name], LONGEST_PLACE, *path, name)
        for name in ("district", "region", "country")
        if name in given
    }
    for name, place in found.items():
        if place is not None and kind is not ContactPointKind.ADDRESS:
            raise invalid_input(f"An address has a {name}, and nothing else.", *path, name)
    country = found.get("country")
    if country is not None and not COUNTRY.fullmatch(country):
        raise invalid_input("A country is written in two capital letters, ISO 3166-1 alpha-2.", *path, "country")
    return found


def agreed(given: Any, says: Any, *path: str) -> Any:
    """What is given, or what the certificate says where nothing is; they must not differ."""
    if given is not None and says is not None and given != says:
        raise invalid_input("The certificate says otherwise.", *path)
    return says if given is None else given


def day(given: date | None, today: date, *path: str) -> date | None:
    """A day that has been. Raises Refusal."""
    if given is not None and not EARLIEST <= given <= today:
        raise invalid_input("This day lies ahead, or too far back.", *path)
    return given


def duplicate(existing_id: int | None, *path: str) -> Refusal:
    """Somebody has the certificate already.

    existing_id  their id, where the reader sees them
    """
    message = "A customer of the bank has this certificate already; who they are is told where you may see them."
    existing = None if existing_id is None else f"cus_{existing_id}"
    return Refusal("DuplicateCustomer", message, path, {"existingId": existing}, is_denial=existing is None)


def _must_be_few(given: Sequence[Any], *path: str) -> None:
    if len(given) > MOST_AT_ONCE:
        raise invalid_input(f"At most {MOST_AT_ONCE} are taken at once; add the others afterwards.", *path)


def _differ(one: Bearer, other: Bearer) -> bool:
    pairs = ((one.born_on, other.born_on), (one.sex, other.sex))
    return any(this is not None and that is not None and this != that for this, that in pairs)
