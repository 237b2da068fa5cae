"""What staff are alerted to: withdrawals, maturities, late repayments, sleepers, birthdays, tiers, and what is due."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from domain.alert.model import AlertState
from domain.loan.model import LoanState
from domain.pipelines.generation.truth.alert_rules import (
    ASLEEP_AFTER,
    BIRTHDAY,
    BIRTHDAY_WORTH,
    DORMANT,
    LARGE,
    MATURITY,
    OVERDUE,
    RULES,
    TASK_DUE,
    TICKET_DUE,
    TIER,
    AlertRule,
)
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import in_order, together
from domain.pipelines.generation.truth.days import NEVER, a_date, number
from domain.pipelines.generation.truth.dealings import Tasks, Tickets
from domain.pipelines.generation.truth.keeping import Alerts, CustomerTiers
from domain.pipelines.generation.truth.moments import DAY, HOUR, at, between, day_of
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.products import TERMS
from domain.pipelines.generation.truth.purses import BY_CARD, OUTGOING, WITHDRAWAL
from domain.pipelines.generation.truth.randomness import Chance, Ints
from domain.pipelines.generation.truth.tiers import FIRST, TIERS, UPGRADE
from domain.shared.priority import Priority
from domain.task.model import TaskState
from domain.ticket.model import TicketState

NEW, SEEN, DONE, STOPPED = map(code, AlertState)
DAYS_KEPT = 60
"""So far back alerts are told of; older ones are not kept."""


def alerts(persons: Persons, opened: Tickets, planned: Tasks, tiered: CustomerTiers) -> Alerts:
    """Of a block's persons within the last weeks, in order of time."""
    chance = persons.chance("alerts")
    parts = [
        _large(persons, chance), _maturing(persons, chance), _overdue(persons, chance), _asleep(persons, chance),
        _birthdays(persons, chance), _tier_changes(persons, tiered), _tasks_due(persons, chance, planned),
        *_tickets_late(persons, chance, opened),
    ]  # fmt: skip
    begins = np.cumsum([0, *(len(part.kind) for part in parts)])
    # What was escalated names a place among those of its own kind, the part before.
    parts[-1].escalated_from[:] += begins[-3]
    made = together(Alerts, parts)
    order = np.lexsort((made.kind, made.customer, made.raised_at))
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    told = in_order(made, order)
    is_up = told.escalated_from != NOTHING
    told.escalated_from[is_up] = places[told.escalated_from[is_up]]
    return told


def _some(
    persons: Persons, chance: Chance, rule: AlertRule, staff: Ints, office: Ints, titles: list[str], customer: Ints,
    raised: Ints, *, account: Ints | None = None, task: Ints | None = None, ticket: Ints | None = None,
    due: Ints | None = None, count: Ints | None = None, escalated: Ints | None = None,
    texts: list[str | None] | None = None, is_open: bool = False, priority: Priority | None = None,
) -> Alerts:  # fmt: skip
    rows = len(titles)
    now = int(at(np.array([persons.plan.history.last]), 18)[0])
    nothing = np.full(rows, NOTHING, dtype=np.int64)
    age = (now - raised) / DAY
    draws = chance.random((2, rows))
    is_seen = draws[0] < np.interp(age, (0, 1, 4, 20), (0.2, 0.6, 0.85, 0.97))
    is_done = is_seen & (draws[1] < np.interp(age, (0, 1, 5, 20), (0.1, 0.3, 0.6, 0.9))) & (not is_open)
    seen = raised + 60 + np.floor(chance.exponential(5 * HOUR, rows)).astype(np.int64)
    closed = seen + 60 + np.floor(chance.exponential(20 * HOUR, rows)).astype(np.int64)
    is_seen &= (seen <= now) & (staff != NOTHING)
    is_done &= is_seen & (closed <= now)
    return Alerts(
        np.full(rows, code(rule.kind)), np.full(rows, code(priority or rule.priority)),
        np.where(is_done, DONE, np.where(is_seen, SEEN, NEW)), np.full(rows, RULES.index(rule)), staff, office, titles,
        [None] * rows if texts is None else texts, customer, nothing if account is None else account,
        nothing if task is None else task, nothing if ticket is None else ticket, raised,
        np.ones(rows, dtype=np.int64) if count is None else count, nothing if due is None else due,
        np.where(is_seen, seen, NOTHING), np.where(is_done, closed, NOTHING), np.where(is_done, staff, NOTHING),
        ["已联系客户。" if one else None for one in is_done.tolist()],
        nothing.copy() if escalated is None else escalated,
    )  # fmt: skip


