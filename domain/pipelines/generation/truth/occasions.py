"""Why customers turn to the bank: a card is lost, a fee was taken, a deposit matures, a payment looks wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from domain.account.model import AccountState
from domain.card.model import CardState
from domain.loan.model import LoanState
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import NEVER, a_date
from domain.pipelines.generation.truth.families import OF_AGE
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import TERMS, place
from domain.pipelines.generation.truth.purses import FEE, HOUSEHOLD
from domain.pipelines.generation.truth.randomness import Chance, Ints
from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.ticket.model import TicketKind

INQUIRY, COMPLAINT, SUGGESTION, REQUEST, LOSS_REPORT = map(code, TicketKind)
LOW, NORMAL, HIGH, URGENT = map(code, Priority)
COUNTER, PHONE, VISIT, WEB, MOBILE, MESSAGE, MAIL = map(code, Channel)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a ticket is about, what is answered, and through which channels it comes, as often as the weights say.

    is_simple  an agent answers it at once
    """

    kind: int
    priority: int
    text: str
    answers: tuple[str, ...]
    channels: tuple[tuple[int, int], ...]
    is_simple: bool = False


USUAL = ((COUNTER, 20), (PHONE, 45), (WEB, 8), (MOBILE, 22), (MESSAGE, 5))
CARD_LOST = Subject(
    LOSS_REPORT, URGENT, "银行卡遗失挂失", ("已挂失，并为客户补发新卡。", "已挂失，客户到网点办理补卡。"),
    ((PHONE, 60), (MOBILE, 25), (COUNTER, 15)),
)  # fmt: skip
FEE_TAKEN = Subject(
    COMPLAINT, NORMAL, "对账单服务费有异议",
    ("已说明收费依据，客户理解。", "已为客户取消纸质账单，并退还一次费用。", "符合减免条件，已退还费用。"), USUAL,
)  # fmt: skip
PAYMENT_WRONG = Subject(
    COMPLAINT, HIGH, "对一笔支付有异议",
    ("经核实为客户本人支付，已说明。", "商户重复扣款，已退回。", "已协助客户向支付机构申诉。"), USUAL,
)  # fmt: skip
ARREARS_DISPUTED = Subject(
    COMPLAINT, HIGH, "对贷款逾期记录有异议", ("经核实还款账户余额不足，已说明。", "已与客户商定分期补足。"), USUAL
)
WAITED_LONG = Subject(
    COMPLAINT, NORMAL, "网点排队时间过长", ("已致歉，并增开窗口。", "已致歉，并介绍自助设备和预约办理。"),
    ((PHONE, 50), (MOBILE, 30), (WEB, 10), (MAIL, 10)),
)  # fmt: skip
TERM_ENDS = Subject(
    INQUIRY, NORMAL, "定期存款到期后的利率", ("已说明转存利率，并提供大额存单资料。", "已说明各期限现行利率。"),
    ((COUNTER, 40), (PHONE, 40), (MOBILE, 20)),
)  # fmt: skip
HOW_TO = Subject(
    INQUIRY, LOW, "手机银行转账限额怎样调整", ("已说明调整方法。",), ((PHONE, 70), (MESSAGE, 15), (MOBILE, 15)), True
)
WHEN_OPEN = Subject(INQUIRY, LOW, "网点营业时间", ("已告知营业时间。",), ((PHONE, 90), (MESSAGE, 10)), True)
WHICH_FUND = Subject(INQUIRY, NORMAL, "理财产品的风险和赎回", ("已说明风险等级和开放日。", "已请客户经理联系。"), USUAL)
OPENING_ASKED = Subject(
    INQUIRY, NORMAL, "开户需要哪些证件", ("已告知所需证件和就近网点。",), ((PHONE, 60), (MESSAGE, 25), (WEB, 15)), True
)
STATEMENT_WANTED = Subject(
    REQUEST, NORMAL, "开具存款证明", ("已开具，客户到网点领取。", "已开具并寄出。"),
    ((COUNTER, 45), (PHONE, 25), (MOBILE, 20), (MAIL, 10)),
)  # fmt: skip
UNFREEZING = Subject(
    REQUEST, HIGH, "申请解除账户限制", ("核实身份后已解除。", "资料不全，已请客户补充。"), ((COUNTER, 70), (PHONE, 30))
)
DAY_CHANGED = Subject(REQUEST, NORMAL, "贷款还款日调整", ("已调整，自下期起生效。", "不符合调整条件，已说明。"), USUAL)
LEAVES = Subject(REQUEST, NORMAL, "申请销户", ("账户已结清并销户。",), ((COUNTER, 85), (VISIT, 5), (MAIL, 10)))
EXPORT_WANTED = Subject(
    SUGGESTION, LOW, "希望网银可以导出全年账单", ("已转产品部门。", "下一版本已有此功能，已告知客户。"),
    ((WEB, 45), (MOBILE, 50), (MAIL, 5)),
)  # fmt: skip
LARGER_PRINT = Subject(
    SUGGESTION, LOW, "希望手机银行字体更大", ("已告知关爱版的开启方法。",), ((COUNTER, 40), (MOBILE, 40), (PHONE, 20))
)
SUBJECTS = (
    CARD_LOST, FEE_TAKEN, PAYMENT_WRONG, ARREARS_DISPUTED, WAITED_LONG, TERM_ENDS, HOW_TO, WHEN_OPEN, WHICH_FUND,
    OPENING_ASKED, STATEMENT_WANTED, UNFREEZING, DAY_CHANGED, LEAVES, EXPORT_WANTED, LARGER_PRINT,
)  # fmt: skip

