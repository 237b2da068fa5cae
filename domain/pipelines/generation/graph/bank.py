"""Rows that the bank has once: itself, its branches, staff, sign-ins and catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from domain import tables
from domain.branch.model import BranchLevel
from domain.branch.position import placed
from domain.pipelines.generation.graph.catalogue import catalogue_rows
from domain.pipelines.generation.graph.notices import notice_rows
from domain.pipelines.generation.truth import hours
from domain.pipelines.generation.truth.organisation import Member, Organisation
from domain.pipelines.generation.truth.places import short
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.products import PRODUCTS
from domain.pipelines.generation.truth.tagging import TAGS
from domain.shared.sort_key import sort_key
from domain.staff.model import StaffPost, StaffState
from domain.working_calendar.model import WEEKDAYS

SOURCE = "generated"
BANK = "客图银行"
CURRENCY = "CNY"

ROLES = {
    StaffPost.TELLER: ("teller", "teller"),
    StaffPost.SERVICE_AGENT: ("service-agent", "service_agent"),
    StaffPost.RELATIONSHIP_MANAGER: ("rm", "relationship_manager"),
    StaffPost.FIELD_MANAGER: ("field", "field_manager"),
    StaffPost.BRANCH_MANAGER: ("manager", "branch_manager"),
    StaffPost.REGIONAL_MANAGER: ("regional", "regional_manager"),
    StaffPost.ANALYST: ("analyst", "head_office_analyst"),
    StaffPost.DATA_STEWARD: ("data-steward", "data_steward"),
    StaffPost.ADMINISTRATOR: ("administrator", "administrator"),
    StaffPost.SECURITY_OFFICER: ("security-officer", "security_officer"),
    StaffPost.AUDITOR: ("auditor", "auditor"),
}
"""What a user name begins with, and the role, by post."""
INTEGRATOR = "integrator"
"""A role that a data steward holds in the head office under a user name of its own."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SignIn:
    """A user to be; `member` is a place in the staff, `office` one among the offices."""

    username: str
    role: str
    member: int
    office: int


def bank_rows(plan: Plan, bank: Organisation) -> Iterator[tuple[sa.Table, pa.Table]]:
    """Each table after those it refers to."""
    yield tables.bank, pa.table({
        "id": pa.array([1], pa.int16()), "name": [BANK], "business_date": [plan.as_of], "time_zone": [hours.TIME_ZONE],
        "base_currency": [CURRENCY], "is_sample": [True],
    })  # fmt: skip
    yield tables.working_calendar, _sourced(plan, _calendars(), key="name")
    yield tables.calendar_day, _sourced(plan, _days(plan), key="falls_on")
    positions = _positions(bank)
    yield tables.branch, _sourced(plan, _branches(bank, positions), key="branch_no")
    yield tables.staff, _sourced(plan, _staff(bank, positions), key="staff_no")
    users = list(sign_ins(bank))
    yield (
        tables.user_account,
        pa.Table.from_pylist(
            [
                {"id": number, "username": user.username, "staff_id": user.member + 1}
                for number, user in enumerate(users, 1)
            ]
        ),
    )
    yield tables.role_assignment, pa.Table.from_pylist([
        {"id": number, "user_account_id": number, "role": user.role, "branch_id": user.office + 1}
        for number, user in enumerate(users, 1)
    ])  # fmt: skip
    yield tables.product, _sourced(plan, _products(), key="product_no")
    yield tables.tag, _sourced(plan, _tags(), key="name")
    places = np.array([position for position, _ in positions], dtype=np.int64)
    yield from notice_rows(plan, bank, places)
    yield from catalogue_rows(plan, bank, places)


def sign_ins(bank: Organisation) -> Iterator[SignIn]:
    """One user for each post in each office: the first there who works in it."""
    seen: set[tuple[StaffPost, int]] = set()
    usernames: set[str] = set()
    slugs = [_slug(bank, office) for office in range(len(bank.offices))]
    for place, member in enumerate(bank.staff):
        if member.state is not StaffState.ACTIVE or (member.post, member.office) in seen:
            continue
        seen.add((member.post, member.office))
        prefix, role = ROLES[member.post]
        is_head = bank.offices[member.office].level is BranchLevel.HEAD_OFFICE
        username = prefix if is_head else f"{prefix}-{slugs[member.office]}"
        if username in usernames:
            username = f"{username}-{bank.offices[member.office].number}"
        usernames.add(username)
        yield SignIn(username, role, place, member.office)
        if member.post is StaffPost.DATA_STEWARD:
            yield SignIn(INTEGRATOR, INTEGRATOR, place, member.office)


