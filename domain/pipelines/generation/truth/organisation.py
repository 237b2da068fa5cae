"""The bank as an employer: its offices, from the head office to the outlets, and who works there."""

from dataclasses import dataclass

import numpy as np

from domain.branch.model import BranchLevel, BranchState
from domain.pipelines.generation.truth import names
from domain.pipelines.generation.truth.places import City, Place, cities, short
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.randomness import Chance, Floats, Ints, stream
from domain.staff.model import StaffPost, StaffState

CUSTOMERS_PER_OUTLET = 2_500
FEWEST_OUTLETS, MOST_CITIES = 4, 150
CITIES_PER_OUTLET = 0.6
MANAGED_SHARE = 0.75
"""Of a branch's customers, who have a manager; the others wait in the pool."""
CUSTOMERS_PER_MANAGER = 380
CUSTOMERS_PER_TELLER = 1_200
CUSTOMERS_FOR_A_FIELD_MANAGER = 700
OUTLETS_FOR_A_CLOSED_ONE = 8

STREETS = (
    "人民路", "中山路", "解放路", "建设路", "和平路", "新华路", "文化路", "胜利路", "光明路", "友谊路", "长江路",
    "黄河路", "学院路", "科技路", "朝阳路", "滨河路", "湖滨路", "迎宾路", "青年路", "工业路", "园林路", "体育路",
    "振兴路", "金融街",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """A node of the tree; `parent` is the place of the office above in the list of all.

    area  the division it covers; `turn` counts the outlets there, 0 for what is above outlets
    """

    number: str
    name: str
    area: str
    turn: int
    level: BranchLevel
    state: BranchState
    parent: int | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works for the bank."""

    number: str
    name: str
    post: StaffPost
    state: StaffState
    office: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """Where customers are served; `managers` are places in the list of staff."""

    office: int
    city: City
    place: Place
    street: str
    managers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """Offices, parents before children; staff; open outlets with the share of customers that each serves."""

    offices: tuple[Office, ...]
    staff: tuple[Member, ...]
    outlets: tuple[Outlet, ...]
    shares: Floats


def organisation(plan: Plan) -> Organisation:
    """The bank that serves so many customers: more of them, more cities and outlets."""
    chance = stream(plan.seed, "organisation")
    # Small banks have small outlets, so that there is more than one in a city.
    count = max(
        FEWEST_OUTLETS, round(plan.customers / CUSTOMERS_PER_OUTLET), round(4 * (plan.customers / 1_000) ** 0.45)
    )
    covered = cities()[: min(MOST_CITIES, max(3, round(count * CITIES_PER_OUTLET)))]
    homes = _outlets_by_city(covered, count)
    tree = _Tree()
    head = tree.add("0001", "客图银行总行", "", BranchLevel.HEAD_OFFICE, None)
    opened: list[tuple[int, City, Place, str]] = []
    for city, outlets in zip(covered, homes, strict=True):
        region = tree.region(city, head)
        office = tree.add(f"{city.code:0<6}", f"{_city_name(city)}支行", city.name, BranchLevel.SUB_BRANCH, region)
        opened += _outlets(tree, city, office, outlets, chance)
    shares = np.array([city.weight for _, city, _, _ in opened]) * np.exp(0.35 * chance.standard_normal(len(opened)))
    # A city's customers are spread over its outlets.
    shares /= np.array([homes[covered.index(city)] for _, city, _, _ in opened])
    shares /= shares.sum()
    if len(opened) >= OUTLETS_FOR_A_CLOSED_ONE:
        _, city, place, _ = opened[-1]
        parent = tree.offices[opened[-1][0]].parent
        tree.add(
            "990001", f"{_city_name(city)}{short(place.district)}老街网点", city.name, BranchLevel.OUTLET, parent,
            is_open=False,
        )  # fmt: skip
    staff, managers = _staff(tree, opened, np.round(shares * plan.customers).astype(np.int64), chance)
    outlets = tuple(Outlet(*one, managers=hired) for one, hired in zip(opened, managers, strict=True))
    return Organisation(tuple(tree.offices), tuple(staff), outlets, shares)


def _outlets_by_city(covered: tuple[City, ...], count: int) -> list[int]:
    weights = np.array([city.weight for city in covered])
    return [max(1, round(share * count)) for share in weights / weights.sum()]


def _city_name(city: City) -> str:
    prefix = short(city.province) if len(city.code) == 6 else ""
    return prefix + short(city.name)


class _Tree:
    def __init__(self) -> None:
        self.offices: list[Office] = []
        self._regions: dict[str, int] = {}

    def add(
        self,
        number: str,
        name: str,
        area: str,
        level: BranchLevel,
        parent: int | None,
        *,
        turn: int = 0,
        is_open: bool = True,
    ) -> int:
        state = BranchState.OPEN if is_open else BranchState.CLOSED
        self.offices.append(Office(number, name, area, turn, level, state, parent))
        return len(self.offices) - 1

    def region(self, city: City, head: int) -> int:
        if city.province not in self._regions:
            name = short(city.province)
            self._regions[city.province] = self.add(
                f"{city.code[:2]}0000", f"{name}分行", city.province, BranchLevel.BRANCH, head
            )
        return self._regions[city.province]


def _outlets(tree: _Tree, city: City, office: int, count: int, chance: Chance) -> list[tuple[int, City, Place, str]]:
    opened: list[tuple[int, City, Place, str]] = []
    turn = chance.permutation(len(city.places))
    streets = chance.permutation(len(STREETS))
    for number in range(count):
        place = city.places[turn[number % len(turn)]]
        street = STREETS[streets[number % len(streets)]]
        within = _city_name(city)
        district = short(place.district)
        name = f"{within}{district if district not in within else ''}{street}网点"
        code = f"{city.code:0<6}{number + 1:02d}"
        opened.append(
            (tree.add(code, name, city.name, BranchLevel.OUTLET, office, turn=number + 1), city, place, street)
        )
    return opened


HEAD_OFFICE = (
    StaffPost.ANALYST, StaffPost.ANALYST, StaffPost.DATA_STEWARD, StaffPost.ADMINISTRATOR, StaffPost.SECURITY_OFFICER,
    StaffPost.AUDITOR, StaffPost.SERVICE_AGENT, StaffPost.SERVICE_AGENT,
)  # fmt: skip


def _staff(
    tree: _Tree, opened: list[tuple[int, City, Place, str]], customers: Ints, chance: Chance
) -> tuple[list[Member], list[tuple[int, ...]]]:
    expected = {one[0]: int(count) for one, count in zip(opened, customers, strict=True)}
    posts: list[tuple[StaffPost, int, StaffState]] = []
    for office, node in enumerate(tree.offices):
        hired: list[StaffPost] = []
        if node.level is BranchLevel.HEAD_OFFICE:
            hired = list(HEAD_OFFICE)
        elif node.level in (BranchLevel.BRANCH, BranchLevel.SUB_BRANCH):
            # Nobody is served there: who leads it looks after the outlets below.
            hired = [StaffPost.REGIONAL_MANAGER]
        elif node.state is BranchState.OPEN:
            served = expected[office]
            hired = [StaffPost.BRANCH_MANAGER]
            hired += [StaffPost.RELATIONSHIP_MANAGER] * max(1, round(served * MANAGED_SHARE / CUSTOMERS_PER_MANAGER))
            hired += [StaffPost.FIELD_MANAGER] * (served >= CUSTOMERS_FOR_A_FIELD_MANAGER)
            hired += [StaffPost.TELLER] * max(1, -(-served // CUSTOMERS_PER_TELLER))
        posts += [(post, office, StaffState.ACTIVE) for post in hired]
        if node.level is BranchLevel.OUTLET and chance.random() < 0.25:
            posts.append((StaffPost.TELLER, office, StaffState.LEFT))
    is_man = chance.random(len(posts)) < 0.45
    born_in = chance.integers(1966, 2002, len(posts))
    called = zip(names.surnames(chance, len(posts)), names.given_names(chance, born_in, is_man), strict=True)
    staff = [
        Member(f"S{number:06d}", surname + given, post, state, office)
        for number, ((post, office, state), (surname, given)) in enumerate(zip(posts, called, strict=True), start=1)
    ]
    managers = [
        tuple(
            place
            for place, member in enumerate(staff)
            if member.office == one[0] and member.post is StaffPost.RELATIONSHIP_MANAGER
        )
        for one in opened
    ]
    return staff, managers
