"""Whether a certificate number (证件号码) can be one of its kind, and what it says of who bears it."""

import re
from dataclasses import dataclass
from datetime import date

from domain.customer.model import CustomerKind, IdentityDocumentType, Sex

KIND_OF = {
    IdentityDocumentType.RESIDENT_ID: CustomerKind.PERSON,
    IdentityDocumentType.PASSPORT: CustomerKind.PERSON,
    IdentityDocumentType.BIRTH_NUMBER: CustomerKind.PERSON,
    IdentityDocumentType.CREDIT_CODE: CustomerKind.ORGANISATION,
}
"""Who bears which."""

PROVINCES = {
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
    "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
}  # fmt: skip
"""First digits of division codes. Counties are not looked up: numbers keep the codes of those that are no more."""
EARLIEST = date(1880, 1, 1)

RESIDENT = re.compile(r"\d{17}[\dX]", re.ASCII)
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECKS = "10X98765432"
CREDIT = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}", re.ASCII)
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PASSPORT = re.compile(r"(?=.*\d)[A-Z0-9]{6,14}", re.ASCII)
BIRTH = re.compile(r"\d{9,10}", re.ASCII)
MONTHS_ADDED = ((70, Sex.FEMALE), (50, Sex.FEMALE), (20, Sex.MALE), (0, Sex.MALE))
"""What Czech birth numbers add to the month, by sex; 20 more where the day ran out of numbers."""
LAST_OF_NINE_DIGITS = 53


class CertificateError(ValueError):
    """A number that cannot be one of its kind: what is wrong with it, without a digit of it."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """What a number says."""

    born_on: date | None = None
    sex: Sex | None = None


def bearer(type_: IdentityDocumentType, number: str, *, today: date) -> Bearer:
    """What the number, in its one spelling, says of who bears it. Raises CertificateError."""
    match type_:
        case IdentityDocumentType.RESIDENT_ID:
            return _resident(number, today)
        case IdentityDocumentType.BIRTH_NUMBER:
            return _birth_number(number, today)
        case IdentityDocumentType.CREDIT_CODE:
            return _credit_code(number)
        case IdentityDocumentType.PASSPORT:
            if not PASSPORT.fullmatch(number):
                raise CertificateError("A passport number has 6 to 14 letters and digits, one digit at least.")
            return Bearer()


def _resident(number: str, today: date) -> Bearer:
    """GB 11643."""
    if not RESIDENT.fullmatch(number):
        raise CertificateError("A resident ID number has 18 digits; the last may be X.")
    if number[:2] not in PROVINCES:
        raise CertificateError("The resident ID number begins with the code of no province.")
    born_on = _day(int(number[6:10]), int(number[10:12]), int(number[12:14]), today, "resident ID")
    total = sum(int(digit) * weight for digit, weight in zip(number, RESIDENT_WEIGHTS, strict=False))
    if RESIDENT_CHECKS[total % 11] != number[17]:
        raise CertificateError("The check digit of the resident ID number is wrong: read it again.")
    return Bearer(born_on, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def _credit_code(number: str) -> Bearer:
    """GB 32100."""
    if not CREDIT.fullmatch(number):
        raise CertificateError("A unified social credit code has 18 signs, of which the third to eighth are digits.")
    total = sum(CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(number[:17]))
    if CREDIT_SIGNS[-total % 31] != number[17]:
        raise CertificateError("The check sign of the credit code is wrong: read it again.")
    return Bearer()


def _birth_number(number: str, today: date) -> Bearer:
    """Czech: year, month with what tells the sex, day, a number within the day; since 1954 divisible by 11."""
    if not BIRTH.fullmatch(number):
        raise CertificateError("A birth number has 9 or 10 digits.")
    year, month, day = int(number[:2]), int(number[2:4]), int(number[4:6])
    is_old = len(number) == len("yymmddnnn")
    if is_old and year > LAST_OF_NINE_DIGITS:
        raise CertificateError("Birth numbers of 9 digits ended with 1953.")
    if not is_old and int(number) % 11 and not (int(number[:9]) % 11 == 10 and number[9] == "0"):
        raise CertificateError("The check digit of the birth number is wrong: read it again.")
    century = 1900 if is_old or year > LAST_OF_NINE_DIGITS else 2000
    added, sex = next((added, sex) for added, sex in MONTHS_ADDED if month > added) if month else (0, Sex.MALE)
    return Bearer(_day(century + year, month - added, day, today, "birth"), sex)


def _day(year: int, month: int, day: int, today: date, what: str) -> date:
    try:
        born_on = date(year, month, day)
    except ValueError as error:
        raise CertificateError(f"The {what} number holds no day of birth.") from error
    if not EARLIEST <= born_on <= today:
        raise CertificateError(f"The day of birth in the {what} number lies too far back, or ahead.")
    return born_on
