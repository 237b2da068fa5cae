"""The tags that the bank has agreed on, and who has them."""

from dataclasses import dataclass

import numpy as np

from domain.loan.model import LoanState
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.dealings import CustomerTags
from domain.pipelines.generation.truth.families import NOBODY, OF_AGE
from domain.pipelines.generation.truth.livelihood import Occupation
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.places import places
from domain.pipelines.generation.truth.products import place
from domain.pipelines.generation.truth.randomness import Flags, Ints

ABROAD, WATCHED_WEALTH = 0.06, 1_000_000


@dataclass(frozen=True, slots=True)
class Tag:
    """A word and what it means; `seen` is how many of those whom it fits have it."""

    name: str
    meaning: str
    seen: float
    by_staff: float
    is_active: bool = True


RETIRED = Tag("退休客户", "已退休、靠养老金生活的客户", 0.7, 0.5)
YOUNG_FAMILY = Tag("年轻家庭", "有未成年子女的家庭", 0.55, 0.4)
STUDIES_ABROAD = Tag("有留学需求", "子女准备或正在海外求学", 1.0, 1.0)
PAID_HERE = Tag("代发工资客户", "工资由单位通过本行代发的客户", 0.95, 0.0)
OWNS_HOME = Tag("房贷客户", "在本行有未结清的住房贷款", 1.0, 0.0)
TRADES = Tag("个体经营", "做生意或开公司的客户", 0.6, 0.8)
NEWCOMER = Tag("新市民", "户籍在外地、来本市工作生活的客户", 0.3, 0.2)
WEALTHY = Tag("重点维护", "资产较多、由客户经理重点维护", 0.9, 0.9)
PASSBOOK = Tag("存折客户", "仍使用存折的客户", 0.9, 0.0, is_active=False)
PAYS_STAFF = Tag("代发工资单位", "在本行代发员工工资的单位", 0.9, 0.7)

TAGS = (RETIRED, YOUNG_FAMILY, STUDIES_ABROAD, PAID_HERE, OWNS_HOME, TRADES, NEWCOMER, WEALTHY, PASSBOOK, PAYS_STAFF)


def tags(persons: Persons) -> CustomerTags:
    """Those of a block's persons."""
    chance, count = persons.chance("tags"), len(persons)
    fits = _fits(persons)
    rows: list[Ints] = []
    kinds: list[Ints] = []
    for tag, fit in fits.items():
        draws = chance.random(count)
        some = np.flatnonzero(fit & persons.is_active & (draws < tag.seen))
        rows.append(some)
        kinds.append(np.full(len(some), TAGS.index(tag), dtype=np.int64))
    row, kind = np.concatenate(rows), np.concatenate(kinds)
    order = np.lexsort((kind, row))
    row, kind = row[order], kind[order]
    by_staff = chance.random(len(row)) < np.array([tag.by_staff for tag in TAGS])[kind]
    return CustomerTags(row + persons.first, kind, np.where(by_staff, persons.known.manager[row], NOTHING))


def _fits(persons: Persons) -> dict[Tag, Flags]:
    chance, count = persons.chance("tagged"), len(persons)
    who, lives, held = persons.who, persons.lives, persons.held
    minors = np.flatnonzero(who.age < OF_AGE)
    has_minor = np.zeros(count, dtype=np.bool_)
    for parent in (who.father[minors], who.mother[minors]):
        has_minor[parent[parent != NOBODY]] = True
    owns = np.zeros(count, dtype=np.bool_)
    lent = persons.lent
    owns[lent.borrower[(lent.product == place(products.MORTGAGE)) & (lent.state != code(LoanState.REPAID))]] = True
    has_book = np.zeros(count, dtype=np.bool_)
    has_book[held.owner[held.of(products.PASSBOOK)]] = True
    # The first two digits of a certificate are the province of birth.
    province = np.array([int(one.code[:2]) for one in places()])
    return {
        RETIRED: lives.occupation == Occupation.RETIRED,
        YOUNG_FAMILY: has_minor,
        STUDIES_ABROAD: (who.age >= 42) & (who.age < 58) & (lives.wealth > 400_000) & (chance.random(count) < ABROAD),
        PAID_HERE: lives.is_paid_here & (lives.occupation < Occupation.SELF_EMPLOYED),
        OWNS_HOME: owns,
        TRADES: np.isin(lives.occupation, (Occupation.SELF_EMPLOYED, Occupation.OWNER)),
        NEWCOMER: (province[who.born_in] != persons.desks.provinces[who.outlet]) & (who.age < 45) & ~who.is_foreign,
        WEALTHY: lives.wealth > WATCHED_WEALTH,
        PASSBOOK: has_book,
    }
