"""Where people live and are born: China's administrative divisions, and the cities that a bank grows through."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DIVISIONS = Path(__file__).parent / "data" / "divisions.csv"

# Placeholders of the list for what has no city or district of its own.
UNNAMED = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")

FIRST = ("110105", "310115", "4401", "4403", "110108", "310104")
SECOND = (
    "3301", "5101", "3205", "4201", "3201", "6101", "120101", "500112", "4301", "4101", "4419", "3702", "3401", "4406",
    "3302",
)  # fmt: skip
THIRD = (
    "3701", "2102", "2101", "3501", "3502", "5301", "3202", "3303", "1301", "2301", "3601", "4501", "5201", "2201",
    "1401", "4413", "3304", "3204", "3206", "3707", "110106", "310112", "110101", "310101", "500103", "120104", "3306",
    "3307", "3310", "3505", "3203", "4404", "1306", "1302", "3706", "4103", "6201", "6501", "1501", "4601", "6401",
    "6301", "4420", "3305", "3203", "4303", "4306", "4205", "4206", "5107",
)  # fmt: skip
WEIGHTS = (4.0, 2.0, 1.0, 0.4)
SALARY_FACTORS = (1.55, 1.2, 1.0, 0.8)


@dataclass(frozen=True, slots=True)
class Place:
    """A county or district, with what it lies in."""

    code: str
    district: str
    city: str
    province: str


@dataclass(frozen=True, slots=True)
class City:
    """What a branch covers: a city, or a district of a municipality, with its districts and its rank, 0 the first."""

    code: str
    name: str
    province: str
    tier: int
    places: tuple[Place, ...]

    @property
    def weight(self) -> float:
        """How many customers live here, beside other cities."""
        return WEIGHTS[self.tier]

    @property
    def salary_factor(self) -> float:
        """What is earned here, beside the middle of the country."""
        return SALARY_FACTORS[self.tier]


@cache
def places() -> tuple[Place, ...]:
    """Every county and district with a name of its own, in order of codes."""
    names = _names()
    return tuple(
        Place(
            code=code,
            district=name,
            city=names[code[:2]] if names[code[:4]] in UNNAMED else names[code[:4]],
            province=names[code[:2]],
        )
        for code, name in names.items()
        if len(code) == 6 and name not in UNNAMED
    )


@cache
def cities() -> tuple[City, ...]:
    """Cities in the order in which a bank opens there."""
    ranked = dict.fromkeys((*FIRST, *SECOND, *THIRD))
    known = {place.code[:4] for place in places()}
    named = {code[:4] for code in ranked}
    ranked |= dict.fromkeys(sorted(code for code in known if code not in named and code[:2] not in MUNICIPALITIES))
    return tuple(_city(code) for code in ranked)


MUNICIPALITIES = ("11", "12", "31", "50")


def short(name: str) -> str:
    """A division's name without what kind it is: 朝阳区 → 朝阳."""
    for kind in ("新区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市", "区", "县"):
        if name.endswith(kind) and len(name) - len(kind) >= 2:
            return name.removesuffix(kind)
    return name


def _city(code: str) -> City:
    within = tuple(place for place in places() if place.code.startswith(code))
    if not within:
        # A city without districts (Dongguan, Zhongshan) is its own.
        names = _names()
        within = (Place(f"{code}00", names[code], names[code], names[code[:2]]),)
    tier = next((tier for tier, codes in enumerate((FIRST, SECOND, THIRD)) if code in codes), 3)
    name = within[0].district if len(code) == 6 else within[0].city
    return City(code, name, within[0].province, tier, within)


@cache
def _names() -> dict[str, str]:
    return dict(_rows())


def _rows() -> Iterator[tuple[str, str]]:
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["code"], row["name"]
