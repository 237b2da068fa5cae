"""Personal identifiers: how two spellings of one compare equal, and how much of each may be shown."""

import re
import unicodedata
from enum import StrEnum


class IdentifierKind(StrEnum):
    """What a sealed value identifies. Names of document and contact kinds equal those of the columns they fill."""

    RESIDENT_ID = "Chinese resident identity card"
    PASSPORT = "passport"
    BIRTH_NUMBER = "Czech birth number"
    CREDIT_CODE = "unified social credit code"
    ADDRESS = "street part of a postal address"
    PHONE = "telephone number"
    EMAIL = "electronic mail address"
    ACCOUNT_NUMBER = "account number, ours or another bank's"
    CARD_NUMBER = "card number"
    SOURCE_ROW = "a whole row of a delivery"
    DOCUMENT = "the content of a document"
    TOTP_SECRET = "what the codes of somebody's authenticator are made from"  # noqa: S105
    SIGNING_KEY = "the private key that signs access tokens"


SHOWN = {
    IdentifierKind.RESIDENT_ID: (4, 4),
    IdentifierKind.PASSPORT: (2, 2),
    IdentifierKind.BIRTH_NUMBER: (0, 1),
    IdentifierKind.CREDIT_CODE: (4, 4),
    IdentifierKind.ADDRESS: (3, 0),
    IdentifierKind.PHONE: (3, 4),
    IdentifierKind.EMAIL: (1, 0),
    IdentifierKind.ACCOUNT_NUMBER: (0, 4),
    IdentifierKind.CARD_NUMBER: (4, 4),
    IdentifierKind.SOURCE_ROW: (0, 0),
    IdentifierKind.DOCUMENT: (0, 0),
    IdentifierKind.TOTP_SECRET: (0, 0),
    IdentifierKind.SIGNING_KEY: (0, 0),
}
"""Characters a mask shows at the beginning and at the end, as bank staff are used to."""

LEAST_HIDDEN = 4

SEARCHED_BY_LAST_FOUR = {
    IdentifierKind.RESIDENT_ID,
    IdentifierKind.PHONE,
    IdentifierKind.ACCOUNT_NUMBER,
    IdentifierKind.CARD_NUMBER,
}
"""The last four are shown by the mask of these kinds anyway, so keeping them apart tells nobody more."""

_PUNCTUATION = re.compile(r"[\s\-.()/]+")
_CHINESE_PREFIX = re.compile(r"^(?:\+|00)86(?=1\d{10}$)")


def normalised(kind: IdentifierKind, value: str) -> str:
    """The one spelling that every way of writing `value` leads to; what the blind index is taken of."""
    plain = unicodedata.normalize("NFKC", value).strip()
    if kind is IdentifierKind.EMAIL:
        return plain.casefold()
    plain = _PUNCTUATION.sub("", plain).upper()
    return _CHINESE_PREFIX.sub("", plain) if kind is IdentifierKind.PHONE else plain


def masked(kind: IdentifierKind, value: str) -> str:
    """`value` with its middle starred: 11010519491231002X → 1101**********002X.

    At least four characters stay hidden: what is too short for its kind's mask shows a quarter, at the end.
    """
    if kind is IdentifierKind.EMAIL and "@" in value:
        local, _, host = value.rpartition("@")
        return f"{_starred(local, first=1, last=0)}@{host}"
    first, last = SHOWN[kind]
    return _starred(value, first=first, last=last)


def last_four(kind: IdentifierKind, value: str) -> str | None:
    """The last four characters where staff search by them and the mask shows them too; otherwise None."""
    plain = normalised(kind, value)
    return plain[-4:] if kind in SEARCHED_BY_LAST_FOUR and masked(kind, plain).endswith(plain[-4:]) else None


def _starred(value: str, *, first: int, last: int) -> str:
    hidden = len(value) - first - last
    if hidden < LEAST_HIDDEN:
        first, last = 0, len(value) // 4
        hidden = len(value) - last
    return value[:first] + "*" * hidden + value[len(value) - last :]
