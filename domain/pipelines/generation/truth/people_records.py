"""The records that the bank keeps of persons: who they are, their certificates, how to reach them."""

import numpy as np

from domain.customer.model import ContactPointKind, CustomerKind, CustomerState, IdentityDocumentType, Sex
from domain.pipelines.generation.truth import identifiers
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import NEVER, a_date
from domain.pipelines.generation.truth.facts import Contacts, Customers, Documents
from domain.pipelines.generation.truth.families import DAYS_PER_YEAR, People
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood
from domain.pipelines.generation.truth.organisation import STREETS, Organisation
from domain.pipelines.generation.truth.places import Place, places
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.randomness import Chance, Flags, Ints, stream

UNMANAGED, UNMANAGED_WEALTHY, MANAGED_PROSPECTS, HAS_BACKUP = 0.24, 0.02, 0.3, 0.35
WEALTHY = 50_000
NAMELESS_PROSPECTS, WITHOUT_BIRTH_DATE, WITHOUT_SEX, WITHOUT_REGISTRATION = 0.12, 0.012, 0.008, 0.02
WITHOUT_DOCUMENT, WITHOUT_PHONE, WITHOUT_ADDRESS, HAS_MAIL, HAS_OLD_ADDRESS = 0.01, 0.035, 0.11, 0.17, 0.06
PROSPECT_WITHOUT_DOCUMENT, PROSPECT_WITHOUT_ADDRESS = 0.7, 0.6
PHONE_FROM_AGE = 12
CLASSES = 125
"""Blocks whose certificate numbers cannot meet: each takes every 125th sequence number."""


def customer_number(ordinal: int) -> str:
    """The number core banking gives (核心客户号)."""
    return identifiers.with_luhn(str(10_000_000 + ordinal))


def managers(bank: Organisation, outlet: Ints, group: Ints) -> tuple[Ints, Ints]:
    """Places in the staff of each one's manager and of who stands in, NOTHING where an outlet has one manager alone.

    group  equal numbers at one outlet get the same manager
    """
    most = max(len(one.managers) for one in bank.outlets)
    table = np.array([[one.managers[place % len(one.managers)] for place in range(most)] for one in bank.outlets])
    size = np.array([len(one.managers) for one in bank.outlets])[outlet]
    turn = (group * 2_654_435_761 >> 7) % size
    backup = np.where(size > 1, table[outlet, (turn + 1) % size], NOTHING)
    return table[outlet, turn], backup


def customers(plan: Plan, block: Block, bank: Organisation, who: People, lives: Livelihood, bonds: Life) -> Customers:
    """The customer records of a block's persons, prospects among them."""
    chance, count = stream(plan.seed, "records", block.number), len(who)
    draws = chance.random((6, count))
    manager, backup = managers(bank, who.outlet, who.family + block.first)
    unmanaged = np.where(lives.wealth >= WEALTHY, UNMANAGED_WEALTHY, UNMANAGED)
    unmanaged = np.where(bonds.is_prospect, 1 - MANAGED_PROSPECTS, unmanaged)
    managed = (draws[0] >= unmanaged) & (bonds.left_on == NEVER)
    state = np.where(
        bonds.is_prospect,
        code(CustomerState.PROSPECT),
        np.where(bonds.left_on == NEVER, code(CustomerState.ACTIVE), code(CustomerState.DEREGISTERED)),
    )
    nameless = bonds.is_prospect & (draws[1] < NAMELESS_PROSPECTS)
    old = bonds.is_prospect | (bonds.joined_on < plan.history.last - 10 * 365)
    registered = np.where(draws[4] < WITHOUT_REGISTRATION, NOTHING, bonds.joined_on)
    return Customers(
        first=block.first,
        kind=np.full(count, code(CustomerKind.PERSON), dtype=np.int64),
        state=state,
        numbers=[customer_number(block.first + place) for place in range(count)],
        names=[None if unknown else name for name, unknown in zip(who.names, nameless, strict=True)],
        sex=np.where(
            old & (draws[2] < 3 * WITHOUT_SEX), NOTHING, np.where(who.is_man, code(Sex.MALE), code(Sex.FEMALE))
        ),
        born_on=np.where(old & (draws[3] < 3 * WITHOUT_BIRTH_DATE) | nameless, NOTHING, who.born_on),
        registered_on=registered,
        joined_on=np.where(bonds.is_prospect, NOTHING, bonds.joined_on),
        outlet=who.outlet,
        manager=np.where(managed, manager, NOTHING),
        backup=np.where(managed & (draws[5] < HAS_BACKUP), backup, NOTHING),
    )


