"""Firms that are customers: where they are, how large, what they pay and when."""

from dataclasses import dataclass

import numpy as np

from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.places import short
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.randomness import Floats, Ints, choose, stream

# (what it does, how often, salary beside the middle, people beside the middle)
INDUSTRIES = (
    ("信息技术有限公司", 12, 1.5, 1.2), ("科技有限公司", 14, 1.3, 1.0), ("贸易有限公司", 14, 0.95, 0.5),
    ("制造有限公司", 12, 0.9, 3.0), ("建筑工程有限公司", 8, 0.95, 2.0), ("餐饮管理有限公司", 8, 0.7, 0.8),
    ("物流有限公司", 7, 0.85, 1.5), ("医药有限公司", 5, 1.15, 1.5), ("教育咨询有限公司", 5, 0.95, 0.8),
    ("文化传媒有限公司", 5, 1.05, 0.5), ("投资管理有限公司", 3, 1.8, 0.3), ("物业服务有限公司", 5, 0.65, 1.5),
    ("律师事务所", 2, 1.6, 0.3),
)  # fmt: skip
WORDS = (
    "恒通", "华信", "瑞丰", "金桥", "天成", "宏远", "博雅", "新元", "正大源", "东升", "启明",
    "安泰", "盛和", "嘉禾", "国泰源", "锦程", "云帆", "海纳", "众合", "优创", "智联达", "中环",
    "永信", "百川", "卓越源", "汇丰源", "鼎新", "宏图", "立方", "明德",
)  # fmt: skip
LEAVES = 0.02
"""Of the firms, how many left the bank within the history."""
PAY_DAYS = (5, 8, 10, 15, 20, 25)


@dataclass(frozen=True, slots=True)
class Employers:
    """The bank's firms, in the order of their ordinals. Arrays (firms,).

    size     people who work there, about
    salary   what is paid beside the middle of the city
    raises   share by which pay rises once a year
    bonus    months' pay before the Spring Festival
    founded, joined_on, closed_on  day numbers; closed_on, when it left the bank, is NEVER for who stays
    """

    names: tuple[str, ...]
    outlet: Ints
    industry: Ints
    size: Ints
    salary: Floats
    raises: Floats
    bonus: Floats
    pay_day: Ints
    pays_through_us: Floats
    founded: Ints
    joined_on: Ints
    closed_on: Ints


def employers(plan: Plan, bank: Organisation) -> Employers:
    """All firms of the bank."""
    chance, count, history = stream(plan.seed, "employers"), plan.firms, plan.history
    outlet = choose(chance, bank.shares, count)
    industry = choose(chance, [weight for _, weight, _, _ in INDUSTRIES], count)
    factor = np.array([size for _, _, _, size in INDUSTRIES])[industry]
    pay = np.array([salary for _, _, salary, _ in INDUSTRIES])[industry]
    first, second = chance.integers(0, len(WORDS), count), chance.integers(0, len(WORDS), count)
    names = tuple(
        f"{short(bank.outlets[at].city.name)}{WORDS[one]}{WORDS[other] if one != other and count > 400 else ''}"
        f"{INDUSTRIES[does][0]}"
        for at, one, other, does in zip(outlet, first, second, industry, strict=True)
    )
    founded = history.last - chance.integers(400, 9_500, count)
    joined_on = np.minimum(founded + chance.integers(10, 700, count), history.last - 100)
    leaves = (chance.random(count) < LEAVES) & (joined_on < history.first)
    return Employers(
        names=names,
        outlet=outlet,
        industry=industry,
        size=np.maximum(2, np.exp(2.8 + 1.2 * chance.standard_normal(count)) * factor).astype(np.int64),
        salary=pay * np.exp(0.12 * chance.standard_normal(count)),
        raises=np.clip(0.05 + 0.025 * chance.standard_normal(count), 0, 0.15),
        bonus=np.clip(1 + 0.7 * chance.standard_normal(count), 0, 4),
        pay_day=np.array(PAY_DAYS)[chance.integers(0, len(PAY_DAYS), count)],
        pays_through_us=np.where(chance.random(count) < 0.75, 0.9, 0.0),
        founded=founded,
        joined_on=joined_on,
        closed_on=np.where(leaves, history.first + chance.integers(60, 200, count), NEVER),
    )
