"""Firms that belong together, and what some of them are to the bank besides being its customers."""

from collections import defaultdict

import numpy as np

from domain.customer_group.model import CustomerGroupKind, CustomerGroupRole, CustomerGroupState
from domain.party_role.model import PartyRoleKind
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.employers import INDUSTRIES, WORDS, Employers
from domain.pipelines.generation.truth.facts import Customers
from domain.pipelines.generation.truth.keeping import GroupMembers, Groups, PartyRoles
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.places import short
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.randomness import Ints, stream

CORPORATE, RELATED, CHAIN, CLUB = map(code, CustomerGroupKind)
ACTIVE, DISSOLVED = map(code, CustomerGroupState)
HEAD, CONTROLLER, SUBSIDIARY, AFFILIATE, MEMBER = map(code, CustomerGroupRole)
IS_A_GROUP, DISSOLVES, CONTROLS = 0.7, 0.06, 0.7
"""Of firms of one name in one city, how many sets are a group; and of members, how many the head controls."""
CHAINS_FROM = 150
"""People from whom on a firm has suppliers that the bank knows."""
HAS_A_ROLE = 0.05
USUAL = (PartyRoleKind.SUPPLIER, "办公用品")
SERVES = {
    "信息技术有限公司": (PartyRoleKind.SUPPLIER, "网点排队系统软件"),
    "科技有限公司": (PartyRoleKind.PARTNER, "联名支付产品"),
    "餐饮管理有限公司": (PartyRoleKind.SUPPLIER, "员工餐"),
    "物流有限公司": (PartyRoleKind.OUTSOURCER, "票据与现金押运"),
    "物业服务有限公司": (PartyRoleKind.OUTSOURCER, "网点保洁"),
    "律师事务所": (PartyRoleKind.AGENCY, "诉讼代理"),
    "投资管理有限公司": (PartyRoleKind.APPRAISER, "抵押物评估"),
    "贸易有限公司": (PartyRoleKind.INTERMEDIARY, "汽车消费贷款推荐"),
    "建筑工程有限公司": (PartyRoleKind.SUPPLIER, "网点装修"),
    "文化传媒有限公司": (PartyRoleKind.SUPPLIER, "宣传物料"),
}


def groups(
    plan: Plan, block: Block, bank: Organisation, firms: Employers, known: Customers
) -> tuple[Groups, GroupMembers]:
    """Of a block of firms: those of one name in one city, and large ones with others of their outlet."""
    chance = stream(plan.seed, "groups", block.number)
    sets: list[tuple[int, str, list[int]]] = []
    for (city, word), members in sorted(_by_name(block, bank, firms).items()):
        if len(members) > 1 and chance.random() < IS_A_GROUP:
            sets.append((CORPORATE, f"{city}{word}集团", members))
    sets += _chains(block, firms)
    stays = [firm for firm in range(block.first, block.first + block.count) if firms.closed_on[firm] == NEVER]
    if not sets and len(stays) > 1:
        # A bank of few firms has two whose owners are kin.
        sets.append((RELATED, f"{known.names[stays[0] - block.first]}关联方", stays[:2]))
    number = [f"G{block.number:03d}{at:04d}" for at in range(1, len(sets) + 1)]
    rows: list[tuple[int, int, int, int, int, int]] = []
    formed, manager, dissolved = [], [], []
    for place, (kind, _, members) in enumerate(sets):
        # The largest leads.
        members.sort(key=lambda one: (-int(firms.size[one]), one))
        head = members[0]
        begun = int(firms.founded[members].max()) + 30
        formed.append(min(begun, plan.history.last - 60))
        manager.append(int(known.manager[head - block.first]))
        dissolved.append(chance.random() < DISSOLVES)
        for member in members:
            controls = chance.random() < CONTROLS
            share = int((0.51 + 0.49 * chance.random() if controls else 0.1 + 0.3 * chance.random()) * 100) * 10_000
            role = HEAD if member == head else MEMBER if kind == CHAIN else SUBSIDIARY if controls else AFFILIATE
            joined = max(formed[-1], int(firms.joined_on[member]))
            left = plan.history.last - 40 if dissolved[-1] and joined < plan.history.last - 40 else NOTHING
            rows.append((place, member, role, share if role in (SUBSIDIARY, AFFILIATE) else NOTHING, joined, left))
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 6)
    return (
        Groups(
            number, np.array([kind for kind, _, _ in sets], dtype=np.int64),
            np.where(np.array(dissolved, dtype=np.bool_), DISSOLVED, ACTIVE), [name for _, name, _ in sets],
            np.array(formed, dtype=np.int64), np.array(manager, dtype=np.int64),
        ),
        GroupMembers(*table.T),
    )  # fmt: skip


def _by_name(block: Block, bank: Organisation, firms: Employers) -> dict[tuple[str, str], list[int]]:
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for firm in range(block.first, block.first + block.count):
        city = short(bank.outlets[firms.outlet[firm]].city.name)
        rest = firms.names[firm].removeprefix(city)
        word = next((one for one in WORDS if rest.startswith(one)), None)
        if word is not None and firms.closed_on[firm] == NEVER:
            found[city, word].append(firm)
    return found


def _chains(block: Block, firms: Employers) -> list[tuple[int, str, list[int]]]:
    mine = np.arange(block.first, block.first + block.count)
    stays = mine[firms.closed_on[mine] == NEVER]
    made: list[tuple[int, str, list[int]]] = []
    for core in stays[firms.size[stays] >= CHAINS_FROM].tolist():
        near = [one for one in stays[firms.outlet[stays] == firms.outlet[core]].tolist() if firms.size[one] < 60][:4]
        if near:
            made.append((CHAIN, f"{firms.names[core]}供应链", [core, *near]))
    return made


def party_roles(plan: Plan, block: Block, firms: Employers, known: Customers) -> PartyRoles:
    """Of a block of firms: some sell to the bank, or work for it."""
    chance = stream(plan.seed, "party roles", block.number)
    mine = np.arange(block.first, block.first + block.count)
    industry: Ints = firms.industry[mine]
    able = np.isin(industry, [at for at, (name, *_) in enumerate(INDUSTRIES) if name in SERVES])
    stays = firms.closed_on[mine] == NEVER
    row = np.flatnonzero(able & stays & (chance.random(block.count) < HAS_A_ROLE))
    if not len(row):
        row = np.flatnonzero(stays)[:1]
    does = [SERVES.get(INDUSTRIES[one][0], USUAL) for one in industry[row].tolist()]
    begins = plan.history.last - chance.integers(60, 1_400, len(row))
    begins = np.maximum(begins, firms.joined_on[mine][row])
    years = chance.integers(1, 4, len(row))
    serial = chance.integers(1, 100, len(row))
    return PartyRoles(
        mine[row], np.array([code(kind) for kind, _ in does], dtype=np.int64), [text for _, text in does],
        [f"HT-{1970 + int(day // 365.2425)}-{one:03d}" for day, one in zip(begins, serial, strict=True)], begins,
        begins + years * 365, known.manager[row],
    )  # fmt: skip
