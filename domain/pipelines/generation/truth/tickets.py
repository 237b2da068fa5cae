"""What becomes of tickets: who gets them, what happens to them and when, as the house's rules have it."""

from dataclasses import dataclass

import numpy as np

from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import a_date
from domain.pipelines.generation.truth.dealings import TicketEvents, Tickets
from domain.pipelines.generation.truth.desks import HEAD_OFFICE
from domain.pipelines.generation.truth.moments import DAY, MINUTE, at, between, day_of, in_hours
from domain.pipelines.generation.truth.occasions import (
    COMPLAINT,
    COUNTER,
    LEAVES,
    LOSS_REPORT,
    MAIL,
    PHONE,
    REQUEST,
    SUBJECTS,
    VISIT,
    Occasions,
    occasions,
)
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.randomness import Chance, Flags, Ints, choose, choose_by_row
from domain.ticket.model import HIGHEST_LEVEL, TicketEventKind, TicketState

OPENED, COMMENTED, ASSIGNED, TRANSFERRED, ESCALATED, WAITING, RESUMED, CLOSED, REOPENED = map(code, TicketEventKind)
RECURS, RECURS_AFTER, RECURS_WITHIN = 0.12, 15, 75
"""Of complaints: how many are made again, and after how many days."""
WAITS, IS_ASSIGNED, IS_COMMENTED, IS_ESCALATED, IS_RATED, IS_REOPENED = 0.22, 0.985, 0.35, 0.7, 0.5, 0.03
NOTES = {
    COMMENTED: ("已联系客户核对情况。", "已查询流水。", "客户补充了说明。", None),
    ESCALATED: ("超过时限，请协调。", "需要上级部门确认。"),
    WAITING: ("等客户补充资料。", "等客户到网点办理。"),
    RESUMED: ("资料已收到。", "客户已到网点。"),
    REOPENED: ("客户不认可答复。",),
}
SCORES = np.array([[2, 4, 14, 34, 46], [16, 22, 30, 22, 10], [4, 9, 25, 36, 26]], dtype=np.float64)
"""Satisfaction from 1 to 5: answered in time, after the time allowed, complaints in time."""


