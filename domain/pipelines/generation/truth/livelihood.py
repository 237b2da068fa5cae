"""What people live on: schooling, occupation, employer, pay, wealth, and whether this bank is their main one."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from domain.pipelines.generation.truth.employers import Employers
from domain.pipelines.generation.truth.families import NOBODY, People
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.propensities import Propensities
from domain.pipelines.generation.truth.randomness import Chance, Flags, Floats, Ints, choose_by_row, logistic, stream


class Occupation(IntEnum):
    """How somebody earns their living."""

    MINOR = 0
    STUDENT = 1
    WORKER = 2
    CLERK = 3
    PROFESSIONAL = 4
    EXECUTIVE = 5
    CIVIL_SERVANT = 6
    SELF_EMPLOYED = 7
    OWNER = 8
    HOMEMAKER = 9
    RETIRED = 10


# By schooling: middle school, high school, college, degree. Columns from WORKER to HOMEMAKER.
OCCUPATIONS = np.array(
    [
        [46, 10, 1, 1, 2, 26, 4, 10],
        [32, 24, 3, 2, 4, 23, 5, 7],
        [10, 35, 18, 6, 10, 12, 5, 4],
        [2, 26, 36, 13, 13, 4, 4, 2],
    ],
    dtype=np.float64,
)
# By decade of birth from 1930 on.
SCHOOLING = np.array(
    [
        [85, 10, 3, 2], [82, 12, 4, 2], [75, 17, 5, 3], [65, 22, 8, 5], [52, 26, 13, 9], [38, 27, 19, 16],
        [22, 25, 26, 27], [12, 22, 29, 37], [12, 22, 29, 37],
    ],
    dtype=np.float64,
)  # fmt: skip
PAY = np.array([0, 0, 5_200, 6_300, 9_800, 18_500, 8_600, 6_800, 16_000, 0, 0], dtype=np.float64)
"""Monthly net pay in the middle of the country, by occupation, CNY."""
PENSION = np.array([1_900, 2_900, 4_000, 6_200], dtype=np.float64)
"""By schooling."""
NEXT_TO_NOTHING = 0.58
"""Of those whose main bank is another one."""
EMPLOYED = (Occupation.WORKER, Occupation.CLERK, Occupation.PROFESSIONAL, Occupation.EXECUTIVE)


@dataclass(frozen=True, slots=True)
class Livelihood:
    """Arrays (persons,).

    employer    place among the bank's firms, NOBODY for others
    income      net, a month, CNY: pay, profit or pension; 0 for who has none
    is_paid_here  whether it arrives on an account with us
    is_main     whether this is the bank they live through
    wealth      what they keep with us, CNY
    """

    schooling: Ints
    occupation: Ints
    employer: Ints
    income: Floats
    is_paid_here: Flags
    is_main: Flags
    wealth: Floats


def livelihood(
    plan: Plan, block: Block, bank: Organisation, firms: Employers, who: People, inclined: Propensities
) -> Livelihood:
    """That of a block's persons."""
    chance, count = stream(plan.seed, "livelihood", block.number), len(who)
    decade = np.clip((plan.as_of.year - who.age - 1930) // 10, 0, len(SCHOOLING) - 1)
    schooling = choose_by_row(chance, SCHOOLING, decade)
    occupation = _occupations(chance, who, schooling)
    employer = _employers(chance, bank, firms, who, occupation)
    factor = np.array([outlet.city.salary_factor for outlet in bank.outlets])[who.outlet]
    experience = np.interp(who.age, (18, 25, 35, 45, 55, 60), (0.6, 0.75, 1.05, 1.15, 1.1, 1.0))
    at = np.where(employer == NOBODY, 1.0, firms.salary[np.maximum(employer, 0)])
    spread = np.exp(0.32 * chance.standard_normal(count))
    income = PAY[occupation] * factor * experience * at * spread * (1 + 0.08 * (schooling - 1.5))
    pension = PENSION[schooling] * factor * np.exp(0.25 * chance.standard_normal(count))
    income = np.where(occupation == Occupation.RETIRED, pension, income)
    is_main = chance.random(count) < logistic(-0.55 + 0.9 * inclined.attachment)
    through = np.where(employer == NOBODY, 0.0, firms.pays_through_us[np.maximum(employer, 0)])
    is_paid_here = (income > 0) & (chance.random(count) < np.where(is_main, np.maximum(through, 0.75), through * 0.6))
    return Livelihood(
        schooling, occupation, employer, income, is_paid_here, is_main | is_paid_here,
        _wealth(chance, who, income, occupation, inclined, is_main | is_paid_here),
    )  # fmt: skip


def _occupations(chance: Chance, who: People, schooling: Ints) -> Ints:
    count = len(who)
    occupation = Occupation.WORKER + choose_by_row(chance, OCCUPATIONS, schooling)
    draws = chance.random(count)
    retires_at = np.where(who.is_man, 60, np.where(schooling >= 2, 55, 50)) + 2 * (chance.random(count) < 0.3)
    keeps_working = np.isin(occupation, (Occupation.SELF_EMPLOYED, Occupation.OWNER)) & (who.age < 70) & (draws < 0.6)
    occupation = np.where((who.age >= retires_at) & ~keeps_working, Occupation.RETIRED, occupation)
    begins_at = np.array([18, 18, 21, 23])[schooling]
    occupation = np.where(who.age < begins_at, Occupation.STUDENT, occupation)
    occupation = np.where(who.age < 18, Occupation.MINOR, occupation)
    at_home = (occupation == Occupation.HOMEMAKER) & who.is_man & (draws < 0.8)
    return np.where(at_home, Occupation.WORKER, occupation).astype(np.int64)


def _employers(chance: Chance, bank: Organisation, firms: Employers, who: People, occupation: Ints) -> Ints:
    """A firm of the same city for about half of those who are employed; owners lead one."""
    city_of = np.array([_numbered(outlet.city.code) for outlet in bank.outlets])
    firm_city = city_of[firms.outlet]
    order = np.argsort(firm_city, kind="stable")
    begins = np.searchsorted(firm_city[order], city_of, side="left")
    ends = np.searchsorted(firm_city[order], city_of, side="right")
    weights = np.concatenate([[0], np.cumsum(firms.size[order].astype(np.float64))])
    low, high = weights[begins][who.outlet], weights[ends][who.outlet]
    drawn = np.searchsorted(weights, low + chance.random(len(who)) * (high - low), side="right") - 1
    drawn = order[np.clip(drawn, 0, len(order) - 1)]
    evenly = begins[who.outlet] + np.floor(chance.random(len(who)) * (ends - begins)[who.outlet]).astype(np.int64)
    led = order[np.clip(evenly, 0, len(order) - 1)]
    works = np.isin(occupation, EMPLOYED) & (chance.random(len(who)) < 0.55)
    leads = (occupation == Occupation.OWNER) & (chance.random(len(who)) < 0.35)
    employer = np.where(works, drawn, np.where(leads, led, NOBODY))
    return np.where((ends > begins)[who.outlet], employer, NOBODY)


def _numbered(code: str) -> int:
    """A division's code as a number."""
    return int(code.ljust(6, "0"))


def _wealth(
    chance: Chance, who: People, income: Floats, occupation: Ints, inclined: Propensities, is_main: Flags
) -> Floats:
    """Grows with income, years of saving and thrift; its upper end is long, as everywhere."""
    yearly = np.maximum(income, 900) * 12
    years = np.clip(who.age - 22, 0.4, 38)
    share = np.clip(0.075 + 0.045 * inclined.thrift, 0.004, 0.4)
    saved = yearly * years * share * np.exp(0.95 * chance.standard_normal(len(who)))
    saved *= np.where(occupation == Occupation.OWNER, 3.0, 1.0)
    rare = chance.random(len(who))
    saved *= np.where(rare < 0.004, 12.0, np.where(rare < 0.03, 3.5, 1.0))
    saved = np.where(occupation == Occupation.MINOR, 2_000 + 600 * who.age * chance.random(len(who)), saved)
    # Who lives through another bank keeps something here, or next to nothing.
    beside = np.where(chance.random(len(who)) < NEXT_TO_NOTHING, 0.012, 0.22)
    return saved * np.where(is_main, 0.75, beside)
