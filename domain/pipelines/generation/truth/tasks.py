"""What becomes of duties: who does them, when and how; some are handed back, some are not needed any more."""

from dataclasses import dataclass, replace

import numpy as np

from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import together
from domain.pipelines.generation.truth.dealings import Tasks, Tickets
from domain.pipelines.generation.truth.duties import BY_DOING, CHANNELS, SERVICE, Duties, duties
from domain.pipelines.generation.truth.moments import MINUTE, at, day_of, in_hours
from domain.pipelines.generation.truth.occasions import (
    CARD_LOST,
    DAY_CHANGED,
    STATEMENT_WANTED,
    SUBJECTS,
    UNFREEZING,
    Occasions,
)
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.randomness import Chance, Flags, Ints, choose_by_row
from domain.task.model import TaskState
from domain.ticket.model import TicketState

OPEN, HANDED_BACK, COMPLETED, CANCELLED = map(code, TaskState)
FORGOTTEN_AFTER = 40
"""Days after which what was not done is cancelled."""
HANDED_BACK_SHARE, IN_TIME = 0.06, 0.86
REASONS = ("多次拨打均未接通，建议上门。", "客户已搬离，地址不详。", "本人休假，请另行安排。", "客户要求由网点联系。")
FOR_TICKETS = {
    CARD_LOST: ("为客户补发借记卡", "已补发。"),
    STATEMENT_WANTED: ("为客户出具存款证明", "已出具。"),
    UNFREEZING: ("核实身份并解除账户限制", "已核实。"),
    DAY_CHANGED: ("审核还款日调整申请", "已审核。"),
}
ASKED_FOR = 0.7


@dataclass(frozen=True, slots=True)
class _Done:
    """Arrays (tasks,): states; instants of completion and by whom, NOTHING elsewhere."""

    state: Ints
    completed_at: Ints
    through: Ints


def tasks(persons: Persons, opened: Tickets, came: Occasions) -> Tasks:
    """All tasks of a block's persons: their own, then those for tickets."""
    chance, as_of = persons.chance("tasks"), persons.plan.history.last
    own = duties(persons)
    office = persons.desks.office[persons.who.outlet[own.person]]
    due_at = persons.desks.hours.done_by(office, own.due_on, not_before=own.made_on)
    own = replace(own, due_on=day_of(due_at))
    # A part may be open only while the whole is.
    done = _done(chance, own, as_of)
    made = _told(persons, chance, own, done, office, due_at)
    served = _for_tickets(persons, chance, opened, came, len(own.person))
    return together(Tasks, [made, served])


def _done(chance: Chance, own: Duties, as_of: int) -> _Done:
    count = len(own.person)
    draws = chance.random((4, count))
    through = choose_by_row(chance, CHANNELS, own.through)
    length = np.maximum(own.due_on - own.made_on, 1)
    early = own.made_on + 1 + np.floor(draws[0] ** 0.6 * length).astype(np.int64)
    late = own.due_on + 1 + np.floor(draws[1] * 12).astype(np.int64)
    day = np.where(draws[2] < IN_TIME, np.minimum(early, own.due_on), late)
    finished = np.where(draws[3] < own.done, in_hours(at(day, 9 + 8 * draws[1])), NOTHING)
    now = at(np.full(1, as_of), 18)[0]
    state = np.where((finished != NOTHING) & (finished <= now), COMPLETED, OPEN)
    given_up = (state == OPEN) & (own.due_on + FORGOTTEN_AFTER < as_of)
    state = np.where(given_up, CANCELLED, state)
    back = (state == OPEN) & (own.made_on + 2 < as_of) & (chance.random(count) < HANDED_BACK_SHARE * 3)
    state = np.where(back & (own.assigned_to != NOTHING), HANDED_BACK, state)
    # What has a part that waits for somebody is not done either.
    part = np.flatnonzero(own.after != NOTHING)
    waiting = part[np.isin(state[part], (OPEN, HANDED_BACK))]
    whole = own.after[waiting]
    state[whole] = np.where(state[whole] == COMPLETED, OPEN, state[whole])
    # Nobody has time before the part is done; then the whole is.
    finished_part = part[state[part] == COMPLETED]
    whole = own.after[finished_part]
    finished[whole] = np.where(
        state[whole] == COMPLETED, np.maximum(finished[whole], finished[finished_part] + 10 * MINUTE), finished[whole]
    )
    is_done = state == COMPLETED
    return _Done(state, np.where(is_done, finished, NOTHING), np.where(is_done, through, NOTHING))


