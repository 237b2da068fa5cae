"""Words of customers, their identity documents and contact points."""

from enum import StrEnum

LONGEST_NAME = 200
MOST_AT_ONCE = 10
"""Identity documents, or contact points, that a customer begins with."""


class CustomerKind(StrEnum):
    """What a customer is; decides the type the graph shows."""

    PERSON = "a natural person"
    ORGANISATION = "a company, authority or association"


class CustomerState(StrEnum):
    """Where a customer is in their life with the bank."""

    PROSPECT = "may be served, has no contract yet (潜在客户)"
    ACTIVE = "is served"
    DEREGISTERED = "has left the bank (销户)"


class Sex(StrEnum):
    """Sex, as the identity document says."""

    FEMALE = "female"
    MALE = "male"


class IdentityDocumentType(StrEnum):
    """Kind of identity document (证件)."""

    RESIDENT_ID = "Chinese resident identity card, 18 digits (居民身份证)"
    PASSPORT = "passport"
    BIRTH_NUMBER = "Czech birth number (rodné číslo)"
    CREDIT_CODE = "unified social credit code of an organisation (统一社会信用代码)"


class ContactPointKind(StrEnum):
    """How a contact point reaches somebody."""

    ADDRESS = "postal address; the administrative division is open, the street is masked"
    PHONE = "telephone number, masked"
    EMAIL = "electronic mail, masked"
