"""Terms that are negotiated: large deposits and loans, as far as their opportunities have come."""

import numpy as np

from domain.opportunity.model import OpportunityStage
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.moments import DAY, HOUR, MINUTE, at, day_of, in_hours
from domain.pipelines.generation.truth.offering import Quotations
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import PRODUCTS, place
from domain.pipelines.generation.truth.undertakings import Opportunities, StageChanges
from domain.quotation.model import QuotationState

REQUESTED, OFFERED, ACCEPTED, REFUSED, WITHDRAWN, EXPIRED = map(code, QuotationState)
WON, LOST, PROPOSED = code(OpportunityStage.WON), code(OpportunityStage.LOST), code(OpportunityStage.PROPOSED)
NEGOTIATED = {products.TERMS[5]: (20_000_000, 0.018), products.CONSUMER: (5_000_000, 0.042)}
"""Least cents and usual yearly rate of what has no fixed terms."""
VALID_DAYS = 21
SIGNED_FROM = 50_000_000
"""Cents from which whoever leads the outlet signs."""
TERMS = ("利率按议定执行，提前支取按活期计息。", "按月付息，到期还本。", None)


def quotations(persons: Persons, found: Opportunities, went: StageChanges) -> Quotations:
    """One for each opportunity of a negotiated product that somebody made an offer in."""
    chance = persons.chance("quotations")
    proposed = np.full(len(found.names), NOTHING, dtype=np.int64)
    some = np.flatnonzero(went.after == PROPOSED)
    proposed[went.opportunity[some]] = went.changed_at[some]
    places = {place(product): terms for product, terms in NEGOTIATED.items()}
    rows = np.flatnonzero(np.isin(found.product, list(places)) & (proposed != NOTHING))
    count = len(rows)
    least, rate = (np.array([places[one][at_] for one in found.product[rows].tolist()]) for at_ in (0, 1))
    drawn = np.round(least * np.exp(np.abs(0.6 * chance.standard_normal(count))) / 1_000_000) * 1_000_000
    amount = np.where(found.cents[rows] != NOTHING, found.cents[rows], drawn).astype(np.int64)
    now = int(at(np.array([persons.plan.history.last]), 18)[0])
    offered = proposed[rows]
    requested = np.minimum(in_hours(offered - chance.integers(HOUR, 2 * DAY, count)), offered - 5 * MINUTE)
    requested = np.maximum(requested, found.opened_at[rows])
    until = day_of(offered) + VALID_DAYS
    stage, closed = found.stage[rows], found.closed_at[rows]
    refused = (stage == LOST) & (day_of(closed) <= until)
    past = (until < persons.plan.history.last) & (stage != WON)
    state = np.where(stage == WON, ACCEPTED, np.where(refused, REFUSED, np.where(past, EXPIRED, OFFERED)))
    # Who asked a moment ago has no answer yet.
    waits = (state == OFFERED) & (offered > now - 2 * DAY)
    state = np.where(waits, REQUESTED, state)
    answered = np.where((state == ACCEPTED) | (state == REFUSED), closed, NOTHING)
    by = found.owner[rows]
    leader = persons.desks.leaders[0, persons.who.outlet[found.customer[rows] - persons.first]]
    texts = chance.integers(0, len(TERMS), count)
    bonus = chance.integers(0, 4, count) * 500
    return Quotations(
        rows, found.product[rows], state, amount, np.round(rate * 1_000_000).astype(np.int64) + bonus,
        np.array([PRODUCTS[one].months or 36 for one in found.product[rows].tolist()], dtype=np.int64),
        [TERMS[one] for one in texts.tolist()], requested, np.where(waits, NOTHING, offered),
        np.where(waits, NOTHING, until), answered, np.where(waits, NOTHING, by),
        np.where((amount >= SIGNED_FROM) & ~waits, leader, NOTHING),
    )  # fmt: skip