COMPLAINS_ABOUT_FEES, COMPLAINS_ABOUT_PAYMENTS, DISPUTES_ARREARS = 0.006, 0.0006, 0.18
LESS_WITH_ATTACHMENT = 0.5
"""Who likes the bank complains less: factor exp(-0.5 attachment)."""
DAYS_AROUND_MATURITY = 25


@dataclass(frozen=True, slots=True)
class Occasions:
    """Arrays (occasions,): who comes with what, on which day, about which account (NOTHING for none)."""

    person: Ints
    day: Ints
    subject: Ints
    account: Ints
    details: list[str | None]


def occasions(persons: Persons) -> Occasions:
    """All of a block's persons in the history, in order of days."""
    found = list(_found(persons))
    person, day, account = map(np.concatenate, zip(*(part[:3] for part in found), strict=True))
    subject = np.concatenate([np.full(len(part[0]), SUBJECTS.index(part[3]), dtype=np.int64) for part in found])
    details = [detail for part in found for detail in part[4]]
    kept = (day >= persons.plan.history.first) & (day <= persons.plan.history.last)
    kept &= day <= np.where(persons.bonds.left_on == NEVER, persons.plan.history.last, persons.bonds.left_on)[person]
    order = np.flatnonzero(kept)
    order = order[np.lexsort((person[order], subject[order], day[order]))]
    return Occasions(
        person[order], day[order], subject[order], account[order], [details[place] for place in order.tolist()]
    )


Found = tuple[Ints, Ints, Ints, Subject, list[str | None]]


def _found(persons: Persons) -> Iterator[Found]:
    chance = persons.chance("occasions")
    yield _lost_cards(persons, chance)
    yield from _disputed(persons, chance)
    yield _arrears(persons, chance)
    yield _maturities(persons, chance)
    yield _frozen(persons, chance)
    yield _leaving(persons, chance)
    who, lives, bonds = persons.who, persons.lives, persons.bonds
    grown = (who.age >= OF_AGE) & bonds.is_customer
    unhappy = np.exp(-LESS_WITH_ATTACHMENT * persons.inclined.attachment)
    mortgages = np.bincount(
        persons.lent.borrower[persons.lent.product == place(products.MORTGAGE)], minlength=len(persons)
    )
    yearly = (
        (WAITED_LONG, 0.0022 * np.where(who.age > 55, 1.6, 1.0) * unhappy),
        (HOW_TO, np.interp(who.age, (18, 30, 60, 80), (0.02, 0.015, 0.016, 0.006))),
        (WHEN_OPEN, np.full(len(persons), 0.006)),
        (WHICH_FUND, np.clip(lives.wealth / 3_000_000, 0.0, 0.08)),
        (STATEMENT_WANTED, np.clip(lives.wealth / 12_000_000, 0.001, 0.03)),
        (DAY_CHANGED, 0.02 * mortgages),
        (EXPORT_WANTED, np.where(who.age < 55, 0.002, 0.0005)),
        (LARGER_PRINT, np.where(who.age >= 60, 0.004, 0.0002)),
    )
    for subject, rate in yearly:
        row, day = persons.some(chance, np.where(grown, rate, 0.0))
        yield row, day, _current(persons, row, subject), subject, [None] * len(row)
    prospects = np.flatnonzero(bonds.is_prospect & (chance.random(len(persons)) < 0.05))
    day = persons.plan.history.last - chance.integers(0, 200, len(prospects))
    yield prospects, day, np.full(len(prospects), NOTHING), OPENING_ASKED, [None] * len(prospects)


