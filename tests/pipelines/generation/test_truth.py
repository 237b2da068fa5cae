"""The truth is coherent: people, papers, places and money agree with each other."""

from dataclasses import fields
from datetime import date

import numpy as np
import pytest

from domain.account.model import AccountState, HolderRole, StatementFrequency
from domain.card.model import CardGrade, CardState
from domain.customer.model import ContactPointKind, CustomerState, IdentityDocumentType, Sex
from domain.household.model import HouseholdRole
from domain.loan.model import LoanState
from domain.pipelines.generation.truth import people_records
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.counterparties import account_number
from domain.pipelines.generation.truth.days import NEVER, a_date, month_of
from domain.pipelines.generation.truth.facts import Facts
from domain.pipelines.generation.truth.families import NOBODY
from domain.pipelines.generation.truth.identifiers import MOBILE_PREFIXES, resident_id, with_luhn
from domain.pipelines.generation.truth.names import SURNAMES
from domain.pipelines.generation.truth.oracle import auc, outcomes
from domain.pipelines.generation.truth.places import places
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.products import MEDICAL, PRICED, place
from domain.pipelines.generation.truth.propensities import SHARED_IN_FAMILY
from domain.pipelines.generation.truth.world import Hidden, World
from domain.relation.model import RelationType
from domain.transaction.model import PaymentPurpose, TransactionOperation


def values_of(facts: Facts, kind: ContactPointKind) -> list[tuple[int, str]]:
    """Place of the customer in the block, and the value."""
    rows = np.flatnonzero(facts.contacts.kind == code(kind))
    return [(int(facts.contacts.customer[row]) - facts.customers.first, facts.contacts.values[row]) for row in rows]


