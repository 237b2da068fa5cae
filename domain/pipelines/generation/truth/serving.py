"""What core banking is asked to do for customers, and what customers answer when they are asked how they liked it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from domain.account.model import AccountState
from domain.consent.model import ConsentDecision, ConsentPurpose
from domain.credit_dossier.model import CreditDossierState
from domain.loan.model import LoanState
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import in_order, together
from domain.pipelines.generation.truth.days import NEVER, a_date, day_in_month
from domain.pipelines.generation.truth.dealings import Consents, Tickets
from domain.pipelines.generation.truth.families import NOBODY
from domain.pipelines.generation.truth.keeping import Dossiers, ServiceRequests, SurveyAnswers, SurveyResponses
from domain.pipelines.generation.truth.moments import DAY, HOUR, MINUTE, at, between, day_of, in_hours
from domain.pipelines.generation.truth.occasions import CARD_LOST, LEAVES, UNFREEZING
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.products import PRODUCTS, place
from domain.pipelines.generation.truth.randomness import Chance, Ints
from domain.product.model import ProductCategory
from domain.service_request.model import ServiceRequestKind, ServiceRequestState
from domain.shared.channel import Channel
from domain.survey.model import QuestionKind, SurveyKind
from domain.ticket.model import TicketState

COUNTER, PHONE, VISIT, WEB, MOBILE, MESSAGE, MAIL = map(code, Channel)
OPEN_ACCOUNT, CLOSE_ACCOUNT, FREEZE_ACCOUNT, UNFREEZE_ACCOUNT, APPLY_FOR_LOAN = map(code, ServiceRequestKind)
SUBMITTED, SENT, DONE, REFUSED, WITHDRAWN = map(code, ServiceRequestState)
OPENED_AT_THE_COUNTER, FROZEN_ON_REQUEST, THROUGH_US = 0.2, 0.5, 0.8
OPENABLE = [
    number
    for number, product in enumerate(PRODUCTS)
    if product.category in (ProductCategory.DEPOSIT, ProductCategory.WEALTH, ProductCategory.FUND)
]
NOT_YET, TOO_LITTLE, CHANGED_MIND = "冻结原因尚未解除。", "收入不足以偿还。", "客户改变主意。"


def service_requests(persons: Persons, opened: Tickets, credit: Dossiers) -> ServiceRequests:
    """Of a block's persons, in order of time."""
    chance = persons.chance("service requests")
    made = together(ServiceRequests, [*_of_accounts(persons, chance, opened), *_of_loans(persons, chance, credit)])
    order = np.lexsort((made.customer, made.requested_at))
    return in_order(made, order)


def _of_accounts(persons: Persons, chance: Chance, opened: Tickets) -> Iterator[ServiceRequests]:
    held, history, accounts = persons.held, persons.plan.history, persons.accounts
    some = np.flatnonzero((held.opened_on >= history.first) & (held.opened_on < history.last))
    some = some[np.isin(held.product[some], OPENABLE) & (chance.random(len(some)) < OPENED_AT_THE_COUNTER)]
    row = held.owner[some]
    by = persons.desks.teller(chance, persons.who.outlet[row])
    moment = between(chance, held.opened_on[some], 9, 16.8)
    yield _some(chance, OPEN_ACCOUNT, DONE, row + persons.first, moment, by, account=some, product=held.product[some])

    by_subject = {
        text: np.flatnonzero(np.array([one == text for one in opened.subjects], dtype=np.bool_))
        for text in (LEAVES.text, UNFREEZING.text)
    }
    leaves = by_subject[LEAVES.text]
    leaves = leaves[(opened.state[leaves] == code(TicketState.CLOSED)) & (opened.account[leaves] != NOTHING)]
    yield _some(
        chance, CLOSE_ACCOUNT, DONE, opened.customer[leaves], opened.opened_at[leaves] + 2 * MINUTE,
        opened.opened_by[leaves], account=opened.account[leaves], ticket=leaves,
    )  # fmt: skip
    asked = by_subject[UNFREEZING.text]
    asked = asked[opened.account[asked] != NOTHING]
    # They are frozen still.
    state = np.where(opened.closed_at[asked] == NOTHING, SENT, REFUSED)
    yield _some(
        chance, UNFREEZE_ACCOUNT, state, opened.customer[asked], opened.opened_at[asked] + 5 * MINUTE,
        opened.opened_by[asked], account=opened.account[asked], ticket=asked, reason=NOT_YET,
        settled_at=np.where(state == SENT, NOTHING, opened.closed_at[asked]),
    )  # fmt: skip
    frozen = np.flatnonzero(accounts.state == code(AccountState.FROZEN))
    frozen = frozen[chance.random(len(frozen)) < FROZEN_ON_REQUEST]
    day = np.maximum(history.last - 30 - chance.integers(0, 200, len(frozen)), accounts.opened_on[frozen])
    agent = persons.desks.agent(chance, len(frozen))
    yield _some(
        chance, FREEZE_ACCOUNT, DONE, accounts.owner[frozen], between(chance, day, 9, 17), agent, account=frozen
    )