def _current(persons: Persons, row: Ints, subject: Subject) -> Ints:
    """What is about money is about somebody's current account."""
    about = subject in (HOW_TO, STATEMENT_WANTED, DAY_CHANGED)
    return persons.held.current_of[row] if about else np.full(len(row), NOTHING)


def _lost_cards(persons: Persons, chance: Chance) -> Found:
    cards, first = persons.cards, persons.plan.history.first
    lost = np.flatnonzero((cards.state == code(CardState.BLOCKED)) & (chance.random(len(cards.customer)) < 0.85))
    begins = np.maximum(cards.issued_on[lost] + 1, first)
    day = begins + np.floor(chance.random(len(lost)) * (persons.plan.history.last + 1 - begins)).astype(np.int64)
    details: list[str | None] = [f"尾号 {cards.numbers[place][-4:]} 的借记卡" for place in lost.tolist()]
    return cards.customer[lost] - persons.first, day, cards.account[lost], CARD_LOST, details


def _disputed(persons: Persons, chance: Chance) -> Iterator[Found]:
    """Complaints about bookings that are there, within the weeks after."""
    moved, owner, inclined = persons.movements, persons.held.owner, persons.inclined
    mood = np.exp(-LESS_WITH_ATTACHMENT * inclined.attachment)
    grown = (persons.who.age >= OF_AGE)[owner[moved.account]]
    is_fee = moved.purpose == FEE
    # Drawn for these alone: other bookings move no complaint.
    may = np.flatnonzero(grown & (is_fee | ((moved.purpose == HOUSEHOLD) & (moved.cents < -10_000))))
    rate = np.where(is_fee[may], COMPLAINS_ABOUT_FEES, COMPLAINS_ABOUT_PAYMENTS) * mood[owner[moved.account[may]]]
    complains = may[chance.random(len(may)) < rate]
    fees, payments = complains[is_fee[complains]], complains[~is_fee[complains]]
    for rows, subject, most in ((fees, FEE_TAKEN, 20), (payments, PAYMENT_WRONG, 12)):
        account = moved.account[rows]
        day = moved.day[rows] + chance.integers(0, most, len(rows))
        details: list[str | None] = [
            f"{a_date(day):%Y-%m-%d} 一笔 {-cents / 100:.2f} 元"
            for day, cents in zip(moved.day[rows].tolist(), moved.cents[rows].tolist(), strict=True)
        ]
        yield owner[account], day, account, subject, details


def _arrears(persons: Persons, chance: Chance) -> Found:
    lent = persons.lent
    bad = np.isin(lent.state, [code(LoanState.IN_ARREARS), code(LoanState.DEFAULTED)])
    rows = np.flatnonzero(bad & (chance.random(len(lent.borrower)) < DISPUTES_ARREARS))
    day = lent.stops_on[rows] + 32 + chance.integers(0, 30, len(rows))
    account = persons.held.current_of[lent.borrower[rows]]
    return lent.borrower[rows], day, account, ARREARS_DISPUTED, [None] * len(rows)


def _maturities(persons: Persons, chance: Chance) -> Found:
    held = persons.held
    terms = held.of(*TERMS)
    ends = np.where(held.rolled_on[terms] != NEVER, held.rolled_on[terms], held.matures_on[terms])
    day = ends - chance.integers(0, DAYS_AROUND_MATURITY, len(terms))
    asks = (chance.random(len(terms)) < 0.07) & (day > held.opened_on[terms])
    asks &= day <= persons.served_until[held.owner[terms]]
    return held.owner[terms[asks]], day[asks], terms[asks], TERM_ENDS, [None] * int(asks.sum())


def _frozen(persons: Persons, chance: Chance) -> Found:
    accounts = persons.accounts
    rows = np.flatnonzero(accounts.state == code(AccountState.FROZEN))
    rows = rows[chance.random(len(rows)) < 0.15]
    day = persons.plan.history.last - chance.integers(0, 25, len(rows))
    return accounts.owner[rows] - persons.first, day, rows, UNFREEZING, [None] * len(rows)


def _leaving(persons: Persons, chance: Chance) -> Found:
    bonds = persons.bonds
    rows = np.flatnonzero((bonds.left_on != NEVER) & (chance.random(len(persons)) < 0.6))
    return rows, bonds.left_on[rows], persons.held.current_of[rows], LEAVES, [None] * len(rows)
