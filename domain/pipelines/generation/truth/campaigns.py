"""What the bank advertises in a year: campaigns of the head office, handed down to provinces; evenings at outlets."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from domain.branch.model import BranchLevel
from domain.campaign.model import CampaignEventState, CampaignObjective, CampaignState
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.days import SPRING_FESTIVALS, a_date, day_in_month, number
from domain.pipelines.generation.truth.moments import HOUR, at
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.places import short
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.products import Product, place
from domain.pipelines.generation.truth.randomness import Flags, Ints, stream
from domain.shared.channel import Channel
from domain.staff.model import StaffPost, StaffState

HEAD_OFFICE = 0
DAYS_BEFORE = 2
"""So long before a campaign begins its audience is drawn."""
SEASONS = ("冬季", "冬季", "春季", "春季", "春季", "夏季", "夏季", "夏季", "秋季", "秋季", "秋季", "冬季")
SEATS = 30


class Audience(IntEnum):
    """Whom a campaign is for."""

    NOBODY = 0
    WITHOUT_PENSION = 1
    WELL_OFF = 2
    WEALTHY = 3
    SAVERS = 4
    ASLEEP = 5
    PARENTS = 6
    INVESTORS = 7
    PAID_HERE = 8


@dataclass(frozen=True, slots=True)
class Campaign:
    """Places in the bank's staff, offices and catalogue; days. `parent` is a place among the campaigns."""

    name: str
    offer: str
    objective: CampaignObjective
    channels: tuple[Channel, ...]
    audience: Audience
    product: Product | None
    starts_on: int
    ends_on: int
    budget: int
    control: float
    office: int = HEAD_OFFICE
    owner: int = NOTHING
    approved_by: int = NOTHING
    parent: int = NOTHING
    state: CampaignState = CampaignState.PLANNED
    has_evenings: bool = False
    is_handed_down: bool = False

    @property
    def drawn_on(self) -> int:
        """The day on which its audience is drawn."""
        return self.starts_on - DAYS_BEFORE


@dataclass(frozen=True, slots=True)
class Evening:
    """An event of a campaign at an outlet; instants."""

    campaign: int
    office: int
    host: int
    name: str
    state: CampaignEventState
    starts_at: int
    ends_at: int


@dataclass(frozen=True, slots=True)
class Campaigns:
    """All of the bank; `of_outlet` (campaigns, outlets) tells whether a campaign reaches an outlet's customers.

    evening_of  (outlets,) place of the evening at each outlet, NOTHING where none is
    """

    all: tuple[Campaign, ...]
    evenings: tuple[Evening, ...]
    of_outlet: Flags
    evening_of: Ints


PHONE, MESSAGE, COUNTER, MOBILE, MAIL = Channel.PHONE, Channel.MESSAGE, Channel.COUNTER, Channel.MOBILE, Channel.MAIL
CROSS_SELL = CampaignObjective.CROSS_SELL


def campaigns(plan: Plan, bank: Organisation) -> Campaigns:
    """Those of a bank."""
    made: list[Campaign] = []
    regions = [office for office, node in enumerate(bank.offices) if node.level is BranchLevel.BRANCH]
    analyst, administrator = (
        _one(bank, HEAD_OFFICE, StaffPost.ANALYST),
        _one(bank, HEAD_OFFICE, StaffPost.ADMINISTRATOR),
    )
    reaches: list[list[bool]] = []
    above = [_above(bank, outlet.office) for outlet in bank.outlets]
    for campaign in _of_head_office(plan):
        signed = administrator if campaign.state not in (CampaignState.PLANNED, CampaignState.CANCELLED) else NOTHING
        campaign = replace(campaign, owner=analyst, approved_by=signed)
        parent = len(made)
        made.append(campaign)
        reaches.append([not campaign.is_handed_down] * len(bank.outlets))
        for office in regions if campaign.is_handed_down else ():
            made.append(
                replace(
                    campaign, name=f"{campaign.name}（{short(bank.offices[office].area)}）", office=office,
                    parent=parent, owner=_one(bank, office, StaffPost.REGIONAL_MANAGER), approved_by=analyst,
                    starts_on=campaign.starts_on + 3, budget=campaign.budget // (len(regions) + 1),
                )
            )  # fmt: skip
            reaches.append([one == office for one in above])
    evenings = tuple(_evenings(plan, bank, made))
    evening_of = np.full(len(bank.outlets), NOTHING, dtype=np.int64)
    places = {outlet.office: at for at, outlet in enumerate(bank.outlets)}
    for at_, evening in enumerate(evenings):
        evening_of[places[evening.office]] = at_
    return Campaigns(tuple(made), evenings, np.array(reaches, dtype=np.bool_), evening_of)


def _above(bank: Organisation, office: int) -> int:
    """The province of an outlet."""
    while bank.offices[office].level is not BranchLevel.BRANCH:
        office = bank.offices[office].parent or HEAD_OFFICE
    return office


def _one(bank: Organisation, office: int, post: StaffPost) -> int:
    return next(
        place
        for place, member in enumerate(bank.staff)
        if member.office == office and member.post is post and member.state is StaffState.ACTIVE
    )


