"""Why somebody at the bank has something to do: a deposit matures, a loan is unpaid, a birthday comes, data lack."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from domain.customer.model import ContactPointKind
from domain.loan.model import LoanState
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import together
from domain.pipelines.generation.truth.days import NEVER, a_date, years_before
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import TERMS, place
from domain.pipelines.generation.truth.randomness import Chance, Floats, Ints
from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.task.model import TaskPurpose

CARE, FOLLOW_UP, SALES, SERVICE, RISK, DATA_QUALITY, OTHER = map(code, TaskPurpose)
LOW, NORMAL, HIGH, URGENT = map(code, Priority)
COUNTER, PHONE, VISIT, WEB, MOBILE, MESSAGE, MAIL = map(code, Channel)

WORTH_A_CALL, WORTH_HURRYING, WORTH_A_BIRTHDAY, WORTH_A_VISIT = 50_000, 200_000, 300_000, 600_000
"""CNY: of a deposit that matures; kept with us in all."""
DAYS_AHEAD = 21
"""So long before a deposit matures, somebody is told of it."""
VISITED, FILES_CHECKED = 0.75, 0.004
DAYS_UNTIL_ASKED, DAYS_UNTIL_VISITED = 33, 75
"""After the first instalment that did not come."""


@dataclass(frozen=True, slots=True)
class Duties:
    """Arrays (duties,): what somebody is to do for whom. `made_on` and `due_on` are days.

    done       how probable it is that it is done in the end
    through    weights of the channels by which it is done, a row of CHANNELS
    worked     text of what came of it
    after      place among the duties of what this is a part of, NOTHING for none
    """

    person: Ints
    made_on: Ints
    due_on: Ints
    purpose: Ints
    priority: Ints
    done: Floats
    through: Ints
    assigned_to: Ints
    assigned_by: Ints
    titles: list[str]
    descriptions: list[str | None]
    worked: list[str]
    after: Ints


CHANNELS = np.array(
    [
        # counter, phone, visit, web, mobile, message, mail
        [12, 70, 4, 0, 2, 12, 0],
        [0, 0, 100, 0, 0, 0, 0],
        [5, 45, 0, 0, 0, 45, 5],
        [55, 20, 0, 5, 15, 5, 0],
    ],
    dtype=np.float64,
)
BY_TALKING, BY_VISIT, BY_GREETING, BY_DOING = range(4)


def duties(persons: Persons) -> Duties:
    """All of a block's persons in the history and the weeks after it; not those that tickets ask for."""
    chance = persons.chance("duties")
    parts = [*_maturities(persons, chance), *_care(persons, chance), *_data(persons, chance)]
    asked, visited = _risks(persons, chance)
    begin = sum(len(part.person) for part in parts)
    visited.after[:] += begin
    parts += [asked, visited]
    return together(Duties, parts)


def _some(
    persons: Persons, row: Ints, made_on: Ints, due_on: Ints, purpose: int, priority: Ints | int, *, done: float,
    through: int, title: str, worked: list[str] | str, descriptions: list[str | None] | None = None,
    assigned_to: Ints | None = None, assigned_by: Ints | None = None,
) -> Duties:  # fmt: skip
    count = len(row)
    nobody = np.full(count, NOTHING, dtype=np.int64)
    names = persons.known.names
    return Duties(
        row, made_on, due_on, np.full(count, purpose), np.broadcast_to(np.asarray(priority), (count,)).copy(),
        np.full(count, done), np.full(count, through),
        persons.known.manager[row] if assigned_to is None else assigned_to,
        nobody if assigned_by is None else assigned_by,
        [title.format(name=names[place] or "客户") for place in row.tolist()],
        [None] * count if descriptions is None else descriptions,
        [worked] * count if isinstance(worked, str) else worked,
        nobody,
    )  # fmt: skip


def _maturities(persons: Persons, chance: Chance) -> Iterator[Duties]:
    """Of deposits worth a call, to whoever looks after their owner."""
    held, history = persons.held, persons.plan.history
    terms = held.of(*TERMS)
    ended = held.rolled_on[terms]
    day = np.where(ended != NEVER, ended, held.matures_on[terms])
    managed = persons.known.manager[held.owner[terms]] != NOTHING
    worth = held.aim[terms] >= WORTH_A_CALL * 100
    kept = managed & worth & (day >= history.first + DAYS_AHEAD) & (day <= history.last + DAYS_AHEAD)
    kept &= (held.closed_on[terms] == NEVER) | (held.closed_on[terms] >= day)
    terms, day = terms[kept], day[kept]
    cents = held.aim[terms]
    stays = held.rolled_on[terms] != NEVER
    descriptions: list[str | None] = [
        f"{a_date(when):%m月%d日}到期，{amount // 1_000_000:,} 万元。"
        for when, amount in zip(day.tolist(), cents.tolist(), strict=True)
    ]
    yield _some(
        persons, held.owner[terms], day - DAYS_AHEAD, day - 1, SALES,
        np.where(cents >= WORTH_HURRYING * 100, HIGH, NORMAL), done=0.8, through=BY_TALKING,
        title="{name}定期存款到期前联系", descriptions=descriptions,
        worked=["客户同意到期转存。" if one else "客户到期取出，已介绍其他产品。" for one in stays.tolist()],
    )  # fmt: skip