class TestPeople:
    def test_certificates_say_where_and_when_people_were_born_and_their_sex(self, facts: Facts, hidden: Hidden):
        known = {place.code for place in places()}
        residents = facts.documents.type == code(IdentityDocumentType.RESIDENT_ID)
        assert residents.sum() > 3_000
        for row in np.flatnonzero(residents).tolist():
            number = facts.documents.numbers[row]
            person = int(facts.documents.customer[row]) - facts.customers.first
            assert number == resident_id(number[:6], number[6:14], int(number[14:17]))
            assert number[:6] in known
            assert number[6:14] == a_date(int(hidden.people.born_on[person])).strftime("%Y%m%d")
            assert (int(number[16]) % 2 == 1) == bool(hidden.people.is_man[person])
        assert len(set(facts.documents.numbers)) == len(facts.documents.numbers)

    def test_certificates_of_different_blocks_never_meet(self):
        world = World.of(Plan(24_000, 3, date(2026, 10, 31)))
        numbers: list[str] = []
        for block in list(world.plan.blocks())[1:]:
            hidden = world.hidden(block)
            known = people_records.customers(
                world.plan, block, world.organisation, hidden.people, hidden.livelihood, hidden.life
            )
            numbers += people_records.documents(world.plan, block, hidden.people, hidden.life, known).numbers
        assert len(set(numbers)) == len(numbers) > 20_000

    def test_records_agree_with_the_people_they_are_of_or_say_nothing(self, facts: Facts, hidden: Hidden):
        known = facts.customers
        for told, true in ((known.born_on, hidden.people.born_on), (known.joined_on, hidden.life.joined_on)):
            assert ((told == true) | (told == NOTHING)).all()
        sex = np.where(hidden.people.is_man, code(Sex.MALE), code(Sex.FEMALE))
        assert ((known.sex == sex) | (known.sex == NOTHING)).all()
        missing = [known.names.count(None), int((known.born_on == NOTHING).sum()), int((known.sex == NOTHING).sum())]
        assert all(0 < count < 0.05 * len(known.names) for count in missing)

    def test_phones_are_of_the_numbering_plan_and_unique(self, facts: Facts):
        phones = [value for _, value in values_of(facts, ContactPointKind.PHONE)]
        assert len(set(phones)) == len(phones) > 3_000
        assert all(len(one) == 11 and one[:3] in MOBILE_PREFIXES for one in phones)

    def test_people_live_in_the_province_of_their_branch(self, world: World, facts: Facts):
        contacts = facts.contacts
        rows = np.flatnonzero((contacts.kind == code(ContactPointKind.ADDRESS)) & contacts.is_primary)
        assert len(rows) > 3_000
        for row in rows.tolist():
            outlet = world.organisation.outlets[facts.customers.outlet[contacts.customer[row] - facts.customers.first]]
            names = {people_records.district(place) for place in outlet.city.places}
            assert contacts.districts[row] in names
            assert contacts.regions[row] == outlet.city.province

    def test_who_lives_together_has_one_address(self, facts: Facts, hidden: Hidden):
        seen: dict[int, str] = {}
        contacts = facts.contacts
        for row in np.flatnonzero((contacts.kind == code(ContactPointKind.ADDRESS)) & contacts.is_primary).tolist():
            home = int(hidden.people.home[contacts.customer[row] - facts.customers.first])
            assert seen.setdefault(home, contacts.values[row]) == contacts.values[row]

    def test_children_are_younger_and_bear_their_fathers_name(self, hidden: Hidden):
        who = hidden.people
        for parent in (who.father, who.mother):
            children = np.flatnonzero(parent != NOBODY)
            assert len(children) > 50
            years = (who.born_on[children] - who.born_on[parent[children]]) / 365.2425
            assert years.min() > 15
            assert years.max() < 65
        for child in np.flatnonzero(who.father != NOBODY).tolist():
            name = who.names[who.father[child]]
            surname = name[:2] if name[:2] in SURNAMES else name[:1]
            assert who.names[child].startswith(surname)

    def test_partners_point_to_each_other_and_are_of_opposite_sex(self, hidden: Hidden):
        who = hidden.people
        bound = np.flatnonzero(who.partner != NOBODY)
        assert len(bound) > 500
        assert (who.partner[who.partner[bound]] == bound).all()
        assert (who.is_man[bound] != who.is_man[who.partner[bound]]).all()

    def test_customers_are_served_by_managers_of_their_branch(self, world: World, facts: Facts):
        bank, known = world.organisation, facts.customers
        for manager in (known.manager, known.backup):
            rows = np.flatnonzero(manager != NOTHING)
            offices = np.array([member.office for member in bank.staff])[manager[rows]]
            assert (offices == np.array([outlet.office for outlet in bank.outlets])[known.outlet[rows]]).all()
        both = (known.manager != NOTHING) & (known.backup != NOTHING)
        assert (known.manager[both] != known.backup[both]).all()
        served = np.bincount(known.manager[known.manager != NOTHING])
        assert 200 < served[served > 0].mean() < 500

    def test_ages_are_those_of_a_banks_customers(self, hidden: Hidden):
        age = hidden.people.age
        assert 38 < np.median(age) < 50
        assert 0.01 < (age < 18).mean() < 0.08
        assert 0.12 < (age >= 60).mean() < 0.30


class TestTies:
    def test_ties_between_two_point_back(self, facts: Facts):
        ties = set(zip(facts.ties.customer.tolist(), facts.ties.other.tolist(), facts.ties.type.tolist(), strict=True))
        assert len(ties) == len(facts.ties.type)
        spouse, parent, child = map(code, (RelationType.SPOUSE, RelationType.PARENT, RelationType.CHILD))
        back = {spouse: spouse, parent: child, child: parent}
        assert all((other, one, back[kind]) in ties for one, other, kind in ties if kind in back)
        assert all(one != other for one, other, _ in ties)
        assert {kind for _, _, kind in ties} == set(range(len(RelationType)))

    def test_every_tie_has_evidence_and_a_confidence_that_follows_from_it(self, facts: Facts):
        for evidence, confidence in (
            (facts.ties.evidence, facts.ties.confidence), (facts.homes.evidence, facts.homes.confidence),
        ):  # fmt: skip
            assert (evidence > 0).all()
            assert (confidence >= 200_000).all()
            assert (confidence <= 1_000_000).all()
            assert (confidence[(evidence & 1) == 1] == 1_000_000).all()

    def test_nobody_is_in_two_households_and_each_has_one_head(self, facts: Facts):
        homes = facts.homes
        assert len(set(homes.member_customer.tolist())) == len(homes.member_customer)
        assert (np.bincount(homes.member_home) >= 2).all()
        heads = np.bincount(homes.member_home[homes.member_role == 0], minlength=len(homes.evidence))
        assert (heads == 1).all()

    def test_employers_are_firms_of_the_same_city(self, world: World, facts: Facts):
        rows = np.flatnonzero(facts.ties.type == code(RelationType.EMPLOYER))
        assert len(rows) > 300
        for row in rows.tolist():
            firm, person = int(facts.ties.other[row]), int(facts.ties.customer[row]) - facts.customers.first
            assert firm < world.plan.firms
            outlets = world.organisation.outlets
            at = outlets[world.employers.outlet[firm]], outlets[facts.customers.outlet[person]]
            assert at[0].city is at[1].city


