"""What campaigns do to a block's persons: whom they draw, and how they try to reach them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from domain.campaign.model import CampaignArm, CampaignState
from domain.customer.model import ContactPointKind
from domain.pipelines.generation.truth.answering import bought, responses
from domain.pipelines.generation.truth.campaigns import Audience, Campaign, Campaigns, product_of
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import in_order, none, together
from domain.pipelines.generation.truth.consenting import Allowed
from domain.pipelines.generation.truth.contacts import Offered
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.families import NOBODY, OF_AGE
from domain.pipelines.generation.truth.moments import at, between, day_of
from domain.pipelines.generation.truth.offering import Campaigned, CampaignMembers, Responses, Touches
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import CASH_POT, PENSION, STEADY_POT, place
from domain.pipelines.generation.truth.randomness import Chance, Flags, Ints
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
GETS_THERE = np.array([0.97, 0.62, 0.9, 0.5, 0.55, 0.7, 0.3])
NOT_KNOWN = np.array([0.0, 0.0, 0.0, 0.5, 0.4, 0.24, 0.65])
"""How many attempts reach somebody, and of how many nobody learns it; the others fail."""
AGAIN = 0.45


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
    made, asked, sold = responses(persons, shared, drawn, tried)
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
    taken_on = bought(persons, campaign)[row]
    # Who takes what is offered is more often among those who were reached: that is what campaigns are for.
    share = 1 - campaign.control
    odds = np.where(taken_on != NEVER, LIFT, 1.0) * share
    is_target = chance.random(len(row)) < odds / (odds + campaign.control)
    count = len(row)
    return CampaignMembers(
        np.full(count, number), row + persons.first, np.where(is_target, TARGET, CONTROL), np.full(count, day)
    ), taken_on


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