def documents(plan: Plan, block: Block, who: People, bonds: Life, known: Customers) -> Documents:
    """Certificates; the number of a resident says where and when they were born, and their sex."""
    chance, count = stream(plan.seed, "documents", block.number), len(who)
    named = np.array([name is not None for name in known.names], dtype=np.bool_)
    missing = np.where(bonds.is_prospect, PROSPECT_WITHOUT_DOCUMENT, WITHOUT_DOCUMENT)
    rows = np.flatnonzero((chance.random(count) >= missing) & named)
    as_of, age = plan.history.last, who.age[rows]
    valid_years = np.where(age < 16, 5, np.where(age < 26, 10, np.where(age < 46, 20, 0)))
    valid_years = np.where(who.is_foreign[rows], 10, valid_years)
    span = np.where(valid_years == 0, 15, valid_years) * DAYS_PER_YEAR * 1.02
    issued = as_of - np.floor(chance.random(len(rows)) * span).astype(np.int64)
    issued = np.maximum(issued, who.born_on[rows] + 30)
    issued = np.minimum(issued, as_of)
    expires = np.where(valid_years == 0, NOTHING, issued + np.floor(valid_years * DAYS_PER_YEAR).astype(np.int64))
    residents = _resident_ids(chance, block, who, rows)
    passports = [f"E{(block.first + row) * 7_368_787 % 100_000_000:08d}" for row in rows.tolist()]
    is_foreign = who.is_foreign[rows]
    types = code(IdentityDocumentType.PASSPORT), code(IdentityDocumentType.RESIDENT_ID)
    return Documents(
        customer=rows + block.first,
        type=np.where(is_foreign, *types),
        numbers=[passports[at] if foreign else residents[at] for at, foreign in enumerate(is_foreign.tolist())],
        issued_on=issued,
        expires_on=expires,
    )


def _resident_ids(chance: Chance, block: Block, who: People, rows: Ints) -> list[str]:
    all_places = places()
    turn = chance.integers(0, 1000 // (2 * CLASSES), len(rows))
    taken: set[str] = set()
    made: list[str] = []
    for place, row in enumerate(rows.tolist()):
        born = a_date(int(who.born_on[row])).strftime("%Y%m%d")
        sequence = 2 * (block.number % CLASSES + CLASSES * int(turn[place])) + int(who.is_man[row])
        at = int(who.born_in[row])
        number = identifiers.resident_id(all_places[at].code, born, sequence)
        while number in taken:
            # The next county: of two people born there on one day, one was born beside.
            at = (at + 1) % len(all_places)
            number = identifiers.resident_id(all_places[at].code, born, sequence)
        taken.add(number)
        made.append(number)
    return made


def contacts(plan: Plan, block: Block, bank: Organisation, who: People, bonds: Life) -> tuple[Contacts, Flags]:
    """Phones, mails and addresses; and whose present address is known. Who lives together has one address."""
    chance, count = stream(plan.seed, "contacts", block.number), len(who)
    draws = chance.random((4, count))
    made: list[tuple[int, int, bool, str, str | None, str | None, str | None]] = []
    has_address = draws[0] >= np.where(bonds.is_prospect, PROSPECT_WITHOUT_ADDRESS, WITHOUT_ADDRESS)
    homes = _Homes(chance, int(who.home.max(initial=0)) + 1)
    olds = chance.integers(0, len(places()), count)
    for row in np.flatnonzero(has_address).tolist():
        outlet, home = bank.outlets[who.outlet[row]], int(who.home[row])
        within = outlet.city.places
        lives_near = homes.near[home] < 0.6
        place = outlet.place if lives_near else within[int(homes.near[home] * 1e6) % len(within)]
        made.append((row, _ADDRESS, True, homes.street(home), district(place), place.province, "CN"))
        if draws[1, row] < HAS_OLD_ADDRESS:
            old = places()[olds[row]]
            made.append((row, _ADDRESS, False, homes.street(home + 1), district(old), old.province, "CN"))
    has_phone = (draws[2] >= WITHOUT_PHONE) & (who.age >= PHONE_FROM_AGE)
    prefixes = chance.integers(0, len(identifiers.MOBILE_PREFIXES), count)
    shift = int(stream(plan.seed, "mobiles").integers(0, identifiers.PLACES_OF_MOBILES))
    for row in np.flatnonzero(has_phone).tolist():
        number = identifiers.mobile(int(prefixes[row]), block.first + row, shift)
        made.append((row, _PHONE, True, number, None, None, None))
    mails = chance.integers(100_000_000, 4_000_000_000, count)
    for row in np.flatnonzero((draws[3] < HAS_MAIL) & (who.age >= 16)).tolist():
        made.append((row, _MAIL, True, f"{mails[row]}@example.cn", None, None, None))
    rows, kinds, primary, values, districts, regions, countries = zip(*made, strict=True)
    told = Contacts(
        np.array(rows, dtype=np.int64) + block.first, np.array(kinds, dtype=np.int64), np.array(primary),
        list(values), list(districts), list(regions), list(countries),
    )  # fmt: skip
    return told, has_address


def district(place: Place) -> str:
    """The division that an address names: 朝阳区 in Beijing, 杭州市西湖区 elsewhere."""
    return place.district if place.city in (place.province, place.district) else f"{place.city}{place.district}"


_ADDRESS, _PHONE, _MAIL = map(code, (ContactPointKind.ADDRESS, ContactPointKind.PHONE, ContactPointKind.EMAIL))


class _Homes:
    """Streets and numbers of homes."""

    def __init__(self, chance: Chance, count: int) -> None:
        self.near = chance.random(count)
        self._parts = chance.integers(1, 1_000_000, (count + 1, 2)).tolist()

    def street(self, home: int) -> str:
        one, other = self._parts[home]
        room = f"{other % 28 + 1}{other % 4 + 1:02d}"
        return f"{STREETS[one % len(STREETS)]}{one % 389 + 1}号{other % 17 + 1}号楼{one % 4 + 1}单元{room}室"