def _of_loans(persons: Persons, chance: Chance, credit: Dossiers) -> Iterator[ServiceRequests]:
    lent, history = persons.lent, persons.plan.history
    rows = np.flatnonzero((lent.granted_on > history.first + 20) & (chance.random(len(lent.borrower)) < THROUGH_US))
    moment = between(chance, lent.granted_on[rows] - 19, 9, 16)
    settled = at(lent.granted_on[rows], 10)
    yield _some(
        chance, APPLY_FOR_LOAN, DONE, lent.borrower[rows] + persons.first, moment,
        persons.manager_or_teller(chance, lent.borrower[rows]), product=lent.product[rows], amount=lent.cents[rows],
        settled_at=settled,
    )  # fmt: skip
    refused = np.flatnonzero((credit.state == code(CreditDossierState.REFUSED)) & (credit.opened_on > history.first))
    row = credit.customer[refused] - persons.first
    count = len(refused)
    amount = np.round(np.exp(11 + 0.5 * chance.standard_normal(count)), -4).astype(np.int64) * 100
    product = np.full(count, place(products.CONSUMER))
    moment = between(chance, credit.opened_on[refused], 9, 16)
    over = moment + 12 * DAY
    now = int(at(np.array([history.last]), 18)[0])
    state = np.where(over > now, SENT, REFUSED)
    yield _some(
        chance, APPLY_FOR_LOAN, state, row + persons.first, moment, credit.handled_by[refused], product=product,
        amount=amount, settled_at=np.where(over > now, NOTHING, over), reason=TOO_LITTLE,
    )  # fmt: skip
    bad = np.isin(lent.state, [code(LoanState.IN_ARREARS), code(LoanState.DEFAULTED)])
    owes = np.zeros(len(persons), dtype=np.bool_)
    owes[lent.borrower[bad]] = True
    may = np.flatnonzero(persons.is_active & ~owes & (persons.who.age >= 22) & (persons.lives.income > 4_000))
    some = may[chance.random(len(may)) < 0.0015]
    moment = between(chance, history.last - chance.integers(0, 90, len(some)), 9, 16)
    fresh = moment > now - 4 * DAY
    amount = np.round(np.exp(11 + 0.5 * chance.standard_normal(len(some))), -4).astype(np.int64) * 100
    yield _some(
        chance, APPLY_FOR_LOAN, np.where(fresh, SUBMITTED, WITHDRAWN), some + persons.first, moment,
        persons.manager_or_teller(chance, some), product=np.full(len(some), place(products.CONSUMER)), amount=amount,
        settled_at=np.where(fresh, NOTHING, moment + DAY), reason=CHANGED_MIND,
    )  # fmt: skip


