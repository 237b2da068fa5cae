"""What campaigns do to a block's persons: whom they draw, how they try to reach them, and what comes back."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from domain.campaign.model import CampaignArm, CampaignEventState, CampaignState
from domain.customer.model import ContactPointKind
from domain.pipelines.generation.truth.campaigns import Audience, Campaign, Campaigns, product_of
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import in_order, none, together
from domain.pipelines.generation.truth.consenting import Allowed
from domain.pipelines.generation.truth.contacts import Offered
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.families import NOBODY, OF_AGE
from domain.pipelines.generation.truth.moments import DAY, HOUR, MINUTE, at, between, day_of, in_hours
from domain.pipelines.generation.truth.offering import Campaigned, CampaignMembers, Responses, Touches
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import CASH_POT, PENSION, STEADY_POT, place
from domain.pipelines.generation.truth.randomness import Chance, Flags, Ints, logistic
from domain.response.model import ResponseKind
from domain.shared.channel import Channel
from domain.touch.model import FATIGUE, MOST_TOUCHES, TouchState

TARGET, CONTROL = map(code, CampaignArm)
PLANNED, SENT, REACHED, FAILED, SUPPRESSED = map(code, TouchState)
INTERESTED, DECLINED, REGISTERED, ATTENDED, ABSENT, FEEDBACK, CONVERTED = map(code, ResponseKind)
COUNTER, PHONE, VISIT, WEB, MOBILE, MESSAGE, MAIL = map(code, Channel)

DRAWN = {
    Audience.WITHOUT_PENSION: 0.5, Audience.WELL_OFF: 0.6, Audience.WEALTHY: 0.9, Audience.SAVERS: 0.6,
    Audience.ASLEEP: 0.8, Audience.PARENTS: 0.6, Audience.INVESTORS: 0.5, Audience.PAID_HERE: 0.6,
}  # fmt: skip
"""Of those whom it fits, and who have allowed it, how many a campaign draws."""
LIFT = 1.8
"""An account of what is offered is so many times as probable in the target arm as in the control arm."""
# By channel: counter, phone, visit, web, mobile, message, mail.
ANSWERS = np.array([-1.2, -1.5, -1.0, -2.6, -2.6, -2.4, -3.0])
"""Log-odds of interest in somebody who answers to offers as most do."""
OF_RESPONSIVENESS = 0.9
GETS_THERE = np.array([0.97, 0.62, 0.9, 0.5, 0.55, 0.7, 0.3])
NOT_KNOWN = np.array([0.0, 0.0, 0.0, 0.5, 0.4, 0.24, 0.65])
"""How many attempts reach somebody, and of how many nobody learns it; the others fail."""
AGAIN, SAYS_NO = 0.45, 0.8
COMES, COMES_INDEED, SAYS_HOW_IT_WAS = 0.7, 0.75, 0.6


@dataclass(frozen=True, slots=True)
class Answered:
    """What campaigns did, and what stood behind it: of whom they asked, and whom something was interesting for.

    interested     places among the responses
    sold           by account that somebody took whom an attempt had reached, the place of that response
    offers         (campaigns,): places in the catalogue of what each offers
    """

    told: Campaigned
    asked: Offered
    interested: Ints
    sold: dict[int, int]
    offers: Ints


def nothing_campaigned() -> Campaigned:
    """Of a block that no campaign is for."""
    return Campaigned(none(CampaignMembers), none(Touches), none(Responses))


def campaigned(persons: Persons, allowed: Allowed, shared: Campaigns) -> Answered:
    """All of a block's persons."""
    audience = _Audiences.of(persons)
    members: list[CampaignMembers] = []
    touches: list[Touches] = []
    for number, campaign in enumerate(shared.all):
        if campaign.audience is Audience.NOBODY or campaign.state not in (CampaignState.RUNNING, CampaignState.ENDED):
            continue
        chance = persons.chance(f"campaign {campaign.name}")
        drawn, bought_on = _members(persons, chance, allowed, shared, number, audience)
        members.append(drawn)
        touches += _touches(persons, chance, campaign, drawn, bought_on)
    offers = np.array([product_of(one) for one in shared.all], dtype=np.int64)
    drawn, tried = together(CampaignMembers, members), together(Touches, touches)
    tried = in_order(tried, np.lexsort((tried.campaign, tried.customer, tried.happened_at)))
    _spare(persons, allowed, tried)
    made, asked, sold = _responses(persons, shared, drawn, tried)
    interested = np.flatnonzero(made.kind == INTERESTED)
    return Answered(Campaigned(drawn, tried, made), asked, interested, sold, offers)