def _told(persons: Persons, chance: Chance, own: Duties, done: _Done, office: Ints, due_at: Ints) -> Tasks:
    is_done, is_back = done.state == COMPLETED, done.state == HANDED_BACK
    teller = persons.desks.teller(chance, persons.who.outlet[own.person])
    by = np.where(own.assigned_to == NOTHING, teller, own.assigned_to)
    reason = chance.integers(0, len(REASONS), len(is_back))
    return Tasks(
        titles=own.titles,
        descriptions=own.descriptions,
        purpose=own.purpose,
        priority=own.priority,
        state=done.state,
        due_at=due_at,
        customer=own.person + persons.first,
        assigned_to=np.where(is_back, NOTHING, own.assigned_to),
        assigned_by=own.assigned_by,
        office=office,
        parent=own.after,
        ticket=np.full(len(is_back), NOTHING, dtype=np.int64),
        completed_at=done.completed_at,
        completed_by=np.where(is_done, by, NOTHING),
        completed_through=done.through,
        results=[text if one else None for text, one in zip(own.worked, is_done.tolist(), strict=True)],
        hand_back_reasons=[
            REASONS[place] if one else None for place, one in zip(reason.tolist(), is_back.tolist(), strict=True)
        ],
    )


def _for_tickets(persons: Persons, chance: Chance, opened: Tickets, came: Occasions, begin: int) -> Tasks:
    """Some tickets ask for work that somebody else does; it is done before they are closed."""
    asks = np.isin(came.subject, [SUBJECTS.index(subject) for subject in FOR_TICKETS])
    rows = np.flatnonzero(asks & (opened.assigned_to != NOTHING) & (chance.random(len(came.subject)) < ASKED_FOR))
    count = len(rows)
    closed_at, opened_at = opened.closed_at[rows], opened.opened_at[rows]
    is_done: Flags = opened.state[rows] == code(TicketState.CLOSED)
    teller = persons.desks.teller(chance, persons.who.outlet[came.person[rows]])
    texts = [FOR_TICKETS[SUBJECTS[place]] for place in came.subject[rows].tolist()]
    nothing = np.full(count, NOTHING, dtype=np.int64)
    share = 0.85 + 0.1 * chance.random(count)
    completed = opened_at + np.floor((closed_at - opened_at) * share).astype(np.int64)
    return Tasks(
        titles=[text for text, _ in texts],
        descriptions=[opened.subjects[row] for row in rows.tolist()],
        purpose=np.full(count, SERVICE),
        priority=opened.priority[rows],
        state=np.where(is_done, COMPLETED, OPEN),
        due_at=opened.due_at[rows],
        customer=opened.customer[rows],
        assigned_to=teller,
        assigned_by=opened.assigned_to[rows],
        office=persons.desks.office[persons.who.outlet[came.person[rows]]],
        parent=nothing,
        ticket=rows,
        completed_at=np.where(is_done, completed, NOTHING),
        completed_by=np.where(is_done, teller, NOTHING),
        completed_through=np.where(is_done, choose_by_row(chance, CHANNELS, np.full(count, BY_DOING)), NOTHING),
        results=[text if done else None for (_, text), done in zip(texts, is_done.tolist(), strict=True)],
        hand_back_reasons=[None] * count,
    )
