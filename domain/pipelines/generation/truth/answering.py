"""What comes back from campaigns: who is interested, who comes to an evening, who takes what was offered."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from domain.campaign.model import CampaignEventState
from domain.pipelines.generation.truth.campaigns import Campaign, Campaigns, product_of
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import in_order, together
from domain.pipelines.generation.truth.contacts import Offered
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.moments import DAY, HOUR, MINUTE, at, between, in_hours
from domain.pipelines.generation.truth.offering import CampaignMembers, Responses, Touches
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.randomness import Chance, Ints, logistic
from domain.response.model import ResponseKind
from domain.shared.channel import Channel
from domain.touch.model import TouchState

PLANNED, SENT, REACHED, FAILED, SUPPRESSED = map(code, TouchState)
INTERESTED, DECLINED, REGISTERED, ATTENDED, ABSENT, FEEDBACK, CONVERTED = map(code, ResponseKind)
COUNTER, PHONE, VISIT, WEB, MOBILE, MESSAGE, MAIL = map(code, Channel)

# By channel: counter, phone, visit, web, mobile, message, mail.
ANSWERS = np.array([-1.2, -1.5, -1.0, -2.6, -2.6, -2.4, -3.0])
"""Log-odds of interest in somebody who answers to offers as most do."""
OF_RESPONSIVENESS = 0.9
SAYS_NO = 0.8
COMES, COMES_INDEED, SAYS_HOW_IT_WAS = 0.7, 0.75, 0.6


def bought(persons: Persons, campaign: Campaign) -> Ints:
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


def responses(
    persons: Persons, shared: Campaigns, drawn: CampaignMembers, tried: Touches
) -> tuple[Responses, Offered, dict[int, int]]:
    """Of a block's persons, in order of time; what stood behind them; and which of them an account is, by account."""
    chance = persons.chance("campaign responses")
    now = int(at(np.array([persons.plan.history.last]), 18)[0])
    product = np.array([product_of(one) for one in shared.all], dtype=np.int64)
    took_it = _bought_by(persons, shared, drawn)
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
    took = np.isin(key, took_it.key)
    refused = spoken & ~interested & ~took & (chance.random(len(heard)) < SAYS_NO)
    parts = [
        _said(tried, heard[interested], INTERESTED, moment[interested]),
        _said(tried, heard[refused], DECLINED, moment[refused]),
        *_of_evenings(persons, chance, shared, tried, heard[interested], moment[interested], now),
        _converted(persons, chance, tried, product, took_it),
    ]
    made = together(Responses, parts)
    order = np.lexsort((made.kind, made.customer, made.responded_at))
    told = in_order(made, order)
    # Those who took the offer stand last, in the order of their accounts.
    begin = len(order) - len(took_it.account)
    which = order - begin
    rows = np.flatnonzero((which >= 0) & (told.touch != NOTHING))
    return told, asked, dict(zip(took_it.account[which[rows]].tolist(), rows.tolist(), strict=True))


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
        day = bought(persons, campaign)
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


def _converted(persons: Persons, chance: Chance, tried: Touches, product: Ints, taken: _Bought) -> Responses:
    """Who took what was offered; by the last attempt before, where there was one."""
    held = persons.held
    day = held.opened_on[taken.account]
    last: dict[tuple[int, int], int] = {}
    for touch, (campaign, customer, state) in enumerate(
        zip(tried.campaign.tolist(), tried.customer.tolist(), tried.state.tolist(), strict=True)
    ):
        if state in (SENT, REACHED):
            last[campaign, customer] = touch
    customer = taken.person + persons.first
    touch = np.array(
        [last.get(key, NOTHING) for key in zip(taken.campaign.tolist(), customer.tolist(), strict=True)],
        dtype=np.int64,
    )
    aim = held.aim[taken.account]
    moment = between(chance, day, 9.5, 17)
    return _some(
        taken.campaign, customer, touch, CONVERTED, moment, product=product[taken.campaign],
        amount=np.where(aim > 0, aim, NOTHING),
        recorded_by=np.where(touch == NOTHING, NOTHING, tried.staff[touch] if len(tried.staff) else NOTHING),
    )  # fmt: skip
