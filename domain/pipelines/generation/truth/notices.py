"""What the bank tells its staff through the year, to whom, and who has read it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from domain.branch.model import BranchLevel
from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.days import SPRING_FESTIVALS, a_date, day_in_month, number
from domain.pipelines.generation.truth.moments import DAY, HOUR, at
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.randomness import Chance, stream
from domain.shared.priority import Priority
from domain.staff.model import StaffPost, StaffState

HEAD_OFFICE = 0
READ, READ_BY_NOBODY = 0.86, 4
"""How many of those addressed read something in the end; hours before which nobody has."""
WITHDRAWN = 0.04
WARNINGS = (
    ("警惕冒充公检法诈骗", "近期多地发生冒充公检法的诈骗，办理大额转账前请核实客户意愿。"),
    ("警惕虚假投资平台", "客户要求向陌生账户大额转账时，请提示虚假投资平台风险。"),
    ("谨防养老诈骗", "老年客户一次性支取大额现金时，请多问一句用途。"),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """An announcement to all who work in an office or below it; `post` narrows it. Places in staff and offices.

    published_by  NOTHING where the system did
    expires_on    day, NOTHING where it stands until it is withdrawn
    """

    title: str
    text: str
    priority: Priority
    published_at: int
    published_by: int
    office: int
    post: StaffPost | None = None
    expires_on: int = NOTHING
    withdrawn_at: int = NOTHING


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody has read an announcement: places of both, and when."""

    notice: int
    staff: int
    read_at: int


def notices(plan: Plan, bank: Organisation) -> list[Notice]:
    """All of the history, in order of time."""
    chance = stream(plan.seed, "notices")
    made = [*_of_head_office(plan, bank), *_of_provinces(plan, bank, chance), *_of_outlets(plan, bank, chance)]
    last = int(at(np.array([plan.history.last]), 18)[0])
    return sorted((one for one in made if one.published_at <= last), key=lambda one: (one.published_at, one.office))


def readings(plan: Plan, bank: Organisation, told: list[Notice]) -> list[Reading]:
    """Who has read what, of those who work here; in order of announcements."""
    last = int(at(np.array([plan.history.last]), 18)[0])
    below = _below(bank)
    made: list[Reading] = []
    for place, notice in enumerate(told):
        chance = stream(plan.seed, "readings", place)
        addressed = [
            member for member in below[notice.office] if notice.post is None or bank.staff[member].post is notice.post
        ]
        reads = chance.random(len(addressed)) < READ
        after = READ_BY_NOBODY * HOUR + np.floor(chance.exponential(1.6 * DAY, len(addressed))).astype(np.int64)
        until = last if notice.withdrawn_at == NOTHING else notice.withdrawn_at
        made += [
            Reading(place, member, notice.published_at + int(seconds))
            for member, read, seconds in zip(addressed, reads.tolist(), after.tolist(), strict=True)
            if read and notice.published_at + seconds <= until and member != notice.published_by
        ]
    return made


def _below(bank: Organisation) -> list[list[int]]:
    """By office, who works there or in one below it."""
    found: list[list[int]] = [[] for _ in bank.offices]
    for place, member in enumerate(bank.staff):
        if member.state is StaffState.ACTIVE:
            office: int | None = member.office
            while office is not None:
                found[office].append(place)
                office = bank.offices[office].parent
    return found


def _one(bank: Organisation, office: int, post: StaffPost) -> int:
    return next(
        (
            place
            for place, member in enumerate(bank.staff)
            if member.office == office and member.post is post and member.state is StaffState.ACTIVE
        ),
        NOTHING,
    )


def _moment(day: int, hour: float) -> int:
    return int(at(np.array([day]), hour)[0])


def _of_head_office(plan: Plan, bank: Organisation) -> Iterator[Notice]:
    administrator = _one(bank, HEAD_OFFICE, StaffPost.ADMINISTRATOR)
    for turn, month in enumerate(plan.history.months.tolist()):
        first, tenth, end = day_in_month(np.full(3, month), np.array([3, 12, 31])).tolist()
        yield Notice(
            "系统停机维护通知", f"{a_date(tenth):%m月%d日}零时至四时系统停机升级，请提前告知客户。", Priority.HIGH,
            _moment(first, 9.5), administrator, HEAD_OFFICE, expires_on=tenth,
        )  # fmt: skip
        if turn % 3 == 0:
            title, text = WARNINGS[turn // 3 % len(WARNINGS)]
            yield Notice(title, text, Priority.URGENT, _moment(tenth, 10), NOTHING, HEAD_OFFICE)
        if month % 3 == 2:
            yield Notice(
                "季末大额存单额度", "本季大额存单额度已下达，请按计划联系到期客户。", Priority.NORMAL,
                _moment(tenth + 2, 10.25), administrator, HEAD_OFFICE, StaffPost.RELATIONSHIP_MANAGER, end,
            )  # fmt: skip
    for festival in map(number, SPRING_FESTIVALS.values()):
        if plan.history.first <= festival - 15 <= plan.history.last:
            yield Notice(
                "春节值班安排", "请各机构按附表安排春节值班，并检查自助设备现金。", Priority.HIGH,
                _moment(festival - 15, 11), administrator, HEAD_OFFICE, expires_on=festival + 8,
            )  # fmt: skip


def _of_provinces(plan: Plan, bank: Organisation, chance: Chance) -> Iterator[Notice]:
    span = plan.history.last - plan.history.first
    for office, node in enumerate(bank.offices):
        if node.level is not BranchLevel.BRANCH:
            continue
        leader = _one(bank, office, StaffPost.REGIONAL_MANAGER)
        for title, text in (
            ("区域营销竞赛方案", "请各支行于月底前报送个人养老金账户开立进度。"),
            ("网点服务检查通报", "本季服务检查结果已下发，请对照整改。"),
        ):
            day = plan.history.first + int(chance.integers(10, span))
            withdrawn = chance.random() < WITHDRAWN and day + 2 < plan.history.last
            published = _moment(day, 9 + float(chance.random()) * 7)
            yield Notice(
                title, text, Priority.NORMAL, published, leader, office, expires_on=day + 30,
                withdrawn_at=published + DAY if withdrawn else NOTHING,
            )  # fmt: skip


def _of_outlets(plan: Plan, bank: Organisation, chance: Chance) -> Iterator[Notice]:
    for outlet in bank.outlets:
        day = plan.history.last - int(chance.integers(0, 60))
        leader = _one(bank, outlet.office, StaffPost.BRANCH_MANAGER)
        yield Notice(
            "网点周例会", "周三下午五点在二楼会议室，请全体人员参加。", Priority.LOW,
            _moment(day, 9 + float(chance.random()) * 7), leader, outlet.office, expires_on=day + 7,
        )  # fmt: skip