def _of_managed(
    persons: Persons, chance: Chance, rule: AlertRule, row: Ints, raised: Ints, titles: list[str],
    *, account: Ints | None = None, due: Ints | None = None, count: Ints | None = None,
    texts: list[str | None] | None = None,
) -> Alerts:  # fmt: skip
    """Alerts to managers; `row` holds only persons who have one."""
    return _some(
        persons, chance, rule, persons.known.manager[row], persons.desks.office[persons.who.outlet[row]], titles,
        row + persons.first, raised, account=account, due=due, count=count, texts=texts,
    )  # fmt: skip


def _name(persons: Persons, row: int) -> str:
    return persons.known.names[row] or "客户"


def _large(persons: Persons, chance: Chance) -> Alerts:
    moved, last = persons.movements, persons.plan.history.last
    some = np.flatnonzero(
        (moved.cents <= -100 * (LARGE.threshold or 0)) & (moved.day > last - DAYS_KEPT)
        & np.isin(moved.operation, (WITHDRAWAL, BY_CARD, OUTGOING))
    )  # fmt: skip
    row = persons.held.owner[moved.account[some]]
    managed = persons.known.manager[row] != NOTHING
    some, row = some[managed], row[managed]
    titles = [
        f"{_name(persons, one)}支取 {-cents // 100:,} 元"
        for one, cents in zip(row.tolist(), moved.cents[some].tolist(), strict=True)
    ]
    raised = between(chance, moved.day[some], 9.5, 17.5)
    return _of_managed(persons, chance, LARGE, row, raised, titles, account=moved.account[some])


def _maturing(persons: Persons, chance: Chance) -> Alerts:
    held, last = persons.held, persons.plan.history.last
    terms = held.of(*TERMS)
    day = np.where(held.rolled_on[terms] != NEVER, held.rolled_on[terms], held.matures_on[terms])
    raised_on = day - MATURITY.lead_days
    kept = (held.aim[terms] >= 100 * (MATURITY.threshold or 0)) & (raised_on > last - DAYS_KEPT) & (raised_on <= last)
    kept &= (raised_on > held.opened_on[terms]) & (persons.known.manager[held.owner[terms]] != NOTHING)
    kept &= (held.closed_on[terms] == NEVER) | (held.closed_on[terms] >= day)
    terms, day, raised_on = terms[kept], day[kept], raised_on[kept]
    row = held.owner[terms]
    titles = [
        f"{_name(persons, one)}定期存款{a_date(int(when)):%m月%d日}到期"
        for one, when in zip(row.tolist(), day.tolist(), strict=True)
    ]
    count = 1 + np.clip(last - raised_on, 0, MATURITY.lead_days) // (MATURITY.repeat_days or 1)
    return _of_managed(
        persons, chance, MATURITY, row, at(raised_on, 8.5), titles, account=terms, due=at(day, 8.5), count=count
    )  # fmt: skip


def _overdue(persons: Persons, chance: Chance) -> Alerts:
    lent, last = persons.lent, persons.plan.history.last
    raised_on = lent.stops_on + 31 + (OVERDUE.window_days or 0)
    late = (lent.state == code(LoanState.IN_ARREARS)) & (raised_on <= last) & (lent.stops_on != NEVER)
    rows = np.flatnonzero(late)
    row = lent.borrower[rows]
    outlet = persons.who.outlet[row]
    raised_on = np.maximum(raised_on[rows], last - DAYS_KEPT)
    titles = [f"{_name(persons, one)}贷款逾期" for one in row.tolist()]
    count = 1 + (last - raised_on) // (OVERDUE.repeat_days or 1)
    texts: list[str | None] = [f"自{a_date(int(day)):%m月%d日}起未按期还款。" for day in lent.stops_on[rows].tolist()]
    return _some(
        persons, chance, OVERDUE, persons.desks.leaders[0, outlet], persons.desks.office[outlet], titles,
        row + persons.first, at(raised_on, 8.5), account=persons.loans.account[rows], count=count, texts=texts,
    )  # fmt: skip


def _asleep(persons: Persons, chance: Chance) -> Alerts:
    day, last = persons.bonds.sleeps_from + ASLEEP_AFTER, persons.plan.history.last
    fits = (persons.bonds.sleeps_from != NEVER) & (day > last - DAYS_KEPT) & (day <= last)
    row = np.flatnonzero(fits & (persons.known.manager != NOTHING))
    titles = [f"{_name(persons, one)}的账户半年未动" for one in row.tolist()]
    return _of_managed(persons, chance, DORMANT, row, at(day[row], 8.5), titles, account=persons.held.current_of[row])