@dataclass(frozen=True, slots=True)
class _Audiences:
    """Whom each audience is made of, arrays (persons,); `has` tells since when somebody has a product."""

    fits: dict[Audience, Flags]
    first: dict[int, Ints]

    @classmethod
    def of(cls, persons: Persons) -> "_Audiences":
        who, lives, bonds, held = persons.who, persons.lives, persons.bonds, persons.held
        grown = (who.age >= OF_AGE) & bonds.is_customer
        parents = np.zeros(len(persons), dtype=np.bool_)
        for side in (who.father, who.mother):
            parents[side[(side != NOBODY) & (who.age < 25)]] = True
        fits = {
            Audience.WITHOUT_PENSION: grown & (who.age >= 25) & (who.age < 58) & (lives.income > 5_000),
            Audience.WELL_OFF: grown & (lives.wealth >= 150_000),
            Audience.WEALTHY: grown & (lives.wealth >= 300_000),
            Audience.SAVERS: grown & (lives.wealth >= 30_000),
            Audience.ASLEEP: grown & (bonds.sleeps_from != NEVER),
            Audience.PARENTS: grown & parents,
            Audience.INVESTORS: grown & (lives.wealth >= 50_000) & (who.age < 60),
            Audience.PAID_HERE: grown & lives.is_paid_here,
        }
        never = np.iinfo(np.int64).max
        first: dict[int, Ints] = {}
        for product in map(place, (PENSION, STEADY_POT, CASH_POT)):
            some = np.flatnonzero(held.product == product)
            first[product] = np.full(len(persons), never)
            np.minimum.at(first[product], held.owner[some], held.opened_on[some])
        return cls(fits, first)

    def rows(self, persons: Persons, campaign: Campaign) -> Flags:
        """Who belongs to that of a campaign, on the day on which it is drawn."""
        fit = self.fits[campaign.audience].copy()
        if (first := self.first.get(product_of(campaign))) is not None:
            fit &= first > campaign.drawn_on
        if campaign.audience is Audience.ASLEEP:
            fit &= persons.bonds.sleeps_from < campaign.drawn_on - 180
        return fit


def _members(
    persons: Persons, chance: Chance, allowed: Allowed, shared: Campaigns, number: int, audience: _Audiences
) -> tuple[CampaignMembers, Ints]:
    """Whom a campaign draws, and on which day they took what it offers, NEVER for others."""
    campaign, bonds = shared.all[number], persons.bonds
    day = campaign.drawn_on
    everybody = np.arange(len(persons))
    fit = audience.rows(persons, campaign) & shared.of_outlet[number][persons.who.outlet]
    fit &= (bonds.joined_on < day) & ((bonds.left_on == NEVER) | (bonds.left_on > day))
    fit &= allowed.on(everybody, np.full(len(persons), day), np.full(len(persons), COUNTER))
    row = np.flatnonzero(fit & (chance.random(len(persons)) < DRAWN[campaign.audience]))
    bought = _bought(persons, campaign)[row]
    # Who takes what is offered is more often among those who were reached: that is what campaigns are for.
    share = 1 - campaign.control
    odds = np.where(bought != NEVER, LIFT, 1.0) * share
    is_target = chance.random(len(row)) < odds / (odds + campaign.control)
    count = len(row)
    return CampaignMembers(
        np.full(count, number), row + persons.first, np.where(is_target, TARGET, CONTROL), np.full(count, day)
    ), bought


def _bought(persons: Persons, campaign: Campaign) -> Ints:
    """The day on which each person opened an account of what a campaign offers, while it ran; NEVER for others."""
    held = persons.held
    some = np.flatnonzero(
        (held.product == product_of(campaign))
        & (held.opened_on > campaign.starts_on)
        & (held.opened_on <= min(campaign.ends_on, persons.plan.history.last - 1))
    )
    day = np.full(len(persons), NEVER, dtype=np.int64)
    some = some[np.argsort(held.opened_on[some], kind="stable")[::-1]]
    day[held.owner[some]] = held.opened_on[some]
    return day


def _touches(
    persons: Persons, chance: Chance, campaign: Campaign, drawn: CampaignMembers, bought_on: Ints
) -> Iterator[Touches]:
    """One attempt for each of the target arm, and for some another one; none after somebody took the offer or left."""
    row = drawn.customer - persons.first
    days = campaign.ends_on - campaign.starts_on
    ways = np.array([code(channel) for channel in campaign.channels])
    first = campaign.starts_on + np.floor(chance.random(len(row)) * days * 0.6).astype(np.int64)
    way = chance.integers(0, len(ways), len(row))
    later = first + 5 + chance.integers(0, 15, len(row))
    again = chance.random(len(row)) < AGAIN
    manager = persons.manager_or_teller(chance, row)
    for day, channel, wanted in (
        (first, ways[way], np.ones(len(row), dtype=np.bool_)),
        (later, ways[(way + 1) % len(ways)], again & (later <= campaign.ends_on)),
    ):
        left = persons.bonds.left_on[row]
        wanted = wanted & (drawn.arm == TARGET) & ((bought_on == NEVER) | (day < bought_on))
        some = np.flatnonzero(wanted & ((left == NEVER) | (day < left)))
        count = len(some)
        moment = between(chance, day[some], 9.5, 17.5)
        draws = chance.random(count)
        ends = GETS_THERE[channel[some]]
        state = np.where(draws < ends, REACHED, np.where(draws < ends + NOT_KNOWN[channel[some]], SENT, FAILED))
        by_staff = np.isin(channel[some], (COUNTER, PHONE, VISIT))
        yield Touches(
            drawn.campaign[some], drawn.customer[some], np.full(count, NOTHING), channel[some], state,
            np.where(by_staff, manager[some], NOTHING), moment,
            [None if one else f"{campaign.offer}客图银行" for one in by_staff.tolist()],
        )  # fmt: skip