def _some(
    chance: Chance, kind: int, state: Ints | int, customer: Ints, moment: Ints, by: Ints,
    *, account: Ints | None = None, product: Ints | None = None, amount: Ints | None = None, ticket: Ints | None = None,
    settled_at: Ints | None = None, reason: str | None = None,
) -> ServiceRequests:  # fmt: skip
    count = len(customer)
    nothing = np.full(count, NOTHING, dtype=np.int64)
    states = np.broadcast_to(np.asarray(state, dtype=np.int64), (count,))
    serial = chance.integers(1, 10_000, count)
    sent = np.where((states == SUBMITTED) | (states == WITHDRAWN), NOTHING, moment + chance.integers(30, 300, count))
    usual = sent + chance.integers(2 * MINUTE, 25 * MINUTE, count)
    return ServiceRequests(
        np.full(count, kind), states.copy(), customer, nothing if account is None else account,
        nothing if product is None else product, nothing if amount is None else amount,
        nothing if ticket is None else ticket, by, moment, sent,
        usual if settled_at is None else np.where(settled_at == NOTHING, NOTHING, np.maximum(settled_at, sent)),
        [
            None if one == NOTHING else f"CB-{a_date(day):%Y%m%d}-{number:04d}"
            for one, day, number in zip(sent.tolist(), day_of(moment).tolist(), serial.tolist(), strict=True)
        ],
        [reason if one in (REFUSED, WITHDRAWN) else None for one in states.tolist()],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Survey:
    """What the bank asks; days, `ends_on` NOTHING where it goes on."""

    title: str
    kind: SurveyKind
    starts_on: int
    ends_on: int
    questions: tuple[tuple[QuestionKind, str], ...]


SATISFACTION, CALL_BACK, NEEDS = range(3)
"""Places of the surveys."""
FIRST_QUESTION = (0, 3, 5)
TOLD = ("处理很快。", "工作人员很耐心。", "希望能一次办完。", "等得太久。", "请彻底解决。")
CALLED_BACK, ANSWERED_NEEDS = 0.5, 0.5


def surveys(plan: Plan) -> tuple[Survey, ...]:
    """Those of the bank."""
    history = plan.history
    begins, ends = day_in_month(history.months[[4, 5]], np.array([1, 31])).tolist()
    score, yes_no, text = QuestionKind.SCORE, QuestionKind.YES_NO, QuestionKind.TEXT
    return (
        Survey(
            "工单满意度调查", SurveyKind.SATISFACTION, history.first, NOTHING,
            ((score, "您对处理速度满意吗"), (score, "您对工作人员的态度满意吗"), (text, "您还有什么建议")),
        ),
        Survey(
            "挂失业务回访", SurveyKind.CALL_BACK, history.first, NOTHING,
            ((yes_no, "新卡是否已收到"), (text, "是否还需要其他帮助")),
        ),
        Survey(
            "客户需求调研", SurveyKind.NEEDS, begins, ends,
            ((yes_no, "您是否有子女教育储蓄的打算"), (yes_no, "您一年内是否有购房打算")),
        ),
    )  # fmt: skip


def survey_responses(
    persons: Persons, asked: tuple[Survey, ...], opened: Tickets, said: Consents
) -> tuple[SurveyResponses, SurveyAnswers]:
    """Of a block's persons: those who said how they liked an answer, who were called back, who allowed surveys."""
    chance = persons.chance("surveys")
    now = int(at(np.array([persons.plan.history.last]), 18)[0])
    parts: list[SurveyResponses] = []
    answers: list[SurveyAnswers] = []
    begin = 0
    for responses, told in (
        _of_tickets(persons, chance, opened, now), _called_back(persons, chance, opened, now),
        _of_needs(persons, chance, asked[NEEDS], said),
    ):  # fmt: skip
        parts.append(responses)
        told.survey_response[:] += begin
        answers.append(told)
        begin += len(responses.customer)
    return together(SurveyResponses, parts), together(SurveyAnswers, answers)


def _of_tickets(persons: Persons, chance: Chance, opened: Tickets, now: int) -> tuple[SurveyResponses, SurveyAnswers]:
    rows = np.flatnonzero((opened.satisfaction != NOTHING) & (opened.closed_at != NOTHING))
    count = len(rows)
    channel = np.array([PHONE, MESSAGE, MOBILE])[chance.integers(0, 3, count)]
    moment = np.minimum(in_hours(opened.closed_at[rows] + chance.integers(HOUR, 2 * DAY, count)), now)
    score = opened.satisfaction[rows]
    agent = persons.desks.agent(chance, count)
    text = np.where(score >= 4, chance.integers(0, 2, count), chance.integers(2, len(TOLD), count))
    says = np.flatnonzero(chance.random(count) < 0.25)
    made = SurveyResponses(
        np.full(count, SATISFACTION), opened.customer[rows], rows, np.where(channel == PHONE, agent, NOTHING), channel,
        moment, score, [None] * count,
    )  # fmt: skip
    near = np.clip(score[:, None] + chance.integers(-1, 2, (count, 2)), 1, 5)
    everybody = np.arange(count)
    none: list[str | None] = [None] * count
    texts: list[str | None] = [TOLD[text[at_]] for at_ in says.tolist()]
    return made, _answers([
        (everybody, FIRST_QUESTION[SATISFACTION], near[:, 0], none),
        (everybody, FIRST_QUESTION[SATISFACTION] + 1, near[:, 1], none),
        (says, FIRST_QUESTION[SATISFACTION] + 2, np.full(len(says), NOTHING), texts),
    ])  # fmt: skip


def _called_back(persons: Persons, chance: Chance, opened: Tickets, now: int) -> tuple[SurveyResponses, SurveyAnswers]:
    lost = np.array([one == CARD_LOST.text for one in opened.subjects], dtype=np.bool_)
    rows = np.flatnonzero(lost & (opened.closed_at != NOTHING) & (opened.closed_at < now - 8 * DAY))
    rows = rows[chance.random(len(rows)) < CALLED_BACK]
    count = len(rows)
    moment = in_hours(opened.closed_at[rows] + chance.integers(3 * DAY, 7 * DAY, count))
    has_it = (chance.random(count) < 0.93).astype(np.int64)
    made = SurveyResponses(
        np.full(count, CALL_BACK), opened.customer[rows], rows, persons.desks.agent(chance, count),
        np.full(count, PHONE), moment, np.full(count, NOTHING),
        ["新卡未到，已催。" if not one else None for one in has_it.tolist()],
    )  # fmt: skip
    return made, _answers([(np.arange(count), FIRST_QUESTION[CALL_BACK], has_it, [None] * count)])


def _of_needs(persons: Persons, chance: Chance, asked: Survey, said: Consents) -> tuple[SurveyResponses, SurveyAnswers]:
    allows = (said.purpose == code(ConsentPurpose.SURVEY)) & (said.decision == code(ConsentDecision.GIVEN))
    row = np.unique(said.customer[allows & (day_of(said.decided_at) < asked.starts_on)] - persons.first)
    left = persons.bonds.left_on[row]
    row = row[((left == NEVER) | (left > asked.ends_on)) & (chance.random(len(row)) < ANSWERED_NEEDS)]
    count = len(row)
    day = asked.starts_on + chance.integers(0, asked.ends_on - asked.starts_on, count)
    who = persons.who
    parents = np.zeros(len(persons), dtype=np.bool_)
    for side in (who.father, who.mother):
        parents[side[(side != NOBODY) & (who.age < 18)]] = True
    saves = np.where(parents[row], chance.random(count) < 0.6, chance.random(count) < 0.05).astype(np.int64)
    age = who.age[row]
    moves = (chance.random(count) < np.where((age >= 25) & (age < 42), 0.16, 0.03)).astype(np.int64)
    made = SurveyResponses(
        np.full(count, NEEDS), row + persons.first, np.full(count, NOTHING), np.full(count, NOTHING),
        np.full(count, MESSAGE), between(chance, day, 10, 21), np.full(count, NOTHING), [None] * count,
    )  # fmt: skip
    none: list[str | None] = [None] * count
    everybody = np.arange(count)
    return made, _answers([
        (everybody, FIRST_QUESTION[NEEDS], saves, none), (everybody, FIRST_QUESTION[NEEDS] + 1, moves, none),
    ])  # fmt: skip


def _answers(parts: list[tuple[Ints, int, Ints, list[str | None]]]) -> SurveyAnswers:
    response = np.concatenate([part[0] for part in parts])
    question = np.repeat([part[1] for part in parts], [len(part[0]) for part in parts])
    score = np.concatenate([part[2] for part in parts])
    texts = [text for part in parts for text in part[3]]
    order = np.lexsort((question, response))
    return SurveyAnswers(response[order], question[order], score[order], [texts[at_] for at_ in order.tolist()])
