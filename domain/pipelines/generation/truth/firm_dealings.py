"""What the bank and its firms have to do with each other: managers visit them, and ask about those they pay."""

import numpy as np

from domain.interaction.model import Direction, InteractionOutcome
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import none
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.dealings import (
    Consents,
    CustomerTags,
    Dealings,
    Interactions,
    Tasks,
    TicketEvents,
    Tickets,
)
from domain.pipelines.generation.truth.desks import Desks
from domain.pipelines.generation.truth.employers import Employers
from domain.pipelines.generation.truth.facts import Customers
from domain.pipelines.generation.truth.moments import MINUTE, at, day_of, in_hours
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.randomness import stream
from domain.pipelines.generation.truth.tagging import PAYS_STAFF, TAGS
from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.task.model import TaskPurpose, TaskState

VISITS_A_YEAR = 1.6
FEWEST_PEOPLE = 20
"""A firm with fewer is not visited."""
VISITED_WITHIN = 10
"""Days before it is due."""


def dealings(plan: Plan, block: Block, firms: Employers, desks: Desks, known: Customers) -> Dealings:
    """All of a block of firms: visits, as tasks and as contacts, and the tag of those who pay through us."""
    chance, count, history = stream(plan.seed, "firm dealings", block.number), block.count, plan.history
    mine = np.arange(block.first, block.first + count)
    stays = firms.closed_on[mine] == NEVER
    pays = np.flatnonzero(stays & (firms.pays_through_us[mine] > 0) & (chance.random(count) < PAYS_STAFF.seen))
    tag = np.full(len(pays), TAGS.index(PAYS_STAFF), dtype=np.int64)
    by_staff = chance.random(len(pays)) < PAYS_STAFF.by_staff
    visited = stays & (firms.size[mine] >= FEWEST_PEOPLE)
    begins = np.maximum(firms.joined_on[mine], history.first)
    days = np.maximum(history.last + 20 - begins, 0)
    row = np.repeat(np.arange(count), chance.poisson(np.where(visited, VISITS_A_YEAR, 0.0) * days / 365))
    due = begins[row] + np.floor(chance.random(len(row)) * days[row]).astype(np.int64)
    office = desks.office[known.outlet[row]]
    due_at = desks.hours.done_by(office, due, not_before=due - VISITED_WITHIN)
    due = day_of(due_at)
    done_at = in_hours(at(due - chance.integers(0, VISITED_WITHIN, len(row)), 9 + 7 * chance.random(len(row))))
    now = at(np.full(1, history.last), 18)[0]
    is_done = (done_at <= now) & (chance.random(len(row)) < 0.85)
    given_up = ~is_done & (due + 40 < history.last)
    state = np.where(
        is_done, code(TaskState.COMPLETED), np.where(given_up, code(TaskState.CANCELLED), code(TaskState.OPEN))
    )
    manager = known.manager[row]
    nothing = np.full(len(row), NOTHING, dtype=np.int64)
    titles = [f"走访{known.names[place]}" for place in row.tolist()]
    tasks = Tasks(
        titles=titles,
        descriptions=["了解经营和代发工资情况。"] * len(row),
        purpose=np.full(len(row), code(TaskPurpose.CARE)),
        priority=np.full(len(row), code(Priority.NORMAL)),
        state=state,
        due_at=due_at,
        customer=row + block.first,
        assigned_to=manager,
        assigned_by=desks.leaders[0, known.outlet[row]],
        office=office,
        parent=nothing,
        ticket=nothing,
        completed_at=np.where(is_done, done_at, NOTHING),
        completed_by=np.where(is_done, manager, NOTHING),
        completed_through=np.where(is_done, code(Channel.VISIT), NOTHING),
        results=["经营正常。" if one else None for one in is_done.tolist()],
        hand_back_reasons=[None] * len(row),
    )
    went = np.flatnonzero(is_done)
    went = went[np.argsort(done_at[went], kind="stable")]
    minutes = chance.integers(25, 110, len(went))
    return Dealings(
        tags=CustomerTags(pays + block.first, tag, np.where(by_staff, known.manager[pays], NOTHING)),
        consents=none(Consents),
        tickets=none(Tickets),
        events=none(TicketEvents),
        tasks=tasks,
        interactions=Interactions(
            customer=row[went] + block.first,
            staff=manager[went],
            channel=np.full(len(went), code(Channel.VISIT)),
            direction=np.full(len(went), code(Direction.OUTBOUND)),
            happened_at=done_at[went] - minutes * MINUTE,
            minutes=minutes,
            subjects=[titles[place] for place in went.tolist()],
            notes=[None] * len(went),
            outcome=np.full(len(went), code(InteractionOutcome.DONE)),
            task=went,
            ticket=np.full(len(went), NOTHING, dtype=np.int64),
        ),
    )
