"""Visits: those that tasks asked for, planned, made and called off."""

import numpy as np

from domain.customer.model import ContactPointKind
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.dealings import Interactions, Tasks
from domain.pipelines.generation.truth.facts import Contacts
from domain.pipelines.generation.truth.keeping import Visits
from domain.pipelines.generation.truth.moments import DAY, HOUR, MINUTE, at, day_of, in_hours
from domain.pipelines.generation.truth.randomness import Chance, Ints
from domain.shared.channel import Channel
from domain.task.model import TaskPurpose, TaskState
from domain.visit.model import VisitPlace, VisitPurpose, VisitState

VISIT = code(Channel.VISIT)
PLANNED, CHECKED_IN, DONE, CANCELLED = map(code, VisitState)
HOME, WORKPLACE, BRANCH, ELSEWHERE = map(code, VisitPlace)
BY_PURPOSE = {
    TaskPurpose.CARE: VisitPurpose.CARE, TaskPurpose.RISK: VisitPurpose.RISK, TaskPurpose.SALES: VisitPurpose.SALES,
}  # fmt: skip
ABOUT = ("走访", "上门")
"""Words by which the title of a task says that somebody is visited."""
REASONS = ("客户出差，另约时间。", "客户临时有事。", "已电话沟通，无需上门。")
MINUTES = (30, 45, 60, 90)


def visits(
    chance: Chance, last: int, planned: Tasks, touched: Interactions, reached: Contacts, *, are_firms: bool
) -> Visits:
    """Of a block: one for each task that was done by a visit, or is to be; `last` is the business date."""
    now = int(at(np.array([last]), 18)[0])
    asks = np.array([any(word in title for word in ABOUT) for title in planned.titles], dtype=np.bool_)
    done = (planned.state == code(TaskState.COMPLETED)) & (planned.completed_through == VISIT)
    waits = asks & (planned.state == code(TaskState.OPEN)) & (planned.due_at > now)
    called_off = asks & (planned.state == code(TaskState.CANCELLED)) & (planned.due_at <= now)
    rows = np.flatnonzero((planned.customer != NOTHING) & (done | waits | called_off))
    rows = rows[(planned.assigned_to[rows] != NOTHING) | done[rows]]
    count = len(rows)
    is_done, is_off = done[rows], called_off[rows]
    contact = np.full(len(planned.titles), NOTHING, dtype=np.int64)
    made = np.flatnonzero((touched.channel == VISIT) & (touched.task != NOTHING))
    contact[touched.task[made]] = made
    interaction = np.where(is_done, contact[rows], NOTHING)
    met = np.where(interaction == NOTHING, planned.completed_at[rows] - 40 * MINUTE, touched.happened_at[interaction])
    minutes = np.array(MINUTES)[chance.integers(0, len(MINUTES), count)]
    on_time = in_hours(planned.due_at[rows] - chance.integers(HOUR, 7 * HOUR, count))
    planned_at = np.where(is_done, met + chance.integers(-10, 15, count) * MINUTE, on_time)
    planned_at = planned_at // (15 * MINUTE) * 15 * MINUTE
    off_at = in_hours(planned_at - chance.integers(3 * HOUR, 2 * DAY, count))
    reason = chance.integers(0, len(REASONS), count)
    address, place = _places(chance, reached, planned.customer[rows], are_firms=are_firms)
    purposes = np.array([code(BY_PURPOSE.get(one, VisitPurpose.SERVICE)) for one in TaskPurpose])
    state = np.where(is_done, DONE, np.where(is_off, CANCELLED, PLANNED))
    here = (state == PLANNED) & (day_of(planned_at) == last) & (planned_at <= now)
    state = np.where(here, CHECKED_IN, state)
    by = np.where(planned.completed_by[rows] == NOTHING, planned.assigned_to[rows], planned.completed_by[rows])
    return Visits(
        customer=planned.customer[rows],
        staff=by,
        planned_by=planned.assigned_by[rows],
        branch=planned.office[rows],
        purpose=purposes[planned.purpose[rows]],
        state=state,
        place=place,
        contact_point=address,
        subject=[planned.titles[row] for row in rows.tolist()],
        planned_at=planned_at,
        planned_minutes=minutes,
        task=rows,
        checked_in_at=np.where(is_done, met, np.where(here, planned_at, NOTHING)),
        completed_at=np.where(is_done, planned.completed_at[rows], NOTHING),
        interaction=interaction,
        cancelled_at=np.where(is_off, np.minimum(off_at, now), NOTHING),
        cancellation_reason=[
            REASONS[one] if off else None for one, off in zip(reason.tolist(), is_off.tolist(), strict=True)
        ],
    )


def _places(chance: Chance, reached: Contacts, customer: Ints, *, are_firms: bool) -> tuple[Ints, Ints]:
    """The address that somebody is visited at, NOTHING where it is unknown or another place; and what it is."""
    some = np.flatnonzero((reached.kind == code(ContactPointKind.ADDRESS)) & reached.is_primary)
    order = some[np.argsort(reached.customer[some], kind="stable")]
    owners = reached.customer[order]
    at_ = np.minimum(np.searchsorted(owners, customer), max(len(owners) - 1, 0))
    known = (owners[at_] == customer) if len(owners) else np.zeros(len(customer), dtype=np.bool_)
    at_home = known & (are_firms | (chance.random(len(customer)) < 0.75))
    usual = WORKPLACE if are_firms else HOME
    other = np.array([WORKPLACE, BRANCH, ELSEWHERE])[chance.integers(0, 3, len(customer))]
    address = np.where(at_home, order[at_] if len(order) else NOTHING, NOTHING)
    return address, np.where(at_home, usual, other)
