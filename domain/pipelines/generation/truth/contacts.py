"""Each time that the bank and a customer were in touch: for tickets, for tasks, to offer something, by machines."""

from dataclasses import dataclass

import numpy as np

from domain.interaction.model import Direction, InteractionOutcome
from domain.loan.model import LoanState
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.consenting import Allowed
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.dealings import Interactions, Tasks, Tickets
from domain.pipelines.generation.truth.duties import COUNTER, MESSAGE, PHONE, RISK, VISIT
from domain.pipelines.generation.truth.families import OF_AGE
from domain.pipelines.generation.truth.moments import DAY, HOUR, MINUTE, at, between, in_hours
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import TERMS
from domain.pipelines.generation.truth.randomness import Chance, Flags, Floats, Ints, logistic
from domain.task.model import TaskState
from domain.ticket.model import TicketState

INBOUND, OUTBOUND = map(code, Direction)
REACHED, NOT_REACHED, INTERESTED, DECLINED, DONE = map(code, InteractionOutcome)
LASTS = {COUNTER: 2.4, PHONE: 1.5, VISIT: 3.7}
"""Logarithm of minutes, in the middle."""
OFFERS_A_YEAR, IS_REACHED, LIKES_TO_HEAR, OF_RESPONSIVENESS = 0.35, 0.62, -1.15, 0.9
TOLD_OF_ANSWER, ASKED_TWICE = 0.45, 0.4
TOPICS = ("大额存单", "稳健理财", "基金定投", "家庭保障", "个人养老金", "消费贷款额度")
REMINDED_DAYS = (3, 33, 63, 93)
"""After the first instalment that did not come."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Who was offered something and listened: with what probability they wanted to hear more, and whether they did."""

    person: Ints
    probability: Floats
    is_interested: Flags


class _Kept:
    """Collects contacts."""

    def __init__(self) -> None:
        self._columns: list[tuple[Ints, ...]] = []
        self._subjects: list[str] = []

    def add(
        self, person: Ints, staff: Ints, channel: Ints | int, direction: int, moment: Ints, subjects: list[str] | str,
        *, outcome: Ints | int = NOTHING, task: Ints | int = NOTHING, ticket: Ints | int = NOTHING,
    ) -> None:  # fmt: skip
        count = len(person)
        columns = (person, staff, channel, direction, moment, outcome, task, ticket)
        self._columns.append(tuple(np.broadcast_to(np.asarray(one, dtype=np.int64), (count,)) for one in columns))
        self._subjects += [subjects] * count if isinstance(subjects, str) else subjects

    def interactions(self, chance: Chance, first: int) -> Interactions:
        columns = tuple(map(np.concatenate, zip(*self._columns, strict=True)))
        order = np.lexsort((columns[0], columns[4]))
        person, staff, channel, direction, moment, outcome, task, ticket = (column[order] for column in columns)
        middle = np.full(len(order), np.nan)
        for one, logarithm in LASTS.items():
            middle[channel == one] = logarithm
        minutes = np.exp(middle + 0.6 * chance.standard_normal(len(order)))
        minutes = np.where(outcome == NOT_REACHED, 0, np.clip(np.round(np.nan_to_num(minutes, nan=-1)), -1, 180))
        minutes = np.where(np.isnan(middle) | (staff == NOTHING), NOTHING, minutes).astype(np.int64)
        return Interactions(
            person + first, staff, channel, direction, moment, minutes, [self._subjects[place] for place in order],
            [None] * len(order), outcome, task, ticket,
        )  # fmt: skip


def interactions(persons: Persons, allowed: Allowed, opened: Tickets, planned: Tasks) -> tuple[Interactions, Offered]:
    """All of a block's persons, in order of time."""
    chance, kept = persons.chance("interactions"), _Kept()
    _about_tickets(persons, chance, opened, kept)
    _about_tasks(persons, chance, planned, kept)
    _by_machine(persons, chance, kept)
    offered = _offers(persons, chance, allowed, kept)
    return kept.interactions(chance, persons.first), offered


def _about_tickets(persons: Persons, chance: Chance, opened: Tickets, kept: _Kept) -> None:
    person = opened.customer - persons.first
    rows = np.arange(len(person))
    before = opened.opened_at - chance.integers(2 * MINUTE, 9 * MINUTE, len(person))
    alone = opened.opened_by == NOTHING
    kept.add(
        person, opened.opened_by, opened.channel, INBOUND, np.where(alone, opened.opened_at, before),
        opened.subjects, outcome=np.where(alone, NOTHING, REACHED), ticket=rows,
    )  # fmt: skip
    told = (opened.state == code(TicketState.CLOSED)) & (opened.assigned_to != NOTHING)
    rows = rows[told & (chance.random(len(rows)) < TOLD_OF_ANSWER)]
    # On the telephone the answer is given; then the ticket is closed.
    moment = opened.closed_at[rows] - chance.integers(30, 110, len(rows))
    kept.add(
        person[rows], opened.assigned_to[rows], PHONE, OUTBOUND, moment, "告知处理结果", outcome=DONE, ticket=rows
    )  # fmt: skip