@pytest.mark.parametrize("block", ["facts", "firm_facts"])
class TestMoney:
    """Of persons and of firms."""

    @pytest.fixture
    def facts(self, block: str, request: pytest.FixtureRequest) -> Facts:
        return request.getfixturevalue(block)

    def test_movements_lead_from_balance_to_balance(self, facts: Facts):
        moved = facts.movements
        same = moved.account[1:] == moved.account[:-1]
        assert (np.diff(moved.account) >= 0).all()
        assert (np.diff(moved.day)[same] >= 0).all()
        assert (moved.after[1:][same] == moved.after[:-1][same] + moved.cents[1:][same]).all()
        assert (moved.after >= 0).all()
        assert (moved.cents != 0).all()

    def test_what_an_account_begins_with_is_carried_over_or_booked_on_its_first_day(self, facts: Facts):
        moved, closed = facts.movements, facts.balances
        first = np.concatenate([[True], moved.account[1:] != moved.account[:-1]])
        begins = moved.after[first] - moved.cents[first]
        accounts = moved.account[first]
        at = np.searchsorted(closed.account, accounts)
        carried = closed.day[at] < moved.day[first]
        assert (begins[~carried] == 0).all()
        assert (begins[carried] == closed.cents[at][carried]).all()
        opened = facts.accounts.opened_on[accounts]
        assert (moved.day[first][~carried] == opened[~carried]).all()

    def test_the_last_movement_balance_and_account_agree(self, facts: Facts):
        moved, closed, held = facts.movements, facts.balances, facts.accounts
        last = np.concatenate([moved.account[1:] != moved.account[:-1], [True]])
        # What funds and securities are worth changes without a movement.
        last &= ~np.isin(held.product, [place(one) for one in PRICED])[moved.account]
        assert (held.balance[moved.account[last]] == moved.after[last]).all()
        assert (held.balance_on[moved.account[last]] == moved.day[last]).all()
        last = np.concatenate([closed.account[1:] != closed.account[:-1], [True]])
        # A policy that protects is worth nothing.
        has_balance = np.flatnonzero(held.product != place(MEDICAL))
        assert (closed.account[last] == has_balance).all()
        assert (held.balance[has_balance] == closed.cents[last]).all()
        assert (held.balance_on[has_balance] == closed.day[last]).all()

    def test_each_day_closes_with_its_last_movement(self, facts: Facts):
        moved, closed = facts.movements, facts.balances
        key, closing = moved.account << 20 | moved.day, closed.account << 20 | closed.day
        assert (np.diff(closing) > 0).all()
        last = np.concatenate([key[1:] != key[:-1], [True]])
        at = np.searchsorted(closing, key[last])
        assert (closing[at] == key[last]).all()
        assert (closed.cents[at] == moved.after[last]).all()

    def test_nothing_happens_outside_of_an_accounts_life_or_after_the_business_date(self, world: World, facts: Facts):
        moved, held, last = facts.movements, facts.accounts, world.plan.history.last
        closed = np.where(held.closed_on == NEVER, last, held.closed_on)
        assert (moved.day >= held.opened_on[moved.account]).all()
        assert (moved.day <= closed[moved.account]).all()
        assert (closed <= last).all()
        assert (held.opened_on <= last).all()
        assert (held.opened_on >= facts.customers.joined_on[held.owner - facts.customers.first]).all()
        has_balance = (held.closed_on != NEVER) & (held.product != place(MEDICAL))
        assert (held.balance[has_balance] == 0).all()

    def test_numbers_have_check_digits_and_are_unique(self, facts: Facts):
        numbers = [*facts.accounts.numbers, *facts.cards.numbers]
        assert all(with_luhn(one[:-1]) == one for one in numbers)
        assert len(set(numbers)) == len(numbers)