def tickets(persons: Persons) -> tuple[Tickets, TicketEvents, Occasions]:
    """All tickets of a block's persons with what happened to them; and the occasions, in the same order."""
    chance = persons.chance("tickets")
    came, linked = _again(persons, chance, occasions(persons))
    kinds = np.array([subject.kind for subject in SUBJECTS])[came.subject]
    priority = np.array([subject.priority for subject in SUBJECTS])[came.subject]
    channel = _channels(chance, came.subject)
    opened_at = _opened(chance, came.day, channel)
    # Of one day's tickets, the earlier one comes first; links go back to earlier days, so they hold.
    order = np.argsort(opened_at, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    linked = np.where(linked == NOTHING, NOTHING, rank[np.maximum(linked, 0)])[order]
    came = Occasions(
        came.person[order], came.day[order], came.subject[order], came.account[order],
        [came.details[place] for place in order.tolist()],
    )  # fmt: skip
    kinds, priority, channel, opened_at = kinds[order], priority[order], channel[order], opened_at[order]
    desks, outlet = persons.desks, persons.who.outlet[came.person]
    begins_in = np.where(channel == PHONE, HEAD_OFFICE, desks.office[outlet])
    due_at = desks.hours.answered_by(begins_in, priority, opened_at)
    course = _Course.of(persons, chance, came, kinds, due_at - opened_at, channel, opened_at, begins_in)
    events = course.events()
    now = at(np.array([persons.plan.history.last]), 18.0)[0]
    events = _until(events, int(now))
    told = _told(events, len(kinds), course)
    is_closed = told.state == code(TicketState.CLOSED)
    is_late = told.closed_at > due_at
    row = np.where(is_late, 1, np.where(kinds == COMPLAINT, 2, 0))
    score = 1 + choose_by_row(chance, SCORES, row)
    rated = is_closed & (chance.random(len(kinds)) < IS_RATED)
    product = np.where(came.account == NOTHING, NOTHING, persons.held.product[np.maximum(came.account, 0)])
    answer = chance.random(len(kinds))
    answers = [
        SUBJECTS[at].answers[int(draw * len(SUBJECTS[at].answers))]
        for at, draw in zip(came.subject, answer, strict=True)
    ]
    return (
        Tickets(
            numbers=[
                f"T{a_date(day):%Y%m%d}{persons.block.number * 1_000_000 + place + 1:09d}"
                for place, day in enumerate(day_of(opened_at).tolist())
            ],
            kind=kinds,
            priority=priority,
            state=told.state,
            channel=channel,
            subjects=[SUBJECTS[at].text for at in came.subject.tolist()],
            descriptions=came.details,
            customer=came.person + persons.first,
            account=came.account,
            product=product,
            office=told.office,
            assigned_to=told.assigned_to,
            opened_by=course.opener,
            linked_to=linked,
            opened_at=opened_at,
            due_at=due_at,
            level=told.level,
            closed_at=told.closed_at,
            resolutions=[text if closed else None for text, closed in zip(answers, is_closed.tolist(), strict=True)],
            satisfaction=np.where(rated, score, NOTHING),
        ),
        _noted(chance, events),
        came,
    )


def _again(persons: Persons, chance: Chance, came: Occasions) -> tuple[Occasions, Ints]:
    """Some complaints are made a second time; and for each occasion the place of the first one, NOTHING otherwise."""
    kinds = np.array([subject.kind for subject in SUBJECTS])[came.subject]
    again = np.flatnonzero((kinds == COMPLAINT) & (chance.random(len(kinds)) < RECURS))
    day = came.day[again] + RECURS_AFTER + chance.integers(0, RECURS_WITHIN, len(again))
    kept = day <= persons.served_until[came.person[again]]
    again, day = again[kept], day[kept]
    return (
        Occasions(
            np.concatenate([came.person, came.person[again]]),
            np.concatenate([came.day, day]),
            np.concatenate([came.subject, came.subject[again]]),
            np.concatenate([came.account, came.account[again]]),
            came.details + [came.details[place] for place in again.tolist()],
        ),
        np.concatenate([np.full(len(kinds), NOTHING, dtype=np.int64), again]),
    )


def _channels(chance: Chance, subject: Ints) -> Ints:
    channel = np.empty(len(subject), dtype=np.int64)
    for place, one in enumerate(SUBJECTS):
        rows = np.flatnonzero(subject == place)
        words, weights = zip(*one.channels, strict=True)
        channel[rows] = np.array(words)[choose(chance, weights, len(rows))]
    return channel


def _opened(chance: Chance, day: Ints, channel: Ints) -> Ints:
    """Counters and post have hours, telephones longer ones, the others none."""
    served = np.isin(channel, (COUNTER, VISIT, MAIL))
    return np.where(
        served,
        between(chance, day, 9, 16.5),
        np.where(channel == PHONE, between(chance, day, 8, 17.8), between(chance, day, 0.2, 17.9)),
    )


@dataclass(frozen=True, slots=True)
class _Events:
    """Columns of events, in order of tickets and time."""

    ticket: Ints
    kind: Ints
    at: Ints
    staff: Ints
    to_staff: Ints
    to_office: Ints

    def of(self, rows: Ints | Flags) -> "_Events":
        return _Events(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class _Course:
    """What would happen to each ticket in all time. Arrays (tickets,), instants; `levels` (3, tickets)."""

    opener: Ints
    begins_in: Ints
    goes_to: Ints
    handler: Ints
    leaders: Ints
    opened_at: Ints
    transferred: Ints
    assigned: Ints
    commented: Ints
    waits: Ints
    resumes: Ints
    levels: Ints
    closed: Ints
    reopened: Ints
    closed_again: Ints

    @classmethod
    def of(
        cls,
        persons: Persons,
        chance: Chance,
        came: Occasions,
        kind: Ints,
        allowed: Ints,
        channel: Ints,
        opened_at: Ints,
        begins_in: Ints,
    ) -> "_Course":
        count = len(kind)
        desks, outlet = persons.desks, persons.who.outlet[came.person]
        simple = np.array([subject.is_simple for subject in SUBJECTS])[came.subject] & (channel == PHONE)
        by_phone = channel == PHONE
        opener = np.where(by_phone, desks.agent(chance, count), desks.teller(chance, outlet))
        opener = np.where(np.isin(channel, (COUNTER, PHONE, VISIT, MAIL)), opener, NOTHING)
        handler = persons.manager_or_teller(chance, came.person)
        # Most are answered in time; a long tail is not.
        takes = allowed * np.exp(np.where(kind == COMPLAINT, -0.7, -1.15) + 0.95 * chance.standard_normal(count))
        takes = np.where(kind == LOSS_REPORT, allowed * 0.15 * np.exp(0.6 * chance.standard_normal(count)), takes)
        takes = np.where(simple, (3 + 12 * chance.random(count)) * MINUTE, takes)
        at_once = (came.subject == SUBJECTS.index(LEAVES)) | ((channel == COUNTER) & (chance.random(count) < 0.5))
        takes = np.where(at_once, (12 + 40 * chance.random(count)) * MINUTE, takes)
        takes = np.maximum(takes, 3 * MINUTE)
        early = np.minimum(takes, allowed)
        none = np.full(count, NOTHING, dtype=np.int64)
        through_night = (kind == LOSS_REPORT) | simple | at_once

        def after(share: np.ndarray, some: Flags, wait: np.ndarray | int = 0) -> Ints:
            moment = opened_at + np.floor(share + wait).astype(np.int64)
            return np.where(some, np.where(through_night, moment, in_hours(moment)), NOTHING)

        draws = chance.random((8, count))
        handed = ~simple & ~at_once
        transferred = np.where(
            by_phone & handed, opened_at + np.floor((1 + 4 * draws[0]) * MINUTE).astype(np.int64), NOTHING
        )
        assigned = after(early * (0.12 + 0.1 * draws[1]) + 8 * MINUTE, handed & (draws[2] < IS_ASSIGNED))
        commented = after(early * (0.24 + 0.06 * draws[3]) + 9 * MINUTE, handed & (draws[4] < IS_COMMENTED))
        waiting = handed & (draws[5] < np.where(kind == REQUEST, 2.2, 1.0) * WAITS) & (kind != LOSS_REPORT)
        waits = after(early * 0.4 + 10 * MINUTE, waiting)
        pause = np.where(waiting, DAY * np.exp(0.7 + 0.9 * chance.standard_normal(count)), 0.0)
        resumes = after(early * 0.45 + 11 * MINUTE, waiting, pause)
        # Who waits for the customer is not late, and nobody is asked to hurry.
        may = (
            handed & ~waiting & (assigned != NOTHING) & np.isin(kind, (COMPLAINT, REQUEST)) & (draws[6] < IS_ESCALATED)
        )
        levels = np.stack([
            after(allowed * (1.02 + 0.55 * step), may & (takes > allowed * (1.06 + 0.6 * step)))
            for step in range(HIGHEST_LEVEL)
        ])  # fmt: skip
        closed = after(np.maximum(takes, early * 0.5 + 12 * MINUTE), np.ones(count, dtype=np.bool_), pause)
        # Nights are shortened alike for all, so the order stands; the last of a row is still made to come last.
        latest = np.maximum.reduce([transferred, assigned, commented, waits, resumes, *levels, opened_at])
        closed = np.maximum(closed, latest + 2 * MINUTE)
        closed = np.where(handed & (assigned == NOTHING), np.maximum(closed, opened_at + 400 * DAY), closed)
        back = handed & (kind == COMPLAINT) & (assigned != NOTHING) & (draws[7] < IS_REOPENED)
        reopened = np.where(back, in_hours(closed + DAY), NOTHING)
        closed_again = np.where(back, in_hours(closed + 3 * DAY), NOTHING)
        return cls(
            opener, begins_in, desks.office[outlet], handler, desks.leaders[:, outlet], opened_at, transferred,
            assigned, commented, waits, resumes, levels, closed, reopened, np.where(back, closed_again, none),
        )  # fmt: skip

    def events(self) -> _Events:
        """All of them, in order of tickets and time."""
        count = len(self.opened_at)
        everyone, nobody = np.arange(count), np.full(count, NOTHING, dtype=np.int64)
        has = np.where(self.assigned != NOTHING, self.handler, self.opener)
        leader, city, region = self.leaders
        holder, before = has, []
        for level, superior in enumerate((leader, city, region)):
            before.append((self.levels[level], ESCALATED, holder, superior, nobody))
            holder = np.where(self.levels[level] != NOTHING, superior, holder)
        told = (
            (self.opened_at, OPENED, self.opener, nobody, nobody),
            (self.transferred, TRANSFERRED, self.opener, nobody, self.goes_to),
            (self.assigned, ASSIGNED, leader, self.handler, nobody),
            (self.commented, COMMENTED, has, nobody, nobody),
            (self.waits, WAITING, has, nobody, nobody),
            (self.resumes, RESUMED, has, nobody, nobody),
            *before,
            (self.closed, CLOSED, holder, nobody, nobody),
            (self.reopened, REOPENED, holder, nobody, nobody),
            (self.closed_again, CLOSED, holder, nobody, nobody),
        )
        ticket = np.tile(everyone, len(told))
        moment, staff, to_staff, to_office = (np.concatenate([one[place] for one in told]) for place in (0, 2, 3, 4))
        kind = np.repeat([one[1] for one in told], count)
        turn = np.repeat(np.arange(len(told)), count)
        rows = np.flatnonzero(moment != NOTHING)
        rows = rows[np.lexsort((turn[rows], moment[rows], ticket[rows]))]
        return _Events(ticket[rows], kind[rows], moment[rows], staff[rows], to_staff[rows], to_office[rows])


def _until(events: _Events, now: int) -> _Events:
    """What has happened so far."""
    return events.of(events.at <= now)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the events come down to, arrays (tickets,)."""

    state: Ints
    office: Ints
    assigned_to: Ints
    level: Ints
    closed_at: Ints


def _told(events: _Events, count: int, course: _Course) -> _Told:
    """Later events overwrite earlier ones: events are in order."""
    state = np.full(count, code(TicketState.OPEN), dtype=np.int64)
    for kind, word in (
        (WAITING, TicketState.WAITING), (RESUMED, TicketState.OPEN), (CLOSED, TicketState.CLOSED),
        (REOPENED, TicketState.OPEN),
    ):  # fmt: skip
        # A ticket's kinds come in this order, but for what is closed again.
        state[events.ticket[events.kind == kind]] = code(word)
    closed_at = np.full(count, NOTHING, dtype=np.int64)
    is_closing = events.kind == CLOSED
    closed_at[events.ticket[is_closing]] = events.at[is_closing]
    last = np.ones(len(events.ticket), dtype=np.bool_)
    last[:-1] = events.ticket[1:] != events.ticket[:-1]
    ended = last & is_closing
    state[events.ticket[ended]] = code(TicketState.CLOSED)
    closed_at[state != code(TicketState.CLOSED)] = NOTHING
    office = course.begins_in.copy()
    moved = events.to_office != NOTHING
    office[events.ticket[moved]] = events.to_office[moved]
    assigned_to = np.full(count, NOTHING, dtype=np.int64)
    given = events.to_staff != NOTHING
    assigned_to[events.ticket[given]] = events.to_staff[given]
    level = np.bincount(events.ticket[events.kind == ESCALATED], minlength=count).astype(np.int64)
    return _Told(state, office, assigned_to, level, closed_at)


def _noted(chance: Chance, events: _Events) -> TicketEvents:
    draws = chance.random(len(events.kind))
    notes = [
        texts[int(draw * len(texts))] if (texts := NOTES.get(kind)) else None
        for kind, draw in zip(events.kind.tolist(), draws.tolist(), strict=True)
    ]
    return TicketEvents(events.ticket, events.kind, events.at, events.staff, notes, events.to_staff, events.to_office)