def _about_tasks(persons: Persons, chance: Chance, planned: Tasks, kept: _Kept) -> None:
    rows = np.flatnonzero(planned.state == code(TaskState.COMPLETED))
    person = planned.customer - persons.first
    moment = planned.completed_at[rows] - chance.integers(5 * MINUTE, 60 * MINUTE, len(rows))
    titles = [planned.titles[row] for row in rows.tolist()]
    kept.add(
        person[rows], planned.completed_by[rows], planned.completed_through[rows],
        OUTBOUND, moment, titles, outcome=DONE, task=rows, ticket=planned.ticket[rows],
    )  # fmt: skip
    called = rows[
        (planned.completed_through[rows] == PHONE)
        & (planned.ticket[rows] == NOTHING)
        & (chance.random(len(rows)) < ASKED_TWICE)
    ]
    _missed(chance, planned, called, planned.completed_at[called] - DAY, person, kept)
    # Who hands something back for nobody answered, has tried.
    waits = np.flatnonzero(
        (planned.purpose == RISK) & np.isin(planned.state, _WAITING) & (planned.completed_by == NOTHING)
    )
    waits = waits[(planned.assigned_to[waits] != NOTHING)]
    now = at(np.full(1, persons.plan.history.last), 18)[0]
    waits = waits[planned.due_at[waits] <= now]
    _missed(chance, planned, waits, planned.due_at[waits] - 2 * HOUR, person, kept)


_WAITING = (code(TaskState.OPEN), code(TaskState.HANDED_BACK))


def _missed(chance: Chance, planned: Tasks, rows: Ints, moment: Ints, person: Ints, kept: _Kept) -> None:
    by = np.where(planned.completed_by[rows] == NOTHING, planned.assigned_to[rows], planned.completed_by[rows])
    tried = in_hours(moment - chance.integers(0, DAY, len(rows)))
    tried = np.minimum(tried, moment)
    titles = [planned.titles[row] for row in rows.tolist()]
    kept.add(person[rows], by, PHONE, OUTBOUND, tried, titles, outcome=NOT_REACHED, task=rows)


def _by_machine(persons: Persons, chance: Chance, kept: _Kept) -> None:
    """Text messages: instalments that did not come, deposits that mature in a week."""
    lent, history, held = persons.lent, persons.plan.history, persons.held
    bad = np.isin(lent.state, [code(LoanState.IN_ARREARS), code(LoanState.DEFAULTED)])
    for days in REMINDED_DAYS:
        day = lent.stops_on + days
        rows = np.flatnonzero(bad & (day >= history.first) & (day <= history.last))
        nobody = np.full(len(rows), NOTHING, dtype=np.int64)
        moment = between(chance, day[rows], 9.5, 10.5)
        kept.add(lent.borrower[rows], nobody, MESSAGE, OUTBOUND, moment, "还款提醒")
    terms = held.of(*TERMS)
    day = np.where(held.rolled_on[terms] != NEVER, held.rolled_on[terms], held.matures_on[terms]) - 7
    told = (day >= history.first) & (day <= history.last) & (day > held.opened_on[terms])
    told &= (held.closed_on[terms] == NEVER) | (day < held.closed_on[terms])
    terms, day = terms[told], day[told]
    nobody = np.full(len(terms), NOTHING, dtype=np.int64)
    kept.add(held.owner[terms], nobody, MESSAGE, OUTBOUND, between(chance, day, 9.5, 10.5), "存款到期提醒")


def _offers(persons: Persons, chance: Chance, allowed: Allowed, kept: _Kept) -> Offered:
    """Managers call and meet those who may be offered something; more often those who have more."""
    lives, known = persons.lives, persons.known
    rate = OFFERS_A_YEAR * np.clip(np.maximum(lives.wealth, 1) / 60_000, 0.15, 6) ** 0.5
    may = (known.manager != NOTHING) & (persons.who.age >= OF_AGE)
    row, day = persons.some(chance, np.where(may, rate, 0.0))
    channel = np.array([PHONE, COUNTER, MESSAGE, VISIT])[
        np.searchsorted([0.62, 0.8, 0.95], chance.random(len(row)), side="right")
    ]
    some = allowed.on(row, day, channel)
    row, day, channel = row[some], day[some], channel[some]
    wants = logistic(LIKES_TO_HEAR + OF_RESPONSIVENESS * persons.inclined.responsiveness[row])
    answered = (channel == COUNTER) | (channel == VISIT) | (chance.random(len(row)) < IS_REACHED)
    interested = answered & (chance.random(len(row)) < wants)
    outcome = np.where(interested, INTERESTED, np.where(answered, DECLINED, NOT_REACHED))
    topic = chance.integers(0, len(TOPICS), len(row))
    moment = between(chance, day, 9.2, 17.3)
    # Whom a message does not move, does not answer.
    outcome = np.where((channel == MESSAGE) & ~interested, NOTHING, outcome)
    kept.add(
        row, known.manager[row], channel, OUTBOUND, moment, [f"介绍{TOPICS[place]}" for place in topic.tolist()],
        outcome=outcome,
    )  # fmt: skip
    return Offered(row[answered], wants[answered], interested[answered])