class TestContracts:
    def test_customers_have_accounts_and_prospects_have_none(self, facts: Facts):
        owners = set((facts.holders.customer - facts.customers.first).tolist())
        prospects = set(np.flatnonzero(facts.customers.state == code(CustomerState.PROSPECT)).tolist())
        assert len(prospects) > 100
        assert owners == set(range(len(facts.customers.numbers))) - prospects

    def test_who_left_holds_nothing_open_and_has_no_manager(self, facts: Facts):
        left = facts.customers.state == code(CustomerState.DEREGISTERED)
        assert left.sum() > 50
        theirs = left[facts.accounts.owner - facts.customers.first]
        assert (facts.accounts.closed_on[theirs] != NEVER).all()
        assert (facts.customers.manager[left] == NOTHING).all()

    def test_shared_accounts_are_of_partners_and_children(self, facts: Facts, hidden: Hidden):
        rows = np.flatnonzero(facts.holders.role == code(HolderRole.AUTHORISED_USER))
        assert len(rows) > 50
        owner = facts.accounts.owner[facts.holders.account[rows]] - facts.customers.first
        user = facts.holders.customer[rows] - facts.customers.first
        who = hidden.people
        assert ((who.partner[owner] == user) | (who.father[owner] == user) | (who.mother[owner] == user)).all()

    def test_cards_are_of_those_who_hold_the_account(self, facts: Facts):
        held = set(zip(facts.holders.account.tolist(), facts.holders.customer.tolist(), strict=True))
        pairs = list(zip(facts.cards.account.tolist(), facts.cards.customer.tolist(), strict=True))
        assert set(pairs) <= held
        assert (facts.cards.issued_on >= facts.accounts.opened_on[facts.cards.account]).all()

    def test_pay_of_our_firms_comes_from_their_own_account(self, world: World, facts: Facts, firm_facts: Facts):
        paid = facts.movements.purpose == code(PaymentPurpose.SALARY)
        payers = {facts.counterparties[place] for place in facts.movements.counterparty[paid].tolist()}
        ours = {payer.account for payer in payers if payer.bank is None}
        assert len(ours) > 10
        assert ours <= set(firm_facts.accounts.numbers[: world.plan.firms])
        assert account_number(0, 0) == firm_facts.accounts.numbers[0]

    def test_a_firm_that_has_left_pays_nobody(self):
        world = World.of(Plan(20_000, 1, date(2026, 10, 31)))
        left = np.flatnonzero(world.employers.closed_on != NEVER)
        assert len(left) > 3
        firm_of = {account_number(0, place): place for place in left.tolist()}
        facts = world.facts(list(world.plan.blocks())[1])
        by_them = np.array([firm_of.get(side.account, NOTHING) for side in facts.counterparties])
        moved = facts.movements
        payer = np.where(moved.counterparty == NOTHING, NOTHING, by_them[np.maximum(moved.counterparty, 0)])
        paid = payer != NOTHING
        assert paid.sum() > 20
        assert (moved.day[paid] < world.employers.closed_on[payer[paid]]).all()

    def test_running_loans_are_paid_each_month_and_bad_ones_are_not(self, facts: Facts, hidden: Hidden):
        lent, moved = facts.loans, facts.movements
        payments = moved.purpose == code(PaymentPurpose.LOAN_PAYMENT)
        by_account: dict[int, list[int]] = {}
        for row in np.flatnonzero(payments).tolist():
            by_account.setdefault(int(moved.account[row]), []).append(row)
        alone = np.bincount(lent.account, minlength=len(facts.accounts.numbers))[lent.account] == 1
        as_of = hidden.people.born_on.max()
        seen = dict.fromkeys(LoanState, 0)
        for loan in np.flatnonzero(alone).tolist():
            rows = by_account.get(int(lent.account[loan]), [])
            months = {int(month) for month in month_of(moved.day[rows])}
            state = list(LoanState)[lent.state[loan]]
            seen[state] += 1
            assert {int(cents) for cents in moved.cents[rows]} <= {-int(lent.instalment[loan])}
            if state is LoanState.RUNNING and lent.granted_on[loan] < as_of - 500:
                assert len(months) in (11, 12)
            if state in (LoanState.IN_ARREARS, LoanState.DEFAULTED):
                assert len(months) < 12
        assert all(seen.values())

    def test_standing_orders_are_carried_out_each_month_from_open_accounts(self, facts: Facts):
        orders, moved = facts.orders, facts.movements
        assert len(orders.account) > 100
        assert (facts.accounts.closed_on[orders.account] == NEVER).all()
        paid = set(zip(moved.account.tolist(), moved.purpose.tolist(), moved.cents.tolist(), strict=True))
        given = zip(orders.account.tolist(), orders.purpose.tolist(), orders.cents.tolist(), strict=True)
        done = [(account, purpose, -cents) in paid for account, purpose, cents in given]
        # Whoever opened their account or their policy this month has not paid yet.
        assert np.mean(done) > 0.96

    def test_prospects_and_who_sleeps_do_nothing(self, world: World, facts: Facts, hidden: Hidden):
        asleep = np.flatnonzero(hidden.life.sleeps_from != NEVER)
        assert len(asleep) > 100
        theirs = np.isin(facts.accounts.owner - facts.customers.first, asleep)
        moved = facts.movements
        late = theirs[moved.account] & (moved.day > world.plan.history.last - 180)
        # Interest, and what follows from a deposit that matures, is the bank's doing.
        assert set(moved.operation[late].tolist()) <= {NOTHING}


