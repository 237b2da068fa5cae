"""Where possible sales come from: leads and referrals, those that became opportunities and those that did not."""

from dataclasses import replace
from typing import TypeVar

import numpy as np

from domain.lead.model import LeadDropReason, LeadOrigin, LeadState
from domain.pipelines.generation.truth import names, products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import in_order, together
from domain.pipelines.generation.truth.consenting import Allowed
from domain.pipelines.generation.truth.families import OF_AGE
from domain.pipelines.generation.truth.moments import DAY, HOUR, MINUTE, at, between, in_hours
from domain.pipelines.generation.truth.offering import Leads, Referrals
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import PRODUCTS, place
from domain.pipelines.generation.truth.randomness import Chance, Ints
from domain.pipelines.generation.truth.undertakings import Opportunities
from domain.referral.model import ReferralState
from domain.shared.channel import Channel

Records = TypeVar("Records", Leads, Referrals)

FORM, FILE, REFERRAL, CUSTOMER_REFERRAL, WALK_IN = map(code, LeadOrigin)
OPEN, QUALIFIED, DROPPED = map(code, LeadState)
NOT_REACHED, NOT_INTERESTED, NOT_ELIGIBLE, DUPLICATE, DO_NOT_CONTACT = map(code, LeadDropReason)
WAITS, ACCEPTED, DECLINED, BECAME_ONE = map(code, ReferralState)
COUNTER, PHONE, VISIT, WEB, MOBILE, MESSAGE, MAIL = map(code, Channel)

FROM_LEAD, FROM_REFERRAL, CAMPAIGN_BY_LEAD = 0.1, 0.16, 0.4
"""Of the opportunities, how many were a lead or a referral before; and of those of campaigns, how many a lead."""
PROSPECTS_NAMED, STRANGERS = 0.35, 0.004
"""Of the prospects, who is a lead; and for each person one who is on no record, and has left a number."""
REFERRED_A_YEAR = 0.012
PATIENCE_DAYS = 28
"""After which a lead or a referral has been looked at."""
WANTED = (
    products.STEADY_POT,
    products.MORTGAGE,
    products.CONSUMER,
    products.BUSINESS,
    products.TERMS[5],
    products.GOLD,
)
BY_ORIGIN = {FORM: WEB, FILE: MAIL, REFERRAL: COUNTER, CUSTOMER_REFERRAL: PHONE, WALK_IN: COUNTER}
INTERESTS = ("想了解{}。", "咨询{}的条件。", "有意办理{}。")
REASONS = ("柜面办理业务时问到{}。", "大额存款到期，有意{}。", "希望由专人介绍{}。")
DECLINES = ("客户已在他行办理。", "客户暂不考虑。", "不在本网点服务范围。")


def with_origins(persons: Persons, allowed: Allowed, found: Opportunities) -> tuple[Opportunities, Leads, Referrals]:
    """The opportunities, with the leads and referrals that they were; and all others of a block's persons."""
    chance = persons.chance("prospecting")
    count = len(found.names)
    draws = chance.random(count)
    is_campaigns = found.campaign != NOTHING
    led = np.flatnonzero(np.where(is_campaigns, draws < CAMPAIGN_BY_LEAD, draws < FROM_LEAD))
    sent = np.flatnonzero(~is_campaigns & (draws > 1 - FROM_REFERRAL))
    leads, leads_at = _sorted([_qualified(persons, chance, found, led), *_others(persons, chance, allowed)], Leads)
    sales, sales_at = _sorted([_converted(persons, chance, found, sent), _unconverted(persons, chance)], Referrals)
    lead, referral = found.lead.copy(), found.referral.copy()
    lead[led] = leads_at[: len(led)]
    referral[sent] = sales_at[: len(sent)]
    return replace(found, lead=lead, referral=referral), leads, sales


def _sorted(parts: list[Records], kind: type[Records]) -> tuple[Records, Ints]:
    """One after another in time, and where each of them is then."""
    made = together(kind, parts)
    moment = made.captured_at if isinstance(made, Leads) else made.referred_at
    order = np.argsort(moment, kind="stable")
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return in_order(made, order), places


def _qualified(persons: Persons, chance: Chance, found: Opportunities, rows: Ints) -> Leads:
    count = len(rows)
    person = found.customer[rows] - persons.first
    origin = np.array([FORM, REFERRAL, CUSTOMER_REFERRAL, WALK_IN])[chance.integers(0, 4, count)]
    # An answer to a campaign is its form.
    origin = np.where(found.campaign[rows] != NOTHING, FORM, origin)
    captured = in_hours(found.opened_at[rows] - chance.integers(2 * HOUR, 6 * DAY, count))
    captured = np.minimum(captured, found.opened_at[rows] - 10 * MINUTE)
    nobody: list[str | None] = [None] * count
    return Leads(
        origin, _channels(origin), np.full(count, QUALIFIED), found.customer[rows], nobody, nobody,
        _texts(chance, INTERESTS, found.product[rows]), found.product[rows], found.campaign[rows], found.owner[rows],
        _captured_by(persons, chance, origin, person, found.owner[rows]), found.office[rows], captured,
        found.opened_at[rows], np.full(count, NOTHING),
    )  # fmt: skip


def _channels(origin: Ints) -> Ints:
    return np.array([BY_ORIGIN[one] for one in range(len(LeadOrigin))])[origin]


def _captured_by(persons: Persons, chance: Chance, origin: Ints, person: Ints, owner: Ints) -> Ints:
    teller = persons.desks.teller(chance, persons.who.outlet[person])
    by_teller = (origin == REFERRAL) | (origin == WALK_IN)
    return np.where(by_teller, teller, np.where(origin == CUSTOMER_REFERRAL, owner, NOTHING))


