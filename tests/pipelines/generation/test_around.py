"""Campaigns, leads, visits, care, alerts and judgements agree with each other, and with what is true."""

from collections import Counter

import numpy as np
import pytest

from domain import tables
from domain.campaign.model import CampaignArm, CampaignState
from domain.consent.model import ConsentDecision, ConsentPurpose
from domain.lead.model import LeadState
from domain.opportunity.model import OpportunityStage
from domain.pipelines.generation.graph.records import RecordWriter
from domain.pipelines.generation.graph.sealing import Sealer
from domain.pipelines.generation.truth.campaigns import product_of
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.facts import Facts
from domain.pipelines.generation.truth.keeping import Alerts, Visits
from domain.pipelines.generation.truth.moments import at, day_of
from domain.pipelines.generation.truth.products import PRODUCTS
from domain.pipelines.generation.truth.surroundings import Around
from domain.pipelines.generation.truth.world import Hidden, World
from domain.portfolio.model import PortfolioRole
from domain.quotation.model import QuotationState
from domain.referral.model import ReferralState
from domain.response.model import ResponseKind
from domain.service_request.model import ServiceRequestKind
from domain.shared.cipher import KeyRing
from domain.touch.model import COUNTED, FATIGUE, MOST_TOUCHES, TouchState
from domain.visit.model import VisitState

KINDS, STATES = list(ResponseKind), list(TouchState)


@pytest.fixture(scope="module")
def around(facts: Facts) -> Around:
    return facts.around


@pytest.fixture(scope="module")
def now(world: World) -> int:
    return int(at(np.array([world.plan.history.last]), 18)[0])


def test_campaigns_reach_members_of_the_target_arm_and_leave_the_others_alone(world: World, around: Around, now: int):
    drawn, tried = around.campaigned.members, around.campaigned.touches
    arm = dict(zip(zip(drawn.campaign.tolist(), drawn.customer.tolist(), strict=True), drawn.arm.tolist(), strict=True))
    assert len(arm) == len(drawn.arm) > 500
    touched = list(zip(tried.campaign.tolist(), tried.customer.tolist(), strict=True))
    assert {arm[key] for key in touched} == {code(CampaignArm.TARGET)}
    assert ((tried.state == code(TouchState.PLANNED)) <= (tried.happened_at > now)).all()
    for place, one in enumerate(world.campaigns.all):
        mine = tried.campaign == place
        if one.state in (CampaignState.PLANNED, CampaignState.APPROVED, CampaignState.CANCELLED):
            assert not (drawn.campaign == place).any()
        assert ((day_of(tried.happened_at) >= one.starts_on) & (day_of(tried.happened_at) <= one.ends_on))[mine].all()
        share = (drawn.arm[drawn.campaign == place] == code(CampaignArm.CONTROL)).sum()
        assert abs(share - one.control * (drawn.campaign == place).sum()) <= 5 + 3 * np.sqrt(share)


def test_whoever_refused_is_spared_and_nobody_is_tried_too_often(facts: Facts, around: Around):
    tried = around.campaigned.touches
    counted = np.isin(tried.state, [code(state) for state in COUNTED])
    since = dict(
        zip(facts.ventures.silences.customer.tolist(), facts.ventures.silences.starts_on.tolist(), strict=True)
    )
    days = day_of(tried.happened_at)
    assert not [row for row in np.flatnonzero(counted) if days[row] > since.get(int(tried.customer[row]), 1 << 30)]
    moments: dict[int, list[int]] = {}
    for row in np.flatnonzero(counted).tolist():
        before = moments.setdefault(int(tried.customer[row]), [])
        before.append(int(tried.happened_at[row]))
        assert sum(one > before[-1] - FATIGUE.total_seconds() for one in before) <= MOST_TOUCHES
    assert (tried.state == code(TouchState.SUPPRESSED)).any()
    # The last word on offers before each attempt was a yes.
    said = facts.dealings.consents
    mine = (said.purpose == code(ConsentPurpose.MARKETING)) & (said.channel == NOTHING)
    words: dict[int, list[tuple[int, int]]] = {}
    for row in np.flatnonzero(mine).tolist():
        words.setdefault(int(said.customer[row]), []).append((int(said.decided_at[row]), int(said.decision[row])))
    for row in np.flatnonzero(counted).tolist():
        before = [one for one in words[int(tried.customer[row])] if one[0] <= tried.happened_at[row]]
        assert max(before)[1] == code(ConsentDecision.GIVEN)