def _spare(persons: Persons, allowed: Allowed, tried: Touches) -> None:
    """What is to come is planned; whom nobody may reach, or too many would, is left alone; some have no phone."""
    row, day = tried.customer - persons.first, day_of(tried.happened_at)
    reached = persons.contacts
    has_phone = np.zeros(len(persons), dtype=np.bool_)
    has_phone[reached.customer[reached.kind == code(ContactPointKind.PHONE)] - persons.first] = True
    by_phone = np.isin(tried.channel, (PHONE, MESSAGE))
    tried.state[by_phone & ~has_phone[row]] = FAILED
    now = int(at(np.array([persons.plan.history.last]), 18)[0])
    tried.state[tried.happened_at > now] = PLANNED
    tried.state[~allowed.on(row, day, tried.channel)] = SUPPRESSED
    counted = np.flatnonzero(np.isin(tried.state, (PLANNED, SENT, REACHED)))
    order = counted[np.lexsort((tried.happened_at[counted], row[counted]))]
    before = order[:-MOST_TOUCHES]
    after = order[MOST_TOUCHES:]
    days = int(FATIGUE.total_seconds())
    tired = (row[before] == row[after]) & (tried.happened_at[after] - tried.happened_at[before] < days)
    tried.state[after[tired]] = SUPPRESSED


def _responses(
    persons: Persons, shared: Campaigns, drawn: CampaignMembers, tried: Touches
) -> tuple[Responses, Offered, dict[int, int]]:
    chance = persons.chance("campaign responses")
    now = int(at(np.array([persons.plan.history.last]), 18)[0])
    product = np.array([product_of(one) for one in shared.all], dtype=np.int64)
    bought = _bought_by(persons, shared, drawn)
    heard = np.flatnonzero((tried.state == REACHED) & (product[tried.campaign] != NOTHING))
    key = tried.campaign[heard] * len(persons) + tried.customer[heard] - persons.first
    _, once = np.unique(key, return_index=True)
    heard = np.sort(heard[once])
    row, channel = tried.customer[heard] - persons.first, tried.channel[heard]
    likes = logistic(ANSWERS[channel] + OF_RESPONSIVENESS * persons.inclined.responsiveness[row])
    interested = chance.random(len(heard)) < likes
    spoken = np.isin(channel, (PHONE, COUNTER, VISIT))
    own = chance.exponential(9 * HOUR, len(heard)).astype(np.int64) + 2 * MINUTE
    moment = tried.happened_at[heard] + np.where(spoken, chance.integers(3 * MINUTE, 15 * MINUTE, len(heard)), own)
    moment = np.where(spoken, moment, in_hours(moment))
    # Who has not answered by now, has not answered.
    interested &= moment <= now
    asked = Offered(row, likes, interested)
    key = tried.campaign[heard] * len(persons) + row
    took = np.isin(key, bought.key)
    refused = spoken & ~interested & ~took & (chance.random(len(heard)) < SAYS_NO)
    parts = [
        _said(tried, heard[interested], INTERESTED, moment[interested]),
        _said(tried, heard[refused], DECLINED, moment[refused]),
        *_of_evenings(persons, chance, shared, tried, heard[interested], moment[interested], now),
        _converted(persons, chance, tried, product, bought),
    ]
    made = together(Responses, parts)
    order = np.lexsort((made.kind, made.customer, made.responded_at))
    told = in_order(made, order)
    # Those who took the offer stand last, in the order of their accounts.
    begin = len(order) - len(bought.account)
    which = order - begin
    rows = np.flatnonzero((which >= 0) & (told.touch != NOTHING))
    return told, asked, dict(zip(bought.account[which[rows]].tolist(), rows.tolist(), strict=True))


def _said(tried: Touches, rows: Ints, kind: int, moment: Ints) -> Responses:
    return _some(
        tried.campaign[rows], tried.customer[rows], rows, kind, moment, recorded_by=tried.staff[rows]
    )  # fmt: skip