class TestOracle:
    def test_area_under_the_curve_of_known_rankings(self):
        happened = np.array([True, False, True, False])
        assert auc(np.array([4.0, 3.0, 2.0, 1.0]), happened) == 0.75
        assert auc(np.array([1.0, 1.0, 1.0, 1.0]), happened) == 0.5
        assert auc(np.array([9.0, 1.0, 8.0, 2.0]), happened) == 1.0
        assert np.isnan(auc(np.array([1.0]), np.array([True])))

    def test_what_is_in_the_records_can_be_foreseen_so_well_and_no_better(self):
        world = World.of(Plan(12_000, 5, date(2026, 10, 31)))
        found = {one.name: one for one in outcomes(world)}
        assert set(found) == {"loan_is_bad", "customer_left", "customer_sleeps"}
        assert 0.75 < found["loan_is_bad"].best_auc < 0.95
        assert 0.74 < found["customer_left"].best_auc < 0.90
        assert 0.72 < found["customer_sleeps"].best_auc < 0.90
        for one in found.values():
            # The probabilities are true ones: what they promise in sum has happened.
            deviation = np.sqrt((one.probability * (1 - one.probability)).sum())
            assert abs(one.happened.sum() - one.probability.sum()) < 4 * deviation

    def test_outcomes_name_customers_as_the_records_do(self, world: World, facts: Facts):
        by_number = dict(zip(facts.customers.numbers, facts.customers.state.tolist(), strict=True))
        left = next(one for one in outcomes(world) if one.name == "customer_left")
        for number, happened in zip(left.customer_numbers, left.happened.tolist(), strict=True):
            assert (by_number[number] == code(CustomerState.DEREGISTERED)) == happened


def bytes_in(facts: Facts) -> int:
    """Of all arrays."""
    parts = [getattr(facts, field.name) for field in fields(facts) if field.name != "counterparties"]
    return sum(
        value.nbytes
        for part in parts
        for field in fields(part)
        if isinstance(value := getattr(part, field.name), np.ndarray)
    )