def test_responses_answer_touches_and_what_was_taken_is_an_account(
    world: World, facts: Facts, around: Around, now: int
):
    made, tried, held = around.campaigned.responses, around.campaigned.touches, facts.accounts
    assert {KINDS[kind] for kind in set(made.kind.tolist())} == set(ResponseKind)
    assert (made.responded_at <= now).all()
    answers = np.flatnonzero(made.touch != NOTHING)
    assert (tried.customer[made.touch[answers]] == made.customer[answers]).all()
    assert (tried.campaign[made.touch[answers]] == made.campaign[answers]).all()
    # An evening is written down when it begins, whenever its answer came.
    assert (tried.happened_at[made.touch[answers]] <= made.responded_at[answers]).all()
    opened = set(zip(held.owner.tolist(), held.product.tolist(), held.opened_on.tolist(), strict=True))
    taken = np.flatnonzero(made.kind == code(ResponseKind.CONVERTED))
    days = day_of(made.responded_at)
    offered = [product_of(one) for one in world.campaigns.all]
    for row in taken.tolist():
        assert offered[made.campaign[row]] == made.product[row]
        assert (int(made.customer[row]), int(made.product[row]), int(days[row])) in opened
    found = facts.ventures.opportunities
    linked = np.flatnonzero(made.opportunity != NOTHING)
    sales = made.opportunity[linked]
    assert (found.customer[sales] == made.customer[linked]).all()
    assert (found.campaign[sales] == made.campaign[linked]).all()
    won = found.stage[sales] == code(OpportunityStage.WON)
    assert (won == (made.kind[linked] == code(ResponseKind.CONVERTED))).all()


def test_leads_and_referrals_that_came_true_are_opportunities(facts: Facts, around: Around):
    found = facts.ventures.opportunities
    for places, came, done, ends, begins in (
        (found.lead, around.leads, LeadState.QUALIFIED, around.leads.closed_at, around.leads.captured_at),
        (
            found.referral, around.referrals, ReferralState.CONVERTED, around.referrals.answered_at,
            around.referrals.referred_at,
        ),
    ):  # fmt: skip
        rows = np.flatnonzero(places != NOTHING)
        assert sorted(places[rows].tolist()) == np.flatnonzero(came.state == code(done)).tolist()
        assert (came.customer[places[rows]] == found.customer[rows]).all()
        assert (ends[places[rows]] == found.opened_at[rows]).all()
        assert (begins[places[rows]] <= found.opened_at[rows]).all()
    rows = np.flatnonzero(found.lead != NOTHING)
    assert (around.leads.campaign[found.lead[rows]] == found.campaign[rows]).all()
    assert (found.campaign[rows] != NOTHING).any()
    # Who is on no record has left a name and a number.
    strangers = np.flatnonzero(around.leads.customer == NOTHING)
    assert len(strangers)
    assert all(around.leads.name[row] and around.leads.phone[row] for row in strangers.tolist())
    assert not set(facts.contacts.values) & {one for one in around.leads.phone if one}


def test_quotations_stand_as_their_opportunities_do(facts: Facts, around: Around):
    quoted, found = around.quotations, facts.ventures.opportunities
    assert len(quoted.state) > 10
    won = found.stage[quoted.opportunity] == code(OpportunityStage.WON)
    assert ((quoted.state == code(QuotationState.ACCEPTED)) == won).all()
    assert (quoted.amount[won] == found.cents[quoted.opportunity[won]]).all()
    answered = quoted.answered_at != NOTHING
    assert (quoted.answered_at[answered] == found.closed_at[quoted.opportunity[answered]]).all()


def test_visits_are_those_that_tasks_ask_for(facts: Facts, firm_facts: Facts, now: int):
    for told in (facts, firm_facts):
        made: Visits = told.around.visits
        tasks, touched = told.dealings.tasks, told.dealings.interactions
        assert (made.customer == tasks.customer[made.task]).all()
        done = made.state == code(VisitState.DONE)
        assert (touched.task[made.interaction[done]] == made.task[done]).all()
        assert (made.checked_in_at[done] < made.completed_at[done]).all()
        assert (made.completed_at[done] <= now).all()
        known = made.contact_point != NOTHING
        assert (told.contacts.customer[made.contact_point[known]] == made.customer[known]).all()
        assert set(made.state.tolist()) > {code(VisitState.DONE)}


def test_portfolios_have_had_one_manager_at_a_time(facts: Facts, firm_facts: Facts):
    for told in (facts, firm_facts):
        terms, known = told.around.terms, told.customers
        primary = terms.role == code(PortfolioRole.PRIMARY)
        today = np.flatnonzero(primary & (terms.ends_on == NOTHING))
        now_by = dict(zip(terms.customer[today].tolist(), terms.staff[today].tolist(), strict=True))
        managers = {known.first + row: one for row, one in enumerate(known.manager.tolist()) if one != NOTHING}
        assert now_by == managers
        since = dict(zip(terms.customer[today].tolist(), terms.starts_on[today].tolist(), strict=True))
        former = np.flatnonzero(primary & (terms.ends_on != NOTHING))
        assert all(since[int(terms.customer[row])] == terms.ends_on[row] >= terms.starts_on[row] for row in former)