def _some(
    campaign: Ints, customer: Ints, touch: Ints, kind: Ints | int, moment: Ints, *, event: Ints | int = NOTHING,
    product: Ints | int = NOTHING, amount: Ints | int = NOTHING, satisfaction: Ints | int = NOTHING,
    recorded_by: Ints | int = NOTHING,
) -> Responses:  # fmt: skip
    def full(values: Ints | int) -> Ints:
        return np.broadcast_to(np.asarray(values, dtype=np.int64), campaign.shape).copy()

    return Responses(
        campaign, customer, touch, full(event), full(kind), moment, full(product), full(amount), full(NOTHING),
        full(satisfaction), full(recorded_by),
    )  # fmt: skip


def _of_evenings(
    persons: Persons, chance: Chance, shared: Campaigns, tried: Touches, rows: Ints, moment: Ints, now: int
) -> Iterator[Responses]:
    """Who will come to the evening at their outlet, who came, and how they liked it."""
    evenings = shared.evenings
    if not evenings:
        return
    event = shared.evening_of[persons.who.outlet[tried.customer[rows] - persons.first]]
    starts, ends, of, host = (
        np.array([getattr(one, name) for one in evenings], dtype=np.int64)[event]
        for name in ("starts_at", "ends_at", "campaign", "host")
    )
    held = np.array([one.state is CampaignEventState.HELD for one in evenings])[event]
    draws = chance.random((4, len(rows)))
    will = np.flatnonzero((of == tried.campaign[rows]) & (moment < starts) & (draws[0] < COMES))
    came = draws[1] < COMES_INDEED
    was = will[held[will] & (starts[will] < now)]
    for some, kind, when in (
        (will, np.full(len(will), REGISTERED), moment[will] + MINUTE),
        (was, np.where(came[was], ATTENDED, ABSENT), starts[was]),
    ):
        yield _some(
            tried.campaign[rows[some]], tried.customer[rows[some]], rows[some], kind, when, event=event[some],
            recorded_by=host[some],
        )  # fmt: skip
    told = was[came[was] & (draws[2][was] < SAYS_HOW_IT_WAS) & (ends[was] + DAY < now)]
    liked = np.searchsorted([0.02, 0.06, 0.2, 0.6], draws[3][told]) + 1
    yield _some(
        tried.campaign[rows[told]], tried.customer[rows[told]], rows[told], FEEDBACK, ends[told] + 3 * HOUR,
        event=event[told], satisfaction=liked,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Bought:
    """Who of the members, in whichever arm, opened an account of what was offered: `account` among the block's."""

    key: Ints
    campaign: Ints
    person: Ints
    account: Ints


def _bought_by(persons: Persons, shared: Campaigns, drawn: CampaignMembers) -> _Bought:
    held = persons.held
    row = drawn.customer - persons.first
    found: list[tuple[Ints, Ints, Ints]] = []
    for number, campaign in enumerate(shared.all):
        mine = row[drawn.campaign == number]
        if not len(mine) or campaign.product is None:
            continue
        day = _bought(persons, campaign)
        mine = mine[day[mine] != NEVER]
        some = np.flatnonzero(held.product == product_of(campaign))
        some = some[held.opened_on[some] == day[held.owner[some]]]
        _, once = np.unique(held.owner[some], return_index=True)
        some = some[once]
        some = some[np.isin(held.owner[some], mine)]
        found.append((np.full(len(some), number), held.owner[some], some))
    campaign_, person, account = (
        map(np.concatenate, zip(*found, strict=True)) if found else [np.zeros(0, dtype=np.int64)] * 3
    )
    return _Bought(campaign_ * len(persons) + person, campaign_, person, account)


def _converted(persons: Persons, chance: Chance, tried: Touches, product: Ints, bought: _Bought) -> Responses:
    """Who took what was offered; by the last attempt before, where there was one."""
    held = persons.held
    day = held.opened_on[bought.account]
    last: dict[tuple[int, int], int] = {}
    for touch, (campaign, customer, state) in enumerate(
        zip(tried.campaign.tolist(), tried.customer.tolist(), tried.state.tolist(), strict=True)
    ):
        if state in (SENT, REACHED):
            last[campaign, customer] = touch
    customer = bought.person + persons.first
    touch = np.array(
        [last.get(key, NOTHING) for key in zip(bought.campaign.tolist(), customer.tolist(), strict=True)],
        dtype=np.int64,
    )
    aim = held.aim[bought.account]
    moment = between(chance, day, 9.5, 17)
    return _some(
        bought.campaign, customer, touch, CONVERTED, moment, product=product[bought.campaign],
        amount=np.where(aim > 0, aim, NOTHING),
        recorded_by=np.where(touch == NOTHING, NOTHING, tried.staff[touch] if len(tried.staff) else NOTHING),
    )  # fmt: skip
