"""Numbers with right check digits: of people, firms, accounts and cards. None is taken from anybody."""

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECKS = "10X98765432"
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

MOBILE_PREFIXES = (
    "134", "135", "136", "137", "138", "139", "147", "150", "151", "152", "157", "158", "159", "178", "182", "183",
    "184", "187", "188", "198", "130", "131", "132", "155", "156", "166", "175", "176", "185", "186", "133", "153",
    "173", "177", "180", "181", "189", "191", "199",
)  # fmt: skip
"""Of the public numbering plan; what follows them here is computed."""

PLACES_OF_MOBILES = 100_000_000
# Odd and no multiple of five, so that no two numbers meet.
STRIDE_OF_MOBILES = 38_196_601


def resident_id(division: str, born: str, sequence: int) -> str:
    """A resident identity number (GB 11643).

    division  six digits of the place of birth
    born      yyyymmdd
    sequence  0 to 999, odd for men
    """
    body = f"{division}{born}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, RESIDENT_WEIGHTS, strict=True))
    return body + RESIDENT_CHECKS[total % 11]


def credit_code(division: str, organisation: int) -> str:
    """A unified social credit code of a firm (GB 32100), whose organisation code carries its own check (GB 11714)."""
    plain = f"{organisation:08d}"
    total = sum(int(digit) * weight for digit, weight in zip(plain, ORGANISATION_WEIGHTS, strict=True))
    body = f"91{division}{plain}{'0123456789X0'[(11 - total % 11) % 11]}"
    weighed = sum(CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + CREDIT_SIGNS[-weighed % 31]


def with_luhn(digits: str) -> str:
    """The digits and their check digit (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def mobile(prefix: int, ordinal: int, shift: int) -> str:
    """A mobile number; those of different ordinals differ in their last eight digits."""
    return f"{MOBILE_PREFIXES[prefix]}{(ordinal * STRIDE_OF_MOBILES + shift) % PLACES_OF_MOBILES:08d}"
