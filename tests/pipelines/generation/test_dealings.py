"""What the bank and its customers have to do with each other keeps the rules of the services that write it."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from domain.consent.model import ConsentDecision, ConsentPurpose
from domain.interaction.model import Direction, InteractionOutcome
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import none, together
from domain.pipelines.generation.truth.contacts import LIKES_TO_HEAR
from domain.pipelines.generation.truth.dealing import Answers
from domain.pipelines.generation.truth.dealings import CustomerTags, Dealings, Tasks
from domain.pipelines.generation.truth.desks import HEAD_OFFICE
from domain.pipelines.generation.truth.duties import DAYS_AHEAD, DAYS_UNTIL_ASKED, WORTH_A_CALL
from domain.pipelines.generation.truth.facts import Facts
from domain.pipelines.generation.truth.hours import Intervals, calendar_of, calendars
from domain.pipelines.generation.truth.moments import DAY, at, day_of, in_hours
from domain.pipelines.generation.truth.oracle import auc
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.tagging import PASSBOOK, TAGS
from domain.pipelines.generation.truth.world import Hidden, World
from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.staff.model import StaffPost, StaffState
from domain.task.model import TaskPurpose, TaskState
from domain.ticket.model import HIGHEST_LEVEL, TicketEventKind, TicketKind, TicketState, due_at
from domain.working_calendar.clock import after_working_time


@pytest.fixture(scope="module")
def dealings(facts: Facts) -> Dealings:
    return facts.dealings


@pytest.fixture(scope="module")
def answers(world: World) -> Answers:
    return world.answers(list(world.plan.blocks())[1])


def instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def histories(dealings: Dealings) -> dict[int, list[dict[str, Any]]]:
    """Events by ticket."""
    events = dealings.events
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for place, ticket in enumerate(events.ticket.tolist()):
        found[ticket].append(
            {name: int(getattr(events, name)[place]) for name in ("happened_at", "staff", "to_staff", "to_office")}
            | {"kind": list(TicketEventKind)[events.kind[place]]}
        )
    return found


def test_tickets_are_what_their_events_made_of_them(world: World, dealings: Dealings):
    tickets, bank = dealings.tickets, world.organisation
    history = histories(dealings)
    assert set(history) == set(range(len(tickets.numbers)))
    now = at(np.array([world.plan.history.last]), 18)[0]
    for ticket, events in history.items():
        moments = [event["happened_at"] for event in events]
        assert moments == sorted(moments)
        assert moments[-1] <= now
        assert (events[0]["kind"], moments[0]) == (TicketEventKind.OPENED, tickets.opened_at[ticket])
        state, level, assigned, office, closed_at = TicketState.OPEN, 0, NOTHING, None, NOTHING
        for event in events[1:]:
            match event["kind"]:
                case TicketEventKind.REOPENED:
                    assert state is TicketState.CLOSED
                    state, closed_at = TicketState.OPEN, NOTHING
                case TicketEventKind.COMMENTED:
                    pass
                case TicketEventKind.WAITING:
                    assert state is TicketState.OPEN
                    state = TicketState.WAITING
                case TicketEventKind.RESUMED:
                    assert state is TicketState.WAITING
                    state = TicketState.OPEN
                case TicketEventKind.CLOSED:
                    assert state is not TicketState.CLOSED
                    state, closed_at = TicketState.CLOSED, event["happened_at"]
                case TicketEventKind.ASSIGNED:
                    assert state is not TicketState.CLOSED
                    assigned = event["to_staff"]
                    assert office is None or bank.staff[assigned].office == office
                case TicketEventKind.TRANSFERRED:
                    office, assigned = event["to_office"], event["to_staff"]
                case TicketEventKind.ESCALATED:
                    assert state is not TicketState.CLOSED
                    above = bank.staff[event["to_staff"]]
                    assert above.post in (StaffPost.BRANCH_MANAGER, StaffPost.REGIONAL_MANAGER)
                    # Nearest above the ticket and above whoever led and had it before.
                    path = ancestors(world, int(tickets.office[ticket]))
                    assert path.index(above.office) == level
                    level, assigned = level + 1, event["to_staff"]
                case TicketEventKind.OPENED:
                    pytest.fail("opened twice")
        assert state is list(TicketState)[tickets.state[ticket]]
        assert level == tickets.level[ticket] <= HIGHEST_LEVEL
        assert assigned == tickets.assigned_to[ticket]
        assert closed_at == tickets.closed_at[ticket]
        assert office is None or office == tickets.office[ticket]
        assert (tickets.resolutions[ticket] is not None) == (state is TicketState.CLOSED)
        assert state is TicketState.CLOSED or tickets.satisfaction[ticket] == NOTHING


def ancestors(world: World, office: int) -> list[int]:
    """An office and those above it."""
    path = [office]
    while (parent := world.organisation.offices[path[-1]].parent) is not None:
        path.append(parent)
    return path


def test_deadlines_are_those_of_the_house_by_the_calendar_of_the_office_that_took_them_down(
    world: World, dealings: Dealings
):
    tickets, kept = dealings.tickets, calendars(world.plan)
    handed_on = set(dealings.events.ticket[dealings.events.to_office != NOTHING].tolist())
    for place in range(len(tickets.numbers)):
        office = HEAD_OFFICE if place in handed_on else int(tickets.office[place])
        calendar = kept[calendar_of(world.organisation.offices[office])]
        due = due_at(list(Priority)[tickets.priority[place]], instant(tickets.opened_at[place]), calendar)
        assert due == instant(tickets.due_at[place])


def test_working_time_of_columns_is_that_of_the_rules(world: World):
    history = world.plan.history
    chance = np.random.default_rng(3)
    moments = at(chance.integers(history.first, history.last, 300), 24 * chance.random(300))
    seconds = chance.integers(1, 60 * 3_600, 300)
    for calendar in calendars(world.plan):
        after = Intervals.of(calendar, history).after(moments, seconds)
        for moment, length, found in zip(moments, seconds, after, strict=True):
            wanted = after_working_time(calendar, instant(moment), timedelta(seconds=int(length)))
            assert wanted == instant(found)


def test_tasks_are_due_when_somebody_works(world: World, dealings: Dealings):
    tasks, kept = dealings.tasks, calendars(world.plan)
    on_duty = 0
    for place in np.flatnonzero(tasks.ticket == NOTHING).tolist():
        calendar = kept[calendar_of(world.organisation.offices[tasks.office[place]])]
        due = instant(tasks.due_at[place])
        day = due.astimezone(calendar.zone).date()
        assert [end for _, end in calendar.intervals_on(day)] in ([due], []), due
        on_duty += not calendar.hours_on(day)
    assert on_duty < 0.02 * len(tasks.titles)


def test_most_tickets_are_answered_in_time(dealings: Dealings):
    tickets = dealings.tickets
    closed = tickets.closed_at != NOTHING
    assert 0.85 < closed.mean() < 1
    assert 0.6 < (tickets.closed_at[closed] <= tickets.due_at[closed]).mean() < 0.97
    late = tickets.closed_at > tickets.due_at
    rated = tickets.satisfaction != NOTHING
    assert tickets.satisfaction[rated & late].mean() < tickets.satisfaction[rated & ~late].mean() - 0.5


def test_tickets_are_about_what_is_there(facts: Facts, dealings: Dealings):
    tickets, moved = dealings.tickets, facts.movements
    owners = facts.accounts.owner
    has = tickets.account != NOTHING
    holders = set(zip(facts.holders.account.tolist(), facts.holders.customer.tolist(), strict=True))
    pairs = set(zip(tickets.account[has].tolist(), tickets.customer[has].tolist(), strict=True))
    assert pairs <= holders
    assert (facts.accounts.product[tickets.account[has]] == tickets.product[has]).all()
    booked = {
        (account, f"{-cents / 100:.2f}")
        for account, cents in zip(moved.account.tolist(), moved.cents.tolist(), strict=True)
    }
    disputed = [
        place for place, text in enumerate(tickets.subjects) if "有异议" in text and tickets.descriptions[place]
    ]
    assert len(disputed) > 10
    for place in disputed:
        text = str(tickets.descriptions[place])
        assert (int(tickets.account[place]), text.split(" 一笔 ")[1].removesuffix(" 元")) in booked
    assert len(owners) > tickets.account.max()


def test_a_complaint_made_again_goes_back_to_the_first(dealings: Dealings):
    tickets = dealings.tickets
    again = np.flatnonzero(tickets.linked_to != NOTHING)
    first = tickets.linked_to[again]
    assert len(again) > 0
    assert (tickets.customer[again] == tickets.customer[first]).all()
    assert (tickets.opened_at[again] > tickets.opened_at[first]).all()
    assert [tickets.subjects[place] for place in again] == [tickets.subjects[place] for place in first]


def test_tasks_keep_the_rules_of_tasks(world: World, facts: Facts, dealings: Dealings):
    tasks, bank = dealings.tasks, world.organisation
    state = np.array([list(TaskState)[one] for one in tasks.state])
    done = state == TaskState.COMPLETED
    assert ((tasks.completed_at != NOTHING) == done).all()
    assert ((tasks.completed_by != NOTHING) == done).all()
    assert [text is not None for text in tasks.results] == done.tolist()
    back = state == TaskState.HANDED_BACK
    assert [text is not None for text in tasks.hand_back_reasons] == back.tolist()
    assert (tasks.assigned_to[back] == NOTHING).all()
    for person in set(tasks.assigned_to.tolist()) | set(tasks.completed_by.tolist()):
        assert person == NOTHING or bank.staff[person].state is StaffState.ACTIVE
    for place in np.flatnonzero(tasks.assigned_to != NOTHING).tolist():
        assert bank.staff[tasks.assigned_to[place]].office == tasks.office[place]
    parts = np.flatnonzero(tasks.parent != NOTHING)
    assert len(parts) > 0
    assert (tasks.customer[parts] == tasks.customer[tasks.parent[parts]]).all()
    waits = parts[np.isin(state[parts], [TaskState.OPEN, TaskState.HANDED_BACK])]
    assert not done[tasks.parent[waits]].any()
    finished = parts[done[parts] & done[tasks.parent[parts]]]
    assert (tasks.completed_at[tasks.parent[finished]] > tasks.completed_at[finished]).all()
    asked = np.flatnonzero(tasks.ticket != NOTHING)
    assert (tasks.customer[asked] == dealings.tickets.customer[tasks.ticket[asked]]).all()
    closed = dealings.tickets.closed_at[tasks.ticket[asked]]
    assert (tasks.completed_at[asked] <= np.where(closed == NOTHING, NOTHING, closed)).all()


def test_who_does_not_pay_is_asked_and_whose_deposit_matures_is_called(
    world: World, facts: Facts, hidden: Hidden, dealings: Dealings
):
    tasks, lent, history = dealings.tasks, hidden.lending, world.plan.history
    about = np.isin(tasks.purpose, [code(TaskPurpose.RISK)])
    bad = (lent.stops_on >= 0) & (lent.stops_on + DAYS_UNTIL_ASKED <= history.last)
    bad &= lent.stops_on + DAYS_UNTIL_ASKED >= history.first
    assert set(tasks.customer[about].tolist()) == {facts.customers.first + int(place) for place in lent.borrower[bad]}
    sales = np.flatnonzero(tasks.purpose == code(TaskPurpose.SALES))
    held = hidden.contracts
    assert len(sales) > 20
    for place in sales.tolist():
        mine = held.owner == tasks.customer[place] - facts.customers.first
        ends = np.concatenate([held.matures_on[mine], held.rolled_on[mine]])
        # The last working day before: a holiday may lie in between.
        assert ((ends - day_of(tasks.due_at[place]) >= 1) & (ends - day_of(tasks.due_at[place]) <= DAYS_AHEAD)).any()
        assert held.aim[mine].max() >= WORTH_A_CALL * 100


def test_consents_are_a_ledger_in_which_only_what_was_given_is_withdrawn(dealings: Dealings, facts: Facts):
    said = dealings.consents
    given: dict[tuple[int, int, int], bool] = {}
    for place in range(len(said.customer)):
        key = (int(said.customer[place]), int(said.purpose[place]), int(said.channel[place]))
        decision = list(ConsentDecision)[said.decision[place]]
        if decision is ConsentDecision.WITHDRAWN:
            assert given.get(key), place
        given[key] = decision is ConsentDecision.GIVEN
    joined = facts.customers.joined_on[said.customer - facts.customers.first]
    assert (day_of(said.decided_at) >= joined).all()
    left = facts.customers.state[said.customer - facts.customers.first]
    assert len(np.unique(left)) == 3


def test_nobody_is_offered_anything_without_having_allowed_it(dealings: Dealings):
    said, touched = dealings.consents, dealings.interactions
    by_customer: dict[int, list[tuple[int, int, int, ConsentDecision]]] = defaultdict(list)
    for place in range(len(said.customer)):
        decision = list(ConsentDecision)[said.decision[place]]
        word = (int(said.decided_at[place]), int(said.purpose[place]), int(said.channel[place]), decision)
        by_customer[int(said.customer[place])].append(word)
    offers = [place for place, subject in enumerate(touched.subjects) if subject.startswith("介绍")]
    assert len(offers) > 100
    for place in offers:
        last: dict[tuple[int, int], ConsentDecision] = {}
        for when, purpose, channel, decision in by_customer[int(touched.customer[place])]:
            if when < touched.happened_at[place]:
                last[purpose, channel] = decision
        marketing = code(ConsentPurpose.MARKETING)
        assert last[marketing, NOTHING] is ConsentDecision.GIVEN
        through = last.get((marketing, int(touched.channel[place])), ConsentDecision.GIVEN)
        assert through is ConsentDecision.GIVEN
        assert not any(purpose == code(ConsentPurpose.CONTACT) for purpose, _ in last)


def test_contacts_belong_to_what_they_are_about(world: World, dealings: Dealings):
    touched, tickets, tasks = dealings.interactions, dealings.tickets, dealings.tasks
    assert all(before <= after for before, after in pairwise(touched.happened_at.tolist()))
    assert touched.happened_at[-1] <= at(np.array([world.plan.history.last]), 18)[0]
    for mine, theirs in ((touched.ticket, tickets.customer), (touched.task, tasks.customer)):
        some = mine != NOTHING
        assert some.any()
        assert (theirs[mine[some]] == touched.customer[some]).all()
    done = np.flatnonzero((touched.task != NOTHING) & (touched.outcome == code(InteractionOutcome.DONE)))
    assert (touched.staff[done] == tasks.completed_by[touched.task[done]]).all()
    assert (touched.channel[done] == tasks.completed_through[touched.task[done]]).all()
    missed = touched.outcome == code(InteractionOutcome.NOT_REACHED)
    assert (touched.minutes[missed & (touched.channel == code(Channel.PHONE))] == 0).all()
    assert (touched.staff[touched.minutes > 0] != NOTHING).all()
    machine = (touched.staff == NOTHING) & (touched.direction == code(Direction.OUTBOUND))
    assert (touched.channel[machine] == code(Channel.MESSAGE)).all()


def test_tags_are_given_once_to_those_whom_they_fit(facts: Facts, dealings: Dealings):
    given = dealings.tags
    assert len(set(zip(given.customer.tolist(), given.tag.tolist(), strict=True))) == len(given.tag)
    assert set(given.tag.tolist()) | {len(TAGS) - 1} == set(range(len(TAGS)))
    with_book = given.customer[given.tag == TAGS.index(PASSBOOK)]
    assert len(with_book) > 0
    assert not [tag for tag in TAGS if not tag.is_active and tag is not PASSBOOK]


def test_every_word_of_dealings_occurs(dealings: Dealings, firm_facts: Facts, make_plan: Callable[..., Plan]):
    tickets, tasks, touched, said = dealings.tickets, dealings.tasks, dealings.interactions, dealings.consents
    # One ticket in some hundred is being worked on or was taken up again: one block may have none.
    other = World.of(make_plan(4_000, seed=9))
    more = other.facts(list(other.plan.blocks())[1]).dealings
    states = np.concatenate([tickets.state, more.tickets.state])
    happened = np.concatenate([dealings.events.kind, more.events.kind])
    for column, kind in (
        (tickets.kind, TicketKind), (states, TicketState), (tickets.priority, Priority),
        (happened, TicketEventKind), (tasks.purpose, TaskPurpose), (tasks.state, TaskState),
        (touched.channel, Channel), (touched.outcome, InteractionOutcome), (touched.direction, Direction),
        (said.purpose, ConsentPurpose), (said.decision, ConsentDecision),
    ):  # fmt: skip
        assert set(column.tolist()) - {NOTHING} == set(range(len(kind))), kind
    assert len(firm_facts.dealings.tasks.titles) > 5
    assert set(firm_facts.dealings.tags.tag.tolist()) == {len(TAGS) - 1}


def test_who_answers_to_offers_wants_to_hear_more(hidden: Hidden, answers: Answers):
    offered = answers.offered
    assert len(offered.person) > 100
    responsive = hidden.propensities.responsiveness[offered.person]
    assert np.corrcoef(responsive, offered.probability)[0, 1] > 0.9
    assert abs(offered.is_interested.mean() - offered.probability.mean()) < 0.06
    assert 0.5 < auc(offered.probability, offered.is_interested) < 0.9
    middle = 1 / (1 + np.exp(-LIKES_TO_HEAR))
    assert abs(np.median(offered.probability) - middle) < 0.08


def test_nights_pass_without_changing_who_came_first():
    moments = np.arange(0, 3 * DAY, 600)
    moved = in_hours(moments)
    assert (np.diff(moved) >= 0).all()
    assert (moved >= moments).all()
    hours = (moved + 8 * 3_600) % DAY / 3_600
    assert hours.min() >= 8.5
    assert hours.max() < 18
    assert (moved - moments).max() <= timedelta(hours=15).total_seconds()


def test_records_are_put_together_and_may_be_none():
    one = CustomerTags(np.array([1]), np.array([2]), np.array([3]))
    both = together(CustomerTags, [one, none(CustomerTags), one])
    assert both.customer.tolist() == [1, 1]
    assert none(Tasks).titles == []
    assert none(Tasks).descriptions == []
    assert none(Tasks).due_at.tolist() == []
