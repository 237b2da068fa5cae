"""What core banking is asked to do for customers: open, close and freeze accounts, lend."""

from collections.abc import Iterator

import numpy as np

from domain.account.model import AccountState
from domain.credit_dossier.model import CreditDossierState
from domain.loan.model import LoanState
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import in_order, together
from domain.pipelines.generation.truth.days import a_date
from domain.pipelines.generation.truth.dealings import Tickets
from domain.pipelines.generation.truth.keeping import Dossiers, ServiceRequests
from domain.pipelines.generation.truth.moments import DAY, MINUTE, at, between, day_of
from domain.pipelines.generation.truth.occasions import LEAVES, UNFREEZING
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import PRODUCTS, place
from domain.pipelines.generation.truth.randomness import Chance, Ints
from domain.service_request.model import OF_PRODUCT, ServiceRequestKind, ServiceRequestState
from domain.shared.channel import Channel
from domain.ticket.model import TicketState

COUNTER, PHONE, VISIT, WEB, MOBILE, MESSAGE, MAIL = map(code, Channel)
OPEN_ACCOUNT, CLOSE_ACCOUNT, FREEZE_ACCOUNT, UNFREEZE_ACCOUNT, APPLY_FOR_LOAN = map(code, ServiceRequestKind)
SUBMITTED, SENT, DONE, REFUSED, WITHDRAWN = map(code, ServiceRequestState)
OPENED_AT_THE_COUNTER, FROZEN_ON_REQUEST, THROUGH_US = 0.2, 0.5, 0.8
OPENABLE = [
    number
    for number, product in enumerate(PRODUCTS)
    if product.category.name in OF_PRODUCT[ServiceRequestKind.OPEN_ACCOUNT]
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
