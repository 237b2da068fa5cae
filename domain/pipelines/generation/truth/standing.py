"""How the bank judges its customers: what risk they can bear before they invest, and their credit."""

import numpy as np

from domain.credit_dossier.model import CreditDossierEntryKind, CreditDossierState, CreditRating, LoanClass
from domain.loan.model import LoanState
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import a_date
from domain.pipelines.generation.truth.families import OF_AGE
from domain.pipelines.generation.truth.keeping import Assessments, DossierEntries, Dossiers
from domain.pipelines.generation.truth.lending import due_on
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import PRODUCTS
from domain.pipelines.generation.truth.randomness import Ints
from domain.shared.channel import Channel

COUNTER, PHONE, VISIT, WEB, MOBILE, MESSAGE, MAIL = map(code, Channel)
UNDER_REVIEW, APPROVED, REFUSED, SUSPENDED, CLOSED = map(code, CreditDossierState)
NORMAL, SPECIAL_MENTION, SUBSTANDARD, DOUBTFUL, LOSS = map(code, LoanClass)
APPLICATION, INVESTIGATION, REVIEW, RATING, APPROVAL, REFUSAL, SUSPENSION, CLOSURE = map(code, CreditDossierEntryKind)
FAILED = code(CreditRating.D)
YEAR = 365
ASSESSED_AGAIN = 0.8
NOT_GRANTED = 0.003
"""Of the grown customers who owe nothing, to whom the bank has refused a loan within the year."""
OF_KNOWLEDGE = 1.0
"""Standard deviation of what a rating does not know, in log-odds."""
MOST_RISK = {product: int(one.risk.name[1]) for product, one in enumerate(PRODUCTS) if one.risk is not None}


def assessments(persons: Persons) -> Assessments:
    """Of all who hold a pot, a fund or securities: before the first one, and for most again within the last year.

    Nobody holds what their level does not allow.
    """
    chance, held, last = persons.chance("assessments"), persons.held, persons.plan.history.last
    risk = np.array([MOST_RISK.get(one, 0) for one in range(len(PRODUCTS))])[held.product]
    some = np.flatnonzero(risk > 1)
    needs = np.ones(len(persons), dtype=np.int64)
    np.maximum.at(needs, held.owner[some], risk[some])
    begun = np.full(len(persons), np.iinfo(np.int64).max)
    np.minimum.at(begun, held.owner[some], held.opened_on[some])
    rows = np.unique(held.owner[some])
    first = begun[rows]
    count = len(rows)
    again = last - chance.integers(1, YEAR - 20, count)
    repeats = (again - first > YEAR) & (chance.random(count) < ASSESSED_AGAIN)
    gone = (persons.bonds.left_on[rows] != NOTHING) | (persons.bonds.sleeps_from[rows] != NOTHING)
    repeats &= ~gone
    row = np.concatenate([rows, rows[repeats]])
    day = np.concatenate([first, again[repeats]])
    order = np.lexsort((day, row))
    row, day = row[order], day[order]
    bears = persons.inclined.risk_appetite[row] - 0.02 * (persons.who.age[row] - 42)
    bears = bears + 0.5 * chance.standard_normal(len(row))
    own = np.searchsorted([-1.1, -0.2, 0.8, 1.7], bears) + 1
    level = np.maximum(own, needs[row])
    channel = np.array([MOBILE, COUNTER, WEB])[np.searchsorted([0.55, 0.9], chance.random(len(row)))]
    teller = persons.manager_or_teller(chance, row)
    years = [a_date(int(one)).year for one in day]
    return Assessments(
        row + persons.first, level - 1, level * 18 - chance.integers(0, 15, len(row)) + 5,
        [f"{year - year % 3} 版" for year in years], channel, day, day + YEAR,
        np.where(channel == COUNTER, teller, NOTHING),
    )  # fmt: skip