def _texts(chance: Chance, texts: tuple[str, ...], product: Ints) -> list[str]:
    at_ = chance.integers(0, len(texts), len(product))
    return [
        texts[which].format(PRODUCTS[what].name) for which, what in zip(at_.tolist(), product.tolist(), strict=True)
    ]


def _others(persons: Persons, chance: Chance, allowed: Allowed) -> list[Leads]:
    """Prospects on record, and strangers, to whom nothing has been sold so far."""
    history, who = persons.plan.history, persons.who
    prospects = np.flatnonzero(persons.bonds.is_prospect & (chance.random(len(persons)) < PROSPECTS_NAMED))
    strangers = chance.choice(len(persons), int(chance.binomial(len(persons), STRANGERS)), replace=True)
    made: list[Leads] = []
    for person, is_known in ((prospects, True), (strangers, False)):
        count = len(person)
        none: list[str | None] = [None] * count
        day = history.last - np.floor(chance.exponential(60, count)).astype(np.int64)
        day = np.maximum(day, history.first)
        origin = np.array([FORM, FILE, CUSTOMER_REFERRAL, WALK_IN])[chance.integers(0, 4, count)]
        product = np.array([place(one) for one in WANTED])[chance.integers(0, len(WANTED), count)]
        captured = between(chance, day, 9, 17.4)
        over = (day + PATIENCE_DAYS < history.last) | (chance.random(count) < 0.25)
        closed = in_hours(captured + chance.integers(DAY, PATIENCE_DAYS * DAY, count))
        now = int(at(np.array([history.last]), 18)[0])
        over &= closed <= now
        reason = np.array([NOT_REACHED, NOT_INTERESTED, NOT_ELIGIBLE])[
            np.searchsorted([0.45, 0.85], chance.random(count))
        ]
        if is_known:
            refused = ~allowed.on(person, day, np.full(count, PHONE))
            reason = np.where(refused & (chance.random(count) < 0.3), DO_NOT_CONTACT, reason)
        manager = persons.desks.leaders[0, who.outlet[person]]
        owner = np.where(is_known & (persons.known.manager[person] != NOTHING), persons.known.manager[person], manager)
        name, phone = _names(chance, count), _phones(persons, chance, count)
        if is_known:
            name = [persons.known.names[at_] for at_ in person.tolist()]
            phone = none
        nothing = np.full(count, NOTHING, dtype=np.int64)
        made.append(
            Leads(
                origin, _channels(origin), np.where(over, DROPPED, OPEN),
                person + persons.first if is_known else nothing, name, phone, _texts(chance, INTERESTS, product),
                product, nothing, owner, _captured_by(persons, chance, origin, person, owner),
                persons.desks.office[who.outlet[person]], captured, np.where(over, closed, NOTHING),
                np.where(over, reason, NOTHING),
            )
        )  # fmt: skip
    return made


def _names(chance: Chance, count: int) -> list[str | None]:
    """As people write them into forms: a surname, and how to address them."""
    called = ("先生", "女士")
    ways = chance.integers(0, 2, count).tolist()
    return [surname + called[way] for surname, way in zip(names.surnames(chance, count), ways, strict=True)]


def _phones(persons: Persons, chance: Chance, count: int) -> list[str | None]:
    """Numbers of nobody on record."""
    numbers = chance.choice(100_000, count, replace=False)
    return [f"192{persons.block.number % 1_000:03d}{number:05d}" for number in numbers.tolist()]


def _converted(persons: Persons, chance: Chance, found: Opportunities, rows: Ints) -> Referrals:
    count = len(rows)
    person = found.customer[rows] - persons.first
    referred = in_hours(found.opened_at[rows] - chance.integers(HOUR, 3 * DAY, count))
    referred = np.minimum(referred, found.opened_at[rows] - 10 * MINUTE)
    answers: list[str | None] = ["已联系客户。"] * count
    return Referrals(
        np.full(count, BECAME_ONE), found.customer[rows], found.product[rows],
        _texts(chance, REASONS, found.product[rows]), persons.desks.teller(chance, persons.who.outlet[person]),
        found.owner[rows], found.office[rows], referred, found.opened_at[rows], answers,
    )  # fmt: skip


def _unconverted(persons: Persons, chance: Chance) -> Referrals:
    """Of which nothing has come, or nothing yet."""
    history, known = persons.plan.history, persons.known
    may = (known.manager != NOTHING) & (persons.who.age >= OF_AGE)
    person, day = persons.some(chance, np.where(may, REFERRED_A_YEAR, 0.0))
    day = np.minimum(day, history.last - 1)
    count = len(person)
    referred = between(chance, day, 9, 16.5)
    answered = in_hours(referred + chance.integers(2 * HOUR, 5 * DAY, count))
    now = int(at(np.array([history.last]), 18)[0])
    waits = (answered > now) | ((day > history.last - PATIENCE_DAYS) & (chance.random(count) < 0.2))
    accepted = ~waits & (day > history.last - PATIENCE_DAYS)
    state = np.where(waits, WAITS, np.where(accepted, ACCEPTED, DECLINED))
    product = np.array([place(one) for one in WANTED])[chance.integers(0, len(WANTED), count)]
    declines = chance.integers(0, len(DECLINES), count)
    answers = [
        None if one == WAITS else "已受理，将联系客户。" if one == ACCEPTED else DECLINES[which]
        for one, which in zip(state.tolist(), declines.tolist(), strict=True)
    ]
    outlet = persons.who.outlet[person]
    return Referrals(
        state, person + persons.first, product, _texts(chance, REASONS, product),
        persons.desks.teller(chance, outlet), known.manager[person], persons.desks.office[outlet], referred,
        np.where(waits, NOTHING, answered), answers,
    )  # fmt: skip