def _of_head_office(plan: Plan) -> Iterator[Campaign]:
    """In order of their first day; states follow from the business date."""
    history = plan.history

    def running(
        month: int, days: int, name: str, offer: str, audience: Audience, product: Product | None, budget: int,
        channels: tuple[Channel, ...], *, objective: CampaignObjective = CROSS_SELL, control: float = 0.2,
        starts_on: int | None = None, is_handed_down: bool = False, has_evenings: bool = False,
    ) -> Campaign:  # fmt: skip
        first = int(day_in_month(history.months[0] + np.full(1, month), np.full(1, 5))[0])
        begins = first if starts_on is None else starts_on
        ends = begins + days
        over = CampaignState.ENDED if ends < history.last else CampaignState.RUNNING
        state = over if begins <= history.last else CampaignState.APPROVED
        season = SEASONS[a_date(begins).month - 1]
        return Campaign(
            f"{season}{name}", offer, objective, channels, audience, product, begins, ends, budget, control,
            state=state, is_handed_down=is_handed_down, has_evenings=has_evenings,
        )  # fmt: skip

    yield running(
        0, 75, "个人养老金开户季", "开户即享专属利率，代为办理税收抵扣。", Audience.WITHOUT_PENSION, products.PENSION,
        300_000, (PHONE, MESSAGE, MOBILE),
    )  # fmt: skip
    yield running(
        2, 80, "大额存单专享", "二十万元起存，额度优先。", Audience.WELL_OFF, products.TERMS[5], 180_000,
        (PHONE, COUNTER, MESSAGE), is_handed_down=True,
    )  # fmt: skip
    for festival in map(number, SPRING_FESTIVALS.values()):
        if history.first <= festival - 10 and festival + 5 <= history.last:
            yield replace(
                running(
                    0, 15, "", "新春祝福与窗花。", Audience.WEALTHY, None, 60_000, (MESSAGE, MAIL),
                    objective=CampaignObjective.CARE, control=0.0, starts_on=festival - 10,
                ),
                name=f"{a_date(festival).year} 年新春祝福",
            )  # fmt: skip
    yield running(
        4, 80, "稳健理财体验", "首购客户专属产品。", Audience.SAVERS, products.STEADY_POT, 240_000,
        (PHONE, MESSAGE, COUNTER), is_handed_down=True,
    )  # fmt: skip
    yield running(
        5, 60, "唤醒沉睡账户", "登录手机银行赠积分。", Audience.ASLEEP, None, 50_000, (MESSAGE, MOBILE),
        objective=CampaignObjective.ACTIVATION, control=0.3,
    )  # fmt: skip
    yield running(
        6, 60, "家庭保障沙龙", "邀请客户家庭听讲座。", Audience.PARENTS, products.MEDICAL, 120_000, (PHONE, MESSAGE),
        has_evenings=True,
    )  # fmt: skip
    yield running(
        8, 70, "基金定投体验", "定投费率一折。", Audience.INVESTORS, products.FUNDS[2], 90_000, (PHONE, MOBILE, MESSAGE)
    )
    yield running(
        10, 75, "代发客户礼遇", "日日盈现金管理，活钱也有收益。", Audience.PAID_HERE, products.CASH_POT, 150_000,
        (MESSAGE, MOBILE, PHONE), objective=CampaignObjective.RETENTION,
    )  # fmt: skip
    yield running(
        0, 90, "财富规划", "由客户经理一对一规划。", Audience.NOBODY, products.ANNUITY, 200_000, (PHONE, COUNTER),
        starts_on=history.last + 12,
    )  # fmt: skip
    planned = running(
        0, 60, "信用消费季", "消费贷款利率优惠券。", Audience.NOBODY, products.CONSUMER, 100_000, (MOBILE, MESSAGE),
        objective=CampaignObjective.ACQUISITION, starts_on=history.last + 40,
    )  # fmt: skip
    yield replace(planned, state=CampaignState.PLANNED)
    cancelled = running(7, 30, "美元存款专享", "利率上浮。", Audience.NOBODY, products.DOLLAR, 40_000, (MESSAGE,))
    yield replace(cancelled, state=CampaignState.CANCELLED)


def _evenings(plan: Plan, bank: Organisation, made: list[Campaign]) -> Iterator[Evening]:
    """One at each outlet, on some Saturday of the campaign."""
    chance = stream(plan.seed, "campaign evenings")
    now = int(at(np.array([plan.history.last]), 18)[0])
    for place_, campaign in enumerate(made):
        if not campaign.has_evenings:
            continue
        for outlet in bank.outlets:
            weeks = (campaign.ends_on - campaign.starts_on) // 7 - 2
            day = campaign.starts_on + 14 + 7 * int(chance.integers(0, weeks))
            day += (5 - a_date(day).weekday()) % 7
            starts = int(at(np.array([day]), 14)[0])
            held = CampaignEventState.CANCELLED if chance.random() < 0.08 else CampaignEventState.HELD
            state = held if starts <= now else CampaignEventState.PLANNED
            yield Evening(place_, outlet.office, outlet.managers[0], "家庭保障讲座", state, starts, starts + 2 * HOUR)


def product_of(campaign: Campaign) -> int:
    """The place of what it offers in the catalogue, NOTHING where it offers nothing."""
    return NOTHING if campaign.product is None else place(campaign.product)