def dossiers(persons: Persons) -> tuple[Dossiers, DossierEntries]:
    """Of all borrowers, and of some who did not become one; and what happened to each."""
    chance, lent, last = persons.chance("dossiers"), persons.lent, persons.plan.history.last
    borrower, place = np.unique(lent.borrower, return_inverse=True)
    ends = due_on(lent.granted_on, lent.months)
    worst = np.array([
        {LoanState.REPAID: 0, LoanState.RUNNING: 1, LoanState.IN_ARREARS: 2, LoanState.DEFAULTED: 3}[one]
        for one in LoanState
    ])[lent.state]  # fmt: skip
    left = np.clip(
        np.maximum(ends - np.maximum(last, lent.granted_on), 0) / np.maximum(ends - lent.granted_on, 1), 0, 1
    )
    owed = np.where(worst == 0, 0, np.where(worst > 1, np.maximum(left, 0.1), left) * lent.cents).astype(np.int64)
    count = len(borrower)
    limit, used, state = (np.zeros(count, dtype=np.int64) for _ in range(3))
    np.add.at(limit, place, lent.cents)
    np.add.at(used, place, owed)
    np.maximum.at(state, place, worst)
    odds = np.zeros(count)
    np.maximum.at(odds, place, lent.fails)
    granted = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(granted, place, lent.granted_on)
    until, stops = np.zeros(count, dtype=np.int64), np.full(count, NOTHING)
    np.maximum.at(until, place, ends)
    np.maximum.at(stops, place, lent.stops_on)
    unpaid = last - stops
    refused = _refused(persons, chance, borrower)
    asked = last - chance.integers(5, 300, len(refused))
    rows = np.concatenate([borrower, refused])
    known = np.log(np.clip(odds, 1e-3, 0.99) / (1 - np.clip(odds, 1e-3, 0.99)))
    known = np.concatenate([known, np.full(len(refused), -1.4)]) + OF_KNOWLEDGE * chance.standard_normal(len(rows))
    rating = np.searchsorted([-6.0, -5.0, -4.2, -3.4, -2.6, -1.6], known)
    began = np.concatenate([granted - 20, asked])
    begun_state = np.concatenate([
        np.array([CLOSED, APPROVED, SUSPENDED, SUSPENDED])[state], np.full(len(refused), REFUSED)
    ])  # fmt: skip
    worse = np.where(
        state == 3, np.where(unpaid > 360, LOSS, DOUBTFUL), np.where(unpaid > 90, SUBSTANDARD, SPECIAL_MENTION)
    )
    class_ = np.concatenate([np.where(state > 1, worse, NORMAL), np.full(len(refused), NOTHING)])
    rated = np.where(np.concatenate([state, np.zeros(len(refused), dtype=np.int64)]) == 3, FAILED, rating)
    is_open = (begun_state == APPROVED) | (begun_state == SUSPENDED)
    years = np.maximum((last - began) // YEAR, 0)
    reviewed = np.where(is_open & (years > 0), began + years * YEAR, NOTHING)
    by = persons.manager_or_teller(chance, rows)
    zeros = np.zeros(len(refused), dtype=np.int64)
    made = Dossiers(
        rows + persons.first,
        [
            f"D{a_date(day):%Y%m%d}{persons.first + row:08d}"
            for day, row in zip(began.tolist(), rows.tolist(), strict=True)
        ],
        begun_state, rated, class_, np.concatenate([limit, zeros]), np.concatenate([used, zeros]), began,
        np.concatenate([until, np.full(len(refused), NOTHING)]), reviewed,
        np.where(is_open, np.where(reviewed == NOTHING, began, reviewed) + YEAR, NOTHING), by,
    )  # fmt: skip
    stopped = np.concatenate([stops, np.full(len(refused), NOTHING)])
    return made, _entries(made, rating, stopped, state, len(borrower), last)


def _refused(persons: Persons, chance: np.random.Generator, borrower: Ints) -> Ints:
    may = persons.is_active & (persons.who.age >= OF_AGE) & (persons.bonds.joined_on < persons.plan.history.first)
    may[borrower] = False
    return np.flatnonzero(may & (chance.random(len(persons)) < NOT_GRANTED))


def _entries(made: Dossiers, rating: Ints, stopped: Ints, state: Ints, borrowers: int, last: int) -> DossierEntries:
    everybody = np.arange(len(made.state))
    granted = made.state != REFUSED
    closed = np.flatnonzero(made.state == CLOSED)
    late = np.flatnonzero(made.state == SUSPENDED)
    failed = np.flatnonzero(np.isin(everybody, np.flatnonzero(state == 3)) & (everybody < borrowers))
    parts: list[tuple[Ints, int, Ints, bool, Ints | None, bool, str | None]] = [
        (everybody, APPLICATION, made.opened_on, True, None, False, "客户申请。"),
        (everybody, INVESTIGATION, made.opened_on + 6, True, None, False, "收入与流水已核实。"),
        (everybody, RATING, made.opened_on + 9, False, rating, False, None),
        (np.flatnonzero(granted), APPROVAL, made.opened_on + 15, False, None, True, None),
        (np.flatnonzero(~granted), REFUSAL, made.opened_on + 12, False, None, False, "还款能力不足。"),
        (np.flatnonzero(made.reviewed_on != NOTHING), REVIEW, made.reviewed_on, True, None, False, "年度贷后检查。"),
        (late, SUSPENSION, stopped + 32, False, None, False, "逾期，暂停使用。"),
        (failed, RATING, stopped + 95, False, made.rating, False, "违约重评。"),
        (closed, CLOSURE, made.expires_on, False, None, False, "已结清。"),
    ]
    dossier = np.concatenate([part[0] for part in parts])
    day = np.concatenate([part[2][part[0]] for part in parts])
    kind = np.repeat([part[1] for part in parts], [len(part[0]) for part in parts])
    by = np.concatenate([made.handled_by[part[0]] if part[3] else np.full(len(part[0]), NOTHING) for part in parts])
    rated = np.concatenate([np.full(len(part[0]), NOTHING) if part[4] is None else part[4][part[0]] for part in parts])
    limit = np.concatenate(
        [made.limit_amount[part[0]] if part[5] else np.full(len(part[0]), NOTHING) for part in parts]
    )
    texts = [part[6] for part in parts for _ in range(len(part[0]))]
    kept = np.flatnonzero(day <= last)
    order = kept[np.lexsort((kind[kept], day[kept], dossier[kept]))]
    return DossierEntries(
        dossier[order], kind[order], day[order], by[order], rated[order], limit[order],
        [texts[place] for place in order.tolist()],
    )  # fmt: skip
