"""Plans to care for customers, the bank's once and what they come to for each customer: birthdays and the new year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from domain.care_plan.model import CareOccasion, CareState
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import together
from domain.pipelines.generation.truth.days import SPRING_FESTIVALS, a_date, number
from domain.pipelines.generation.truth.dealings import CustomerTags
from domain.pipelines.generation.truth.keeping import Cares
from domain.pipelines.generation.truth.moments import HOUR, at, between
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.randomness import Chance, Ints
from domain.pipelines.generation.truth.tagging import TAGS, WEALTHY
from domain.pipelines.generation.truth.undertakings import Silences
from domain.shared.channel import Channel

PLANNED, DONE, SKIPPED = map(code, CareState)
WORTH_A_GREETING = 50_000
"""CNY kept with us from which managers greet somebody on their birthday."""
DAYS_AHEAD = 30
DONE_SHARE = 0.93
GREETING = "祝您生日快乐，万事如意。客图银行"


@dataclass(frozen=True, slots=True)
class CarePlan:
    """Places in the bank's staff, offices and tags."""

    title: str
    occasion: CareOccasion
    channel: Channel
    staff: int
    office: int
    lead_days: int
    starts_on: int
    greeting: str | None = None
    tag: int | None = None


def care_plans(plan: Plan, bank: Organisation) -> tuple[CarePlan, ...]:
    """Two of each manager: for birthdays, and for the new year of those whom they look after best."""
    first = plan.history.first
    managers = [(member, outlet.office) for outlet in bank.outlets for member in outlet.managers]
    return tuple(
        made
        for member, office in managers
        for made in (
            CarePlan("生日祝福", CareOccasion.BIRTHDAY, Channel.MESSAGE, member, office, 0, first, GREETING),
            CarePlan(
                "新春电话拜年", CareOccasion.FESTIVAL, Channel.PHONE, member, office, 1, first, tag=TAGS.index(WEALTHY)
            ),
        )
    )


def cares(persons: Persons, plans: tuple[CarePlan, ...], tagged: CustomerTags, silent: Silences) -> Cares:
    """Of a block's persons; who does not want to be reached is left out, and the record says so."""
    chance, known = persons.chance("cares"), persons.known
    by_staff = np.full(max((one.staff for one in plans), default=0) + 1, NOTHING, dtype=np.int64)
    for place, one in enumerate(plans):
        by_staff[one.staff] = place if one.occasion is CareOccasion.BIRTHDAY else by_staff[one.staff]
    served = (known.manager != NOTHING) & persons.is_active
    quiet = np.full(len(persons), np.iinfo(np.int64).max)
    quiet[silent.customer - persons.first] = silent.starts_on
    parts = [
        _some(persons, chance, row, day, by_staff, quiet, occasion, channel)
        for row, day, occasion, channel in (
            *_birthdays(persons, served), *_new_years(persons, served, tagged),
        )
    ]  # fmt: skip
    return together(Cares, parts)


Due = tuple[Ints, Ints, CareOccasion, Channel]


def _birthdays(persons: Persons, served: np.ndarray) -> Iterator[Due]:
    last, born = persons.plan.history.last, persons.known.born_on
    rows = np.flatnonzero(served & (born != NOTHING) & (persons.lives.wealth >= WORTH_A_GREETING))
    year = a_date(last).year
    days = [a_date(int(day)) for day in born[rows]]
    for turn in (year - 1, year, year + 1):
        due = np.array([number(date(turn, day.month, min(day.day, 28))) for day in days], dtype=np.int64)
        joined = persons.bonds.joined_on[rows]
        some = (due > persons.plan.history.first) & (due <= last + DAYS_AHEAD) & (due > joined)
        yield rows[some], due[some], CareOccasion.BIRTHDAY, Channel.MESSAGE


def _new_years(persons: Persons, served: np.ndarray, tagged: CustomerTags) -> Iterator[Due]:
    history = persons.plan.history
    rows = tagged.customer[tagged.tag == TAGS.index(WEALTHY)] - persons.first
    for festival in map(number, SPRING_FESTIVALS.values()):
        if history.first < festival - 1 <= history.last + DAYS_AHEAD:
            some = rows[served[rows] & (persons.bonds.joined_on[rows] < festival - 30)]
            yield some, np.full(len(some), festival - 1), CareOccasion.FESTIVAL, Channel.PHONE


def _some(
    persons: Persons, chance: Chance, row: Ints, day: Ints, by_staff: Ints, quiet: Ints, occasion: CareOccasion,
    channel: Channel,
) -> Cares:  # fmt: skip
    count, manager = len(row), persons.known.manager[row]
    now = int(at(np.array([persons.plan.history.last]), 18)[0])
    closed = between(chance, day, 8.6, 16)
    refuses = quiet[row] <= day
    done = ~refuses & (chance.random(count) < DONE_SHARE)
    state = np.where(closed + HOUR > now, PLANNED, np.where(done, DONE, SKIPPED))
    notes = [
        "客户谢绝联系。" if no else "未能联系上。"
        for no in refuses.tolist()
    ]  # fmt: skip
    is_closed = state != PLANNED
    return Cares(
        care_plan=by_staff[manager] + int(occasion is CareOccasion.FESTIVAL),
        customer=row + persons.first,
        staff=manager,
        branch=persons.desks.office[persons.who.outlet[row]],
        occasion=np.full(count, code(occasion)),
        channel=np.full(count, code(channel)),
        state=state,
        due_on=day,
        note=[text if one == SKIPPED else None for text, one in zip(notes, state.tolist(), strict=True)],
        closed_at=np.where(is_closed, closed, NOTHING),
        closed_by=np.where(is_closed, manager, NOTHING),
    )
