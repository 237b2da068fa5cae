"""Whether a value can reach somebody, by the kind of contact point."""

import re

from domain.customer.model import ContactPointKind
from domain.shared.identifier import IdentifierKind, normalised

PHONE = re.compile(r"\+?\d{5,15}", re.ASCII)
MAINLAND_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
LOOKS_MOBILE = re.compile(r"1\d{10}", re.ASCII)
EMAIL = re.compile(r"[^@\s\"<>(),;:\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
LONGEST_STREET = 200
LONGEST_PLACE = 100


class ContactError(ValueError):
    """A value that reaches nobody: what is wrong with it, without a sign of it."""


def reachable(kind: ContactPointKind, value: str) -> str:
    """The value as it is kept. Raises ContactError."""
    match kind:
        case ContactPointKind.PHONE:
            number = normalised(IdentifierKind.PHONE, value)
            if not PHONE.fullmatch(number):
                raise ContactError("A telephone number has 5 to 15 digits, with + before the code of a country.")
            if LOOKS_MOBILE.fullmatch(number) and not MAINLAND_MOBILE.fullmatch(number):
                raise ContactError("No mobile number of the mainland begins like this.")
            return number
        case ContactPointKind.EMAIL:
            address = normalised(IdentifierKind.EMAIL, value)
            if not EMAIL.fullmatch(address):
                raise ContactError("A mail address is written name@host.")
            return address
        case ContactPointKind.ADDRESS:
            street = value.strip()
            if not 0 < len(street) <= LONGEST_STREET:
                raise ContactError(f"The street part of an address has 1 to {LONGEST_STREET} characters.")
            return street