def test_a_block_of_any_bank_is_as_large_as_its_persons_make_it(world: World, facts: Facts):
    alone = bytes_in(facts) / len(facts.customers.numbers)
    large = World.of(Plan(1_000_000, 7, date(2026, 10, 31)))
    block = list(large.plan.blocks())[60]
    assert block.count == 10_000
    made = large.facts(block)
    assert len(made.movements.day) < 60 * block.count
    assert bytes_in(made) / block.count < 1.3 * alone


NOT_IN_THIS_BANK = {
    # Nobody leases, and no account goes below zero.
    PaymentPurpose.LEASING,
    PaymentPurpose.PENALTY_INTEREST,
    # Only Czech people have one.
    IdentityDocumentType.BIRTH_NUMBER,
}


def test_every_word_for_people_and_contracts_occurs(facts: Facts, firm_facts: Facts):
    for words, codes in (
        (CustomerState, [facts.customers.state]),
        (Sex, [facts.customers.sex]),
        (IdentityDocumentType, [facts.documents.type, firm_facts.documents.type]),
        (ContactPointKind, [facts.contacts.kind]),
        (AccountState, [facts.accounts.state]),
        (StatementFrequency, [facts.accounts.statement]),
        (HolderRole, [facts.holders.role]),
        (TransactionOperation, [facts.movements.operation]),
        (PaymentPurpose, [facts.movements.purpose]),
        (LoanState, [facts.loans.state]),
        (CardGrade, [facts.cards.grade]),
        (CardState, [facts.cards.state]),
        (HouseholdRole, [facts.homes.member_role]),
    ):
        seen = {list(words)[one] for one in np.unique(np.concatenate(codes)) if one != NOTHING}
        assert seen == set(words) - NOT_IN_THIS_BANK, words.__name__


def test_foreigners_have_passports_and_names_of_their_own(facts: Facts, hidden: Hidden):
    foreign = np.flatnonzero(hidden.people.is_foreign)
    assert 5 < len(foreign) < 60
    assert all(hidden.people.names[person].isascii() for person in foreign.tolist())
    passports = facts.documents.type == code(IdentityDocumentType.PASSPORT)
    assert set((facts.documents.customer[passports] - facts.customers.first).tolist()) <= set(foreign.tolist())


def test_portfolios_are_of_a_size_that_one_person_can_look_after():
    world = World.of(Plan(60_000, 2, date(2026, 10, 31)))
    served = np.zeros(len(world.organisation.staff), dtype=np.int64)
    for block in world.plan.blocks():
        if not block.is_of_firms:
            hidden = world.hidden(block)
            manager = people_records.customers(
                world.plan, block, world.organisation, hidden.people, hidden.livelihood, hidden.life
            ).manager
            served += np.bincount(manager[manager != NOTHING], minlength=len(served))
    portfolios = served[served > 0]
    assert 300 < portfolios.mean() < 450
    assert ((portfolios > 250) & (portfolios < 550)).mean() > 0.95


def test_people_who_are_paid_more_keep_more_and_the_thrifty_too(hidden: Hidden):
    lives = hidden.livelihood
    earn = (lives.income > 0) & lives.is_main
    logs = np.log(lives.wealth[earn])
    assert np.corrcoef(logs, np.log(lives.income[earn]))[0, 1] > 0.25
    assert np.corrcoef(logs, hidden.propensities.thrift[earn])[0, 1] > 0.2


def test_families_share_their_inclinations_as_far_as_is_written():
    large = World.of(Plan(20_000, 4, date(2026, 10, 31)))
    hidden = large.hidden(list(large.plan.blocks())[1])
    bound = np.flatnonzero(hidden.people.partner != NOBODY)
    for name, shared in SHARED_IN_FAMILY.items():
        values = getattr(hidden.propensities, name)
        assert abs(values.mean()) < 0.05
        assert values.std() == pytest.approx(1, abs=0.05)
        assert np.corrcoef(values[bound], values[hidden.people.partner[bound]])[0, 1] == pytest.approx(shared, abs=0.06)
