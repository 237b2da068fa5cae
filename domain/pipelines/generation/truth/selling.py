"""Possible sales: those that came true are accounts that were opened, the others are offers that somebody liked."""

import numpy as np

from domain.opportunity.model import PROBABILITY, OpportunityCloseReason, OpportunityKind, OpportunityStage
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.answering import CONVERTED
from domain.pipelines.generation.truth.campaigning import Answered
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.contacts import INTERESTED
from domain.pipelines.generation.truth.dealings import Interactions
from domain.pipelines.generation.truth.moments import DAY, HOUR, at, between, day_of, in_hours
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import PRODUCTS, TERMS, place
from domain.pipelines.generation.truth.randomness import Chance, Ints
from domain.pipelines.generation.truth.undertakings import Opportunities, StageChanges

ADVISED = 0.2
"""Of the accounts that somebody with a manager opens beside the first, how many their manager had worked for."""
SOLD = (
    *TERMS,
    products.CASH_POT,
    products.STEADY_POT,
    products.PENSION,
    *products.FUNDS,
    products.ANNUITY,
    products.MEDICAL,
)
OFFERS = {
    "大额存单": TERMS[5], "稳健理财": products.STEADY_POT, "基金定投": products.FUNDS[2], "家庭保障": products.MEDICAL,
    "个人养老金": products.PENSION, "消费贷款额度": products.CONSUMER,
}  # fmt: skip
STAGES = list(OpportunityStage)
IDENTIFIED, CONTACTED, QUALIFIED, PROPOSED, NEGOTIATED, WON, LOST = range(len(STAGES))
RATIOS = np.array([int(PROBABILITY[stage] * 1_000_000) for stage in STAGES])
REASONS_LOST = np.array([
    code(one) for one in (OpportunityCloseReason.TERMS, OpportunityCloseReason.NEED, OpportunityCloseReason.COMPETITOR)
])  # fmt: skip
PURSUED = 0.5
"""Of those who answer a campaign with interest, and have a manager, how many the manager works for."""
PATIENCE_DAYS = 45
"""After which somebody who still hesitates is given up."""


def opportunities(persons: Persons, touched: Interactions, answered: Answered) -> tuple[Opportunities, StageChanges]:
    """Those of a block's persons, and the stages that each went through; responses learn what came of them."""
    chance, held, known = persons.chance("opportunities"), persons.held, persons.known
    history, responses = persons.plan.history, answered.told.responses
    accounts = held.of(*SOLD)
    kept = held.opened_on[accounts] > history.first + 40
    kept &= held.opened_on[accounts] > persons.bonds.joined_on[held.owner[accounts]] + 40
    kept &= chance.random(len(accounts)) < ADVISED
    # What came of a campaign somebody has worked for.
    kept |= np.isin(accounts, list(answered.sold))
    accounts = accounts[kept & (known.manager[held.owner[accounts]] != NOTHING)]
    response = np.array([answered.sold.get(account, NOTHING) for account in accounts.tolist()], dtype=np.int64)
    won_on = held.opened_on[accounts]
    liked = np.flatnonzero(touched.outcome == INTERESTED)
    asked = [OFFERS[touched.subjects[row].removeprefix("介绍")] for row in liked.tolist()]
    pursued, offered = _pursued(persons, chance, answered)

    row = np.concatenate([
        held.owner[accounts], touched.customer[liked] - persons.first, responses.customer[pursued] - persons.first
    ])  # fmt: skip
    product = np.concatenate([held.product[accounts], np.array([place(one) for one in asked], dtype=np.int64), offered])
    count, sales = len(row), len(accounts)
    is_won = np.arange(count) < sales
    began = between(chance, won_on - chance.integers(5, 36, sales), 9, 17)
    sold = np.flatnonzero(response != NOTHING)
    began[sold] = answered.told.touches.happened_at[responses.touch[response[sold]]]
    opened_at = np.concatenate([began, touched.happened_at[liked], responses.responded_at[pursued]])
    cents = np.concatenate([
        np.where(held.aim[accounts] > 0, held.aim[accounts], NOTHING), np.full(count - sales, NOTHING)
    ])  # fmt: skip
    owner = known.manager[row]
    ends = np.concatenate([at(won_on, 15.5), _given_up(chance, opened_at[sales:])])
    now = int(at(np.array([history.last]), 18)[0])
    reached = np.where(is_won, PROPOSED, CONTACTED + chance.integers(0, 4, count))
    is_over = ends <= now
    steps = _steps(chance, opened_at, np.minimum(ends, now), reached, is_won, is_over, ends)
    stage = np.full(count, IDENTIFIED, dtype=np.int64)
    stage[steps[0]] = steps[2]
    repeated = _has_before(persons, row, product, day_of(opened_at))
    name = [
        f"{known.names[one] or '客户'}：{PRODUCTS[what].name}"
        for one, what in zip(row.tolist(), product.tolist(), strict=True)
    ]
    closed = np.where(is_over, ends, NOTHING)
    reason = np.where(is_won, code(OpportunityCloseReason.NEED), REASONS_LOST[chance.integers(0, 3, count)])
    campaign = np.full(count, NOTHING, dtype=np.int64)
    campaign[count - len(pursued) :] = responses.campaign[pursued]
    responses.opportunity[pursued] = np.arange(count - len(pursued), count)
    campaign[sold] = responses.campaign[response[sold]]
    responses.opportunity[response[sold]] = sold
    nothing = np.full(count, NOTHING, dtype=np.int64)
    made = Opportunities(
        name, np.where(repeated, code(OpportunityKind.REPEAT_SELL), code(OpportunityKind.CROSS_SELL)), stage,
        row + persons.first, product, owner, persons.desks.office[persons.who.outlet[row]], cents, RATIOS[stage],
        opened_at, day_of(ends), closed, np.where(is_over, reason, NOTHING), nothing, nothing.copy(), campaign,
    )  # fmt: skip
    which, before, after, moment = steps
    changes = StageChanges(which, before, after, moment, owner[which], cents[which], RATIOS[after])
    return made, changes


