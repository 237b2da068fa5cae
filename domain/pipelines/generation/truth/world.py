"""The whole truth: what all blocks share, and each block's facts, made alone and in any order."""

from dataclasses import dataclass, replace

import numpy as np

from domain.pipelines.generation.truth import account_records, firms, people_records
from domain.pipelines.generation.truth import counterparties as others
from domain.pipelines.generation.truth.around import Shared
from domain.pipelines.generation.truth.campaigns import Campaigns, campaigns
from domain.pipelines.generation.truth.caring import care_plans
from domain.pipelines.generation.truth.contracts import contracts
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.dealing import Answers, dealt
from domain.pipelines.generation.truth.desks import Desks, desks
from domain.pipelines.generation.truth.employers import Employers, employers
from domain.pipelines.generation.truth.facts import Facts
from domain.pipelines.generation.truth.families import People, people
from domain.pipelines.generation.truth.investing import valued
from domain.pipelines.generation.truth.ledger import Ledger
from domain.pipelines.generation.truth.lending import Lending, lending
from domain.pipelines.generation.truth.life import Life, life
from domain.pipelines.generation.truth.livelihood import Livelihood, livelihood
from domain.pipelines.generation.truth.money import account_lives, live
from domain.pipelines.generation.truth.opening import Contracts
from domain.pipelines.generation.truth.organisation import Organisation, organisation
from domain.pipelines.generation.truth.persons import Persons
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.propensities import Propensities, propensities
from domain.pipelines.generation.truth.surveying import surveys
from domain.pipelines.generation.truth.ties import holders, ties
from domain.pipelines.generation.truth.ventures import ventures


@dataclass(frozen=True, slots=True)
class Hidden:
    """What nobody at the bank sees of a block's persons."""

    block: Block
    people: People
    propensities: Propensities
    livelihood: Livelihood
    life: Life
    contracts: Contracts
    lending: Lending

    @property
    def customer_numbers(self) -> list[str]:
        """By which the bank's records name the same persons."""
        return [people_records.customer_number(self.block.first + place) for place in range(len(self.people))]


@dataclass(frozen=True, slots=True)
class World:
    """A bank, its firms, and everybody who has to do with it."""

    plan: Plan
    organisation: Organisation
    employers: Employers
    desks: Desks
    campaigns: Campaigns
    shared: Shared

    @classmethod
    def of(cls, plan: Plan) -> "World":
        """The world of a plan; equal plans make equal worlds."""
        bank = organisation(plan)
        shared = Shared(bank, care_plans(plan, bank), surveys(plan))
        return cls(plan, bank, employers(plan, bank), desks(plan, bank), campaigns(plan, bank), shared)

    def hidden(self, block: Block) -> Hidden:
        """The inner life of a block of persons: what their records follow from. Raises ValueError for firms."""
        if block.is_of_firms:
            raise ValueError("firms have no inner life")
        plan, bank = self.plan, self.organisation
        who = people(plan, block, bank)
        inclined = propensities(plan, block, who.family)
        lives = livelihood(plan, block, bank, self.employers, who, inclined)
        bonds = life(plan, block, who, lives, inclined)
        held = contracts(plan, block, who, lives, bonds, inclined)
        return Hidden(block, who, inclined, lives, bonds, held, lending(plan, block, who, lives, bonds, inclined))

    def facts(self, block: Block) -> Facts:
        """What the bank knows of a block."""
        if block.is_of_firms:
            return firms.facts(self.plan, block, self.organisation, self.employers, self.desks)
        facts, _ = self.told(self.hidden(block))
        return facts

    def answers(self, block: Block) -> Answers:
        """What stood behind the answers of a block's persons to what they were offered."""
        _, answers = self.told(self.hidden(block))
        return answers

    def told(self, hidden: Hidden) -> tuple[Facts, Answers]:
        """What the bank knows of a block's persons, from their inner life; and what stands behind their answers."""
        block = hidden.block
        plan, bank = self.plan, self.organisation
        who, lives, bonds, held, lent = (
            hidden.people, hidden.livelihood, hidden.life, hidden.contracts, hidden.lending,
        )  # fmt: skip
        ledger = Ledger(account_lives(plan, held, bonds), plan.history)
        orders = live(plan, block, self.employers, who, lives, bonds, hidden.propensities, held, lent, ledger)
        booked = valued(plan, held, ledger.close())
        sides = np.concatenate([booked.movements.counterparty, orders.counterparty])
        used, at = others.numbered(sides)
        count = len(booked.movements.counterparty)
        known = people_records.customers(plan, block, bank, who, lives, bonds)
        reached, has_address = people_records.contacts(plan, block, bank, who, bonds)
        held_by, shares = holders(plan, block, who, bonds, held)
        tied, homes = ties(plan, block, who, lives, bonds, lent, has_address, shares)
        documents = people_records.documents(plan, block, who, bonds, known)
        movements = replace(booked.movements, counterparty=at[:count])
        accounts = account_records.accounts(plan, block, held, booked, who.outlet, bonds.sleeps_from != NEVER)
        cards = account_records.cards(plan, block, who, lives, bonds, held, shares)
        loans = account_records.loans(lent, held, who.outlet)
        persons = Persons(
            plan, block, self.desks, who, lives, bonds, hidden.propensities, held, lent,
            known, documents, reached, accounts, booked.balances, movements, cards, loans,
        )  # fmt: skip
        done = dealt(persons)
        undertaken, surrounds, asked = ventures(persons, done, self.shared, self.campaigns)
        facts = Facts(
            customers=known,
            documents=documents,
            contacts=reached,
            accounts=accounts,
            holders=held_by,
            balances=booked.balances,
            movements=movements,
            counterparties=others.told(plan, used),
            loans=loans,
            cards=cards,
            orders=replace(orders, counterparty=at[count:]),
            ties=tied,
            homes=homes,
            dealings=done.told,
            ventures=undertaken,
            around=surrounds,
        )
        return facts, Answers.of(persons, done.offered, asked)