def _birthdays(persons: Persons, chance: Chance) -> Alerts:
    last, born = persons.plan.history.last, persons.known.born_on
    fits = persons.is_active & (persons.known.manager != NOTHING) & (born != NOTHING)
    row = np.flatnonzero(fits & (persons.lives.wealth >= BIRTHDAY_WORTH))
    year = a_date(last).year
    days = [a_date(int(one)) for one in born[row]]
    due = np.array([number(date(year, day.month, min(day.day, 28))) for day in days], dtype=np.int64)
    due = np.where(due > last + BIRTHDAY.lead_days, due - 365, due)
    kept = due > last - DAYS_KEPT
    row, due = row[kept], due[kept]
    titles = [
        f"{_name(persons, one)}{a_date(int(when)):%m月%d日}生日"
        for one, when in zip(row.tolist(), due.tolist(), strict=True)
    ]
    raised = at(due - BIRTHDAY.lead_days, 8.5)
    return _of_managed(persons, chance, BIRTHDAY, row, raised, titles, due=at(due, 8.5))


def _tier_changes(persons: Persons, tiered: CustomerTiers) -> Alerts:
    """In the evening of the day on which tiers change; it has a stream of its own, so that it moves no other alert."""
    some = np.flatnonzero((tiered.change != FIRST) & (tiered.starts_on > persons.plan.history.last - DAYS_KEPT))
    asks = np.array([one.threshold for one in TIERS])
    some = some[asks[np.maximum(tiered.tier[some], tiered.tier[some - 1])] >= (TIER.threshold or 0)]
    row = tiered.customer[some] - persons.first
    managed = persons.known.manager[row] != NOTHING
    some, row = some[managed], row[managed]
    titles = [
        f"{_name(persons, one)}{'升' if change == UPGRADE else '降'}为{TIERS[tier].name}客户"
        for one, change, tier in zip(
            row.tolist(), tiered.change[some].tolist(), tiered.tier[some].tolist(), strict=True
        )
    ]
    return _of_managed(
        persons, persons.chance("alerts of tiers"), TIER, row, at(tiered.starts_on[some], 17.5), titles,
        texts=[tiered.reason[one] for one in some.tolist()],
    )  # fmt: skip


def _tasks_due(persons: Persons, chance: Chance, planned: Tasks) -> Alerts:
    now = int(at(np.array([persons.plan.history.last]), 18)[0])
    raised = at(day_of(planned.due_at) - TASK_DUE.lead_days, 8.5)
    waits = (planned.state == code(TaskState.OPEN)) & (planned.assigned_to != NOTHING) & (raised <= now)
    rows = np.flatnonzero(waits & (raised > now - DAYS_KEPT * DAY))
    titles = [f"任务到期：{planned.titles[at_]}" for at_ in rows.tolist()]
    return _some(
        persons, chance, TASK_DUE, planned.assigned_to[rows], planned.office[rows], titles, planned.customer[rows],
        raised[rows], task=rows, due=planned.due_at[rows], is_open=True,
    )  # fmt: skip


def _tickets_late(persons: Persons, chance: Chance, opened: Tickets) -> Iterator[Alerts]:
    """Of open tickets whose time is over; a day later whoever leads the outlet is alerted too."""
    now = int(at(np.array([persons.plan.history.last]), 18)[0])
    late = (opened.state != code(TicketState.CLOSED)) & (opened.due_at < now) & (opened.assigned_to != NOTHING)
    rows = np.flatnonzero(late & (opened.due_at > now - DAYS_KEPT * DAY))
    titles = [f"工单超时：{opened.subjects[at_]}" for at_ in rows.tolist()]
    yield _some(
        persons, chance, TICKET_DUE, opened.assigned_to[rows], opened.office[rows], titles, opened.customer[rows],
        opened.due_at[rows], ticket=rows, due=opened.due_at[rows], is_open=True,
    )  # fmt: skip
    up = np.flatnonzero(opened.due_at[rows] + DAY < now)
    again = rows[up]
    outlet = persons.who.outlet[opened.customer[again] - persons.first]
    yield _some(
        persons, chance, TICKET_DUE, persons.desks.leaders[0, outlet], persons.desks.office[outlet],
        [f"{titles[at_]}一日" for at_ in up.tolist()], opened.customer[again], opened.due_at[again] + DAY, ticket=again,
        due=opened.due_at[again], escalated=up, is_open=True, priority=Priority.URGENT,
    )  # fmt: skip