def _pursued(persons: Persons, chance: Chance, answered: Answered) -> tuple[Ints, Ints]:
    """Places among the responses of those whom managers work for, and what these were offered.

    Who took the offer is not among them: that sale is their account's.
    """
    told, some = answered.told.responses, answered.interested
    took = told.campaign * len(persons) + told.customer - persons.first
    keys = took[some]
    some = some[~np.isin(keys, took[told.kind == CONVERTED])]
    may = persons.known.manager[told.customer[some] - persons.first] != NOTHING
    some = some[may & (chance.random(len(some)) < PURSUED)]
    return some, answered.offers[told.campaign[some]]


def _given_up(chance: Chance, opened_at: Ints) -> Ints:
    days = chance.integers(12, 2 * PATIENCE_DAYS, len(opened_at))
    return in_hours(opened_at + days * DAY + HOUR)


def _has_before(persons: Persons, row: Ints, product: Ints, day: Ints) -> np.ndarray:
    held = persons.held
    first: dict[tuple[int, int], int] = {}
    for owner, what, opened in zip(held.owner.tolist(), held.product.tolist(), held.opened_on.tolist(), strict=True):
        first[owner, what] = min(opened, first.get((owner, what), opened))
    return np.array([
        first.get((one, what), 1 << 30) < when
        for one, what, when in zip(row.tolist(), product.tolist(), day.tolist(), strict=True)
    ], dtype=np.bool_)  # fmt: skip


def _steps(
    chance: Chance, opened_at: Ints, until: Ints, reached: Ints, is_won: np.ndarray, is_over: np.ndarray, ends: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """Which opportunity, from which stage to which, when; in order of opportunities and time."""
    count = len(opened_at)
    which, before, after, moment = (
        [np.arange(count)],
        [np.full(count, NOTHING)],
        [np.full(count, IDENTIFIED)],
        [opened_at],
    )
    last = np.full(count, IDENTIFIED, dtype=np.int64)
    for step, stage in enumerate((CONTACTED, QUALIFIED, PROPOSED, NEGOTIATED)):
        skipped = (chance.random(count) < 0.3) & (stage in (QUALIFIED, NEGOTIATED))
        rows = np.flatnonzero((reached >= stage) & ~skipped)
        share = 0.12 + 0.2 * step
        which.append(rows)
        before.append(last[rows])
        after.append(np.full(len(rows), stage))
        moment.append(opened_at[rows] + np.floor((until - opened_at)[rows] * share).astype(np.int64))
        last[rows] = stage
    over = np.flatnonzero(is_over)
    which.append(over)
    before.append(last[over])
    after.append(np.where(is_won[over], WON, LOST))
    moment.append(ends[over])
    columns = [np.concatenate(one).astype(np.int64) for one in (which, before, after, moment)]
    order = np.lexsort((columns[3], columns[0]))
    one, two, three, four = (column[order] for column in columns)
    return one, two, three, four
