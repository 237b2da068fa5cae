"""What stands behind loans, changes in lives and may be sold agrees with what is true."""

from collections import defaultdict

import numpy as np
import pytest

from domain.guarantee.model import GuaranteeState
from domain.life_event.model import LifeEventKind
from domain.loan.model import LoanState
from domain.opportunity.model import ENDS, PROBABILITY, OpportunityStage
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.facts import Facts
from domain.pipelines.generation.truth.families import NOBODY
from domain.pipelines.generation.truth.moments import at, day_of
from domain.pipelines.generation.truth.undertakings import Ventures
from domain.pipelines.generation.truth.world import Hidden, World

STAGES = list(OpportunityStage)


@pytest.fixture(scope="module")
def ventures(facts: Facts) -> Ventures:
    return facts.ventures


def test_guarantees_stand_as_their_loans_do(hidden: Hidden, facts: Facts, ventures: Ventures):
    given, lent = ventures.guarantees, hidden.lending
    assert len(given.loan) == (lent.guarantor != NOBODY).sum() > 5
    assert (given.guarantor - facts.customers.first == lent.guarantor[given.loan]).all()
    assert (given.guarantor - facts.customers.first != lent.borrower[given.loan]).all()
    assert (given.cents == lent.cents[given.loan]).all()
    assert (given.ends_on >= given.starts_on).all()
    in_force = given.state == code(GuaranteeState.IN_FORCE)
    ended = np.isin(lent.state[given.loan], [code(LoanState.REPAID), code(LoanState.DEFAULTED)])
    assert (in_force == ~ended).all()


def test_homes_are_worth_more_than_what_was_lent_on_them(hidden: Hidden, facts: Facts, ventures: Ventures):
    pledged, lent = ventures.homes, hidden.lending
    assert len(pledged.loan) > 50
    assert (pledged.cents > lent.cents[pledged.loan]).all()
    assert (pledged.owner - facts.customers.first == lent.borrower[pledged.loan]).all()
    assert (pledged.pledged_on == lent.granted_on[pledged.loan]).all()
    addresses = [one for one in pledged.addresses if one]
    assert set(addresses) <= set(facts.contacts.values)
    assert len(addresses) > len(pledged.loan) / 2


def test_life_events_are_true_and_told_once(world: World, hidden: Hidden, facts: Facts, ventures: Ventures):
    told, who = ventures.events, hidden.people
    assert len(told.kind) > 50
    keys = set(zip(told.customer.tolist(), told.kind.tolist(), told.happens_on.tolist(), strict=True))
    assert len(keys) == len(told.kind)
    assert told.happens_on.max() <= world.plan.history.last
    births = np.flatnonzero(told.kind == code(LifeEventKind.BIRTH))
    for row in births.tolist():
        parent = told.customer[row] - facts.customers.first
        mine = (who.father == parent) | (who.mother == parent)
        assert told.happens_on[row] in who.born_on[mine]
    assert {list(LifeEventKind)[one] for one in set(told.kind.tolist())} >= {
        LifeEventKind.MOVE, LifeEventKind.HOME_PURCHASE, LifeEventKind.SCHOOL, LifeEventKind.GRADUATION,
    }  # fmt: skip


def test_opportunities_went_through_their_stages_in_order(world: World, ventures: Ventures):
    found, went = ventures.opportunities, ventures.changes
    now = at(np.array([world.plan.history.last]), 18)[0]
    steps: dict[int, list[int]] = defaultdict(list)
    for row, which in enumerate(went.opportunity.tolist()):
        steps[which].append(row)
    assert set(steps) == set(range(len(found.names)))
    for which, rows in steps.items():
        assert went.before[rows[0]] == NOTHING
        assert went.changed_at[rows[0]] == found.opened_at[which]
        assert [went.before[row] for row in rows[1:]] == [went.after[row] for row in rows[:-1]]
        moments = [int(went.changed_at[row]) for row in rows]
        assert moments == sorted(moments)
        assert moments[-1] <= now
        assert found.stage[which] == went.after[rows[-1]]
        is_over = STAGES[found.stage[which]] in ENDS
        assert (found.closed_at[which] != NOTHING) == is_over == (found.reason[which] != NOTHING)
        assert found.probability[which] == int(PROBABILITY[STAGES[found.stage[which]]] * 1_000_000)
    assert {STAGES[one] for one in set(found.stage.tolist())} >= {OpportunityStage.WON, OpportunityStage.LOST}


def test_what_was_won_is_an_account_that_was_opened_that_day(facts: Facts, ventures: Ventures):
    found, held = ventures.opportunities, facts.accounts
    opened = set(zip(held.owner.tolist(), held.product.tolist(), held.opened_on.tolist(), strict=True))
    won = np.flatnonzero(found.stage == code(OpportunityStage.WON))
    assert len(won) > 20
    days = day_of(found.closed_at)
    for row in won.tolist():
        assert (int(found.customer[row]), int(found.product[row]), int(days[row])) in opened


def test_who_refused_to_be_contacted_is_left_alone_from_that_day(facts: Facts, ventures: Ventures):
    kept, touched = ventures.silences, facts.dealings.interactions
    assert len(kept.customer) > 5
    since = dict(zip(kept.customer.tolist(), kept.starts_on.tolist(), strict=True))
    offers = [row for row, subject in enumerate(touched.subjects) if subject.startswith("介绍")]
    days = day_of(touched.happened_at)
    assert not [row for row in offers if days[row] > since.get(int(touched.customer[row]), 1 << 30)]