def _care(persons: Persons, chance: Chance) -> Iterator[Duties]:
    history, who, lives = persons.plan.history, persons.who, persons.lives
    served = (persons.known.manager != NOTHING) & persons.is_active & (persons.bonds.joined_on < history.first)
    born = persons.known.born_on
    rich = np.flatnonzero(served & (born != NOTHING) & (lives.wealth >= WORTH_A_BIRTHDAY))
    birthday = np.array([_last_birthday(int(day), history.last) for day in born[rich]], dtype=np.int64)
    priority = np.full(len(rich), LOW)
    yield _some(
        persons, rich, birthday - 3, birthday, CARE, priority, done=0.88, through=BY_GREETING,
        title="{name}生日祝福", worked="已送祝福。",
    )  # fmt: skip
    some = np.flatnonzero(served & (lives.wealth >= WORTH_A_VISIT) & (chance.random(len(who)) < VISITED))
    day = history.first + 30 + np.floor(chance.random(len(some)) * (history.last - history.first - 10)).astype(np.int64)
    manager = persons.known.manager[some]
    yield _some(
        persons, some, day - 30, day, CARE, NORMAL, done=0.85, through=BY_VISIT, assigned_by=manager,
        title="年度走访{name}", worked="客户满意，已更新家庭和资产情况。",
    )  # fmt: skip


def _last_birthday(born: int, last: int) -> int:
    """The last one up to a day."""
    years = a_date(last).year - a_date(born).year
    this = years_before(born, -years)
    return this if this <= last else years_before(born, 1 - years)


def _data(persons: Persons, chance: Chance) -> Iterator[Duties]:
    """What the data lack, or what has run out, by the data steward; to whoever looks after them, or to the counter."""
    history, count, first = persons.plan.history, len(persons), persons.first
    steward = persons.desks.steward
    has_phone = np.zeros(count, dtype=np.bool_)
    phones = persons.contacts.kind == code(ContactPointKind.PHONE)
    has_phone[persons.contacts.customer[phones] - first] = True
    lacks = np.flatnonzero(~has_phone & persons.is_active & (persons.who.age >= 18) & (chance.random(count) < 0.6))
    day = history.last - chance.integers(0, 120, len(lacks))
    by = np.full(len(lacks), steward)
    yield _some(
        persons, lacks, day, day + 30, DATA_QUALITY, LOW, done=0.45, through=BY_DOING, assigned_by=by,
        title="补录{name}的手机号码", worked="已补录。",
    )  # fmt: skip
    papers = persons.documents
    row = papers.customer - first
    ran_out = (
        (papers.expires_on != NOTHING) & (papers.expires_on <= history.last) & (papers.expires_on >= history.first)
    )
    some = np.flatnonzero(ran_out & persons.is_active[row])
    day = papers.expires_on[some]
    yield _some(
        persons, row[some], day, day + 60, FOLLOW_UP, NORMAL, done=0.55, through=BY_DOING,
        title="请{name}更新身份证件", worked="客户已提交新证件，待更新。",
        descriptions=[f"证件于 {a_date(one):%Y-%m-%d} 到期。" for one in day.tolist()],
    )  # fmt: skip
    checked = np.flatnonzero(persons.is_active & (chance.random(count) < FILES_CHECKED))
    day = history.first + np.floor(chance.random(len(checked)) * (history.last - history.first)).astype(np.int64)
    leader = persons.desks.leaders[0, persons.who.outlet[checked]]
    yield _some(
        persons, checked, day, day + 20, OTHER, LOW, done=0.8, through=BY_DOING, assigned_by=leader,
        title="核对{name}的开户资料", worked="资料齐全。",
    )  # fmt: skip


def _risks(persons: Persons, chance: Chance) -> tuple[Duties, Duties]:
    """Of every loan that is not paid: somebody asks why; later somebody goes there, as a part of the first."""
    lent, as_of = persons.lent, persons.plan.history.last
    bad = np.isin(lent.state, [code(LoanState.IN_ARREARS), code(LoanState.DEFAULTED)])
    asked_on = lent.stops_on + DAYS_UNTIL_ASKED
    rows = np.flatnonzero(bad & (asked_on >= persons.plan.history.first) & (asked_on <= as_of))
    outlet = persons.who.outlet[lent.borrower[rows]]
    leader, field = persons.desks.leaders[0, outlet], persons.desks.field[outlet]
    by = persons.manager_or_teller(chance, lent.borrower[rows])
    hurries = np.where(lent.product[rows] == place(products.MORTGAGE), HIGH, URGENT)
    descriptions: list[str | None] = [
        f"自 {a_date(day):%Y-%m-%d} 起未还款，每期 {cents / 100:,.2f} 元。"
        for day, cents in zip(lent.stops_on[rows].tolist(), lent.instalment[rows].tolist(), strict=True)
    ]
    asked = _some(
        persons, lent.borrower[rows], asked_on[rows], asked_on[rows] + 5, RISK, hurries, done=0.8, through=BY_TALKING,
        assigned_to=by, assigned_by=leader, title="联系{name}了解逾期原因", descriptions=descriptions,
        worked="客户收入下降，已告知后果。",
    )  # fmt: skip
    visited_on = lent.stops_on[rows] + DAYS_UNTIL_VISITED
    goes = np.flatnonzero(visited_on <= as_of)
    visited = _some(
        persons, lent.borrower[rows[goes]], visited_on[goes], visited_on[goes] + 10, RISK, HIGH, done=0.65,
        through=BY_VISIT, assigned_to=np.where(field[goes] == NOTHING, by[goes], field[goes]),
        assigned_by=leader[goes], title="上门拜访{name}", worked="已送达催收通知。",
    )  # fmt: skip
    visited.after[:] = goes
    return asked, visited
