"""What managers write down of customers: notes in their own words, and values of the bank's own attributes."""

from dataclasses import dataclass

import numpy as np

from domain.attribute.model import AttributeState, AttributeType
from domain.customer.model import CustomerKind
from domain.note.model import NoteState
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import together
from domain.pipelines.generation.truth.families import DAYS_PER_YEAR, NOBODY
from domain.pipelines.generation.truth.keeping import Attributes, Notes
from domain.pipelines.generation.truth.moments import between
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import place
from domain.pipelines.generation.truth.randomness import Chance, Ints

KEPT, REMOVED = map(code, NoteState)
TEXT, NUMBER, DATE, BOOLEAN, CHOICE = map(code, AttributeType)
TAKEN_AWAY = 0.03
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Attribute:
    """One that the bank has agreed on."""

    name: str
    meaning: str
    type: AttributeType
    customer_kind: CustomerKind | None
    unit: str | None = None
    choices: tuple[str, ...] = ()
    state: AttributeState = AttributeState.ACTIVE


HOBBY = Attribute("兴趣爱好", "客户在闲谈中提到的爱好", AttributeType.TEXT, CustomerKind.PERSON)
EMPLOYEES = Attribute("员工人数", "单位的在册员工人数", AttributeType.NUMBER, CustomerKind.ORGANISATION, unit="人")
OWNS_HOME = Attribute("自有住房", "是否拥有自有住房", AttributeType.BOOLEAN, CustomerKind.PERSON)
STYLE = Attribute(
    "投资风格", "客户自述的投资风格", AttributeType.CHOICE, CustomerKind.PERSON, choices=("保守", "稳健", "进取")
)
RETIRES = Attribute("预计退休日期", "客户预计领取养老金的日期", AttributeType.DATE, CustomerKind.PERSON)
FAX = Attribute("传真", "旧系统中的传真备注", AttributeType.TEXT, None, state=AttributeState.RETIRED)
ATTRIBUTES = (HOBBY, EMPLOYEES, OWNS_HOME, STYLE, RETIRES, FAX)
HOBBIES = ("象棋", "马拉松", "摄影", "书法", "钓鱼", "广场舞", "羽毛球", "养花", "旅游", "读书", "乒乓球", "太极拳")
HEARS_BADLY, EVENINGS, COUNTER_ONLY, SAFE_ONLY, PARTNER_DECIDES, ABROAD, NEW_PHONE = (
    "听力不好，请说话慢一些。", "工作日晚上八点以后方便接听。", "习惯到柜台办理，不用手机银行。",
    "只做保本产品，不要推荐基金。", "家中理财由配偶决定，沟通时请一并邀约。", "子女在海外求学，关注汇率。",
    "对理财收益比较敏感，常比较各行利率。",
)  # fmt: skip


def notes(persons: Persons) -> Notes:
    """Of a block's persons with a manager, each of them true."""
    chance, who, inclined = persons.chance("notes"), persons.who, persons.inclined
    served = (persons.known.manager != NOTHING) & persons.is_active
    parents = np.zeros(len(persons), dtype=np.bool_)
    for side in (who.father, who.mother):
        parents[side[(side != NOBODY) & (who.age >= 18) & (who.age < 25)]] = True
    told: list[tuple[Ints, str]] = []
    for text, fits, share in (
        (HEARS_BADLY, who.age >= 75, 0.15),
        (EVENINGS, persons.lives.employer != NOBODY, 0.02),
        (COUNTER_ONLY, who.age >= 65, 0.06),
        (SAFE_ONLY, inclined.risk_appetite < -1.2, 0.12),
        (PARTNER_DECIDES, who.partner != NOBODY, 0.015),
        (ABROAD, parents & (persons.lives.wealth > 300_000), 0.1),
        (NEW_PHONE, (inclined.attachment < -0.8) & (persons.lives.wealth > 100_000), 0.1),
    ):
        told.append((np.flatnonzero(served & fits & (chance.random(len(persons)) < share)), text))
    row = np.concatenate([rows for rows, _ in told])
    texts = [text for rows, text in told for _ in range(len(rows))]
    gone = chance.random(len(row)) < TAKEN_AWAY
    day = persons.plan.history.last - 2 - chance.integers(0, 200, len(row))
    manager = persons.known.manager[row]
    return Notes(
        row + persons.first, np.where(gone, REMOVED, KEPT),
        [None if one else text for text, one in zip(texts, gone.tolist(), strict=True)], manager,
        np.where(gone, manager, NOTHING), np.where(gone, between(chance, day, 9, 17), NOTHING),
    )  # fmt: skip


def attributes(persons: Persons) -> Attributes:
    """Of a block's persons with a manager: each has a value of an attribute once."""
    chance, who, lent = persons.chance("attributes"), persons.who, persons.lent
    served = (persons.known.manager != NOTHING) & persons.is_active

    def some(fits: np.ndarray, share: float) -> Ints:
        return np.flatnonzero(served & fits & (chance.random(len(persons)) < share))

    everybody = np.ones(len(persons), dtype=np.bool_)
    owns = np.zeros(len(persons), dtype=np.bool_)
    owns[lent.borrower[lent.product == place(products.MORTGAGE)]] = True
    likes = some(everybody, 0.08)
    homes = some(owns, 0.5)
    styled = some(persons.lives.wealth > 20_000, 0.12)
    # What people say of themselves is near to what they are like.
    says = persons.inclined.risk_appetite[styled] + 0.7 * chance.standard_normal(len(styled))
    near = some((who.age >= 50) & (who.age < 58), 0.15)
    ends = who.born_on[near] + np.round(np.where(who.is_man[near], 62, 57) * DAYS_PER_YEAR).astype(np.int64)
    hobby = chance.integers(0, len(HOBBIES), len(likes))
    parts = [
        _values(persons, chance, HOBBY, likes, text=[HOBBIES[one] for one in hobby.tolist()]),
        _values(persons, chance, OWNS_HOME, homes, is_true=True),
        _values(
            persons, chance, STYLE, styled,
            choice=[STYLE.choices[one] for one in np.searchsorted([-0.6, 0.8], says).tolist()],
        ),
        _values(persons, chance, RETIRES, near, day=ends),
    ]  # fmt: skip
    return together(Attributes, parts)


def _values(
    persons: Persons, chance: Chance, which: Attribute, row: Ints, *, text: list[str] | None = None,
    day: Ints | None = None, is_true: bool = False, choice: list[str] | None = None,
) -> Attributes:  # fmt: skip
    by = np.where(chance.random(len(row)) < 0.85, persons.known.manager[row], NOTHING)
    return values(which, row + persons.first, by, text=text, day=day, is_true=is_true, choice=choice)


def values(
    which: Attribute, customer: Ints, by: Ints, *, text: list[str] | None = None, count: Ints | None = None,
    day: Ints | None = None, is_true: bool = False, choice: list[str] | None = None,
) -> Attributes:  # fmt: skip
    """Values of one attribute, of whichever type it is."""
    rows = len(customer)
    nothing = np.full(rows, NOTHING, dtype=np.int64)
    none: list[str | None] = [None] * rows
    return Attributes(
        customer, np.full(rows, ATTRIBUTES.index(which)), np.full(rows, code(which.type)),
        none if text is None else [*text], nothing if count is None else count * MILLION,
        nothing if day is None else day, np.full(rows, 1) if is_true else nothing,
        none if choice is None else [*choice], by,
    )  # fmt: skip
