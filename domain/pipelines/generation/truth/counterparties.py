"""The other side of payments: our own firms, and people and firms with other banks.

One number names each: below the number of our firms it is a firm's ordinal, above it somebody elsewhere.
"""

import numpy as np

from domain.pipelines.generation.truth.facts import Counterparty
from domain.pipelines.generation.truth.identifiers import with_luhn
from domain.pipelines.generation.truth.plan import BLOCK_FIRMS, Plan
from domain.pipelines.generation.truth.randomness import Ints

BANKS = ("ICBC", "CCB", "ABC", "BOC", "BOCOM", "CMB", "PSBC", "CITIC", "SPDB", "CIB", "WECHAT", "ALIPAY")
PAYERS, UTILITIES, LANDLORDS, ACQUAINTANCES, INSURERS, WALLETS = (
    range(300), range(300, 340), range(340, 1_500), range(1_500, 6_000), range(6_000, 6_020), range(6_020, 6_030),
)  # fmt: skip
"""Who pays wages, supplies power, lets flats, is a friend, insures, runs wallets: each a part of those elsewhere."""

ROOM_FOR_ACCOUNTS = 1_000_000
STRIDE_OF_ACCOUNTS = 317_811_007_793
PLACES_OF_ACCOUNTS = 10**12


def account_number(block: int, place: int) -> str:
    """The number of the account at `place` in a block: unlike those beside it, and never given twice."""
    scattered = (block * ROOM_FOR_ACCOUNTS + place + 1) * STRIDE_OF_ACCOUNTS % PLACES_OF_ACCOUNTS
    return with_luhn(f"6210{scattered:012d}")


def elsewhere(plan: Plan, part: range, draws: Ints) -> Ints:
    """Numbers of those elsewhere: `draws` within the part."""
    return plan.firms + part.start + draws % len(part)


def told(plan: Plan, used: Ints) -> list[Counterparty]:
    """Banks and account numbers of the counterparties `used`."""
    return [_one(plan, number) for number in used.tolist()]


def _one(plan: Plan, number: int) -> Counterparty:
    if number < plan.firms:
        # A firm's first account stands where the firm stands in its block.
        block, place = divmod(number, BLOCK_FIRMS)
        return Counterparty(None, account_number(block, place))
    other = number - plan.firms
    bank = BANKS[other % 10] if other not in WALLETS else BANKS[10 + other % 2]
    return Counterparty(bank, with_luhn(f"6217{(other + 1) * STRIDE_OF_ACCOUNTS % PLACES_OF_ACCOUNTS:012d}"))


def numbered(counterparty: Ints) -> tuple[Ints, Ints]:
    """Those that occur, and for each entry its place among them; what is NOTHING stays so."""
    used, place = np.unique(counterparty, return_inverse=True)
    missing = int(np.searchsorted(used, 0))
    return used[missing:], place.astype(np.int64) - missing