def test_nobody_holds_more_risk_than_they_said_they_can_bear(facts: Facts, around: Around):
    said, held = around.assessments, facts.accounts
    bears: dict[int, list[tuple[int, int]]] = {}
    for customer, level, day in zip(
        said.customer.tolist(), said.level.tolist(), said.assessed_on.tolist(), strict=True
    ):
        bears.setdefault(customer, []).append((day, level + 1))
    risky = [
        (owner, day, int(PRODUCTS[product].risk.name[1]))
        for owner, product, day in zip(held.owner.tolist(), held.product.tolist(), held.opened_on.tolist(), strict=True)
        if PRODUCTS[product].risk is not None and PRODUCTS[product].risk.name != "R1"
    ]
    assert len(risky) > 500
    assert all(any(asked <= day and level >= risk for asked, level in bears[owner]) for owner, day, risk in risky)


def test_credit_is_suspended_for_those_who_do_not_pay(hidden: Hidden, around: Around):
    credit, lent = around.dossiers, hidden.lending
    first = hidden.block.first
    assert set(np.unique(lent.borrower) + first) <= set(credit.customer.tolist())
    assert (credit.used_amount <= credit.limit_amount).all()
    bad = {int(row) + first for row in lent.borrower[lent.stops_on != NOTHING]}
    suspended = {one for one, state in zip(credit.customer.tolist(), credit.state.tolist(), strict=True) if state == 3}
    assert suspended == bad
    entries = around.entries
    assert (np.diff(entries.happened_on)[np.diff(entries.credit_dossier) == 0] >= 0).all()


def test_service_requests_are_about_accounts_of_who_asked(facts: Facts, around: Around):
    asked, held = around.service_requests, facts.accounts
    about = asked.account != NOTHING
    assert (held.owner[asked.account[about]] == asked.customer[about]).all()
    closed = asked.account[asked.kind == code(ServiceRequestKind.CLOSE_ACCOUNT)]
    assert len(closed)
    assert (held.closed_on[closed] != NOTHING).all()
    tickets = asked.ticket != NOTHING
    assert (facts.dealings.tickets.customer[asked.ticket[tickets]] == asked.customer[tickets]).all()


def test_alerts_name_what_they_are_about(facts: Facts, around: Around, now: int):
    told: Alerts = around.alerts
    assert (told.raised_at <= now).all()
    assert (np.diff(told.raised_at) >= 0).all()
    for places, owner in (
        (told.account, facts.accounts.owner), (told.task, facts.dealings.tasks.customer),
        (told.ticket, facts.dealings.tickets.customer),
    ):  # fmt: skip
        some = places != NOTHING
        assert some.any()
        assert (owner[places[some]] == told.customer[some]).all()
    up = np.flatnonzero(told.escalated_from != NOTHING)
    assert (told.ticket[told.escalated_from[up]] == told.ticket[up]).all()
    assert (told.escalated_from[up] < up).all()
    assert len(set(told.kind.tolist())) >= 6


def test_surveys_and_groups_and_papers_are_of_the_bank(facts: Facts, firm_facts: Facts):
    made, answers, tickets = facts.around.survey_responses, facts.around.survey_answers, facts.dealings.tickets
    about = made.ticket != NOTHING
    assert (tickets.customer[made.ticket[about]] == made.customer[about]).all()
    scored = about & (made.score != NOTHING)
    assert (tickets.satisfaction[made.ticket[scored]] == made.score[scored]).all()
    assert set(answers.survey_response.tolist()) == set(range(len(made.customer)))
    groups, members = firm_facts.around.groups, firm_facts.around.members
    heads = Counter(members.customer_group[members.role == 0].tolist())
    assert heads == Counter(range(len(groups.name)))
    papers, contents = facts.around.papers, facts.around.contents
    assert {papers.storage_key[row] for row in contents.document.tolist()} == {None}
    assert [papers.size_bytes[row] for row in contents.document.tolist()] == [
        len(one.encode()) for one in contents.content
    ]
    shown = papers.identity_document != NOTHING
    assert (facts.documents.customer[papers.identity_document[shown]] == papers.customer[shown]).all()


def test_records_name_their_fields_as_the_table_does(around: Around):
    positions = np.zeros(1, dtype=np.int64)
    writer = RecordWriter(Sealer(KeyRing.fresh()), positions)
    made = writer.columns(tables.note, around.notes, begin=100)
    assert made["customer_id"].to_pylist() == (around.notes.customer + 1).tolist()
    assert set(made["state"].to_pylist()) <= {"KEPT", "REMOVED"}
    with pytest.raises(ValueError, match="tag has no column 'customer'"):
        writer.columns(tables.tag, around.notes, begin=100)
