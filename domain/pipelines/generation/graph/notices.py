"""Rows of what the bank tells its staff."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from domain import tables
from domain.announcement.model import AnnouncementState
from domain.pipelines.generation.graph import arrays
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.notices import Notice, Reading, notices, readings
from domain.pipelines.generation.truth.organisation import Organisation
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.randomness import Ints
from domain.shared.priority import Priority
from domain.staff.model import StaffPost

SOURCE = "generated"
REASON = "内容有误，另行通知。"


def notice_rows(plan: Plan, bank: Organisation, positions: Ints) -> Iterator[tuple[sa.Table, pa.Table]]:
    """Announcements, whom they address, who has read them; `positions` (offices,)."""
    told = notices(plan, bank)
    if not told:
        return
    yield tables.announcement, _announcements(plan, told, positions)
    yield tables.announcement_audience, _audiences(told)
    if read := readings(plan, bank, told):
        yield tables.announcement_reader, _readers(read)


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _announcements(plan: Plan, told: list[Notice], positions: Ints) -> pa.Table:
    office = _ints([one.office for one in told])
    withdrawn = _ints([one.withdrawn_at for one in told])
    by = _ints([one.published_by for one in told])
    states = np.where(withdrawn == NOTHING, code(AnnouncementState.PUBLISHED), code(AnnouncementState.WITHDRAWN))
    return pa.table({
        "id": pa.array(np.arange(1, len(told) + 1)),
        "title": arrays.texts([one.title for one in told]),
        "text": arrays.texts([one.text for one in told]),
        "priority": arrays.words(_ints([code(one.priority) for one in told]), Priority),
        "state": arrays.words(states, AnnouncementState),
        "published_at": arrays.moments(_ints([one.published_at for one in told])),
        "published_by_id": arrays.ids(by),
        "branch_id": arrays.ids(office),
        "position": arrays.numbers(positions[office], small=True),
        "expires_on": arrays.dates(_ints([one.expires_on for one in told])),
        "withdrawn_at": arrays.moments(withdrawn),
        "withdrawn_by_id": arrays.ids(np.where(withdrawn == NOTHING, NOTHING, by)),
        "withdrawal_reason": arrays.texts([None if one.withdrawn_at == NOTHING else REASON for one in told]),
        "source": arrays.repeated(SOURCE, len(told)),
        "source_key": arrays.as_text(pa.array(np.arange(1, len(told) + 1))),
        "as_of_date": arrays.same_day(plan.as_of, len(told)),
    })  # fmt: skip


def _audiences(told: list[Notice]) -> pa.Table:
    posts = _ints([NOTHING if one.post is None else code(one.post) for one in told])
    return pa.table({
        "id": pa.array(np.arange(1, len(told) + 1)),
        "announcement_id": arrays.ids(np.arange(len(told))),
        "branch_id": arrays.ids(_ints([one.office for one in told])),
        "includes_below": pa.array([True] * len(told)),
        "post": arrays.words(posts, StaffPost),
    })  # fmt: skip


def _readers(read: list[Reading]) -> pa.Table:
    return pa.table({
        "id": pa.array(np.arange(1, len(read) + 1)),
        "announcement_id": arrays.ids(_ints([one.notice for one in read])),
        "staff_id": arrays.ids(_ints([one.staff for one in read])),
        "read_at": arrays.moments(_ints([one.read_at for one in read])),
        "read_version": pa.array(np.ones(len(read), dtype=np.int32)),
    })  # fmt: skip