def _slug(bank: Organisation, office: int) -> str:
    """What an office covers, in letters: the first outlet in 朝阳区 → chaoyang-1."""
    area, turn = bank.offices[office].area, bank.offices[office].turn
    spelled = sort_key(short(area)).replace(" ", "")
    return f"{spelled}-{turn}" if turn else spelled


def _positions(bank: Organisation) -> list[tuple[int, int]]:
    parents = {
        str(place): None if office.parent is None else str(office.parent) for place, office in enumerate(bank.offices)
    }
    # A closed outlet is added last, after others' children: places go by parents, which come first.
    places = placed(parents)
    return [places[str(place)] for place in range(len(bank.offices))]


def _branches(bank: Organisation, positions: list[tuple[int, int]]) -> Rows:
    return [
        {
            "id": place + 1,
            "branch_no": office.number,
            "name": office.name,
            "name_sort_key": sort_key(office.name),
            "level": office.level.name,
            "state": office.state.name,
            "parent_id": None if office.parent is None else office.parent + 1,
            "position": positions[place][0],
            "position_end": positions[place][1],
            "rollup_parent_id": None if office.parent is None else office.parent + 1,
            "rollup_position": positions[place][0],
            "rollup_position_end": positions[place][1],
            # What stands above outlets keeps the bank's.
            "working_calendar_id": calendar + 1 if (calendar := hours.calendar_of(office)) else None,
        }
        for place, office in enumerate(bank.offices)
    ]


def _calendars() -> Rows:
    return [
        {"id": place + 1, "name": name, "name_sort_key": sort_key(name), "is_bank_wide": place == hours.STANDARD}
        | {weekday: list(week[number]) for number, weekday in enumerate(WEEKDAYS)}
        for place, (name, week) in enumerate(zip(hours.NAMES, hours.WEEKS, strict=True))
    ]


def _days(plan: Plan) -> Rows:
    return [
        {
            "id": place,
            "working_calendar_id": hours.STANDARD + 1,
            "falls_on": day.falls_on,
            "kind": day.kind.name,
            "name": day.name,
            "hours": [],
        }
        for place, day in enumerate(hours.noticed_days(plan), 1)
    ]


def _staff(bank: Organisation, positions: list[tuple[int, int]]) -> Rows:
    return [_member(place, member, positions[member.office][0]) for place, member in enumerate(bank.staff)]


def _member(place: int, member: Member, position: int) -> dict[str, Any]:
    return {
        "id": place + 1,
        "staff_no": member.number,
        "name": member.name,
        "name_sort_key": sort_key(member.name, is_person=True),
        "post": member.post.name,
        "state": member.state.name,
        "branch_id": member.office + 1,
        "position": position,
        "is_sample": True,
    }


def _products() -> Rows:
    return [
        {
            "id": place + 1,
            "product_no": product.number,
            "name": product.name,
            "name_sort_key": sort_key(product.name),
            "category": product.category.name,
            "is_active": product.is_active,
            "risk": None if product.risk is None else product.risk.name,
        }
        for place, product in enumerate(PRODUCTS)
    ]


def _tags() -> Rows:
    return [
        {
            "id": place + 1,
            "name": tag.name,
            "name_sort_key": sort_key(tag.name),
            "meaning": tag.meaning,
            "is_active": tag.is_active,
        }
        for place, tag in enumerate(TAGS)
    ]


def _sourced(plan: Plan, rows: Rows, *, key: str) -> pa.Table:
    """The rows with where they come from; numbers of four bytes where the columns have four, lists of text."""
    table = pa.Table.from_pylist(
        [row | {"source": SOURCE, "source_key": str(row[key]), "as_of_date": plan.as_of} for row in rows]
    )
    narrow = [
        field.with_type(pa.int32() if "position" in field.name else pa.list_(pa.string()))
        if "position" in field.name or pa.types.is_list(field.type)
        else field
        for field in table.schema
    ]
    return table.cast(pa.schema(narrow))
